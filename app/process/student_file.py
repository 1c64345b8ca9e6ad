"""The student's file: reading it, correcting a section, the history of every field, undoing the last save. P8, P10.

A save carries the version that was read; a save over a newer change is refused and names both values. Fields are named
as in `rules/form_fields.py`. What is agreed about services is changed through `enrolment_lines`, never rewritten.
"""

import json
from dataclasses import replace

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import (
    account,
    clock,
    confirmation,
    consents,
    form_check,
    matches,
    merged,
    operation_log,
    student_record,
    student_scope,
)
from app.process import enrolment_lines as lines
from app.process.actor import Actor, require, rights_of
from app.process.student_history import Change, history
from app.process.student_profile import ConsentFact, Profile, Sibling, profile
from app.rules import form_fields, identity
from app.rules.form_fields import Changes
from app.rules.person import Registration

__all__ = [
    "SECTIONS", "Change", "ConsentFact", "Profile", "Sibling", "history", "profile", "reveal_identity", "save_section",
    "undo_last",
]  # fmt: skip

SECTIONS = ("child", "guardians", "pick_up", "health", "services")
_ACTIONS = ("change_student", "undo_student_change", consents.GIVE, consents.WITHDRAW)


def reveal_identity(actor: Actor, student_id: int) -> str:
    """The identity number in full; that somebody looked is logged. Needs see_identity."""
    with unit_of_work():
        require(actor, "see_identity")
        student_scope.require_student(actor, student_id)
        (number,) = database.execute_sql("SELECT identity_number FROM student WHERE id = ?", (student_id,)).fetchone()
        operation_log.record(actor, "reveal_identity", "student", student_id)
    return str(number)


# changing -----------------------------------------------------------------------------------------------------------


def save_section(
    actor: Actor, student_id: int, section: str, registration: Registration, version: int, *, opid: str = "",
) -> int:  # fmt: skip
    """Save one section of the file out of `registration` (a changed copy of what was read); gives the new version.

    Guardians, contacts and pick-up are saved together; consents and special needs with health. Services: a line may be
    ended earlier or others added, which charges them at once; the class may change. Without any change nothing is
    written. Of a health section that is closed (rules/consents.py) the consents alone are saved. A change that the
    signed sheet does not cover makes it stale, also for those who share a guardian; changing it back makes it good
    again.

    Needs change_students; see_health for health; charge for a price or discount outside the rules.
    Raises Refused newer_change (`changes`: (field, yours, theirs), `who`, `at`), unknown_section,
    registration_has_errors, same_identity, those of `enrolment_lines.changes`, discount_may_not_vanish,
    guardian_unknown.
    """
    if section not in SECTIONS:
        raise Refused("unknown_section", section=section)
    with unit_of_work():
        _require_change(actor, student_id, section)
        before = student_record.read(student_id, clock.today())
        sees_health = "see_health" in rights_of(actor) and consents.health_access(student_id).is_open
        wanted = _with_section(before, section, form_check.tidy(registration), sees_health=sees_health)
        _refuse_older(student_id, version, before, wanted)
        form_check.refuse_errors(wanted, section)
        changed = _write(actor, student_id, section, before, wanted, opid or f"{student_id}:{version}")
        if changed:
            _finish(actor, student_id, changed, "change_student", {"section": section})
        version = _version(student_id)
    if section == "services":
        operation_log.after_money()
    return version


def undo_last(actor: Actor, student_id: int, version: int) -> int:
    """Take the last save back, as a new change; gives the new version. Needs the rights that the save needed.

    Services are not undone: the money they moved is corrected by entries in the ledger.
    Raises Refused nothing_to_undo, undo_services, health_closed, newer_change.
    """
    with unit_of_work():
        row = database.execute_sql(
            "SELECT seq, action, details FROM operation_log WHERE subject_kind = 'student' AND subject_id = ?"
            " AND action IN (?, ?, ?, ?) ORDER BY seq DESC LIMIT 1",
            (student_id, *_ACTIONS),
        ).fetchone()
        section = json.loads(row[2]).get("section", "") if row else ""
        _require_change(actor, student_id, section)
        if row is None or row[1] != "change_student":
            raise Refused("nothing_to_undo")
        if section == "services":
            raise Refused("undo_services")
        old = database.execute_sql("SELECT field, before FROM operation_value WHERE seq = ?", (row[0],)).fetchall()
        before = student_record.read(student_id, clock.today())
        wanted = form_fields.with_values(before, dict(old))
        if wanted.health != before.health and not consents.health_access(student_id).is_open:
            raise Refused("health_closed")
        _refuse_older(student_id, version, before, wanted)
        changed = _write(actor, student_id, section, before, wanted, "")
        if not changed:
            raise Refused("nothing_to_undo")
        _finish(actor, student_id, changed, "undo_student_change", {"section": section, "undone": row[0]})
        return _version(student_id)


def _require_change(actor: Actor, student_id: int, section: str) -> None:
    require(actor, "change_students")
    student_scope.require_student(actor, student_id)
    merged.refuse(student_id)
    if section == "health":
        require(actor, "see_health")


def _with_section(
    stored: Registration, section: str, given: Registration, *, sees_health: bool,
) -> Registration:  # fmt: skip
    """What is stored, with one section of what was given; a masked identity number is no change.

    What nobody could see, for want of a right or of a consent, stays as it is.
    """
    if section == "child":
        child = given.child if sees_health else replace(given.child, special_needs=stored.child.special_needs)
        if child.identity_number == identity.masked(stored.child.identity_number):
            child = replace(child, identity_number=stored.child.identity_number)
        return replace(stored, child=child)
    if section in ("guardians", "pick_up"):
        return replace(stored, guardians=given.guardians, contacts=given.contacts, pick_up=given.pick_up)
    if section == "health":
        if not sees_health:  # closed: the answers may be changed, and open it for the next time
            return replace(stored, consents=given.consents)
        child = replace(stored.child, special_needs=given.child.special_needs)
        return replace(stored, child=child, health=given.health, consents=given.consents)
    return replace(stored, services=given.services)


def _refuse_older(student_id: int, version: int, stored: Registration, wanted: Registration) -> None:
    if _version(student_id) == version:
        return
    theirs = form_fields.differences(wanted, stored)
    last = database.execute_sql(
        "SELECT user.name, log.at FROM operation_log log JOIN user ON user.id = log.actor_id"
        " WHERE log.subject_kind = 'student' AND log.subject_id = ? AND log.action IN (?, ?, ?, ?)"
        " ORDER BY log.seq DESC LIMIT 1",
        (student_id, *_ACTIONS),
    ).fetchone()
    who, at = last or ("", "")
    raise Refused("newer_change", changes=tuple((field, *pair) for field, pair in theirs.items()), who=who, at=at)


def _version(student_id: int) -> int:
    return int(database.execute_sql("SELECT version FROM student WHERE id = ?", (student_id,)).fetchone()[0])


def _write(
    actor: Actor, student_id: int, section: str, before: Registration, wanted: Registration, opid: str,
) -> Changes:  # fmt: skip
    """Write the section and give what differs afterwards."""
    if not form_fields.differences(before, wanted):
        return {}
    touched: tuple[int, ...] = ()
    if section == "child":
        _stop_at_twin(student_id, before, wanted)
        student_record.write_child(student_id, wanted.child)
    elif section in ("guardians", "pick_up"):
        touched = student_record.write_guardians(student_id, wanted.guardians)
        student_record.write_contacts(student_id, wanted.contacts)
        student_record.write_pick_up(student_id, wanted.pick_up)
    elif section == "health":
        student_record.write_child(student_id, wanted.child)
        student_record.write_health(student_id, wanted.health)
        student_record.write_consents(student_id, wanted.consents, actor.user_id)
    else:
        _write_services(actor, student_id, before, wanted, opid)
    if section != "health":
        student_record.refresh_keys(student_id, *touched)
    confirmation.settle_others(touched)
    return form_fields.differences(before, student_record.read(student_id, clock.today()))


def _stop_at_twin(student_id: int, before: Registration, wanted: Registration) -> None:
    if wanted.child.identity_number == before.child.identity_number:
        return
    for match in matches.find(wanted, student_id=student_id):
        if match.kind == "same_identity":
            raise Refused("same_identity", name=match.name, number=match.number, birth_date=match.birth_date)


def _write_services(
    actor: Actor, student_id: int, before: Registration, wanted: Registration, opid: str,
) -> None:  # fmt: skip
    """End lines and add lines with their charges; discounts that were there stay, new ones are taken off."""
    services, stood = wanted.services, list(before.services.discounts)
    fresh = tuple(one for one in services.discounts if one not in stood or stood.remove(one))  # type: ignore[func-returns-value]
    if stood:
        raise Refused("discount_may_not_vanish")
    todo = lines.changes(student_id, services, clock.today())
    asked = replace(wanted, services=replace(services, lines=todo.added, discounts=fresh))
    if form_check.needs_charge(asked, student_id):
        require(actor, "charge")
    for line_id, last_day in todo.ended:
        lines.end(line_id, last_day)
    student_record.update(student_id, class_id=services.class_id, start_date=services.start_date)
    lines.add(actor, student_id, todo.added, fresh, f"file:{opid}")
    account.settle_state(student_id)


def _finish(actor: Actor, student_id: int, changed: Changes, action: str, details: dict[str, object]) -> None:
    details["version"] = student_record.next_version(student_id)
    if any(form_fields.covered_by_signature(field) for field in changed):
        confirmation.settle(student_id)
    operation_log.record(actor, action, "student", student_id, details=details, values=changed)
