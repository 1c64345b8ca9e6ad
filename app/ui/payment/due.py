"""The left half of the payment page: who pays, what to know before, what is due and its total."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process.payment import Account, Receipt
from app.ui import theme
from app.ui.payment.done import NOTICE
from app.ui.payment.items import ItemsCard, TotalBox
from app.ui.texts import money_text, tr
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.notice import Strip
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import ElidedText, Text
from app.ui.widgets.verb import Verb


class DueHalf(QWidget):
    """`changed` when another line is ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nobody's account."""
        super().__init__(parent)
        self.account: Account | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addLayout(self._build_head())
        self.signature = Strip("amber", icon="pen-nib", verbs=[Verb("sheet", tr("看确认单"))])
        self.over = Strip(
            "amber", icon="wallet",
            verbs=[Verb("keep", tr("记结余"), shortcut="Alt+K"), Verb("edit", tr("改"), shortcut="Alt+E")],
        )  # fmt: skip
        again = Verb("again", tr("是另一笔，继续"), shortcut="Alt+K")
        self.similar = Strip("amber", icon="copy", verbs=[again, Verb("stop", tr("不收了"))])
        self.unsigned = Strip("amber", icon="pen-nib", verbs=[
            Verb("take", tr("仍然收款"), shortcut="Alt+K"), Verb("sheet", tr("看确认单")),
        ])  # fmt: skip
        self.problem = Strip("red", icon="warning-circle")
        self.notice = Strip("blue", closable=True)
        for strip in (self.signature, self.unsigned, self.over, self.similar, self.problem, self.notice):
            column.addWidget(strip)
        self.items = ItemsCard()
        self.items.changed.connect(self._items_changed)
        column.addWidget(self.items, 1)
        self.total = TotalBox()
        column.addWidget(self.total)

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

    def begin(self) -> None:
        """Another payment: what was said about the one before goes."""
        for strip in (self.unsigned, self.over, self.similar, self.problem, self.notice):
            strip.set("")
        self.items.setEnabled(True)

    def show_account(self, account: Account) -> None:
        """Who pays, and what is due; lines that were unticked stay so."""
        self.account = account
        self.avatar.set_name(account.name)
        self.heading.setText(tr("收费　{name}", name=account.name))
        payer = tr("交款人 {name}", name=account.payer) if account.payer else ""
        self.facts.setText("　".join(filter(None, (account.number, account.class_name, payer))))
        self._show_balance(account.balance_fen)
        self.signature.set(
            "" if account.signed else tr("确认单还没有家长签字"),
            "" if account.signed else tr("请先打印确认单请家长签字，再收费。"),
        )
        self.items.show_account(account)
        self._show_total()

    def show_paid(self, receipt: Receipt) -> None:
        """The money was taken: what was paid stays to be read, the balance is that of now."""
        for strip in (self.signature, self.unsigned, self.over, self.similar, self.problem):
            strip.set("")
        self.items.setEnabled(False)
        self.total.set_paid(receipt.fen)
        self._show_balance(receipt.balance_fen)

    def due_fen(self) -> int:
        """What is to be paid now: the ticked lines less what was paid beforehand."""
        return max(0, self.items.total_fen() - self.account.credit_fen) if self.account is not None else 0

    def say(self, text: str, kind: str) -> None:
        """A message of the program, in its place instead of over the total."""
        self.notice.set_kind(NOTICE[kind])
        self.notice.set(text)

    def _show_balance(self, balance_fen: int) -> None:
        text = tr("账户余额 {amount}", amount=money_text(-balance_fen))
        self.balance.set(text, "red" if balance_fen > 0 else "primary")

    def _show_total(self) -> None:
        if self.account is not None:
            self.total.set_total(self.due_fen(), min(self.account.credit_fen, self.items.total_fen()))

    def _items_changed(self) -> None:
        self._show_total()
        self.changed.emit()
