"""Tables: two-line cells, avatars, pills, ticks; selection as tint, bar and tick; a card with a footer round it.

Cells are drawn by one delegate from a `Cell`; a model answers CELL_ROLE with it and DisplayRole with its words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui import icons, theme
from app.ui.theme import Themed
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.card import Card, Hairline, rounded
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.pill import pill_colours
from app.ui.widgets.text import ElidedText, Text

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY, _SPOKEN = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter,
}  # fmt: skip
ALIGNMENTS = {name: int(flag | Qt.AlignmentFlag.AlignVCenter) for name, flag in _ALIGN.items()}  # of header cells
TICK_WIDTH = 40


@dataclass(frozen=True)
class Column:
    """A column: `key` for the page, width in design pixels; one column should stretch."""

    key: str
    title: str
    width: int = 120
    align: str = "left"
    stretch: bool = False
    sortable: bool = False
    avatar: bool = False  # its cells begin with an avatar: the title stands over their words


@dataclass(frozen=True)
class Cell:
    """What a cell shows: text and a second, smaller line; or `pills` as (text, kind); `pill` draws the text as one."""

    text: str
    second: str = ""
    tone: str = ""
    weight: int = 400
    pill: str = ""
    avatar: str = ""
    icon: str = ""
    second_tone: str = ""
    pills: tuple[tuple[str, str], ...] = ()

    def words(self) -> str:
        """All words of the cell, for readers and for copying."""
        return " ".join(filter(None, (self.text, self.second, *(text for text, _ in self.pills))))


class RowsModel(QAbstractTableModel):
    """Rows that are all there; `cell(row, key)` says what a cell shows."""

    def __init__(
        self,
        columns: Sequence[Column],
        cell: Callable[[Any, str], Cell],
        rows: Sequence[Any] = (),
    ) -> None:
        """Begin with `rows`."""
        super().__init__()
        self.columns = list(columns)
        self.rows: Sequence[Any] = rows
        self._cell = cell

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; places that are still there keep selection and scroll position."""
        before, now = len(self.rows), len(rows)
        if now < before:
            self.beginRemoveRows(_NONE, now, before - 1)
            self.rows = rows
            self.endRemoveRows()
        elif now > before:
            self.beginInsertRows(_NONE, before, now - 1)
            self.rows = rows
            self.endInsertRows()
        self.rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(now - 1, len(self.columns) - 1))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = list(columns)
        self.endResetModel()

    def row_at(self, place: int) -> Any:  # noqa: ANN401 - the page's own rows
        """The row in a line."""
        return self.rows[place]

    def index_of(self, fits: Callable[[Any], bool]) -> int:
        """Place of the first row that fits; -1 for none."""
        return next((place for place, row in enumerate(self.rows) if fits(row)), -1)

    def rowCount(self, parent: Index = _NONE) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """The cell, or its words."""
        if role not in (CELL_ROLE, _DISPLAY, _SPOKEN) or not index.isValid():
            return None
        cell = self._cell(self.rows[index.row()], self.columns[index.column()].key)
        return cell if role == CELL_ROLE else cell.words()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY and section < len(self.columns):
            return self.columns[section].title
        if role == int(Qt.ItemDataRole.TextAlignmentRole) and section < len(self.columns):
            return ALIGNMENTS[self.columns[section].align]
        return None


class CellDelegate(QStyledItemDelegate):
    """Draws a `Cell`; the first column also the bar of the selection and the tick."""

    def __init__(self, table: "Table") -> None:
        """Draws for `table`."""
        super().__init__(table)
        self._table = table
        self.begin()

    def begin(self) -> None:
        """Before a frame: what its cells share is asked once, for asking goes through Qt to the model and back."""
        self._current = self._table.currentIndex().row()
        self._ticked: dict[int, bool] = {}
        self._hair = QPen(theme.colour("hair"), 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        table, box = self._table, option.rect
        row, first = index.row(), table.horizontalHeader().visualIndex(index.column()) == 0
        ticked = self._ticked.get(row)
        if ticked is None:
            ticked = self._ticked[row] = table.is_ticked(row)
        current = row == self._current
        if ticked or current:
            painter.fillRect(box, theme.colour("selection"))
        painter.setPen(self._hair)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        left = box.left() + theme.px(12)
        if first:
            if current:
                bar = theme.colour("primary" if table.hasFocus() else "tick")
                painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), bar)
            if table.ticks:
                paint_tick(
                    painter,
                    QRectF(box.left() + theme.px(16), box.center().y() - theme.px(9), theme.px(18), theme.px(18)),
                    on=ticked,
                )
                left += theme.px(TICK_WIDTH)
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            column = table.columns[index.column()]
            inner = QRect(left, box.top(), box.right() - theme.px(10) - left, box.height())
            bold = (ticked or current) and first
            self._cell(painter, inner, cell, _ALIGN[column.align], bold=bold)

    def _cell(self, painter: QPainter, box: QRect, cell: Cell, align: Qt.AlignmentFlag, *, bold: bool) -> None:
        if cell.avatar:
            size = theme.px(30)
            paint_avatar(painter, QRectF(box.left(), box.center().y() - size / 2, size, size), cell.avatar)
            box = box.adjusted(size + theme.px(12), 0, 0, 0)
        if cell.icon:
            size = theme.px(17)
            spot = QRectF(box.left(), box.center().y() - size / 2, size, size)
            icons.paint(painter, cell.icon, theme.colour(cell.tone or "ink2"), spot)
            box = box.adjusted(size + theme.px(8), 0, 0, 0)
        pills = cell.pills or (((cell.text, cell.pill),) if cell.pill and cell.text else ())
        if pills:
            self._pills(painter, box, pills)
            return
        weight = 700 if bold and cell.weight >= theme.MEDIUM else cell.weight
        colour = theme.colour(cell.tone or "ink")
        if not cell.second:
            _line(painter, box, cell.text, theme.font(14, weight), colour, align | Qt.AlignmentFlag.AlignVCenter)
            return
        middle = box.center().y() + theme.px(2)
        upper = QRect(box.left(), box.top(), box.width(), middle - box.top())
        lower = QRect(box.left(), middle, box.width(), box.bottom() - middle)
        _line(painter, upper, cell.text, theme.font(14, weight), colour, align | Qt.AlignmentFlag.AlignBottom)
        second = theme.colour(cell.second_tone or "ink3")
        _line(painter, lower, cell.second, theme.font(12), second, align | Qt.AlignmentFlag.AlignTop)

    def _pills(self, painter: QPainter, box: QRect, pills: Sequence[tuple[str, str]]) -> None:
        font = theme.font(12, theme.MEDIUM)
        metrics = QFontMetrics(font)
        left, height = float(box.left()), theme.px(24)
        for text, kind in pills:
            width = metrics.horizontalAdvance(text) + theme.px(20)
            if left > box.left() and left + width > box.right() + theme.px(10):
                return  # no room for another whole pill
            ground, ink = pill_colours(kind)
            spot = QRectF(left, box.center().y() - height / 2 + 1, width, height)
            rounded(painter, spot, height / 2, ground)
            painter.setPen(ink)
            painter.setFont(font)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
            left += width + theme.px(6)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of a row."""
        return QSize(theme.px(60), theme.px(self._table.row_height))


def _line(
    painter: QPainter,
    box: QRect,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag,
) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, int(align), QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width()))


def paint_tick(painter: QPainter, box: QRectF, *, on: bool) -> None:
    """Draw a tick box."""
    if on:
        rounded(painter, box, theme.px(5), theme.colour("primary"))
        inner = box.adjusted(3, 3, -3, -3)
        icons.paint(painter, "check", theme.colour("on_primary"), inner)
    else:
        rounded(painter, box, theme.px(5), theme.colour("surface"), theme.colour("tick"), 1.5)


class _Header(QHeaderView):
    """Titles that stand over the words of their cells, behind tick boxes and avatars."""

    def __init__(self, table: "Table") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Leave out what stands before the words of the cells."""
        lead = self._table.lead(logicalIndex)
        if lead:
            painter.fillRect(QRect(rect.left(), rect.top(), lead, rect.height()), theme.colour("surface"))
            painter.setPen(theme.colour("line"))
            painter.drawLine(rect.left(), rect.bottom(), rect.left() + lead, rect.bottom())
        painter.save()
        super().paintSection(painter, rect.adjusted(lead, 0, 0, 0), logicalIndex)
        painter.restore()


class Table(Themed, QTableView):
    """A list of rows. Enter or a double click opens; Space ticks; Ctrl+A ticks all; Shift and Ctrl ranges."""

    opened = Signal(int)
    picked = Signal(int)
    selection_changed = Signal()
    sort_asked = Signal(str, bool)

    def __init__(
        self,
        model: QAbstractItemModel,
        columns: Sequence[Column],
        ticks: bool = False,
        row_height: int = 46,
        parent: QWidget | None = None,
    ) -> None:
        """`ticks`: rows can be chosen by ticking."""
        super().__init__(parent)
        self.columns: list[Column] = list(columns)
        self.ticks, self.row_height = ticks, row_height
        self._sorted: tuple[str, bool] = ("", False)
        self.setHorizontalHeader(_Header(self))
        self.setModel(model)
        self._cells = CellDelegate(self)
        self.setItemDelegate(self._cells)
        self._set_up()
        self.set_columns(columns)
        self.restyle()

    def _set_up(self) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if self.ticks else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.picked.emit(now.row()))
        self.selectionModel().selectionChanged.connect(self._selection_changed)

    def _selection_changed(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame."""
        self._cells.begin()
        super().paintEvent(event)

    # columns --------------------------------------------------------------------------------------------------------

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show columns with their widths."""
        self.columns = list(columns)
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        for place, column in enumerate(self.columns):
            width = theme.px(column.width) + (theme.px(TICK_WIDTH) if place == 0 and self.ticks else 0)
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(place, mode.Stretch if column.stretch else mode.Interactive)
            self.setColumnWidth(place, width)
        header.setMinimumSectionSize(theme.px(56))

    def lead(self, place: int) -> int:
        """Pixels before the words of a column's cells: tick box and avatar."""
        if place >= len(self.columns):
            return 0
        first = self.horizontalHeader().visualIndex(place) == 0
        tick = theme.px(TICK_WIDTH) if first and self.ticks else 0
        return tick + (theme.px(30 + 12) if self.columns[place].avatar else 0)

    def column_state(self) -> list[tuple[str, int]]:
        """Keys and widths as they are shown now."""
        return [(column.key, self.columnWidth(place)) for place, column in enumerate(self.columns)]

    def restore_columns(self, state: Sequence[tuple[str, int]]) -> None:
        """Take up saved widths."""
        widths = dict(state)
        for place, column in enumerate(self.columns):
            if column.key in widths and not column.stretch:
                self.setColumnWidth(place, widths[column.key])

    def _sort(self, section: int) -> None:
        column = self.columns[section]
        if column.sortable:
            descending = self._sorted[0] == column.key and not self._sorted[1]
            self.show_sorted(column.key, descending=descending)
            self.sort_asked.emit(column.key, descending)

    def show_sorted(self, key: str, *, descending: bool = False) -> None:
        """Mark the column by which the rows are in order."""
        self._sorted = (key, descending)
        header = self.horizontalHeader()
        places = [place for place, column in enumerate(self.columns) if column.key == key]
        header.setSortIndicatorShown(bool(places))
        if places:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(places[0], order)

    # rows -----------------------------------------------------------------------------------------------------------

    def is_ticked(self, row: int) -> bool:
        """Whether a row is among the chosen ones."""
        return self.ticks and self.selectionModel().isRowSelected(row, QModelIndex())

    def selected_rows(self) -> list[int]:
        """Places of the chosen rows, in order."""
        places: list[int] = []
        chosen = self.selectionModel().selection()
        for number in range(chosen.size()):
            part = chosen.at(number)
            places.extend(range(part.top(), part.bottom() + 1))
        return sorted(set(places))

    def select_row(self, row: int) -> None:
        """Make a row the current one."""
        index = self.model().index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            how = flags.ClearAndSelect | flags.Rows if not self.ticks else flags.NoUpdate
            self.selectionModel().setCurrentIndex(index, how)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space ticks; letters and function keys stay with the page."""
        row = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.opened.emit(row)
            return
        if event.key() == Qt.Key.Key_Space and self.ticks and row >= 0:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.model().index(row, 0), flags.Toggle | flags.Rows)
            return
        moves = {
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        }
        if event.key() in moves and self.ticks and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._move(event)
            return
        if event.key() in moves or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        event.ignore()

    def _move(self, event: QKeyEvent) -> None:
        """Plain arrows move the current row and leave the ticks alone."""
        count, row = self.model().rowCount(), self.currentIndex().row()
        page = max(1, self.viewport().height() // max(1, theme.px(self.row_height)) - 1)
        target = {
            Qt.Key.Key_Up: row - 1, Qt.Key.Key_Down: row + 1, Qt.Key.Key_PageUp: row - page,
            Qt.Key.Key_PageDown: row + page, Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1,
        }[Qt.Key(event.key())]  # fmt: skip
        self.select_row(max(0, min(count - 1, target)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the tick box ticks; elsewhere it makes the row current."""
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if not (self.ticks and plain and index.isValid() and event.button() == Qt.MouseButton.LeftButton):
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        flags = QItemSelectionModel.SelectionFlag
        on_tick = index.column() == 0 and event.position().x() < self.columnViewportPosition(0) + theme.px(
            TICK_WIDTH + 8,
        )
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        if on_tick:
            self.selectionModel().select(index, flags.Toggle | flags.Rows)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging the mouse ticks nothing."""
        if not self.ticks:
            super().mouseMoveEvent(event)

    def restyle(self) -> None:
        """Heights and fonts by the text size."""
        self.verticalHeader().setDefaultSectionSize(theme.px(self.row_height))
        self.horizontalHeader().setFixedHeight(theme.px(36))
        self.horizontalHeader().setFont(theme.font(12))


class TableCard(Card):
    """A card with a table, its footer, and what to say when there is nothing."""

    def __init__(self, table: Table, empty: EmptyState | None = None, parent: QWidget | None = None) -> None:
        """`empty` is shown instead of the table when `show_empty(True)`."""
        super().__init__(padding=1, spacing=0, parent=parent)
        self.table = table
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)  # first: a stack without a parent would show its page as a window
        self._stack.addWidget(table)
        if empty is not None:
            self._stack.addWidget(empty)
        self.body.addWidget(Hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(8))
        self._left = ElidedText("", "secondary")
        self._right = Text("", "strong")
        foot.addWidget(self._left, 1)
        foot.addWidget(self._right)
        self.body.addLayout(foot)

    def set_footer(self, left: str, right: str = "", right_tone: str = "") -> None:
        """Counts on the left, a sum on the right."""
        self._left.setText(left)
        self._right.setText(right)
        self._right.set_tone(right_tone)

    def footer(self) -> tuple[str, str]:
        """What the footer says."""
        return self._left.text(), self._right.text()

    def show_empty(self, empty: bool) -> None:
        """Show the empty state, or the table."""
        if self._stack.count() > 1:
            self._stack.setCurrentIndex(1 if empty else 0)
