"""Choosing printer and copies; remembered for this kind of paper on this computer."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.texts import tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb


class PrintDialog(Dialog):
    """`printer()` and `copies()` after it was accepted."""

    def __init__(
        self, parent: QWidget | None, title: str, printers: Sequence[str], printer: str, copies: int, note: str = "",
    ) -> None:
        """`note` says why it asks."""
        super().__init__(parent, title)
        self.note = Strip("amber", note, icon="printer")
        self._printer = Field(tr("打印机"), PickList([(name, name) for name in printers]), required=True)
        self._printer.set_value(printer if printer in printers else printers[0])
        self._copies = Field(tr("份数"), LineEdit(digits=2), required=True)
        self._copies.set_value(str(copies))
        self.body.addWidget(self.note)
        self.body.addWidget(FormRow(self._printer, self._copies, stretches=[3, 1]))
        self.body.addWidget(Text(tr("这台电脑会记住，下次直接打印。"), "secondary"))
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("print", tr("打印"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def printer(self) -> str:
        """The chosen printer."""
        return str(self._printer.value())

    def copies(self) -> int:
        """How many copies."""
        return max(1, int(self._copies.value() or 1))

    def _pressed(self, key: str) -> None:
        if key == "print" and self._printer.value():
            self.accept()
        elif key != "print":
            self.reject()
