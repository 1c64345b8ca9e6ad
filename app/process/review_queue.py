"""The queue of the review: what waits, for how long, until when, and how much there is to look at. product.md P2."""

import json
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

from app.models.database import database, unit_of_work
from app.process import application, clock, finding_counts, office
from app.process.actor import Actor, require_any
from app.process.student_states import IS_OPEN
from app.rules import dates

REJECTED_DAYS = 30  # so long a rejected application stays in the list, for the family that calls back
_ROWS = f"""
    SELECT a.id, a.name, json_extract(a.form, '$.child.sex'), a.birth_date, json_extract(a.form, '$.services.lines'),
           json_extract(a.form, '$.guardians[0].name'), json_extract(a.form, '$.guardians[0].mobile'), user.name,
           a.channel, a.submitted_at, a.state, a.version, a.findings, a.counted_on = :today, a.due_on, a.decided_at,
           json_extract(a.form, '$.services.class_id'), coalesce(place_hold.held_until, ''), a.reason,
           (SELECT CASE WHEN count(s.paper_id) > 0 THEN 'signed' WHEN count(*) > 0 THEN 'printed' ELSE '' END
            FROM paper p LEFT JOIN signature s ON s.paper_id = p.id WHERE p.application_id = a.id)
    FROM application a JOIN user ON user.id = a.keyed_by LEFT JOIN place_hold ON place_hold.application_id = a.id
    WHERE a.{IS_OPEN} OR a.state = 'rejected' AND a.decided_at >= :since
"""  # noqa: S608 - a constant
_OLD = f"SELECT id FROM application WHERE {IS_OPEN} AND counted_on <> ? ORDER BY id LIMIT ?"  # noqa: S608 - a constant
_AT_A_TIME = 20
_ORDER = ("submitted", "needs_information", "waiting_list", "returned", "rejected")


@dataclass(frozen=True)
class WaitingRow:
    """An application in the queue. `findings` counts what a reviewer should look at; `days` since it was handed in.

    `counted` tells whether the findings were counted today (see finding_counts). `due_on` is the day until which it is
    to be reviewed or answered ("": none), `late` whether that is over. `list_place` is the place on the waiting list
    among those who want the same class, `held_until` the last day on which a place is held.
    """

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
    version: int = 1
    counted: bool = True
    due_on: str = ""
    late: bool = False
    list_place: int = 0
    held_until: str = ""
    reason: str = ""

    @property
    def clean(self) -> bool:
        """Whether it waits for review and nothing was found."""
        return self.state == "submitted" and self.counted and not self.findings


def waiting(actor: Actor) -> tuple[WaitingRow, ...]:
    """What waits: overdue ones first, then by state and deadline; what was rejected lately last.

    Needs register or review.
    """
    require_any(actor, "register", "review")
    today = clock.today()
    given = {"today": today, "since": dates.add_days(today, -REJECTED_DAYS)}
    listed = _on_the_list()
    found = [_row(row, today, listed) for row in database.execute_sql(_ROWS, given)]
    return tuple(sorted(found, key=_place))


def due_on(state: str, submitted_at: str, stored: str) -> str:
    """Until which day an application is to be reviewed or answered; "" where nobody is waited for.

    The review has the working days of the setting review_days, from the day on which it was handed in.
    """
    if state not in ("submitted", "needs_information"):
        return ""
    return stored or dates.add_working_days(submitted_at[:10], int(office.setting("review_days") or 0))


def _on_the_list() -> dict[int, int]:
    """Place of every application on the waiting list, counted for each class."""
    rows = database.execute_sql(
        "SELECT id, row_number() OVER (PARTITION BY json_extract(form, '$.services.class_id') ORDER BY decided_at, id)"
        " FROM application WHERE state = 'waiting_list'",
    )
    return dict(rows.fetchall())


def _row(row: tuple[Any, ...], today: str, listed: dict[int, int]) -> WaitingRow:
    (key, name, sex, born, lines, guardian, mobile, keyed_by, channel, submitted_at, state, version, findings, counted,
     due, _, _, held_until, reason, sheet_state) = row  # fmt: skip
    last = due_on(state, submitted_at, due)
    services = "、".join(dict.fromkeys(line.get("service_name", "") for line in json.loads(lines or "[]")))
    return WaitingRow(
        key, name, sex or "", born, services, guardian or "", mobile or "", keyed_by, channel, submitted_at,
        (date.fromisoformat(today) - date.fromisoformat(submitted_at[:10])).days, state, findings or 0, sheet_state,
        version, bool(counted) and findings is not None, last, "" < last < today, listed.get(key, 0), held_until,
        reason,
    )  # fmt: skip


def _place(row: WaitingRow) -> tuple[object, ...]:
    order = _ORDER.index(row.state)
    return not row.late, order, row.due_on, row.list_place, row.submitted_at, row.application_id


def count_on(actor: Actor, budget_ms: float = 30.0) -> bool:
    """Count on for about `budget_ms` what is not counted today; True when nothing is left. Needs review or register.

    Called while nobody types; leaves no log entry, for it says nothing that was not there.
    """
    until = perf_counter() + budget_ms / 1000
    with unit_of_work():
        require_any(actor, "review", "register")
        while ids := database.execute_sql(_OLD, (clock.today(), _AT_A_TIME)).fetchall():
            for (application_id,) in ids:
                finding_counts.store(application.load(application_id))
                if perf_counter() > until:
                    return False
    return True
