"""The list of students as a window over ids: rows are read a page of 64 at a time, when they are painted.

speed.md, goals 7 and 8: with 100,000 students the model holds an array of ids and the few pages that were looked at.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.process.student_list import StudentRow
from app.ui.widgets.table.cells import ALIGNMENTS, CELL_ROLE, Cell, Column

PAGE = 64
KEPT_PAGES = 24
Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY, _SPOKEN = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)


class StudentModel(QAbstractTableModel):
    """Ids in list order; `read(ids)` gives the rows of a page, `cell(row, key)` what a cell shows."""

    def __init__(
        self,
        columns: Sequence[Column],
        read: Callable[[Sequence[int]], Sequence[StudentRow]],
        cell: Callable[[StudentRow, str], Cell],
        parent: QObject | None = None,
    ) -> None:
        """An empty list."""
        super().__init__(parent)
        self.columns = list(columns)
        self._read, self._cell = read, cell
        self.ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, StudentRow]] = OrderedDict()

    def set_ids(self, ids: "array[int]") -> None:
        """Show another list."""
        self.beginResetModel()
        self.ids = ids
        self._pages.clear()
        self.endResetModel()

    def extend_ids(self, ids: "array[int]") -> None:
        """Show a list that begins with the one shown: the rest of a search that was cut into slices."""
        if len(ids) == len(self.ids):
            return
        first = len(self.ids)
        self.beginInsertRows(_NONE, first, len(ids) - 1)
        self.ids = ids
        self._pages.pop(first // PAGE, None)
        self.endInsertRows()

    def forget(self) -> None:
        """Read the visible rows anew: something about them changed."""
        self._pages.clear()
        if len(self.ids):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    def row_at(self, place: int) -> StudentRow | None:
        """The student in a line; None when it is gone meanwhile."""
        page = place // PAGE
        rows = self._pages.get(page)
        if rows is None:
            wanted = self.ids[page * PAGE : (page + 1) * PAGE]
            rows = {row.id: row for row in self._read(wanted)}
            self._pages[page] = rows
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return rows.get(self.ids[place])

    def rowCount(self, parent: Index = _NONE) -> int:
        """Number of students in the list."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NONE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """The cell; every other role is answered first, for Qt asks for a dozen of them per cell."""
        if role not in (CELL_ROLE, _DISPLAY, _SPOKEN):
            return None
        row = self.row_at(index.row())
        key = self.columns[index.column()].key
        if row is None:
            return Cell("") if role == CELL_ROLE else ""
        cell = self._cell(row, key)
        if role == CELL_ROLE:
            return cell
        return " ".join(filter(None, (cell.text, cell.second, *(text for text, _ in cell.pills))))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self.columns[section].title
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return ALIGNMENTS[self.columns[section].align]
        return None

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = list(columns)
        self.endResetModel()
