"""The account of a student: what is still open, which credit is left, who may pay. Reached as `payment.open_items`.

A row of the ledger that makes the family owe (charge, discount, opening, correction) is open until rows of `settlement`
cover it: charges by plus, discounts by minus. Credit is what receipts brought and no settlement has used yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database
from app.process import clock, office, student_scope
from app.process.actor import Actor
from app.rules.status import by_money

_OPEN = """
    SELECT row.id, row.date, row.kind, row.fen, row.fen - coalesce((SELECT sum(fen) FROM settlement
               WHERE charge_id = row.id), 0) AS open_fen,
           coalesce(service.name, ''), row.rule, coalesce(note.note, ''), row.period_from, row.period_to, row.unit,
           row.unit_fen, row.quantity
    FROM ledger row LEFT JOIN service ON service.id = row.service_id
    LEFT JOIN ledger_note note ON note.ledger_id = row.id
    WHERE row.student_id = ? AND row.kind IN ('charge', 'discount', 'opening', 'correction')
      AND NOT EXISTS (SELECT 1 FROM ledger back WHERE back.reverses = row.id)
    ORDER BY row.date, row.id
"""
_FOR_ENTRY = """
    WITH live AS (
        SELECT row.line_id, row.kind,
               row.fen - coalesce((SELECT sum(fen) FROM settlement WHERE charge_id = row.id), 0) AS open_fen
        FROM ledger row WHERE row.student_id = :id
          AND (row.kind IN ('charge', 'discount') OR row.kind = 'correction' AND row.fen < 0)
          AND NOT EXISTS (SELECT 1 FROM ledger back WHERE back.reverses = row.id))
    SELECT count(*) FILTER (WHERE line_id IS NOT NULL),
           coalesce(sum(open_fen) FILTER (WHERE line_id IS NOT NULL OR kind <> 'charge'), 0) FROM live
"""
_CREDIT = """
    SELECT r.id, r.fen - coalesce((SELECT sum(fen) FROM settlement WHERE receipt_id = r.id), 0) AS left_fen
    FROM receipt r WHERE r.student_id = ? AND NOT EXISTS (SELECT 1 FROM receipt_void v WHERE v.receipt_id = r.id)
      AND left_fen > 0 ORDER BY r.id
"""
_STUDENT = """
    SELECT s.name, s.number, coalesce(c.name, ''), s.balance_fen, s.unsigned, s.state
    FROM student s LEFT JOIN care_class c ON c.id = s.class_id WHERE s.id = ?
"""
_GUARDIANS = """
    SELECT g.name, link.relation, link.payer FROM student_guardian link JOIN guardian g ON g.id = link.guardian_id
    WHERE link.student_id = ? ORDER BY link.position
"""


@dataclass(frozen=True)
class OpenItem:
    """A row that is not settled in full. `open_fen` is below zero for a discount that nothing has used yet."""

    charge_id: int
    date: str
    kind: str
    fen: int
    open_fen: int
    discount: bool
    name: str
    rule: str
    note: str
    period_from: str
    period_to: str
    unit: str
    unit_fen: int
    quantity: int

    @property
    def credit(self) -> bool:
        """Whether it is money that the family had before the centre came to the program."""
        return self.kind == "opening" and self.fen < 0


@dataclass(frozen=True)
class Account:
    """What a payment begins with. Plus in `balance_fen` means that the family owes; `credit_fen` is not below zero."""

    student_id: int
    name: str
    number: str
    class_name: str
    state: str
    guardians: tuple[tuple[str, str], ...]
    payer: str
    balance_fen: int
    credit_fen: int
    items: tuple[OpenItem, ...]
    signed: bool
    before_signature: str  # remind, warn or refuse: what the centre wants when the sheet bears no signature yet


def open_items(actor: Actor, student_id: int) -> Account:
    """The account of a student; needs take_payment or see_ledger.

    Raises Refused no_right, student_unknown, student_of_another_class.
    """
    student_scope.require_student(actor, student_id, "take_payment", "see_ledger")
    row = database.execute_sql(_STUDENT, (student_id,)).fetchone()
    name, number, class_name, balance_fen, unsigned, state = row
    guardians = database.execute_sql(_GUARDIANS, (student_id,)).fetchall()
    payers = [one for one, _, payer in guardians if payer] or [one for one, _, _ in guardians]
    return Account(
        student_id,
        name,
        number,
        class_name,
        state,
        tuple((one, relation) for one, relation, _ in guardians),
        payers[0] if payers else "",
        balance_fen,
        sum(left for _, left in credit(student_id)),
        items(student_id),
        not unsigned,
        office.setting("pay_before_signature"),
    )


def items(student_id: int) -> tuple[OpenItem, ...]:
    """The open rows of a student, oldest first."""
    found = []
    for row in database.execute_sql(_OPEN, (student_id,)):
        charge_id, day, kind, fen, open_fen, *rest = row
        if open_fen:
            found.append(OpenItem(charge_id, day, kind, fen, open_fen, fen < 0, *rest))
    return tuple(found)


def credit(student_id: int) -> tuple[tuple[int, int], ...]:
    """The receipts whose money is not used up: id and what is left in fen, oldest first."""
    return tuple(database.execute_sql(_CREDIT, (student_id,)).fetchall())


def balance(student_id: int) -> int:
    """What the family owes (plus) or has in credit (minus), in fen. Raises Refused student_unknown."""
    row = database.execute_sql("SELECT balance_fen FROM student WHERE id = ?", (student_id,)).fetchone()
    if row is None:
        raise Refused("student_unknown")
    return int(row[0])


def settle_state(student_id: int) -> str:
    """Let the state of a student follow the account, and give it: 'paid' when what is due for entry is settled (P6).

    Due for entry are the charges of enrolment lines; a late fee or a material fee charged by hand does not throw a
    paid student back. Where no such charge stands (all were reversed and charged anew by hand) all that is open is due.
    Discounts, corrections and credit that nothing has used yet count for it.
    """
    state, owed = database.execute_sql("SELECT state, balance_fen FROM student WHERE id = ?", (student_id,)).fetchone()
    charges, still_open = database.execute_sql(_FOR_ENTRY, {"id": student_id}).fetchone()
    due = still_open - sum(left for _, left in credit(student_id)) if charges else owed
    wanted = by_money(state, due_fen=due)
    if wanted != state:
        database.execute_sql("UPDATE student SET state = ? WHERE id = ?", (wanted, student_id))
    return wanted


def enter_row(actor: Actor, student_id: int, columns: dict[str, object], opid: str, note: str) -> int:
    """Write a row by hand and its erasable note, inside the unit of work of a use case; gives its id."""
    given = {
        "opid": opid, "student_id": student_id, "date": clock.today(), "entered_at": clock.stamp(),
        "entered_by": actor.user_id, **columns,
    }  # fmt: skip
    (row_id,) = database.execute_sql(
        f"INSERT INTO ledger ({', '.join(given)}) VALUES ({', '.join('?' * len(given))}) RETURNING id",  # noqa: S608 - own names
        tuple(given.values()),
    ).fetchone()
    if note.strip():
        database.execute_sql("INSERT INTO ledger_note (ledger_id, note) VALUES (?, ?)", (row_id, note.strip()))
    return int(row_id)


def take_back_settlements(receipt_ids: Sequence[int]) -> None:
    """Mirror every settlement of these receipts: their money is credit again.

    The plus keeps SQLite from going through the index of `reverses`, in which nearly every row is NULL.
    """
    for receipt_id in receipt_ids:
        database.execute_sql(
            "INSERT INTO settlement (receipt_id, charge_id, fen, reverses)"
            " SELECT receipt_id, charge_id, -fen, id FROM settlement s WHERE receipt_id = ? AND +reverses IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM settlement back WHERE back.reverses = s.id) ORDER BY id",
            (receipt_id,),
        )
