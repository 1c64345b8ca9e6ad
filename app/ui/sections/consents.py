"""Consents: each with its wording and version, the answer and the day of it (product.md P1, Facts: children's data)."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.process import clock, office, wordings
from app.rules import consents as rules
from app.rules.person import CONSENT_KINDS, Consent, Guardian, Registration, speaker
from app.ui import theme
from app.ui.consent_words import answer_text, version_text, who_text
from app.ui.key_filter import PASSED_BY
from app.ui.sections.section import Block, Section
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Hairline
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.segments import Segmented
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import ElidedText, Text
from app.ui.widgets.verb import Verb
from app.ui.words import CONSENT, word

WORDS = 240  # design pixels that what is asked needs beside the rest; where there are fewer, who answers stands below


class ConsentRow(QWidget):
    """What is asked, a line below, who answers where there is a choice, the answer at the right."""

    readAsked = Signal()
    whoChanged = Signal()

    def __init__(self, kind: str, version: int) -> None:
        """`version` of the wording that would be agreed to now."""
        super().__init__()
        self._now = Consent(kind, version=version)
        self._shown = self._now
        self.line_above = Hairline()
        self.title = Text(word(CONSENT, kind), "name", wrap=True)
        self.line = ElidedText("", "caption")
        self.read = Button(tr("看全文"), "link", small=True)
        self.read.setAccessibleName(tr("看全文：{title}", title=self.title.text()))
        self.read.clicked.connect(self.readAsked)
        self.who = PickList(parent=self)
        self.who.setAccessibleName(tr("由谁答复：{title}", title=self.title.text()))
        self.who.setProperty(PASSED_BY, True)
        self.who.changed.connect(self._another)
        self.answer = Segmented([(True, tr("同意")), (False, tr("不同意"))], None)
        self.answer.changed.connect(self._answered)
        self.field = Field(self.title.text(), self.answer, compact=True)
        self.field.setFixedWidth(self.answer.sizeHint().width() + theme.px(12))
        self._arrange()

    def _arrange(self) -> None:
        """Words, the whole text, who, the answer; where there is little room, who answers stands below."""
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.title)
        words.addWidget(self.line)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(words, 0, 0)
        self._grid.addWidget(self.read, 0, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self.field, 0, 3)
        self._place_who()

    def _place_who(self) -> None:
        self.who.setFixedWidth(theme.wide(196))
        others = (self.read.sizeHint().width(), self.who.width(), self.field.width(), theme.px(3 * 16))
        broad = self.width() >= sum(others) + theme.px(WORDS)
        self._grid.addWidget(self.who, 0 if broad else 1, 2 if broad else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: who answers may stand elsewhere."""
        super().resizeEvent(event)
        self._place_who()

    def set(self, consent: Consent | None) -> None:
        """Show an answer; None while nobody was asked."""
        self._shown = consent or self._now
        self.answer.set_value(self._shown.given)
        self._show_who()

    def speak_for(self, guardians: tuple[Guardian, ...]) -> None:
        """Offer these to answer; whoever pays, else the first, unless somebody else was named."""
        name, relation = speaker(guardians)
        self._now = replace(self._now, given_by=name, relation=relation)
        people = [(one.name, one.relation) for one in guardians if one.name.strip()]
        if self._shown.given_by and self._named() not in people:
            people.append(self._named())
        texts = {pair: who_text(replace(self._now, given_by=pair[0], relation=pair[1])) for pair in people}
        self.who.set_options(list(texts.items()))
        self.who.setVisible(len(people) > 1)
        self._show_who()

    def _named(self) -> tuple[str, str]:
        one = self._shown if self._shown.given is not None and self._shown.given_by else self._now
        return one.given_by, one.relation

    def _show_who(self) -> None:
        self.who.set_value(self._named())

    def _another(self) -> None:
        """Somebody else answers, or answered."""
        chosen = self.who.value()
        if chosen is None:
            return
        self._now = replace(self._now, given_by=chosen[0], relation=chosen[1])
        if self._shown.given is not None:
            self._shown = replace(self._shown, given_by=chosen[0], relation=chosen[1])
            self.whoChanged.emit()

    def value(self) -> Consent:
        """The answer with version and day."""
        return self._shown

    def _answered(self) -> None:
        self._shown = replace(self._now, given=self.answer.value(), date=clock.today())

    def is_open(self) -> bool:
        """Whether nobody answered yet."""
        return self._shown.given is None

    def say(self, problem: str) -> None:
        """The line below: what is wrong, or version and day of the answer."""
        facts = [version_text(self._shown.version, self._now.version)]
        if self._shown.given is not None:
            alone = self.who.isHidden()  # else who answers stands beside it
            facts.append(answer_text(self._shown if alone else replace(self._shown, given_by="")))
        self.line.setText(problem or "\u3000".join(facts))
        self.line.set_tone("amber" if problem else "")


class ConsentsSection(Section):
    """A row for each consent; the one for children under 14 only while it is needed."""

    part = "consents"
    agreed = Signal()  # to everything that was open, with one key

    def build(self) -> None:
        """One card."""
        self.rows: dict[str, ConsentRow] = {}
        card = Block(bare=self.bare, bottom=12)
        head = QHBoxLayout()
        if not self.bare:
            head.addWidget(Text(tr("家长的同意"), "block_title"))
        head.addStretch(1)
        self.all_button = Button(tr("全部同意"), "link", "Alt+A", small=True)
        self.all_button.clicked.connect(self.agree_to_all)
        head.addWidget(self.all_button)
        card.body.addLayout(head)
        for place, kind in enumerate(CONSENT_KINDS):
            row = ConsentRow(kind, wordings.latest(kind))
            row.readAsked.connect(lambda kind=kind: self.read_out(kind))
            self.rows[kind] = row
            self.field(f"consents.{kind}", row.field)
            row.answer.changed.connect(self.left)
            row.whoChanged.connect(self._named)
            if place:
                card.body.addWidget(row.line_above)
            card.body.addWidget(row)
        if not self.bare:
            days = office.setting("consent_paper_days")
            hint = tr("口头同意后请在 {days} 天内让家长签好确认单，否则健康资料会自动关闭。", days=days)
            card.body.addWidget(Text(hint, "caption", wrap=True))
        self.column.addWidget(card)

    def _named(self) -> None:
        """Somebody else answered: saved like an answer."""
        self._on_changed()
        self.checked()
        self.left.emit()

    def first_field(self) -> QWidget | None:
        """The first question that nobody asked yet."""
        return next((row.answer for row in self.rows.values() if row.isVisibleTo(self) and row.is_open()), None)

    def trouble(self) -> str:
        """Why the answers do not open the health section, as rules.consents names it; '' when they do."""
        return rules.trouble(self.value(), self.whole().child.birth_date, clock.today())

    def set(self, part: tuple[Consent, ...]) -> None:
        """Show the answers."""
        answers = {one.kind: one for one in part}
        for kind, row in self.rows.items():
            row.set(answers.get(kind))
        self.checked()

    def value(self) -> tuple[Consent, ...]:
        """The answers that were given; a consent that is not needed any more keeps its answer."""
        return tuple(row.value() for row in self.rows.values() if row.value().given is not None)

    def show_registration(self, registration: Registration) -> None:
        """The age of the child decides what is asked."""
        super().show_registration(registration)
        self.show_needed()

    def show_needed(self) -> None:
        """Ask for the consent of a child under 14 only when the child is that young."""
        row = self.rows["under_14"]
        for one in self.rows.values():
            one.speak_for(self.whole().guardians)
        young = "under_14" in rules.needed(self.whole().child.birth_date, clock.today())
        row.setVisible(young)
        row.line_above.setVisible(young)
        self.checked()

    def checked(self) -> None:
        """The line below every row."""
        found = self.problems() if self._visited else {}
        for kind, row in self.rows.items():
            problem = found.get(f"consents.{kind}")
            row.say(sentence(problem) if problem else "")

    def agree_to_all(self) -> None:
        """The family agrees to everything that is asked."""
        for row in self.rows.values():
            if not row.isHidden() and row.is_open():
                row.answer.set_value(value=True)
                row._answered()  # noqa: SLF001 - one unit with its section
        self._named()
        self.agreed.emit()

    def read_out(self, kind: str) -> None:
        """Show the whole wording."""
        from app.ui.widgets.dialog import Dialog

        shown = self.rows[kind].value().version
        wording = self.desk.look(wordings.consent, kind, shown)
        if wording is None:
            return
        dialog = Dialog(self.window(), wording.title, 640)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setSpacing(theme.px(8))
        column.addWidget(Text(tr("第 {version} 版", version=wording.version), "caption"))
        for paragraph in wording.paragraphs:
            heading = paragraph.startswith("# ")
            column.addWidget(Text(paragraph.removeprefix("# "), "block_title" if heading else "body", wrap=True))
        column.addStretch(1)
        area = scrolled(holder)
        area.setMinimumHeight(theme.px(min(520, 90 + 46 * len(wording.paragraphs))))
        dialog.body.addWidget(area)
        dialog.set_verbs([Verb("close", tr("关闭"), shortcut="Esc")])
        dialog.pressed.connect(dialog.reject)
        dialog.exec()
