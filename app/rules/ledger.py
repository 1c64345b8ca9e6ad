"""Arithmetic of the ledger: balances, what is still open, how a payment settles it, change, quick cash sums.

All sums are integer fen. Plus means that the family owes more: charges +, payments and discounts −.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOTES_FEN = (1_000, 5_000, 10_000)  # 10, 50, 100 yuan: what people put on the counter
MOST_FEN = 10**12


@dataclass(frozen=True)
class OpenCharge:
    """A charge that is not settled in full: `open_fen` > 0 is what is left, oldest date first, then by id."""

    charge_id: int
    date: str
    open_fen: int


@dataclass(frozen=True)
class Settlement:
    """How many fen of a charge a payment settles."""

    charge_id: int
    fen: int


def balance(rows_fen: Iterable[int]) -> int:
    """What the family owes (plus) or has in credit (minus), in fen."""
    return sum(rows_fen)


def settle(
    charges: Sequence[OpenCharge], paid_fen: int, chosen: Sequence[int] | None = None,
) -> tuple[Settlement, ...]:  # fmt: skip
    """Spread a payment over open charges: those chosen, or all, each time the oldest first; what is over stays credit.

    ValueError if nothing was paid or a chosen charge is not open.
    """
    if paid_fen <= 0:
        raise ValueError
    known = {charge.charge_id for charge in charges}
    if chosen is not None and not set(chosen) <= known:
        raise ValueError
    wanted = [charge for charge in charges if chosen is None or charge.charge_id in set(chosen)]
    left, found = paid_fen, []
    for charge in sorted(wanted, key=lambda one: (one.date, one.charge_id)):
        part = min(left, charge.open_fen)
        if part > 0:
            found.append(Settlement(charge.charge_id, part))
            left -= part
    return tuple(found)


def spread_discount(charges: Sequence[OpenCharge], discount_fen: int) -> tuple[OpenCharge, ...]:
    """Take discounts (and credit) off the open charges, oldest first; charges that are covered vanish."""
    left, found = discount_fen, []
    for charge in sorted(charges, key=lambda one: (one.date, one.charge_id)):
        part = min(left, charge.open_fen)
        left -= part
        if charge.open_fen > part:
            found.append(OpenCharge(charge.charge_id, charge.date, charge.open_fen - part))
    return tuple(found)


def change(cash_fen: int, given_fen: int) -> int:
    """Change for `cash_fen` out of `given_fen`. ValueError if that was too little."""
    if given_fen < cash_fen:
        raise ValueError
    return given_fen - cash_fen


def quick_cash(fen: int) -> tuple[int, ...]:
    """Sums that people are likely to hand over: exactly, and up to the next 10, 50 and 100 yuan, each once."""
    if fen <= 0:
        return ()
    sums = [fen, *(-(-fen // note) * note for note in NOTES_FEN), (fen // NOTES_FEN[-1] + 2) * NOTES_FEN[-1]]
    return tuple(dict.fromkeys(sums))[:5]


def is_paid(due_fen: int, settled_fen: int) -> bool:
    """Whether what is due for entry is settled (product.md P6); nothing due is settled."""
    return settled_fen >= due_fen
