"""Sharing a payment out over what is open: discounts first, then credit of older receipts, then the new money (P5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from app.errors import Refused
from app.models.database import database
from app.process import account, merged
from app.process.account import OpenItem
from app.process.actor import Actor
from app.rules import ledger

_SETTLED = """
    SELECT s.receipt_id, s.charge_id, sum(s.fen) AS fen FROM ledger row JOIN settlement s ON s.charge_id = row.id
    WHERE row.student_id = ? AND (row.kind <> 'opening' OR row.fen > 0)
    GROUP BY s.receipt_id, s.charge_id HAVING sum(s.fen) <> 0
    ORDER BY s.receipt_id, row.date, row.id
"""
CARRIED = "merge"  # the rule of the two corrections that carry a balance from a merged record to the one that stays
Part = tuple[int, int, int]
"""Which receipt settles which row of the ledger, and how many fen of it (below zero: of a discount)."""


def parts(
    items: Sequence[OpenItem],
    sources: Sequence[tuple[int, int]],
    carrier: int,
    chosen: Sequence[int] | None,
) -> list[Part]:
    """Which receipt settles how many fen of which row; `sources` are receipts with the fen that each has to give.

    The oldest charges come first, or only those `chosen` (ids of the ledger). Discounts take their sum off them under
    the receipt `carrier`, then the sources are used in their order. Raises Refused charge_not_open.
    """
    charges = {one.charge_id: one for one in items if not one.discount}
    if chosen is not None and not set(chosen) <= set(charges):
        raise Refused("charge_not_open")
    wanted = [
        ledger.OpenCharge(key, one.fen, one.open_fen, one.date)
        for key, one in charges.items()
        if chosen is None or key in chosen
    ]
    found = _use_discounts(items, carrier, wanted)
    left = _after(wanted, {charge_id: fen for _, charge_id, fen in found})
    for source, fen in sources:
        settled = {one.charge_id: one.fen for one in ledger.settle(left, fen)}
        found += [(source, charge_id, part) for charge_id, part in settled.items()]
        left = _after(left, settled)
    return _joined(found)


def settle_credit(student_id: int) -> None:
    """Let credit settle what is open, as a payment would; inside the unit of work that made room for it."""
    sources = account.credit(student_id)
    if not sources:
        return
    for part in parts(account.items(student_id), sources, sources[0][0], None):
        database.execute_sql("INSERT INTO settlement (receipt_id, charge_id, fen) VALUES (?, ?, ?)", part)


def carry_over(actor: Actor, student_id: int, opid: str) -> int:
    """Carry what a merged record owes or has over to the one that stays, by two corrections that sum to nothing.

    Gives the fen that were carried (plus: owed). Inside the unit of work of the merge, and of whatever is taken back
    under the old number later; does nothing for a record that is not merged.
    """
    into_id, fen = merged.stays(student_id), account.balance(student_id)
    if into_id == student_id or not fen:
        return 0
    for key, sign in ((student_id, -1), (into_id, 1)):
        columns: dict[str, object] = {"kind": "correction", "fen": sign * fen, "rule": CARRIED}
        account.enter_row(actor, key, columns, f"{opid}:carried:{key}", "")
        settle_credit(key)
    account.settle_state(into_id)
    return fen


def discounts_on(student_id: int, charge_id: int) -> dict[int, int]:
    """The discounts that stand against a charge: id of each and how many fen of it, as receipts used them.

    Within a receipt, and among what is still open, discounts were taken off the oldest charges first (see `parts`). An
    opening credit is used like a discount, but it is the family's own money and stays theirs.
    """
    groups: dict[int, list[tuple[int, int]]] = {}
    for receipt_id, row_id, fen in database.execute_sql(_SETTLED, (student_id,)):
        groups.setdefault(receipt_id, []).append((row_id, fen))
    still_open = [(one.charge_id, one.open_fen) for one in account.items(student_id) if not one.credit]
    found: dict[int, int] = {}
    for rows in (*groups.values(), still_open):
        for discount_id, fen in _against(rows, charge_id).items():
            found[discount_id] = found.get(discount_id, 0) + fen
    return found


def _against(rows: Sequence[tuple[int, int]], charge_id: int) -> dict[int, int]:
    """Of rows in their order (discounts below zero): what of each discount falls on this charge."""
    begin = sum(fen for key, fen in takewhile(lambda row: row[0] != charge_id, rows) if fen > 0)
    own = dict(rows).get(charge_id, 0)
    found, used = {}, 0
    for discount_id, fen in rows:
        if fen < 0:
            part = min(used - fen, begin + own) - max(used, begin)
            used -= fen
            if part > 0:
                found[discount_id] = part
    return found


def _use_discounts(
    items: Sequence[OpenItem],
    receipt_id: int,
    wanted: Sequence[ledger.OpenCharge],
) -> list[Part]:
    room = sum(one.open_fen for one in wanted)
    found: list[Part] = []
    used = 0
    for one in items:
        part = min(-one.open_fen, room - used) if one.discount else 0
        if part > 0:
            found.append((receipt_id, one.charge_id, -part))
            used += part
    return found + [(receipt_id, one.charge_id, one.fen) for one in ledger.settle(wanted, used)]


def _after(charges: Sequence[ledger.OpenCharge], settled: Mapping[int, int]) -> list[ledger.OpenCharge]:
    """What is open of the charges afterwards."""
    return [replace(one, open_fen=one.open_fen - max(0, settled.get(one.charge_id, 0))) for one in charges]


def _joined(parts: Sequence[Part]) -> list[Part]:
    """One row per receipt and charge."""
    sums: dict[tuple[int, int], int] = {}
    for source, charge_id, fen in parts:
        sums[source, charge_id] = sums.get((source, charge_id), 0) + fen
    return [(source, charge_id, fen) for (source, charge_id), fen in sums.items() if fen]
