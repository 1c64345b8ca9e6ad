"""Reading in the background, with progress in place; what is on the page waits meanwhile."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk, Task
from app.ui.widgets.job import Progress


class Work(Progress):
    """One piece of work at a time; what comes of one that was stopped is dropped. `held` is disabled meanwhile."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Hidden until something runs."""
        super().__init__("", parent)
        self.desk = desk
        self.held: QWidget | None = None
        self._task: Task | None = None
        self.hide()

    def busy(self) -> bool:
        """Whether something runs."""
        return self._task is not None

    def run(
        self, text: str, work: Callable[[Callable[[], None]], object], done: Callable[..., object],
        failed: Callable[[BaseException], object],
    ) -> None:  # fmt: skip
        """Do something in a thread; `work` is given what tells it to stop."""
        self.set_text(text)
        self._hold(on=True)

        def working(progress: Callable[[int, int], None]) -> object:
            return work(lambda: progress(0, 0))

        def ended(then: Callable[..., object], value: object) -> None:
            if self._task is task:  # else stopped meanwhile
                self._hold(on=False)
                then(value)

        task = self.desk.in_background(working, lambda value: ended(done, value), lambda error: ended(failed, error))
        self._task = task

    def stop(self) -> None:
        """Ask the work to stop, and wait for nothing."""
        if self._task is not None:
            self._task.cancel()
            self._hold(on=False)

    def _hold(self, *, on: bool) -> None:
        self._task = None
        self.setVisible(on)
        if self.held is not None:
            self.held.setEnabled(not on)
