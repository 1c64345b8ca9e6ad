"""Sharing a payment out over what is open: discounts first, then credit of older receipts, then the new money (P5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.errors import Refused
from app.process import account
from app.process.account import Account
from app.rules import ledger

Part = tuple[int, int, int]
"""Which receipt settles which row of the ledger, and how many fen of it (below zero: of a discount)."""


def parts(
    before: Account,
    receipt_id: int,
    paid_fen: int,
    chosen: Sequence[int] | None,
) -> list[Part]:
    """Which receipt settles how many fen of which row, when `paid_fen` come in under `receipt_id`.

    The oldest charges come first, or only those `chosen` (ids of the ledger). Discounts take their sum off them under
    this receipt, then older credit is used. Raises Refused charge_not_open.
    """
    charges = {one.charge_id: one for one in before.items if not one.discount}
    if chosen is not None and not set(chosen) <= set(charges):
        raise Refused("charge_not_open")
    wanted = [
        ledger.OpenCharge(key, one.fen, one.open_fen, one.date)
        for key, one in charges.items()
        if chosen is None or key in chosen
    ]
    found = _use_discounts(before, receipt_id, wanted)
    left = _after(wanted, {charge_id: fen for _, charge_id, fen in found})
    for source, fen in (*account.credit(before.student_id), (receipt_id, paid_fen)):
        settled = {one.charge_id: one.fen for one in ledger.settle(left, fen)}
        found += [(source, charge_id, part) for charge_id, part in settled.items()]
        left = _after(left, settled)
    return _joined(found)


def _use_discounts(
    before: Account,
    receipt_id: int,
    wanted: Sequence[ledger.OpenCharge],
) -> list[Part]:
    room = sum(one.open_fen for one in wanted)
    found: list[Part] = []
    used = 0
    for one in before.items:
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
