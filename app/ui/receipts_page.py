"""The receipt book: every number of a year, good or void, with reprint and void."""

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import Refused
from app.process import payment
from app.process.payment import ReceiptRow
from app.ui import theme
from app.ui.desk import Desk
from app.ui.log_words.details import lost_text
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import METHOD, word


class ReceiptsPage(Page):
    """Newest first; `open(receipt_id=…)` chooses one."""

    paperRequested = Signal(int)
    printRequested = Signal(int, bool)
    ledgerRequested = Signal(int)
    studentRequested = Signal(int)
    help_key = "receipts"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self._shown_number, self._look_anew = "", False
        self.title = PageTitle(tr("收据"))
        self.search = SearchBox(tr("收据号、姓名，或扫收据上的码"), "F3")
        self.search.typed.connect(lambda _: self.refresh())
        self.day = DateEdit()
        self.day.setAccessibleName(tr("日期"))
        self.day.setFixedWidth(theme.px(140))
        self.day.left.connect(self.refresh)
        self.title.right.addWidget(self.search)
        self.title.right.addWidget(self.day)
        self.body.addWidget(self.title)
        self.lost = Strip("amber", icon="info")
        self.body.addWidget(self.lost)
        self.body.addLayout(self._build_buttons())
        columns = [
            Column("number", tr("收据号"), 170),
            Column("issued", tr("开具时间"), 150),
            Column("student", tr("学员姓名"), 180, stretch=True),
            Column("payer", tr("交款人"), 120, stretch=True),
            Column("methods", tr("付款方式"), 150),
            Column("amount", tr("金额"), 120, align="right"),
            Column("cashier", tr("收款人"), 100),
            Column("state", tr("状态"), 120),
        ]
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.table.picked.connect(self._offer)
        self.table.opened.connect(lambda place: self.paperRequested.emit(self.model.row_at(place).paper_id))
        self.card = TableCard(self.table, EmptyState("receipt", tr("还没有收据"), tr("按 F7 收费后，收据会记在这里。")))
        self.body.addWidget(self.card, 1)

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.show_button = Button(tr("查看"), "secondary", "Enter", "eye", bind=False)
        self.print_button = Button(tr("打印"), "secondary", "Ctrl+P", "printer", bind=False)
        self.ledger_button = Button(tr("收费流水"), "secondary", icon="list-bullets")
        self.void_button = Button(tr("作废"), "danger", icon="prohibit")
        self.show_button.clicked.connect(lambda: self._with(lambda row: self.paperRequested.emit(row.paper_id)))
        self.print_button.clicked.connect(self.print_sheet)
        self.ledger_button.clicked.connect(lambda: self._with(lambda row: self.ledgerRequested.emit(row.student_id)))
        self.void_button.clicked.connect(lambda: self._with(lambda row: VoidDialog(self.desk, row, self).exec()))
        self.why_void = Text("", "secondary", "red", wrap=True)
        row.addWidget(self.why_void, 1)
        for button in (self.show_button, self.print_button, self.ledger_button, self.void_button):
            row.addWidget(button)
        return row

    def open(self, receipt_id: int = 0) -> None:
        """Show the book with one receipt chosen."""
        self.search.set_value("")
        self.day.set_value("")
        if receipt_id:
            found = self.desk.look(payment.receipt, receipt_id)
            self._shown_number = found.number if found else ""
            self.search.set_value(self._shown_number)
        self.refresh()

    def focus_first(self) -> None:
        """The list has the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read it again, keeping the place."""
        self._look_anew = False
        chosen = self._chosen()
        rows = self.desk.look(payment.receipts, day=self.day.value() or None, text=self.search.value().strip()) or ()
        self.lost.set(lost_text(self.desk.look(payment.skipped) or ()))
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        if rows:
            places = [place for place, row in enumerate(rows) if chosen and row.id == chosen.id]
            self.table.select_row(places[0] if places else 0)
        good = sum(row.fen for row in rows if not row.void)
        self.card.set_footer(
            tr("{n} 张，其中作废 {void} 张", n=len(rows), void=sum(row.void for row in rows)),
            tr("实收 {amount}", amount=money_text(good)),
        )
        self._offer(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """A number that was put into the search by another page goes with it; what a person typed stays."""
        super().hideEvent(event)
        if not event.spontaneous() and self._shown_number and self.search.value() == self._shown_number:
            self.search.set_value("")
            self._shown_number = ""
            self._look_anew = True

    def showEvent(self, event: QShowEvent) -> None:
        """After such a number all receipts are shown again."""
        super().showEvent(event)
        if self._look_anew:
            self.refresh()

    def find_text(self) -> None:
        """Go to the search."""
        self.search.setFocus()
        self.search.selectAll()

    def print_sheet(self) -> None:
        """Ctrl+P: print the chosen receipt; again, and marked so, if it was printed before."""
        self._with(lambda row: self.printRequested.emit(row.paper_id, False))

    def current_student(self) -> int | None:
        """The student of the chosen receipt."""
        row = self._chosen()
        return row.student_id if row else None

    def _chosen(self) -> ReceiptRow | None:
        place = self.table.currentIndex().row()
        return self.model.row_at(place) if 0 <= place < len(self.model.rows) else None

    def _with(self, use: "object") -> None:
        row = self._chosen()
        if row is not None:
            use(row)  # type: ignore[operator]

    def _offer(self, _place: int) -> None:
        row = self._chosen()
        for button in (self.show_button, self.print_button, self.ledger_button):
            button.setEnabled(row is not None)
        self.void_button.setEnabled(row is not None and not row.void)
        self.why_void.setText(_why_void(row) if row is not None and row.void else "")
        self.print_button.set_text(tr("补打") if row is not None and row.prints else tr("打印"))


class VoidDialog(Dialog):
    """Why a receipt is void; the number stays, the money is booked back."""

    def __init__(self, desk: Desk, row: ReceiptRow, parent: QWidget | None = None) -> None:
        """`row` is the receipt."""
        super().__init__(parent, tr("作废收据 {number}", number=row.number))
        self.desk, self.row, self._opid = desk, row, uuid4().hex
        text = tr(
            "{name} 的 {amount} 会冲回，号码保留并标“作废”。纸质收据请收回并盖作废章。",
            name=row.student,
            amount=money_text(row.fen),
        )
        reasons = [(one, one) for one in (tr("金额收错"), tr("收错学员"), tr("付款方式选错"), tr("家长未付款"))]
        self.problem = Strip("red", icon="warning-circle")
        self.reason = Field(tr("原因"), PickList(reasons, free=True, remember="void_reason"), required=True)
        self.body.addWidget(Text(text, "body", wrap=True))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.reason)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("void", tr("作废"), "danger", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "void":
            self.reject()
            return
        reason = str(self.reason.value() or "").strip()
        if not reason:
            self.reason.problem(tr("请写作废的原因"))
            return
        self.desk.do(payment.void, self.row.id, reason, opid=self._opid, beside=self._beside)
        if self.desk.done_well:
            self.desk.message(tr("收据 {number} 已作废", number=self.row.number))
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.problem.set(sentence(refused))
        return True


def _why_void(row: ReceiptRow) -> str:
    """When and why; a reason that was erased with the child is not told."""
    day = row.voided_at[:16].replace("T", " ")
    reason = row.void_reason
    return tr("{time} 作废：{reason}", time=day, reason=reason) if reason else tr("{time} 作废", time=day)


def _cell(row: ReceiptRow, key: str) -> Cell:
    if key == "number":
        return Cell(row.number, weight=500, tone="ink3" if row.void else "")
    if key == "issued":
        return Cell(row.issued_at[:16].replace("T", " "), tone="ink2")
    if key == "student":
        return Cell(row.student, second=row.student_number)
    if key == "payer":
        return Cell(row.payer or "—", tone="ink2")
    if key == "methods":
        return Cell(tr("、").join(word(METHOD, method) for method in row.methods), tone="ink2")
    if key == "amount":
        return Cell(money_text(row.fen), weight=500, tone="ink3" if row.void else "")
    if key == "cashier":
        return Cell(row.cashier, tone="ink2")
    pills = [(tr("作废"), "red")] if row.void else [(tr("有效"), "green")]
    if row.prints > 1:
        pills.append((tr("补打 {n}", n=row.prints - 1), "plain"))
    return Cell("", pills=tuple(pills))
