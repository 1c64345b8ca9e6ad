"""Taking over the current children: choose the list, look, correct, take over; then print what the families sign."""

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.process import take_over
from app.process.take_over import ListPreview, ListReading
from app.ui import theme
from app.ui.desk import Desk, Task
from app.ui.taking_over.list_view import ListView
from app.ui.taking_over.statements import StatementsView
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.chips import FilterChips
from app.ui.widgets.job import Progress
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.page import Page, PageTitle

LIST, STATEMENTS = "list", "statements"
KINDS = "*.xlsx *.xlsm *.xls *.csv *.txt *.tsv"


class TakingOverPage(Page):
    """Two views: the list before it is taken over, and the families with their statements."""

    paperRequested = Signal(int)
    keysChanged = Signal()
    help_key = "taking_over"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; nothing is chosen yet."""
        super().__init__(parent=parent)
        self.desk = desk
        self.seen: ListPreview | None = None
        self._agreed, self._opid = False, uuid4().hex
        self._task: Task | None = None
        self.title = PageTitle(tr("期初接收"), tr("把现有在托学员的名单一次接收进来"))
        self.choose_button = Button(tr("选择名单…"), "secondary", "Ctrl+O", "folder-open")
        self.choose_button.clicked.connect(self.choose)
        self.columns_button = Button(tr("列的对应"), "secondary", "Alt+L", "columns")
        self.columns_button.clicked.connect(self.correct_columns)
        self.title.right.addWidget(self.columns_button)
        self.title.right.addWidget(self.choose_button)
        self.chips = FilterChips()
        self.chips.set_chips([(LIST, tr("名单"), None), (STATEMENTS, tr("核对单与签字"), None)])
        self.chips.set_current(LIST)
        self.chips.chosen.connect(lambda _: self._show())
        self.progress = Progress(tr("正在看名单"))
        self.progress.cancelled.connect(self._cancel)
        self.progress.hide()
        self.view = ListView()
        self.view.corrected.connect(self._correct)
        self.view.agreed.connect(self._agree)
        self.view.wanted.connect(self.commit)
        self.empty = EmptyState(
            "files", tr("选一份在托学员名单"),
            tr(
                "平时用的表格就行（.xlsx、.xls 或 .csv），一个班一张工作表或全在一张都可以。"
                "认得的列：姓名、家长、电话、班级、托管类型、已交至、剩余天数、剩餐、欠费、余额、学号、备注。"
                "先看后接收，看的时候什么也不写入。",
            ),
        )  # fmt: skip
        self.statements = StatementsView(desk)
        self.statements.paperRequested.connect(self.paperRequested)
        self.stack = QStackedWidget()
        for widget in (self.empty, self.view, self.statements):
            self.stack.addWidget(widget)
        for part in (self.title, self.chips, self.progress):
            self.body.addWidget(part)
        self.body.addWidget(self.stack, 1)

    # looking ----------------------------------------------------------------------------------------------------------

    def open(self, view: str = "") -> None:
        """Show the list, or the statements."""
        if view:
            self.chips.set_current(view)
        self.refresh()

    def refresh(self) -> None:
        """Look again who the rows may be, and at the families."""
        if self.seen is not None:
            self._set(self.desk.look(take_over.refresh, self.seen) or self.seen)
        self.statements.refresh()
        self._show()

    def _show(self) -> None:
        if self.chips.current() == STATEMENTS:
            self.stack.setCurrentWidget(self.statements)
        else:
            self.stack.setCurrentWidget(self.view if self.seen is not None else self.empty)
        self.columns_button.setVisible(self.stack.currentWidget() is self.view)
        self.keysChanged.emit()

    def focus_first(self) -> None:
        """What is shown has the focus."""
        if self.chips.current() == STATEMENTS:
            self.statements.table.setFocus()
        elif self.seen is not None:
            self.view.table.setFocus()
        else:
            self.choose_button.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        if self.chips.current() == STATEMENTS:
            return [("Ctrl+P", tr("打印全部核对单")), ("Enter", tr("查看"))]
        return [("Ctrl+O", tr("选择名单")), *([("F9", tr("接收名单"))] if self.seen is not None else [])]

    # the list ---------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Choose a file and look at it; nothing is written."""
        path = self.desk.choose_file(tr("选择在托学员名单"), tr("表格 ({kinds})", kinds=KINDS))
        reading = self.desk.look(take_over.begin, path) if path else None
        if reading is None:
            return
        self.chips.set_current(LIST)
        self.progress.set_text(tr("正在看 {name}", name=reading.name))
        self.progress.show()
        self.choose_button.setEnabled(False)
        self._task = self.desk.in_background(
            lambda progress: reading.look(lambda: progress(0, 0)), lambda looked: self._looked(reading, looked),
            self._failed,
        )  # fmt: skip

    def _looked(self, reading: ListReading, looked: take_over.ListLooked) -> None:
        self._over()
        seen = self.desk.look(take_over.finish, reading, looked)
        if seen is not None:
            self.show_list(seen)

    def show_list(self, seen: ListPreview) -> None:
        """Show a list that was looked at."""
        self._agreed, self._opid = False, uuid4().hex
        self.view.others.clear()
        self._set(seen)
        self._show()
        self.focus_first()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _failed(self, error: BaseException) -> None:
        self._over()
        self.desk.tell(error)

    def _over(self) -> None:
        self._task = None
        self.progress.hide()
        self.choose_button.setEnabled(True)

    def _set(self, seen: ListPreview) -> None:
        self.seen = seen
        self.title.set_facts(seen.name)
        self.view.show_list(seen, classes_agreed=self._agreed)

    def _correct(self, n: int, column: int, text: str) -> None:
        if self.seen is not None:
            changed = self.seen.with_cell(n, column, text)
            self._set(self.desk.look(take_over.refresh, changed) or changed)

    def correct_columns(self) -> None:
        """Say which column is which; it is remembered for the next list of this kind."""
        from app.ui.taking_over.column_dialog import ColumnDialog

        if self.seen is None:
            return
        dialog = ColumnDialog(self.seen, self.window())
        if dialog.exec():
            changed = self.seen.with_columns(dialog.columns())
            self._set(self.desk.look(take_over.refresh, changed) or changed)

    def _agree(self) -> None:
        self._agreed = True
        if self.seen is not None:
            self._set(self.seen)

    # taking over ------------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """F9: take over every row that can be, all or none; then the statements are shown."""
        if self.seen is None or self.chips.current() != LIST:
            return
        agreed = self.seen.new_classes if self._agreed else ()
        done = self.desk.do(take_over.take_over, self.seen, opid=self._opid, new_classes=agreed, take=self.view.going())
        if done is None:
            return
        self._opid = uuid4().hex
        text = tr(
            "已接收 {taken} 名学员、{families} 个家庭。期初欠费 {debt}，结余 {credit}。",
            taken=done.taken, families=done.families, debt=money_text(done.debt_fen),
            credit=money_text(done.credit_fen),
        )  # fmt: skip
        self.desk.message(text)
        self.open(STATEMENTS)
        self.focus_first()

    def print_sheet(self) -> None:
        """Ctrl+P: all statements."""
        if self.chips.current() == STATEMENTS:
            self.statements.print_sheet()

    def restyle(self) -> None:
        """Margins by the text size."""
        super().restyle()
        self.body.setSpacing(theme.px(12))
