"""Review: the queue, one application with its findings, approving, sending back. product.md P2."""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import (
    application,
    asking,
    care_places,
    clock,
    confirmation,
    entry,
    finding_counts,
    form_check,
    form_known,
    hidden,
    matches,
    operation_log,
    papers,
    review_known,
    review_queue,
    student_record,
    student_scope,
    ticks,
    waiting_list,
)
from app.process.application import Form
from app.process.asking import ContactRow
from app.process.care_places import Place
from app.process.entry import Admitted
from app.process.matches import Match
from app.process.office import Actor, require, require_any
from app.process.papers import PaperFact
from app.process.review_queue import WaitingRow, waiting
from app.process.ticks import Tick
from app.process.waiting_list import Hold
from app.rules import form_fields
from app.rules.form_fields import Changes
from app.rules.person import Registration
from app.rules.problem import Problem

__all__ = [
    "ApplicationView", "WaitingRow", "approve", "look_at", "reject", "reopen", "send_back", "submit_and_approve",
    "waiting", "withdraw",
]  # fmt: skip

_OF_HEALTH = ("health.", "child.special_needs")


@dataclass(frozen=True)
class ApplicationView:
    """One application with everything that stands beside it. `reason` is why it was sent back or withdrawn.

    `health_closed` is why nothing is told about health, as hidden.shown says it.
    """

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
    health_closed: str = ""
    due_on: str = ""
    ticks: tuple[Tick, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    places: tuple[Place, ...] = ()
    hold: Hold | None = None
    list_place: int = 0
    imported: tuple[str, int] | None = None  # file and row


def look_at(actor: Actor, application_id: int) -> ApplicationView:
    """One application with findings and matches. Needs register or review.

    Without see_health what is said about health is left out, without see_identity the identity number is masked, unless
    the actor keyed it; without the consents that it needs, health is left out for everybody (see hidden.py).
    Raises Refused no_right, application_unknown, and for one that became a student student_of_another_class.
    """
    require_any(actor, "register", "review")
    form = application.load(application_id)
    if form.student_id is not None:
        student_scope.require_student(actor, form.student_id, "register", "review")
    found = form_check.findings(form)
    every = matches.find(form.registration, application_id=application_id, student_id=form.student_id)
    seen, closed = hidden.shown(actor, form.registration, form.keyed_by, clock.today())
    told = tuple(one for one in found.problems if not (closed and one.field.startswith(_OF_HEALTH)))
    names = dict(database.execute_sql("SELECT id, name FROM user").fetchall())
    sheets = papers.of(application_id=application_id)
    return ApplicationView(
        application_id, seen, form.state, form.reason, names.get(form.keyed_by, ""), form.submitted_at,
        told, every, form_check.may_approve(actor, form, found), sheets[0] if sheets else None, form.version,
        channel=form.channel, decided_by=names.get(form.decided_by, ""), student_id=form.student_id,
        returning=form.returning, not_same=form.not_same, health_closed=closed,
        due_on=review_queue.due_on(form.state, form.submitted_at, form.due_on),
        ticks=ticks.of(form.id, form.version), contacts=asking.of(form.id),
        places=care_places.asked(form.registration, form.id) if form.student_id is None else (),
        hold=waiting_list.held(form.id), list_place=waiting_list.position(form.id),
        imported=form_known.came_from(form.id),
    )  # fmt: skip


# deciding -----------------------------------------------------------------------------------------------------------


def approve(
    actor: Actor, application_id: int, version: int, *, opid: str | None = None, clean: bool = False,
) -> Admitted:  # fmt: skip
    """Approve: the child becomes a student with a number, and what is agreed is charged, in one transaction.

    With `clean` only when there is no finding at all: so many are approved together, each in a transaction of its own,
    so that one that cannot be stops no other; `opid` then names all that were approved in one go.

    Who may is said in `form_check.require_approval`; `version` is the one that was looked at, and nothing else is
    approved. Pressed twice by the same person it gives the same answer; `opid` is not needed for that and only named in
    the log. Raises Refused no_right, approval_by_another, application_unknown, application_changed,
    application_decided, same_identity, registration_has_errors, guardian_unknown, student_of_another_class,
    has_findings.
    """
    with unit_of_work():
        form = application.load(application_id)
        if form.state == "approved" and form.decided_by == actor.user_id:
            require_any(actor, "register", "review")
            return _admitted_before(form)
        application.refuse_older(form, version)
        if clean and (found := form_check.count(form)):
            raise Refused("has_findings", name=form.registration.child.name, count=found)
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

    Needs register, and what `approve` needs. The same `opid` again gives the same student. Raises what
    `application.submit` and `approve` raise; after approval_by_another nothing is stored, and `application.submit` is
    the way on.
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
    found = form_check.findings(form)
    form_check.require_approval(actor, form, found)
    _stop_at_twin(form)
    known = review_known.details(form, found)
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
    finding_counts.forget_like(form)
    _record(actor, action, form, admitted, known | ({"opid": opid} if opid else {}), changed)
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


def reject(actor: Actor, application_id: int, version: int, reason: str) -> None:
    """Refuse an application for good, with a reason; the family may apply anew. Needs review.

    `version` is the one that was looked at.
    Raises Refused reason_missing, application_changed, application_decided, application_unknown.
    """
    with unit_of_work():
        require(actor, "review")
        _close(actor, application_id, version, "rejected", reason, "reject_application")
        database.execute_sql("DELETE FROM draft WHERE application_id = ?", (application_id,))


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
    """Take an application up for editing while nothing is decided; gives the id of its draft.

    The application itself stays as it is until it is submitted again. One that was rejected or withdrawn is taken up as
    a new one, with all that was typed. Needs register.
    Raises Refused application_decided, application_unknown.
    """
    with unit_of_work():
        require(actor, "register")
        form = application.load(application_id)
        if form.state == "approved":
            raise Refused("application_decided", state=form.state)
        hidden.require_whole(actor, form.registration, form.keyed_by)
        if form.state in ("rejected", "withdrawn"):
            return application.save_draft(actor, None, form.registration, 0, channel=form.channel)
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
    known = review_known.details(form)
    _decide(actor, application_id, state, reason.strip(), None)
    finding_counts.forget_like(form)
    operation_log.record(
        actor, action, "application", application_id, details=known,
        values={"reason": (form.reason, reason.strip())},
    )  # fmt: skip


def _decide(actor: Actor, application_id: int, state: str, reason: str, student_id: int | None) -> None:
    database.execute_sql(
        "UPDATE application SET state = ?, decided_by = ?, decided_at = ?, reason = ?, student_id = ?, due_on = ''"
        " WHERE id = ?",
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
    actor: Actor, action: str, form: Form, admitted: Admitted, known: dict[str, object], changed: Changes,
) -> None:  # fmt: skip
    details = {
        "application": form.id, "keyed_by": form.keyed_by, "channel": form.channel, "number": admitted.number,
        "fen": admitted.due_fen, "returned": admitted.returned, **known,
    }  # fmt: skip
    operation_log.record(actor, action, "student", admitted.student_id, details=details, values=changed)
