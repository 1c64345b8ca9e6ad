"""The centre's logo: choose a picture, see it, take it off again. Papers get a PNG of sensible size."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.mark import Mark
from app.ui.widgets.text import Text

LARGEST = 512  # pixels of the longer side: 13 mm on paper at 900 dpi is less
PATTERN = "(*.png *.jpg *.jpeg *.bmp *.gif *.webp *.svg)"


class LogoField(QWidget):
    """An editor whose value is the bytes of a PNG, or empty."""

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """No picture at first: the program's own mark stands there."""
        super().__init__(parent)
        self._value = b""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(14))
        self.mark = Mark(size=52)
        row.addWidget(self.mark)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        self.choose_button = Button(tr("选图片"), "secondary", icon="image", small=True)
        self.choose_button.clicked.connect(self._choose)
        self.remove_button = Button(tr("不用图片"), "quiet", icon="x", small=True)
        self.remove_button.clicked.connect(lambda: self._take(b""))
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        words.addLayout(buttons)
        self.note = Text("", "caption")
        words.addWidget(self.note)
        row.addLayout(words, 1)
        self.setFocusProxy(self.choose_button)
        self.set_value(b"")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("选择标志图片"), "", f"{tr('图片')} {PATTERN}")
        if chosen:
            self.use_file(Path(chosen))

    def use_file(self, path: Path) -> None:
        """Use a picture file; what is no picture is told below."""
        picture = as_png(path)
        if picture:
            self._take(picture)
        else:
            self.note.set_tone("red")
            self.note.setText(tr("这个文件不是能用的图片，请换一张 PNG 或 JPG。"))

    def _take(self, value: bytes) -> None:
        self.set_value(value)
        self.changed.emit()
        self.left.emit()

    def value(self) -> bytes:
        """The PNG, or empty."""
        return self._value

    def set_value(self, value: bytes) -> None:
        """Show a picture; no signal."""
        self._value = value
        self.mark.set_logo(value)
        self.remove_button.setVisible(bool(value))
        self.note.set_tone("ink3")
        self.note.setText(tr("印在单据左上角") if value else tr("选填。不选就印安托的标志"))

    def is_empty(self) -> bool:
        """No picture."""
        return not self._value


def as_png(path: Path) -> bytes:
    """The picture as PNG, scaled down where it is larger than papers can show; empty when it cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image: QImage = reader.read()
    if image.isNull():
        return b""
    if max(image.width(), image.height()) > LARGEST:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(LARGEST, LARGEST, keep, smooth)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())
