"""Reading the ids of the list: what is seen first at once, the rest in slices, so that typing is never held up."""

from array import array
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.process import student_list
from app.ui.desk import Desk
from app.ui.students.list_model import StudentModel

SLICE_MS = 4
IDLE_MS = 40  # between two slices of what is built while nobody types


class ListReading(QObject):
    """`begin` with a query, then `go_on`; `grew` when the rest has come, or there was none."""

    grew = Signal()

    def __init__(self, desk: Desk, model: StudentModel, seen: Callable[[], bool]) -> None:
        """Fills `model`; nothing is built beforehand for a list that is not `seen`."""
        super().__init__(model)
        self._desk, self._model, self._seen = desk, model, seen
        self._search: student_list.Search | None = None
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._step)
        self._idle = QTimer(self, interval=IDLE_MS)
        self._idle.timeout.connect(self._prepare)

    def busy(self) -> bool:
        """Whether the rest of a search is still to come."""
        return self._slices.isActive()

    def begin(self, query: student_list.Query) -> bool:
        """Show the first ids of this query; false when it was refused."""
        self._slices.stop()
        self._search = self._desk.look(student_list.search, query)
        self._model.set_ids(self._search.first() if self._search else array("q"))
        return self._search is not None

    def go_on(self) -> None:
        """Read the rest, in slices."""
        if self._search is None or self._search.done:
            self.grew.emit()
        else:
            self._slices.start()

    def prepare_soon(self) -> None:
        """While nobody types: build what makes the search of a big centre quick."""
        self._idle.start()

    def _step(self) -> None:
        if self._search is None or self._search.step(SLICE_MS):
            self._slices.stop()
            if self._search is not None:
                self._model.extend_ids(self._search.ids)
            self.grew.emit()

    def _prepare(self) -> None:
        if not self._seen() or self._slices.isActive():
            return
        if self._desk.look(student_list.prepare, SLICE_MS, beside=lambda _: True) is not False:
            self._idle.stop()
