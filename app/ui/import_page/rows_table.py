"""The table of rows: arrows go from cell to cell, F2 or Enter edits in place, Space leaves a row out or takes it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyleOptionViewItem, QWidget

from app.ui import theme
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.table.cells import TICK_WIDTH, Cell, Column, Index
from app.ui.widgets.table.delegate import CellDelegate
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table

_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class SheetModel(RowsModel):
    """Rows of a file; cells of its columns can be edited, and tell in a tooltip what is cut."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the file can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_cell(index) else flags

    def is_cell(self, index: Index) -> bool:
        """Whether it is a cell of the file."""
        return index.isValid() and self.columns[index.column()].key.isdigit()

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The whole words as a tooltip."""
        if role != _TOOL_TIP or not index.isValid():
            return super().data(index, role)
        cell: Cell = self._cell(self.rows[index.row()], self.columns[index.column()].key)
        return "\n".join(filter(None, (cell.text, cell.second)))


class CellEdit(LineEdit):
    """The editor of a cell: Enter keeps what was typed."""

    done = Signal()

    def enter_pressed(self) -> bool:
        """Enter is used up here."""
        self.done.emit()
        return True


class _SheetDelegate(CellDelegate):
    """Draws a ring round the current cell, and edits it."""

    def __init__(self, table: "RowsTable") -> None:
        super().__init__(table)
        self._sheet = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, with the ring where the keys are."""
        super().paint(painter, option, index)
        if index == self._sheet.currentIndex() and self._sheet.hasFocus():
            painter.setPen(QPen(theme.colour("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field over the cell."""
        del option
        editor = CellEdit(parent=parent)
        editor.setProperty("tight", True)
        editor.setAccessibleName(self._sheet.columns[index.column()].title)
        editor.done.connect(lambda: self._keep(editor))
        return editor

    def _keep(self, editor: CellEdit) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands in the file, not how it is shown."""
        if isinstance(editor, CellEdit):
            editor.set_value(self._sheet.value(index))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tell the page; it checks the row again."""
        del model
        if isinstance(editor, CellEdit) and editor.text() != self._sheet.value(index):
            self._sheet.edited.emit(index.row(), int(self._sheet.columns[index.column()].key), editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell, a little wider where the cell is small."""
        del index
        box = QRect(option.rect)
        box.setWidth(max(box.width(), theme.px(180)))
        editor.setGeometry(box.adjusted(1, 2, -1, -3))


class RowsTable(Table):
    """`edited(place, column of the file, text)`; `toggled(place)`."""

    edited = Signal(int, int, str)
    toggled = Signal(int)
    tints_ticked = False

    def __init__(
        self, model: SheetModel, columns: Sequence[Column], is_in: Callable[[Any], bool],
        value: Callable[[Any, int], str],
    ) -> None:  # fmt: skip
        """`is_in` says whether a row goes in, `value` what stands in a column of the file."""
        self._is_in, self._value = is_in, value
        self.sheet = model
        super().__init__(model, columns, ticks=True)
        self._cells = _SheetDelegate(self)
        self.setItemDelegate(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)

    def is_ticked(self, row: int) -> bool:
        """Whether the row goes in."""
        return self._is_in(self.sheet.rows[row])

    def value(self, index: Index) -> str:
        """What stands in a cell of the file."""
        return self._value(self.sheet.rows[index.row()], int(self.columns[index.column()].key))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one, and show it."""
        index = self.sheet.index(max(0, min(row, len(self.sheet.rows) - 1)), max(0, min(column, len(self.columns) - 1)))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
            if self.horizontalHeader().sectionPosition(column) + self.columnWidth(column) <= self.viewport().width():
                self.horizontalScrollBar().setValue(0)  # the number and the name stay in view as long as they can

    def edit_current(self) -> None:
        """Edit the current cell; on the number or the words, the first cell of the file that is wrong, or the name."""
        index = self.currentIndex()
        if not self.sheet.is_cell(index) and index.isValid():
            index = self.sheet.index(index.row(), self._first_wrong(index.row()))
            self.go_to(index.row(), index.column())
        if self.sheet.is_cell(index):
            self.edit(index)

    def _first_wrong(self, row: int) -> int:
        cells = [at for at, column in enumerate(self.columns) if column.key.isdigit()]
        wrong = self.wrong_cells(row)
        return next(iter(wrong), cells[0] if cells else 0)

    def wrong_cells(self, row: int) -> list[int]:
        """The columns of a row whose cells hold a problem."""
        cell = self.sheet._cell  # noqa: SLF001 - what is drawn
        return [
            at for at, column in enumerate(self.columns)
            if column.key.isdigit() and cell(self.sheet.rows[row], column.key).tint
        ]  # fmt: skip

    def event(self, event: QEvent) -> bool:
        """F2 edits here; elsewhere it begins a registration."""
        if _wants_f2(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cells by arrows; F2, Enter, Space."""
        key, row, column = Qt.Key(event.key()), self.currentIndex().row(), self.currentIndex().column()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        page = max(1, self.viewport().height() // max(1, theme.px(self.row_height)) - 1)
        if plain and key in _STEPS:
            down, right = _STEPS[key]
            self.go_to(row + down, column + right)
        elif plain and key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.go_to(row + (page if key == Qt.Key.Key_PageDown else -page), column)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._to_an_end(end=key == Qt.Key.Key_End, rows=not plain)
        elif plain and key in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.edit_current()
        elif plain and key == Qt.Key.Key_Space and row >= 0:
            self.toggled.emit(row)
        else:
            event.ignore()

    def _to_an_end(self, *, end: bool, rows: bool) -> None:
        index = self.currentIndex()
        last = (len(self.sheet.rows) if rows else len(self.columns)) - 1
        self.go_to(last * end if rows else index.row(), index.column() if rows else last * end)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the tick takes the row or leaves it out; elsewhere the cell becomes the current one."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.go_to(index.row(), index.column())
        if index.column() == 0 and event.position().x() < self.columnViewportPosition(0) + theme.px(TICK_WIDTH + 8):
            self.toggled.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edits the cell."""
        if self.indexAt(event.position().toPoint()).isValid():
            self.edit_current()


def _wants_f2(event: QEvent) -> bool:
    return (
        event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2
    )
