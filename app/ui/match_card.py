"""A registration beside the record that it may be already, fact by fact; what is the same stands out (P1)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.process.matches import Match
from app.rules import phones
from app.rules.person import Registration
from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chips import FlowLayout
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import APPLICATION_STATE, RELATION, STUDENT_STATE, word


class MatchCard(Card):
    """`studentAsked(id)`: the person wants to see the file of the other; `pressed(key)`: one of the verbs."""

    studentAsked = Signal(int)
    pressed = Signal(str)

    def __init__(
        self,
        whole: Registration,
        match: Match,
        answer: str = "",
        verbs: Sequence[Verb] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`match` was found for `whole`; `answer` is what was said about it, `verbs` what may be said.

        A match that is neither student nor application is an earlier row of the same file, by its `number`.
        """
        super().__init__(padding=14, spacing=8, parent=parent)
        tone = "ink2" if answer else "red" if match.kind == "same_identity" else "amber"
        if not answer:
            self.set_tint(f"{tone}_tint")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(IconLabel("users", tone, 20))
        said = f"{match_text(match)}　{answer}" if answer else match_text(match)
        head.addWidget(Text(said, "strong", tone, wrap=True), 1)
        if match.student_id is not None:
            look = Button(tr("打开档案"), "secondary", small=True)
            look.clicked.connect(lambda: self.studentAsked.emit(match.student_id))
            head.addWidget(look)
        self.body.addLayout(head)
        self.body.addLayout(_grid(whole, match))
        if verbs:
            self.body.addLayout(self._answers(verbs))

    def _answers(self, verbs: Sequence[Verb]) -> FlowLayout:
        row = FlowLayout(8)
        for verb in verbs:
            button = Button(verb.text, verb.kind, verb.shortcut, small=True)
            button.clicked.connect(lambda _=False, key=verb.key: self.pressed.emit(key))
            row.addWidget(button)
        return row


def _grid(whole: Registration, match: Match) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(10))
    grid.setVerticalSpacing(theme.px(3))
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    grid.addWidget(Text(tr("这份报名"), "secondary", wrap=True), 0, 1)
    grid.addWidget(Text(_kept_as(match), "secondary", wrap=True), 0, 2)
    for line, (caption, ours, theirs) in enumerate(_facts(whole, match), 1):
        same = bool(ours) and ours == theirs
        grid.addWidget(Text(caption, "secondary"), line, 0)
        for column, value in ((1, ours), (2, theirs)):
            grid.addWidget(Text(value or "—", "strong" if same else "body", wrap=True), line, column)
    return grid


def _kept_as(match: Match) -> str:
    if match.student_id is None and match.application_id is None:
        return tr("第 {n} 行", n=match.number)
    if match.student_id is None:
        return tr("另一份报名　{state}", state=word(APPLICATION_STATE, match.state))
    return tr("学员 {number}　{state}", number=match.number, state=word(STUDENT_STATE, match.state))


def _facts(whole: Registration, match: Match) -> list[tuple[str, str, str]]:
    known = next((one for one in whole.guardians if phones.clean(one.mobile) == match.mobile), None)
    guardian = known or next(iter(whole.guardians), None)
    ours = (guardian.name, word(RELATION, guardian.relation), guardian.mobile) if guardian else ("", "", "")
    theirs = f"{match.guardian_name} {word(RELATION, match.relation)}".strip()
    return [
        (tr("姓名"), whole.child.name, match.name),
        (tr("出生日期"), whole.child.birth_date, match.birth_date),
        (tr("监护人"), " ".join(filter(None, ours[:2])), theirs),
        (tr("手机"), phones.show(phones.clean(ours[2])), phones.show(match.mobile)),
        (tr("托管班"), "", match.class_name),
    ]


def match_text(match: Match) -> str:
    """What a match says."""
    texts = {
        "same_identity": tr("证件号码和 {name} 相同", name=match.name),
        "same_name_and_birth": tr("已有同名、同一天出生的 {name}", name=match.name),
        "same_pinyin_and_phone": tr("已有读音和手机相同的 {name}", name=match.name),
        "same_row": tr("和 {name} 的那一行回答完全相同", name=match.name),
        "sibling": tr("和 {name} 有同一位监护人，可能是兄弟姐妹", name=match.name),
    }
    return texts[match.kind]
