"""What stands on the last step once the registration was handed in: the number, and what is still to be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process.papers import PaperFact
from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.text import Text
from app.ui.words import RELATION, word


class TaskRow(QWidget):
    """One thing to do: an icon that turns green, what it is and how far, its button."""

    def __init__(self, title: str, button: Button, other: Button | None = None) -> None:
        """Not done yet; `other` is another way to do it."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.setSpacing(theme.px(12))
        self.icon = IconLabel("circle", "ink3", 22)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(title, "name"))
        self.state = Text("", "secondary", wrap=True)
        words.addWidget(self.state)
        self.button = button
        row.addWidget(self.icon)
        row.addLayout(words, 1)
        if other is not None:
            words.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(button)

    def set(self, state: str, *, done: bool) -> None:
        """How far it is."""
        self.icon.set_icon("check-circle" if done else "circle", "green" if done else "ink3")
        self.state.setText(state)
        self.state.set_tone("green" if done else "")


class DoneCard(Card):
    """`pressed(key)`: print, sign, screen, student, next."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until `show_done`."""
        super().__init__(padding=20, spacing=8, parent=parent)
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(IconLabel("check-circle", "green", 28, filled=True))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = Text("", "card_title", wrap=True)
        self.facts = Text("", "secondary", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        head.addLayout(words, 1)
        self.body.addLayout(head)
        self.body.addWidget(Hairline())
        self.print_button = Button(tr("再打一份"), "secondary", "Ctrl+P", "printer", bind=False)
        self.sign_button = Button(tr("家长已签字"), "primary", "Alt+Q", "check-circle")
        self.screen_button = Button(tr("在屏幕上签字"), "link", "Alt+W", "pen-nib", small=True)
        self.printed = TaskRow(tr("打印确认单"), self.print_button)
        self.signed = TaskRow(tr("家长签字"), self.sign_button, self.screen_button)
        self.body.addWidget(self.printed)
        self.body.addWidget(self.signed)
        self.body.addWidget(Hairline())
        row = QHBoxLayout()
        self.student_button = Button(tr("打开档案"), "link", icon="user")
        self.next_button = Button(tr("登记下一位"), "link", "F2", "user-plus", bind=False)
        row.addWidget(self.student_button)
        row.addWidget(self.next_button)
        row.addStretch(1)
        self.body.addLayout(row)
        for key, button in (
            ("print", self.print_button), ("sign", self.sign_button), ("screen", self.screen_button),
            ("student", self.student_button), ("next", self.next_button),
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, key=key: self.pressed.emit(key))
        self.hide()

    def show_done(self, title: str, facts: str, *, entered: bool) -> None:
        """What came of it; `entered` when there is a student's file to open."""
        self.title.setText(title)
        self.facts.setText(facts)
        self.facts.set_tone("")
        self.student_button.setVisible(entered)
        self.show()

    def show_money(self, text: str, *, paid: bool) -> None:
        """What is owed now; `paid` when nothing is."""
        self.facts.setText(text)
        self.facts.set_tone("green" if paid else "")

    def show_paper(self, paper: PaperFact, *, pad: bool) -> None:
        """How far printing and signing are; `pad`: it may be signed on the screen."""
        printed = tr("第 {n} 次打印", n=paper.prints) if paper.prints else tr("还没有打印")
        self.printed.set(printed, done=paper.prints > 0)
        self.print_button.set_text(tr("补打") if paper.prints else tr("打印"))
        self.sign_button.setVisible(not paper.signed)
        self.screen_button.setVisible(pad and not paper.signed)
        if paper.signed:
            who = f"{paper.signer}（{word(RELATION, paper.relation)}）"
            self.signed.set(f"{who}　{paper.signed_on}", done=True)
        else:
            self.signed.set(tr("等家长核对、签字"), done=False)
