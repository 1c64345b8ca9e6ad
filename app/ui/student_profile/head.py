"""The head of the file: who it is, how things stand, and the ways from here."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.process.student_file import Profile
from app.ui import theme
from app.ui.texts import money_text, tr
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button, IconButton, MenuButton
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import ElidedText, Text
from app.ui.words import STUDENT_STATE, word

STATE_KINDS = {"entered": "blue", "paid": "green", "enrolled": "green", "suspended": "amber"}


class FileHead(QWidget):
    """Avatar, name, state, balance; payment, sheet, ledger, log, back."""

    payAsked = Signal()
    sheetAsked = Signal()
    ledgerAsked = Signal()
    logAsked = Signal()
    mergeAsked = Signal()
    backAsked = Signal()

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(14))
        self.avatar = Avatar("", 56)
        row.addWidget(self.avatar)
        row.addLayout(self._words(), 1)
        self.log = IconButton("clipboard-text", tr("在操作日志里看"), size=36, framed=True)
        self._offers: dict[QAbstractButton, str] = {}  # with the right that it needs
        for button, right, asked in (
            (Button(tr("收费"), "primary", "F7", "credit-card", bind=False), "take_payment", self.payAsked),
            (Button(tr("确认单"), "secondary", "Ctrl+P", "printer", bind=False), "register", self.sheetAsked),
            (Button(tr("收费流水"), "secondary", icon="list-bullets"), "see_ledger", self.ledgerAsked),
            (self.log, "see_log", self.logAsked),
            (Button(tr("返回"), "quiet", "Esc", bind=False), "", self.backAsked),
        ):
            if right:
                self._offers[button] = right
            button.clicked.connect(asked)
            row.addWidget(button)
        self.more = MenuButton("dots-three", tr("更多"))
        self.merge = self.more.menu.addAction(tr("合并另一份档案…"))
        self.merge.setShortcut("Alt+M")
        self.merge.triggered.connect(self.mergeAsked)
        self.addAction(self.merge)  # the key holds while the menu is closed
        row.insertWidget(row.count() - 1, self.more)

    def _words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        first = QHBoxLayout()
        self.name = Text("", "page_title")
        self.state = Pill()
        self.balance = Pill()
        for widget in (self.name, self.state, self.balance):
            first.addWidget(widget)
        first.addStretch(1)
        self.facts = ElidedText("", "secondary")
        words.addLayout(first)
        words.addWidget(self.facts)
        return words

    def offer(self, may: Callable[[str], bool]) -> None:
        """Show the ways that this person may go."""
        for button, right in self._offers.items():
            button.setVisible(may(right))
        self.more.setVisible(may("merge_students"))
        self.merge.setEnabled(may("merge_students"))

    def show_profile(self, found: Profile) -> None:
        """Show a student."""
        child = found.registration.child
        self.avatar.set_name(child.name)
        self.name.setText(child.name)
        self.state.set(word(STUDENT_STATE, found.state), STATE_KINDS.get(found.state, "plain"))
        self.balance.setVisible(found.balance_fen is not None)
        if found.balance_fen is not None:
            owes = found.balance_fen > 0
            self.balance.set(tr("余额 {amount}", amount=money_text(-found.balance_fen)), "red" if owes else "primary")
        self.facts.setText("　".join(filter(None, (found.number, found.class_name, child.school))))
