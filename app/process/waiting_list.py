"""The waiting list and places that are held until a day: decisions of the review where no place is left (P2)."""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, care_places, clock, operation_log, review_known
from app.process.actor import Actor, require, require_any
from app.process.application import Form
from app.rules import dates

_LISTED = "SELECT id FROM application WHERE state = 'waiting_list' ORDER BY decided_at, id"


@dataclass(frozen=True)
class Hold:
    """A place that is kept until the end of a day; `note` says why (the deposit and its receipt)."""

    until: str
    note: str
    who: str


@dataclass(frozen=True)
class Offer:
    """Somebody on the waiting list for whom a place is free now; `since` is when the application was put there."""

    application_id: int
    name: str
    mobile: str
    since: str


def put(actor: Actor, application_id: int, version: int, reason: str) -> int:
    """Put an application on the waiting list, behind those who are there, and give its place. Needs review.

    Raises Refused reason_missing, application_changed, application_decided, application_unknown.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing")
    with unit_of_work():
        require(actor, "review")
        form = application.load(application_id)
        application.may_become(form, "waiting_list")
        application.refuse_older(form, version)
        known = review_known.details(form)
        _set(actor, form.id, "waiting_list", reason, "")
        place = position(form.id)
        operation_log.record(
            actor, "put_on_waiting_list", "application", form.id, details={**known, "place": place},
            values={"reason": ("", reason)},
        )  # fmt: skip
    return place


def offer(actor: Actor, application_id: int, version: int, until: str) -> None:
    """Give a free place to an application on the waiting list, held until a day: it is reviewed again. Needs review.

    Raises Refused no_place_free, hold_day_invalid, hold_day_past, application_changed, application_decided,
    application_unknown.
    """
    with unit_of_work():
        require(actor, "review")
        form = application.load(application_id)
        if form.state != "waiting_list":
            raise Refused("application_decided", state=form.state)
        application.refuse_older(form, version)
        full = [one for one in care_places.asked(form.registration, form.id) if one.full]
        if full:
            raise Refused("no_place_free", name=full[0].name, places=full[0].places)
        _write_hold(actor, form.id, _checked(until), "")
        known = review_known.details(form)
        _set(actor, form.id, "submitted", "", until)
        operation_log.record(
            actor, "offer_place", "application", form.id, details={**known, "until": until},
        )  # fmt: skip


def hold(actor: Actor, application_id: int, until: str, note: str = "") -> None:
    """Hold a place for an open application until the end of a day; an empty day lets it go. Needs review or register.

    The note says by what, for instance by which receipt of a deposit.
    Raises Refused hold_day_invalid, hold_day_past, application_decided, application_unknown.
    """
    with unit_of_work():
        require_any(actor, "review", "register")
        form = application.load(application_id)
        application.refuse_decided(form)
        before = held(form.id)
        if until:
            _write_hold(actor, form.id, _checked(until), note.strip())
        else:
            database.execute_sql("DELETE FROM place_hold WHERE application_id = ?", (form.id,))
        operation_log.record(
            actor, "hold_place" if until else "let_place_go", "application", form.id,
            details={"until": until or (before.until if before else "")},
            values={"note": (before.note if before else "", note.strip())},
        )  # fmt: skip


def held(application_id: int) -> Hold | None:
    """The place that is held for an application, be it that the day is over."""
    row = database.execute_sql(
        "SELECT held_until, note, user.name FROM place_hold JOIN user ON user.id = held_by WHERE application_id = ?",
        (application_id,),
    ).fetchone()
    return Hold(*row) if row else None


def position(application_id: int) -> int:
    """The place of an application on the waiting list among those who want the same class; 0 when it is not there."""
    row = database.execute_sql(
        "SELECT count(*) FROM application a JOIN application own ON own.id = ?"
        " WHERE own.state = 'waiting_list' AND a.state = 'waiting_list'"
        " AND (a.decided_at, a.id) <= (own.decided_at, own.id)"
        " AND json_extract(a.form, '$.services.class_id') IS json_extract(own.form, '$.services.class_id')",
        (application_id,),
    ).fetchone()
    return int(row[0])


def offers(actor: Actor) -> tuple[Offer, ...]:
    """For whom a place is free now, in the order in which they were put on the list. Needs review or register.

    A place is offered once: who comes after the first ones waits on.
    """
    require_any(actor, "review", "register")
    found, promised = [], dict[tuple[str, str], int]()
    for (application_id,) in database.execute_sql(_LISTED).fetchall():
        form = application.load(application_id)
        wanted = care_places.asked(form.registration, form.id)
        if all(one.free > promised.get((one.kind, one.key), 0) for one in wanted):
            for one in wanted:
                promised[one.kind, one.key] = promised.get((one.kind, one.key), 0) + 1
            found.append(_offer(form))
    return tuple(found)


def _offer(form: Form) -> Offer:
    (since,) = database.execute_sql("SELECT decided_at FROM application WHERE id = ?", (form.id,)).fetchone()
    mobile = next((one.mobile for one in form.registration.guardians), "")
    return Offer(form.id, form.registration.child.name, mobile, since)


def _set(actor: Actor, application_id: int, state: str, reason: str, due_on: str) -> None:
    database.execute_sql(
        "UPDATE application SET state = ?, decided_by = ?, decided_at = ?, reason = ?, due_on = ? WHERE id = ?",
        (state, actor.user_id, clock.stamp(), reason, due_on, application_id),
    )


def _write_hold(actor: Actor, application_id: int, until: str, note: str) -> None:
    database.execute_sql(
        "INSERT INTO place_hold (application_id, held_until, note, held_by, held_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (application_id) DO UPDATE SET held_until = excluded.held_until, note = excluded.note,"
        " held_by = excluded.held_by, held_at = excluded.held_at",
        (application_id, until, note, actor.user_id, clock.stamp()),
    )


def _checked(until: str) -> str:
    if not dates.is_date(until):
        raise Refused("hold_day_invalid")
    if until < clock.today():
        raise Refused("hold_day_past", until=until)
    return until
