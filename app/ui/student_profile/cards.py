"""The cards of the file: which sections stand on each, what it reads, and which errors and changes are its own."""

from app.ui.desk import Desk
from app.ui.sections.child import ChildSection
from app.ui.sections.consents import ConsentsSection
from app.ui.sections.guardians import ContactsSection, GuardiansSection
from app.ui.sections.health import HealthSection
from app.ui.sections.pickup import PickUpSection
from app.ui.sections.services import ServicesSection
from app.ui.student_profile import reading
from app.ui.student_profile.card import FileCard
from app.ui.texts import tr

COVERS = {  # card: the sections whose problems it can have
    "child": ("child",), "guardians": ("guardians", "pick_up"), "health": ("health",), "services": ("services",),
}  # fmt: skip
HISTORY_OF = {  # card: the first word of the fields that stand on it
    "guardians": ("guardians", "contacts", "pick_up"), "health": ("health", "consents"),
}  # fmt: skip


def make_cards(desk: Desk) -> dict[str, FileCard]:
    """The cards in their order; their editors are made when they are edited for the first time."""

    def people() -> list[GuardiansSection | ContactsSection | PickUpSection]:
        return [GuardiansSection(desk, bare=True), ContactsSection(desk, bare=True), PickUpSection(desk, bare=True)]

    def health() -> list[HealthSection | ConsentsSection]:
        return [HealthSection(desk, bare=True), ConsentsSection(desk, bare=True)]

    made = (
        FileCard("child", tr("学员资料"), reading.child_lines, lambda: [ChildSection(desk, bare=True)]),
        FileCard("guardians", tr("监护人与接送"), reading.people_lines, people),
        FileCard("health", tr("健康、饮食与同意"), reading.health_lines, health),
        FileCard("services", tr("服务与托管班"), reading.service_lines, lambda: [ServicesSection(desk, bare=True)]),
    )
    return {card.section: card for card in made}
