"""What the services of a registration come to: discounts, those that were taken off, the sum in figures and words."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.money import capitals
from app.rules.person import Discount
from app.ui import theme
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.text import ElidedText, Text
from app.ui.words import DISCOUNT, word


class ServicesSum(Card):
    """`removeAsked(Discount)`, and `returnAsked(Discount)` for one that was taken off."""

    removeAsked = Signal(object)
    returnAsked = Signal(object)

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__(padding=16, spacing=6)
        self.set_tint(True)
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(Text(tr("入托应缴"), "label", "primary"))
        self.capitals = Text("", "label", "primary", wrap=True)
        words.addWidget(self.capitals)
        row.addLayout(words, 1)
        self.total = Text("", "amount", "primary")
        row.addWidget(self.total)
        self.body.addLayout(row)

    def show_sum(
        self, total_fen: int, discounts: Sequence[Discount], removed: Sequence[Discount], siblings: Sequence[str],
    ) -> None:  # fmt: skip
        """Show these discounts, those that were taken off, and the sum; `siblings` give reason to a discount."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # or a pending show would make a window of it
                widget.setParent(None)
                widget.deleteLater()
        for discount in discounts:
            self._rows.addWidget(self._discount_row(discount, siblings))
        for taken_off in removed:
            self._rows.addWidget(self._removed_row(taken_off))
        if discounts or removed:
            self._rows.addWidget(Hairline("line"))
        self.total.setText(f"¥{money_text(total_fen)}")
        self.capitals.setText(f"人民币{capitals(total_fen)}")

    def _discount_row(self, discount: Discount, siblings: Sequence[str]) -> QWidget:
        name = word(DISCOUNT, discount.rule)
        why = discount.reason or (tr("按规则，{names} 在托", names=tr("、").join(siblings)) if siblings else "")
        holder, row = _row()
        row.addWidget(ElidedText("　".join(filter(None, (name, why))), "body", "accent"), 1)
        row.addWidget(Text(money_text(-discount.fen), "name", "accent"))
        remove = IconButton("x", tr("去掉{name}", name=name), size=32)
        remove.clicked.connect(partial(self.removeAsked.emit, discount))
        row.addWidget(remove)
        return holder

    def _removed_row(self, taken_off: Discount) -> QWidget:
        holder, row = _row()
        words = tr("已去掉{name}：{reason}", name=word(DISCOUNT, taken_off.rule), reason=taken_off.reason)
        row.addWidget(ElidedText(words, "secondary"), 1)
        back = Button(tr("恢复"), "link", small=True)
        back.clicked.connect(partial(self.returnAsked.emit, taken_off))
        row.addWidget(back)
        return holder


def _row() -> tuple[QWidget, QHBoxLayout]:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    return holder, row
