"""A status as text on a tint, and keys as small caps."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.card import rounded
from app.ui.widgets.showing import set_shown

PILL_KINDS = ("green", "red", "amber", "blue", "accent", "primary", "plain")


class KeyCap(Themed, QWidget):
    """A key as a small cap."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """`key` as it is written on the key."""
        super().__init__(parent)
        self._key = key
        self.restyle()

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.restyle()

    def restyle(self) -> None:
        """Size by the text."""
        self.setFont(theme.font(11, 500))
        self.setFixedSize(self.fontMetrics().horizontalAdvance(self._key) + theme.px(16), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cap and key."""
        del event
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.px(4), theme.colour("canvas"), theme.colour("line"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._key)


def pill_colours(kind: str) -> tuple[QColor, QColor]:
    """Ground and text of a pill kind."""
    if kind == "primary":
        return theme.colour("tint"), theme.colour("primary")
    if kind == "plain":
        return theme.colour("hair"), theme.colour("ink2")
    return theme.colour(f"{kind}_tint"), theme.colour(kind)


class Pill(Themed, QWidget):
    """A status as text on a tint."""

    def __init__(self, text: str = "", kind: str = "plain", parent: QWidget | None = None) -> None:
        """`kind` is one of PILL_KINDS."""
        super().__init__(parent)
        self._text, self._kind = text, kind
        self.restyle()

    def set(self, text: str, kind: str | None = None) -> None:
        """Show another status; hidden while it is empty."""
        self._text, self._kind = text, kind or self._kind
        set_shown(self, bool(text))
        self.restyle()
        self.update()

    def text(self) -> str:
        """What it says."""
        return self._text

    def restyle(self) -> None:
        """Size by the text."""
        self.setFont(theme.font(12, 500))
        self.setAccessibleName(self._text)
        self.setFixedSize(self.fontMetrics().horizontalAdvance(self._text) + theme.px(20), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tint and text."""
        del event
        ground, ink = pill_colours(self._kind)
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self.height() / 2, ground)
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
