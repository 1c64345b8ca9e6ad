"""Taking back that a sheet is signed: the wrong one was marked."""

from PySide6.QtWidgets import QWidget

from app.ui.texts import tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.verb import Verb


class UnsignDialog(Dialog):
    """Asks why; `reason()` once it was accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The usual reasons are offered."""
        super().__init__(parent, tr("撤销签字标记"))
        texts = (tr("标错了一张"), tr("签字人不对"), tr("纸上有改动，要重新打印"))
        options = [(text, text) for text in texts]
        self._reason = Field(tr("原因"), PickList(options, free=True, remember="unsign"), required=True)
        self.body.addWidget(self._reason)
        done = Verb("done", tr("撤销标记"), "danger", "F9")
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), done])
        self.pressed.connect(self._pressed)

    def reason(self) -> str:
        """The reason."""
        return str(self._reason.value() or "").strip()

    def _pressed(self, key: str) -> None:
        if key != "done":
            self.reject()
        elif not self.reason():
            self._reason.problem(tr("请写原因，它会留在操作日志里"))
        else:
            self.accept()
