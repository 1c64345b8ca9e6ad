"""What a receipt says: the facts of one payment, gathered for the drawing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.process import office, wordings
from app.process.account import Account, OpenItem
from app.process.actor import Actor
from app.rules.words import DISCOUNT

if TYPE_CHECKING:
    from app.printing.receipt import ReceiptLine
    from app.process.payment import Asked

CREDIT = "预缴（结余）"


def draw(
    actor: Actor,
    before: Account,
    asked: "Asked",
    settled: Mapping[int, int],
    *,
    number: str,
    code: str,
    mark: str,
) -> bytes:
    """Draw the receipt of a payment. `settled`: ids of the ledger to the fen that this receipt covers of them."""
    from app.printing import receipt  # reportlab is read in at the first receipt, or before in idle time
    from app.printing.paper import Centre

    centre = office.centre()
    facts = receipt.ReceiptFacts(
        number=number,
        code=code,
        issued_at=asked.stamp,
        child=before.name,
        student_number=before.number,
        class_text=before.class_name,
        payer=asked.payer,
        relation=asked.relation,
        lines=_lines(before, settled, asked.fen),
        methods=tuple((one.method, one.fen) for one in asked.methods),
        due_fen=max(0, before.balance_fen),
        paid_fen=asked.fen,
        balance_fen=before.balance_fen - asked.fen,
        cashier=actor.name,
        centre=Centre(centre.name, centre.english_name, centre.address, centre.phone, centre.logo),
        check=mark,
        cash_given_fen=asked.given_fen or asked.cash_fen,
        change_fen=asked.change_fen,
        wordings=wordings.of_centre(),
    )
    return receipt.draw(facts)


def _lines(before: Account, settled: Mapping[int, int], paid_fen: int) -> "tuple[ReceiptLine, ...]":
    from app.printing.receipt import ReceiptLine  # as above

    lines = []
    for one in before.items:
        fen = settled.get(one.charge_id, 0)
        if fen:
            whole = fen == one.open_fen == one.fen
            lines.append(ReceiptLine(_name(one), _period(one), _quantity(one) if whole else "", fen))
    rest = paid_fen - sum(line.fen for line in lines)
    if rest:
        lines.append(ReceiptLine(CREDIT, fen=rest))
    return tuple(lines)


def _name(one: OpenItem) -> str:
    if one.discount:
        return one.note or DISCOUNT.get(one.rule, "优惠")
    return one.name or one.note or {"opening": "期初"}.get(one.kind, "更正")


def _period(one: OpenItem) -> str:
    from app.printing.words import period

    return period(one.period_from, one.period_to) if one.period_from and not one.discount else ""


def _quantity(one: OpenItem) -> str:
    from app.printing.words import UNIT, word

    return f"{one.quantity} {word(UNIT, one.unit)}" if one.quantity and one.unit else ""
