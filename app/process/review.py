"""Review: the queue, one application with its findings, approving, sending back. product.md P2."""

import json
from dataclasses import dataclass
from datetime import date

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import (
    application,
    clock,
    confirmation,
    entry,
    form_check,
    hidden,
    matches,
    operation_log,
    papers,
    student_record,
    student_scope,
)
from app.process.application import Form
from app.process.entry import Admitted
from app.process.matches import Match
from app.process.office import Actor, require, require_any
from app.process.papers import PaperFact
from app.rules import form_fields
from app.rules.form_fields import Changes
from app.rules.person import Registration, from_plain
from app.rules.problem import Problem

_OF_HEALTH = ("health.", "child.special_needs")
_WAITING = """
    SELECT a.id, a.form, user.name, a.channel, a.submitted_at, a.state,
           (SELECT CASE WHEN count(s.paper_id) > 0 THEN 'signed' WHEN count(*) > 0 THEN 'printed' ELSE '' END
            FROM paper p LEFT JOIN signature s ON s.paper_id = p.id WHERE p.application_id = a.id)
    FROM application a JOIN user ON user.id = a.keyed_by
    WHERE a.state IN ('submitted', 'returned') ORDER BY a.state DESC, a.submitted_at, a.id
"""


@dataclass(frozen=True)
class WaitingRow:
    """An application in the queue. `findings` counts what a reviewer should look at; `days` since it was handed in."""

    application_id: int
    name: str
    sex: str
    birth_date: str
    services_text: str
    guardian: str
    mobile: str
    keyed_by: str
    channel: str
    submitted_at: str
    days: int
    state: str
    findings: int
    sheet_state: str


@dataclass(frozen=True)
class ApplicationView:
    """One application with everything that stands beside it. `reason` is why it was sent back or withdrawn."""

    application_id: int
    registration: Registration
    state: str
    reason: str
    keyed_by: str
    submitted_at: str
    problems: tuple[Problem, ...]
    matches: tuple[Match, ...]
    may_approve: bool
    paper: PaperFact | None
    version: int
    channel: str = "counter"
    decided_by: str = ""
    student_id: int | None = None
    returning: int | None = None
    not_same: tuple[int, ...] = ()
    health_hidden: bool = False


def waiting(actor: Actor) -> tuple[WaitingRow, ...]:
    """What waits for review, oldest first, then what was sent back. Needs register or review."""
    require_any(actor, "register", "review")
    today = date.fromisoformat(clock.today())
    found = []
    for application_id, form, keyed_by, channel, submitted_at, state, sheet_state in database.execute_sql(
        _WAITING,
    ).fetchall():
        registration = from_plain(json.loads(form))
        child, guardians = registration.child, registration.guardians
        days = (today - date.fromisoformat(submitted_at[:10])).days
        services = "、".join(dict.fromkeys(line.service_name for line in registration.services.lines))
        findings = form_check.count(application.load(application_id))
        found.append(
            WaitingRow(
                application_id, child.name, child.sex, child.birth_date, services,
                guardians[0].name if guardians else "", guardians[0].mobile if guardians else "",
                keyed_by, channel, submitted_at, days, state, findings, sheet_state,
            ),
        )  # fmt: skip
    return tuple(found)


def look_at(actor: Actor, application_id: int) -> ApplicationView:
    """One application with findings and matches. Needs register or review.

    Without see_health what is said about health is left out, without see_identity the identity number is masked, unless
    the actor keyed it (see hidden.py).
    Raises Refused no_right, application_unknown, and for one that became a student student_of_another_class.
    """
    require_any(actor, "register", "review")
    form = application.load(application_id)
    if form.student_id is not None:
        student_scope.require_student(actor, form.student_id, "register", "review")
    found = form_check.findings(form)
    every = matches.find(form.registration, application_id=application_id, student_id=form.student_id)
    seen, hidden_health = hidden.shown(actor, form.registration, form.keyed_by)
    told = tuple(one for one in found.problems if not (hidden_health and one.field.startswith(_OF_HEALTH)))
    names = dict(database.execute_sql("SELECT id, name FROM user").fetchall())
    sheets = papers.of(application_id=application_id)
    return ApplicationView(
        application_id, seen, form.state, form.reason, names.get(form.keyed_by, ""), form.submitted_at,
        told, every, form_check.may_approve(actor, form, found), sheets[0] if sheets else None, form.version,
        channel=form.channel, decided_by=names.get(form.decided_by, ""), student_id=form.student_id,
        returning=form.returning, not_same=form.not_same, health_hidden=hidden_health,
    )  # fmt: skip


# deciding -----------------------------------------------------------------------------------------------------------


def approve(actor: Actor, application_id: int, version: int, *, opid: str | None = None) -> Admitted:
    """Approve: the child becomes a student with a number, and what is agreed is charged, in one transaction.

    Who may is said in `form_check.require_approval`; `version` is the one that was looked at, and nothing else is
    approved. Pressed twice by the same person it gives the same answer; `opid` is not needed for that and only named in
    the log. Raises Refused no_right, approval_by_another, application_unknown, application_changed,
    application_decided, same_identity, registration_has_errors, guardian_unknown, student_of_another_class.
    """
    with unit_of_work():
        form = application.load(application_id)
        if form.state == "approved" and form.decided_by == actor.user_id:
            require_any(actor, "register", "review")
            return _admitted_before(form)
        application.refuse_older(form, version)
        admitted = _approve(actor, form, "approve_application", opid)
    operation_log.after_money()
    return admitted


def submit_and_approve(
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
) -> Admitted:
    """Hand in and approve in one go at the counter, for whoever may do both: all or nothing, one log entry.

    The same `opid` again gives the same student. Raises what `application.submit` and `approve` raise; after
    approval_by_another nothing is stored, and `application.submit` is the way on.
    """
    with unit_of_work():
        require(actor, "register")
        before = None
        known = database.execute_sql("SELECT id FROM application WHERE opid = ?", (opid,)).fetchone()
        if known and application.load(known[0]).state == "approved":
            return _admitted_before(application.load(known[0]))
        if known is None:
            checked = application.check(
                actor, registration, channel, application_id, version, not_same, returning,
            )  # fmt: skip
            application_id, before = application.write(actor, checked, opid, channel, application_id, draft_id)
        else:
            application_id = int(known[0])
        admitted = _approve(actor, application.load(application_id), "submit_and_approve", opid, before)
    operation_log.after_money()
    return admitted


def _approve(
    actor: Actor, form: Form, action: str, opid: str | None, submitted: Registration | None = None,
) -> Admitted:  # fmt: skip
    """Enter the student. `submitted`: what the application said before it was changed in the same go."""
    require_any(actor, "register", "review")
    application.may_become(form, "approved")
    if form.returning is not None:
        student_scope.require_student(actor, form.returning, "register", "review")
    form_check.require_approval(actor, form)
    _stop_at_twin(form)
    guardians, former = form.registration.guardians, _file_of(form.returning)
    shared = student_record.guardian_values(guardians)
    admitted = entry.admit(actor, form.id, form.registration)
    _decide(actor, form.id, "approved", "", admitted.student_id)
    confirmation.settle(admitted.student_id)
    changed = form_fields.differences(submitted, form.registration) if submitted else {}
    if former is not None:
        changed |= form_fields.differences(former, student_record.read(admitted.student_id, clock.today()))
    now = student_record.guardian_values(guardians)
    changed |= {field: (shared[field], value) for field, value in now.items() if shared[field] != value}
    _record(actor, action, form, admitted, opid, changed)
    return admitted


def _file_of(student_id: int | None) -> Registration | None:
    """The file of a former student, before the new registration takes its place."""
    return None if student_id is None else student_record.read(student_id, clock.today())


def send_back(actor: Actor, application_id: int, version: int, reason: str) -> None:
    """Send an application back to whoever keyed it, with what has to be changed. Needs review.

    `version` is the one that was looked at.
    Raises Refused reason_missing, application_changed, application_decided, application_unknown.
    """
    with unit_of_work():
        require(actor, "review")
        _close(actor, application_id, version, "returned", reason, "send_back_application")


def withdraw(actor: Actor, application_id: int, version: int, reason: str) -> None:
    """Take an application back because the family does not come. Needs register.

    `version` is the one that was looked at.
    Raises Refused reason_missing, application_changed, application_decided, application_unknown.
    """
    with unit_of_work():
        require(actor, "register")
        _close(actor, application_id, version, "withdrawn", reason, "withdraw_application")
        database.execute_sql("DELETE FROM draft WHERE application_id = ?", (application_id,))


def reopen(actor: Actor, application_id: int) -> int:
    """Take an application up for editing, one that was sent back or still waits; gives the id of its draft.

    The application itself stays as it is until it is submitted again. Needs register.
    Raises Refused application_decided, application_unknown.
    """
    with unit_of_work():
        require(actor, "register")
        form = application.load(application_id)
        if form.state not in ("submitted", "returned"):
            raise Refused("application_decided", state=form.state)
        hidden.require_whole(actor, form.registration, form.keyed_by)
        row = database.execute_sql("SELECT id FROM draft WHERE application_id = ?", (application_id,)).fetchone()
        if row:
            return int(row[0])
        return application.save_draft(
            actor, None, form.registration, 0, application_id=application_id, version=form.version,
            channel=form.channel,
        )  # fmt: skip


def _close(actor: Actor, application_id: int, version: int, state: str, reason: str, action: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing")
    form = application.load(application_id)
    application.may_become(form, state)
    application.refuse_older(form, version)
    _decide(actor, application_id, state, reason.strip(), None)
    operation_log.record(
        actor, action, "application", application_id, details={"version": form.version},
        values={"reason": (form.reason, reason.strip())},
    )  # fmt: skip


def _decide(actor: Actor, application_id: int, state: str, reason: str, student_id: int | None) -> None:
    database.execute_sql(
        "UPDATE application SET state = ?, decided_by = ?, decided_at = ?, reason = ?, student_id = ? WHERE id = ?",
        (state, actor.user_id, clock.stamp(), reason, student_id, application_id),
    )


def _stop_at_twin(form: Form) -> None:
    """Somebody with the same identity number became a student, or was handed in, since this was submitted."""
    for match in matches.find(form.registration, application_id=form.id):
        if match.kind == "same_identity" and match.student_id is not None and match.student_id != form.returning:
            raise Refused("same_identity", name=match.name, number=match.number, birth_date=match.birth_date)


def _admitted_before(form: Form) -> Admitted:
    number, name = database.execute_sql(
        "SELECT number, name FROM student WHERE id = ?", (form.student_id,),
    ).fetchone()  # fmt: skip
    due = form.registration.services.total_fen
    return Admitted(form.student_id or 0, number, name, due, form.returning is not None)


def _record(
    actor: Actor, action: str, form: Form, admitted: Admitted, opid: str | None, changed: Changes,
) -> None:  # fmt: skip
    details = {
        "application": form.id, "keyed_by": form.keyed_by, "channel": form.channel, "number": admitted.number,
        "fen": admitted.due_fen, "returned": admitted.returned, "version": form.version,
    }  # fmt: skip
    if opid:
        details["opid"] = opid
    operation_log.record(actor, action, "student", admitted.student_id, details=details, values=changed)
