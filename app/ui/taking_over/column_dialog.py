"""Which column of a list is which: what was proposed, an example of each, and a pick list to correct it."""

from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import Refused
from app.process.take_over import ListPreview
from app.rules.form_columns.fields import JOINED, NOT_USED
from app.ui import theme
from app.ui.texts import sentence, tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.pick_list import Option, PickList
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import ElidedText, Text
from app.ui.widgets.verb import Verb

FIELD_WORDS = {
    "child.name": "孩子姓名",
    "child.sex": "性别",
    "child.birth_date": "出生日期",
    "child.identity_number": "证件号码",
    "child.school": "就读学校",
    "child.grade": "年级",
    "child.school_class": "学校班级",
    "child.form_teacher": "学校班主任",
    "child.address": "家庭住址",
    "guardians.0.name": "家长一姓名",
    "guardians.0.relation": "家长一关系",
    "guardians.0.mobile": "家长一电话",
    "guardians.1.name": "家长二姓名",
    "guardians.1.relation": "家长二关系",
    "guardians.1.mobile": "家长二电话",
    "contacts.0.name": "紧急联系人姓名",
    "contacts.0.mobile": "紧急联系人电话",
    "health.allergies": "过敏",
    "health.conditions": "病史",
    "health.diet": "饮食",
    "child.special_needs": "特殊需要",
    "services.start_date": "入托日期",
    "opening.class": "托管班",
    "opening.services": "托管类型",
    "opening.weekdays": "每周几天",
    "opening.paid_until": "已缴至",
    "opening.days_left": "剩余天数",
    "opening.meals_left": "剩餐",
    "opening.balance": "余额（负数为欠费）",
    "opening.debt": "欠费",
    "opening.credit": "结余",
    "opening.old_number": "原编号",
    "opening.note": "备注",
}
"""What people choose among; a column that was proposed to be something rarer keeps it."""
LOOKED_AT = 200  # rows in which an example is looked for


class ColumnDialog(Dialog):
    """`columns()` is what was chosen."""

    def __init__(self, seen: ListPreview, parent: QWidget | None = None) -> None:
        """Show the columns of a list."""
        super().__init__(parent, tr("列的对应"), width=720)
        self.seen = seen
        self.problem = Strip("red", icon="warning-circle")
        self.picks: list[PickList] = []
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setColumnStretch(1, 1)
        for place, title in enumerate((tr("表里的列"), tr("例子"), tr("是什么"))):
            grid.addWidget(Text(title, "caption"), 0, place)
        for at, title in enumerate(seen.looked.header):
            pick = PickList(_options(seen.columns[at]))
            pick.set_value(seen.columns[at])
            pick.setAccessibleName(title)
            pick.setMinimumWidth(theme.wide(250))
            self.picks.append(pick)
            grid.addWidget(ElidedText(title.strip() or "—", "strong"), at + 1, 0)
            grid.addWidget(ElidedText(_example(seen, at), "secondary"), at + 1, 1)
            grid.addWidget(pick, at + 1, 2)
        self.body.addWidget(self.problem)
        area = scrolled(inside)
        area.setMinimumHeight(theme.px(260))
        self.body.addWidget(area, 1)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("use", tr("按这样看"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def columns(self) -> tuple[str, ...]:
        """The field of every column."""
        return tuple(str(pick.value() or NOT_USED) for pick in self.picks)

    def _pressed(self, key: str) -> None:
        if key != "use":
            self.reject()
            return
        try:
            self.seen.check_columns(self.columns())
        except Refused as refused:
            used = [field for field in self.columns() if field and field not in JOINED]
            twice = dict.fromkeys(tr(FIELD_WORDS.get(one, one)) for one in used if used.count(one) > 1)
            self.problem.set(sentence(refused), tr("、").join(twice))
            return
        self.accept()


def _options(own: str) -> list[Option]:
    words = FIELD_WORDS if own == NOT_USED or own in FIELD_WORDS else {**FIELD_WORDS, own: own}
    return [Option(NOT_USED, tr("不用这一列")), *(Option(field, tr(text)) for field, text in words.items())]


def _example(seen: ListPreview, at: int) -> str:
    return next((row[at].strip() for row in seen.looked.rows[:LOOKED_AT] if row[at].strip()), "")
