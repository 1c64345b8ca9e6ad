"""Taking a consent back, or giving it again: which, who says so, from what day on, and a note."""

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import clock, consents
from app.process.student_file import Profile
from app.rules.consents import needed
from app.rules.person import CONSENT_KINDS, Guardian, speaker
from app.ui.desk import Desk
from app.ui.student_profile.reading import consent_text
from app.ui.texts import sentence, tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import CONSENT, RELATION, word


class ConsentDialog(Dialog):
    """One answer of one family; it holds at once."""

    def __init__(self, desk: Desk, profile: Profile, parent: QWidget | None = None) -> None:
        """The guardians are offered, whoever pays first."""
        super().__init__(parent, tr("记录家长的同意或撤回"), 620)
        self.desk, self.profile = desk, profile
        self._said = {one.kind: one for one in reversed(profile.consents)}
        child, guardians = profile.registration.child, profile.registration.guardians
        self._needed = needed(child.birth_date, clock.today())
        self._people: dict[str, Guardian] = {one.name: one for one in guardians}
        kinds = [(kind, word(CONSENT, kind)) for kind in self._kinds()]
        self.kind = Field(tr("哪一项"), PickList(kinds), required=True)
        self.now = Text("", "secondary", wrap=True)
        self.strip = Strip("amber", icon="warning")
        people = [(one.name, who_text_of(one)) for one in guardians]
        self.who = Field(tr("谁答复的"), PickList(people, free=True), required=True)
        self.relation = Field(
            tr("关系"), PickList([(code, word(RELATION, code)) for code in RELATION], free=True), required=True,
        )  # fmt: skip
        self.day = Field(tr("日期"), DateEdit(), required=True)
        self.note = Field(tr("说明"), LineEdit(tr("选填，例如来电")))
        first = FormRow(self.kind, self.day, stretches=[6, 4], least=400)
        second = FormRow(self.who, self.note, stretches=[4, 6], least=400)
        for widget in (first, self.now, self.strip, second, self.relation):
            self.body.addWidget(widget)
        self.kind.changed.connect(self._show_kind)
        self.who.changed.connect(self._show_relation)
        self.pressed.connect(self._pressed)
        self._fill(*speaker(guardians))

    def _kinds(self) -> list[str]:
        """Those that were asked or are needed, in the order of the form."""
        return [kind for kind in CONSENT_KINDS if kind != "under_14" or kind in self._needed or kind in self._said]

    def _fill(self, name: str, relation: str) -> None:
        self.kind.set_value(self._kinds()[0])
        self.who.set_value(name)
        self.relation.set_value(relation)
        self._show_relation()
        self.day.set_value(clock.today())
        self._show_kind()

    def _show_relation(self) -> None:
        """Of a guardian the relation is known; of somebody else it is asked."""
        known = self._people.get(str(self.who.value() or ""))
        if known is not None:
            self.relation.set_value(known.relation)
        elif self.relation.isHidden():
            self.relation.set_value("")
        self.relation.setVisible(known is None)

    def _show_kind(self) -> None:
        """What stands, and the verbs that follow from it."""
        kind = self.kind.value()
        if kind is None:
            return
        one = self._said.get(kind)
        self.now.setText(tr("现在：{answer}", answer=consent_text(one) if one else tr("还没有问过")))
        given, old = bool(one and one.given), bool(one and one.version < one.newest)
        closes = given and kind in self._needed
        self.strip.set(tr("撤回后，健康资料马上关闭，不能查看和修改。") if closes else "")
        verbs = [Verb("cancel", tr("取消"), shortcut="Esc")]
        if given:
            verbs.append(Verb("withdraw", tr("撤回同意"), "danger"))
        if not given or old:
            verbs.append(Verb("give", tr("同意"), "primary", "F9"))
        self.set_verbs(verbs)

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
            return
        kind = self.kind.value()
        if kind is None:
            self.kind.problem(tr("请从列表里选一项"))
            return
        self.desk.do(
            consents.withdraw if key == "withdraw" else consents.give,
            self.profile.student_id,
            kind,
            given_by=str(self.who.value() or "").strip(),
            relation=str(self.relation.value() or "").strip(),
            on=self.day.value(),
            note=str(self.note.value() or ""),
            beside=self._beside,
        )
        if self.desk.done_well:
            self.desk.message(tr("已记下撤回") if key == "withdraw" else tr("已记下同意"))
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        who = self.relation if self.who.value() and not self.relation.isHidden() else self.who
        places = {"consent_by_missing": who, "consent_date_invalid": self.day, "consent_date_future": self.day}
        if (field := places.get(refused.code)) is not None:
            field.problem(sentence(refused))
        else:
            self.strip.set(sentence(refused))
        return True


def who_text_of(guardian: Guardian) -> str:
    """林晓月（母亲）."""
    return f"{guardian.name}（{word(RELATION, guardian.relation)}）"
