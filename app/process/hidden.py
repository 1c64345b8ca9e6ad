"""What somebody may see: health only with see_health, the whole identity number with see_identity, money only by MONEY.

Whoever keyed an application sees what was keyed. A draft, and a sheet that is drawn of what is being typed, is the
typist's own work; a draft of somebody else is opened only by who may see all that stands in it, for what is hidden
would be lost at the next save. A confirmation sheet that was stored is shown whole or not at all.
An application whose consents do not open the health section shows health to nobody until they are answered.
"""

import json
from dataclasses import replace

from app.errors import Refused
from app.models.database import database
from app.process import student_scope
from app.process.actor import Actor, rights_of
from app.rules import consents, identity
from app.rules.person import Health, Registration, from_plain

_KEYED = """
    SELECT keyed_by, form FROM application
    WHERE id = :application OR (student_id = :student AND state = 'approved') ORDER BY id DESC LIMIT 1
"""
MONEY = ("take_payment", "see_ledger")
"""Who holds one of these sees what a family owes, or has as credit."""
NO_RIGHT = "no_right_to_see_health"


def sees_money(actor: Actor, seen: frozenset[int] | None) -> bool:
    """Whether the actor may see the accounts of the students of these classes (None: of all)."""
    return student_scope.reaches(actor, seen, *MONEY)


def without_health(whole: Registration) -> Registration:
    """The registration without health and special needs."""
    return replace(whole, child=replace(whole.child, special_needs=""), health=Health())


def with_masked_identity(whole: Registration) -> Registration:
    """The registration with no more than the ends of the identity number."""
    return replace(whole, child=replace(whole.child, identity_number=identity.masked(whole.child.identity_number)))


def shown(actor: Actor, whole: Registration, keyed_by: int, today: str) -> tuple[Registration, str]:
    """The registration as the actor may see it, and why health was left out: NO_RIGHT, a reason of the consents, ''."""
    rights = rights_of(actor)
    own = keyed_by == actor.user_id
    closed = consents.trouble(whole.consents, whole.child.birth_date, today)
    if not own and "see_health" not in rights:
        closed = NO_RIGHT
    if closed:
        whole = without_health(whole)
    if not own and "see_identity" not in rights:
        whole = with_masked_identity(whole)
    return whole, closed


def require_whole(actor: Actor, whole: Registration, keyed_by: int) -> None:
    """Go on only if nothing of the registration is hidden from the actor. Raises Refused no_right."""
    if keyed_by == actor.user_id:
        return
    rights = rights_of(actor)
    if without_health(whole) != whole and "see_health" not in rights:
        raise Refused("no_right", right="see_health")
    if whole.child.identity_number and "see_identity" not in rights:
        raise Refused("no_right", right="see_identity")


def require_sheet(actor: Actor, paper_id: int, *, application_id: int | None, student_id: int | None) -> None:
    """Go on only if nothing that a stored confirmation sheet shows is hidden from the actor. Raises Refused no_right.

    Who keyed the application sees the sheet, as long as it shows what was keyed. A sheet whose form was erased shows
    nobody knows what: it needs both rights.
    """
    missing = sorted({"see_health", "see_identity"} - rights_of(actor))
    if not missing:
        return
    row = database.execute_sql("SELECT form FROM sheet_form WHERE paper_id = ?", (paper_id,)).fetchone()
    if row is None:
        raise Refused("no_right", right=missing[0])
    sheet = from_plain(json.loads(row[0]))
    given = {"application": application_id, "student": student_id}
    keyed_by, form = database.execute_sql(_KEYED, given).fetchone() or (0, "{}")
    as_keyed = _private(from_plain(json.loads(form))) == _private(sheet)
    require_whole(actor, sheet, keyed_by if as_keyed else 0)


def _private(whole: Registration) -> tuple[Health, str, str]:
    return whole.health, whole.child.special_needs, whole.child.identity_number
