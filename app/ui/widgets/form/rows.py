"""Fields side by side, and under each other where there is no room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.ui import theme

LEAST_WIDTH = 128


class FormRow(QWidget):
    """Fields in one row with a gap of 16; in a narrow window half as many in a row."""

    def __init__(
        self,
        *fields: QWidget,
        stretches: Sequence[int] | None = None,
        parent: QWidget | None = None,
        least: int = 0,
    ) -> None:
        """`stretches` gives the shares of width, by default equal ones; `least` the width that one row needs (px)."""
        super().__init__(parent)
        self._fields, self._least = fields, least
        self._stretches = tuple(stretches or (1,) * len(fields))
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._arrange(len(fields))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of columns by the width."""
        super().resizeEvent(event)
        least = theme.px(self._least) or sum(theme.px(LEAST_WIDTH) * min(share, 2) for share in self._stretches)
        wanted = len(self._fields) if event.size().width() >= least or len(self._fields) <= 1 else self._half()
        if wanted != self._columns:
            self._arrange(wanted)

    def _half(self) -> int:
        return (len(self._fields) + 1) // 2

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(4))
        whole = columns == len(self._fields)
        for number in range(max(columns, len(self._fields))):
            self._grid.setColumnStretch(number, 0)
        for number, field in enumerate(self._fields):
            self._grid.addWidget(field, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        for number in range(columns):
            self._grid.setColumnStretch(number, self._stretches[number] if whole else 1)
            self._grid.setColumnMinimumWidth(number, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Gaps by the text size."""
        if event.type() == QEvent.Type.StyleChange:
            self._arrange(self._columns)
        super().changeEvent(event)
