"""What a family agreed to: taking a consent back, giving it again, and what of a child's health is open by it. P1, P13.

An answer is never changed: each is a row of its own, the newest of a kind counts. The rule is in rules/consents.py.
"""

import json
from dataclasses import replace

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import clock, confirmation, office, operation_log, papers, student_record, student_scope, wordings
from app.process.actor import Actor, require
from app.rules import consents as rule
from app.rules import dates, normal
from app.rules.consents import HealthAccess
from app.rules.form_fields import Changes
from app.rules.person import CONSENT_KINDS, Consent

GIVE, WITHDRAW = "give_consent", "withdraw_consent"
_FIELDS = ("given", "version", "date", "given_by", "relation")


def health_access(student_id: int) -> HealthAccess:
    """Whether the health section of one student is open, and until when; for other use cases, never for a list."""
    row = database.execute_sql("SELECT birth_date, unsigned FROM student WHERE id = ?", (student_id,)).fetchone()
    if row is None:
        raise Refused("student_unknown")
    born, unsigned = row
    said, today = student_record.consents(student_id), clock.today()
    needed = rule.needed(born, today)
    signed_on = _signed_on(student_id, needed) if unsigned else today  # what covers everything was as good as today's
    return rule.health_access(said, born, signed_on, today, int(office.setting("consent_paper_days")))


def _signed_on(student_id: int, kinds: tuple[str, ...]) -> str:
    """Day of the newest signed sheet on which none of these consents was refused, '' for none."""
    signed = (sheet for sheet in papers.of(student_id=student_id) if sheet.signed)
    return max((sheet.signed_on for sheet in signed if not _refuses(sheet.id, kinds)), default="")


def _refuses(paper_id: int, kinds: tuple[str, ...]) -> bool:
    """Whether a sheet said no; one that left a box empty was ticked with the pen that signed it."""
    row = database.execute_sql("SELECT form FROM sheet_form WHERE paper_id = ?", (paper_id,)).fetchone()
    said = json.loads(row[0]).get("consents", ()) if row else ()
    return any(one["kind"] in kinds and one["given"] is False for one in said)


# answering anew -----------------------------------------------------------------------------------------------------


def withdraw(
    actor: Actor, student_id: int, kind: str, *, given_by: str, relation: str, on: str, note: str = "",
) -> int:  # fmt: skip
    """Take a consent back, in a guardian's name, from a day on; it holds at once. Gives the new version of the file.

    Nobody needs to see health for it: a withdrawal waits for nothing. A signed sheet that says otherwise is stale.
    Needs change_students. Raises Refused consent_not_given, consent_by_missing, consent_date_invalid,
    consent_date_future, unknown_consent, student_unknown, student_of_another_class.
    """
    with unit_of_work():
        before = _before(actor, student_id, kind)
        if not before.given:
            raise Refused("consent_not_given")
        said = replace(before, given=False, date=on, given_by=given_by, relation=relation)
        return _answer(actor, student_id, WITHDRAW, before, said, note)


def give(
    actor: Actor, student_id: int, kind: str, *, given_by: str, relation: str, on: str, note: str = "",
) -> int:  # fmt: skip
    """Record that a guardian agrees (again, or to the wording of today). Gives the new version of the file.

    Needs change_students. Raises Refused consent_given_already (to this very wording), and as `withdraw`.
    """
    with unit_of_work():
        before = _before(actor, student_id, kind)
        version = wordings.latest(kind)
        if before.given and before.version == version:
            raise Refused("consent_given_already", date=before.date)
        said = replace(before, given=True, version=version, date=on, given_by=given_by, relation=relation)
        return _answer(actor, student_id, GIVE, before, said, note)


def _before(actor: Actor, student_id: int, kind: str) -> Consent:
    """The answer that stands; asks for the right first."""
    require(actor, "change_students")
    student_scope.require_student(actor, student_id)
    if kind not in CONSENT_KINDS:
        raise Refused("unknown_consent", kind=kind)
    said = {one.kind: one for one in student_record.consents(student_id)}
    return said.get(kind, Consent(kind))


def _answer(actor: Actor, student_id: int, action: str, before: Consent, said: Consent, note: str) -> int:
    said, note = replace(said, given_by=normal.name(said.given_by)), normal.line(note)
    if not said.given_by or not said.relation.strip():
        raise Refused("consent_by_missing")
    if not dates.is_date(said.date):
        raise Refused("consent_date_invalid")
    if said.date > clock.today():
        raise Refused("consent_date_future", date=said.date)
    student_record.add_consent(student_id, said, actor.user_id, note)
    confirmation.settle(student_id)
    version = student_record.next_version(student_id)
    values = _changed(before, said) | {f"consents.{said.kind}.note": ("", note)}
    details = {"consent": said.kind, "date": said.date, "version": version}
    operation_log.record(actor, action, "student", student_id, details=details, values=values)
    return version


def _changed(before: Consent, said: Consent) -> Changes:
    """The fields of an answer as the log names them."""
    def texts(one: Consent) -> list[str]:
        given = "" if one.given is None else str(int(one.given))
        return [given, *(str(getattr(one, field)) if one.given is not None else "" for field in _FIELDS[1:])]

    pairs = zip(_FIELDS, zip(texts(before), texts(said), strict=True), strict=True)
    return {f"consents.{said.kind}.{field}": pair for field, pair in pairs}
