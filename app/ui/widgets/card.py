"""Cards, and the rounded boxes and lines that they and other widgets are drawn with."""


from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import Themed


class Card(Themed, QFrame):
    """A surface with radius 12 and a 1 px line; `body` is its layout."""

    def __init__(
        self, padding: int = 20, spacing: int = 12, parent: QWidget | None = None, *, bottom: int | None = None,
    ) -> None:
        """`padding` and `spacing` in design pixels; `bottom` 8 where fields with their problem line stand last."""
        super().__init__(parent)
        self._padding, self._spacing, self._tint = padding, spacing, ""
        self._bottom = padding if bottom is None else bottom
        self.body = QVBoxLayout(self)
        self.restyle()

    def set_tint(self, tint: bool | str) -> None:
        """Show as a tinted box without a line, as for key figures; a token names another tint than the primary one."""
        self._tint = ("tint" if tint else "") if isinstance(tint, bool) else tint
        self.update()

    def restyle(self) -> None:
        """Margins by the text size."""
        pad = theme.px(self._padding)
        self.body.setContentsMargins(pad, pad, pad, theme.px(self._bottom))
        self.body.setSpacing(theme.px(self._spacing))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface and line."""
        del event
        painter = QPainter(self)
        if self._tint:
            rounded(painter, QRectF(self.rect()), theme.px(12), theme.colour(self._tint))
        else:
            rounded(painter, QRectF(self.rect()), theme.px(12), theme.colour("surface"), theme.colour("line"))


def rounded(
    painter: QPainter, box: QRectF, radius: float, fill: QColor | None, line: QColor | None = None, width: float = 1,
) -> None:
    """Draw a rounded box with its line inside the box; also used by the other widgets."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if line else 0
    painter.setPen(QPen(line, width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


class Hairline(QWidget):
    """A line of 1 px across."""

    def __init__(self, token: str = "hair", parent: QWidget | None = None) -> None:  # noqa: S107 - a colour
        """`token` is the colour."""
        super().__init__(parent)
        self._token = token
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        QPainter(self).fillRect(self.rect(), theme.colour(self._token))
