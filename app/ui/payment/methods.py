"""The right half of the payment page: methods with their amounts, cash and change, payer. look/ui-payment.png."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.process.payment import Paid
from app.rules import ledger as arithmetic
from app.ui import theme
from app.ui.payment.cash import CashBox
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import Text
from app.ui.words import METHOD, RELATION, word

SHOWN = (
    ("wechat", "chat-circle-dots"),
    ("cash", "money"),
    ("alipay", "wallet"),
    ("card", "credit-card"),
    ("transfer", "bank"),
)
ROOMY = 590  # design pixels: in a lower card the figures are smaller and the title goes


class MethodsCard(Card):
    """How the money came. `changed` when any amount does.

    More cash than is due is cash that was handed over: the amount becomes what is due, the rest is change. Only who
    says so keeps it as credit.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(padding=20, spacing=10, parent=parent)
        self._total = 0
        self._tight = False
        self._relations: dict[str, str] = {}
        self.keeps_credit = False  # somebody said that what is too much stays as credit
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(10))
        self.title = Text(tr("收款"), "card_title")
        self.amounts: dict[str, AmountEdit] = {}
        self.cash = CashBox()
        self.cash.changed.connect(self._typed)
        self.cash.left.connect(self.settle)
        self.cash.gave.connect(self._give)
        self.given = self.cash.given
        column.addWidget(self.title)
        column.addLayout(self._build_methods())
        column.addWidget(Hairline("line"))
        self.payer = Field(tr("交款人"), PickList([], free=True))
        self.reference = Field(tr("交易单号"), LineEdit(tr("选填，单号后几位")))
        self.payer.changed.connect(self.changed)
        column.addWidget(FormRow(self.payer, self.reference))
        self.hint = Text(tr("可直接输入算式：1200+80，回车即算。"), "caption")
        column.addWidget(self.hint)
        column.addStretch(1)
        self.body.addWidget(scrolled(holder), 1)
        self.body.addLayout(self._build_foot())

    def _build_methods(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(6))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(3, 4)  # the amounts give way in a small window with large text
        line = 0
        for place, (method, icon) in enumerate(SHOWN):
            amount = AmountEdit(size="line")
            amount.setAccessibleName(tr("{method}金额", method=word(METHOD, method)))
            amount.setMinimumWidth(theme.px(110))
            amount.setMaximumWidth(theme.wide(170))
            amount.changed.connect(self._typed)
            amount.left.connect(self.settle)
            self.amounts[method] = amount
            grid.addWidget(IconLabel(icon, "primary", 22), line, 0)
            grid.addWidget(Text(word(METHOD, method), "name"), line, 1)
            grid.addWidget(Text(f"Alt+{place + 1}", "small"), line, 2)
            grid.addWidget(amount, line, 3)
            line += 1
            if method == "cash":
                grid.addWidget(self.cash, line, 1, 1, 3)
                line += 1
        return grid

    def _build_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.allocated = Text("", "label", "green")
        self.difference = Text("", "secondary")
        self.keep_button = Button(tr("记为结余"), "link", "Alt+K", small=True)
        self.keep_button.setToolTip(tr("不找零，多出的现金记为结余"))
        self.keep_button.clicked.connect(self.keep_as_credit)
        foot.addStrut(theme.px(30))  # the button comes and goes: nothing jumps
        foot.addWidget(self.allocated)
        foot.addStretch(1)
        foot.addWidget(self.difference)
        foot.addWidget(self.keep_button)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low card has smaller figures, so that amounts, cash and change are seen without scrolling."""
        super().resizeEvent(event)
        tight = event.size().height() < theme.px(ROOMY)
        if tight == self._tight:
            return
        self._tight = tight
        self.title.setVisible(not tight)
        for amount in self.amounts.values():
            amount.set_size("tight" if tight else "line")
        self.cash.set_tight(tight)

    # the state of the form ------------------------------------------------------------------------------------------

    def start(self, total_fen: int, guardians: Sequence[tuple[str, str]], payer: str) -> None:
        """Begin a payment of `total_fen` by one of the guardians."""
        for amount in (*self.amounts.values(), self.given):
            amount.set_value(None)
        self.keeps_credit = False
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
        return self._cash()[0] if method == "cash" else self.amounts[method].value() or 0

    def _cash(self) -> tuple[int, int | None]:
        """The cash part, and the cash on the counter if it is another sum (`ledger.cash_parts`)."""
        typed, given = self.amounts["cash"].value() or 0, self.given.value()
        return (typed, given) if self.keeps_credit else arithmetic.cash_parts(typed, given, self._rest_for_cash())

    def _rest_for_cash(self) -> int:
        others = sum(self.amounts[method].value() or 0 for method in self.amounts if method != "cash")
        return max(0, self._total - others)

    def allocated_fen(self) -> int:
        """What is spread over the methods."""
        return sum(self._fen(method) for method in self.amounts)

    def over_fen(self) -> int:
        """What would be kept as credit."""
        return max(0, self.allocated_fen() - self._total)

    def change_fen(self) -> int:
        """What is handed back."""
        return max(0, self.given_fen() - self._fen("cash"))

    def cash_missing_fen(self) -> int:
        """How much the cash given falls short; an empty field means that it was exact."""
        return max(0, self._fen("cash") - self.given_fen())

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
        cash, given = self._cash()
        return cash if given is None else given

    def reason(self) -> str:
        """Why an amount is refused, in words; empty when all are fine."""
        for amount in (*self.amounts.values(), self.given):
            if amount.reason():
                return amount.reason()
        return ""

    # typing -----------------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Write what was worked out into the fields: the cash part, and what was handed over."""
        cash, given = self._cash()
        if cash != (self.amounts["cash"].value() or 0):
            self.amounts["cash"].set_value(cash)
        if given is not None and given != self.given.value():
            self.given.set_value(given)
        self._changed()

    def keep_as_credit(self) -> None:
        """No change: all the cash that was handed over is paid, what is too much stays as credit."""
        given = self.given_fen()
        if self.change_fen():
            self.amounts["cash"].set_value(given)
            self.given.set_value(given)
        self.keeps_credit = True
        self._changed()

    def _typed(self) -> None:
        self.keeps_credit = False
        self._changed()

    def _changed(self) -> None:
        cash, change = self._fen("cash"), self.change_fen()
        self.cash.show_cash(cash, self.given_fen(), cash or self._rest_for_cash())
        allocated, rest = self.allocated_fen(), self._total - self.allocated_fen()
        self.allocated.setText(tr("已分配 {part} / {all}", part=money_text(allocated), all=money_text(self._total)))
        self.allocated.set_tone("green" if allocated == self._total else "accent")
        self.difference.setText(
            tr("多收 {amount}", amount=money_text(-rest))
            if rest < 0
            else tr("差额 {amount}", amount=money_text(rest)),
        )
        self.difference.setVisible(not change)
        self.keep_button.setVisible(change > 0)
        self.changed.emit()

    def _give(self, fen: int) -> None:
        self.keeps_credit = False
        if not self.amounts["cash"].value():
            self.amounts["cash"].set_value(self._rest_for_cash())
        self.given.set_value(fen)
        self._changed()
