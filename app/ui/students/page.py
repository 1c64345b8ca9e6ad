"""The student list: search as you type, filter chips, columns, selection with its sum, export, the pane beside it."""

import json
from array import array
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process import office, papers, student_list
from app.process.student_list import StudentRow
from app.ui.desk import Desk
from app.ui.students.cells import all_columns, nobody, student_cell
from app.ui.students.columns import ListColumns
from app.ui.students.detail import DetailPane
from app.ui.students.exporting import ListExport
from app.ui.students.filters import FilterRow
from app.ui.students.frozen import FrozenTable
from app.ui.students.list_model import StudentModel
from app.ui.students.list_reading import ListReading
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.verb import Verb

SCANNED = 12  # digits of the code on a sheet or receipt
VIEW = "students"


class StudentsPage(Page):
    """The manager's page."""

    studentRequested = Signal(int)
    paymentRequested = Signal(int)
    ledgerRequested = Signal(int)
    sheetRequested = Signal(int)
    paperRequested = Signal(int)
    registrationRequested = Signal()
    help_key = "students"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self._sort, self._descending = "name", False
        self._follow = QTimer(self, interval=0, singleShot=True)
        self._follow.timeout.connect(self._show_picked)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(self._build_left(), 1)
        self.detail = DetailPane(desk)
        for name in ("studentRequested", "paymentRequested", "ledgerRequested", "sheetRequested"):
            getattr(self.detail, name).connect(getattr(self, name))
        row.addWidget(self.detail)
        self.body.addLayout(row)
        self._restore_view()

    # what stands on the page ----------------------------------------------------------------------------------------

    def _build_left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addWidget(self._build_title())
        left.addWidget(self._build_filters())
        self.exporting = ListExport(self.desk)
        left.addWidget(self.exporting)
        columns = all_columns()
        self.model = StudentModel(columns, self._rows, student_cell, self)
        self.reading = ListReading(self.desk, self.model, self.isVisible)
        self.reading.grew.connect(self._foot)
        self.table = FrozenTable(self.model, columns, ticks=True)
        self.list_columns = ListColumns(self.table, self.model)
        self.list_columns.changed.connect(self._columns_changed)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda place: self.studentRequested.emit(self.model.ids[place]))
        self.table.selection_changed.connect(self._foot)
        self.table.sort_asked.connect(self._sort_by)
        self.empty = EmptyState("users-three", "", "", Verb("register", tr("登记学员"), "primary", "F2"))
        self.empty.pressed.connect(self.registrationRequested)
        self.card = TableCard(self.table, self.empty)
        left.addWidget(self.card, 1)
        return left

    def _build_title(self) -> PageTitle:
        self.title = PageTitle(tr("学员"))
        self.search = SearchBox(tr("姓名 / 拼音首字母 / 手机 / 学员编号"), "F3")
        self.search.typed.connect(self._searched)
        self.search.entered.connect(self._open_first)
        self.search.down.connect(self.focus_first)
        self.new = Button(tr("报名登记"), "primary", "F2", "user-plus", bind=False)
        self.new.clicked.connect(self.registrationRequested)
        self.title.right.addWidget(self.search)
        self.title.right.addWidget(self.new)
        return self.title

    def _build_filters(self) -> FilterRow:
        self.filters = FilterRow(self.desk)
        self.filters.chosen.connect(self._filtered)
        self.filters.columnsAsked.connect(lambda: self.list_columns.fill(self.filters.column_menu.menu))
        self.filters.exportAsked.connect(self.export)
        return self.filters

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pane takes less room in a small window."""
        super().resizeEvent(event)
        self.detail.fit(self.width())

    # looking --------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read counts and list anew, keeping the place."""
        chosen = self.current_student()
        self._offer_what_one_may()
        self._offer_money()
        self._read_counts()
        self._read_list()
        self._choose_again(chosen)
        self.reading.prepare_soon()

    def open(self, text: str = "", filter: str = "") -> None:  # noqa: A002 - the word on the page
        """Show what is looked for, or one of the filters."""
        if filter:
            self.filters.set_filter(filter)
            self._offer_money()
        self.search.set_value(text)
        self.refresh()

    def find_text(self) -> None:
        """Go to the search."""
        self.search.setFocus()
        self.search.selectAll()

    def focus_first(self) -> None:
        """The list has the focus: letters go on, arrows move."""
        self.table.setFocus()

    def current_student(self) -> int | None:
        """The student whose pane is shown."""
        return self.detail.student_id

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [
            ("F2", tr("登记")),
            ("F3", tr("搜索")),
            ("F7", tr("收费")),
            *([("Ctrl+P", tr("确认单"))] if self.desk.may("register") else []),
            ("Enter", tr("打开")),
        ]

    def print_sheet(self) -> None:
        """Show the confirmation sheet of the chosen student."""
        if self.detail.student_id:
            self.sheetRequested.emit(self.detail.student_id)

    def _read_counts(self) -> None:
        counts = self.desk.look(student_list.counts) or {}
        self.filters.show_counts(counts)
        self.title.set_facts(
            tr("在读 {active} 人　本周新增 {new} 人", active=counts.get("active", 0), new=counts.get("new", 0)),
        )

    def _query(self) -> "student_list.Query":
        return student_list.Query(
            text=self.search.value(),
            filter=self.filters.filter,
            sort=self._sort,
            descending=self._descending,
            class_id=self.filters.class_id or None,
        )

    def _read_list(self) -> None:
        if not self.reading.begin(self._query()):
            return
        self.card.show_empty(not len(self.model.ids))
        if not len(self.model.ids):
            self._say_nobody()
        self.reading.go_on()

    def _say_nobody(self) -> None:
        narrowed, may_register = self.filters.narrowed(), self.desk.may("register")
        self.empty.set(*nobody(self.search.value(), narrowed=narrowed, may_register=may_register))

    def _open_scanned(self) -> bool:
        typed = self.search.value()
        if len(typed) < SCANNED or not typed.isdigit() or len(self.model.ids):
            return False
        found = self.desk.look(papers.find, typed)
        if found is not None:
            self.search.set_value("")
            self._searched("")
            self.paperRequested.emit(found.id)
        return True

    def _rows(self, ids: Sequence[int]) -> Sequence[StudentRow]:
        return self.desk.look(student_list.rows, ids) or ()

    def _searched(self, _text: str) -> None:
        self._read_list()
        if len(self.model.ids):
            self.table.select_row(0)
        else:
            self.detail.clear()

    def _open_first(self) -> None:
        """Enter: the first hit; a scanned code of a sheet or receipt opens that paper."""
        if self._open_scanned():
            return
        if len(self.model.ids):
            self.studentRequested.emit(self.model.ids[0])

    def _choose_again(self, student_id: int | None) -> None:
        if not len(self.model.ids):
            self.detail.clear()
            return
        try:
            place = self.model.ids.index(student_id) if student_id else 0
        except ValueError:
            place = 0
        self.table.select_row(place)
        self.detail.show_student(self.model.ids[place])

    def _picked(self, place: int) -> None:
        """The pane follows once the list itself is painted: typing and scrolling go first."""
        if 0 <= place < len(self.model.ids):
            self._follow.start()

    def _show_picked(self) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < len(self.model.ids):
            self.detail.show_student(self.model.ids[place])

    # filters, order, columns ----------------------------------------------------------------------------------------

    def _filtered(self) -> None:
        self._save_view()
        self._read_list()
        self._choose_again(None)

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self._save_view()
        self._read_list()

    def _columns_changed(self) -> None:
        self.table.show_sorted(self._sort, descending=self._descending)
        if not self.table.currentIndex().isValid():
            self._choose_again(self.detail.student_id)
        self._save_view()

    def _offer_what_one_may(self) -> None:
        may_register = self.desk.may("register")
        self.new.setVisible(may_register)
        self.empty.offer(may_register)
        self.filters.export_button.setVisible(self.desk.may("export"))

    def _offer_money(self) -> None:
        """Nobody is asked for what the person may not see: no balance, no order by it, no filter of arrears."""
        money = bool(self.desk.look(student_list.sees_money))
        self.list_columns.offer(all_columns(money=money))
        if not money and self.filters.filter == "arrears":
            self.filters.set_filter("active")
        if not money and self._sort == "balance":
            self._sort, self._descending = "name", False
            self.table.show_sorted(self._sort, descending=False)

    def _restore_view(self) -> None:
        saved = self.desk.look(office.view, VIEW)
        if saved:
            plain = json.loads(saved)
            self.filters.set_filter(plain.get("filter", "active"))
            self._sort, self._descending = plain.get("sort", "name"), bool(plain.get("descending"))
            self.list_columns.restore(plain)
        self.table.show_sorted(self._sort, descending=self._descending)

    def _save_view(self) -> None:
        plain = {"filter": self.filters.filter, "sort": self._sort, "descending": self._descending}
        self.desk.look(office.save_view, VIEW, json.dumps(plain | self.list_columns.plain()))

    # selection and export -------------------------------------------------------------------------------------------

    def chosen_ids(self) -> "array[int]":
        """The students that are ticked."""
        return array("q", (self.model.ids[place] for place in self.table.selected_rows()))

    def _foot(self) -> None:
        chosen = self.chosen_ids()
        sums = self.desk.look(student_list.sums, chosen if len(chosen) > 1 else self.model.ids)
        left = tr("已选 {chosen} 人　共 {all} 人", chosen=len(chosen), all=len(self.model.ids))
        owed = (sums.owed_fen if sums else None) or 0
        self.card.set_footer(left, tr("欠费合计 {amount}", amount=money_text(-owed)) if owed else "", "red")

    def export(self) -> None:
        """Write the list to a workbook: these columns, this order, the ticked students or all of the list."""
        chosen = self.chosen_ids()
        self.exporting.start(chosen if len(chosen) > 1 else self.model.ids, self.list_columns.columns())
