"""Applications: drafts that save themselves, finding who is known already, submitting. product.md P1."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import clock, finding_counts, form_check, office, operation_log, student_record, student_scope
from app.process import matches as matching
from app.process.drafts import Draft, DraftRow, as_text, drafts, drop_draft, open_draft, save_draft
from app.process.matches import Match
from app.process.office import Actor, require
from app.rules import form_fields
from app.rules.person import CHANNELS, Guardian, Registration, from_plain
from app.rules.status import GONE, OPEN, application_may_become

__all__ = [
    "Draft", "DraftRow", "Family", "Form", "Match", "Submitted", "drafts", "drop_draft", "family", "load", "matches",
    "open_draft", "save_draft", "submit",
]  # fmt: skip

REMEMBERED = ("school", "school_class", "form_teacher", "heard_of")  # fields of the child with a pick list


@dataclass(frozen=True)
class Family:
    """What brothers and sisters share: address and guardians, with their ids."""

    student_id: int
    child_name: str
    address: str
    guardians: tuple[Guardian, ...]


@dataclass(frozen=True)
class Submitted:
    """Result of submitting: `may_approve` tells whether the same person may approve it at once."""

    application_id: int
    may_approve: bool


@dataclass(frozen=True)
class Form:
    """A stored application. `returning`: id of the former student who comes back; `not_same`: answers about matches."""

    id: int
    opid: str
    channel: str
    state: str
    keyed_by: int
    submitted_at: str
    decided_by: int | None
    reason: str
    student_id: int | None
    version: int
    registration: Registration
    not_same: tuple[int, ...]
    returning: int | None
    due_on: str = ""


# who is known already -----------------------------------------------------------------------------------------------


def matches(actor: Actor, registration: Registration, *, application_id: int | None = None) -> tuple[Match, ...]:
    """Who the registration may be already, the strongest first (see Match). Needs register or review."""
    office.require_any(actor, "register", "review")
    return matching.find(form_check.tidy(registration), application_id=application_id)


def family(actor: Actor, student_id: int) -> Family:
    """What a brother or sister brings along: address and guardians to share. Needs register.

    Raises Refused no_right, student_unknown, student_of_another_class.
    """
    student_scope.require_student(actor, student_id, "register")
    found = student_record.read(student_id, clock.today())
    return Family(student_id, found.child.name, found.child.address, found.guardians)


# submitting ---------------------------------------------------------------------------------------------------------


def submit(
    actor: Actor,
    registration: Registration,
    *,
    opid: str,
    channel: str = "counter",
    draft_id: int | None = None,
    application_id: int | None = None,
    version: int = 0,
    not_same: tuple[int, ...] = (),
    returning: int | None = None,
) -> Submitted:
    """Hand in a registration: it is put in order, checked, and waits for review. Needs register.

    The same `opid` again gives the same application. With `application_id` one that was handed in before is replaced,
    under the same id and with the next version; `version` is the one that was taken up. `not_same` holds the keys of
    the matches that somebody looked at and found to be others; `returning` is the former student who comes back without
    an identity number to know it by.

    Raises Refused unknown_channel, registration_has_errors, same_identity, matches_unanswered, application_changed,
    application_decided, application_unknown, not_a_former_student, student_of_another_class.
    """
    with unit_of_work():
        require(actor, "register")
        known = database.execute_sql("SELECT id FROM application WHERE opid = ?", (opid,)).fetchone()
        if known is None:
            form = check(actor, registration, channel, application_id, version, not_same, returning)
            application_id, before = write(actor, form, opid, channel, application_id, draft_id)
            now = load(application_id)
            findings = finding_counts.store(now)
            finding_counts.forget_like(now)
            details = {"channel": now.channel, "version": now.version, "findings": findings}
            values = form_fields.differences(before, now.registration) if before else None
            operation_log.record(
                actor, "submit_application", "application", application_id, details=details, values=values,
            )  # fmt: skip
        else:
            application_id = int(known[0])
        return Submitted(application_id, form_check.may_approve(actor, load(application_id)))


@dataclass(frozen=True)
class Checked:
    """A registration in order, with the answers that go with it."""

    registration: Registration
    not_same: tuple[int, ...]
    returning: int | None


def check(
    actor: Actor,
    registration: Registration,
    channel: str,
    application_id: int | None,
    version: int,
    not_same: tuple[int, ...],
    returning: int | None,
) -> Checked:
    """Put in order and refuse what may not be handed in; for the use cases that submit."""
    if channel not in CHANNELS:
        raise Refused("unknown_channel", channel=channel)
    if application_id is not None:
        stored = load(application_id)
        refuse_older(stored, version)
        not_same = (*stored.not_same, *not_same)  # what was answered when it was handed in first is not asked again
    tidy = form_check.tidy(registration)
    form_check.refuse_errors(tidy)
    found = matching.find(tidy, application_id=application_id)
    returning = _returning(found, returning)
    if returning is not None:
        student_scope.require_student(actor, returning, "register")
    open_ones = matching.unanswered(found, not_same, returning)
    if open_ones:
        first = open_ones[0]
        raise Refused("matches_unanswered", count=len(open_ones), name=first.name, birth_date=first.birth_date)
    return Checked(tidy, tuple(sorted(set(not_same))), returning)


def _returning(found: tuple[Match, ...], named: int | None) -> int | None:
    """The former student who comes back: found by the identity number, or named by whoever registers."""
    for match in found:
        if match.kind == "same_identity":
            if not match.former:
                raise Refused("same_identity", name=match.name, number=match.number, birth_date=match.birth_date)
            return match.student_id
    if named is None:
        return None
    row = database.execute_sql("SELECT state FROM student WHERE id = ?", (named,)).fetchone()
    if row is None or row[0] not in GONE:
        raise Refused("not_a_former_student")
    return named


def write(
    actor: Actor, form: Checked, opid: str, channel: str, application_id: int | None, draft_id: int | None,
) -> tuple[int, Registration | None]:  # fmt: skip
    """Write the application (new, or the next version of one) and drop its drafts; gives id and what stood before.

    The channel stays the one by which it came first, whoever changes it later. Inside the unit of work of the use case
    that submits; leaves no log entry.
    """
    child = form.registration.child
    columns = as_submitted(actor, form, opid, channel)
    before = None
    if application_id is None:
        application_id = _insert(columns)
    else:
        stored = load(application_id)
        refuse_decided(stored)
        before = stored.registration
        _replace(application_id, columns | {"channel": stored.channel}, stored.version + 1)
    database.execute_sql(
        "DELETE FROM draft WHERE id = ? OR application_id = ?", (draft_id, application_id),
    )  # fmt: skip
    office.remember_values({name: getattr(child, name) for name in REMEMBERED})
    return application_id, before


def as_submitted(actor: Actor, form: Checked, opid: str, channel: str) -> dict[str, object]:
    """The columns of an application that waits for review, as it is written by whoever hands it in."""
    child = form.registration.child
    return {
        "opid": opid, "channel": channel, "state": "submitted",
        "form": as_text(form.registration, not_same=form.not_same, returning=form.returning),
        "name": child.name, "birth_date": child.birth_date, "identity_number": child.identity_number,
        "phones": " ".join(matching.phones_of(form.registration)), "keyed_by": actor.user_id,
        "submitted_at": clock.stamp(), "decided_by": None, "decided_at": "", "reason": "",
        "findings": None, "counted_on": "", "due_on": "",
    }  # fmt: skip


def _insert(columns: Mapping[str, object]) -> int:
    (application_id,) = database.execute_sql(
        f"INSERT INTO application ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names
        " RETURNING id",
        tuple(columns.values()),
    ).fetchone()
    return int(application_id)


def _replace(application_id: int, columns: Mapping[str, object], version: int) -> None:
    database.execute_sql(
        f"UPDATE application SET {', '.join(f'{name} = ?' for name in columns)}, version = ? WHERE id = ?",  # noqa: S608
        (*columns.values(), version, application_id),
    )


def load(application_id: int) -> Form:
    """The stored application, for other use cases. Raises Refused application_unknown."""
    row = database.execute_sql(
        "SELECT id, opid, channel, state, keyed_by, submitted_at, decided_by, reason, student_id, version, due_on, form"
        " FROM application WHERE id = ?",
        (application_id,),
    ).fetchone()
    if row is None:
        raise Refused("application_unknown")
    plain: dict[str, Any] = json.loads(row[-1])
    given: Any = (*row[:-2], from_plain(plain), tuple(plain.get("not_same", ())), plain.get("returning"), row[-2])
    return Form(*given)  # in the order of its fields


def refuse_older(form: Form, version: int) -> None:
    """Refuse to decide on what nobody looked at, handed in anew meanwhile. Raises Refused application_changed."""
    if form.version != version:
        raise Refused("application_changed")


def may_become(form: Form, state: str) -> None:
    """Refuse a step that the state of an application does not allow. Raises Refused application_decided."""
    if not application_may_become(form.state, state):
        raise Refused("application_decided", state=form.state)


def refuse_decided(form: Form) -> None:
    """Refuse what is done to an application before it is decided. Raises Refused application_decided."""
    if form.state not in OPEN:
        raise Refused("application_decided", state=form.state)
