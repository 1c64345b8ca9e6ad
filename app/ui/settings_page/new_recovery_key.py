"""A new recovery key: shown, printed, typed back from the paper, and only then in use."""

from PySide6.QtWidgets import QWidget

from app.process import data_folder, office, recovery_paper
from app.process.users import DerivedRecoveryKey, NewRecoveryKey
from app.ui.desk import Desk
from app.ui.recovery_paper import KeyPaper
from app.ui.texts import tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.key_groups import KeyGroups
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb


class KeyDialog(Dialog):
    """Until its last button the old paper opens the data; whoever leaves before changes nothing."""

    def __init__(self, desk: Desk, begun: NewRecoveryKey, parent: QWidget | None = None) -> None:
        """`begun` is the key that is to hold."""
        super().__init__(parent, tr("新的恢复密钥"), 640)
        self.desk, self._begun = desk, begun
        self._gone = False
        self.body.addWidget(Strip("red", tr("请印一张，装进信封，不要放在电脑旁边，也不要拍照。")))
        centre = office.centre()
        self.paper = KeyPaper(begun.printed, lambda: recovery_paper.sheet(begun.printed, centre, desk.actor.name))
        self.body.addWidget(self.paper)
        self.typed = Field(tr("照着纸再输一遍"), KeyGroups(paste=False), required=True)
        self.typed.changed.connect(self._compare)
        self.typed.hide()
        self.body.addWidget(self.typed)
        self._show_key()
        self.pressed.connect(self._pressed)
        self.rejected.connect(self._leave)

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
        elif key == "next":
            self._type_back()
        elif key == "again":
            self._show_key()
        elif self.typed.value() == self._begun.printed:
            self.buttons["use"].set_busy(True)
            self.desk.in_background(self._begun.derive, self._use, self._failed)
        else:
            self.typed.problem(tr("还没有输完，或有一组不对"))

    def _show_key(self) -> None:
        self.paper.show()
        self.typed.hide()
        self.set_verbs([_cancel(), Verb("next", tr("已印好，再输一遍"), "primary")])

    def _type_back(self) -> None:
        self.paper.hide()
        self.typed.show()
        self.typed.setFocus()
        self.set_verbs([_cancel(), Verb("again", tr("再看一眼密钥")), Verb("use", tr("启用新密钥"), "primary")])

    def _use(self, derived: DerivedRecoveryKey) -> None:
        if self._gone or not data_folder.is_open():
            return
        self.buttons["use"].set_busy(False)
        self.desk.do(office.use_recovery_key, derived)
        if self.desk.done_well:
            self.desk.message(tr("新的恢复密钥从现在起有效"))
            self.accept()

    def _failed(self, error: BaseException) -> None:
        if not self._gone:
            self.buttons["use"].set_busy(False)
            self.desk.tell(error)

    def _leave(self) -> None:
        self._gone = True
        self.desk.message(tr("恢复密钥没有换，旧的那张纸仍然有效。刚印的请撕掉。"), "info")

    def _compare(self) -> None:
        if self.typed.value() == self._begun.printed:
            self.typed.ok(tr("一致，纸上的密钥是清楚的"))


def _cancel() -> Verb:
    return Verb("cancel", tr("不换了"), shortcut="Esc")
