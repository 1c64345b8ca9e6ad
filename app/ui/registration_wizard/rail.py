"""The step rail of the wizard: steps with a fact each, the saved time, and the keys."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.process import clock
from app.rules.consents import trouble
from app.rules.person import Registration
from app.ui import theme
from app.ui.sections.wording import grade_class_text
from app.ui.texts import money_text, tr
from app.ui.widgets.card import Card
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.step_rail import StepRail
from app.ui.widgets.text import Text
from app.ui.words import HEALTH_MARK, SEX, word

NARROW = 900  # design pixels of the page, below which only circles have room
KEYS_UP_TO = 115  # per cent of text size: above, the keys stand in the status bar only


class WizardRail(StepRail):
    """With the time of the last draft above, and the keys below."""

    def __init__(self, titles: Sequence[str]) -> None:
        """One item per title."""
        super().__init__(titles, focus=False)
        self.title = Text(tr("报名登记"), "dialog_title", wrap=True)
        self.saved = Text("", "caption", "green", wrap=True)
        self.head.addWidget(self.title)
        self.head.addWidget(self.saved)
        self.keys = self._keys()
        self.foot.addWidget(self.keys)
        self.saved_mark = IconLabel("floppy-disk", "green", 20)
        self.saved_mark.hide()
        self.foot.addWidget(self.saved_mark)
        self.restyle()

    def _keys(self) -> Card:
        card = Card(padding=12, spacing=0)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(6))
        keys = (
            ("Enter", tr("下一项")),
            ("Shift+Enter", tr("上一项")),
            ("PgUp / PgDn", tr("上一步 / 下一步")),
            ("Ctrl+Enter", tr("完成本步")),
            ("Esc", tr("挂起，稍后继续")),
        )
        for line, (key, text) in enumerate(keys):
            grid.addWidget(KeyCap(key), line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Text(text, "caption", "ink2"), line, 1, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(grid)
        return card

    def show_state(
        self,
        current: int,
        visited: Collection[int],
        wrong: Sequence[int],
        doubts: Sequence[int],
        said: Sequence[str],
        *,
        handed_in: bool,
    ) -> None:
        """Show how far every step is: counts of open points and of doubts, a fact; the last step has none of them."""
        last = len(self.items) - 1
        for place, item in enumerate(self.items):
            missing = wrong[place] if place < last else 0
            left = place in visited and place < last
            item.set_state(
                current=place == current, done=handed_in or (left and not missing),
                reachable=not handed_in and (place in visited or place == last),
                wrong=missing if left and place != current else 0,
                doubts=doubts[place] if left and place != current else 0, fact=said[place] if place < last else "",
            )  # fmt: skip

    def say_not_saved(self) -> None:
        """The draft could not be written; why stands in the message over the window."""
        self.saved.setText(tr("草稿没有保存"))
        self.saved.set_tone("red")
        self.saved_mark.set_icon("warning-circle", "red")
        self.saved_mark.setToolTip(self.saved.text())

    def say_saved(self, time: str) -> None:
        """When the draft was saved last; empty for not yet."""
        self.saved.setText(tr("草稿已自动保存 {time}", time=time) if time else tr("还没有填写"))
        self.saved.set_tone("green" if time else "ink3")
        self.saved_mark.set_icon("floppy-disk", "green" if time else "ink3")
        self.saved_mark.setToolTip(self.saved.text())

    def restyle(self) -> None:
        """What has room beside the steps."""
        super().restyle()
        for widget in (self.title, self.saved):
            widget.setVisible(not self._compact)
        self.keys.setVisible(not self._compact and theme.percent() <= KEYS_UP_TO)
        self.saved_mark.setVisible(self._compact)


def facts(whole: Registration) -> tuple[str, ...]:
    """What the rail says of each step but the last."""
    child = whole.child
    who = "　".join(filter(None, (child.name, word(SEX, child.sex), grade_class_text(child.grade, child.school_class))))
    names = tr("、").join(one.name for one in whole.guardians if one.name)
    marks = tr("、").join(word(HEALTH_MARK, one) for one in whole.health.marks)
    total = f"¥{money_text(whole.services.total_fen)}" if whole.services.lines else ""
    closed = trouble(whole.consents, whole.child.birth_date, clock.today())
    return who, names or tr("至少 1 位"), "" if closed else whole.health.allergies or marks, total
