"""The right half of the payment page: methods, cash given and change, payer. look/ui-payment.png."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.process.payment import Paid
from app.rules import ledger as arithmetic
from app.ui import theme
from app.ui.texts import money_text, tr
from app.ui.widgets.basic import Card, Hairline, IconLabel, Text, scrolled
from app.ui.widgets.button import Button
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.words import METHOD, RELATION, word

SHOWN = (
    ("wechat", "chat-circle-dots"),
    ("cash", "money"),
    ("alipay", "wallet"),
    ("card", "credit-card"),
    ("transfer", "bank"),
)


class MethodsCard(Card):
    """How the money came. `changed` when any amount does."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(padding=20, spacing=10, parent=parent)
        self._total = 0
        outer = self.body
        holder = QWidget()
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(0, 0, theme.px(4), 0)
        self.body.setSpacing(theme.px(10))
        outer.addWidget(scrolled(holder), 1)
        self.body.addWidget(Text(tr("收款"), "card_title"))
        self.amounts: dict[str, AmountEdit] = {}
        self.body.addLayout(self._build_methods())
        self.body.addWidget(Hairline("line"))
        self.body.addLayout(self._build_cash())
        self.quick = QHBoxLayout()
        self.quick.setSpacing(theme.px(8))
        self.body.addLayout(self.quick)
        self.hint = Text(tr("可直接输入算式：1200+80，回车即算。"), "caption")
        self.body.addWidget(self.hint)
        self.payer = Field(tr("交款人"), PickList([], free=True))
        self.reference = Field(tr("交易单号"), LineEdit(tr("选填，微信 / 支付宝 / 银行单号后几位")))
        self.payer.changed.connect(self.changed)
        self.body.addWidget(FormRow(self.payer, self.reference))
        self.body.addStretch(1)
        self.body = outer
        foot = QHBoxLayout()
        self.allocated = Text("", "label", "green")
        self.difference = Text("", "secondary")
        foot.addWidget(self.allocated)
        foot.addStretch(1)
        foot.addWidget(self.difference)
        self.body.addLayout(foot)

    def _build_methods(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(8))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(3, 4)  # the amounts give way in a small window with large text
        for place, (method, icon) in enumerate(SHOWN):
            amount = AmountEdit(size="line")
            amount.setAccessibleName(tr("{method}金额", method=word(METHOD, method)))
            amount.setMinimumWidth(theme.px(110))
            amount.setMaximumWidth(theme.wide(170))
            amount.changed.connect(self._changed)
            amount.left.connect(self._changed)
            self.amounts[method] = amount
            grid.addWidget(IconLabel(icon, "primary", 22), place, 0)
            grid.addWidget(Text(word(METHOD, method), "name"), place, 1)
            grid.addWidget(Text(f"Alt+{place + 1}", "small"), place, 2)
            grid.addWidget(amount, place, 3)
        return grid

    def _build_cash(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(20))
        left = QVBoxLayout()
        left.setSpacing(theme.px(4))
        left.addWidget(Text(tr("收到现金"), "label"))
        self.given = AmountEdit(size="big")
        self.given.setAccessibleName(tr("收到现金"))
        self.given.changed.connect(self._changed)
        self.given.left.connect(self._changed)
        left.addWidget(self.given)
        row.addLayout(left, 3)
        self.change_box = Card(padding=12, spacing=0)
        self.change_box.set_tint("green_tint")
        self.change_caption = Text(tr("找零"), "label", "green")
        self.change = Text("0.00", "amount", "green")
        self.change_box.body.addWidget(self.change_caption)
        self.change_box.body.addWidget(self.change)
        row.addWidget(self.change_box, 2)
        return row

    # the state of the form ------------------------------------------------------------------------------------------

    def start(self, total_fen: int, guardians: Sequence[tuple[str, str]], payer: str) -> None:
        """Begin a payment of `total_fen` by one of the guardians."""
        for amount in (*self.amounts.values(), self.given):
            amount.set_value(None)
        self.reference.set_value("")
        self._relations = dict(guardians)
        options = [(name, f"{name}（{word(RELATION, relation)}）") for name, relation in guardians]
        self.payer.editor.set_options(options)
        self.payer.set_value(payer or (guardians[0][0] if guardians else ""))
        self.set_total(total_fen)

    def set_total(self, total_fen: int) -> None:
        """What is due now."""
        self._total = total_fen
        self._changed()

    def relation(self) -> str:
        """The relation of the chosen payer; empty for somebody typed freely."""
        return self._relations.get(str(self.payer.value()), "")

    def use(self, place: int) -> None:
        """Alt+1 to 5: put what is still open into this method and go there."""
        method = SHOWN[place][0]
        amount = self.amounts[method]
        if not amount.value():
            rest = self._total - sum(self._fen(one) for one in self.amounts if one != method)
            if rest > 0:
                amount.set_value(rest)
        amount.setFocus()
        amount.selectAll()
        self._changed()

    def _fen(self, method: str) -> int:
        return self.amounts[method].value() or 0

    def allocated_fen(self) -> int:
        """What is spread over the methods."""
        return sum(self._fen(method) for method in self.amounts)

    def cash_missing_fen(self) -> int:
        """How much the cash given falls short; an empty field means that it was exact."""
        given = self.given.value()
        return 0 if given is None else max(0, self._fen("cash") - given)

    def paid(self) -> tuple[Paid, ...]:
        """The methods with their amounts."""
        reference = str(self.reference.value()).strip()
        return tuple(
            Paid(method, self._fen(method), "" if method == "cash" else reference)
            for method in self.amounts
            if self._fen(method)
        )

    def given_fen(self) -> int:
        """Cash that was put on the counter; the cash amount itself when the field is empty."""
        given = self.given.value()
        return self._fen("cash") if given is None else given

    def reason(self) -> str:
        """Why an amount is refused, in words; empty when all are fine."""
        for amount in (*self.amounts.values(), self.given):
            if amount.reason():
                return amount.reason()
        return ""

    def _changed(self, *_: object) -> None:
        cash = self._fen("cash")
        self.given.setEnabled(bool(cash))
        missing = self.cash_missing_fen()
        tone = "red" if missing else "green"
        self.change_box.set_tint(f"{tone}_tint")
        self.change_caption.setText(tr("还差") if missing else tr("找零"))
        self.change.setText(money_text(missing or max(0, self.given_fen() - cash)))
        self.change_caption.set_tone(tone)
        self.change.set_tone(tone)
        self._show_quick(cash)
        allocated = self.allocated_fen()
        self.allocated.setText(tr("已分配 {part} / {all}", part=money_text(allocated), all=money_text(self._total)))
        self.allocated.set_tone("green" if allocated == self._total else "accent")
        rest = self._total - allocated
        self.difference.setText(
            tr("多收 {amount} 记为结余", amount=money_text(-rest))
            if rest < 0
            else tr("差额 {amount}", amount=money_text(rest)),
        )
        self.changed.emit()

    def _show_quick(self, cash: int) -> None:
        sums = arithmetic.quick_cash(cash) if cash else ()
        if getattr(self, "_quick_sums", None) == sums:
            return
        self._quick_sums = sums
        while (item := self.quick.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # or a pending show would make a window of it
                widget.setParent(None)
                widget.deleteLater()
        for place, fen in enumerate(sums):
            text = tr("正好") if place == 0 else money_text(fen).removesuffix(".00")
            button = Button(text, "secondary")
            button.clicked.connect(lambda _=False, fen=fen: self._give(fen))
            self.quick.addWidget(button, 1)

    def _give(self, fen: int) -> None:
        self.given.set_value(fen)
        self._changed()
