"""A step of the wizard: a question, its sections, and which parts of the registration it covers."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.rules.person import Registration
from app.ui import theme
from app.ui.desk import Desk
from app.ui.sections.child import ChildSection
from app.ui.sections.consents import ConsentsSection
from app.ui.sections.guardians import ContactsSection, GuardiansSection
from app.ui.sections.health import HealthSection
from app.ui.sections.pickup import PickUpSection
from app.ui.sections.section import Section, put_focus
from app.ui.sections.services import ServicesSection
from app.ui.texts import tr
from app.ui.widgets.page import scrolled


class Step:
    """`shown` once it was filled: before that its fields say nothing."""

    def __init__(self, title: str, question: str, hint: str, covers: tuple[str, ...], sections: list[Section]) -> None:
        """`covers` names sections as `rules.problems.section_of` does."""
        self.title, self.question, self.hint, self.covers = title, question, hint, covers
        self.sections = sections
        self.shown = False
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(12))
        for section in sections:
            column.addWidget(section)
            if isinstance(section, ConsentsSection):
                section.changed.connect(self._follow)
                section.agreed.connect(self._to_first_field)
        column.addStretch(1)
        self.area: QScrollArea = scrolled(holder)

    def show_registration(self, registration: Registration) -> None:
        """Fill the sections."""
        self.shown = True
        for section in self.sections:
            section.show_registration(registration)
        self._follow()

    def _follow(self) -> None:
        """Health is open as far as the answers to the consents on this step go."""
        for section in self.sections:
            if isinstance(section, ConsentsSection):
                for other in self.sections:
                    other.close_health(section.trouble())

    def _to_first_field(self) -> None:
        if (field := self.first_field()) is not None:
            put_focus(field)

    def marked(self) -> bool:
        """Whether a field is marked as wrong."""
        return any(section.marked() for section in self.sections)

    def first_field(self) -> QWidget | None:
        """Where typing begins; nothing where all of it is closed."""
        return next((found for section in self.sections if (found := section.first_field()) is not None), None)


def steps(desk: Desk) -> list[Step]:
    """The steps before the last, in their order (look.md, point 5)."""
    return [
        Step(
            tr("学员资料"),
            tr("孩子叫什么？在哪儿上学？"),
            tr("带 * 为必填，其他可以按 Enter 跳过。"),
            ("child",),
            [ChildSection(desk)],
        ),
        Step(
            tr("监护人与接送"),
            tr("谁来接孩子？紧急时先联系谁？"),
            tr("带 * 为必填。姓名、手机与“可接送”会印在确认单上。"),
            ("guardians", "pick_up"),
            [GuardiansSection(desk), ContactsSection(desk), PickUpSection(desk)],
        ),
        Step(
            tr("健康与饮食"),
            tr("孩子的身体和饮食，有什么要我们知道的？"),
            tr("先问家长是否同意；没有特殊情况也请选一下，表示问过了。"),
            ("health",),
            [ConsentsSection(desk), HealthSection(desk)],
        ),
        Step(
            tr("服务与费用"),
            tr("要哪些服务？从哪天到哪天？"),
            tr("费用按期间自动算出，旁边写着天数。"),
            ("services",),
            [ServicesSection(desk)],
        ),
    ]
