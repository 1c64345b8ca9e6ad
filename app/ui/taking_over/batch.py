"""Printing many papers one after the other: in the order of a list, with progress, to stop and to go on from any one.

Each is drawn when its turn comes, sent, and counted when the printer took it; trouble stops at that one and loses none.
"""

import subprocess
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.errors import Refused
from app.process import papers
from app.process.papers import PaperFact
from app.ui import printing_out
from app.ui.desk import Desk
from app.ui.printing_out import Job

Make = Callable[[], PaperFact | None]


class Batch(QObject):
    """`progressed(done, all)` before each, `ended(done, trouble)`: trouble is "", stopped, refused or printer."""

    progressed = Signal(int, int)
    ended = Signal(int, str)

    def __init__(self, desk: Desk, makes: Sequence[Make], printer: str, copies: int, parent: QObject) -> None:
        """`makes` draw the papers, or give the ones that are there."""
        super().__init__(parent)
        self._desk, self._makes, self._printer, self._copies = desk, makes, printer, copies
        self._done, self._stopped = 0, False

    def start(self) -> None:
        """Print the first one."""
        self._next()

    def stop(self) -> None:
        """Stop after the one that is under way."""
        self._stopped = True

    def _next(self) -> None:
        if self._stopped or self._done == len(self._makes):
            self._end("stopped" if self._done < len(self._makes) else "")
            return
        self.progressed.emit(self._done, len(self._makes))
        found = self._makes[self._done]()
        content = self._desk.look(papers.to_print, found.id) if found else None
        if found is None or content is None:
            self._end("refused")
            return
        job = Job(self._printer, self._copies, found.number, content)
        send = printing_out.printers().send
        self._desk.in_background(lambda: send(job), lambda _: self._count(found), self._failed)

    def _count(self, found: PaperFact) -> None:
        """The printer took it: that is one printing, also where the page was closed meanwhile."""
        counted = self._desk.look(papers.record_print, found.id, self._printer, self._copies)
        if not isValid(self):
            return
        if counted is None:
            self._end("refused")
            return
        self._done += 1
        self._next()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Refused | OSError | subprocess.SubprocessError):
            raise error
        if isValid(self):
            self._end("printer")

    def _end(self, trouble: str) -> None:
        self.ended.emit(self._done, trouble)
