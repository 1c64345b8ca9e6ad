"""Asking the family about an application: every contact is logged, and the application waits for the answer (P2)."""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, clock, office, operation_log, review_known
from app.process.actor import Actor, require, require_any
from app.rules import dates

WAYS = ("phone", "wechat", "sms", "in_person")
RESULTS = ("reached", "no_answer", "wrong_number", "later")
THEN = ("", "ask", "answered")
"""What comes of it: nothing, it waits for the family, or the family answered and it is reviewed on."""


@dataclass(frozen=True)
class Contacted:
    """One attempt to reach the family: whom, by which of WAYS, with which of RESULTS, and what was said."""

    whom: str
    way: str
    result: str
    note: str = ""


@dataclass(frozen=True)
class ContactRow(Contacted):
    """A contact as it was logged."""

    at: str = ""
    who: str = ""


def of(application_id: int) -> tuple[ContactRow, ...]:
    """The contacts with the family about an application, newest first."""
    rows = database.execute_sql(
        "SELECT whom, way, result, note, at, user.name FROM family_contact JOIN user ON user.id = entered_by"
        " WHERE application_id = ? ORDER BY family_contact.id DESC",
        (application_id,),
    )
    return tuple(ContactRow(*row) for row in rows)


def answer_day() -> str:
    """The day by which a family is asked to answer, when nobody says another one."""
    return dates.add_working_days(clock.today(), int(office.setting("answer_days") or 0))


def log_contact(
    actor: Actor, application_id: int, version: int, contact: Contacted, *, then: str = "", due_on: str = "",
) -> None:  # fmt: skip
    """Log a contact with the family, and what comes of it (`then`, one of THEN).

    `ask` lets the application wait as 'needs information' until `due_on` (the setting answer_days, when it is empty);
    what is asked is the note. `answered` brings it back to review, with a deadline of its own. Needs review or
    register; `ask` needs review.

    Raises Refused application_unknown, application_changed, application_decided, contact_incomplete, reason_missing
    (nothing is asked), due_day_invalid, due_day_past.
    """
    with unit_of_work():
        require_any(actor, "review", "register")
        form = application.load(application_id)
        application.refuse_older(form, version)
        application.refuse_decided(form)
        note = contact.note.strip()
        if then not in THEN or contact.way not in WAYS or contact.result not in RESULTS or not contact.whom.strip():
            raise Refused("contact_incomplete")
        details = {"version": version, "way": contact.way, "result": contact.result}
        if then:
            details |= _step(actor, form, then, note, due_on)
        database.execute_sql(
            "INSERT INTO family_contact (application_id, at, whom, way, result, note, entered_by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (application_id, clock.stamp(), contact.whom.strip(), contact.way, contact.result, note, actor.user_id),
        )
        action = {"": "contact_family", "ask": "ask_family", "answered": "family_answered"}[then]
        values = {"whom": ("", contact.whom.strip()), "note": ("", note)}
        operation_log.record(actor, action, "application", application_id, details=details, values=values)


def _step(actor: Actor, form: application.Form, then: str, note: str, due_on: str) -> dict[str, object]:
    """Put the application where it waits now, and give what the log says of it."""
    if then == "answered":
        state, due_on, reason = "submitted", _review_day(), ""
    else:
        require(actor, "review")
        if not note:
            raise Refused("reason_missing")
        state, due_on, reason = "needs_information", _checked(due_on or answer_day()), note
    if form.state != state:
        application.may_become(form, state)
    known = review_known.details(form)
    database.execute_sql(
        "UPDATE application SET state = ?, due_on = ?, reason = ?, decided_by = ?, decided_at = ? WHERE id = ?",
        (state, due_on, reason, actor.user_id, clock.stamp(), form.id),
    )
    return {"due_on": due_on, **known}


def _review_day() -> str:
    return dates.add_working_days(clock.today(), int(office.setting("review_days") or 0))


def _checked(due_on: str) -> str:
    if not dates.is_date(due_on):
        raise Refused("due_day_invalid")
    if due_on < clock.today():
        raise Refused("due_day_past", due_on=due_on)
    return due_on
