"""Parts that papers share: the centre's mark, captions in two languages, tick boxes, codes, seals, lines to fill in."""

from app.printing import emblem, qr_code
from app.printing.fitting import MM, wide
from app.printing.fonts import BOLD, REGULAR
from app.printing.paper import ACCENT, CENTRE, INK, INK2, INK3, LEFT, LINE, PRIMARY, RIGHT, WHITE, Centre, Paper

TICK_BOX = 3.2
_TICK = "M 0.22 0.52 L 0.43 0.72 L 0.79 0.30"


def logo(paper: Paper, centre: Centre, x: float, y: float, side: float) -> None:
    """The centre's own picture in a square, or the program's mark if there is none or it cannot be read."""
    if not centre.logo or not paper.picture(centre.logo, x, y, side, side):
        emblem.draw(paper, x, y, side)


def caption(
    paper: Paper, x: float, y: float, chinese: str, english: str = "", *, size: float = 7, colour: str = INK2,
    english_colour: str = INK3, align: str = LEFT,
) -> None:  # fmt: skip
    """A small label: the Chinese words, and the English ones smaller behind them."""
    gap = size * 0.5 / MM if english else 0
    first, small = wide(chinese, size), size * 0.87
    if align == RIGHT:
        x -= first + gap + wide(english, small)
    paper.text(x, y, chinese, size, REGULAR, colour)
    paper.text(x + first + gap, y, english, small, REGULAR, english_colour)


def tick_box(paper: Paper, x: float, y: float, *, ticked: bool, colour: str = PRIMARY, side: float = TICK_BOX) -> None:
    """A box to tick, its top left corner at x, y; drawn, for no font has the sign."""
    if not ticked:
        paper.box(x, y, side, side, fill=WHITE, stroke=INK3, thick=0.7, radius=side * 0.2)
        return
    paper.box(x, y, side, side, fill=colour, stroke=colour, thick=0.7, radius=side * 0.2)
    paper.shape(_TICK, x, y, side, stroke=WHITE, thick=1.2, ends="round")


def choice(
    paper: Paper, x: float, y: float, text: str, *, ticked: bool, size: float = 9, colour: str = PRIMARY,
    english: str = "",
) -> float:  # fmt: skip
    """A tick box with its words, base line at y; gives where the next thing may start."""
    tick_box(paper, x, y - TICK_BOX / 2 - size * 0.37 / MM, ticked=ticked, colour=colour)
    weight = BOLD if ticked and colour == ACCENT else REGULAR
    start = x + TICK_BOX + 1.5
    paper.text(start, y, text, size, weight, INK if ticked else INK2)
    end = start + wide(text, size, weight)
    if english:
        paper.text(end + 0.8, y, english, size * 0.8, REGULAR, INK3)
        end += 0.8 + wide(english, size * 0.8)
    return end + 5


def code(paper: Paper, text: str, x: float, y: float, side: float) -> None:
    """A QR code, `side` mm without its white border: leave four of its squares free around it."""
    paper.squares(x, y, side, qr_code.rows(text))


def seal(paper: Paper, x: float, y: float, radius: float, lines: tuple[str, ...]) -> None:
    """The dashed circle for the centre's stamp around x, y."""
    paper.circle(x, y, radius, stroke=LINE if len(lines) == 1 else INK2, thick=0.8, dash="2.4 2")
    for place, line in enumerate(lines):
        size = 8 if not place else 7.2
        paper.text(x, y + 1 + (place - (len(lines) - 1) / 2) * 3.4, line, size, REGULAR, INK2, CENTRE)


def blank(
    paper: Paper,
    x0: float,
    x1: float,
    y: float,
    label: str = "",
    *,
    size: float = 8,
    colour: str = INK2,
) -> None:
    """A line to write on, with its label before it."""
    if label:
        paper.text(x0, y, label, size, REGULAR, colour)
        x0 += wide(label, size) + 2
    paper.line(x0, y + 0.9, x1, y + 0.9, 0.6, INK3)
