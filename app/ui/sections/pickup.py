"""How the child leaves: fetched, or 自行回家 from a time on with a guardian's signature."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.person import PickUp
from app.ui import theme
from app.ui.sections.section import Block, Section
from app.ui.texts import tr
from app.ui.widgets.form.check_box import Switch
from app.ui.widgets.form.date import TimeEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.text import Text


class PickUpSection(Section):
    """A switch, and what belongs to it while it is on."""

    part = "pick_up"

    def build(self) -> None:
        """One card."""
        self._part = PickUp()
        card = Block(bare=self.bare)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        self.alone = Switch(tr("自行回家"))
        self.alone.changed.connect(self._switched)
        if not self.bare:
            head.addWidget(Text(tr("怎样离园"), "block_title"))
        head.addWidget(self.alone)
        self.explanation = Text(tr("到时间可以自己走，确认单上要有家长的单独签字"), "secondary", wrap=True)
        head.addWidget(self.explanation, 1)
        card.body.addLayout(head)
        self.start = self.field("pick_up.alone_from", Field(tr("几点起可以自己走"), TimeEdit(), required=True))
        self.note = self.field("pick_up.note", Field(tr("接送说明"), LineEdit(tr("选填，如“周五由奶奶接”"))))
        self.row = FormRow(self.start, self.note, stretches=[3, 7])
        card.body.addWidget(self.row)
        self.column.addWidget(card)
        self._show_start()

    def set(self, part: PickUp) -> None:
        """Show how the child leaves."""
        self._part = part
        self.alone.set_value(part.goes_home_alone)
        self.start.set_value(part.alone_from)
        self.note.set_value(part.note)
        self._show_start()

    def value(self) -> PickUp:
        """How the child leaves; a time that is none comes as it was typed."""
        alone = self.alone.value()
        typed = self.start.value() or self.start.editor.text().strip()
        return replace(self._part, goes_home_alone=alone, alone_from=typed if alone else "", note=self.note.value())

    def _switched(self) -> None:
        self._show_start()
        if self.alone.value():
            self.start.editor.setFocus()
        self._on_changed()
        self.left.emit()

    def _show_start(self) -> None:
        self.start.setVisible(self.alone.value())

    def first_field(self) -> QWidget:
        """The switch."""
        return self.alone
