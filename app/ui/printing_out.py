"""Printing a stored paper: the bytes with their overlay, never a fresh drawing; the printer of its kind is remembered.

Printing comes after everything is committed: trouble here loses and doubles nothing.
"""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.errors import Refused
from app.process import papers
from app.process.papers import PaperFact
from app.ui.desk import Desk
from app.ui.print_dialog import PrintDialog
from app.ui.printers import Job, Printers, RecordingPrinters, SystemPrinters
from app.ui.texts import tr
from app.ui.widgets.verb import Verb

__all__ = [
    "COPIES", "SAVE_KEY", "Job", "Printers", "RecordingPrinters", "SystemPrinters", "ask_names", "choose_printer",
    "copies_of", "print_paper", "printer_line", "printers", "save_pdf", "use",
]  # fmt: skip

SAVE_KEY = "Ctrl+S"
COPIES = {"sheet": 2, "opening": 2, "receipt": 1}  # one for the family and one for the centre


class _Current:
    printers: Printers = SystemPrinters()
    known: tuple[str, ...] | None = None  # what was told last; None before anybody asked


def use(printers: Printers) -> None:
    """Send everything to these printers from now on."""
    _Current.printers, _Current.known = printers, None


def printers() -> Printers:
    """Where jobs go now."""
    return _Current.printers


def ask_names(desk: Desk, then: Callable[[tuple[str, ...]], object], owner: QWidget | None = None) -> None:
    """Ask which printers are there now, in a thread: a printer service may be slow; `then(names)`.

    `owner` is the window that wants to know: nothing is told to one that was closed meanwhile.
    """

    def told(names: Sequence[str]) -> None:
        _Current.known = tuple(names)
        if owner is None or isValid(owner):
            then(_Current.known)

    desk.in_background(_Current.printers.names, told, lambda _: told(()))


def copies_of(desk: Desk, kind: str) -> int:
    """How many copies of a kind of paper this computer prints."""
    return int(desk.settings.printer(kind).get("copies", 0)) or COPIES.get(kind, 1)


def printer_line(desk: Desk, kind: str) -> tuple[str, str]:
    """The printer of a kind of paper as a line, with its colour token, as far as it was told last (`ask_names`)."""
    name = str(desk.settings.printer(kind).get("printer", ""))
    if not name:
        return tr("还没有选打印机"), "ink3"
    if _Current.known is None:
        return name, "ink3"
    if name in _Current.known:
        return tr("{printer} 就绪", printer=name), "green"
    return tr("{printer} 不在", printer=name), "amber"


def choose_printer(desk: Desk, kind: str, parent: QWidget | None, then: Callable[[], object]) -> None:
    """Let the person choose printer and copies for a kind of paper; `then()` when it was done."""

    def told(names: tuple[str, ...]) -> None:
        if not names:
            desk.message(tr("这台电脑上没有找到打印机，请检查电源和连线；单据可以先存成 PDF。"), "warning")
        elif _asked(desk, kind, names, parent, tr("选打印机、份数"), ""):
            then()

    ask_names(desk, told, parent)


def print_paper(
    desk: Desk,
    paper_id: int,
    *,
    parent: QWidget | None = None,
    ask: bool = False,
    copies: int | None = None,
    after: Callable[[int], object] | None = None,
) -> None:
    """Print a stored paper on the printer that this computer remembers for its kind, and count it.

    `ask` shows the dialog first; so does a printer that is not there any more. `after(nth)` when it was sent.
    """
    found = desk.look(papers.look_up, paper_id)
    if found is None:
        return
    errand = _Errand(desk, found, parent, after, copies)
    ask_names(desk, lambda names: errand.choose(names, ask=ask))


@dataclass
class _Errand:
    """One paper on its way to a printer: choose, send, count."""

    desk: Desk
    found: PaperFact
    parent: QWidget | None
    after: Callable[[int], object] | None
    copies: int | None

    def choose(self, names: tuple[str, ...], *, ask: bool) -> None:
        """The remembered printer, or the one that the person chooses."""
        printer = str(self.desk.settings.printer(self.found.kind).get("printer", ""))
        if not names:
            self.offer(printer, there=False)
            return
        if ask or printer not in names:
            note = tr("{printer} 不在了，请选另一台。", printer=printer) if printer and printer not in names else ""
            title = tr("打印 {number}", number=self.found.number)
            over = self.parent if self.parent is not None and isValid(self.parent) else None
            if not _asked(self.desk, self.found.kind, names, over, title, note):
                return
            printer = str(self.desk.settings.printer(self.found.kind)["printer"])
        self.send(printer, self.copies or copies_of(self.desk, self.found.kind))

    def send(self, printer: str, copies: int) -> None:
        """Hand the bytes over, in a thread."""
        content = self.desk.look(papers.to_print, self.found.id)
        if content is None:
            return
        job = Job(printer, copies, self.found.number, content)

        def failed(error: BaseException) -> None:
            if not isinstance(error, Refused | OSError | subprocess.SubprocessError):
                raise error
            self.offer(printer, there=True)

        self.desk.in_background(lambda: _Current.printers.send(job), lambda _: self.count(job), failed)

    def count(self, job: Job) -> None:
        """The printer took it: that is one printing."""
        nth = self.desk.do(papers.record_print, self.found.id, job.printer, job.copies)
        if nth is None:
            return
        text = tr("{number} 已送到 {printer}", number=self.found.number, printer=job.printer)
        self.desk.message(text if nth == 1 else tr("{text}，补打第 {n} 次", text=text, n=nth))
        if self.after is not None and (self.parent is None or isValid(self.parent)):
            self.after(nth)

    def offer(self, printer: str, *, there: bool) -> None:
        """Nothing was printed: name the printer; offer another one, or to save the paper as a file."""
        text = (
            tr("打印机 {printer} 没有接受。单据已经存好，不会丢；可以换一台再打，或先存成 PDF。", printer=printer)
            if printer and there
            else tr("这台电脑上没有找到打印机。单据已经存好，不会丢；可以先存成 PDF。")
        )
        verbs = [Verb("later", tr("以后再打"), shortcut="Esc"), Verb("save", tr("存为 PDF"), "primary", SAVE_KEY)]
        if there:
            verbs.insert(1, Verb("other", tr("换一台打"), shortcut="Ctrl+P"))
        chosen = self.desk.ask(tr("没有打印成功"), text, verbs)
        if chosen == "other":
            ask_names(self.desk, lambda names: self.choose(names, ask=True))
        elif chosen == "save":
            save_pdf(self.desk, self.found)


def _asked(
    desk: Desk, kind: str, names: Sequence[str], parent: QWidget | None, title: str, note: str,
) -> bool:  # fmt: skip
    """Show the dialog and remember what was chosen; False when nothing was."""
    printer = str(desk.settings.printer(kind).get("printer", ""))
    dialog = PrintDialog(parent, title, names, printer, copies_of(desk, kind), note)
    if not dialog.exec():
        return False
    desk.settings.set_printer(kind, printer=dialog.printer(), copies=dialog.copies())
    return True


def save_pdf(desk: Desk, found: PaperFact) -> Path | None:
    """Save an electronic copy where the person says, and log that it left the program; gives the path."""
    content = desk.look(papers.to_file, found.id)
    if content is None:
        return None
    path = desk.choose_save(tr("存为 PDF"), f"{found.number}.pdf", "PDF (*.pdf)")
    if path is None:
        return None
    try:
        path.write_bytes(content)
    except OSError:
        desk.message(tr("没有存成：{folder} 写不进去，请换一个文件夹。", folder=str(path.parent)), "problem")
        return None
    desk.do(papers.record_file, found.id)
    desk.message(tr("已存为 {name}", name=path.name))
    return path
