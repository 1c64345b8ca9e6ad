"""The right half of the payment page: how the money came, and after it the receipt; below, the button that takes it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.process.payment import Account
from app.ui import theme
from app.ui.payment.done import DoneCard
from app.ui.payment.methods import MethodsCard
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button

LARGEST_FEN = 88_888_00  # the page keeps room for the digits of such a sum: nothing moves while one types


class TakingHalf(QWidget):
    """`changed` when an amount does, `pay` and `next` from the large button, `leave` from the other one."""

    changed = Signal()
    pay = Signal()
    next = Signal()
    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(parent)
        self._taken = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.methods = MethodsCard()
        self.methods.changed.connect(self._methods_changed)
        self.done = DoneCard()
        self._cards = QStackedWidget()
        self._cards.addWidget(self.methods)
        self._cards.addWidget(self.done)
        column.addWidget(self._cards, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.cancel_button = Button(tr("取消"), "secondary", "Esc", bind=False, pay=True)
        self.cancel_button.clicked.connect(self.leave)
        self.pay_button = Button(tr("收款并打印"), "primary", "F9", "printer", bind=False, pay=True)
        self.pay_button.clicked.connect(lambda: self.next.emit() if self._taken else self.pay.emit())
        self.pay_button.hold_width(tr("收款 {amount} 并打印", amount=money_text(LARGEST_FEN)))
        row.addWidget(self.cancel_button, 1)
        row.addWidget(self.pay_button, 3)
        column.addLayout(row)

    def start(self, account: Account, due_fen: int) -> None:
        """Begin a payment of what is due."""
        self._show(taken=False)
        self.methods.start(due_fen, account.guardians, account.payer)
        self.methods.amounts["wechat"].setFocus()

    def show_taken(self) -> None:
        """The money was taken: the receipt, and what comes next. The focus is on no button that F9 stood on."""
        self._show(taken=True)
        self.pay_button.setEnabled(True)
        self.pay_button.setToolTip("")
        self.pay_button.set_text(tr("收下一位"))
        self.cancel_button.setFocus()

    def _show(self, *, taken: bool) -> None:
        self._taken = taken
        self._cards.setCurrentIndex(1 if taken else 0)
        self.cancel_button.set_text(tr("返回") if taken else tr("取消"))
        self.pay_button.set_key("F7" if taken else "F9")
        self.pay_button.set_icon("arrow-right" if taken else "printer")

    def why_not(self) -> str:
        """Why nothing can be taken yet, in words; empty when it can."""
        missing = self.methods.cash_missing_fen()
        if missing:
            return tr("收到的现金还差 {amount}", amount=money_text(missing))
        if reason := self.methods.reason():
            return reason
        return "" if self.methods.allocated_fen() else tr("先填收款金额：Alt+1 微信，Alt+2 现金……")

    def _methods_changed(self) -> None:
        if self._taken:
            return
        amount, reason = self.methods.allocated_fen(), self.why_not()
        self.pay_button.setEnabled(not reason)
        self.pay_button.setToolTip(reason)
        text = tr("收款并打印") if not amount else tr("收款 {amount} 并打印", amount=money_text(amount))
        self.pay_button.set_text(text)
        self.changed.emit()
