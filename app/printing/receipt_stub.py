"""The counterfoil of a receipt (收据存根): what the centre keeps, left of the tear line."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing.fitting import fit_box, middle, wide
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import HAIR, INK2, INK3, LINE, PRIMARY, RED, RIGHT, TINT, Paper

LEFT_EDGE, RIGHT_EDGE, TEAR, TOP = 9.0, 50.0, 55.4, 9.0
_FIRST, _PITCH = 29.2, 10.4
FIELD_ROOM, SMALL_PRINT = 5.8, 6.0  # mm, points
_WIDTH = RIGHT_EDGE - LEFT_EDGE


@dataclass(frozen=True)
class Stub:
    """What the counterfoil says: the receipt's facts in the words that fit there."""

    number: str
    part: str
    fields: tuple[tuple[str, str, str], ...]
    amount: str
    owed: str
    cashier: str


def few(items: Sequence[str]) -> str:
    """What was paid for, as much as can be read in the room there is: 课后托管、晚餐等 7 项."""
    names = list(dict.fromkeys(items))
    for count in range(len(names), 0, -1):
        text = "、".join(names[:count]) + (f"等 {len(names)} 项" if count < len(names) else "")
        if fit_box(text, _WIDTH, FIELD_ROOM, 9.2, MEDIUM).size >= SMALL_PRINT or count == 1:
            return text
    return ""


def draw(paper: Paper, stub: Stub) -> None:
    """Draw the counterfoil and the tear line."""
    paper.line(TEAR, 5.5, TEAR, 142.5, 0.9, INK3, "0 2.6")
    paper.line(LEFT_EDGE, TOP, RIGHT_EDGE, TOP, 2.2, PRIMARY)
    paper.text(LEFT_EDGE, 16.9, "收据存根", 13, BOLD)
    paper.text(RIGHT_EDGE, 16.9, stub.part or "COUNTERFOIL", 6.6, REGULAR, INK2, RIGHT, 0.25)
    paper.text(LEFT_EDGE, 23.6, "No.", 8, REGULAR, INK2)
    paper.lines(LEFT_EDGE + 6, 23.6, fit_box(stub.number, _WIDTH - 6, 6, 11.5, BOLD, 0.5), RED)
    y = _FIRST
    for chinese, english, value in stub.fields:
        paper.text(LEFT_EDGE, y, f"{chinese} {english}", 7, REGULAR, INK2)
        fitted = fit_box(value, _WIDTH, FIELD_ROOM, 9.2, MEDIUM)
        paper.lines(LEFT_EDGE, middle(fitted, y + 0.6, FIELD_ROOM), fitted)
        paper.line(LEFT_EDGE, y + 6.9, RIGHT_EDGE, y + 6.9, 0.6, HAIR)
        y += _PITCH
    _amount(paper, stub, y - 1.2)
    for base, label, value in ((129.2, "收款人", stub.cashier), (137.2, "复　核", "")):
        paper.text(LEFT_EDGE, base, label, 8, REGULAR, INK2)
        fitted = fit_box(value, 26, 6, 9.5, MEDIUM)
        paper.lines(LEFT_EDGE + 14, base - (len(fitted.lines) - 1) * fitted.pitch, fitted)
        paper.line(LEFT_EDGE + 13, base + 1.9, RIGHT_EDGE, base + 1.9, 0.6, LINE)


def _amount(paper: Paper, stub: Stub, y: float) -> None:
    paper.box(LEFT_EDGE, y, _WIDTH, 15, fill=TINT, radius=1)
    paper.text(LEFT_EDGE + 3, y + 4.8, "金额 Amount", 7.2, REGULAR, PRIMARY)
    figures = fit_box(stub.amount, _WIDTH - 6, 8, 17, BOLD, 0.5)
    paper.lines(RIGHT_EDGE - 3, middle(figures, y + 5.6, 8), figures, PRIMARY, RIGHT)
    if stub.owed:
        paper.text(LEFT_EDGE, y + 19.4, "尚欠 Still owed", 7, REGULAR, INK2)
        owed = fit_box(stub.owed, _WIDTH - wide("尚欠 Still owed", 7) - 2, 5, 9.6, MEDIUM, 0.5)
        paper.lines(RIGHT_EDGE, y + 19.6, owed, RED, RIGHT)
