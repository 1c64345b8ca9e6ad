"""Taking a payment: what is due on the left, how it came on the right, F9 takes it and prints the receipt."""

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.errors import Refused
from app.process import data_folder, papers, payment
from app.process.payment import Account, Receipt
from app.ui import theme
from app.ui.desk import Desk, Message
from app.ui.payment.dialogs import ChargeDialog, DiscountDialog
from app.ui.payment.due import DueHalf
from app.ui.payment.find_student import FindStudent
from app.ui.payment.methods import SHOWN
from app.ui.payment.taking import TakingHalf
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.page import Page


class PaymentPage(Page):
    """One payment of one student at a time; without a student it asks for one."""

    studentRequested = Signal(int)
    sheetRequested = Signal(int)
    ledgerRequested = Signal(int)
    paperRequested = Signal(int)
    printRequested = Signal(int, bool)  # paper, with the printer dialog
    backRequested = Signal()
    keysChanged = Signal()
    help_key = "payment"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Ask for a student; `open` starts with one."""
        super().__init__(parent=parent)
        self.desk = desk
        self.account: Account | None = None
        self.receipt: Receipt | None = None
        self._opid = ""
        self._similar_seen = self._warned = False
        self._stack = QStackedWidget()
        self.find_student = FindStudent(desk)
        self.find_student.chosen.connect(self.open)
        self._stack.addWidget(self.find_student)
        self._stack.addWidget(self._build_work())
        self.body.addWidget(self._stack, 1)
        for place in range(len(SHOWN)):
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.activated.connect(lambda place=place: self._use(place))

    # what stands on the page ----------------------------------------------------------------------------------------

    def _build_work(self) -> QWidget:
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(20))
        self.due = DueHalf()
        self.items, self.total = self.due.items, self.due.total
        self.due.signature.pressed.connect(lambda _: self._show_sheet())
        self.due.over.pressed.connect(self._over_pressed)
        self.due.similar.pressed.connect(self._similar_pressed)
        self.due.unsigned.pressed.connect(self._unsigned_pressed)
        self.items.chargeAsked.connect(self.add_line)
        self.items.discountAsked.connect(self._discount)
        row.addWidget(self.due, 56)
        self.taking = TakingHalf()
        self.methods, self.done = self.taking.methods, self.taking.done
        self.pay_button = self.taking.pay_button
        self.due.changed.connect(lambda: self.methods.set_total(self.due.due_fen()))
        self.done.pressed.connect(self._done_pressed)
        self.taking.changed.connect(self._amounts_changed)
        self.taking.pay.connect(self.commit)
        self.taking.next.connect(lambda: self.open(0))
        self.taking.leave.connect(self.go_back)
        row.addWidget(self.taking, 46)
        return work

    def _show_sheet(self) -> None:
        if self.account is not None:
            self.sheetRequested.emit(self.account.student_id)

    # opening --------------------------------------------------------------------------------------------------------

    def open(self, student_id: int = 0) -> None:
        """Start a payment of this student, or ask for one."""
        self.receipt = None
        self._opid = uuid4().hex
        self._similar_seen = self._warned = False
        self.due.begin()
        self.account = self.desk.look(payment.open_items, student_id) if student_id else None
        if self.account is None:
            self._stack.setCurrentIndex(0)
            self.find_student.start()
        else:
            self._stack.setCurrentIndex(1)
            self.due.show_account(self.account)
            self._offer_rights()
            self.taking.start(self.account, self.due.due_fen())
        self.keysChanged.emit()

    def refresh(self) -> None:
        """Look again at what is due, keeping what was typed; after the payment, at its receipt."""
        if not data_folder.is_open():
            return
        if self.account is None:
            self.find_student.refresh()
        elif self.receipt is not None:
            self._show_receipt(self.receipt)
        else:
            account = self.desk.look(payment.open_items, self.account.student_id)
            if account is not None and account != self.account:
                self.account = account
                self.due.show_account(account)
                self.methods.set_total(self.due.due_fen())

    def current_student(self) -> int | None:
        """The student whose payment is open; nobody once the money was taken, for then F7 asks for the next one."""
        return self.account.student_id if self.account and self.receipt is None else None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar: what they do now."""
        if self.account is None:
            return [("F3", tr("查找")), ("Enter", tr("收费")), ("Esc", tr("返回"))]
        if self.receipt is not None:
            return [("F7", tr("收下一位")), ("Ctrl+P", self.done.print_button.text()), ("Esc", tr("返回"))]
        return [
            ("Alt+1…5", tr("收款方式")),
            ("Ins", tr("添加项目")),
            ("Alt+D", tr("优惠")),
            ("F9", tr("收款并打印")),
            ("Esc", tr("返回")),
        ]

    def find_text(self) -> None:
        """Ask for another student."""
        self.open(0)

    def go_back(self) -> None:
        """Leave; nothing more is taken."""
        self.open(0)
        self.backRequested.emit()

    def say(self, message: Message) -> bool:
        """Show a message in the page, where it covers no amount; False for one with an undo."""
        if message.undo is not None or self.account is None:
            return False
        if self.receipt is not None:
            self.done.say(message.text, message.kind)
        else:
            self.due.say(message.text, message.kind)
        return True

    def _offer_rights(self) -> None:
        may = self.desk.may("charge")
        for button in (self.items.charge_button, self.items.discount_button):
            button.setVisible(may)

    def _amounts_changed(self) -> None:
        self.due.problem.set("")
        self.due.over.set("")

    def _use(self, place: int) -> None:
        if self.account is not None and self.receipt is None:
            self.methods.use(place)

    # taking ---------------------------------------------------------------------------------------------------------

    def commit(self, *, dialog: bool = False) -> None:
        """F9: take the money, then print. A second F9 does nothing."""
        if self.account is None or self.receipt is not None:
            return
        self.methods.settle()
        if reason := self.taking.why_not():
            self.due.problem.set(reason)
            return
        if self._warn_over() or (not self._similar_seen and self._warn_similar()):
            return
        receipt = self.desk.do(
            payment.take,
            student_id=self.account.student_id,
            methods=self.methods.paid(),
            opid=self._opid,
            chosen=None if self.items.all_chosen() else self.items.chosen(),
            given_fen=self.methods.given_fen(),
            payer=str(self.methods.payer.value() or "").strip(),
            relation=self.methods.relation(),
            warned=self._warned,
            beside=self._beside,
        )
        if receipt is None:
            return
        self.receipt = receipt
        self.due.show_paid(receipt)
        self.taking.show_taken()
        self._show_receipt(receipt)
        self.printRequested.emit(receipt.paper_id, dialog)

    def commit_with_dialog(self) -> None:
        """Shift+F9: as F9, with the printer dialog."""
        self.commit(dialog=True)

    def print_sheet(self) -> None:
        """Ctrl+P: print the receipt of the payment that was taken."""
        if self.receipt is not None:
            self.printRequested.emit(self.receipt.paper_id, False)

    def _show_receipt(self, receipt: Receipt) -> None:
        paper = self.desk.look(papers.look_up, receipt.paper_id, beside=lambda _: True)
        self.done.show_receipt(receipt, paper)
        self.keysChanged.emit()

    def _beside(self, refused: Refused) -> bool:
        if refused.code == "sheet_not_signed_yet":
            self.due.signature.set("")
            self.due.unsigned.set(sentence(refused))
            self._warned = True  # F9 once more is an answer too
        else:
            self.due.problem.set(sentence(refused))
        return True

    def _unsigned_pressed(self, key: str) -> None:
        if key == "sheet":
            self._show_sheet()
        else:
            self.due.unsigned.set("")
            self.commit()

    def _warn_over(self) -> bool:
        """More than is due is kept as credit only when somebody says so; where nothing is due the page says it."""
        over = self.methods.over_fen()
        if not over or not self.due.due_fen() or self.methods.keeps_credit:
            return False
        self.due.over.set(tr("多收 {amount}，记为结余吗？", amount=money_text(over)))
        return True

    def _over_pressed(self, key: str) -> None:
        self.due.over.set("")
        if key == "keep":
            self.methods.keep_as_credit()
            self.commit()
        else:
            amounts = self.methods.amounts.values()
            max(amounts, key=lambda one: one.value() or 0).setFocus()

    def _warn_similar(self) -> bool:
        assert self.account is not None  # noqa: S101 - commit has looked
        fen = self.methods.allocated_fen()
        found = self.desk.look(payment.similar, self.account.student_id, fen, opid=self._opid)
        if found is None:
            return False
        self.due.similar.set(
            tr(
                "{time} 刚收过一笔 {amount}（{number}）",
                time=found.issued_at[11:16],
                amount=money_text(found.fen),
                number=found.number,
            ),
            tr("十分钟内金额相同。确认是另一笔再继续，避免重复收费。"),
        )
        return True

    def _similar_pressed(self, key: str) -> None:
        self.due.similar.set("")
        if key == "again":
            self._similar_seen = True
            self.commit()
        else:
            self.go_back()

    def _done_pressed(self, key: str) -> None:
        if self.receipt is None or self.account is None:
            return
        if key == "preview":
            self.paperRequested.emit(self.receipt.paper_id)
        elif key == "print":
            self.print_sheet()
        elif key == "student":
            self.studentRequested.emit(self.account.student_id)
        else:
            self.ledgerRequested.emit(self.account.student_id)

    # adding to what is due ------------------------------------------------------------------------------------------

    def add_line(self) -> None:
        """Ins: charge something more."""
        if self.account is not None and self.receipt is None and self.items.charge_button.isVisible():
            ChargeDialog(self.desk, self.account.student_id, self).exec()

    def _discount(self) -> None:
        if self.account is not None and self.receipt is None:
            DiscountDialog(self.desk, self.account.student_id, self).exec()
