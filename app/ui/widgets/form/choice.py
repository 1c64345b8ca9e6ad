"""Choices without typing: pills, segments, weekdays, boxes and switches. Space switches, arrows move, Enter goes on."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.texts import tr
from app.ui.theme import Themed
from app.ui.widgets.button import focus_ring
from app.ui.widgets.card import rounded
from app.ui.widgets.chips import FlowLayout, PillButton

WORKING_DAYS, WHOLE_WEEK = 5, 7


class CheckPill(PillButton):
    """A yes or no as a pill, as `可接送`."""

    changed = Signal()
    left = Signal()

    def __init__(self, text: str, checked: bool = False, parent: QWidget | None = None) -> None:
        """`checked` is on."""
        super().__init__(text, parent, 32)
        self.setChecked(checked)
        self.clicked.connect(self.changed)

    def value(self) -> bool:
        """On or off."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Switch; no `changed`."""
        self.setChecked(bool(value))

    def is_empty(self) -> bool:
        """Off."""
        return not self.isChecked()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person left."""
        super().focusOutEvent(event)
        self.left.emit()


class PillChoice(QWidget):
    """A row of pills; `several` may be on, or one."""

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        options: Sequence[tuple[Any, str]],
        several: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`options` are value and text."""
        super().__init__(parent)
        self._several = several
        self._flow = FlowLayout(8, self)
        self._pills: dict[Any, CheckPill] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer these; what is on stays on."""
        on = self.value()
        for pill in self._pills.values():
            self._flow.removeWidget(pill)
            pill.deleteLater()
        self._pills = {}
        for value, text in options:
            pill = CheckPill(text, value in on, self)
            pill.clicked.connect(lambda _=False, value=value: self._clicked(value))
            pill.left.connect(self._left)
            self._pills[value] = pill
            self._flow.addWidget(pill)
        if self._pills:
            self.setFocusProxy(next(iter(self._pills.values())))

    def _clicked(self, value: Any) -> None:  # noqa: ANN401 - the option's own kind
        if not self._several:
            for other, pill in self._pills.items():
                pill.setChecked(other == value and pill.isChecked())
        self.changed.emit()

    def _left(self) -> None:
        if not any(pill.hasFocus() for pill in self._pills.values()):
            self.left.emit()

    def value(self) -> tuple[Any, ...]:
        """Values that are on, in their order."""
        return tuple(value for value, pill in self._pills.items() if pill.isChecked())

    def set_value(self, value: Sequence[Any]) -> None:
        """Switch these on; no signal."""
        for one, pill in self._pills.items():
            pill.setChecked(one in value)

    def is_empty(self) -> bool:
        """None is on."""
        return not self.value()

    def pill(self, value: Any) -> CheckPill:  # noqa: ANN401 - the option's own kind
        """The pill of a value."""
        return self._pills[value]


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


def paint_tick(painter: QPainter, box: QRectF, *, ticked: bool) -> None:
    """Draw a box of 18 px, ticked or not; tables use it too."""
    if ticked:
        rounded(painter, box, theme.px(5), theme.colour("primary"))
        size = box.width() * 0.72
        spot = QRectF(box.center() - QPointF(size / 2, size / 2), box.center() + QPointF(size / 2, size / 2))
        icons.paint(painter, "check", theme.colour("on_primary"), spot)
        icons.paint(painter, "check", theme.colour("on_primary"), spot.translated(0.5, 0))
    else:
        rounded(painter, box, theme.px(5), theme.colour("surface"), theme.colour("tick"), 1.5)


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
