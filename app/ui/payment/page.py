"""Taking a payment: what is due on the left, how it came on the right, F9 takes it and prints the receipt."""

from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import office, payment
from app.process.payment import Account, Receipt
from app.ui import theme
from app.ui.desk import Desk
from app.ui.payment.dialogs import ChargeDialog, DiscountDialog
from app.ui.payment.done import DoneCard
from app.ui.payment.find_student import FindStudent
from app.ui.payment.items import ItemsCard, TotalBox
from app.ui.payment.methods import SHOWN, MethodsCard
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.basic import Avatar, ElidedText, Page, Pill, Text
from app.ui.widgets.button import Button
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb


class PaymentPage(Page):
    """One payment of one student at a time; without a student it asks for one."""

    studentRequested = Signal(int)
    sheetRequested = Signal(int)
    ledgerRequested = Signal(int)
    paperRequested = Signal(int)
    printRequested = Signal(int, bool)  # paper, with the printer dialog
    backRequested = Signal()
    help_key = "payment"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Ask for a student; `open` starts with one."""
        super().__init__(parent=parent)
        self.desk = desk
        self.account: Account | None = None
        self.receipt: Receipt | None = None
        self._opid = ""
        self._similar_seen = False
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
        row.addLayout(self._build_left(), 56)
        row.addLayout(self._build_right(), 46)
        return work

    def _build_left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(theme.px(14))
        left.addLayout(self._build_head())
        self.signature = Strip("amber", icon="pen-nib", verbs=[Verb("sheet", tr("看确认单"))])
        self.signature.pressed.connect(lambda _: self._show_sheet())
        self.similar = Strip(
            "amber",
            icon="copy",
            verbs=[Verb("again", tr("是另一笔，继续")), Verb("stop", tr("不收了"))],
        )
        self.similar.pressed.connect(self._similar_pressed)
        self.problem = Strip("red", icon="warning-circle")
        for strip in (self.signature, self.similar, self.problem):
            left.addWidget(strip)
        self.items = ItemsCard()
        self.items.changed.connect(self._items_changed)
        self.items.chargeAsked.connect(self.add_line)
        self.items.discountAsked.connect(self._discount)
        left.addWidget(self.items, 1)
        self.total = TotalBox()
        left.addWidget(self.total)
        return left

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.avatar = Avatar("", 46)
        row.addWidget(self.avatar)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        self.heading = Text("", "dialog_title")
        self.facts = ElidedText("", "secondary")
        words.addWidget(self.heading)
        words.addWidget(self.facts)
        row.addLayout(words, 1)
        self.balance = Pill()
        row.addWidget(self.balance, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _build_right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(theme.px(12))
        self.methods = MethodsCard()
        self.methods.changed.connect(self._methods_changed)
        self.done = DoneCard()
        self.done.pressed.connect(self._done_pressed)
        self._right = QStackedWidget()
        self._right.addWidget(self.methods)
        self._right.addWidget(self.done)
        right.addWidget(self._right, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.cancel_button = Button(tr("取消"), "secondary", "Esc", bind=False, pay=True)
        self.cancel_button.clicked.connect(self.go_back)
        self.pay_button = Button(tr("收款并打印"), "primary", "F9", "printer", bind=False, pay=True)
        self.pay_button.clicked.connect(self.commit)
        row.addWidget(self.cancel_button, 1)
        row.addWidget(self.pay_button, 3)
        right.addLayout(row)
        return right

    def _show_sheet(self) -> None:
        if self.account is not None:
            self.sheetRequested.emit(self.account.student_id)

    # opening --------------------------------------------------------------------------------------------------------

    def open(self, student_id: int = 0) -> None:
        """Start a payment of this student, or ask for one."""
        self.receipt = None
        self._opid = uuid4().hex
        self._similar_seen = False
        self.similar.set("")
        self.problem.set("")
        account = self.desk.look(payment.open_items, student_id) if student_id else None
        self.account = account
        if account is None:
            self._stack.setCurrentIndex(0)
            self.find_student.start()
            return
        self._stack.setCurrentIndex(1)
        self._right.setCurrentIndex(0)
        self._show_account(account)
        self.methods.start(self._due(), account.guardians, account.payer)
        self._offer_rights()
        self._methods_changed()
        self.methods.amounts["wechat"].setFocus()

    def refresh(self) -> None:
        """Look again at what is due, keeping what was typed."""
        if self.account is None or self.receipt is not None:
            return
        account = self.desk.look(payment.open_items, self.account.student_id)
        if account is not None and account != self.account:
            self.account = account
            self._show_account(account)
            self.methods.set_total(self._due())

    def current_student(self) -> int | None:
        """The student whose payment is open."""
        return self.account.student_id if self.account else None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
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
        """Leave without taking anything."""
        if self.account is None:
            self.backRequested.emit()
            return
        self.open(0)
        self.backRequested.emit()

    def _show_account(self, account: Account) -> None:
        self.avatar.set_name(account.name)
        self.heading.setText(tr("收费　{name}", name=account.name))
        payer = tr("交款人 {name}", name=account.payer) if account.payer else ""
        self.facts.setText("　".join(filter(None, (account.number, account.class_name, payer))))
        self.balance.set(
            tr("账户余额 {amount}", amount=money_text(-account.balance_fen)),
            "red" if account.balance_fen > 0 else "primary",
        )
        self.signature.set(
            "" if account.signed else tr("确认单还没有家长签字"),
            "" if account.signed else tr("请先打印确认单请家长签字，再收费。"),
        )
        self.items.show_account(account)
        self._show_total()

    def _offer_rights(self) -> None:
        may = "charge" in office.rights_of(self.desk.actor)
        for button in (self.items.charge_button, self.items.discount_button):
            button.setVisible(may)

    def _due(self) -> int:
        if self.account is None:
            return 0
        return max(0, self.items.total_fen() - self.account.credit_fen)

    def _show_total(self) -> None:
        if self.account is not None:
            self.total.set_total(self._due(), min(self.account.credit_fen, self.items.total_fen()))

    def _items_changed(self) -> None:
        self._show_total()
        self.methods.set_total(self._due())

    def _methods_changed(self) -> None:
        self.problem.set("")
        missing = self.methods.cash_missing_fen()
        amount = self.methods.allocated_fen()
        reason = self.methods.reason()
        if missing:
            reason = tr("收到的现金还差 {amount}", amount=money_text(missing))
        self.pay_button.setEnabled(self.receipt is None and amount > 0 and not reason)
        if self.receipt is not None:
            self.pay_button.set_text(tr("已收款"))
            return
        text = tr("收款并打印") if not amount else tr("收款 {amount} 并打印", amount=money_text(amount))
        self.pay_button.set_text(text)
        self.pay_button.setToolTip(reason or ("" if amount else tr("先填收款金额：Alt+1 微信，Alt+2 现金……")))

    def _use(self, place: int) -> None:
        if self.account is not None and self.receipt is None:
            self.methods.use(place)

    # taking ---------------------------------------------------------------------------------------------------------

    def commit(self, *, dialog: bool = False) -> None:
        """F9: take the money, then print. A second F9 does nothing."""
        if self.account is None or self.receipt is not None:
            return
        if not self.pay_button.isEnabled():
            self.problem.set(self.pay_button.toolTip())
            return
        if not self._similar_seen and self._warn_similar():
            return
        chosen = None if self.items.all_chosen() else self.items.chosen()
        payer = str(self.methods.payer.value() or "").strip()
        receipt = self.desk.do(
            payment.take,
            student_id=self.account.student_id,
            methods=self.methods.paid(),
            opid=self._opid,
            chosen=chosen,
            given_fen=self.methods.given_fen(),
            payer=payer,
            relation=self.methods.relation(),
            beside=self._beside,
        )
        if receipt is None:
            return
        self.receipt = receipt
        self._right.setCurrentIndex(1)
        self.cancel_button.setFocus()
        self.done.show_receipt(receipt)
        self._methods_changed()
        self.cancel_button.set_text(tr("下一位"))
        self.printRequested.emit(receipt.paper_id, dialog)

    def commit_with_dialog(self) -> None:
        """Shift+F9: as F9, with the printer dialog."""
        self.commit(dialog=True)

    def _beside(self, refused: Refused) -> bool:
        self.problem.set(sentence(refused))
        return True

    def _warn_similar(self) -> bool:
        assert self.account is not None  # noqa: S101 - commit has looked
        found = self.desk.look(payment.similar, self.account.student_id, self.methods.allocated_fen())
        if found is None:
            return False
        self.similar.set(
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
        self.similar.set("")
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
            self.printRequested.emit(self.receipt.paper_id, False)
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
