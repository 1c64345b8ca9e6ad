"""The ledger as people see it, and what is entered by hand: charge, discount, reversal. Nothing is changed (P5)."""

from dataclasses import dataclass
from typing import NamedTuple

from app.errors import Refused
from app.models.database import containing, database, unit_of_work
from app.process import account, merged, operation_log, student_scope
from app.process.actor import Actor
from app.process.reversal import REVERSIBLE, GoesWith, goes_with, reverse
from app.rules import dates
from app.rules.normal import half_width
from app.rules.prices import RULES, UNITS

__all__ = [
    "REVERSIBLE", "GoesWith", "LedgerPage", "LedgerRow", "all_rows", "charge", "discount", "goes_with", "page",
    "reverse",
]  # fmt: skip

MOST_FEN = 10_000_000_00
_ROWS = """
    SELECT row.id, row.student_id, s.name, s.number, row.date, row.entered_at, row.kind, coalesce(service.name, ''),
           row.rule, coalesce(note.note, ''), row.method, row.period_from, row.period_to, row.unit, row.unit_fen,
           row.quantity, row.receipt_id, coalesce(r.number, ''), row.reverses,
           EXISTS (SELECT 1 FROM ledger back WHERE back.reverses = row.id), u.name, row.fen, 0
    FROM ledger row JOIN student s ON s.id = row.student_id JOIN user u ON u.id = row.entered_by
    LEFT JOIN service ON service.id = row.service_id LEFT JOIN ledger_note note ON note.ledger_id = row.id
    LEFT JOIN receipt r ON r.id = row.receipt_id
"""


class LedgerRow(NamedTuple):
    """A row of the ledger, in the order of the statement above. Plus means that the family owes more.

    `balance_fen` is that after this row, known only on the page of one student (0 elsewhere).
    """

    id: int
    student_id: int
    student: str
    number: str
    date: str
    entered_at: str
    kind: str
    service: str
    rule: str
    note: str
    method: str
    period_from: str
    period_to: str
    unit: str
    unit_fen: int
    quantity: int
    receipt_id: int | None
    receipt_number: str
    reverses: int | None
    reversed: bool
    who: str
    fen: int
    balance_fen: int = 0


@dataclass(frozen=True)
class LedgerPage:
    """The whole ledger of one student, oldest first, with its sums in fen (without reversed rows and their mirrors)."""

    student_id: int
    name: str
    number: str
    rows: tuple[LedgerRow, ...]
    balance_fen: int
    charged_fen: int
    discounted_fen: int
    paid_fen: int


def page(actor: Actor, student_id: int) -> LedgerPage:
    """The ledger of a student, with that of records that went into this one. Needs see_ledger or take_payment.

    Raises Refused no_right, student_unknown, student_of_another_class.
    """
    student_scope.require_student(actor, student_id, "see_ledger", "take_payment")
    student = database.execute_sql(
        "SELECT name, number, balance_fen FROM student WHERE id = ?",
        (student_id,),
    ).fetchone()
    found, balance = [], 0
    rows = database.execute_sql(
        f"{_ROWS} WHERE row.student_id IN ({merged.ALL_OF}) ORDER BY row.date, row.id", {"id": student_id},
    )  # fmt: skip
    for row in map(LedgerRow._make, rows.fetchall()):
        balance += row.fen
        found.append(row._replace(balance_fen=balance))
    good = [row for row in found if not row.reversed and row.reverses is None]
    return LedgerPage(
        student_id,
        student[0],
        student[1],
        tuple(found),
        student[2],
        sum(row.fen for row in good if row.kind == "charge"),
        sum(row.fen for row in good if row.kind == "discount"),
        -sum(row.fen for row in good if row.kind == "payment"),
    )


def all_rows(
    actor: Actor,
    *,
    from_date: str = "",
    to_date: str = "",
    text: str = "",
    limit: int = 300,
    before: int | None = None,
) -> tuple[LedgerRow, ...]:
    """The newest rows of everybody that fit, newest first; `before` (an id) pages on. Needs see_ledger.

    `text`: a part of the name, the student number, or of the receipt's number.
    """
    conditions, values = [student_scope.within(student_scope.classes(actor, "see_ledger"), "s.class_id")], []
    for condition, value in (("row.date >= ?", from_date), ("row.date <= ?", to_date), ("row.id < ?", before)):
        if value:
            conditions.append(condition)
            values.append(value)
    if wanted := half_width(text).strip():
        pattern = containing(wanted)
        conditions.append("(s.name LIKE ? ESCAPE '\\' OR s.number LIKE ? ESCAPE '\\' OR r.number LIKE ? ESCAPE '\\')")
        values += [pattern] * 3
    where = " AND ".join(conditions)
    rows = database.execute_sql(f"{_ROWS} WHERE {where} ORDER BY row.id DESC LIMIT ?", (*values, limit))
    return tuple(map(LedgerRow._make, rows.fetchall()))


def charge(
    actor: Actor,
    student_id: int,
    *,
    service_id: int,
    period_from: str = "",
    period_to: str = "",
    unit: str,
    unit_fen: int,
    quantity: int,
    opid: str,
    note: str = "",
) -> int:
    """Charge a service by hand and give the id of the row; the same `opid` again gives the same row. Needs charge.

    Raises Refused nothing_charged, charge_too_large(limit_fen), unknown_unit, period_unclear, period_reversed,
    unknown_service, student_unknown, student_of_another_class.
    """
    _check_charge(unit, unit_fen, quantity, (period_from, period_to))
    columns = {
        "kind": "charge",
        "fen": unit_fen * quantity,
        "service_id": service_id,
        "period_from": period_from,
        "period_to": period_to,
        "unit": unit,
        "unit_fen": unit_fen,
        "quantity": quantity,
    }
    with unit_of_work():
        student_scope.require_student(actor, student_id, "charge")
        if not database.execute_sql("SELECT 1 FROM service WHERE id = ?", (service_id,)).fetchone():
            raise Refused("unknown_service")
        row_id = _enter(actor, student_id, columns, opid, "charge", note)
    operation_log.after_money()
    return row_id


def _check_charge(unit: str, unit_fen: int, quantity: int, period: tuple[str, str]) -> None:
    if unit not in UNITS:  # it stands in the ledger for ever: no place for words of somebody's own
        raise Refused("unknown_unit", unit=unit)
    if unit_fen <= 0 or quantity <= 0:
        raise Refused("nothing_charged")
    if unit_fen * quantity > MOST_FEN:
        raise Refused("charge_too_large", limit_fen=MOST_FEN)
    if any(day and not dates.is_date(day) for day in period):
        raise Refused("period_unclear")
    if all(period) and period[1] < period[0]:
        raise Refused("period_reversed")


def discount(actor: Actor, student_id: int, *, fen: int, rule: str, reason: str, opid: str) -> int:
    """Take `fen` (above zero) off what is due, with a reason, and give the id of the row. Needs charge.

    Raises Refused nothing_charged, reason_missing, discount_rule_unknown, discount_above_due(due_fen), student_unknown,
    student_of_another_class.
    """
    reason = reason.strip()
    if fen <= 0:
        raise Refused("nothing_charged")
    if rule not in RULES:
        raise Refused("discount_rule_unknown", rule=rule)
    if not reason:
        raise Refused("reason_missing")
    with unit_of_work():
        student_scope.require_student(actor, student_id, "charge")
        known = database.execute_sql("SELECT id FROM ledger WHERE opid = ?", (opid,)).fetchone()
        if not known and fen > (due := max(0, account.balance(student_id))):
            raise Refused("discount_above_due", due_fen=due)
        row_id = _enter(actor, student_id, {"kind": "discount", "fen": -fen, "rule": rule}, opid, "discount", reason)
    operation_log.after_money()
    return row_id


def _enter(actor: Actor, student_id: int, columns: dict[str, object], opid: str, action: str, note: str) -> int:
    """Write a row by hand, its erasable note, its log entry; the state of the student follows."""
    merged.refuse(student_id)
    known = database.execute_sql("SELECT id FROM ledger WHERE opid = ?", (opid,)).fetchone()
    if known:
        return int(known[0])
    row_id = account.enter_row(actor, student_id, columns, opid, note)
    details = {"fen": columns["fen"], "row": row_id, "student": student_id}
    operation_log.record(actor, action, "student", student_id, details=details, values={"reason": ("", note.strip())})
    account.settle_state(student_id)
    return int(row_id)
