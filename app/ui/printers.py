"""Where jobs go: the printers of this computer, or, in tests and the tour, printers that keep what they were sent.

Linux pipes the PDF to `lp` as it is; elsewhere pypdfium2 draws it at the printer's resolution into QPrinter, a page at
a time.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QPageLayout

from app.errors import Refused

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_LAYOUT = QPageLayout.Orientation
SECONDS = 60  # for a printer to take a job
SECONDS_FOR_NAMES = 5  # for the printer service to say which printers there are
DOTS = 300  # an inch, where the pages are drawn for the printer


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
        """As CUPS or the system tells them; none when it does not answer. Slow at times: ask in a thread."""
        if sys.platform == "win32" or shutil.which("lpstat") is None:
            from PySide6.QtPrintSupport import QPrinterInfo

            default = QPrinterInfo.defaultPrinterName()
            names = QPrinterInfo.availablePrinterNames()
        else:
            default = _lpstat("-d").rpartition(":")[2].strip()
            names = [line.strip() for line in _lpstat("-e").splitlines() if line.strip()]
        return sorted(names, key=lambda name: name != default)

    def send(self, job: Job) -> None:
        """Send the bytes."""
        if sys.platform == "win32" or shutil.which("lp") is None:
            _draw(job)
            return
        command = ["lp", "-d", job.printer, "-n", str(job.copies), "-t", job.title]
        # through a pipe: no file with a child's data lies in clear on the disk, not even after a crash
        done = subprocess.run(command, input=job.content, capture_output=True, timeout=SECONDS, check=False)
        if done.returncode:
            raise Refused("printer_failed", printer=job.printer)


def _lpstat(what: str) -> str:
    """What CUPS says; nothing when it does not answer in time."""
    command = [shutil.which("lpstat") or "lpstat", what]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_FOR_NAMES, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout if told.returncode == 0 else ""


def _draw(job: Job) -> None:
    """Draw the pages for a printer of the system."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(job.printer)
    printer.setDocName(job.title)
    printer.setCopyCount(job.copies)
    if not draw_pages(job.content, printer):
        raise Refused("printer_failed", printer=job.printer)


def draw_pages(content: bytes, printer: "QPrinter") -> bool:
    """Draw a PDF page by page into a printer, each at its own size; False when the printer takes no page."""
    import pypdfium2
    from PySide6.QtCore import QRect, QSizeF
    from PySide6.QtGui import QImage, QPageSize, QPainter

    printer.setResolution(DOTS)
    printer.setFullPage(True)
    document = pypdfium2.PdfDocument(content)
    painter = QPainter()
    try:
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            size = QSizeF(min(width, height), max(width, height))
            printer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
            printer.setPageOrientation(_LAYOUT.Landscape if width > height else _LAYOUT.Portrait)
            if not (painter.begin(printer) if number == 0 else printer.newPage()):
                return False
            bitmap = page.render(scale=DOTS / 72, rev_byteorder=True)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888)
            painter.drawImage(QRect(0, 0, bitmap.width, bitmap.height), image)
        return True
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
