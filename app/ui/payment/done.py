"""What stands on the right after a payment: the change to hand out, the receipt and its printing, what may follow."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process.papers import PaperFact
from app.process.payment import Receipt
from app.ui import theme
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import Text

NOTICE = {"ok": "green", "info": "blue", "warning": "amber", "problem": "red"}


class DoneCard(Card):
    """`pressed(key)`: preview, print, student, ledger."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_receipt`."""
        super().__init__(padding=24, spacing=12, parent=parent)
        outer, holder = self.body, QWidget()
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))
        outer.addWidget(scrolled(holder))  # with large text the change is never squeezed
        head = QHBoxLayout()
        head.addWidget(IconLabel("check-circle", "green", 28, filled=True))
        self.title = Text("", "dialog_title")
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        self.number = Text("", "name")
        self.body.addWidget(self.number)
        self.change_box = Card(padding=18, spacing=2)
        self.change_box.set_tint("green_tint")
        self.change_box.body.addWidget(Text(tr("找零"), "label", "green"))
        self.change = Text("", "total", "green")
        self.change_box.body.addWidget(self.change)
        self.body.addWidget(self.change_box)
        self.balance = Text("", "body", wrap=True)
        self.body.addWidget(self.balance)
        self.printing = Text("", "body", wrap=True)
        self.body.addWidget(self.printing)
        self.message = Strip("blue", closable=True)
        self.body.addWidget(self.message)
        self._build_ways()
        self.body.addStretch(1)
        self.body = outer

    def _build_ways(self) -> None:
        self.print_button = Button(tr("打印收据"), "secondary", "Ctrl+P", "printer", bind=False)
        for pair in (
            (("preview", Button(tr("查看收据"), "secondary", icon="receipt")), ("print", self.print_button)),
            (
                ("student", Button(tr("学员档案"), "secondary", icon="user")),
                ("ledger", Button(tr("收费流水"), "secondary", icon="list-bullets")),
            ),
        ):
            row = QHBoxLayout()
            for key, button in pair:
                button.clicked.connect(lambda _=False, key=key: self.pressed.emit(key))
                row.addWidget(button, 1)
            self.body.addLayout(row)

    def say(self, text: str, kind: str) -> None:
        """A message of the program, in its place."""
        self.message.set_kind(NOTICE[kind])
        self.message.set(text)

    def _show_printing(self, paper: PaperFact | None) -> None:
        prints = paper.prints if paper else 0
        said = tr("收据已打印") if prints == 1 else tr("收据已补打，第 {n} 次", n=prints)
        self.printing.setText(said if prints else tr("收据还没有打印"))
        self.printing.set_tone("green" if prints else "amber")
        self.print_button.set_text(tr("补打第 {n} 次", n=prints + 1) if prints else tr("打印收据"))

    def show_receipt(self, receipt: Receipt, paper: PaperFact | None) -> None:
        """Show the payment that was taken, and how far its receipt is."""
        if self.number.text() != tr("收据 {number}", number=receipt.number):
            self.message.set("")
        self._show_printing(paper)
        self.title.setText(tr("已收 {amount}", amount=money_text(receipt.fen)))
        self.number.setText(tr("收据 {number}", number=receipt.number))
        self.change_box.setVisible(receipt.change_fen > 0)
        self.change.setText(money_text(receipt.change_fen))
        if receipt.balance_fen > 0:
            self.balance.setText(tr("尚欠 {amount}", amount=money_text(receipt.balance_fen)))
            self.balance.set_tone("red")
        elif receipt.balance_fen < 0:
            self.balance.setText(tr("已结清，结余 {amount}", amount=money_text(-receipt.balance_fen)))
            self.balance.set_tone("green")
        else:
            self.balance.setText(tr("已结清"))
            self.balance.set_tone("green")
