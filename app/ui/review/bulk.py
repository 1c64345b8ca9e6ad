"""Approving several applications at once: one question, one transaction for each, one summary."""

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Refused
from app.process import review
from app.process.review import WaitingRow
from app.ui.desk import Desk
from app.ui.texts import sentence, tr
from app.ui.widgets.verb import Verb


class BulkApproval(QObject):
    """`progressed(done, total)`, then `finished(approved, refused)`: names, and names with why not."""

    progressed = Signal(int, int)
    finished = Signal(object, object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        self.desk = desk
        self._left: list[WaitingRow] = []
        self._stopped = False

    @property
    def running(self) -> bool:
        """Whether some are still to be approved."""
        return bool(self._left)

    def ask(self, rows: Sequence[WaitingRow]) -> bool:
        """Say how many there are and begin when that is wanted; those with findings are not among them."""
        good = [row for row in rows if row.clean]
        if not good:
            self.desk.message(tr("选中的报名都有要看的地方，请逐份审核"), "warning")
            return False
        text = tr("{n} 份没有疑点，会录入为学员并记应收。", n=len(good))
        if others := len(rows) - len(good):
            text = tr(
                "{n} 份没有疑点，会录入为学员并记应收。另外 {others} 份有要看的地方，不会通过。",
                n=len(good),
                others=others,
            )
        go = Verb("go", tr("通过 {n} 份", n=len(good)), "primary", "F9")
        if self.desk.ask(tr("一起通过"), text, [Verb("cancel", tr("取消"), shortcut="Esc"), go]) != "go":
            return False
        self._begin(good)
        return True

    def stop(self) -> None:
        """Approve no more; what is approved stays so."""
        self._stopped = True

    def _begin(self, rows: Sequence[WaitingRow]) -> None:
        self._left, self._total, self._batch = list(rows), len(rows), uuid4().hex
        self._approved: list[str] = []
        self._refused: list[tuple[str, str]] = []
        self._stopped = False
        self.progressed.emit(0, self._total)
        QTimer.singleShot(0, self, self._next)

    def _next(self) -> None:
        """One at a time, so that the window stays alive and can be told to stop."""
        row = self._left.pop(0)
        self.desk.look(
            review.approve, row.application_id, row.version, opid=self._batch, clean=True,
            beside=lambda refused: self._note(row, refused),
        )  # fmt: skip
        if self.desk.done_well:
            self._approved.append(row.name)
        self.progressed.emit(self._total - len(self._left), self._total)
        if self._stopped:
            self._left = []
        if self._left:
            QTimer.singleShot(0, self, self._next)
            return
        self.finished.emit(tuple(self._approved), tuple(self._refused))
        self.desk.changed.emit()

    def _note(self, row: WaitingRow, refused: Refused) -> bool:
        self._refused.append((row.name, sentence(refused)))
        return True
