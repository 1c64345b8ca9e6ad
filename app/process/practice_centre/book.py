"""The money of an invented centre: charges, discounts, receipts, voids, as the use cases would leave them."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

from app.models.bulk import Rows
from app.process.actor import Actor
from app.process.practice_centre.chain import Chain
from app.process.receipt_paper import CREDIT
from app.rules import numbers
from app.rules.person import EnrolmentLine
from app.rules.words import DISCOUNT

if TYPE_CHECKING:
    from app.printing.paper import Centre
    from app.printing.receipt import ReceiptFacts

PAPERS = 200  # the last receipts are stored as paper
_NOTHING: dict[str, object] = {
    "service_id": None, "line_id": None, "rule": "", "period_from": "", "period_to": "", "unit": "", "unit_fen": 0,
    "quantity": 0, "receipt_id": None, "method": "", "reverses": None,
}  # fmt: skip
"""What most rows of the ledger leave empty, in the order of the columns."""
_METHODS = ("wechat", "alipay", "cash", "card", "transfer")
_SHARES = (62, 14, 14, 6, 4)


@dataclass(slots=True)
class Item:
    """A row of the ledger that is open: minus for a discount that nothing has used yet."""

    ledger_id: int
    name: str
    fen: int
    open_fen: int
    line: EnrolmentLine | None = None


@dataclass(slots=True)
class Account:
    """The account of one student: what is open, and the receipts whose money is not used up."""

    student_id: int
    name: str
    number: str
    payer: str
    relation: str
    class_name: str = ""
    balance_fen: int = 0
    items: list[Item] = field(default_factory=list)
    credit: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A payment as it was written: rows of the ledger (id, fen paid), settlements (id, receipt, item, fen)."""

    receipt_id: int
    rows: tuple[tuple[int, int], ...]
    settled: tuple[tuple[int, int, Item, int], ...]
    number: str


@dataclass(frozen=True)
class Printed:
    """A receipt whose paper is still to be drawn. `lines`: the items it covers and how many fen of each."""

    receipt_id: int
    student_id: int
    log_seq: int
    cashier_id: int
    lines: tuple[tuple[Item, int], ...]
    said: dict[str, Any]


class Book:
    """Writes ledger, receipts and settlements; numbers without gaps, ids in the order of time."""

    def __init__(self, rows: Rows, chain: Chain, random: Random) -> None:
        rows.table("ledger", "id", "opid", "student_id", "kind", "fen", "date", "entered_at", "entered_by", *_NOTHING)
        rows.table(
            "receipt", "id", "opid", "year", "no", "number", "code", "student_id", "fen", "due_fen", "owed_fen",
            "given_fen", "change_fen", "paid_on", "issued_at", "cashier_id", "log_seq",
        )  # fmt: skip
        rows.table("settlement", "id", "receipt_id", "charge_id", "fen", "reverses")
        rows.table("receipt_note", "receipt_id", "payer", "relation")
        rows.table("receipt_void", "receipt_id", "opid", "voided_at", "voided_by", "log_seq")
        rows.table("receipt_void_note", "receipt_id", "reason")
        rows.table("ledger_note", "ledger_id", "note")
        self._rows, self._chain, self._random = rows, chain, random
        self._ledger = self._receipts = self._settlements = 0
        self.numbers: dict[int, int] = {}
        self.last: deque[Printed] = deque(maxlen=PAPERS)

    def charge(self, account: Account, line: EnrolmentLine, line_id: int, at: datetime, by: Actor) -> None:
        """Charge an enrolment line."""
        row_id = self._row(
            account, "charge", line.amount_fen, at, by, service_id=line.service_id, line_id=line_id,
            period_from=line.from_date, period_to=line.to_date, unit=line.unit, unit_fen=line.unit_fen,
            quantity=line.quantity,
        )  # fmt: skip
        account.items.append(Item(row_id, line.service_name, line.amount_fen, line.amount_fen, line))

    def discount(
        self, account: Account, rule: str, fen: int, period: tuple[str, str], at: datetime, by: Actor, reason: str = "",
    ) -> None:  # fmt: skip
        """Take something off, by a rule or by hand with a reason."""
        row_id = self._row(account, "discount", -fen, at, by, rule=rule, period_from=period[0], period_to=period[1])
        if reason:
            self._rows.add("ledger_note", (row_id, reason))
        account.items.append(Item(row_id, reason or DISCOUNT[rule], -fen, -fen))

    def pay(self, account: Account, fen: int, at: datetime, by: Actor) -> Taken:
        """Take a payment."""
        self._receipts += 1
        receipt_id, due = self._receipts, max(0, account.balance_fen)
        no = self.numbers[at.year] = self.numbers.get(at.year, 0) + 1
        number, code = numbers.receipt_number(at.year, no), numbers.code_for_receipt(at.year, no)
        methods = self._methods(fen)
        stamp = at.isoformat(timespec="seconds")
        given, change = self._cash(methods.get("cash", 0))
        settled = self._settle(account, receipt_id, fen)
        own = tuple((item, part) for _, source, item, part in settled if source == receipt_id)
        details: dict[str, object] = {
            "number": number, "student": account.number, "fen": fen, "methods": methods,
            "settled_fen": sum(part for _, part in own),
        }  # fmt: skip
        entry = self._chain.add(stamp, by.user_id, "take_payment", "receipt", receipt_id, details)
        rows = [
            (self._row(account, "payment", -part, at, by, receipt_id=receipt_id, method=method), part)
            for method, part in methods.items()
        ]
        self._rows.add(
            "receipt",
            (
                receipt_id, f"sample-r{receipt_id:08d}", at.year, no, number, code, account.student_id, fen, due,
                max(0, account.balance_fen), given, change, stamp[:10], stamp, by.user_id, entry.seq,
            ),
        )  # fmt: skip
        self._rows.add("receipt_note", (receipt_id, account.payer, account.relation))
        said = {
            "number": number, "code": code, "issued_at": stamp, "child": account.name, "student_number": account.number,
            "class_text": account.class_name, "payer": account.payer, "relation": account.relation,
            "methods": tuple(methods.items()), "due_fen": due, "paid_fen": fen, "balance_fen": account.balance_fen,
            "cashier": by.name, "check": entry.mark, "cash_given_fen": given, "change_fen": change,
        }  # fmt: skip
        self.last.append(Printed(receipt_id, account.student_id, entry.seq, by.user_id, own, said))
        return Taken(receipt_id, tuple(rows), tuple(settled), number)

    def void(self, account: Account, taken: Taken, at: datetime, by: Actor, reason: str) -> None:
        """Make a receipt void: its rows are mirrored, what it settled is open again."""
        stamp, receipt_id = at.isoformat(timespec="seconds"), taken.receipt_id
        details: dict[str, object] = {"number": taken.number, "fen": sum(fen for _, fen in taken.rows)}
        entry = self._chain.add(stamp, by.user_id, "void_receipt", "receipt", receipt_id, details)
        self._rows.add("receipt_void", (receipt_id, f"sample-v{receipt_id:08d}", stamp, by.user_id, entry.seq))
        self._rows.add("receipt_void_note", (receipt_id, reason))
        for row_id, fen in taken.rows:
            self._row(account, "reversal", fen, at, by, receipt_id=receipt_id, reverses=row_id)
        for settlement_id, source, item, fen in taken.settled:
            if source == receipt_id:
                self._settlement(receipt_id, item, -fen, reverses=settlement_id)
                if all(item is not other for other in account.items):
                    account.items.append(item)
        account.items.sort(key=lambda item: item.ledger_id)
        account.credit.pop(receipt_id, None)

    def _row(self, account: Account, kind: str, fen: int, at: datetime, by: Actor, **more: object) -> int:
        self._ledger += 1
        stamp, given = at.isoformat(timespec="seconds"), _NOTHING | more
        self._rows.add(
            "ledger",
            (
                self._ledger, f"sample-{self._ledger:09d}", account.student_id, kind, fen, stamp[:10], stamp,
                by.user_id, *given.values(),
            ),
        )  # fmt: skip
        account.balance_fen += fen
        return self._ledger

    def _settle(self, account: Account, receipt_id: int, fen: int) -> list[tuple[int, int, Item, int]]:
        """Oldest first: discounts under this receipt, credit of earlier ones, then this money; the rest is credit."""
        due = [item for item in account.items if item.open_fen > 0]
        room, found = sum(item.open_fen for item in due), []
        sources = [[source, left] for source, left in account.credit.items()] + [[receipt_id, fen]]
        for item in account.items:
            part = min(-item.open_fen, room) if item.open_fen < 0 else 0
            if part > 0:
                found.append(self._settlement(receipt_id, item, -part))
                sources.insert(0, [receipt_id, part])
                room -= part
        for item in due:
            for source, part in _draw_on(sources, item.open_fen).items():
                found.append(self._settlement(source, item, part))
        account.credit = {source: left for source, left in sources if left}
        account.items = [item for item in account.items if item.open_fen]
        return found

    def _settlement(
        self, receipt_id: int, item: Item, fen: int, reverses: int | None = None,
    ) -> tuple[int, int, Item, int]:  # fmt: skip
        self._settlements += 1
        item.open_fen -= fen
        self._rows.add("settlement", (self._settlements, receipt_id, item.ledger_id, fen, reverses))
        return self._settlements, receipt_id, item, fen

    def _methods(self, fen: int) -> dict[str, int]:
        random = self._random
        method = random.choices(_METHODS, _SHARES)[0]
        if fen > 200_000 and random.random() < 0.03:
            cash = random.randint(2, 10) * 10_000
            return {"wechat": fen - cash, "cash": cash}
        return {method: fen}

    def _cash(self, cash: int) -> tuple[int, int]:
        """What is laid on the counter, and the change."""
        given = -(-cash // 10_000) * 10_000 if self._random.random() < 0.5 else cash
        return given, given - cash


def _draw_on(sources: list[list[int]], wanted: int) -> dict[int, int]:
    """Take `wanted` fen from the sources [receipt, fen left] in turn, as far as they go; gives the parts by receipt."""
    parts: dict[int, int] = {}
    for source in sources:
        part = min(wanted, source[1])
        if part:
            parts[source[0]] = parts.get(source[0], 0) + part
            source[1] -= part
            wanted -= part
    sources[:] = [source for source in sources if source[1]]
    return parts


def facts(printed: Printed, centre: "Centre") -> "ReceiptFacts":
    """What the paper of a receipt says."""
    from app.printing.receipt import ReceiptFacts, ReceiptLine  # reportlab is only needed for the last receipts
    from app.printing.words import UNIT, period, word

    lines = []
    for item, fen in printed.lines:
        line = item.line
        whole = line is not None and fen == item.fen
        lines.append(
            ReceiptLine(
                item.name, period(line.from_date, line.to_date) if line else "",
                f"{line.quantity} {word(UNIT, line.unit)}" if line and whole else "", fen,
            ),
        )  # fmt: skip
    rest = printed.said["paid_fen"] - sum(line.fen for line in lines)
    if rest:
        lines.append(ReceiptLine(CREDIT, fen=rest))
    return ReceiptFacts(lines=tuple(lines), centre=centre, **printed.said)
