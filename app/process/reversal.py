"""Taking a row of the ledger back by a mirror row (P5). Reached as `ledger.reverse`, `ledger.goes_with`.

A charge takes the discounts along that were given on it, or they would stand as credit that nobody paid. A discount is
mirrored whole; what of it was taken off other charges is given anew, so that nothing is lost to the family either.
"""

from dataclasses import dataclass
from typing import Any

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import account, operation_log, settling, student_scope
from app.process.actor import Actor, require

REVERSIBLE = ("charge", "discount", "opening", "correction")
_ROW = """
    SELECT row.student_id, row.kind, row.fen, row.service_id, row.period_from, row.period_to, row.rule,
           coalesce(note.note, '')
    FROM ledger row LEFT JOIN ledger_note note ON note.ledger_id = row.id WHERE row.id = ?
"""
_RECEIPTS = "SELECT DISTINCT receipt_id FROM settlement WHERE charge_id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class GoesWith:
    """A discount that is reversed with its charge: its sum in fen (above zero), and what of it is given anew."""

    row_id: int
    rule: str
    note: str
    fen: int
    rest_fen: int


@dataclass(frozen=True)
class _Row:
    student_id: int
    kind: str
    fen: int
    service_id: int | None
    period_from: str
    period_to: str
    rule: str
    note: str


def goes_with(actor: Actor, row_id: int) -> tuple[GoesWith, ...]:
    """What `reverse` would take back besides this row, to say so before. Needs charge.

    Raises Refused no_right, row_unknown, student_of_another_class.
    """
    require(actor, "charge")
    return _goes_with(row_id, _row(actor, row_id))


def reverse(actor: Actor, row_id: int, reason: str, *, opid: str) -> int:
    """Take back a charge (with its discounts), discount, opening or correction by mirror rows; gives the id of its own.

    What was settled of them becomes credit again and settles what else is open. Needs charge. Raises Refused
    reason_missing, row_unknown, already_reversed, void_the_receipt (a payment is taken back by voiding its receipt),
    carried_row_stays (it carries the balance of a merged record), student_of_another_class.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing")
    with unit_of_work():
        require(actor, "charge")
        row = _row(actor, row_id)
        if (known := database.execute_sql("SELECT id FROM ledger WHERE opid = ?", (opid,)).fetchone()) is not None:
            return int(known[0])
        if database.execute_sql("SELECT 1 FROM ledger WHERE reverses = ?", (row_id,)).fetchone():
            raise Refused("already_reversed")
        if row.kind not in REVERSIBLE:
            raise Refused("void_the_receipt")
        if row.rule == settling.CARRIED:
            raise Refused("carried_row_stays")
        along = _goes_with(row_id, row)
        mirror = _mirror(actor, row_id, row, opid, reason)
        for one in along:
            _take_along(actor, one, f"{opid}:{one.row_id}", reason)
        _record(actor, row, mirror, along, reason)
        ids = _ids(row_id, *(one.row_id for one in along))
        account.take_back_settlements([receipt_id for (receipt_id,) in database.execute_sql(_RECEIPTS, (ids,))])
        settling.settle_credit(row.student_id)
        account.settle_state(row.student_id)
        settling.carry_over(actor, row.student_id, opid)
    operation_log.after_money()
    return mirror


def _row(actor: Actor, row_id: int) -> _Row:
    found: Any = database.execute_sql(_ROW, (row_id,)).fetchone()
    if found is None:
        raise Refused("row_unknown")
    row = _Row(*found)
    student_scope.require_student(actor, row.student_id, "charge")
    return row


def _goes_with(row_id: int, row: _Row) -> tuple[GoesWith, ...]:
    if row.kind != "charge":
        return ()
    found = []
    for discount_id, share in settling.discounts_on(row.student_id, row_id).items():
        discount = _Row(*database.execute_sql(_ROW, (discount_id,)).fetchone())
        if discount.kind == "discount":  # a correction was given on no charge
            found.append(GoesWith(discount_id, discount.rule, discount.note, -discount.fen, -discount.fen - share))
    return tuple(found)


def _mirror(actor: Actor, row_id: int, row: _Row, opid: str, reason: str) -> int:
    columns: dict[str, object] = {
        "kind": "reversal", "fen": -row.fen, "service_id": row.service_id, "period_from": row.period_from,
        "period_to": row.period_to, "reverses": row_id,
    }  # fmt: skip
    return account.enter_row(actor, row.student_id, columns, opid, reason)


def _take_along(actor: Actor, one: GoesWith, opid: str, reason: str) -> None:
    """Mirror the discount, and give anew what of it other charges keep."""
    discount = _Row(*database.execute_sql(_ROW, (one.row_id,)).fetchone())
    _mirror(actor, one.row_id, discount, opid, reason)
    if one.rest_fen:
        columns: dict[str, object] = {
            "kind": "discount", "fen": -one.rest_fen, "rule": discount.rule, "period_from": discount.period_from,
            "period_to": discount.period_to,
        }  # fmt: skip
        account.enter_row(actor, discount.student_id, columns, f"{opid}:rest", discount.note)


def _record(actor: Actor, row: _Row, mirror: int, along: tuple[GoesWith, ...], reason: str) -> None:
    details: dict[str, object] = {"fen": -row.fen, "row": mirror, "student": row.student_id}
    if along:
        details["discount_fen"] = sum(one.fen - one.rest_fen for one in along)
        details["discounts"] = [one.row_id for one in along]
    operation_log.record(
        actor, "reverse_row", "student", row.student_id, details=details, values={"reason": ("", reason)},
    )  # fmt: skip


def _ids(*ids: int) -> str:
    """Ids as SQLite's json_each reads them."""
    return f"[{','.join(map(str, ids))}]"
