"""A table whose first column stays where it is while the others are moved sideways."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.ui import theme
from app.ui.widgets.table.cells import Column
from app.ui.widgets.table.view import Table


class _Frozen(Table):
    """The first column alone, over the table; it shares rows, ticks and place with it and never has the focus."""

    def __init__(self, over: "FrozenTable", columns: Sequence[Column]) -> None:
        super().__init__(over.model(), columns, ticks=over.ticks, row_height=over.row_height, parent=over)
        self.setSelectionModel(over.selectionModel())
        self.setFocusProxy(over)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def scrollTo(
        self, index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:  # fmt: skip
        """The table itself scrolls."""


class FrozenTable(Table):
    """The table; call `place_frozen` when its columns changed."""

    def __init__(
        self,
        model: QAbstractItemModel,
        columns: Sequence[Column],
        ticks: bool = False,
        row_height: int = 46,
        parent: QWidget | None = None,
    ) -> None:
        """As a Table."""
        self.frozen: _Frozen | None = None
        super().__init__(model, columns, ticks, row_height, parent)
        self.frozen = _Frozen(self, columns)
        self.frozen.opened.connect(self.opened)
        self.frozen.sort_asked.connect(self._sorted_there)
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.horizontalScrollBar().rangeChanged.connect(self.place_frozen)
        self.horizontalScrollBar().valueChanged.connect(self.place_frozen)

    def _sorted_there(self, key: str, descending: bool) -> None:
        self.show_sorted(key, descending=descending)
        self.sort_asked.emit(key, descending)

    def place_frozen(self) -> None:
        """Lay the first column over the others while they stand moved to the side."""
        over = self.frozen
        if over is None:
            return
        moved = self.horizontalScrollBar().value() > 0
        if moved:
            over.columns = self.columns
            for place in range(1, len(self.columns)):
                over.setColumnHidden(place, True)
            over.setColumnWidth(0, self.columnWidth(0))
            over.show_sorted(*self._sorted[:1], descending=self._sorted[1])
            header = self.horizontalHeader().height()
            over.setGeometry(0, 0, self.columnWidth(0) + 1, header + self.viewport().height())
            over.verticalScrollBar().setValue(self.verticalScrollBar().value())
        over.setVisible(moved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first column is as high as the table."""
        super().resizeEvent(event)
        self.place_frozen()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows; the first column follows."""
        super().paintEvent(event)
        if self.frozen is not None and self.frozen.isVisible():
            self.frozen.viewport().update()

    def restyle(self) -> None:
        """Heights and fonts by the text size."""
        super().restyle()
        if self.frozen is not None:
            self.frozen.restyle()
            self.frozen.setStyleSheet(f"border-right: 1px solid {theme.colour('line').name()};")
