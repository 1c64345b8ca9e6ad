"""An icon that is no button."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import icons, theme
from app.ui.theme import Themed


class IconLabel(Themed, QWidget):
    """An icon that is no button."""

    def __init__(
        self, name: str, tone: str = "ink2", size: int = 18, *, filled: bool = False, parent: QWidget | None = None,
    ) -> None:
        """`name` of the icon, `tone` a colour token, `size` in design pixels."""
        super().__init__(parent)
        self._name, self._tone, self._size, self._filled = name, tone, size, filled
        self.restyle()

    def set_icon(self, name: str, tone: str | None = None) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone or self._tone
        self.update()

    def restyle(self) -> None:
        """Size by the text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        if self._name:
            painter = QPainter(self)
            painter.drawPixmap(
                QPointF(0, 0), icons.pixmap(self._name, self._tone, self._size, filled=self._filled),
            )
