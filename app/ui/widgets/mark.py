"""The centre's logo, or the program's own mark where there is none."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from app import paths
from app.ui import theme
from app.ui.theme import Themed


class Mark(Themed, QWidget):
    """A square with the picture, as large as it fits."""

    def __init__(self, logo: bytes = b"", size: int = 36, parent: QWidget | None = None) -> None:
        """`logo` is the bytes of a picture, or empty; `size` in design pixels."""
        super().__init__(parent)
        self._size = size
        self._picture = QPixmap()
        self._own = QSvgRenderer(str(paths.RESOURCES / "icons" / "antuo.svg"))
        self.set_logo(logo)
        self.restyle()

    def set_logo(self, logo: bytes) -> None:
        """Show another picture; empty for the program's own mark."""
        self._picture = QPixmap()
        if logo:
            self._picture.loadFromData(logo)
        self.update()

    def restyle(self) -> None:
        """Size by the text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture.isNull():
            self._own.render(painter, QRectF(self.rect()))
            return
        shown = self._picture.scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        spot = QPointF((self.width() - shown.width()) / 2, (self.height() - shown.height()) / 2)
        painter.drawPixmap(spot, shown)
