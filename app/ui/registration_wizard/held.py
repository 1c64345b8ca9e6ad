"""Held work: registrations that were begun and not finished, one's own and those of others."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.process import clock, drafts
from app.process.drafts import DraftRow
from app.ui.desk import Desk
from app.ui.texts import time_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.verb import Verb

STEPS = 4


class HeldWork(Page):
    """`draftChosen(id)`, `newAsked()`."""

    draftChosen = Signal(int)
    newAsked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """`refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self.title = PageTitle(tr("未完成的登记"), tr("自动保存的草稿和挂起的登记"))
        self.drop_button = Button(tr("删除草稿"), "secondary", icon="trash")
        self.drop_button.clicked.connect(self._drop)
        new = Button(tr("新登记"), "primary", "F2", "user-plus", bind=False)
        new.clicked.connect(self.newAsked)
        self.title.right.addWidget(self.drop_button)
        self.title.right.addWidget(new)
        self.body.addWidget(self.title)
        columns = [
            Column("name", tr("学员姓名"), 240, stretch=True, avatar=True),
            Column("step", tr("进度"), 180),
            Column("author", tr("登记人"), 160),
            Column("at", tr("保存时间"), 180),
            Column("kind", tr("种类"), 160),
        ]
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.table.opened.connect(lambda place: self.draftChosen.emit(self.model.row_at(place).id))
        empty = EmptyState(
            "note-pencil",
            tr("没有未完成的登记"),
            tr("按 F2 开始新的登记。"),
            Verb("new", tr("新登记"), "primary", "F2"),
        )
        empty.pressed.connect(self.newAsked)
        self.card = TableCard(self.table, empty)
        self.body.addWidget(self.card, 1)

    def refresh(self) -> None:
        """Read the held work."""
        rows = self.desk.look(drafts.drafts, beside=lambda _: True) or ()
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        self.card.set_footer(tr("{n} 份", n=len(rows)))
        self.drop_button.setEnabled(bool(rows))
        if rows:
            self.table.select_row(0)
            self.table.setFocus()

    def _drop(self) -> None:
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self.model.rows):
            return
        row: DraftRow = self.model.row_at(place)
        name = row.title or tr("未填姓名")
        verbs = [Verb("keep", tr("保留"), shortcut="Esc"), Verb("drop", tr("删除"), "danger")]
        if self.desk.ask(tr("删除草稿"), tr("{name} 的登记还没有提交，删除后不能恢复。", name=name), verbs) == "drop":
            self.desk.do(drafts.drop_draft, row.id)
            self.refresh()


def _cell(row: DraftRow, key: str) -> Cell:
    if key == "name":
        return Cell(row.title or tr("未填姓名"), weight=500, avatar=row.title or "?")
    if key == "step":
        return Cell(tr("第 {n} 步 / 共 {all} 步", n=row.step + 1, all=STEPS + 1), tone="ink2")
    if key == "author":
        return Cell(row.author, tone="" if row.mine else "ink2")
    if key == "at":
        return Cell(time_text(row.updated_at, clock.today()), tone="ink2")
    return Cell(tr("退回修改"), pill="amber") if row.application_id else Cell(tr("新登记"), pill="plain")
