"""Cash at the counter: what was handed over, the change, and buttons for the usual notes. Stands below the method."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules import ledger as arithmetic
from app.ui import theme
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.text import FittingText, Text

BUTTONS = 4
LARGEST = "88,888"  # the buttons keep room for it: nothing moves while one types


class CashBox(QWidget):
    """`changed` while the cash is typed, `left` afterwards, `gave(fen)` by a button. Always there: nothing jumps."""

    changed = Signal()
    left = Signal()
    gave = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No cash."""
        super().__init__(parent)
        self._sums: tuple[int, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(4))
        column.setSpacing(theme.px(6))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addLayout(self._build_given(), 3)
        row.addWidget(self._build_change(), 2)
        column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        self.quick: list[Button] = []
        for place in range(BUTTONS):
            button = Button("—", "secondary", small=True)
            button.hold_width(LARGEST)
            button.clicked.connect(lambda _=False, place=place: self.gave.emit(self._sums[place]))
            self.quick.append(button)
            buttons.addWidget(button, 1)
        column.addLayout(buttons)

    def _build_given(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(theme.px(4))
        left.addWidget(Text(tr("收到现金"), "label"))
        self.given = AmountEdit(size="big")
        self.given.setAccessibleName(tr("收到现金"))
        self.given.changed.connect(self.changed)
        self.given.left.connect(self.left)
        left.addWidget(self.given)
        return left

    def _build_change(self) -> Card:
        self.box = Card(padding=10, spacing=0)
        self.box.set_tint("green_tint")
        self.caption = Text(tr("找零"), "label", "green")
        self.change = FittingText("0.00", "amount", "green")
        self.box.body.addWidget(self.caption)
        self.box.body.addWidget(self.change)
        return self.box

    def set_tight(self, tight: bool) -> None:
        """Smaller figures, where the window is low for its text size."""
        self.given.set_size("line" if tight else "big")
        self.change.set_role("figure" if tight else "amount")

    def show_cash(self, cash_fen: int, given_fen: int, offered_fen: int) -> None:
        """Show change, or what is missing; the buttons offer notes for `offered_fen`."""
        missing = given_fen < cash_fen
        tone = "red" if missing else "green"
        self.box.set_tint(f"{tone}_tint")
        self.caption.setText(tr("还差") if missing else tr("找零"))
        self.change.setText(money_text(abs(given_fen - cash_fen)))
        self.caption.set_tone(tone)
        self.change.set_tone(tone)
        self._sums = arithmetic.quick_cash(offered_fen)
        for place, button in enumerate(self.quick):
            there = place < len(self._sums)
            button.setEnabled(there)
            fen = money_text(self._sums[place]).removesuffix(".00") if there else "—"
            button.set_text(tr("正好") if place == 0 else fen)
