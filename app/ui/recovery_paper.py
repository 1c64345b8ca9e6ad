"""The recovery key on screen for as long as it is needed: in groups, to print, to save as a PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.errors import Refused
from app.ui import printing_out, theme
from app.ui.desk import Task
from app.ui.print_dialog import PrintDialog
from app.ui.printing_out import Job
from app.ui.texts import sentence, tr
from app.ui.theme import Themed
from app.ui.widgets.button import Button
from app.ui.widgets.card import rounded
from app.ui.widgets.notice import Strip

COLUMNS = 4


class KeyBoxes(Themed, QWidget):
    """The groups of a key, numbered, four in a row, every letter in a place of its own."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """`key` is the groups with hyphens."""
        super().__init__(parent)
        self._groups = key.split("-")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key.replace("-", " "))
        self.restyle()

    def restyle(self) -> None:
        """Height by the text size."""
        rows = -(-len(self._groups) // COLUMNS)
        self.setFixedHeight(rows * theme.px(64) - theme.px(8))

    def sizeHint(self) -> QSize:
        """Room for four groups in a row."""
        return QSize(theme.px(560), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes."""
        del event
        painter = QPainter(self)
        gap = theme.px(8)
        width = (self.width() - (COLUMNS - 1) * gap) / COLUMNS
        for place, group in enumerate(self._groups):
            row, column = divmod(place, COLUMNS)
            box = QRectF(column * (width + gap), row * theme.px(64), width, theme.px(56))
            rounded(painter, box, theme.px(8), theme.colour("surface"), theme.colour("line"))
            painter.setFont(theme.font(11))
            painter.setPen(theme.colour("ink3"))
            painter.drawText(box.adjusted(theme.px(8), theme.px(3), 0, 0), Qt.AlignmentFlag.AlignLeft, str(place + 1))
            painter.setFont(theme.font(20, 700))
            painter.setPen(theme.colour("ink"))
            room = min(theme.px(22), (width - theme.px(24)) / len(group))
            left = box.center().x() - room * len(group) / 2
            for at, sign in enumerate(group):
                spot = QRectF(left + at * room, box.top() + theme.px(6), room, box.height() - theme.px(6))
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, sign)


class KeyPaper(QWidget):
    """The key, with print and save; `kept` when it was printed or saved."""

    kept = Signal()

    def __init__(self, key: str, draw: Callable[[], bytes], parent: QWidget | None = None) -> None:
        """`draw` gives the PDF of the paper."""
        super().__init__(parent)
        self._draw = draw
        self._task: Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(KeyBoxes(key))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.print_button = Button(tr("打印恢复密钥"), "secondary", "Ctrl+P", "printer", tall=True)
        self.print_button.clicked.connect(self.print)
        self.save_button = Button(tr("存为 PDF"), "secondary", "", "file-pdf", tall=True)
        self.save_button.clicked.connect(self._choose_place)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        column.addLayout(row)
        self.strip = Strip("green")
        column.addWidget(self.strip)

    def print(self) -> None:
        """Choose a printer and print one copy."""
        there = list(printing_out.printers().names())
        if not there:
            self._say("amber", tr("这台电脑上没有找到打印机，请先存成 PDF，到别处打印。"))
            return
        dialog = PrintDialog(self.window(), tr("打印恢复密钥"), there, "", 1)
        if not dialog.exec():
            return
        job = Job(dialog.printer(), dialog.copies(), tr("恢复密钥"), self._draw())
        self.print_button.set_busy(True)
        self._task = Task(lambda: printing_out.printers().send(job))
        self._task._done.connect(lambda _: self._printed(job.printer))  # noqa: SLF001 - one unit with Task
        self._task._failed.connect(self._failed)  # noqa: SLF001 - as above
        self._task.start()

    def _printed(self, printer: str) -> None:
        self.print_button.set_busy(False)
        self._say("green", tr("已送到 {printer}。拿到纸，对照屏幕看一眼是否清楚。", printer=printer))
        self.kept.emit()

    def _failed(self, error: BaseException) -> None:
        self.print_button.set_busy(False)
        if isinstance(error, Refused):
            self._say("amber", sentence(error))
        elif isinstance(error, OSError):
            self._say("amber", tr("打印机没有接受，请换一台，或先存成 PDF。"))
        else:
            raise error

    def _choose_place(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("存为 PDF"), tr("安托恢复密钥") + ".pdf", "PDF (*.pdf)",
        )  # fmt: skip
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Save the paper; best on a stick that does not stay at the computer."""
        try:
            path.write_bytes(self._draw())
        except OSError:
            self._say("red", tr("没有存成：{folder} 写不进去，请换一个文件夹。", folder=str(path.parent)))
            return
        self._say("green", tr("已存为 {name}。打印后请把这个文件删掉或放进保险处。", name=path.name))
        self.kept.emit()

    def _say(self, kind: str, text: str) -> None:
        self.strip.set_kind(kind)
        self.strip.set(text)
