"""Marking a sheet as signed on paper: when, who, and in what relation."""

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import clock, confirmation
from app.ui.desk import Desk
from app.ui.signer import SignerRow
from app.ui.texts import tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb


class SignDialog(Dialog):
    """`paper_id` is the sheet."""

    def __init__(self, desk: Desk, paper_id: int, parent: QWidget | None = None) -> None:
        """The guardians are offered, the first one chosen."""
        super().__init__(parent, tr("家长已签字"))
        self.desk, self.paper_id = desk, paper_id
        self.strip = Strip("amber", icon="warning")
        self.who = SignerRow(desk.look(confirmation.signers, paper_id) or (), self.strip)
        self.day = Field(tr("签字日期"), DateEdit(), required=True)
        self.day.set_value(clock.today())
        for widget in (self.strip, self.who, self.day):
            self.body.addWidget(widget)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("sign", tr("已签字"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "sign":
            self.reject()
            return
        signer = self.who.value()
        if signer is None:
            return
        self.desk.do(
            confirmation.mark_signed,
            self.paper_id,
            signed_on=self.day.value(),
            signer=signer.name,
            relation=signer.relation,
            guardian_id=signer.guardian_id,
            warned=self.who.warned,
            beside=self._beside,
        )
        if self.desk.done_well:
            self.desk.message(tr("已标记签字"))
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        return self.who.say(refused, tr("确认可以由本人签字，就再按一次“已签字”。"))


def mark_signed(desk: Desk, parent: QWidget | None, paper_id: int) -> bool:
    """Ask and mark; True when it was marked."""
    return bool(SignDialog(desk, paper_id, parent).exec())
