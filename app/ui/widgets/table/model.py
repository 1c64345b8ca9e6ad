"""A model of rows that are all there."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app.ui.widgets.table.cells import ALIGNMENTS, CELL_ROLE, Cell, Column, Index

_NONE = QModelIndex()
_DISPLAY, _SPOKEN = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)


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
