"""The queue: filters, rows with age, deadline and findings, and ticks for approving several at once."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process import review_queue
from app.process.review import WaitingRow
from app.rules import phones
from app.ui import theme
from app.ui.desk import Desk
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.chips import FilterChips
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.words import APPLICATION_STATE, word

NARROW = 500  # design pixels of the queue, below which it shows less
PAUSE_MS = 30  # between two slices of counting
FILTERS = ("all", "found", "clean", "needs_information", "waiting_list", "returned", "rejected")


class Queue(QWidget):
    """`picked(application_id)`: another row is current. `bulkAsked(rows)`: the ticked ones are to be approved."""

    picked = Signal(int)
    bulkAsked = Signal(object)
    counted = Signal()

    def __init__(self, desk: Desk, chips: FilterChips, parent: QWidget | None = None) -> None:
        """`chips` stand above the whole page."""
        super().__init__(parent)
        self.desk, self.chips = desk, chips
        self._rows: tuple[WaitingRow, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self._narrow = False
        self.model = RowsModel(self._columns(), lambda row, key: cell(row, key, narrow=self._narrow))
        self.table = Table(self.model, self._columns(), ticks=True)
        self.table.picked.connect(self._pick)
        self.table.selection_changed.connect(self._ticked)
        empty = EmptyState("clipboard-text", tr("没有等待审核的报名"), tr("新提交的报名会出现在这里。"))
        self.card = TableCard(self.table, empty)
        column.addWidget(self.card, 1)
        self.bulk_button = Button(tr("通过已选的"), "secondary", "Alt+G", "check-square")
        self.bulk_button.clicked.connect(lambda: self.bulkAsked.emit(self.ticked()))
        self.bulk_button.hide()
        column.addWidget(self.bulk_button)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(PAUSE_MS)
        self._counting.timeout.connect(self._count_on)

    def show_rows(self, rows: Sequence[WaitingRow]) -> None:
        """Show what waits; what is not counted yet is counted while nobody types."""
        self._rows = tuple(rows)
        numbers = {key: sum(fits(row, key) for row in rows) for key in FILTERS}
        shown = [key for key in FILTERS if numbers[key] or key in ("all", "found", "clean", self.chips.current())]
        self.chips.set_chips([(key, _filter_text(key), numbers[key]) for key in shown])
        self.filter()
        if any(not row.counted for row in self._rows if row.state != "rejected"):
            self._counting.start()

    def filter(self) -> None:
        """Show the rows of the chosen filter."""
        wanted = self.chips.current() or "all"
        rows = [row for row in self._rows if fits(row, wanted)]
        chosen = {row.application_id for row in self.ticked()}
        self.table.clearSelection()
        self.model.set_rows(rows)
        if chosen:
            self._tick([place for place, row in enumerate(rows) if row.application_id in chosen])
        self.card.show_empty(not rows)
        self._ticked()

    def choose(self, application_id: int, *, else_first: bool = False) -> None:
        """Make an application the current one."""
        place = self.model.index_of(lambda row: row.application_id == application_id)
        if place < 0 and else_first and self.model.rows:
            place = 0
        if place >= 0:
            self.table.blockSignals(True)
            self.table.select_row(place)
            self.table.blockSignals(False)
            self._pick(place)

    def ticked(self) -> list[WaitingRow]:
        """The rows that are ticked."""
        return [self.model.row_at(place) for place in self.table.selected_rows() if place < len(self.model.rows)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow queue the services stand in the detail only."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            ticked, row = self.table.selected_rows(), self.table.currentIndex().row()
            self.model.set_columns(self._columns())
            self.table.set_columns(self._columns())
            self._tick(ticked)
            self.table.blockSignals(True)
            self.table.select_row(max(0, row))
            self.table.blockSignals(False)

    def _columns(self) -> list[Column]:
        """What there is room for."""
        services = [] if self._narrow else [Column("services", tr("服务"), 96)]
        return [
            Column("name", tr("学员"), 150, stretch=True, avatar=not self._narrow), *services,
            Column("waits", tr("等待"), 92), Column("state", tr("状态"), 116),
        ]  # fmt: skip

    def _tick(self, places: Sequence[int]) -> None:
        from PySide6.QtCore import QItemSelectionModel

        flags = QItemSelectionModel.SelectionFlag
        for place in places:
            self.table.selectionModel().select(self.model.index(place, 0), flags.Select | flags.Rows)

    def _ticked(self) -> None:
        rows = self.ticked()
        self.bulk_button.setVisible(bool(rows))
        self.bulk_button.set_text(tr("通过已选的 {n} 份", n=len(rows)))
        several = tr("空格键或点方框可以选几份一起通过") if self.model.rows and not rows else ""
        self.card.set_footer("　".join(filter(None, (tr("{n} 份", n=len(self.model.rows)), several))))

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self.model.rows):
            self.picked.emit(self.model.row_at(place).application_id)

    def _count_on(self) -> None:
        if not self.isVisible():
            return
        if self.desk.look(review_queue.count_on):
            self.counted.emit()
        elif self.desk.done_well:
            self._counting.start()


def fits(row: WaitingRow, wanted: str) -> bool:
    """Whether a row belongs to a filter."""
    if wanted == "all":
        return row.state != "rejected"
    if wanted in ("found", "clean"):
        return row.state == "submitted" and row.clean == (wanted == "clean")
    return row.state == wanted


def cell(row: WaitingRow, key: str, *, narrow: bool = False) -> Cell:
    """What a cell of the queue shows."""
    if key == "name":
        second = f"{row.guardian}　{phones.show(row.mobile)}"
        return Cell(row.name, second=second, weight=500, avatar="" if narrow else row.name)
    if key == "services":
        return Cell(row.services_text or "—", tone="ink2")
    if key == "waits":
        waits = tr("{n} 天", n=row.days) if row.days else tr("今天")
        due = tr("{day} 前", day=row.due_on[5:]) if row.due_on else row.submitted_at[5:10]
        second = tr("已过期限") if row.late else due
        return Cell(waits, second=second, tone="red" if row.late else "ink2", second_tone="red" if row.late else "")
    return Cell("", pills=(_pill(row),))


def _pill(row: WaitingRow) -> tuple[str, str]:
    if row.state == "waiting_list":
        return tr("候补第 {n} 位", n=row.list_place), "blue"
    if row.state != "submitted":
        kinds = {"returned": "accent", "needs_information": "blue"}
        return word(APPLICATION_STATE, row.state), kinds.get(row.state, "plain")
    if not row.counted:
        return tr("正在核对"), "plain"
    return (tr("{n} 处疑点", n=row.findings), "amber") if row.findings else (tr("无疑点"), "green")


def _filter_text(key: str) -> str:
    texts = {"all": tr("全部"), "found": tr("有疑点"), "clean": tr("无疑点")}
    return texts.get(key) or word(APPLICATION_STATE, key)
