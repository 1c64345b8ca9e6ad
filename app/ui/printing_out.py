"""Sending papers to the printer: the stored bytes with their overlay, never a fresh drawing.

Linux hands the PDF to `lp` as it is; elsewhere pypdfium2 draws it at the printer's resolution into QPrinter, a page
at a time. Printing comes after everything is committed: trouble here loses and doubles nothing.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import papers
from app.process.papers import PaperFact
from app.ui.desk import Desk
from app.ui.print_dialog import PrintDialog
from app.ui.texts import tr
from app.ui.widgets.verb import Verb

COPIES = {"sheet": 2, "receipt": 1}  # a sheet for the family and one for the centre
SECONDS = 60


@dataclass(frozen=True)
class Job:
    """What was sent: printer, copies, title, bytes."""

    printer: str
    copies: int
    title: str
    content: bytes


class Printers(Protocol):
    """Where jobs go."""

    def names(self) -> Sequence[str]:
        """Printers that are there now, the default first."""

    def send(self, job: Job) -> None:
        """Send a job; raises Refused printer_failed."""


class SystemPrinters:
    """The printers of this computer."""

    def names(self) -> Sequence[str]:
        """As CUPS or the system tells them."""
        if sys.platform == "win32" or shutil.which("lpstat") is None:
            from PySide6.QtPrintSupport import QPrinterInfo

            default = QPrinterInfo.defaultPrinterName()
            names = QPrinterInfo.availablePrinterNames()
            return sorted(names, key=lambda name: name != default)
        listed = subprocess.run(["lpstat", "-e"], capture_output=True, text=True, timeout=SECONDS, check=False)
        return [line.strip() for line in listed.stdout.splitlines() if line.strip()]

    def send(self, job: Job) -> None:
        """Send the bytes."""
        if sys.platform == "win32" or shutil.which("lp") is None:
            _draw(job)
            return
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(job.content)
            file.flush()
            command = ["lp", "-d", job.printer, "-n", str(job.copies), "-t", job.title, file.name]
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        if done.returncode:
            raise Refused("printer_failed", printer=job.printer)


def _draw(job: Job) -> None:
    """Draw the pages into QPrinter at 300 dots an inch."""
    import pypdfium2
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage, QPageLayout, QPainter
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(job.printer)
    printer.setDocName(job.title)
    printer.setCopyCount(job.copies)
    printer.setResolution(300)
    printer.setFullPage(True)
    document = pypdfium2.PdfDocument(job.content)
    painter = QPainter()
    try:
        for number in range(len(document)):
            page = document[number]
            wide = page.get_width() > page.get_height()
            layout = QPageLayout.Orientation
            printer.setPageOrientation(layout.Landscape if wide else layout.Portrait)
            if not (painter.begin(printer) if number == 0 else printer.newPage()):
                raise Refused("printer_failed", printer=job.printer)
            bitmap = page.render(scale=300 / 72, rev_byteorder=True)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888)
            painter.drawImage(QRect(0, 0, bitmap.width, bitmap.height), image)
    finally:
        painter.end()
        document.close()


@dataclass
class RecordingPrinters:
    """Printers for tests and the tour: keep what was sent."""

    there: Sequence[str] = ("HP",)
    jobs: list[Job] = field(default_factory=list)
    broken: bool = False

    def names(self) -> Sequence[str]:
        """The printers that are said to be there."""
        return self.there

    def send(self, job: Job) -> None:
        """Keep the job, or fail."""
        if self.broken:
            raise Refused("printer_failed", printer=job.printer)
        self.jobs.append(job)


class _Current:
    printers: Printers = SystemPrinters()


def use(printers: Printers) -> None:
    """Send everything to these printers from now on."""
    _Current.printers = printers


def printers() -> Printers:
    """Where jobs go now."""
    return _Current.printers


def printer_line(desk: Desk, kind: str) -> tuple[str, str]:
    """The printer of a kind of paper for the status line, with its colour token."""
    name = str(desk.settings.printer(kind).get("printer", ""))
    if not name:
        return tr("还没有选打印机"), "ink3"
    return (
        (tr("{printer} 就绪", printer=name), "green")
        if name in printers().names()
        else (
            tr("{printer} 不在", printer=name),
            "amber",
        )
    )


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
    chosen = _choose(desk, found, parent, ask=ask, copies=copies)
    if chosen is None:
        return
    content = desk.look(papers.to_print, paper_id)
    if content is None:
        return
    job = Job(chosen[0], chosen[1], found.number, content)

    def sent(_: None) -> None:
        nth = desk.do(papers.record_print, paper_id, job.printer, job.copies)
        if nth is None:
            return
        text = tr("{number} 已送到 {printer}", number=found.number, printer=job.printer)
        desk.message(text if nth == 1 else tr("{text}，补打第 {n} 次", text=text, n=nth))
        if after is not None:
            after(nth)

    def failed(error: BaseException) -> None:
        if not isinstance(error, Refused | OSError | subprocess.SubprocessError):
            raise error
        _offer_file(desk, found, content, job.printer)

    desk.in_background(lambda: _Current.printers.send(job), sent, failed)


def _choose(
    desk: Desk, found: PaperFact, parent: QWidget | None, *, ask: bool, copies: int | None,
) -> tuple[str, int] | None:
    there = list(printers().names())
    remembered = desk.settings.printer(found.kind)
    printer = str(remembered.get("printer", ""))
    number = copies or int(remembered.get("copies", 0)) or COPIES.get(found.kind, 1)
    if printer in there and not ask:
        return printer, number
    if not there:
        content = desk.look(papers.to_print, found.id)
        if content is not None:
            _offer_file(desk, found, content, printer)
        return None
    note = tr("{printer} 不在了，请选另一台。", printer=printer) if printer and printer not in there else ""
    dialog = PrintDialog(parent, tr("打印 {number}", number=found.number), there, printer, number, note)
    if not dialog.exec():
        return None
    desk.settings.set_printer(found.kind, printer=dialog.printer(), copies=dialog.copies())
    return dialog.printer(), dialog.copies()


def _offer_file(desk: Desk, found: PaperFact, content: bytes, printer: str) -> None:
    """No printer takes it: name it, and save the paper as a file instead."""
    text = (
        tr("打印机 {printer} 没有接受。单据已经存好，不会丢；可以换一台再打，或先存成 PDF。", printer=printer)
        if printer
        else tr("这台电脑上没有找到打印机。单据已经存好，不会丢；可以先存成 PDF。")
    )
    if (
        desk.ask(
            tr("没有打印成功"),
            text,
            [Verb("later", tr("以后再打"), shortcut="Esc"), Verb("save", tr("存为 PDF"), "primary")],
        )
        == "save"
    ):
        save_pdf(desk, found, content)


def save_pdf(desk: Desk, found: PaperFact, content: bytes) -> Path | None:
    """Save the bytes where the person says; gives the path. It leaves the program, so it counts as a printing."""
    path = desk.choose_save(tr("存为 PDF"), f"{found.number}.pdf", "PDF (*.pdf)")
    if path is None:
        return None
    try:
        path.write_bytes(content)
    except OSError:
        desk.message(tr("没有存成：{folder} 写不进去，请换一个文件夹。", folder=str(path.parent)), "problem")
        return None
    desk.do(papers.record_print, found.id, papers.AS_FILE)
    desk.message(tr("已存为 {name}", name=path.name))
    return path
