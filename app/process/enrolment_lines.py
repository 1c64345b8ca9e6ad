"""Enrolment lines of a student and what they charge: at entry, and when a line is added or ended later.

A line that stands is not rewritten, for the money it charged stands in the ledger: it can be ended earlier (which moves
no money; a refund is a step of its own) or others can be added, each with its charge. Corrections of money are entries
in the ledger. Everything here runs inside the unit of work of the use case that has checked the right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database
from app.process import account, clock, student_record
from app.process.actor import Actor
from app.rules.opening.rows import Line
from app.rules.person import Discount, EnrolmentLine, Services

_STORED = """
    SELECT id, service_id, session, weekdays, from_date, unit, unit_fen, quantity,
           CASE WHEN ended_on <> '' THEN ended_on ELSE to_date END AS last_day
    FROM enrolment_line WHERE student_id = ? ORDER BY id
"""
_Key = tuple[int, str, int, str, str, int, int]  # what makes two lines the same but for their last day


@dataclass(frozen=True)
class LineChanges:
    """What has to happen to the lines that stand so that the wanted ones come out of it."""

    ended: tuple[tuple[int, str], ...]  # id of a line and its new last day
    added: tuple[EnrolmentLine, ...]


def add(
    actor: Actor, student_id: int, lines: Sequence[EnrolmentLine], discounts: Sequence[Discount], opid: str,
) -> int:  # fmt: skip
    """Write lines and discounts with their rows in the ledger, and give what became due, in fen.

    A discount belongs to the period of all these lines. The rows of the ledger bear operation ids made of `opid`, so
    that the same one cannot be charged twice.
    """
    for place, line in enumerate(lines, 1):
        (line_id,) = database.execute_sql(
            "INSERT INTO enrolment_line (student_id, service_id, session, weekdays, from_date, to_date, unit, unit_fen,"
            " quantity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                student_id, line.service_id, line.session, line.weekdays, line.from_date, line.to_date, line.unit,
                line.unit_fen, line.quantity,
            ),
        ).fetchone()  # fmt: skip
        _charge(actor, student_id, line, line_id, f"{opid}:line:{place}")
    days = [day for line in lines for day in (line.from_date, line.to_date)] or [clock.today()]
    for place, discount in enumerate(discounts, 1):
        _take_off(actor, student_id, discount, (min(days), max(days)), f"{opid}:discount:{place}")
    student_record.refresh_end(student_id)
    return sum(line.amount_fen for line in lines) - sum(discount.fen for discount in discounts)


def _charge(actor: Actor, student_id: int, line: EnrolmentLine, line_id: int, opid: str) -> None:
    database.execute_sql(
        "INSERT INTO ledger (opid, student_id, kind, fen, date, entered_at, entered_by, service_id, line_id,"
        " period_from, period_to, unit, unit_fen, quantity) VALUES (?, ?, 'charge', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            opid, student_id, line.amount_fen, clock.today(), clock.stamp(), actor.user_id, line.service_id, line_id,
            line.from_date, line.to_date, line.unit, line.unit_fen, line.quantity,
        ),
    )  # fmt: skip


def _take_off(actor: Actor, student_id: int, discount: Discount, period: tuple[str, str], opid: str) -> None:
    (ledger_id,) = database.execute_sql(
        "INSERT INTO ledger (opid, student_id, kind, fen, date, entered_at, entered_by, rule, period_from, period_to)"
        " VALUES (?, ?, 'discount', ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            opid, student_id, -discount.fen, clock.today(), clock.stamp(), actor.user_id, discount.rule,
            *period,
        ),
    ).fetchone()  # fmt: skip
    if discount.reason:
        database.execute_sql("INSERT INTO ledger_note (ledger_id, note) VALUES (?, ?)", (ledger_id, discount.reason))


def take_over(actor: Actor, student_id: int, line: Line, as_of: str, opid: str, note: str = "") -> None:
    """Write a line that was paid before the centre came to the program: from that day to the last day that is paid.

    Nothing is charged: its row in the ledger is an opening one over nothing, which names the line and the period that
    is paid. Without a last day the line ends on the day of taking over, so that it is asked for as one that ends.
    """
    last = line.paid_until or as_of
    (line_id,) = database.execute_sql(
        "INSERT INTO enrolment_line (student_id, service_id, session, weekdays, from_date, to_date, unit, unit_fen,"
        " quantity) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) RETURNING id",
        (
            student_id, line.service.id, line.service.session, line.weekdays, min(as_of, last), last, line.service.unit,
        ),
    ).fetchone()  # fmt: skip
    columns = {"kind": "opening", "fen": 0, "service_id": line.service.id, "line_id": line_id}
    if line.paid_until:
        columns |= {"period_from": min(as_of, last), "period_to": last}
    account.enter_row(actor, student_id, columns, opid, note)


def changes(student_id: int, wanted: Services, today: str) -> LineChanges:
    """Compare the lines that stand for today or later with the wanted ones.

    Raises Refused line_may_not_vanish (end it instead), line_may_not_grow (add another line),
    line_ends_before_it_begins, line_ran_out (a wanted one ended before today: what is wanted was read on an earlier
    day, and would charge it again).
    """
    free = list(wanted.lines)
    ended: list[tuple[int, str]] = []
    for line_id, *key, last_day in database.execute_sql(_STORED, (student_id,)).fetchall():
        if last_day < today:
            if any((_key(line), line.to_date) == (tuple(key), last_day) for line in free):
                raise Refused("line_ran_out", last_day=last_day)
            continue
        found = _best([line for line in free if _key(line) == tuple(key)], last_day)
        if found is None:
            raise Refused("line_may_not_vanish")
        free.remove(found)
        if found.to_date > last_day:
            raise Refused("line_may_not_grow", last_day=last_day)
        if found.to_date < found.from_date:
            raise Refused("line_ends_before_it_begins", first_day=found.from_date)
        if found.to_date < last_day:
            ended.append((line_id, found.to_date))
    return LineChanges(tuple(ended), tuple(free))


def end(line_id: int, last_day: str) -> None:
    """Let a line end on a day before its agreed one."""
    database.execute_sql("UPDATE enrolment_line SET ended_on = ? WHERE id = ?", (last_day, line_id))


def _key(line: EnrolmentLine) -> _Key:
    return line.service_id, line.session, line.weekdays, line.from_date, line.unit, line.unit_fen, line.quantity


def _best(lines: Iterable[EnrolmentLine], last_day: str) -> EnrolmentLine | None:
    """The one with the same last day, else the first."""
    found = list(lines)
    return next((line for line in found if line.to_date == last_day), found[0] if found else None)
