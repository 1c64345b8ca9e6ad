"""Ledger arithmetic: balances, what is open, which charges a payment settles, change (P5). Fen; plus means owed.

A row that was reversed and the row that reverses it drop out together. What is open of a charge is what is left after
the settlements of receipts and after everything else that lowers the balance (discounts, credits, what was paid too
much), which goes to the oldest charges first. So the open amounts and the credit always make up the balance.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

_NOTES_FEN = (10_00, 50_00, 100_00)
_QUICK_BUTTONS = 4


@dataclass(frozen=True)
class Row:
    """A row of the ledger, as far as arithmetic needs it."""

    id: int
    kind: str
    fen: int
    date: str = ""
    reverses: int | None = None


@dataclass(frozen=True)
class OpenCharge:
    """A charge (or another row that is owed) with what is still open of it; `open_fen` is 0 when it is settled."""

    charge_id: int
    fen: int
    open_fen: int
    date: str = ""


@dataclass(frozen=True)
class Account:
    """All charges that count, oldest first, and the balance; plus means that the family owes."""

    charges: tuple[OpenCharge, ...]
    balance_fen: int

    @property
    def open(self) -> tuple[OpenCharge, ...]:
        """The charges of which something is open."""
        return tuple(one for one in self.charges if one.open_fen)

    @property
    def due_fen(self) -> int:
        """What has to be paid now."""
        return max(0, self.balance_fen)

    @property
    def credit_fen(self) -> int:
        """What was paid beforehand."""
        return max(0, -self.balance_fen)


@dataclass(frozen=True)
class Settlement:
    """So many fen of a payment settle so much of a charge."""

    charge_id: int
    fen: int


def balance(fens: Iterable[int]) -> int:
    """Add up the rows of a ledger; plus means that the family owes."""
    return sum(fens)


def running(fens: Iterable[int]) -> tuple[int, ...]:
    """Give the balance after every row."""
    return tuple(accumulate(fens))


def live(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Give the rows that count: without those that were reversed and those that reverse them."""
    every = tuple(rows)
    there = {row.id for row in every}
    reversed_ids = {row.reverses for row in every if row.reverses is not None}
    return tuple(row for row in every if row.id not in reversed_ids and row.reverses not in there)


def account(rows: Iterable[Row], settled: Mapping[int, int] | None = None) -> Account:
    """Work out what is open. `settled` is what receipts settled of each charge, voided receipts taken off."""
    counting = live(rows)
    owed = sorted((row for row in counting if row.fen > 0), key=lambda row: (row.kind != "refund", row.date, row.id))
    pool = -sum(row.fen for row in counting if row.fen < 0)
    told = {row.id: min(row.fen, max(0, (settled or {}).get(row.id, 0))) for row in owed}
    if sum(told.values()) > pool:  # a settlement without its payment cannot count
        told = {}
    pool -= sum(told.values())
    charges = []
    for row in owed:
        left = row.fen - told.get(row.id, 0)
        taken = min(left, pool)
        pool -= taken
        charges.append(OpenCharge(row.id, row.fen, left - taken, row.date))
    charges.sort(key=lambda one: (one.date, one.charge_id))
    return Account(tuple(charges), balance(row.fen for row in counting))


def settle(
    charges_open: Iterable[OpenCharge], paid_fen: int, chosen: Collection[int] | None = None,
) -> tuple[Settlement, ...]:  # fmt: skip
    """Share a payment out: over the oldest charges first, or only over those whose ids are `chosen`.

    What is left over stays as credit (see `rest`). A negative payment or a chosen charge that is not open is a
    ValueError.
    """
    waiting = sorted((one for one in charges_open if one.open_fen > 0), key=lambda one: (one.date, one.charge_id))
    if paid_fen < 0 or (chosen is not None and not set(chosen) <= {one.charge_id for one in waiting}):
        raise ValueError
    settlements, left = [], paid_fen
    for one in waiting:
        if chosen is not None and one.charge_id not in chosen:
            continue
        fen = min(left, one.open_fen)
        if fen:
            settlements.append(Settlement(one.charge_id, fen))
        left -= fen
    return tuple(settlements)


def rest(paid_fen: int, settlements: Iterable[Settlement]) -> int:
    """Give what a payment leaves as credit."""
    return paid_fen - sum(one.fen for one in settlements)


def change(given_fen: int, cash_fen: int) -> int:
    """Give the change for the cash given; negative says how much is missing."""
    return given_fen - cash_fen


def quick_cash(fen: int) -> tuple[int, ...]:
    """Give the amounts of the quick buttons: exactly `fen`, then the next full 10, 50, 100 and further hundreds."""
    if fen <= 0:
        return ()
    found = sorted({fen, *(-(-fen // note) * note for note in _NOTES_FEN)})
    while len(found) < _QUICK_BUTTONS:
        found.append(found[-1] // 100_00 * 100_00 + 100_00)
    return tuple(found)
