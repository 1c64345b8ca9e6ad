"""The student list: search as you type, filter chips, columns, selection with its sum, export, the pane beside it."""

import json
from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.process import clock, office, papers, student_list
from app.process.student_list import StudentRow
from app.ui.desk import Desk
from app.ui.students.cells import FIRST_SHOWN, all_columns, student_cell
from app.ui.students.detail import DetailPane
from app.ui.students.list_model import StudentModel
from app.ui.texts import money_text, tr
from app.ui.widgets.basic import Page, PageTitle
from app.ui.widgets.button import Button, MenuButton
from app.ui.widgets.chips import FilterChip, FilterChips
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.table import Table, TableCard
from app.ui.widgets.verb import Verb
from app.ui.words import GRADE, SEX, STUDENT_STATE, word

SLICE_MS = 4
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
        self._filter, self._class_id, self._sort, self._descending = "active", 0, "name", False
        self._search: student_list.Search | None = None
        self._classes: dict[int, str] = {}
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._step)
        self._follow = QTimer(self, interval=0, singleShot=True)
        self._follow.timeout.connect(self._show_picked)
        self._idle = QTimer(self, interval=40)
        self._idle.timeout.connect(self._prepare)
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
        left.addLayout(self._build_chips())
        self.columns = [column for column in all_columns() if column.key in FIRST_SHOWN]
        self.model = StudentModel(self.columns, self._rows, student_cell, self)
        self.table = Table(self.model, self.columns, ticks=True)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(self._opened)
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
        self.search.down.connect(self._into_list)
        new = Button(tr("报名登记"), "primary", "F2", "user-plus", bind=False)
        new.clicked.connect(self.registrationRequested)
        self.title.right.addWidget(self.search)
        self.title.right.addWidget(new)
        return self.title

    def _build_chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.chips = FilterChips()
        self.chips.chosen.connect(self._choose_filter)
        row.addWidget(self.chips, 1)
        self.class_chip = FilterChip("", removable=True, checked=True)
        self.class_chip.removed.connect(lambda: self._choose_class(0))
        self.class_chip.hide()
        row.addWidget(self.class_chip)
        self.class_menu = MenuButton("funnel", tr("按托管班筛选"))
        self.class_menu.menu.aboutToShow.connect(self._fill_class_menu)
        self.column_menu = MenuButton("columns", tr("显示的列"))
        self.column_menu.menu.aboutToShow.connect(self._fill_column_menu)
        self.export_button = Button(tr("导出"), "quiet", icon="export", small=True)
        self.export_button.clicked.connect(self.export)
        row.addWidget(self.class_menu)
        row.addWidget(self.column_menu)
        row.addWidget(self.export_button)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pane takes less room in a small window."""
        super().resizeEvent(event)
        self.detail.fit(self.width())

    # looking --------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read counts and list anew, keeping the place."""
        chosen = self.current_student()
        self._read_counts()
        self._read_list()
        self._choose_again(chosen)
        self._idle.start()

    def open(self, text: str = "", filter: str = "") -> None:  # noqa: A002 - the word on the page
        """Show what is looked for, or one of the filters."""
        if filter:
            self._filter = filter
            self.chips.set_current(filter)
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
            ("Ctrl+P", tr("确认单")),
            ("Enter", tr("打开")),
        ]

    def print_sheet(self) -> None:
        """Show the confirmation sheet of the chosen student."""
        if self.detail.student_id:
            self.sheetRequested.emit(self.detail.student_id)

    def _read_counts(self) -> None:
        counts = self.desk.look(student_list.counts) or {}
        texts = {
            "all": tr("全部"),
            "active": tr("在读"),
            "arrears": tr("欠费"),
            "ending": tr("即将到期"),
            "unsigned": tr("待签字"),
            "entered": tr("待缴费"),
        }
        self.chips.set_chips([(key, texts[key], counts.get(key)) for key in student_list.FILTERS])
        self.chips.set_current(self._filter)
        self.title.set_facts(
            tr("在读 {active} 人　本周新增 {new} 人", active=counts.get("active", 0), new=counts.get("new", 0)),
        )

    def _query(self) -> "student_list.Query":
        return student_list.Query(
            text=self.search.value(),
            filter=self._filter,
            sort=self._sort,
            descending=self._descending,
            class_id=self._class_id or None,
        )

    def _read_list(self) -> None:
        self._slices.stop()
        self._search = self.desk.look(student_list.search, self._query())
        if self._search is None:
            self.model.set_ids(array("q"))
            return
        self.model.set_ids(self._search.first())
        self.card.show_empty(not len(self.model.ids))
        self._empty_words()
        if self._search.done:
            self._foot()
        else:
            self._slices.start()

    def _step(self) -> None:
        if self._search is None or self._search.step(SLICE_MS):
            self._slices.stop()
            if self._search is not None:
                self.model.extend_ids(self._search.ids)
            self._foot()

    def _prepare(self) -> None:
        """While nobody types: build what makes the search of a big centre quick."""
        if not self.isVisible() or self._slices.isActive():
            return
        if self.desk.look(student_list.prepare, SLICE_MS, beside=lambda _: True) is not False:
            self._idle.stop()

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

    def _into_list(self) -> None:
        self.table.setFocus()

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

    def _opened(self, place: int) -> None:
        self.studentRequested.emit(self.model.ids[place])

    def _empty_words(self) -> None:
        if self.search.value():
            self.empty.set(
                tr("没有找到“{text}”", text=self.search.value()),
                tr("换一种写法试试：姓名、拼音首字母、手机尾号或学员编号。"),
            )
        elif self._filter in {"all", "active"} and not self._class_id:
            self.empty.set(tr("还没有学员"), tr("按 F2 登记第一位。"))
        else:
            self.empty.set(tr("这里没有学员"), tr("换一个筛选条件看看。"))

    # filters, order, columns ----------------------------------------------------------------------------------------

    def _choose_filter(self, key: str) -> None:
        self._filter = key
        self._save_view()
        self._read_list()
        self._choose_again(None)

    def _choose_class(self, class_id: int) -> None:
        self._class_id = class_id
        self.class_chip.setVisible(bool(class_id))
        self.class_chip.setText(self._classes.get(class_id, ""))
        self.class_chip.restyle()
        self._save_view()
        self._read_list()
        self._choose_again(None)

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self._save_view()
        self._read_list()

    def _fill_class_menu(self) -> None:
        menu = self.class_menu.menu
        menu.clear()
        self._classes = {one.id: one.name for one in self.desk.look(office.classes) or ()}
        for class_id, name in ((0, tr("所有托管班")), *self._classes.items()):
            action = menu.addAction(name, partial(self._choose_class, class_id))
            action.setCheckable(True)
            action.setChecked(class_id == self._class_id)

    def _fill_column_menu(self) -> None:
        menu: QMenu = self.column_menu.menu
        menu.clear()
        shown = {column.key for column in self.columns}
        for column in all_columns()[1:]:
            action = menu.addAction(column.title, partial(self._toggle_column, column.key))
            action.setCheckable(True)
            action.setChecked(column.key in shown)
        menu.addSeparator()
        menu.addAction(tr("恢复默认"), lambda: self._show_columns(FIRST_SHOWN))

    def _toggle_column(self, key: str) -> None:
        shown = [column.key for column in self.columns]
        wanted = [one for one in shown if one != key] if key in shown else [*shown, key]
        self._show_columns(tuple(wanted))

    def _show_columns(self, keys: Sequence[str]) -> None:
        known = {column.key: column for column in all_columns()}
        self.columns = [known[key] for key in keys if key in known]
        self.model.set_columns(self.columns)
        self.table.set_columns(self.columns)
        self._save_view()

    def _restore_view(self) -> None:
        saved = self.desk.look(office.view, VIEW)
        if not saved:
            return
        plain = json.loads(saved)
        self._filter = plain.get("filter", "active")
        self._sort, self._descending = plain.get("sort", "name"), bool(plain.get("descending"))
        if plain.get("columns"):
            known = {column.key: column for column in all_columns()}
            self.columns = [known[key] for key in plain["columns"] if key in known]
            self.model.set_columns(self.columns)
            self.table.set_columns(self.columns)

    def _save_view(self) -> None:
        plain = {
            "filter": self._filter,
            "sort": self._sort,
            "descending": self._descending,
            "columns": [column.key for column in self.columns],
        }
        self.desk.look(office.save_view, VIEW, json.dumps(plain))

    # selection and export -------------------------------------------------------------------------------------------

    def chosen_ids(self) -> "array[int]":
        """The students that are ticked."""
        return array("q", (self.model.ids[place] for place in self.table.selected_rows()))

    def _foot(self) -> None:
        chosen = self.chosen_ids()
        sums = self.desk.look(student_list.sums, chosen if len(chosen) > 1 else self.model.ids)
        left = tr("已选 {chosen} 人　共 {all} 人", chosen=len(chosen), all=len(self.model.ids))
        owed = sums.owed_fen if sums else 0
        self.card.set_footer(left, tr("欠费合计 {amount}", amount=money_text(-owed)) if owed else "", "red")

    def export(self) -> None:
        """Write what is seen to a workbook: these columns, this order, the ticked students or all of the list."""
        chosen = self.chosen_ids()
        ids = chosen if len(chosen) > 1 else self.model.ids
        name = tr("学员名单 {day}", day=clock.today()) + ".xlsx"
        path = self.desk.choose_save(tr("导出 {n} 位学员", n=len(ids)), name, "Excel (*.xlsx);;CSV (*.csv)")
        if path is None:
            return
        columns = [(column.key, column.title) for column in self.columns]
        begun = self.desk.do(student_list.begin_export, ids, columns, path, _words)
        if begun is not None:
            self.desk.in_background(begun.write, lambda path: self._offer_folder(path, begun.students))

    def _offer_folder(self, path: Path, count: int) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        self.desk.message(
            tr("已导出 {n} 位学员到 {name}。文件里有个人信息，用完请删除。", n=count, name=path.name),
            undo=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            verb=tr("打开文件夹"),
        )


def _words(key: str, code: str) -> str:
    """Words for what the export holds as codes."""
    if key == "column":
        return tr("手机")
    if key == "grade":
        grade, _, school_class = code.partition(" ")
        return f"{word(GRADE, grade)} {school_class}".strip()
    return word(SEX if key == "sex" else STUDENT_STATE, code)
