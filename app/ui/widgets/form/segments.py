"""Choosing by joined segments: one of a few, or the days of the week."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.texts import tr
from app.ui.theme import Themed
from app.ui.widgets.button import focus_ring
from app.ui.widgets.card import rounded

WORKING_DAYS, WHOLE_WEEK = 5, 7


class _Segments(Themed, QWidget):
    """Boxes side by side in one frame; one focus, moved in with the arrows."""

    changed = Signal()
    left = Signal()

    def __init__(self, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = list(texts)
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    @abstractmethod
    def _is_on(self, number: int) -> bool:
        """Whether the box is on."""

    @abstractmethod
    def _press(self, number: int) -> None:
        """A box was pressed."""

    def restyle(self) -> None:
        """Height and font."""
        self.setFont(theme.font(14))
        self.setFixedHeight(theme.px(40))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the bold words."""
        metrics = QFontMetrics(theme.font(14, 700))
        widest = max((metrics.horizontalAdvance(text) for text in self._texts), default=0)
        return QSize(len(self._texts) * (widest + theme.px(22)), theme.px(40))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _box(self, number: int) -> QRectF:
        width = self.width() / max(1, len(self._texts))
        return QRectF(number * width, 0, width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes."""
        del event
        painter = QPainter(self)
        radius = theme.px(8)
        rounded(painter, QRectF(self.rect()), radius, theme.colour("surface"), theme.colour("line"))
        for number, text in enumerate(self._texts):
            self._paint_one(painter, number, text)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), radius)

    def _paint_one(self, painter: QPainter, number: int, text: str) -> None:
        box, on = self._box(number), self._is_on(number)
        inner = box.adjusted(3, 3, -3, -3)
        if on:
            rounded(painter, inner, theme.px(6), theme.colour("tint"), theme.colour("primary"))
        if self.hasFocus() and number == self._at:
            painter.setPen(theme.colour("primary"))
            line = QRectF(box.center().x() - theme.px(8), self.height() - theme.px(9), theme.px(16), 2)
            painter.fillRect(line, theme.colour("primary"))
        token = "ink3" if not self.isEnabled() else "primary" if on else "ink2"
        painter.setPen(theme.colour(token))
        painter.setFont(theme.font(14, 700 if on else 400))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press the box under the pointer."""
        number = int(event.position().x() / max(1, self.width()) * len(self._texts))
        if 0 <= number < len(self._texts):
            self._at = number
            self._press(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits press a box; arrows move."""
        number = event.key() - Qt.Key.Key_1
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and 0 <= number < len(self._texts):
            self._at = number
            self._press(number)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._at = (self._at + (1 if event.key() == Qt.Key.Key_Right else -1)) % len(self._texts)
            self._moved()
        elif event.key() == Qt.Key.Key_Space:
            self._press(self._at)
        else:
            super().keyPressEvent(event)
        self.update()

    def _moved(self) -> None:
        """The arrows moved to another box."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person left."""
        super().focusOutEvent(event)
        self.update()
        self.left.emit()


class Segmented(_Segments):
    """One of a few, as 男 / 女; arrows or digits choose."""

    def __init__(self, options: Sequence[tuple[Any, str]], value: Any = "", parent: QWidget | None = None) -> None:  # noqa: ANN401
        """`options` are value and text."""
        super().__init__([text for _, text in options], parent)
        self._values = [one for one, _ in options]
        self._value = value

    def value(self) -> Any:  # noqa: ANN401 - the option's own kind
        """Value that is chosen, or empty."""
        return self._value

    def set_value(self, value: Any) -> None:  # noqa: ANN401 - the option's own kind
        """Choose; no signal."""
        self._value = value
        if value in self._values:
            self._at = self._values.index(value)
        self.update()

    def is_empty(self) -> bool:
        """Nothing is chosen."""
        return self._value not in self._values

    def _is_on(self, number: int) -> bool:
        return bool(self._values[number] == self._value)

    def _press(self, number: int) -> None:
        if self._value != self._values[number]:
            self._value = self._values[number]
            self.changed.emit()
        self.update()

    def _moved(self) -> None:
        self._press(self._at)


class WeekdayPicker(_Segments):
    """Days of the week; the value is a bit mask, Monday is bit 0. Space or the digit of a day switches it."""

    def __init__(self, days: int = WORKING_DAYS, parent: QWidget | None = None) -> None:
        """`days` is 5 or 7."""
        names = (tr("一"), tr("二"), tr("三"), tr("四"), tr("五"), tr("六"), tr("日"))
        super().__init__(names[:days], parent)
        self._mask = 0

    def value(self) -> int:
        """Bit mask."""
        return self._mask

    def set_value(self, value: int) -> None:
        """Show a bit mask; no signal."""
        self._mask = value
        self.update()

    def is_empty(self) -> bool:
        """No day."""
        return self._mask == 0

    def _is_on(self, number: int) -> bool:
        return bool(self._mask & (1 << number))

    def _press(self, number: int) -> None:
        self._mask ^= 1 << number
        self.update()
        self.changed.emit()
