"""Filter chips with counts, and the layout that wraps them."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLayout, QLayoutItem, QSizePolicy, QWidget, QWidgetItem

from app.ui import icons, theme
from app.ui.theme import Themed
from app.ui.widgets.button import focus_ring
from app.ui.widgets.card import rounded


class PillButton(Themed, QAbstractButton):
    """A round toggle: line and grey when off, tint and primary line when on."""

    def __init__(self, text: str, parent: QWidget | None = None, height: int = 32) -> None:
        """`height` in design pixels."""
        super().__init__(parent)
        self._height = height
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.updateGeometry)
        self.restyle()

    def shown(self) -> str:
        """The words on it."""
        return self.text()

    def restyle(self) -> None:
        """Height and font."""
        self.setAccessibleName(self.shown())
        self.setFont(theme.font(13, 400))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the bold words, so that nothing moves when it is switched."""
        width = QFontMetrics(theme.font(13, 700)).horizontalAdvance(self.shown())
        return QSize(width + theme.px(28), theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        on, radius = self.isChecked(), self.height() / 2
        fill = theme.colour("tint" if on else "hair" if self.isDown() else "surface")
        line = theme.colour("primary" if on else "tick" if self.underMouse() else "line")
        rounded(painter, QRectF(self.rect()), radius, fill, line)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), radius)
        painter.setPen(theme.colour("ink3" if not self.isEnabled() else "primary" if on else "ink2"))
        painter.setFont(theme.font(13, 700 if on else 400))
        painter.drawText(self._text_box(), Qt.AlignmentFlag.AlignCenter, self.shown())

    def _text_box(self) -> QRect:
        return self.rect()


class FilterChip(PillButton):
    """A filter with the number of rows that it leaves."""

    removed = Signal()

    def __init__(
        self,
        text: str,
        count: int | None = None,
        parent: QWidget | None = None,
        *,
        checked: bool = False,
        removable: bool = False,
    ) -> None:
        """`removable` shows × (pressing it or Delete emits `removed`)."""
        self._count, self._removable = count, removable
        super().__init__(text, parent)
        self.setChecked(checked)

    def set_count(self, count: int | None) -> None:
        """Show another number; None for none."""
        self._count = count
        self.restyle()
        self.update()

    def shown(self) -> str:
        """Words and number."""
        return self.text() if self._count is None else f"{self.text()} {self._count}"

    def sizeHint(self) -> QSize:
        """With room for the ×."""
        hint = super().sizeHint()
        return QSize(hint.width() + (theme.px(16) if self._removable else 0), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it with its ×."""
        super().paintEvent(event)
        if self._removable:
            icons.paint(QPainter(self), "x", theme.colour("primary"), QRectF(self._cross()))

    def _text_box(self) -> QRect:
        return self.rect().adjusted(0, 0, -theme.px(16) if self._removable else 0, 0)

    def _cross(self) -> QRect:
        size = theme.px(12)
        return QRect(self.width() - size - theme.px(11), (self.height() - size) // 2, size, size)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on × removes."""
        if self._removable and self._cross().adjusted(-6, -8, 8, 8).contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes."""
        if self._removable and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
            return
        super().keyPressEvent(event)


class FilterChips(QWidget):
    """A row of filters of which one holds."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Fill it with `set_chips`."""
        super().__init__(parent)
        self._row = FlowLayout(8, self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self._chips: dict[str, FilterChip] = {}

    def set_chips(self, chips: Sequence[tuple[str, str, int | None]]) -> None:
        """Show key, words and number of each; the chosen one stays chosen. Same keys: only words and numbers change."""
        if [key for key, _, _ in chips] != list(self._chips):
            self._rebuild(chips)
        for key, text, count in chips:
            self._chips[key].setText(text)
            self._chips[key].set_count(count)

    def _rebuild(self, chips: Sequence[tuple[str, str, int | None]]) -> None:
        chosen = self.current()
        for chip in self._chips.values():
            self._group.removeButton(chip)
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._chips = {key: FilterChip(text, count, self) for key, text, count in chips}
        for key, chip in self._chips.items():
            self._group.addButton(chip)
            self._row.addWidget(chip)
            chip.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
        if self._chips:
            self.set_current(chosen if chosen in self._chips else next(iter(self._chips)))

    def current(self) -> str:
        """Key of the chosen filter."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def set_none(self) -> None:
        """Choose none: nobody has said yet."""
        self._group.setExclusive(False)
        for chip in self._chips.values():
            chip.setChecked(False)
        self._group.setExclusive(True)

    def set_current(self, key: str) -> None:
        """Choose, without a signal."""
        if key in self._chips:
            self._chips[key].setChecked(True)


class _Item(QWidgetItem):
    """An item that is ours: it lives until it is taken, or its widget is deleted."""


class FlowLayout(QLayout):
    """Side by side, and on the next line where there is no more room."""

    def __init__(self, spacing: int = 8, parent: QWidget | None = None, *, right: bool = False) -> None:
        """`spacing` in design pixels; `right` sets the lines at the right edge, as verbs are."""
        super().__init__(parent)
        self._right = right
        self._items: list[QLayoutItem] = []
        self._gap = theme.px(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget) -> None:
        """Take a widget, in an item of our own.

        One that Qt makes may stand where an earlier one stood that was deleted: PySide then hands out the object of
        that one, which dies with a widget of somebody else, and the next layout ends the program.
        """
        self.addChildWidget(widget)
        self.addItem(_Item(widget))

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._items.append(item)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Item at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height at a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All items on one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """At least the widest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if (widget := item.widget()) is None or not widget.isHidden()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The items of each line."""
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if lines[-1] and used + wanted > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wanted + self._gap
        return lines

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            hints = [item.sizeHint() for item in line]
            x = rect.x()
            if self._right:
                x += max(0, rect.width() - sum(hint.width() + self._gap for hint in hints) + self._gap)
            for item, hint in zip(line, hints, strict=True):
                if move:
                    item.setGeometry(QRect(QPoint(x, y), hint))
                x += hint.width() + self._gap
            y += max((hint.height() for hint in hints), default=0) + self._gap
        return max(0, y - self._gap - rect.y())
