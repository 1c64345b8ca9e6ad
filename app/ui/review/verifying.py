"""What a reviewer verified: ticks with who and when."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.process.ticks import Tick
from app.ui import theme
from app.ui.texts import time_text, tr
from app.ui.widgets.card import Card
from app.ui.widgets.chips import FlowLayout
from app.ui.widgets.form.check_box import CheckBox
from app.ui.widgets.text import Text

NAMES = {
    "证件真实": "证件真实",
    "联系方式有效": "联系方式有效",
    "健康信息完整": "健康信息完整",
}
"""The items that a new centre begins with; others stand as the centre wrote them."""


class Verifying(Card):
    """`ticked(item, done)`."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_ticks`."""
        super().__init__(padding=14, spacing=6, parent=parent)
        self.body.addWidget(Text(tr("核对"), "strong"))
        self._row = FlowLayout(16)
        self.body.addLayout(self._row)
        self._who = Text("", "caption", wrap=True)
        self.body.addWidget(self._who)
        self.boxes: dict[str, CheckBox] = {}

    def show_ticks(self, ticks: tuple[Tick, ...], today: str, *, open_: bool) -> None:
        """Show the items; the boxes stay the same ones, so that the focus stays where it is."""
        if [one.item for one in ticks] != list(self.boxes):
            self._rebuild(ticks)
        for one in ticks:
            self.boxes[one.item].set_value(bool(one.at))
            self.boxes[one.item].setEnabled(open_)
        done = [f"{_name(one.item)}　{one.who}　{time_text(one.at, today)}" for one in ticks if one.at]
        self._who.setText("\n".join(done))
        self._who.setVisible(bool(done))
        self.setVisible(bool(ticks))

    def _rebuild(self, ticks: tuple[Tick, ...]) -> None:
        for box in self.boxes.values():
            self._row.removeWidget(box)
            box.deleteLater()
        self.boxes = {}
        for one in ticks:
            box = CheckBox(_name(one.item))
            box.setMinimumWidth(theme.px(80))
            box.changed.connect(lambda box=box, item=one.item: self.ticked.emit(item, box.value()))
            self.boxes[one.item] = box
            self._row.addWidget(box)


def _name(item: str) -> str:
    return tr(NAMES[item]) if item in NAMES else item
