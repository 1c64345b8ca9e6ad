"""Asking for the reason of a discount that is given or taken off by hand."""

from PySide6.QtWidgets import QWidget

from app.ui.texts import tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.verb import Verb


class ReasonDialog(Dialog):
    """A reason, and with `amount` how much is taken off."""

    def __init__(self, title: str, parent: QWidget | None = None, *, amount: bool = False) -> None:
        """Both are needed."""
        super().__init__(parent, title)
        reasons = [
            (text, text)
            for text in (tr("老生优惠"), tr("活动优惠"), tr("负责人批准减免"), tr("家长放弃"), tr("不符合条件"))
        ]
        self._amount = Field(tr("减多少"), AmountEdit(), required=True) if amount else None
        self._reason = Field(tr("原因"), PickList(reasons, free=True, remember="discount_reason"), required=True)
        if self._amount is not None:
            self.body.addWidget(self._amount)
        self.body.addWidget(self._reason)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("确定"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def reason(self) -> str:
        """Why."""
        return str(self._reason.value() or "").strip()

    def fen(self) -> int:
        """How much, in fen."""
        return int(self._amount.value() or 0) if self._amount is not None else 0

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
        elif self._amount is not None and not self.fen():
            self._amount.problem(tr("请填减免的金额"))
        elif not self.reason():
            self._reason.problem(tr("请写原因，它会留在登记里"))
        else:
            self.accept()
