"""Contacts with the family: the log beside the application, and the window in which one is noted."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Refused
from app.process import asking
from app.process.asking import RESULTS, WAYS, Contacted, ContactRow
from app.process.review import ApplicationView
from app.rules import phones
from app.ui import theme
from app.ui.desk import Desk
from app.ui.registration_view import clear
from app.ui.texts import sentence, time_text, tr
from app.ui.widgets.card import Card
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.pill_choice import PillChoice
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import CONTACT_RESULT, CONTACT_WAY, RELATION, word

SHOWN = 5  # contacts beside the application


class Contacts(Card):
    """What was said to whom, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden while nobody was contacted."""
        super().__init__(padding=14, spacing=6, parent=parent)
        self.body.addWidget(Text(tr("与家长联系"), "strong"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(4))
        self.body.addLayout(self._rows)

    def show_contacts(self, contacts: tuple[ContactRow, ...], today: str) -> None:
        """Show the newest ones."""
        clear(self._rows)
        for one in contacts[:SHOWN]:
            said = [time_text(one.at, today), one.whom, word(CONTACT_WAY, one.way), word(CONTACT_RESULT, one.result)]
            self._rows.addWidget(Text("　".join([*said, one.who]), "secondary", wrap=True))
            if one.note:
                self._rows.addWidget(Text(one.note, "body", wrap=True))
        more = len(contacts) - SHOWN
        if more > 0:
            self._rows.addWidget(Text(tr("另有 {n} 次较早的联系", n=more), "caption"))
        self.setVisible(bool(contacts))


class ContactDialog(Dialog):
    """Whom, how, with what result, what was said, and what comes of it."""

    def __init__(self, desk: Desk, view: ApplicationView, parent: QWidget | None = None) -> None:
        """The first guardian and the telephone are chosen."""
        super().__init__(parent, tr("联系家长"), 560)
        self.desk, self.view = desk, view
        named = [(f"{one.name}（{word(RELATION, one.relation)}）", one.mobile) for one in view.registration.guardians]
        people = [(who, f"{who}　{phones.show(mobile)}") for who, mobile in named]
        self.strip = Strip("red")
        self.whom = Field(tr("联系谁"), PickList(people, free=True), required=True)
        self.way = Field(tr("方式"), _one_of(WAYS, CONTACT_WAY), required=True)
        self.outcome = Field(tr("结果"), _one_of(RESULTS, CONTACT_RESULT), required=True)
        self.note = Field(tr("问了什么、答了什么"), TextArea(lines=2))
        self.then = Field(tr("之后"), PillChoice(_steps(view.state), several=False))
        self.due = Field(tr("等到哪一天"), DateEdit())
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        for field in (self.strip, self.whom, self.way, self.outcome, self.note, self.then, self.due):
            column.addWidget(field)
        self.body.addWidget(scrolled(holder), 1)
        if people:
            self.whom.set_value(people[0][0])
        self.way.set_value(("phone",))
        self.outcome.set_value(("reached",))
        self.then.set_value(("answered",) if view.state == "needs_information" else ("",))
        self.due.set_value(asking.answer_day())
        self.then.changed.connect(self._show_due)
        self._show_due()
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("记下"), "primary", "F9")])
        self.pressed.connect(self._pressed)
        self.resize(self.width(), self.sizeHint().height() + holder.sizeHint().height())
        self.keep_low()

    def _chosen(self, field: Field) -> str:
        return next(iter(field.value() or ()), "")

    def _show_due(self) -> None:
        self.due.setVisible(self._chosen(self.then) == "ask")

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
            return
        then = self._chosen(self.then)
        note = str(self.note.value() or "")
        if then == "ask" and not note:
            self.note.problem(tr("请写清楚要家长补什么"))
            return
        contact = Contacted(
            str(self.whom.value() or ""), self._chosen(self.way), self._chosen(self.outcome), note,
        )  # fmt: skip
        self.desk.do(
            asking.log_contact, self.view.application_id, self.view.version, contact,
            then=then, due_on=self.due.value() if then == "ask" else "", beside=self._beside,
        )  # fmt: skip
        if self.desk.done_well:
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.strip.set(sentence(refused))
        return True


def _one_of(codes: tuple[str, ...], words: dict[str, str]) -> PillChoice:
    return PillChoice([(code, word(words, code)) for code in codes], several=False)


def _steps(state: str) -> list[tuple[str, str]]:
    steps = [("", tr("只记下这次联系")), ("ask", tr("等家长补充"))]
    return [*steps, ("answered", tr("已答复，继续审核"))] if state == "needs_information" else steps
