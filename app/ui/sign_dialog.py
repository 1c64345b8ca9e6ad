"""Marking a sheet as signed on paper: when, who, and in what relation."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import clock, confirmation
from app.ui.desk import Desk
from app.ui.texts import sentence, tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb
from app.ui.words import RELATION, word


class SignDialog(Dialog):
    """`paper_id` is the sheet."""

    def __init__(self, desk: Desk, paper_id: int, parent: QWidget | None = None) -> None:
        """The guardians are offered, the first one chosen."""
        super().__init__(parent, tr("家长已签字"))
        self.desk, self.paper_id, self._warned = desk, paper_id, False
        self._signers = {
            name: (relation, key) for name, relation, key in desk.look(confirmation.signers, paper_id) or ()
        }
        signers = tuple((name, relation, key) for name, (relation, key) in self._signers.items())
        self.strip = Strip("amber", icon="warning")
        self.signer, self.relation = signer_field(signers), relation_field()
        self.day = Field(tr("签字日期"), DateEdit(), required=True)
        self.signer.changed.connect(self._signer_changed)
        self.day.set_value(clock.today())
        if signers:
            self.signer.set_value(signers[0][0])
            self._signer_changed()
        self.body.addWidget(self.strip)
        self.body.addWidget(FormRow(self.signer, self.relation))
        self.body.addWidget(self.day)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("sign", tr("已签字"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _signer_changed(self) -> None:
        self._warned = False
        self.strip.set("")
        known = self._signers.get(str(self.signer.value()))
        if known:
            self.relation.set_value(known[0])

    def _pressed(self, key: str) -> None:
        if key != "sign":
            self.reject()
            return
        signer = str(self.signer.value() or "").strip()
        relation = str(self.relation.value() or "").strip()
        if not signer:
            self.signer.problem(tr("请填签字人的姓名"))
            return
        if not relation:
            self.relation.problem(tr("请填和孩子的关系"))
            return
        known = self._signers.get(signer)
        self.desk.do(
            confirmation.mark_signed,
            self.paper_id,
            signed_on=self.day.value(),
            signer=signer,
            relation=relation,
            guardian_id=known[1] if known else None,
            warned=self._warned,
            beside=self._beside,
        )
        if self.desk.done_well:
            self.desk.message(tr("已标记签字"))
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        if refused.code == "signer_is_no_guardian":
            self.strip.set(
                tr("{name} 不是登记的监护人", name=self.signer.value()), tr("确认可以由本人签字，就再按一次“已签字”。"),
            )
            self._warned = True
        else:
            self.strip.set(sentence(refused))
        return True


def signer_field(signers: Sequence[tuple[str, str, int | None]]) -> Field:
    """Who signs: the guardians, or a name that is typed."""
    options = [(name, f"{name}（{word(RELATION, relation)}）") for name, relation, _ in signers]
    return Field(tr("签字人"), PickList(options, free=True), required=True)


def relation_field() -> Field:
    """In what relation to the child."""
    return Field(tr("关系"), PickList([(code, word(RELATION, code)) for code in RELATION], free=True), required=True)


def mark_signed(desk: Desk, parent: QWidget | None, paper_id: int) -> bool:
    """Ask and mark; True when it was marked."""
    return bool(SignDialog(desk, paper_id, parent).exec())
