"""The table of a receipt: its lines over the pages they take, and the amount below them in capitals and figures."""

from dataclasses import dataclass

from app.printing.fitting import Fitted, fit, fit_box, middle, wide
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import ACCENT, HAIR, INK, INK2, INK3, PRIMARY, RIGHT, TINT, WHITE, Paper
from app.rules.money import capitals, yuan

LEFT_EDGE, RIGHT_EDGE, TABLE = 61.0, 193.0, 37.8
HEAD, ROW, STRIP = 7.0, 7.0, 12.5
FIRST_ROOM, NEXT_ROOM = 5 * ROW, 11 * ROW  # what the rows of a page may take
_ITEM, _PERIOD, _QUANTITY, _AMOUNT = LEFT_EDGE + 3, 110.0, 164.0, RIGHT_EDGE - 3


@dataclass(frozen=True)
class Row:
    """A line of the receipt, fitted into its columns."""

    item: Fitted
    period: Fitted
    quantity: Fitted
    amount: Fitted
    negative: bool

    @property
    def height(self) -> float:
        """Height in mm: 7, or what the highest cell needs."""
        return max(ROW, *(cell.height + 1.6 for cell in (self.item, self.period, self.quantity)))


def row(item: str, period: str, quantity: str, fen: int) -> Row:
    """Fit a line into the columns."""
    highest = FIRST_ROOM - 2
    return Row(
        fit(item, _PERIOD - _ITEM - 2, 10, MEDIUM, highest=highest),
        fit(period, _QUANTITY - _PERIOD - 14, 8.8, highest=highest),
        fit(quantity, 13, 9.2, highest=highest),
        fit_box(yuan(fen), 25, 5, 10.5, MEDIUM, 0.5),
        negative=fen < 0,
    )


def pages(rows: list[Row]) -> list[list[Row]]:
    """Share the lines out: as many as fit on the first page (five of one line each), then more a page."""
    found: list[list[Row]] = [[]]
    room = FIRST_ROOM
    for one in rows:
        if found[-1] and one.height > room + 1e-6:
            found.append([])
            room = NEXT_ROOM
        found[-1].append(one)
        room -= one.height
    return found


def draw(paper: Paper, rows: list[Row], paid_fen: int, note: str, *, last: bool) -> float:
    """Draw the lines of a page and the amount paid below them; gives where the table ends."""
    room = max(FIRST_ROOM, sum(one.height for one in rows))
    _head(paper)
    y = TABLE + HEAD
    for place, one in enumerate(rows):
        _row(paper, one, y)
        y += one.height
        if place + 1 < len(rows) or y < TABLE + HEAD + room:
            paper.line(LEFT_EDGE, y, RIGHT_EDGE, y, 0.5, HAIR)
    if last and y + 4 < TABLE + HEAD + room:
        paper.text(_ITEM, y + 4.7, "（以下空白）", 8.5, REGULAR, INK3)
    bottom = TABLE + HEAD + room
    _strip(paper, paid_fen, bottom, note)
    paper.box(LEFT_EDGE, TABLE, RIGHT_EDGE - LEFT_EDGE, HEAD + room + STRIP, stroke=PRIMARY, thick=0.9)
    return bottom + STRIP


def _head(paper: Paper) -> None:
    paper.box(LEFT_EDGE, TABLE, RIGHT_EDGE - LEFT_EDGE, HEAD, fill=PRIMARY)
    y = TABLE + 4.7
    for x, text, align in (
        (_ITEM, "收费项目 Item", "left"), (_PERIOD, "所属期间 Period", "left"), (_QUANTITY, "数量 Qty", RIGHT),
        (_AMOUNT, "金额 Amount", RIGHT),
    ):  # fmt: skip
        paper.text(x, y, text, 8.2, MEDIUM, WHITE, align)


def _row(paper: Paper, one: Row, y: float) -> None:
    paper.lines(_ITEM, middle(one.item, y, one.height), one.item)
    paper.lines(_PERIOD, middle(one.period, y, one.height), one.period, INK2)
    paper.lines(_QUANTITY, middle(one.quantity, y, one.height), one.quantity, INK, RIGHT)
    paper.lines(_AMOUNT, middle(one.amount, y, one.height), one.amount, ACCENT if one.negative else INK, RIGHT)


def _strip(paper: Paper, paid_fen: int, y: float, note: str) -> None:
    """The amount, both times from the same integer; 人民币 directly before the capitals, ¥ before the figures."""
    paper.box(LEFT_EDGE, y, RIGHT_EDGE - LEFT_EDGE, STRIP, fill=TINT)
    figures = fit_box(f"¥{yuan(paid_fen)}", 60, 8, 18.5, BOLD, 0.5)
    room = _AMOUNT - _ITEM - wide(figures.lines[0], figures.size, BOLD) - 6
    text = fit_box(f"人民币{capitals(paid_fen)}", room, 8, 14, BOLD, 0.62)
    label = "合计金额（大写）Amount in words" + (f"　　{note}" if note else "")
    paper.text(_ITEM, y + 4.1, label, 7.2, REGULAR, PRIMARY)
    paper.text(_AMOUNT, y + 4.1, "（小写）In figures", 7.2, REGULAR, PRIMARY, RIGHT)
    paper.lines(_ITEM, middle(text, y + 4.2, 8), text, PRIMARY)
    paper.lines(_AMOUNT, middle(figures, y + 4.2, 8), figures, PRIMARY, RIGHT)
