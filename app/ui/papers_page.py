"""Papers and signatures: scan or type the code of a sheet or receipt, or take one that waits for its signature."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.errors import Refused
from app.process import confirmation, office, papers, waiting_signatures
from app.process.waiting_signatures import UnsignedRow
from app.rules import numbers
from app.ui import theme
from app.ui.desk import Desk
from app.ui.paper_panel import PaperPanel
from app.ui.texts import sentence, tr
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.verb import Verb


class PapersPage(Page):
    """`open(code=…)` shows the paper with a code."""

    studentRequested = Signal(int)
    help_key = "papers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self._rows: tuple[UnsignedRow, ...] = ()
        self._days = 0
        self.title = PageTitle(tr("单据与签字"))
        self.search = SearchBox(tr("扫描单据上的码，或输入编号、姓名"), "F3")
        self.search.setMinimumWidth(theme.px(360))
        self.search.typed.connect(lambda _: self._filter())
        self.search.entered.connect(self._entered)
        self.search.down.connect(self._into_list)
        self.title.right.addWidget(self.search)
        self.problem = Strip("amber")
        self.body.addWidget(self.title)
        self.body.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self._build_list(), 4)
        row.addWidget(self._build_paper(), 8)
        self.body.addLayout(row, 1)

    def _build_list(self) -> TableCard:
        columns = [Column("name", tr("待签字"), 150, stretch=True), Column("waits", tr("等待"), 92)]
        self.model = RowsModel(columns, self._cell)
        self.table = Table(self.model, columns)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda _: self.panel.sign())
        empty = EmptyState("check-circle", tr("没有等待签字的确认单"), tr("打印出来还没有签字的确认单会出现在这里。"))
        self.card = TableCard(self.table, empty)
        return self.card

    def _build_paper(self) -> QStackedWidget:
        self.stack = QStackedWidget()
        self.panel = PaperPanel(self.desk)
        self.panel.studentAsked.connect(self.studentRequested)
        hint = tr("用扫码枪扫确认单或收据右上角的码，或从左边选一份。")
        self.nothing = EmptyState("qr-code", tr("还没有选单据"), hint)
        self.not_made = EmptyState(
            "file-text", tr("还没有确认单"), tr("这位学员的资料变了，或还没有打印过确认单。"),
            Verb("make", tr("生成确认单"), "primary"),
        )  # fmt: skip
        self.not_made.pressed.connect(self._make)
        for widget in (self.nothing, self.panel, self.not_made):
            self.stack.addWidget(widget)
        return self.stack

    # looking ----------------------------------------------------------------------------------------------------------

    def open(self, code: str = "", paper_id: int = 0) -> None:
        """Show the paper with a code or an id."""
        self.refresh()
        if code:
            self.search.set_value(code)
            self._entered()
        elif paper_id:
            self._show(paper_id)

    def refresh(self) -> None:
        """Read again who has not signed; the paper that is shown stays."""
        self._rows = self.desk.look(waiting_signatures.unsigned, beside=lambda _: True) or ()
        self._days = int(office.setting("unsigned_days") or 0)
        late = sum(row.days > self._days for row in self._rows)
        facts = tr("待签字 {n} 份", n=len(self._rows))
        if late:
            facts = tr("{facts}，其中 {late} 份超过 {days} 天", facts=facts, late=late, days=self._days)
        self.title.set_facts(facts)
        self._filter()
        if self.panel.paper_id:
            self.panel.refresh()

    def find_text(self) -> None:
        """F3: the search."""
        self.search.setFocus()
        self.search.selectAll()

    def focus_first(self) -> None:
        """A scanner writes where the focus is."""
        self.find_text()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [("F3", tr("扫码、查找")), ("Ctrl+P", tr("打印")), ("Alt+Q", tr("家长已签字"))]

    def _into_list(self) -> None:
        self.table.setFocus()

    def _filter(self) -> None:
        """Names and numbers of those who have not signed, as it is typed; a code is looked up by Enter."""
        wanted = self.search.value().strip().casefold()
        rows = [row for row in self._rows if wanted in row.name.casefold() or wanted in row.number.casefold()]
        self.model.set_rows(rows if wanted and rows else list(self._rows))
        self.card.show_empty(not self._rows)
        self.card.set_footer(tr("{n} 份", n=len(self.model.rows)))
        self.problem.set("")

    def _entered(self) -> None:
        """Enter, also that of a scanner: a code or number first, else the first name."""
        wanted = self.search.value().strip()
        if not wanted:
            return
        told: list[Refused] = []

        def beside(refused: Refused) -> bool:
            told.append(refused)
            return True

        found = self.desk.look(papers.find, wanted, beside=beside)
        if found is not None:
            self._show(found.id)
        elif _looks_like_code(wanted) or not self._take_named(wanted):
            self.problem.set(sentence(told[0]) if told else "")
        self.search.selectAll()  # the next scan replaces this one

    def _take_named(self, wanted: str) -> bool:
        folded = wanted.casefold()
        place = self.model.index_of(lambda row: folded in row.name.casefold())
        if place >= 0:
            self.table.select_row(place)
            self._picked(place)
        return place >= 0

    def _picked(self, place: int) -> None:
        if not 0 <= place < len(self.model.rows):
            return
        row: UnsignedRow = self.model.row_at(place)
        if row.paper_id is not None:
            self._show(row.paper_id)
        if row.paper_id is None or (self.panel.fact is not None and self.panel.fact.signed):
            self.stack.setCurrentWidget(self.not_made)  # a signed one is out of date: the data changed since

    def _show(self, paper_id: int) -> None:
        self.problem.set("")
        if self.panel.show_paper(paper_id):
            self.stack.setCurrentWidget(self.panel)

    def _make(self) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < len(self.model.rows):
            row: UnsignedRow = self.model.row_at(place)
            made = self.desk.do(
                confirmation.make_sheet, student_id=row.student_id, application_id=row.application_id,
            )  # fmt: skip
            if made is not None:
                self._show(made.id)

    def print_sheet(self) -> None:
        """Ctrl+P: the paper that is shown."""
        if self.stack.currentWidget() is self.panel:
            self.panel.print_now()

    def scanned(self, code: str) -> bool:
        """A code that came while the focus was in the list."""
        self.search.set_value(code)
        self._entered()
        return True

    def commit_with_dialog(self) -> None:
        """Shift+F9: with printer and copies."""
        if self.stack.currentWidget() is self.panel:
            self.panel.choose_and_print()

    def _cell(self, row: UnsignedRow, key: str) -> Cell:
        if key == "name":
            return Cell(row.name, second=row.number, weight=500, avatar=row.name)
        late = row.days > self._days
        waits = tr("{n} 天", n=row.days) if row.days else tr("今天")
        second = tr("已打印") if row.printed_at else tr("没有打印")
        if row.stale:
            second = tr("资料有变更")
        due = row.days == self._days > 0
        return Cell(waits, second=second, tone="red" if late else "amber" if due else "ink2")


def _looks_like_code(text: str) -> bool:
    try:
        numbers.read_code(text)
    except Refused:
        return False
    return True
