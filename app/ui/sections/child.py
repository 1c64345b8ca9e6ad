"""The child: who it is, where it lives and learns. The name comes first; the identity number fills what it tells."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process import clock, office
from app.rules import dates, identity
from app.rules.person import Child
from app.ui import theme
from app.ui.sections.photo import PhotoPicker
from app.ui.sections.rare import name_note
from app.ui.sections.section import Block, Found, Section
from app.ui.sections.wording import grade_options, identity_kind_options
from app.ui.texts import tr
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.grouped import IdentityEdit
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.form.segments import Segmented
from app.ui.words import SEX, word


class ChildSection(Section):
    """The first section of the form."""

    part = "child"

    def build(self) -> None:
        """Three cards: the child, its school, the rest."""
        self._told_by_number: dict[str, str] = {}
        self.photo = PhotoPicker(self.desk)
        self.photo.changed.connect(self.changed)
        self.photo.changed.connect(self.left)
        self.column.addWidget(self._card("", self._who(), with_photo=True))
        self.column.addWidget(self._card(tr("在哪儿上学"), self._school()))
        self.column.addWidget(self._card(tr("还要知道什么"), self._more()))
        self._fields["child.identity_number"].changed.connect(self._number_changed)
        self._fields["child.identity_kind"].changed.connect(self._kind_changed)

    def _card(self, title: str, rows: list[QWidget], *, with_photo: bool = False) -> QWidget:
        card = Block(title, bare=self.bare)
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        for row in rows:
            column.addWidget(row)
        if with_photo:
            beside = QHBoxLayout()
            beside.setSpacing(theme.px(24))
            beside.addLayout(column, 1)
            beside.addWidget(self.photo)
            card.body.addLayout(beside)
        else:
            card.body.addLayout(column)
        return card

    def _who(self) -> list[QWidget]:
        name = self.field("child.name", Field(tr("姓名"), LineEdit(), required=True))
        kinds = PickList(identity_kind_options(), remember="identity_kind")
        kind = self.field("child.identity_kind", Field(tr("证件类型"), kinds))
        number = self.field(
            "child.identity_number",
            Field(tr("证件号码"), IdentityEdit(placeholder=tr("选填，可扫描")), hint=tr("填了会带出性别和出生日期")),
        )
        sex = self.field("child.sex", Field(tr("性别"), Segmented([(code, word(SEX, code)) for code in SEX])))
        born = self.field("child.birth_date", Field(tr("出生日期"), DateEdit("2018-04-16")))
        address = self.field("child.address", Field(tr("家庭住址"), LineEdit(tr("选填"))))
        first = FormRow(name, kind, number, stretches=[3, 3, 4], least=540)
        return [first, FormRow(sex, born, stretches=[3, 7], least=420), address]

    def _school(self) -> list[QWidget]:
        school = self.field("child.school", Field(tr("就读学校"), self._used("school", tr("选填"))))
        grade = self.field(
            "child.grade", Field(tr("年级"), PickList(grade_options(), placeholder=tr("选填"), remember="grade")),
        )
        school_class = self.field("child.school_class", Field(tr("学校班级"), self._used("school_class", tr("如 2"))))
        teacher = self.field("child.form_teacher", Field(tr("学校班主任"), self._used("form_teacher", tr("选填"))))
        return [FormRow(school, grade, school_class, teacher, stretches=[4, 3, 3, 3], least=600)]

    def _more(self) -> list[QWidget]:
        needs = self._needs = self.field("child.special_needs", Field(tr("特殊需要"), TextArea(tr("选填"), most=4)))
        heard = self.field("child.heard_of", Field(tr("从哪里知道我们"), self._used("heard_of", tr("选填"))))
        return [FormRow(needs, heard, stretches=[6, 4], least=480)]

    def _used(self, name: str, placeholder: str) -> PickList:
        """What was typed before, last used first; anything else may be typed too."""
        values = self.desk.look(office.used_values, name) or ()
        usual = _USUAL.get(name, ())
        texts = dict.fromkeys((*values, *(tr(text) for text in usual)))
        return PickList([(text, text) for text in texts], free=True, placeholder=placeholder)

    def close_health(self, reason: str) -> None:
        """Special needs belong to health: what is not shown is not typed either."""
        self._needs.setVisible(not reason)

    # value ------------------------------------------------------------------------------------------------------------

    def set(self, part: Child) -> None:
        """Show a child."""
        self._told_by_number = {}
        self._fields["child.identity_number"].editor.set_kind(part.identity_kind)
        for path, field in self._fields.items():
            field.set_value(getattr(part, path.removeprefix("child.")))
        self.photo.set_value(part.photo)
        self._show_age(part.birth_date)

    def value(self) -> Child:
        """The child as it is typed; a date that is none comes as it was typed, so that the rules can say so."""
        given = {path.removeprefix("child."): field.value() or "" for path, field in self._fields.items()}
        born: DateEdit = self._fields["child.birth_date"].editor
        given["birth_date"] = born.value() or born.raw()
        given["identity_kind"] = given["identity_kind"] or "resident_id"
        return replace(Child(), **given, photo=self.photo.value())

    def good(self, path: str, value: object) -> Found:
        """Ticks for what was checked, the age beside the birth date."""
        if path == "child.name":
            return name_note(str(value))
        if path == "child.identity_number" and value and self._kind() == "resident_id":
            return "ok", tr("校验码正确")
        if path == "child.birth_date" and value:
            return "ok", self._age(str(value))
        return None

    def _kind(self) -> str:
        return str(self._fields["child.identity_kind"].value() or "resident_id")

    # what the identity number tells -----------------------------------------------------------------------------------

    def _kind_changed(self) -> None:
        self._fields["child.identity_number"].editor.set_kind(self._kind())

    def _number_changed(self) -> None:
        """A whole number fills sex and birth date, unless somebody typed others: then the fields ask."""
        number = identity.clean(str(self._fields["child.identity_number"].value()))
        if self._kind() != "resident_id" or identity.trouble(number, clock.today()) is not None or not number:
            return
        told = identity.read(number)
        if told is None:
            return
        for name, value in (("sex", told.sex), ("birth_date", told.birth_date)):
            field = self._fields[f"child.{name}"]
            if field.editor.is_empty() or field.value() == self._told_by_number.get(name):
                field.set_value(value)
                self._told_by_number[name] = value
            self._visited.add(f"child.{name}")
            field.set_visited(True)
        self._visited.add("child.identity_number")
        self._fields["child.identity_number"].set_visited(True)
        self._on_changed()

    def _show_age(self, birth_date: str) -> None:
        self._fields["child.birth_date"].note(self._age(birth_date) if birth_date else "")

    def _age(self, birth_date: str) -> str:
        today = clock.today()
        if not dates.is_date(birth_date) or birth_date > today:
            return ""
        age = dates.age(birth_date, today)
        return tr("{years} 岁 {months} 个月", years=age.years, months=age.months)


_USUAL = {"heard_of": ("朋友介绍", "在校家长介绍", "学校门口看到", "路过", "网上搜到", "以前上过")}
