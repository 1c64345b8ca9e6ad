"""The ledger of one student with its running balance, or of everybody by day. Nothing is edited, only reversed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.process import ledger
from app.process.ledger import LedgerRow
from app.ui import theme
from app.ui.desk import Desk
from app.ui.ledger_page.cells import cell
from app.ui.ledger_page.reverse_dialog import ReverseDialog
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import KeyFigure

PAGE = 300


class LedgerPage(Page):
    """`open(student_id=…)` shows one student; without it the days of all."""

    studentRequested = Signal(int)
    paymentRequested = Signal(int)
    receiptRequested = Signal(int)
    backRequested = Signal()
    help_key = "ledger"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self.student_id = 0
        self._complete = True
        self._build_head()
        self._build_figures()
        self._build_table()

    def _build_head(self) -> None:
        self.title = PageTitle(tr("收费流水"))
        self.search = SearchBox(tr("姓名、学员编号、收据号"))
        self.search.typed.connect(lambda _: self.refresh())
        self.first, self.last = DateEdit(), DateEdit()
        for editor, name in ((self.first, tr("从")), (self.last, tr("至"))):
            editor.setAccessibleName(name)
            editor.left.connect(self.refresh)
            editor.setFixedWidth(theme.px(140))
        self.everybody = Button(tr("所有学员"), "secondary", icon="users-three")
        self.everybody.clicked.connect(lambda _=False: self.open())
        self.reverse_button = Button(tr("冲销这一笔"), "secondary", icon="arrow-u-up-left")
        self.reverse_button.clicked.connect(self._reverse)
        self.receipt_button = Button(tr("看收据"), "secondary", icon="receipt")
        self.receipt_button.clicked.connect(self._receipt)
        self.pay_button = Button(tr("收费"), "primary", "F7", "credit-card", bind=False)
        self.pay_button.clicked.connect(lambda: self.paymentRequested.emit(self.student_id))
        for widget in (
            self.search,
            self.first,
            self.last,
            self.everybody,
            self.reverse_button,
            self.receipt_button,
            self.pay_button,
        ):
            self.title.right.addWidget(widget)
        self.body.addWidget(self.title)

    def _build_figures(self) -> None:
        self.figures = Card(padding=16, spacing=0)
        self.figures.set_tint(True)
        row = QHBoxLayout()
        self.balance = KeyFigure(tr("账户余额"))
        self.charged = KeyFigure(tr("应收"))
        self.discounted = KeyFigure(tr("优惠"))
        self.paid = KeyFigure(tr("实收"))
        for figure in (self.balance, self.charged, self.discounted, self.paid):
            row.addWidget(figure, 1)
        self.figures.body.addLayout(row)
        self.body.addWidget(self.figures)

    def _build_table(self) -> None:
        self._one = [
            Column("date", tr("日期"), 116),
            Column("kind", tr("种类"), 96),
            Column("what", tr("内容"), 260, stretch=True),
            Column("receipt", tr("收据"), 150),
            Column("who", tr("经手"), 100),
            Column("amount", tr("金额"), 120, align="right"),
            Column("balance", tr("余额"), 120, align="right"),
        ]
        self._all = [
            *self._one[:2],
            Column("student", tr("学员姓名"), 150),
            *self._one[2:6],
        ]
        self.model = RowsModel(self._all, cell)
        self.table = Table(self.model, self._all)
        self.table.picked.connect(self._offer)
        self.table.opened.connect(self._opened)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.card = TableCard(
            self.table,
            EmptyState("list-bullets", tr("还没有流水"), tr("录入学员或收费后，这里会自动记下每一笔。")),
        )
        self.body.addWidget(self.card, 1)

    def open(self, student_id: int = 0) -> None:
        """Show one student's ledger, or everybody's."""
        self.student_id = student_id
        self.refresh()

    def current_student(self) -> int | None:
        """The student whose ledger is shown."""
        return self.student_id or None

    def focus_first(self) -> None:
        """The list has the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read it again."""
        one = bool(self.student_id)
        for widget in (self.search, self.first, self.last):
            widget.setVisible(not one)
        for shown in (self.everybody, self.pay_button, self.figures):
            shown.setVisible(one)
        columns = self._one if one else self._all
        if self.model.columns != columns:
            self.model.set_columns(columns)
            self.table.set_columns(columns)
        if one:
            self._read_student()
        else:
            self._read_all()
        self._offer(self.table.currentIndex().row())

    def find_text(self) -> None:
        """Go to the search."""
        if self.student_id:
            self.open()
        self.search.setFocus()

    def go_back(self) -> None:
        """Back to where one came from."""
        self.backRequested.emit()

    def _read_student(self) -> None:
        page = self.desk.look(ledger.page, self.student_id)
        if page is None:
            return
        self.title.set_title(tr("收费流水　{name}", name=page.name))
        self.title.set_facts(page.number)
        self._complete = True
        self._show(tuple(reversed(page.rows)))
        self.balance.set_value(money_text(-page.balance_fen), "red" if page.balance_fen > 0 else "primary")
        self.charged.set_value(money_text(page.charged_fen))
        self.discounted.set_value(money_text(page.discounted_fen))
        self.paid.set_value(money_text(page.paid_fen))
        self.card.set_footer(tr("{n} 笔", n=len(page.rows)))

    def _read_all(self) -> None:
        self.title.set_title(tr("收费流水"))
        self.title.set_facts("")
        rows = self._rows_before(None)
        self._complete = len(rows) < PAGE
        self._show(rows)
        self._foot()

    def _rows_before(self, before: int | None) -> tuple[LedgerRow, ...]:
        found = self.desk.look(
            ledger.all_rows,
            from_date=self.first.value(),
            to_date=self.last.value(),
            text=self.search.value().strip(),
            limit=PAGE,
            before=before,
        )
        return found or ()

    def _show(self, rows: Sequence[LedgerRow]) -> None:
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        if rows:
            self.table.select_row(0)

    def _scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if self._complete or self.student_id or value < bar.maximum() - 5:
            return
        more = self._rows_before(self.model.rows[-1].id)
        self._complete = len(more) < PAGE
        self.model.set_rows((*self.model.rows, *more))
        bar.setValue(value)
        self._foot()

    def _foot(self) -> None:
        count = len(self.model.rows)
        text = tr("{n} 笔", n=count) if self._complete else tr("最近 {n} 笔，向下滚动继续", n=count)
        paid = -sum(row.fen for row in self.model.rows if row.kind == "payment")
        self.card.set_footer(text, tr("实收 {amount}", amount=money_text(paid)))

    def _chosen(self) -> LedgerRow | None:
        place = self.table.currentIndex().row()
        return self.model.row_at(place) if 0 <= place < len(self.model.rows) else None

    def _offer(self, _place: int) -> None:
        row = self._chosen()
        self.receipt_button.setEnabled(row is not None and bool(row.receipt_id))
        self.reverse_button.setEnabled(
            row is not None and row.kind in {"charge", "discount", "opening", "correction"} and not row.reversed,
        )

    def _opened(self, place: int) -> None:
        row = self.model.row_at(place)
        if row.receipt_id:
            self.receiptRequested.emit(row.receipt_id)
        elif not self.student_id:
            self.studentRequested.emit(row.student_id)

    def _receipt(self) -> None:
        row = self._chosen()
        if row is not None and row.receipt_id:
            self.receiptRequested.emit(row.receipt_id)

    def _reverse(self) -> None:
        row = self._chosen()
        if row is not None:
            ReverseDialog(self.desk, row, self).exec()
