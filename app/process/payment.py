"""Taking a payment (P5): ledger, number, receipt, log in one transaction; afterwards nothing of it changes any more.

Order inside the transaction: number, log entry (its eight characters are printed), drawing, bytes, rows
(reliability.md, decisions 1 and 5). The account is in account.py, how money is shared out in settling.py, voiding and
the receipt book in receipts.py.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.errors import Damaged, Refused
from app.models.database import database, unit_of_work
from app.process import (
    account,
    clock,
    counters,
    merged,
    office,
    operation_log,
    papers,
    receipt_paper,
    settling,
    student_scope,
)
from app.process.account import Account, OpenItem, open_items
from app.process.actor import Actor
from app.process.receipts import ReceiptRow, receipt, receipts, skipped, void
from app.rules import dates, normal, numbers

__all__ = [
    "METHODS",
    "Account",
    "OpenItem",
    "Paid",
    "Receipt",
    "ReceiptRow",
    "SimilarPayment",
    "open_items",
    "receipt",
    "receipts",
    "similar",
    "skipped",
    "take",
    "void",
]

METHODS = ("wechat", "cash", "alipay", "card", "transfer")
SIMILAR_MINUTES = 10
MOST_FEN = 10_000_000_00  # ten million yuan: no family of a small centre pays more at once


@dataclass(frozen=True)
class Paid:
    """A part of a payment: by which method, how many fen, and its reference number if there is one."""

    method: str
    fen: int
    reference: str = ""


@dataclass(frozen=True)
class Receipt:
    """What was taken. Plus in `balance_fen` means that the family still owes."""

    id: int
    number: str
    code: str
    fen: int
    change_fen: int
    balance_fen: int
    paper_id: int
    student_state: str


@dataclass(frozen=True)
class SimilarPayment:
    """A payment of the same sum for the same student a few minutes ago."""

    receipt_id: int
    number: str
    fen: int
    issued_at: str


@dataclass(frozen=True)
class Asked:
    """A payment as it was asked for, checked; `at` is the one time that all of it bears."""

    student_id: int
    methods: tuple[Paid, ...]
    given_fen: int
    payer: str
    relation: str
    paid_on: str
    opid: str
    at: datetime

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.methods)

    @property
    def cash_fen(self) -> int:
        return sum(one.fen for one in self.methods if one.method == "cash")

    @property
    def change_fen(self) -> int:
        return max(0, self.given_fen - self.cash_fen)

    @property
    def stamp(self) -> str:
        return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True)
class _Numbered:
    """The receipt that comes next: id, running number of the year, number as people write it, digits of its code."""

    id: int
    no: int
    number: str
    code: str


def take(
    actor: Actor,
    *,
    student_id: int,
    methods: Sequence[Paid],
    opid: str,
    given_fen: int = 0,
    payer: str = "",
    relation: str = "",
    chosen: Sequence[int] | None = None,
    paid_on: str | None = None,
    warned: bool = False,
) -> Receipt:
    """Take a payment and give its receipt; the same `opid` again gives the same receipt and takes nothing.

    It settles the oldest open rows first, or those `chosen` (ids of the ledger); the rest stays as credit. `given_fen`
    is the cash on the counter (0: exactly the cash part; without a cash part it counts for nothing). Needs the right
    take_payment. Before the sheet is signed it is refused where the centre wants it so, or the person at the counter
    must have been `warned`. Raises Refused nothing_paid, unknown_method, payment_too_large,
    cash_too_little(missing_fen), charge_not_open, paid_on_in_future, sheet_not_signed, sheet_not_signed_yet,
    student_unknown, student_of_another_class, and those of the unit of work.
    """
    asked = _checked(student_id, methods, opid, given_fen, payer, relation, paid_on)
    try:
        with unit_of_work():
            student_scope.require_student(actor, student_id, "take_payment")
            merged.refuse(student_id)
            if (known := _by_opid(opid)) is not None:
                return known
            _ask_for_signature(student_id, warned=warned)
            found = _take(actor, asked, chosen)
    except Damaged:
        # the commit reported a fault, yet the payment may be there (reliability.md, finding 9): look, do not assume
        with suppress(Exception):
            if (known := _by_opid(opid)) is not None:
                operation_log.after_money()
                return known
        raise
    operation_log.after_money()
    return found


def similar(actor: Actor, student_id: int, fen: int, *, opid: str = "") -> SimilarPayment | None:
    """A good receipt of the same sum for this student within the last ten minutes, to ask before taking it twice.

    That of the payment `opid` itself is none: it is the same payment once more, after a fault, and gives its receipt.
    """
    student_scope.require_student(actor, student_id, "take_payment")
    since = (clock.now() - timedelta(minutes=SIMILAR_MINUTES)).isoformat(timespec="seconds")
    row = database.execute_sql(
        "SELECT id, number, fen, issued_at FROM receipt r WHERE student_id = ? AND fen = ? AND issued_at >= ?"
        " AND opid <> ? AND NOT EXISTS (SELECT 1 FROM receipt_void WHERE receipt_id = r.id) ORDER BY id DESC LIMIT 1",
        (student_id, fen, since, opid),
    ).fetchone()
    return SimilarPayment(*row) if row else None


def _checked(
    student_id: int,
    methods: Sequence[Paid],
    opid: str,
    given_fen: int,
    payer: str,
    relation: str,
    paid_on: str | None,
) -> Asked:
    at = clock.now()
    today = at.date().isoformat()
    parts = tuple(replace(one, reference=normal.line(one.reference)) for one in methods if one.fen)
    given = given_fen if any(one.method == "cash" for one in parts) else 0
    asked = Asked(student_id, parts, given, normal.name(payer), normal.line(relation), paid_on or today, opid, at)
    if not parts or any(one.fen < 0 for one in parts):
        raise Refused("nothing_paid")
    for one in parts:
        if one.method not in METHODS:
            raise Refused("unknown_method", method=one.method)
    if max(asked.fen, asked.given_fen) > MOST_FEN:
        raise Refused("payment_too_large", limit_fen=MOST_FEN)
    if asked.given_fen and asked.given_fen < asked.cash_fen:
        raise Refused("cash_too_little", missing_fen=asked.cash_fen - asked.given_fen)
    if not dates.is_date(asked.paid_on) or asked.paid_on > today:
        raise Refused("paid_on_in_future", day=asked.paid_on)
    return asked


def _ask_for_signature(student_id: int, *, warned: bool) -> None:
    """What the centre wants when the sheet bears no signature: remind, which the window does, warn or refuse."""
    order = office.setting("pay_before_signature")
    if order == "remind":
        return
    name, unsigned = database.execute_sql("SELECT name, unsigned FROM student WHERE id = ?", (student_id,)).fetchone()
    if unsigned and order == "refuse":
        raise Refused("sheet_not_signed", name=name)
    if unsigned and not warned:
        raise Refused("sheet_not_signed_yet", name=name)


def _take(actor: Actor, asked: Asked, chosen: Sequence[int] | None) -> Receipt:
    before = open_items(actor, asked.student_id)
    new = _next_receipt(asked.at.year)
    shares = settling.parts(before.items, (*account.credit(asked.student_id), (new.id, asked.fen)), new.id, chosen)
    own = {charge_id: fen for source, charge_id, fen in shares if source == new.id}
    details = _details(before, asked, new, sum(own.values()))
    entry = operation_log.record(
        actor, "take_payment", "receipt", new.id, details=details, values={"payer": ("", asked.payer)},
    )  # fmt: skip
    content = receipt_paper.draw(actor, before, asked, own, number=new.number, code=new.code, mark=entry.mark)
    paper_id = papers.store(
        actor, "receipt", content, number=new.number, code=new.code, log_seq=entry.seq, student_id=asked.student_id,
    )  # fmt: skip
    _write(actor, asked, new, before.balance_fen, paper_id, entry.seq)
    for source, charge_id, fen in shares:
        database.execute_sql(
            "INSERT INTO settlement (receipt_id, charge_id, fen) VALUES (?, ?, ?)",
            (source, charge_id, fen),
        )
    state = account.settle_state(asked.student_id)
    owed = before.balance_fen - asked.fen
    return Receipt(new.id, new.number, new.code, asked.fen, asked.change_fen, owed, paper_id, state)


def _next_receipt(year: int) -> _Numbered:
    no = counters.next_number(f"receipt-{year}")
    (receipt_id,) = database.execute_sql("SELECT coalesce(max(id), 0) + 1 FROM receipt").fetchone()
    return _Numbered(receipt_id, no, numbers.receipt_number(year, no), numbers.code_for_receipt(year, no))


def _details(before: Account, asked: Asked, new: _Numbered, settled_fen: int) -> dict[str, object]:
    """What the operation log keeps of it for ever; the check of the folder compares the receipt with it."""
    methods: dict[str, int] = {}
    for one in asked.methods:
        methods[one.method] = methods.get(one.method, 0) + one.fen
    return {
        "number": new.number, "student": before.number, "fen": asked.fen, "methods": methods,
        "settled_fen": settled_fen,
    }  # fmt: skip


def _write(actor: Actor, asked: Asked, new: _Numbered, due_fen: int, paper_id: int, log_seq: int) -> None:
    """The row of the receipt, one row of the ledger per method, and the erasable note with the payer."""
    row = {
        "id": new.id, "opid": asked.opid, "year": asked.at.year, "no": new.no, "number": new.number, "code": new.code,
        "student_id": asked.student_id, "fen": asked.fen, "due_fen": max(0, due_fen),
        "owed_fen": max(0, due_fen - asked.fen), "given_fen": asked.given_fen or asked.cash_fen,
        "change_fen": asked.change_fen, "paid_on": asked.paid_on, "issued_at": asked.stamp,
        "cashier_id": actor.user_id, "paper_id": paper_id, "log_seq": log_seq,
    }  # fmt: skip
    database.execute_sql(
        f"INSERT INTO receipt ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608 - names above
        tuple(row.values()),
    )
    _book(actor, asked, new.id)


def _book(actor: Actor, asked: Asked, receipt_id: int) -> None:
    for place, one in enumerate(asked.methods, 1):
        (row_id,) = database.execute_sql(
            "INSERT INTO ledger (opid, student_id, kind, fen, date, entered_at, entered_by, receipt_id, method)"
            " VALUES (?, ?, 'payment', ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                f"{asked.opid}:{place}",
                asked.student_id,
                -one.fen,
                asked.paid_on,
                asked.stamp,
                actor.user_id,
                receipt_id,
                one.method,
            ),
        ).fetchone()
        if one.reference:
            database.execute_sql("INSERT INTO ledger_note (ledger_id, note) VALUES (?, ?)", (row_id, one.reference))
    database.execute_sql(
        "INSERT INTO receipt_note (receipt_id, payer, relation, reference) VALUES (?, ?, ?, ?)",
        (receipt_id, asked.payer, asked.relation, " ".join(one.reference for one in asked.methods if one.reference)),
    )


def _by_opid(opid: str) -> Receipt | None:
    row = database.execute_sql(
        "SELECT r.id, r.number, r.code, r.fen, r.change_fen, s.balance_fen, r.paper_id, s.state"
        " FROM receipt r JOIN student s ON s.id = r.student_id WHERE r.opid = ?",
        (opid,),
    ).fetchone()
    return Receipt(*row) if row else None
