"""Running text on A4: headings and paragraphs of a wording, as blocks."""

from collections.abc import Sequence

from app.printing.fitting import Fitted, wrap
from app.printing.flow import Block
from app.printing.fonts import BOLD
from app.printing.paper import INK, PRIMARY, Paper
from app.printing.sheet_parts import LEFT_EDGE, WIDTH
from app.printing.wording import HEADING


def prose(paragraphs: Sequence[str], size: float = 10) -> list[Block]:
    """Give each heading and paragraph as a block; a heading stays with what follows."""
    return [
        _heading(text.removeprefix(HEADING), size) if text.startswith(HEADING) else _paragraph(text, size)
        for text in paragraphs
    ]


def _heading(text: str, size: float) -> Block:
    def draw(paper: Paper, y: float, height: float) -> None:
        del height
        paper.box(LEFT_EDGE, y + 0.9, 1.1, 4.2, fill=PRIMARY)
        paper.text(LEFT_EDGE + 3.2, y + 4.5, text, size * 1.12, BOLD, PRIMARY)

    return Block(7.2, draw, gap=3.6, keep=True)


def _paragraph(text: str, size: float) -> Block:
    fitted = Fitted(size, tuple(wrap(text, WIDTH - 3.2, size)))

    def draw(paper: Paper, y: float, height: float) -> None:
        del height
        paper.lines(LEFT_EDGE + 3.2, y + size * 0.42, fitted, INK)

    return Block(fitted.height + 1.8, draw, slack=0.8)
