"""Taking a payment (P5): ledger, number, receipt, log in one transaction; afterwards nothing of it changes any more.

Order inside the transaction: number, log entry (its eight characters are printed), drawing, bytes, rows
(reliability.md, decisions 1 and 5). The account is in account.py, voiding and the receipt book in receipts.py.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from app.errors import Damaged, Refused
from app.models.database import database, unit_of_work
from app.process import account, clock, office, operation_log, papers, receipt_paper
from app.process.account import Account, OpenItem, open_items
from app.process.actor import Actor, require
from app.process.receipts import ReceiptRow, ReceiptView, receipt, receipts, void
from app.rules import dates, ledger, numbers

__all__ = [
    "METHODS",
    "Account",
    "OpenItem",
    "Paid",
    "Receipt",
    "ReceiptRow",
    "ReceiptView",
    "SimilarPayment",
    "open_items",
    "receipt",
    "receipts",
    "similar",
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
    """A payment as it was asked for, checked."""

    student_id: int
    methods: tuple[Paid, ...]
    given_fen: int
    payer: str
    relation: str
    paid_on: str
    opid: str

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.methods)

    @property
    def cash_fen(self) -> int:
        return sum(one.fen for one in self.methods if one.method == "cash")

    @property
    def change_fen(self) -> int:
        return max(0, self.given_fen - self.cash_fen)


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
) -> Receipt:
    """Take a payment and give its receipt; the same `opid` again gives the same receipt and takes nothing.

    It settles the oldest open rows first, or those `chosen` (ids of the ledger); the rest stays as credit. `given_fen`
    is the cash on the counter (0: exactly the cash part). Needs the right take_payment. Raises Refused nothing_paid,
    unknown_method, payment_too_large, cash_too_little(missing_fen), charge_not_open, paid_on_in_future,
    sheet_not_signed, student_unknown, and those of the unit of work (disk_full ...).
    """
    asked = _checked(student_id, methods, opid, given_fen, payer, relation, paid_on)
    try:
        with unit_of_work():
            require(actor, "take_payment")
            if (known := _by_opid(opid)) is not None:
                return known
            found = _take(actor, asked, chosen)
    except Damaged:
        # the commit reported a fault, yet the payment may be there (reliability.md, finding 9): look, do not assume
        with suppress(Exception):
            if (known := _by_opid(opid)) is not None:
                return known
        raise
    operation_log.after_money()
    return found


def similar(actor: Actor, student_id: int, fen: int) -> SimilarPayment | None:
    """A good receipt of the same sum for this student within the last ten minutes, to ask before taking it twice."""
    require(actor, "take_payment")
    since = (clock.now() - timedelta(minutes=SIMILAR_MINUTES)).isoformat(timespec="seconds")
    row = database.execute_sql(
        "SELECT id, number, fen, issued_at FROM receipt r WHERE student_id = ? AND fen = ? AND issued_at >= ?"
        " AND NOT EXISTS (SELECT 1 FROM receipt_void WHERE receipt_id = r.id) ORDER BY id DESC LIMIT 1",
        (student_id, fen, since),
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
    day = paid_on or clock.today()
    parts = tuple(one for one in methods if one.fen)
    asked = Asked(student_id, parts, given_fen, payer.strip(), relation, day, opid)
    if not parts or any(one.fen < 0 for one in parts):
        raise Refused("nothing_paid")
    for one in parts:
        if one.method not in METHODS:
            raise Refused("unknown_method", method=one.method)
    if asked.fen > MOST_FEN:
        raise Refused("payment_too_large", limit_fen=MOST_FEN)
    if asked.given_fen and asked.given_fen < asked.cash_fen:
        raise Refused("cash_too_little", missing_fen=asked.cash_fen - asked.given_fen)
    if not dates.is_date(day) or day > clock.today():
        raise Refused("paid_on_in_future", day=day)
    return asked


def _take(actor: Actor, asked: Asked, chosen: Sequence[int] | None) -> Receipt:
    before = open_items(actor, asked.student_id)
    if before.before_signature == "refuse" and not before.signed:
        raise Refused("sheet_not_signed", name=before.name)
    at = clock.now()
    year = at.year
    no = office.next_number(f"receipt-{year}")
    number, code = numbers.receipt_number(year, no), numbers.code_for_receipt(year, no)
    receipt_id = database.execute_sql("SELECT coalesce(max(id), 0) + 1 FROM receipt").fetchone()[0]
    parts = _settlements(before, receipt_id, asked.fen, chosen)
    details = {
        "number": number,
        "student": before.number,
        "fen": asked.fen,
        "methods": {one.method: one.fen for one in asked.methods},
    }
    values = {"payer": ("", asked.payer)}
    entry = operation_log.record(actor, "take_payment", "receipt", receipt_id, details=details, values=values)
    own = {charge_id: fen for source, charge_id, fen in parts if source == receipt_id}
    content = receipt_paper.draw(actor, before, asked, own, number=number, code=code, at=at, mark=entry.mark)
    paper_id = papers.store(
        actor,
        "receipt",
        content,
        number=number,
        code=code,
        log_seq=entry.seq,
        student_id=asked.student_id,
    )
    owed = before.balance_fen - asked.fen
    database.execute_sql(
        "INSERT INTO receipt (id, opid, year, no, number, code, student_id, fen, due_fen, owed_fen, given_fen,"
        " change_fen, paid_on, issued_at, cashier_id, paper_id, log_seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            receipt_id,
            asked.opid,
            year,
            no,
            number,
            code,
            asked.student_id,
            asked.fen,
            max(0, before.balance_fen),
            max(0, owed),
            asked.given_fen or asked.cash_fen,
            asked.change_fen,
            asked.paid_on,
            clock.stamp(),
            actor.user_id,
            paper_id,
            entry.seq,
        ),
    )
    _book(actor, asked, receipt_id)
    for source, charge_id, fen in parts:
        database.execute_sql(
            "INSERT INTO settlement (receipt_id, charge_id, fen) VALUES (?, ?, ?)",
            (source, charge_id, fen),
        )
    state = account.settle_state(asked.student_id)
    return Receipt(receipt_id, number, code, asked.fen, asked.change_fen, owed, paper_id, state)


def _book(actor: Actor, asked: Asked, receipt_id: int) -> None:
    """One row of the ledger per method, and the erasable note with the payer."""
    for place, one in enumerate(asked.methods, 1):
        (row_id,) = database.execute_sql(
            "INSERT INTO ledger (opid, student_id, kind, fen, date, entered_at, entered_by, receipt_id, method)"
            " VALUES (?, ?, 'payment', ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                f"{asked.opid}:{place}",
                asked.student_id,
                -one.fen,
                asked.paid_on,
                clock.stamp(),
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


def _settlements(
    before: Account,
    receipt_id: int,
    paid_fen: int,
    chosen: Sequence[int] | None,
) -> list[tuple[int, int, int]]:
    """Which receipt settles how many fen of which row: credit of older receipts first, then this one.

    Discounts are used up first: they take their sum off the oldest of the wanted charges, under this receipt.
    """
    charges = {one.charge_id: one for one in before.items if not one.discount}
    if chosen is not None and not set(chosen) <= set(charges):
        raise Refused("charge_not_open")
    wanted = [
        ledger.OpenCharge(key, one.fen, one.open_fen, one.date)
        for key, one in charges.items()
        if chosen is None or key in chosen
    ]
    parts = _use_discounts(before, receipt_id, wanted)
    left = _after(wanted, {charge_id: fen for _, charge_id, fen in parts})
    for source, fen in (*account.credit(before.student_id), (receipt_id, paid_fen)):
        settled = {one.charge_id: one.fen for one in ledger.settle(left, fen)}
        parts += [(source, charge_id, part) for charge_id, part in settled.items()]
        left = _after(left, settled)
    return _joined(parts)


def _use_discounts(
    before: Account,
    receipt_id: int,
    wanted: Sequence[ledger.OpenCharge],
) -> list[tuple[int, int, int]]:
    room = sum(one.open_fen for one in wanted)
    parts: list[tuple[int, int, int]] = []
    used = 0
    for one in before.items:
        part = min(-one.open_fen, room - used) if one.discount else 0
        if part > 0:
            parts.append((receipt_id, one.charge_id, -part))
            used += part
    return parts + [(receipt_id, one.charge_id, one.fen) for one in ledger.settle(wanted, used)]


def _after(charges: Sequence[ledger.OpenCharge], settled: Mapping[int, int]) -> list[ledger.OpenCharge]:
    """What is open of the charges afterwards."""
    return [replace(one, open_fen=one.open_fen - max(0, settled.get(one.charge_id, 0))) for one in charges]


def _joined(parts: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """One row per receipt and charge."""
    sums: dict[tuple[int, int], int] = {}
    for source, charge_id, fen in parts:
        sums[source, charge_id] = sums.get((source, charge_id), 0) + fen
    return [(source, charge_id, fen) for (source, charge_id), fen in sums.items() if fen]


def _by_opid(opid: str) -> Receipt | None:
    row = database.execute_sql(
        "SELECT r.id, r.number, r.code, r.fen, r.change_fen, s.balance_fen, r.paper_id, s.state"
        " FROM receipt r JOIN student s ON s.id = r.student_id WHERE r.opid = ?",
        (opid,),
    ).fetchone()
    return Receipt(*row) if row else None
