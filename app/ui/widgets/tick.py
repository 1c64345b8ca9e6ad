"""The tick of a box, in forms and in tables."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.ui import icons, theme
from app.ui.widgets.card import rounded


def paint_tick(painter: QPainter, box: QRectF, *, ticked: bool) -> None:
    """Draw a box of 18 px, ticked or not."""
    if ticked:
        rounded(painter, box, theme.px(5), theme.colour("primary"))
        size = box.width() * 0.72
        spot = QRectF(box.center() - QPointF(size / 2, size / 2), box.center() + QPointF(size / 2, size / 2))
        icons.paint(painter, "check", theme.colour("on_primary"), spot)
        icons.paint(painter, "check", theme.colour("on_primary"), spot.translated(0.5, 0))
    else:
        rounded(painter, box, theme.px(5), theme.colour("surface"), theme.colour("tick"), 1.5)
