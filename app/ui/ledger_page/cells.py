"""How a row of the ledger is shown: its words, and the cells of the table."""

from app.process.ledger import LedgerRow
from app.ui.fee_words import price_text
from app.ui.texts import money_text, tr
from app.ui.widgets.table.cells import Cell
from app.ui.words import LEDGER_KIND, METHOD, word

KIND_PILLS = {
    "charge": "plain",
    "discount": "accent",
    "payment": "green",
    "credit": "blue",
    "refund": "amber",
    "reversal": "red",
    "correction": "amber",
    "opening": "plain",
}


def what_text(row: LedgerRow) -> str:
    """What a row is for, in words: service and period, method, or reason."""
    if row.kind in {"payment", "refund"}:
        return word(METHOD, row.method)
    parts = [row.service or row.note or word(LEDGER_KIND, row.kind)]
    if row.quantity > 1:
        parts.append(price_text(row.unit_fen, row.quantity, row.unit))
    return "　".join(parts)


def cell(row: LedgerRow, key: str) -> Cell:
    """What stands in the column `key`."""
    faded = "ink3" if row.reversed else ""
    if key == "date":
        return Cell(row.date, tone="ink2")
    if key == "kind":
        return Cell(word(LEDGER_KIND, row.kind), pill=KIND_PILLS.get(row.kind, "plain"))
    if key == "student":
        return Cell(row.student, second=row.number, weight=500)
    if key == "what":
        period = tr("{first} 至 {last}", first=row.period_from, last=row.period_to) if row.period_from else ""
        if row.kind == "opening" and row.period_to:
            period = tr("已缴至 {day}", day=row.period_to)
        note = row.note if row.note and row.note != what_text(row) else ""
        gone = tr("已冲销") if row.reversed else ""
        return Cell(what_text(row), second="　".join(filter(None, (period, note, gone))), tone=faded)
    if key == "receipt":
        return Cell(row.receipt_number or "", tone="ink2")
    if key == "who":
        return Cell(row.who, tone="ink2")
    if key == "amount":
        return Cell(money_text(row.fen), tone=faded or ("green" if row.fen < 0 else ""), weight=500)
    return Cell(money_text(-row.balance_fen), tone="red" if row.balance_fen > 0 else "ink2")
