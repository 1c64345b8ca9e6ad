"""A box to tick, and a switch."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.button import focus_ring
from app.ui.widgets.card import rounded
from app.ui.widgets.tick import paint_tick


class CheckBox(Themed, QAbstractButton):
    """A box to tick, with its words."""

    changed = Signal()
    left = Signal()

    def __init__(self, text: str, checked: bool = False, parent: QWidget | None = None) -> None:
        """`checked` is ticked."""
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.changed)
        self.restyle()

    def value(self) -> bool:
        """Ticked or not."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Tick; no `changed`."""
        self.setChecked(bool(value))

    def is_empty(self) -> bool:
        """Not ticked."""
        return not self.isChecked()

    def restyle(self) -> None:
        """Font and height."""
        self.setFont(theme.font(14))
        self.setFixedHeight(theme.px(32))
        self.updateGeometry()

    def _mark_width(self) -> int:
        return theme.px(18)

    def sizeHint(self) -> QSize:
        """Box and words."""
        if not self.text():
            return QSize(max(self._mark_width() + theme.px(8), theme.px(32)), theme.px(32))
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(self._mark_width() + theme.px(20) + words, theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box and words."""
        del event
        painter = QPainter(self)
        self._paint_mark(painter)
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink3"))
        painter.setFont(self.font())
        left = self._mark_width() + theme.px(12)
        box = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(0, 1, 0, -1), theme.px(6))

    def _paint_mark(self, painter: QPainter) -> None:
        size = theme.px(18)
        left = theme.px(4) if self.text() else (self.width() - size) / 2
        paint_tick(painter, QRectF(left, (self.height() - size) / 2, size, size), ticked=self.isChecked())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person left."""
        super().focusOutEvent(event)
        self.left.emit()


class Switch(CheckBox):
    """On or off, in force at once, for settings."""

    def _mark_width(self) -> int:
        return theme.px(40)

    def _paint_mark(self, painter: QPainter) -> None:
        on = self.isChecked()
        height = theme.px(22)
        box = QRectF(theme.px(2), (self.height() - height) / 2, theme.px(38), height)
        fill = theme.colour("primary" if on else "hair")
        rounded(painter, box, height / 2, fill, None if on else theme.colour("tick"))
        knob = height - 6
        left = box.right() - knob - 3 if on else box.left() + 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_primary" if on else "tick"))
        painter.drawEllipse(QRectF(left, box.top() + 3, knob, knob))
