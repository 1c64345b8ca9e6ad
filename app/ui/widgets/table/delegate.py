"""Drawing the cells of a table from a `Cell` each, with bar and tick of the selection."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.ui import icons, theme
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.card import rounded
from app.ui.widgets.pill import pill_colours
from app.ui.widgets.table.cells import CELL_ROLE, SIDES, TICK_WIDTH, Cell, Index
from app.ui.widgets.tick import paint_tick

if TYPE_CHECKING:
    from app.ui.widgets.table.view import Table


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
        if current or (ticked and table.tints_ticked):
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
                    ticked=ticked,
                )
                left += theme.px(TICK_WIDTH)
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            if cell.tint:
                painter.fillRect(box.adjusted(0, 0, 0, -1), theme.colour(f"{cell.tint}_tint"))
            column = table.columns[index.column()]
            inner = QRect(left, box.top(), box.right() - theme.px(10) - left, box.height())
            bold = (ticked or current) and first
            self._cell(painter, inner, cell, SIDES[column.align], bold=bold)

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
        """Side by side, or two smaller ones below each other where there is no room for that."""
        font, height = theme.font(12, theme.MEDIUM), theme.px(24)
        widths = [QFontMetrics(font).horizontalAdvance(text) + theme.px(20) for text, _ in pills]
        if len(pills) > 1 and sum(widths[:2]) + theme.px(6) > box.width() + theme.px(10):
            font, high = theme.font(11, theme.MEDIUM), theme.px(19)
            top = box.center().y() - high - theme.px(1) + 1
            for place, pill in enumerate(pills[:2]):
                width = QFontMetrics(font).horizontalAdvance(pill[0]) + theme.px(16)
                _pill(painter, QRectF(box.left(), top + place * (high + theme.px(2)), width, high), font, pill)
            return
        left, right = float(box.left()), box.right() + theme.px(10)
        for pill, width in zip(pills, widths, strict=True):
            if left > box.left() and left + width > right:
                return  # no room for a third one
            _pill(painter, QRectF(left, box.center().y() - height / 2 + 1, width, height), font, pill)
            left += width + theme.px(6)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of a row."""
        return QSize(theme.px(60), theme.px(self._table.row_height))


def _pill(painter: QPainter, spot: QRectF, font: QFont, pill: tuple[str, str]) -> None:
    ground, ink = pill_colours(pill[1])
    rounded(painter, spot, spot.height() / 2, ground)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, pill[0])


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
