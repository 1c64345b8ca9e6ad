"""Asking for the student who pays: type, see the hits with their balance, Enter takes the first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process import student_list
from app.process.student_list import StudentRow
from app.rules import phones
from app.ui import theme
from app.ui.desk import Desk
from app.ui.texts import money_text, tr
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.page import PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table

HITS = 50


class FindStudent(QWidget):
    """`chosen(student_id)`."""

    chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """An empty search."""
        super().__init__(parent)
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        self.title = PageTitle(tr("收费"), tr("先找到交费的学员"))
        self.search = SearchBox(tr("姓名 / 拼音首字母 / 手机 / 学员编号"), "F3")
        self.search.typed.connect(lambda _: self._look())
        self.search.entered.connect(self._take_current)
        self.title.right.addWidget(self.search)
        column.addWidget(self.title)
        columns = [
            Column("name", tr("学员姓名"), 220, stretch=True, avatar=True),
            Column("class", tr("托管班"), 140),
            Column("guardian", tr("监护人"), 200, stretch=True),
            Column("balance", tr("余额"), 160, align="right"),
        ]
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.table.opened.connect(self._take)
        self.search.down.connect(self._into_list)
        self.empty = EmptyState("magnifying-glass", "", "")
        self.card = TableCard(self.table, self.empty)
        column.addWidget(self.card, 1)

    def start(self) -> None:
        """Clear the search and begin with those who owe."""
        self.search.set_value("")
        self._look()
        self.search.setFocus()

    def refresh(self) -> None:
        """Read balances again; what was typed stays."""
        self._look()

    def _take_current(self) -> None:
        self._take(self.table.currentIndex().row())

    def _into_list(self) -> None:
        self.table.setFocus()

    def _look(self) -> None:
        text = self.search.value()
        query = student_list.Query(
            text=text,
            filter="all" if text else "arrears",
            sort="name",
            descending=False,
            class_id=None,
        )
        found = self.desk.look(student_list.search, query)
        rows = (self.desk.look(student_list.rows, found.first()[:HITS]) if found else None) or ()
        self.model.set_rows(rows)
        if text:
            self.empty.set(tr("没有找到学员"), tr("换一种写法试试：姓名、拼音首字母、手机尾号。"))
        else:
            self.empty.set(tr("现在没有人欠费"), tr("要预收或加收，先在右上角输入姓名、拼音首字母或手机尾号找到学员。"))
        self.card.show_empty(not rows)
        self.card.set_footer(tr("欠费的学员") if not text else tr("找到的学员"))
        if rows:
            self.table.select_row(0)

    def _take(self, place: int) -> None:
        if 0 <= place < len(self.model.rows):
            self.chosen.emit(self.model.row_at(place).id)


def _cell(row: StudentRow, key: str) -> Cell:
    if key == "name":
        return Cell(row.name, second=row.number, weight=500, avatar=row.name)
    if key == "class":
        return Cell(row.class_name or "—")
    if key == "guardian":
        return Cell(row.guardian or "—", second=phones.show(row.mobile))
    if row.balance_fen is None:
        return Cell("—", tone="ink2")
    owes = row.balance_fen > 0
    return Cell(
        money_text(-row.balance_fen),
        tone="red" if owes else "ink2",
        weight=700 if owes else 400,
        second=tr("欠费") if owes else "",
    )
