"""The left half of the payment page: what is due, ticked line by line, with the total in figures and capitals."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayoutItem, QVBoxLayout, QWidget

from app.process.payment import Account, OpenItem
from app.rules.money import capitals
from app.ui import theme
from app.ui.fee_words import how_counted, price_text
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.form.check_box import CheckBox
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import ElidedText, Text
from app.ui.words import DISCOUNT, LEDGER_KIND, word

WRAPS_ABOVE = 115  # per cent of text size


class ItemsCard(Card):
    """The open items. `changed` when a tick does."""

    changed = Signal()
    chargeAsked = Signal()
    discountAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(padding=18, spacing=4, parent=parent)
        self._ticks: dict[int, CheckBox] = {}
        self._off: set[int] = set()
        self._items: tuple[OpenItem, ...] = ()
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setHorizontalSpacing(theme.px(10))
        for column, stretch in ((1, 3), (2, 4), (3, 2), (4, 2)):
            self._grid.setColumnStretch(column, stretch)
        self.body.addWidget(scrolled(self._holder), 1)
        row = QHBoxLayout()
        self.charge_button = Button(tr("添加项目"), "link", "Ins", bind=False)
        self.charge_button.clicked.connect(self.chargeAsked)
        self.discount_button = Button(tr("优惠 / 减免"), "link", "Alt+D")
        self.discount_button.clicked.connect(self.discountAsked)
        row.addWidget(self.charge_button)
        row.addWidget(self.discount_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_account(self, account: Account) -> None:
        """Show the open items of an account, ticked but for those that were there and unticked."""
        self._items = account.items
        self._off = {charge_id for charge_id, tick in self._ticks.items() if not tick.isChecked()}
        self._ticks = {}
        while (taken := self._grid.takeAt(0)) is not None:
            _drop(taken)
        heads = ("", tr("项目"), tr("期间"), tr("单价 × 数量"), tr("尚欠"))
        for column, title in enumerate(heads):
            right = Qt.AlignmentFlag.AlignRight if column > 2 else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(Text(title, "caption"), 0, column, right)
        for place, item in enumerate(self._items):
            self._add_item(2 * place + 1, item)
        if not self._items:
            nothing = Text(tr("没有未缴的项目。可以直接收款，多收的记为结余。"), "secondary", wrap=True)
            self._grid.addWidget(nothing, 1, 0, 1, 5)
        self._grid.setRowStretch(2 * len(self._items) + 3, 1)

    def _add_item(self, line: int, item: OpenItem) -> None:
        self._grid.addWidget(Hairline(), line, 0, 1, 5)
        tone = "accent" if item.discount else ""
        if not item.discount:
            tick = CheckBox("")
            tick.setAccessibleName(tr("这次缴 {name}", name=item.name))
            tick.setChecked(item.charge_id not in self._off)
            tick.toggled.connect(self.changed)
            self._ticks[item.charge_id] = tick
            self._grid.addWidget(tick, line + 1, 0)
        self._grid.addWidget(ElidedText(_name(item), "name", tone), line + 1, 1)
        self._grid.addLayout(_period(item, tone), line + 1, 2)
        if item.quantity and not item.discount:
            text = price_text(item.unit_fen, item.quantity, item.unit).replace("× ", "×\u00a0")
            wraps = theme.percent() > WRAPS_ABOVE
            self._grid.addWidget(Text(text, "secondary", wrap=wraps), line + 1, 3, Qt.AlignmentFlag.AlignRight)
        amount = Text(money_text(item.open_fen), "name", tone)
        self._grid.addWidget(amount, line + 1, 4, Qt.AlignmentFlag.AlignRight)
        self._grid.setRowMinimumHeight(line + 1, theme.px(40))

    def chosen(self) -> tuple[int, ...]:
        """The charges that are to be paid now."""
        return tuple(charge_id for charge_id, tick in self._ticks.items() if tick.isChecked())

    def all_chosen(self) -> bool:
        """Whether everything that is open is to be paid."""
        return all(tick.isChecked() for tick in self._ticks.values())

    def total_fen(self) -> int:
        """What the ticked lines come to, discounts taken off, in fen."""
        wanted = set(self.chosen())
        return max(0, sum(item.open_fen for item in self._items if item.discount or item.charge_id in wanted))


class TotalBox(Card):
    """The largest figure on the screen, with its capitals below the caption."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing due."""
        super().__init__(padding=20, spacing=0, parent=parent)
        self.set_tint(True)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        self.caption = Text(tr("应收合计"), "label", "primary")
        self.capitals = Text("", "label", "primary", wrap=True)
        words.addWidget(self.caption)
        words.addWidget(self.capitals)
        row.addLayout(words, 1)
        self.figure = Text("", "total")
        row.addWidget(self.figure)
        self.body.addLayout(row)
        self.set_total(0, 0)

    def set_paid(self, fen: int) -> None:
        """Show what was taken."""
        self.set_total(fen, 0)
        self.caption.setText(tr("本次实收"))

    def set_total(self, fen: int, credit_fen: int) -> None:
        """Show what is to be paid now; `credit_fen` is what was paid before and is taken off."""
        self.figure.setText(f"¥{money_text(fen)}")
        self.capitals.setText(f"人民币{capitals(fen)}")
        self.caption.setText(
            tr("应收合计（已扣结余 {amount}）", amount=money_text(credit_fen)) if credit_fen else tr("应收合计"),
        )


def _drop(taken: QLayoutItem) -> None:
    """Forget what stood in a cell, or in the column of a cell."""
    column = taken.layout()
    while column is not None and (inner := column.takeAt(0)) is not None:
        _drop(inner)
    if (widget := taken.widget()) is not None:
        widget.hide()  # or a pending show would make a window of it
        widget.setParent(None)
        widget.deleteLater()


def _name(item: OpenItem) -> str:
    if item.discount:
        return item.note or word(DISCOUNT, item.rule)
    return item.name or item.note or word(LEDGER_KIND, item.kind)


def _period(item: OpenItem, tone: str) -> QVBoxLayout:
    """The period, and below it how the quantity was counted from it."""
    column = QVBoxLayout()
    column.setSpacing(0)
    if item.discount or not item.period_from:
        return column
    text = tr("{first} 至 {last}", first=item.period_from, last=item.period_to)
    column.addWidget(Text(text, "secondary", tone, wrap=True))
    if item.quantity and (rule := how_counted(item.unit)):
        column.addWidget(Text(rule, "caption", wrap=True))
    return column
