"""The picture of a child: chosen from a file, made small, kept without what the camera wrote into it; or none."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import photos
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.texts import sentence, tr
from app.ui.theme import Themed
from app.ui.widgets.button import Button, focus_ring
from app.ui.widgets.card import rounded

SIDE = 2_000  # px; what a student card needs many times over
MOST_PIXELS = 40_000_000  # a bigger picture is no photo of a child, but somebody's attempt to fill the memory
MOST_MEGABYTES = 128


def read_picture(path: Path) -> QImage:
    """Read a picture file, at most SIDE px a side, turned upright. Raises Refused photo_unusable, photo_too_big."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_PIXELS:
        raise Refused("photo_too_big", megapixels=MOST_PIXELS // 1_000_000)
    if not size.isValid() or size.isEmpty():
        raise Refused("photo_unusable")
    longest = max(size.width(), size.height())
    if longest > SIDE:
        reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise Refused("photo_unusable")
    return image


def as_jpeg(image: QImage) -> bytes:
    """The picture as JPEG without anything beside it (place, camera, time)."""
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plain.save(buffer, "JPEG", 85)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class PhotoPicker(QWidget):
    """The frame of the picture and the buttons below. `value` is its SHA-256, empty for none."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """No picture yet."""
        super().__init__(parent)
        self.desk, self._digest = desk, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self.frame = PhotoFrame()
        self.frame.clicked.connect(self.choose)
        column.addWidget(self.frame, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        self.choose_button = Button(tr("选照片"), "link", small=True)
        self.choose_button.clicked.connect(self.choose)
        self.remove_button = Button(tr("去掉"), "quiet", small=True)
        self.remove_button.clicked.connect(lambda: self._take(""))
        row.addStretch(1)
        row.addWidget(self.choose_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._show()

    def value(self) -> str:
        """SHA-256 of the picture that is kept, or empty."""
        return self._digest

    def set_value(self, digest: str) -> None:
        """Show a kept picture; no signal."""
        self._digest = digest
        self._show()

    def choose(self) -> None:
        """Let the person choose a file, keep it and show it."""
        path = self.desk.choose_file(tr("选一张孩子的照片"), tr("图片 (*.jpg *.jpeg *.png *.bmp *.webp)"))
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Keep the picture in a file; what is no usable picture is told."""
        try:
            image = read_picture(path)
        except Refused as refused:
            self.desk.message(sentence(refused), "warning")
            return
        digest = self.desk.look(photos.keep, as_jpeg(image))
        if digest:
            self._take(digest)

    def _take(self, digest: str) -> None:
        self._digest = digest
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        picture = self.desk.look(photos.content, self._digest) if self._digest else None
        self.frame.set_image(QImage.fromData(QByteArray(picture)) if picture else QImage())
        self.choose_button.set_text(tr("换一张") if picture else tr("选照片"))
        self.remove_button.setVisible(bool(picture))


class PhotoFrame(Themed, QAbstractButton):
    """The picture in a frame of three to four, or a drawing in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(tr("孩子的照片，选填"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.restyle()

    def set_image(self, image: QImage) -> None:
        """Show another picture; a null one for none."""
        self._image = image
        self.update()

    def restyle(self) -> None:
        """Size by the text size."""
        self.setFixedSize(theme.px(105), theme.px(140))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(105), theme.px(140))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self._image.isNull():
            self._paint_empty(painter, box)
        else:
            self._paint_image(painter, box)
        if self.hasFocus():
            focus_ring(painter, box, theme.px(8))

    def _paint_empty(self, painter: QPainter, box: QRectF) -> None:
        rounded(painter, box, theme.px(8), theme.colour("canvas"), theme.colour("line"))
        size = theme.px(30)
        spot = QRectF(box.center().x() - size / 2, box.center().y() - size * 0.8, size, size)
        icons.paint(painter, "user", theme.colour("ink3"), spot)
        painter.setPen(theme.colour("ink2"))
        painter.setFont(theme.font(12))
        words = box.adjusted(0, box.height() / 2 + theme.px(10), 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, tr("照片（选填）"))

    def _paint_image(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(box, theme.px(8), theme.px(8))
        painter.setClipPath(shape)
        wide = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        left, top = (self.width() - wide.width()) / 2, (self.height() - wide.height()) / 2
        painter.drawImage(QRectF(left, top, wide.width(), wide.height()), self._image)
