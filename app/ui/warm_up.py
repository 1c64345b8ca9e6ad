"""Reading in what comes next while nothing else is to do: step by step, so that typing is not held up (speed.md)."""

from collections.abc import Callable, Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from app.ui import theme

AFTER_THE_PASSWORD = (
    "app.process.data_folder", "app.process.office", "app.ui.desk", "app.ui.main_window", "app.ui.today",
)  # fmt: skip
STEP_MS, PAPERS_MS = 5, 1200


class WarmUp(QObject):
    """What is read in while the password is being typed, and after the first page."""

    def __init__(self, parent: QObject) -> None:
        """Nothing is read before `begin`."""
        super().__init__(parent)
        self._steps: list[Callable[[], object]] = []

    def under_way(self) -> bool:
        """Whether something is still to be read in."""
        return bool(self._steps)

    def begin(self, first: Sequence[Callable[[], object]]) -> None:
        """The first window is on screen: do `first`, then read in what comes after the password."""
        modules = [lambda name=name: import_module(name) for name in AFTER_THE_PASSWORD]
        self._steps = [*first, theme.load_fallback_fonts, *modules]
        QTimer.singleShot(0, self, self._next)

    def _next(self) -> None:
        if self._steps:
            self._steps.pop(0)()
            QTimer.singleShot(STEP_MS, self, self._next)

    def papers_soon(self) -> None:
        """Read in what the first receipt needs, in idle time after the first paint (goal 11)."""
        QTimer.singleShot(PAPERS_MS, self, _warm_papers)


def _warm_papers() -> None:
    from app.process import data_folder, papers

    if data_folder.is_open():
        papers.warm_up()
