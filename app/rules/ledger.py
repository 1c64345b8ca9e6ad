"""How a payment is shared out over what is open, and which amounts of cash are offered (P5). Fen."""

from collections.abc import Iterable
from dataclasses import dataclass

_NOTES_FEN = (10_00, 50_00, 100_00)
_QUICK_BUTTONS = 4


@dataclass(frozen=True)
class OpenCharge:
    """A charge (or another row that is owed) with what is still open of it; `open_fen` is 0 when it is settled."""

    charge_id: int
    fen: int
    open_fen: int
    date: str = ""


@dataclass(frozen=True)
class Settlement:
    """So many fen of a payment settle so much of a charge."""

    charge_id: int
    fen: int


def settle(charges_open: Iterable[OpenCharge], paid_fen: int) -> tuple[Settlement, ...]:
    """Share a payment out over the oldest charges first; what is left over stays as credit.

    A negative payment is a ValueError.
    """
    if paid_fen < 0:
        raise ValueError
    settlements, left = [], paid_fen
    for one in sorted(charges_open, key=lambda one: (one.date, one.charge_id)):
        if (fen := min(left, one.open_fen)) > 0:
            settlements.append(Settlement(one.charge_id, fen))
            left -= fen
    return tuple(settlements)


def cash_parts(typed_fen: int, given_fen: int | None, rest_fen: int) -> tuple[int, int | None]:
    """Give the cash part of a payment and the cash given, None where nothing but the part was told.

    `typed_fen` stands in the field of the cash part, `rest_fen` is what other methods leave open. More than that rest
    typed as the part is what was handed over, not what is paid. Cash given alone pays the rest, or as much
    of it as it is; with nothing open all of it is paid beforehand.
    """
    if given_fen is None:
        return (rest_fen, typed_fen) if typed_fen > rest_fen > 0 else (typed_fen, None)
    if not typed_fen:
        return (min(given_fen, rest_fen) if rest_fen else given_fen), given_fen
    return typed_fen, given_fen


def quick_cash(fen: int) -> tuple[int, ...]:
    """Give the amounts of the quick buttons: exactly `fen`, then the next full 10, 50, 100 and further hundreds."""
    if fen <= 0:
        return ()
    found = sorted({fen, *(-(-fen // note) * note for note in _NOTES_FEN)})
    while len(found) < _QUICK_BUTTONS:
        found.append(found[-1] // 100_00 * 100_00 + 100_00)
    return tuple(found)
