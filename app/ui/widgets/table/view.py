"""The table itself: selection as tint, bar and tick, sorting, keys."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.table.cells import TICK_WIDTH, Column
from app.ui.widgets.table.delegate import CellDelegate


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
    tints_ticked = True  # ticked rows stand out by a tint of their own

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
