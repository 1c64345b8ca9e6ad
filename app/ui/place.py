"""Where a window stands: as it was left, and never larger than the screen it is on."""

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QWidget

from app.settings import Settings

FIRST = QSize(1440, 900)
FRAME = 40  # the title bar, which the window itself does not know before it is shown


def restore(window: QWidget, settings: Settings) -> None:
    """As it was left, also maximised; the first time as in the design, or as large as the screen allows."""
    saved = settings.text("geometry")
    if saved and window.restoreGeometry(QByteArray.fromBase64(saved.encode())):
        return
    room = window.screen().availableGeometry()
    window.resize(first_size(room))
    if room.width() <= FIRST.width() or room.height() <= FIRST.height() + FRAME:
        window.move(room.topLeft())


def first_size(room: QRect) -> QSize:
    """The size of the first window on a screen with this room."""
    return QSize(min(FIRST.width(), room.width()), min(FIRST.height(), room.height() - FRAME))


def keep(window: QWidget, settings: Settings) -> None:
    """Remember where it stands, and whether it is maximised."""
    settings.set("geometry", bytes(window.saveGeometry().toBase64().data()).decode())
