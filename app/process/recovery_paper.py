"""The paper with the recovery key: drawn for printing at once, stored nowhere."""

from typing import TYPE_CHECKING

from app.process import clock

if TYPE_CHECKING:
    from app.process.founding import NewCentre
    from app.process.office import Centre


def sheet(printed: str, centre: "Centre | NewCentre", made_by: str) -> bytes:
    """The PDF of a recovery key (`printed`: groups with hyphens).

    `centre` is the one in use, or the one that the first start asks for; `made_by` is a person's name.
    """
    from app.printing import paper, recovery_key_sheet  # reportlab: only when it is drawn

    owner = paper.Centre(centre.name, centre.english_name, centre.address, centre.phone, centre.logo)
    return recovery_key_sheet.draw(recovery_key_sheet.RecoveryFacts(printed, owner, clock.stamp(), made_by))
