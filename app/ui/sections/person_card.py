"""One guardian or contact as a card: fields in a row, above them what the person is and may, as pills."""

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.child_problems import is_blank
from app.rules.person import Contact, Guardian
from app.ui import theme
from app.ui.key_filter import PASSED_BY
from app.ui.sections.wording import relation_options
from app.ui.texts import tr
from app.ui.widgets.button import IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.grouped import PhoneEdit
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.pill_choice import CheckPill
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import Text

Person = TypeVar("Person", Guardian, Contact)


class PersonCard(Card, Generic[Person]):
    """A card for one person. `switched` when a pill was pressed, `removeAsked` when the person shall go."""

    switched = Signal(str)
    removeAsked = Signal()

    def __init__(
        self, empty: Person, pills: dict[str, str], fields: dict[str, Field], parent: QWidget | None = None,
    ) -> None:
        """`pills`: name of the yes or no in the dataclass and its words; `fields`: the same for what is typed."""
        super().__init__(padding=20, spacing=4, parent=parent, bottom=6)
        self._person: Person = empty
        self.fields = fields
        self.pills: dict[str, CheckPill] = {name: CheckPill(text) for name, text in pills.items()}
        self._head()
        shares = [3, 3, 4, 3, 4][: len(fields)]
        self.body.addWidget(FormRow(*fields.values(), stretches=shares, least=130 * len(fields)))
        for pill in self.pills.values():
            pill.setProperty(PASSED_BY, True)  # they are usually right as they stand

    def showEvent(self, event: QShowEvent) -> None:
        """What is typed comes first; an order that is set before the card stands in its window is lost."""
        super().showEvent(event)
        order: list[QWidget] = [*(field.editor for field in self.fields.values()), *self.pills.values(), self.remove]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.title: Text = Text("", "block_title")
        self.shared: Pill = Pill("", "blue")
        self.shared.setVisible(False)
        self.remove: IconButton = IconButton("trash", tr("移除"))
        self.remove.clicked.connect(self.removeAsked)
        row.addWidget(self.title)
        row.addWidget(self.shared)
        row.addStretch(1)
        for name, pill in self.pills.items():
            pill.changed.connect(partial(self.switched.emit, name))
            row.addWidget(pill)
        row.addWidget(self.remove)
        self.body.addLayout(row)

    def set_title(self, text: str) -> None:
        """Title of the card, spoken with every field."""
        self.title.setText(text)
        for field in self.fields.values():
            field.editor.setAccessibleName(f"{text} {field.label.text()}")

    def set_value(self, person: Person) -> None:
        """Show a person; no signal."""
        self._person = person
        for name, field in self.fields.items():
            field.set_value(getattr(person, name))
        for name, pill in self.pills.items():
            pill.set_value(getattr(person, name))
        known = getattr(person, "id", None) is not None
        self.shared.set(tr("已登记的监护人，资料共用") if known else "")

    def value(self) -> Person:
        """The person as typed; what has no field here stays as it was."""
        typed: dict[str, Any] = {name: field.value() or "" for name, field in self.fields.items()}
        typed |= {name: pill.value() for name, pill in self.pills.items()}
        changed: Person = replace(self._person, **typed)
        return changed

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return is_blank(self.value())


def guardian_card() -> PersonCard[Guardian]:
    """A card for a guardian."""
    fields = {
        "name": Field(tr("姓名"), LineEdit(), required=True),
        "relation": Field(tr("关系"), PickList(relation_options(), free=True, remember="relation"), required=True),
        "mobile": Field(tr("手机"), PhoneEdit(), required=True),
        "wechat": Field(tr("微信"), LineEdit(tr("选填"))),
        "workplace": Field(tr("工作单位"), LineEdit(tr("选填"))),
    }
    pills = {
        "may_collect": tr("可接送"),
        "emergency": tr("紧急联系人"),
        "payer": tr("交款人"),
        "lives_with_child": tr("同住"),
    }
    return PersonCard(Guardian(), pills, fields)


def contact_card() -> PersonCard[Contact]:
    """A card for somebody who is no guardian."""
    fields = {
        "name": Field(tr("姓名"), LineEdit(), required=True),
        "relation": Field(tr("关系"), PickList(relation_options(), free=True, remember="relation")),
        "mobile": Field(tr("电话"), PhoneEdit()),
    }
    return PersonCard(Contact(), {"may_collect": tr("可接送"), "emergency": tr("紧急联系人")}, fields)
