"""The last character of a name in a circle."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.theme import Themed

AVATARS_LIGHT = (
    ("#F3E4F5", "#7A2F86"), ("#E3ECFA", "#1F5AA6"), ("#FCE7D8", "#B4470F"),
    ("#D7ECEA", "#0F6B6B"), ("#FBE6EA", "#B3261E"), ("#E4F1E2", "#2B6B2A"),
)  # fmt: skip
AVATARS_DARK = (
    ("#5A2363", "#F1E5F0"), ("#17437B", "#E4EDF8"), ("#7C340E", "#FBE6D8"),
    ("#0B4F4F", "#DAF0EE"), ("#771D32", "#FBE3E8"), ("#234F21", "#E3F0E0"),
)  # fmt: skip


def avatar_colours(name: str) -> tuple[QColor, QColor]:
    """Ground and letter for a name; the same name always has the same."""
    pairs = AVATARS_DARK if theme.is_dark() else AVATARS_LIGHT
    ground, ink = pairs[sum(map(ord, name)) % len(pairs)]
    return QColor(ground), QColor(ink)


def paint_avatar(painter: QPainter, box: QRectF, name: str) -> None:
    """Draw the letter of the given name in a circle."""
    ground, ink = avatar_colours(name)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(box)
    painter.setPen(ink)
    letter = theme.font(12, 700)
    letter.setPixelSize(max(1, round(box.height() * 0.42)))
    painter.setFont(letter)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, avatar_letter(name))


def avatar_letter(name: str) -> str:
    """The last character of a Chinese name; of one in letters the first of its last word, for the surname stands first.

    What stands behind in brackets is no part of the name.
    """
    plain = name.partition("（")[0].partition("(")[0].strip()
    if not plain[-1:].isascii():
        return plain[-1:]
    return plain.split()[-1][:1].upper() if plain else ""


class Avatar(Themed, QWidget):
    """The last character of the given name in a circle."""

    def __init__(self, name: str = "", size: int = 30, parent: QWidget | None = None) -> None:
        """`size` in design pixels."""
        super().__init__(parent)
        self._name, self._size = name, size
        self.restyle()

    def set_name(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self.update()

    def restyle(self) -> None:
        """Size by the text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        paint_avatar(QPainter(self), QRectF(self.rect()), self._name)
