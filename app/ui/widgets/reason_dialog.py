"""Asking for a reason, and where something is taken off also for how much: one dialog for all who need it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.texts import tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.verb import Verb


class ReasonDialog(Dialog):
    """A reason, picked or typed, and with `amount` how much is taken off; both are needed."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        reasons: Sequence[str],
        *,
        remember: str,
        missing: str,
        verb: Verb | None = None,
        amount: bool = False,
    ) -> None:
        """`remember` names the list of reasons used before, `missing` asks for one, `verb` is what follows."""
        super().__init__(parent, title)
        self.amount = Field(tr("减多少"), AmountEdit(), required=True) if amount else None
        options = [(text, text) for text in reasons]
        self.reason_field = Field(tr("原因"), PickList(options, free=True, remember=remember), required=True)
        self._missing = missing
        if self.amount is not None:
            self.body.addWidget(self.amount)
        self.body.addWidget(self.reason_field)
        done = verb or Verb("save", tr("确定"), "primary", "F9")
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), done])
        self.pressed.connect(self._pressed)

    def reason(self) -> str:
        """Why."""
        return str(self.reason_field.value() or "").strip()

    def fen(self) -> int:
        """How much, in fen."""
        return int(self.amount.value() or 0) if self.amount is not None else 0

    def finish(self) -> None:
        """Both are given; whoever does something at once does it here."""
        self.accept()

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
        elif self.amount is not None and not self.fen():
            self.amount.problem(tr("请填减免的金额"))
        elif not self.reason():
            self.reason_field.problem(self._missing)
        else:
            self.finish()
