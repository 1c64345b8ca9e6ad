"""Health and diet, as far as the guardians tell: marks to tick, and the details in words."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.rules.person import HEALTH_MARKS, Health
from app.ui import theme
from app.ui.consent_words import closed_text
from app.ui.sections.rare import rare_note
from app.ui.sections.section import Block, Found, Section
from app.ui.texts import tr
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pill_choice import PillChoice
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import Strip
from app.ui.words import HEALTH_MARK, word

NOTHING = "none_known"


class HealthSection(Section):
    """One card. While it is closed nothing of it is shown or typed, and what it holds stays as it is."""

    part = "health"

    def build(self) -> None:
        """The marks above the details."""
        self._part, self._closed = Health(), False
        self.closed_line = Strip("blue", icon="lock")
        self.column.addWidget(self.closed_line)
        card = self.card = Block(bare=self.bare)
        self.marks = PillChoice([(code, word(HEALTH_MARK, code)) for code in HEALTH_MARKS])
        hint = tr("可以选几项；什么都没有就按空格选“无特殊情况”")
        self.marks_field = self.field("health.marks", Field(tr("家长告诉我们"), self.marks, hint=hint))
        card.body.addWidget(self.marks_field)
        card.body.addSpacing(theme.px(4))
        left = self._area("allergies", tr("过敏"), tr("对什么过敏，怎样避免"))
        right = self._area("conditions", tr("病史"), tr("选填"))
        card.body.addWidget(FormRow(left, right))
        left = self._area("medication", tr("用药"), tr("药名、剂量、时间"))
        right = self._area("diet", tr("饮食"), tr("忌口、清真、素食"))
        card.body.addWidget(FormRow(left, right))
        notes = self._area("doctor_notes", tr("医生意见"), tr("选填"))
        insurance = self.field("health.insurance", Field(tr("保险"), LineEdit(tr("选填，公司和保单号"))))
        card.body.addWidget(FormRow(notes, insurance))
        self.column.addWidget(card)
        self._before: tuple[str, ...] = ()
        self.marks.changed.connect(self._one_or_the_other)

    def _area(self, name: str, label: str, placeholder: str) -> Field:
        return self.field(f"health.{name}", Field(label, TextArea(placeholder, most=6)))

    def _one_or_the_other(self) -> None:
        """'Nothing particular' and a particular exclude each other: what was pressed last holds."""
        now = self.marks.value()
        if NOTHING in now and len(now) > 1:
            others = tuple(one for one in now if one != NOTHING)
            self.marks.set_value(others if NOTHING in self._before else (NOTHING,))
        self._before = self.marks.value()
        self.left.emit()

    def set(self, part: Health) -> None:
        """Show what was told."""
        self._part = part
        self._show(Health() if self._closed else part)

    def _show(self, part: Health) -> None:
        for path, field in self._fields.items():
            field.set_value(getattr(part, path.removeprefix("health.")))
        self._before = self.marks.value()

    def value(self) -> Health:
        """What was told."""
        if self._closed:
            return self._part
        given = {path.removeprefix("health."): field.value() for path, field in self._fields.items()}
        return replace(Health(), **given)

    def close_health(self, reason: str) -> None:
        """Close or open the card; what it holds comes back as it was."""
        self.closed_line.set(closed_text(reason) if reason else "")
        if bool(reason) != self._closed:
            self._part = self.value()
            self._closed = bool(reason)
            self._show(Health() if self._closed else self._part)
            self.card.setEnabled(not self._closed)

    def good(self, path: str, value: object) -> Found:
        """Rare characters are told."""
        return rare_note(value) if isinstance(value, str) else None

    def first_field(self) -> QWidget | None:
        """The first mark."""
        return None if self._closed else self.marks.pill(NOTHING)
