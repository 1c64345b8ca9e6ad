"""The operation log: who did what to whom and when, with the values before and after."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process import office, operation_log
from app.process.operation_log import LogRow
from app.ui import theme
from app.ui.desk import Desk
from app.ui.log_words.actions import SUBJECTS, action_text, subject_text
from app.ui.log_words.details import details_text
from app.ui.log_words.fields import change_field_text, value_text
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.chips import FilterChip, FilterChips
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.page import Page, PageTitle, scrolled
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text

PAGE = 200


class OperationLogPage(Page):
    """A page of the log, newest first; older entries follow when the list is scrolled to its end."""

    studentRequested = Signal(int)
    help_key = "log"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` fills it."""
        super().__init__(parent=parent)
        self.desk = desk
        self._subject: tuple[str, int] | None = None
        self._kind = ""
        self._complete = False
        self._build_head()
        self.strip = Strip("green")
        self.body.addWidget(self.strip)
        self.body.addLayout(self._build_list(), 1)

    def _build_head(self) -> None:
        self.title = PageTitle(tr("操作日志"))
        self.search = SearchBox(tr("内容、姓名、编号"))
        self.search.typed.connect(self._refilter)
        self.verify_button = Button(tr("核对日志"), icon="shield-check")
        self.verify_button.clicked.connect(self._verify)
        self.title.right.addWidget(self.search)
        self.title.right.addWidget(self.verify_button)
        self.body.addWidget(self.title)
        row = QHBoxLayout()
        self.kinds = FilterChips()
        self.kinds.set_chips([("", tr("全部"), None), *((kind, tr(text), None) for kind, text in SUBJECTS.items())])
        self.kinds.set_current("")
        self.kinds.chosen.connect(self._choose_kind)
        self.person = PickList([(0, tr("所有人"))])
        self.person.setAccessibleName(tr("操作人"))
        self.person.changed.connect(self._refilter)
        self.subject_chip = FilterChip("", removable=True, checked=True)
        self.subject_chip.removed.connect(self.open)
        self.subject_chip.hide()
        row.addWidget(self.kinds, 1)
        row.addWidget(self.subject_chip)
        row.addWidget(self.person)
        self.body.addLayout(row)

    def _build_list(self) -> QHBoxLayout:
        columns = [
            Column("at", tr("时间"), 156),
            Column("who", tr("操作人"), 110),
            Column("action", tr("操作"), 170),
            Column("subject", tr("对象"), 180, stretch=True),
            Column("details", tr("说明"), 260, stretch=True),
        ]
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.table.picked.connect(self._show)
        self.table.opened.connect(self._open)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.card = TableCard(
            self.table,
            EmptyState("clipboard-text", tr("没有符合条件的记录"), tr("换一个条件，或按 Esc 清空搜索。")),
        )
        self.detail = Card()
        self.detail.setFixedWidth(theme.wide(344))
        self.detail_body = QVBoxLayout()
        self.detail.body.addLayout(self.detail_body)
        self.detail.body.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.card, 1)
        row.addWidget(scrolled(self.detail))
        return row

    def open(self, subject_kind: str = "", subject_id: int = 0) -> None:
        """Show the log of one subject (`"student", 17`), or everything."""
        self._subject = (subject_kind, subject_id) if subject_kind else None
        self.search.set_value("")
        self.person.set_value(0)
        self.refresh()

    def focus_first(self) -> None:
        """The list has the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the first page again."""
        chosen = self.person.value() or 0
        people = self.desk.look(office.users, beside=lambda _: True) or ()
        self.person.set_options([(0, tr("所有人")), *((one.id, one.name) for one in people)])
        self.person.set_value(chosen)
        self._refilter()

    def find_text(self) -> None:
        """Go to the search."""
        self.search.setFocus()

    def _choose_kind(self, kind: str) -> None:
        self._kind, self._subject = kind, None
        self._refilter()

    def _read(self, before: int | None) -> tuple[LogRow, ...]:
        kind, subject_id = self._subject or (self._kind or None, None)
        filters: dict[str, Any] = {"subject_kind": kind, "subject_id": subject_id, "text": self.search.value().strip()}
        return (
            self.desk.look(
                operation_log.entries,
                user_id=self.person.value() or None,
                before_seq=before,
                limit=PAGE,
                **filters,
            )
            or ()
        )

    def _refilter(self, *_: object) -> None:
        rows = self._read(None)
        self._complete = len(rows) < PAGE
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        self._foot()
        self._show_subject()
        if rows:
            self.table.select_row(0)
        self._show(0 if rows else -1)

    def _show_subject(self) -> None:
        """Whose entries alone are shown, to be taken off."""
        self.subject_chip.setVisible(self._subject is not None)
        if self._subject is not None and self.model.rows:
            self.subject_chip.setText(subject_text(self.model.row_at(0)))
            self.subject_chip.restyle()

    def _scrolled(self, value: int) -> None:
        if self._complete or value < self.table.verticalScrollBar().maximum() - self.table.height():
            return
        more = self._read(self.model.rows[-1].seq)
        self._complete = len(more) < PAGE
        place = self.table.verticalScrollBar().value()
        self.model.set_rows((*self.model.rows, *more))
        self.table.verticalScrollBar().setValue(place)
        self._foot()

    def _foot(self) -> None:
        count = len(self.model.rows)
        self.card.set_footer(tr("{n} 条", n=count) if self._complete else tr("最近 {n} 条，向下滚动继续", n=count))

    def _open(self, place: int) -> None:
        row = self.model.row_at(place)
        if row.subject_kind == "student":
            self.studentRequested.emit(row.subject_id)

    def _show(self, place: int) -> None:
        while (item := self.detail_body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # or a pending show would make a window of it
                widget.setParent(None)
                widget.deleteLater()
        if not 0 <= place < len(self.model.rows):
            self.detail_body.addWidget(Text(tr("选一条记录看改动前后的内容。"), "secondary", wrap=True))
            return
        row = self.model.row_at(place)
        self.detail_body.addWidget(Text(action_text(row.action), "card_title", wrap=True))
        self.detail_body.addWidget(Text(subject_text(row), "body", wrap=True))
        self.detail_body.addWidget(Text(f"{row.at.replace('T', ' ')}　{row.who}　#{row.seq}", "caption", wrap=True))
        if row.details:
            self.detail_body.addWidget(Text(details_text(row), "secondary", wrap=True))
        for field, before, after in row.changes:
            self.detail_body.addWidget(Hairline())
            self.detail_body.addWidget(Text(change_field_text(field), "caption"))
            if before:
                self.detail_body.addWidget(
                    Text(tr("原：{value}", value=value_text(field, before)), "secondary", wrap=True),
                )
            self.detail_body.addWidget(Text(value_text(field, after) or tr("（清空）"), "name", wrap=True))

    def _verify(self) -> None:
        from app.ui.widgets.job import busy_cursor

        with busy_cursor():
            found = operation_log.verify()
        if found.trouble:
            self.strip.set_kind("red")
            self.strip.set(
                tr("日志从第 {seq} 条起对不上", seq=found.bad_seq),
                tr("请先不要再收费，从“备份与恢复”恢复最近的备份，并联系技术支持。"),
            )
        else:
            self.strip.set_kind("green")
            self.strip.set(tr("已核对 {n} 条，全部完整，没有被改动。", n=found.rows), "")


def _cell(row: LogRow, key: str) -> Cell:
    if key == "at":
        return Cell(row.at[:16].replace("T", " "), tone="ink2")
    if key == "who":
        return Cell(row.who or "—")
    if key == "action":
        return Cell(action_text(row.action), weight=500)
    if key == "subject":
        return Cell(subject_text(row))
    return Cell(details_text(row), tone="ink2")
