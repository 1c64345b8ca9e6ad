"""What stands on the right after a payment: the change to hand out, the receipt, what may follow."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.process.payment import Receipt
from app.ui.texts import money_text, tr
from app.ui.widgets.basic import Card, IconLabel, Text
from app.ui.widgets.button import Button


class DoneCard(Card):
    """`pressed(key)`: preview, print, student, ledger."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_receipt`."""
        super().__init__(padding=24, spacing=12, parent=parent)
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
        verbs = (
            ("preview", tr("查看收据"), "receipt"), ("print", tr("再打一张（补打）"), "printer"),
            ("student", tr("学员档案"), "user"), ("ledger", tr("收费流水"), "list-bullets"),
        )  # fmt: skip
        for first in (0, 2):
            row = QHBoxLayout()
            for key, text, icon in verbs[first : first + 2]:
                button = Button(text, "secondary", icon=icon)
                button.clicked.connect(lambda _=False, key=key: self.pressed.emit(key))
                row.addWidget(button, 1)
            self.body.addLayout(row)
        self.body.addStretch(1)

    def show_receipt(self, receipt: Receipt) -> None:
        """Show the payment that was just taken."""
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
