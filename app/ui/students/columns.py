"""Which columns the list shows, in which order and how wide: chosen by the person, else as many as have room."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QToolTip

from app.ui import theme
from app.ui.students.cells import FIRST_SHOWN, FIRST_TO_GO, LEAST, all_columns
from app.ui.students.frozen import FrozenTable
from app.ui.students.list_model import StudentModel
from app.ui.texts import tr
from app.ui.widgets.table.cells import CELL_ROLE, TICK_WIDTH, Cell, Column

SETTLED_MS = 400  # after the last move of a column's edge its width is kept
SLACK = 22  # design pixels before and behind the words of a cell


class ListColumns(QObject):
    """Looks after the columns of `table`; `changed` when the person chose, moved or widened some."""

    changed = Signal()

    def __init__(self, table: FrozenTable, model: StudentModel) -> None:
        """Begin with the columns that everybody sees first."""
        super().__init__(table)
        self._table, self._model = table, model
        self._known = {column.key: column for column in all_columns()}
        self._first: tuple[str, ...] = FIRST_SHOWN
        self._widths: dict[str, int] = {}  # design pixels, of columns that were widened by hand
        self._fitting = False
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.changed)
        table.horizontalHeader().sectionResized.connect(self._resized)
        table.horizontalHeader().sectionMoved.connect(self._moved)
        table.viewport().installEventFilter(self)
        self.chosen: tuple[str, ...] = FIRST_SHOWN
        self._show()

    # what is shown --------------------------------------------------------------------------------------------------

    def columns(self) -> list[Column]:
        """The columns of the list in their order, also those for which there is no room at the moment."""
        return list(self._model.columns)

    def offer(self, columns: Sequence[Column]) -> None:
        """Only these may be shown: the person may see no others."""
        known = {column.key: column for column in columns}
        if known.keys() == self._known.keys():
            return
        everybodys = self.chosen == self._first
        self._known = known
        self._first = tuple(key for key in FIRST_SHOWN if key in known)
        self.chosen = self._first if everybodys else tuple(key for key in self.chosen if key in known)
        self._show()

    def choose(self, keys: Sequence[str]) -> None:
        """Show these columns; the name stays first."""
        self.chosen = ("name", *(key for key in keys if key in self._known and key != "name"))
        self._show()
        self.changed.emit()

    def toggle(self, key: str) -> None:
        """Show a column at the end, or leave it out."""
        self.choose([one for one in self.chosen if one != key] if key in self.chosen else [*self.chosen, key])

    def reset(self) -> None:
        """As everybody sees the list first."""
        self._widths = {}
        self.choose(self._first)

    def fill(self, menu: QMenu) -> None:
        """All columns to choose from, and the way back."""
        menu.clear()
        for column in list(self._known.values())[1:]:
            action = menu.addAction(column.title, partial(self.toggle, column.key))
            action.setCheckable(True)
            action.setChecked(column.key in self.chosen)
        menu.addSeparator()
        menu.addAction(tr("恢复默认"), self.reset)

    def plain(self) -> dict[str, Any]:
        """What is to be remembered."""
        return {"columns": list(self.chosen), "widths": self._widths}

    def restore(self, plain: dict[str, Any]) -> None:
        """Take up what was remembered."""
        keys = [key for key in plain.get("columns", ()) if key in self._known and key != "name"]
        self._widths = {key: int(width) for key, width in plain.get("widths", {}).items() if key in self._known}
        if keys:
            self.chosen = ("name", *keys)
            self._show()

    def _show(self) -> None:
        columns = [self._known[key] for key in self.chosen]
        self._fitting = True
        self._model.set_columns(columns)
        self._table.set_columns(columns)
        self._fitting = False
        header = self._table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        self.fit()

    # room -----------------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give the columns the room there is; what everybody sees first never needs to be moved sideways."""
        room = self._table.viewport().width()
        shown = self._with_room(room)
        widths = self._share(room, shown)
        header = self._table.horizontalHeader()
        self._fitting = True
        for place, column in enumerate(self._model.columns):
            self._table.setColumnHidden(place, column.key not in shown)
            if column.key in shown:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self._table.setColumnWidth(place, widths[column.key])
        self._fitting = False
        self._table.place_frozen()

    def _with_room(self, room: int) -> list[str]:
        shown = list(self.chosen)
        if self.chosen != self._first:
            return shown  # whoever chose wants to see them all, if need be by moving sideways
        for key in filter(shown.__contains__, FIRST_TO_GO):
            if sum(self._least(one) for one in shown) <= room:
                break
            shown.remove(key)
        return shown

    def _share(self, room: int, shown: Sequence[str]) -> dict[str, int]:
        """Each its usual width; less where room is short, and what is left over to the one that stretches."""
        usual = {key: self._usual(key) for key in shown}
        short = sum(usual.values()) - room
        spare = {key: usual[key] - self._least(key) for key in shown if key not in self._widths}
        most = sum(spare.values())
        if short > 0 and most > 0:
            part = min(1.0, short / most)
            usual |= {key: usual[key] - -int(-spare[key] * part // 1) for key in spare}
        left = room - sum(usual.values())
        if left > 0:
            stretching = next((key for key in shown if self._known[key].stretch), "name")
            usual[stretching] += left
        return usual

    def _usual(self, key: str) -> int:
        return theme.px(self._widths.get(key, self._known[key].width)) + self._ticks(key)

    def _least(self, key: str) -> int:
        width = self._widths.get(key) or LEAST.get(key, self._known[key].width)
        return theme.px(width) + self._ticks(key)

    def _ticks(self, key: str) -> int:
        return theme.px(TICK_WIDTH) if key == "name" and self._table.ticks else 0

    def _resized(self, place: int, _before: int, now: int) -> None:
        if self._fitting or not now or place >= len(self._model.columns):
            return
        key = self._model.columns[place].key
        self._widths[key] = round((now - self._ticks(key)) * 100 / theme.percent())
        self._settled.start()
        self._table.place_frozen()

    def _moved(self) -> None:
        """A column was dragged to another place: from now on this is the order."""
        header = self._table.horizontalHeader()
        order = [self._model.columns[header.logicalIndex(place)].key for place in range(header.count())]
        QTimer.singleShot(0, self, partial(self.choose, order))  # the header is still in the middle of it

    # words that have no room ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer rests on a cell whose words are cut off: show them whole."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.fit)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._table.indexAt(event.pos())
            cell = index.data(CELL_ROLE)
            room = self._table.columnWidth(index.column()) - self._table.lead(index.column()) - theme.px(SLACK)
            QToolTip.showText(event.globalPos(), whole_words(cell, room) if isinstance(cell, Cell) else "", self._table)
            return True
        return super().eventFilter(watched, event)


def whole_words(cell: Cell, room: int) -> str:
    """The words of a cell when `room` is not enough for them, else nothing."""
    if cell.pills:
        wanted = max(QFontMetrics(theme.font(12)).horizontalAdvance(text) for text, _ in cell.pills)  # below each other
    else:
        first = QFontMetrics(theme.font(14, cell.weight)).horizontalAdvance(cell.text)
        wanted = max(first, QFontMetrics(theme.font(12)).horizontalAdvance(cell.second))
    return cell.words() if wanted > room else ""
