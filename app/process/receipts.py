"""The receipt book: looking up, and voiding with right and reason: the number stays, mirror rows book the money back.

Reached as `payment.receipt`, `payment.receipts`, `payment.void`.
"""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import containing, database, unit_of_work
from app.process import account, clock, merged, operation_log, settling, skipped_numbers, student_scope
from app.process.actor import Actor, require, require_any
from app.process.skipped_numbers import Skipped
from app.rules import numbers
from app.rules.normal import half_width

MOST_ROWS = 500
_READERS = ("take_payment", "see_ledger")
_RECEIPTS = """
    SELECT r.id, r.number, r.issued_at, r.paid_on, r.student_id, s.name, s.number, coalesce(note.payer, ''),
           coalesce(note.relation, ''),
           coalesce((SELECT group_concat(method, ',') FROM ledger WHERE receipt_id = r.id AND kind = 'payment'), ''),
           r.fen, u.name, r.paper_id, coalesce(v.voided_at, ''), coalesce(why.reason, ''),
           (SELECT count(*) FROM paper_print WHERE paper_id = r.paper_id), r.given_fen, r.change_fen
    FROM receipt r JOIN student s ON s.id = r.student_id JOIN user u ON u.id = r.cashier_id
    LEFT JOIN receipt_note note ON note.receipt_id = r.id LEFT JOIN receipt_void v ON v.receipt_id = r.id
    LEFT JOIN receipt_void_note why ON why.receipt_id = r.id
"""


@dataclass(frozen=True)
class ReceiptRow:
    """A line of the receipt book. `fen` is what was taken; `prints` counts printings, the first included."""

    id: int
    number: str
    issued_at: str
    paid_on: str
    student_id: int
    student: str
    student_number: str
    payer: str
    relation: str
    methods: tuple[str, ...]
    fen: int
    cashier: str
    paper_id: int
    voided_at: str
    void_reason: str
    prints: int
    given_fen: int
    change_fen: int

    @property
    def void(self) -> bool:
        """Whether the receipt is void (作废)."""
        return bool(self.voided_at)


def receipt(actor: Actor, receipt_id: int) -> ReceiptRow:
    """One receipt. Needs take_payment or see_ledger.

    Raises Refused no_right, receipt_unknown, student_of_another_class.
    """
    require_any(actor, *_READERS)
    found = _rows("WHERE r.id = ?", (receipt_id,))
    if not found:
        raise Refused("receipt_unknown")
    student_scope.require_student(actor, found[0].student_id, *_READERS)
    return found[0]


def receipts(
    actor: Actor,
    *,
    student_id: int | None = None,
    day: str | None = None,
    text: str = "",
    limit: int = MOST_ROWS,
) -> tuple[ReceiptRow, ...]:
    """The newest receipts that fit, newest first; a teacher's own classes alone. Needs take_payment or see_ledger.

    `text`: name, part of the number, or the scanned code.
    """
    conditions = [student_scope.within(student_scope.classes(actor, *_READERS), "s.class_id")]
    values: list[object] = []
    if student_id is not None:
        ids = database.execute_sql(merged.ALL_OF, {"id": student_id}).fetchall()
        conditions.append(f"r.student_id IN ({', '.join('?' * len(ids))})")
        values += [key for (key,) in ids]
    if day:
        conditions.append("r.issued_at >= ? AND r.issued_at < ?")
        values += [day, f"{day}~"]
    if wanted := half_width(text).strip():
        try:
            number = numbers.read_code(wanted).number
        except Refused:
            pattern = containing(wanted)
            conditions.append("(r.number LIKE ? ESCAPE '\\' OR s.name LIKE ? ESCAPE '\\')")
            values += [pattern, pattern]
        else:
            conditions.append("r.number = ?")
            values.append(number)
    return _rows(f"WHERE {' AND '.join(conditions)} ORDER BY r.id DESC LIMIT ?", (*values, limit))


def skipped(actor: Actor) -> tuple[Skipped, ...]:
    """The receipts that were given out and lost by restoring an older backup. Needs take_payment or see_ledger."""
    require_any(actor, *_READERS)
    return tuple(one for one in skipped_numbers.logged(database.execute_sql) if one.counter.startswith("receipt-"))


def void(actor: Actor, receipt_id: int, reason: str, *, opid: str) -> None:
    """Make a receipt void: every row of it is mirrored, what it settled is open again, its number and paper stay.

    The same `opid` again does nothing. Needs the right void_receipt. Raises Refused reason_missing, receipt_unknown,
    already_void, student_of_another_class.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing")
    with unit_of_work():
        require(actor, "void_receipt")
        if database.execute_sql("SELECT 1 FROM receipt_void WHERE opid = ?", (opid,)).fetchone():
            return
        row = database.execute_sql("SELECT number, student_id, fen FROM receipt WHERE id = ?", (receipt_id,)).fetchone()
        if row is None:
            raise Refused("receipt_unknown")
        number, student_id, fen = row
        student_scope.require_student(actor, student_id, "void_receipt")
        if database.execute_sql("SELECT 1 FROM receipt_void WHERE receipt_id = ?", (receipt_id,)).fetchone():
            raise Refused("already_void", number=number)
        entry = operation_log.record(
            actor,
            "void_receipt",
            "receipt",
            receipt_id,
            details={"number": number, "fen": fen},
            values={"reason": ("", reason)},
        )
        database.execute_sql(
            "INSERT INTO receipt_void (receipt_id, opid, voided_at, voided_by, log_seq) VALUES (?, ?, ?, ?, ?)",
            (receipt_id, opid, clock.stamp(), actor.user_id, entry.seq),
        )
        database.execute_sql("INSERT INTO receipt_void_note (receipt_id, reason) VALUES (?, ?)", (receipt_id, reason))
        _mirror(actor, receipt_id, opid)
        settling.settle_credit(student_id)
        account.settle_state(student_id)
        settling.carry_over(actor, student_id, opid)
    operation_log.after_money()


def _mirror(actor: Actor, receipt_id: int, opid: str) -> None:
    """Book back the payments of a receipt and take back what it settled."""
    database.execute_sql(
        "INSERT INTO ledger (opid, student_id, kind, fen, date, entered_at, entered_by, receipt_id, method, reverses)"
        " SELECT ? || ':' || id, student_id, 'reversal', -fen, ?, ?, ?, receipt_id, method, id FROM ledger"
        " WHERE receipt_id = ? AND kind = 'payment' ORDER BY id",
        (opid, clock.today(), clock.stamp(), actor.user_id, receipt_id),
    )
    account.take_back_settlements([receipt_id])


def _rows(where: str, values: tuple[object, ...]) -> tuple[ReceiptRow, ...]:
    found = []
    for row in database.execute_sql(f"{_RECEIPTS} {where}", values):
        plain = list(row)
        plain[9] = tuple(str(plain[9]).split(",")) if plain[9] else ()
        found.append(ReceiptRow(*plain))
    return tuple(found)
