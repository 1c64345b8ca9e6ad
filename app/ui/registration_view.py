"""A registration to read: its facts by section, what is wrong or doubtful right below the fact that it is about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.rules import identity, phones
from app.rules.person import Contact, EnrolmentLine, Guardian, Health, Registration
from app.rules.problem import ERROR, Problem
from app.rules.problems import section_of
from app.ui import theme
from app.ui.consent_words import answer_text, closed_text
from app.ui.fee_words import price_text
from app.ui.sections.wording import grade_class_text, weekdays_text
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Hairline
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.text import Text
from app.ui.words import CONSENT, DISCOUNT, HEALTH_MARK, IDENTITY_KIND, RELATION, SEX, word

MOST_FOR_CAPTIONS = 120  # design pixels; longer ones go on below
BETWEEN = "\u3000"


@dataclass(frozen=True)
class Fact:
    """A caption with its value; `paths` are the fields of the rules that it shows (each also with what is below it)."""

    caption: str
    value: str
    paths: tuple[str, ...] = ()
    tone: str = ""
    strong: bool = False

    def is_about(self, path: str) -> bool:
        """Whether a problem of this field belongs here."""
        return any(path == one or path.startswith(f"{one}.") for one in self.paths)


@dataclass(frozen=True)
class Group:
    """The facts of a section of the form; `section` as `rules.problems.section_of` names it."""

    section: str
    title: str
    facts: tuple[Fact, ...]


def groups(whole: Registration, class_name: str = "", *, health_closed: str = "") -> tuple[Group, ...]:
    """The facts of a registration in the order of the form; optional ones that are empty are left out."""
    made = (
        Group("child", tr("学员资料"), tuple(_child(whole))),
        Group("guardians", tr("监护人与接送"), tuple(_people(whole))),
        Group("health", tr("健康与同意"), tuple(_health(whole, closed=health_closed))),
        Group("services", tr("服务与费用"), tuple(_services(whole, class_name))),
    )
    return tuple(Group(one.section, one.title, tuple(fact for fact in one.facts if fact.value)) for one in made)


def _joined(*parts: str) -> str:
    return BETWEEN.join(part for part in parts if part)


def _child(whole: Registration) -> Iterator[Fact]:
    child = whole.child
    yield Fact(tr("姓名"), child.name or "—", ("child.name",), strong=True)
    who = _joined(word(SEX, child.sex), child.birth_date)
    yield Fact(tr("性别、生日"), who or "—", ("child.sex", "child.birth_date"))
    number = child.identity_number
    shown = " ".join((number[:6], number[6:14], number[14:])) if identity.read(number) else number
    yield Fact(word(IDENTITY_KIND, child.identity_kind), shown or "—", ("child.identity_number", "child.identity_kind"))
    school = _joined(child.school, grade_class_text(child.grade, child.school_class), child.form_teacher)
    yield Fact(tr("就读学校"), school or "—", ("child.school", "child.grade", "child.school_class"))
    yield Fact(tr("家庭住址"), child.address or "—", ("child.address",))
    yield Fact(tr("特殊需要"), child.special_needs, ("child.special_needs",), tone="accent")
    yield Fact(tr("从哪里知道我们"), child.heard_of, ("child.heard_of",))


def _people(whole: Registration) -> Iterator[Fact]:
    for place, guardian in enumerate(whole.guardians):
        caption = word(RELATION, guardian.relation) or tr("监护人")
        yield Fact(caption, _person(guardian), (f"guardians.{place}",))
    for place, contact in enumerate(whole.contacts):
        caption = word(RELATION, contact.relation) or tr("联系人")
        yield Fact(caption, _person(contact), (f"contacts.{place}",))
    leaving = tr("自行回家，{time} 起", time=whole.pick_up.alone_from) if whole.pick_up.goes_home_alone else ""
    yield Fact(tr("怎样离园"), _joined(leaving, whole.pick_up.note), ("pick_up",))


def _person(one: Guardian | Contact) -> str:
    marks = [tr("可接送")] * one.may_collect + [tr("紧急联系人")] * one.emergency
    facts: tuple[str, ...] = (one.name, phones.show(one.mobile))
    if isinstance(one, Guardian):
        marks += [tr("交款人")] * one.payer + [tr("同住")] * one.lives_with_child
        facts = (*facts, one.wechat, one.workplace)
    return "\n".join(filter(None, (_joined(*facts), tr("、").join(marks))))


def _health(whole: Registration, *, closed: str) -> Iterator[Fact]:
    if closed:
        yield Fact(tr("健康与饮食"), closed_text(closed))
    else:
        yield from _health_facts(whole.health)
    said = [f"{word(CONSENT, one.kind)}：{answer_text(one)}" for one in whole.consents if one.given is not None]
    yield Fact(tr("家长的同意"), "\n".join(said) or "—", ("consents",))


def _health_facts(health: Health) -> Iterator[Fact]:
    marks = tr("、").join(word(HEALTH_MARK, one) for one in health.marks)
    tone = "accent" if health.marks and health.marks != ("none_known",) else ""
    yield Fact(tr("情况"), marks or "—", ("health.marks",), tone=tone)
    for caption, name in (
        (tr("过敏"), "allergies"), (tr("病史"), "conditions"), (tr("用药"), "medication"), (tr("饮食"), "diet"),
        (tr("医生意见"), "doctor_notes"), (tr("保险"), "insurance"),
    ):  # fmt: skip
        yield Fact(caption, getattr(health, name), (f"health.{name}",), tone="accent" if name == "allergies" else "")


def _services(whole: Registration, class_name: str) -> Iterator[Fact]:
    services = whole.services
    start = _joined(services.start_date, class_name) or "—"
    yield Fact(tr("家长想要"), services.wanted, ("services.wanted",), tone="accent")
    yield Fact(tr("入托日期"), start, ("services.start_date", "services.class_id"))
    for place, line in enumerate(services.lines):
        yield Fact(line.service_name or tr("服务"), _line(line), (f"services.lines.{place}",))
    for place, discount in enumerate(services.discounts):
        text = _joined(money_text(-discount.fen), discount.reason)
        yield Fact(word(DISCOUNT, discount.rule), text, (f"services.discounts.{place}",), tone="accent")
    for gone in services.removed:
        yield Fact(word(DISCOUNT, gone.rule), tr("已去掉：{reason}", reason=gone.reason))
    yield Fact(tr("入托应缴"), f"¥{money_text(services.total_fen)}", strong=True, tone="primary")


def _line(line: EnrolmentLine) -> str:
    period = tr("{first} 至 {last}", first=line.from_date, last=line.to_date) if line.from_date else ""
    price = f"{price_text(line.unit_fen, line.quantity, line.unit)} = {money_text(line.amount_fen)}"
    days = weekdays_text(line.weekdays) if line.session != "none" else ""
    return "\n".join(filter(None, (_joined(period, days), price)))


class RegistrationView(QWidget):
    """`editAsked(path)`: the person wants to change this field, or the first one of a section (named alone)."""

    editAsked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, editable: bool = False) -> None:
        """`editable` offers a link to each section."""
        super().__init__(parent)
        self._editable, self._captions = editable, 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))

    def set_editable(self, *, editable: bool) -> None:
        """With or without the links; holds from the next `show_registration`."""
        self._editable = editable

    def show_registration(
        self, whole: Registration, found: Sequence[Problem] = (), class_name: str = "", *, health_closed: str = "",
    ) -> None:  # fmt: skip
        """Show the facts, and below each what was found about it."""
        clear(self._column)
        left, made = list(found), groups(whole, class_name, health_closed=health_closed)
        self._captions = self._caption_width([fact.caption for group in made for fact in group.facts])
        for place, group in enumerate(made):
            if place:
                self._column.addWidget(Hairline())
            self._column.addLayout(self._head(group))
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.px(14))
            grid.setVerticalSpacing(theme.px(5))
            grid.setColumnMinimumWidth(0, self._captions)
            grid.setColumnStretch(1, 1)
            for fact in group.facts:
                about = [one for one in left if fact.is_about(one.field)]
                left = [one for one in left if one not in about]
                self._add(grid, fact, about)
            rest = [one for one in left if section_of(one.field) in _covered(group.section)]
            left = [one for one in left if one not in rest]
            self._say(grid, rest)
            self._column.addLayout(grid)
        self._column.addStretch(1)

    def _caption_width(self, captions: Sequence[str]) -> int:
        """One width for the captions of all groups, as far as they need it."""
        metrics = QFontMetrics(theme.font(13))
        return min(theme.px(MOST_FOR_CAPTIONS), max(metrics.horizontalAdvance(one) for one in captions) + theme.px(2))

    def _head(self, group: Group) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Text(group.title, "block_title"))
        row.addStretch(1)
        if self._editable:
            button = Button(tr("修改"), "link", small=True)
            button.setAccessibleName(tr("修改：{title}", title=group.title))
            button.clicked.connect(partial(self.editAsked.emit, group.section))
            row.addWidget(button)
        return row

    def _add(self, grid: QGridLayout, fact: Fact, about: Iterable[Problem]) -> None:
        line = grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        caption = Text(fact.caption, "secondary", wrap=True)
        caption.setFixedWidth(self._captions)
        grid.addWidget(caption, line, 0, top)
        value = Text(fact.value, "strong" if fact.strong else "body", fact.tone, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(value, line, 1)
        self._say(grid, about)

    def _say(self, grid: QGridLayout, about: Iterable[Problem]) -> None:
        for problem in about:
            tone = "red" if problem.strength == ERROR else "amber"
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.px(6))
            icon = IconLabel("warning-circle" if tone == "red" else "warning", tone, 16)
            row.addWidget(icon)
            row.addWidget(Text(sentence(problem), "label", tone, wrap=True), 1)
            if self._editable:
                go = Button(tr("去改"), "link", small=True)
                go.clicked.connect(partial(self.editAsked.emit, problem.field))
                row.addWidget(go)
            grid.addWidget(holder, grid.rowCount(), 1)


def _covered(section: str) -> tuple[str, ...]:
    return ("guardians", "pick_up") if section == "guardians" else (section,)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, rows inside it too."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()  # or a pending show would make a window of it
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
