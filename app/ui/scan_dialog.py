"""Attaching a scan or photo of the signed sheet: chosen or dropped, made small in a child process, turned upright."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.errors import Refused
from app.process import scans
from app.process.papers import PaperFact
from app.process.scans import Prepared
from app.ui import theme
from app.ui.desk import Desk
from app.ui.dropped import DropDialog
from app.ui.sections.photo import as_jpeg
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.verb import Verb

PATTERN = "(*.jpg *.jpeg *.png *.pdf)"


class ScanDialog(DropDialog):
    """`attached` counts what was attached while it was open."""

    def __init__(self, desk: Desk, fact: PaperFact, parent: QWidget | None = None) -> None:
        """`fact` is the sheet."""
        super().__init__(parent, tr("附上签字扫描件　{number}", number=fact.number), 640)
        self.desk, self.fact, self.attached = desk, fact, 0
        self.prepared: Prepared | None = None
        self._image = QImage()
        self.strip = Strip("amber")
        self.body.addWidget(self.strip)
        hint = tr("选 JPEG、PNG 或 PDF 文件，或把文件拖到这里。一份确认单可以附好几个。")
        self.empty = EmptyState("paperclip", tr("还没有选文件"), hint)
        self.empty.setMinimumHeight(theme.px(260))
        self.body.addWidget(self.empty, 1)
        self.view = ScanView()
        self.body.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.left = Button(tr("向左转"), "secondary", "Ctrl+Left", "arrow-counter-clockwise", small=True)
        self.right = Button(tr("向右转"), "secondary", "Ctrl+Right", "arrow-clockwise", small=True)
        self.left.clicked.connect(lambda: self._turn(-90))
        self.right.clicked.connect(lambda: self._turn(90))
        row.addWidget(self.left)
        row.addWidget(self.right)
        row.addStretch(1)
        self.body.addLayout(row)
        self.set_verbs([
            Verb("cancel", tr("关闭"), shortcut="Esc"), Verb("choose", tr("选文件"), "secondary", "Ctrl+O"),
            Verb("attach", tr("附到确认单"), "primary", "F9"),
        ])  # fmt: skip
        self.pressed.connect(self._pressed)
        self._show()

    def take_file(self, path: Path) -> None:
        """Make a file ready, in a child process; what cannot be used is told in one sentence."""
        self.strip.set_kind("blue")
        self.strip.set(tr("正在读取 {name} …", name=path.name))
        self.buttons["choose"].setEnabled(False)
        self.desk.in_background(lambda: _prepared(path), self._ready, self._failed)

    def _ready(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self._image = QImage.fromData(QByteArray(prepared.content)) if prepared.kind == "jpeg" else QImage()
        self.strip.set("")
        self._show()

    def _failed(self, error: BaseException) -> None:
        self.buttons["choose"].setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self._say(error)

    def _say(self, refused: Refused) -> bool:
        self.strip.set_kind("amber")
        self.strip.set(sentence(refused))
        return True

    def _turn(self, degrees: int) -> None:
        if self.prepared is not None and not self._image.isNull():
            self._image = self._image.transformed(QTransform().rotate(degrees))
            self.prepared = Prepared("jpeg", as_jpeg(self._image))
            self._show()

    def _show(self) -> None:
        there, picture = self.prepared is not None, not self._image.isNull()
        if there and not picture:
            self.empty.set(tr("PDF 文件"), tr("按原样保存，不打开内容。附好以后可以查看。"))
        self.empty.setVisible(not picture)
        self.view.setVisible(picture)
        self.view.set_image(self._image)
        for button in (self.left, self.right):
            button.setVisible(picture)
        self.buttons["choose"].setEnabled(True)
        self.buttons["attach"].setEnabled(there)

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
        elif key == "choose":
            path = self.desk.choose_file(tr("选签字扫描件"), f"{tr('扫描件')} {PATTERN}")
            if path is not None:
                self.take_file(path)
        elif self.prepared is not None:
            self._attach(self.prepared)

    def _attach(self, prepared: Prepared) -> None:
        if self.desk.do(scans.attach, self.fact.id, prepared.content, beside=self._say) is None:
            return
        self.attached += 1
        self.prepared, self._image = None, QImage()
        self.empty.set(tr("已附上 {n} 个", n=self.attached), tr("还有下一张就接着选，没有就关闭。"))
        self.strip.set("")
        self._show()


class ScanView(QLabel):
    """A picture as large as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._image = QImage()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(theme.px(260), theme.px(260))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAccessibleName(tr("扫描件"))

    def set_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            self.clear()
            return
        ratio = self.devicePixelRatio()
        picture = QPixmap.fromImage(self._image).scaled(
            self.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        picture.setDevicePixelRatio(ratio)
        self.setPixmap(picture)


def _prepared(path: Path) -> Prepared:
    try:
        with path.open("rb") as file:
            content = file.read(scans.MOST_BYTES + 1)
    except OSError:
        raise Refused("file_not_found", name=path.name) from None
    return scans.prepare(content)


def attach_scan(desk: Desk, parent: QWidget | None, fact: PaperFact) -> bool:
    """Let the person attach scans; True when at least one was attached."""
    dialog = ScanDialog(desk, fact, parent)
    dialog.exec()
    dialog.deleteLater()
    return bool(dialog.attached)
