"""The wordings of consents as the windows read them out: the same texts and versions that stand on the papers."""

from app.printing import wording
from app.printing.wording import Wording
from app.process import office
from app.process.actor import Actor, require_any


def consent(actor: Actor, kind: str, version: int = 0) -> Wording:
    """A version (0: the newest) of the wording of a consent: privacy, under_14, photos, emergency_treatment.

    Needs register, review or see_students.
    """
    require_any(actor, "register", "review", "see_students")
    return wording.wording(kind, version, centre=office.setting("centre_name"))


def latest(kind: str) -> int:
    """Number of the newest version of a wording."""
    return wording.latest(kind)
