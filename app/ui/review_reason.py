"""Why an application is sent back or withdrawn."""

from PySide6.QtWidgets import QWidget

from app.ui.texts import tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.verb import Verb


class ReasonDialog(Dialog):
    """A reason, picked or typed; `reason()` once it was accepted."""

    def __init__(self, verb: str, parent: QWidget | None = None) -> None:
        """`verb` is back or withdraw."""
        back = verb == "back"
        super().__init__(parent, tr("退回修改") if back else tr("撤回报名"))
        texts = (
            (tr("电话打不通"), tr("资料不全"), tr("证件号码有误"), tr("服务期间不对"))
            if back
            else (tr("家长改变主意"), tr("重复报名"), tr("名额已满"))
        )
        options = [(text, text) for text in texts]
        self._reason = Field(tr("原因"), PickList(options, free=True, remember=f"review_{verb}"), required=True)
        self.body.addWidget(self._reason)
        done = Verb("done", tr("退回") if back else tr("撤回"), "primary" if back else "danger", "F9")
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), done])
        self.pressed.connect(self._pressed)

    def reason(self) -> str:
        """The reason."""
        return str(self._reason.value() or "").strip()

    def _pressed(self, key: str) -> None:
        if key != "done":
            self.reject()
        elif not self.reason():
            self._reason.problem(tr("请写原因，登记的人会看到"))
        else:
            self.accept()
