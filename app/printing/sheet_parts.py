"""Building blocks of A4 papers: section heads, fields, tables of cells that grow with their text."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing.fitting import Fitted, fit, middle, wide
from app.printing.flow import Block
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import CENTRE, HAIR, INK, INK2, INK3, LEFT, LINE, PALE, PRIMARY, RIGHT, WHITE, Paper

LEFT_EDGE, RIGHT_EDGE = 17.0, 193.0
WIDTH = RIGHT_EDGE - LEFT_EDGE
GUTTER = 5.0
SECTION_GAP = 3.3
FIELD_PITCH = 12.2
FIELD_SLACK, ROW_SLACK = 1.3, 0.8


def section(tag: str, title: str, english: str, aside: str = "") -> Block:
    """The head of a section: a letter in a square, the title, a rule; `aside` stands at the right end."""

    def draw(paper: Paper, y: float, height: float) -> None:
        del height
        paper.box(LEFT_EDGE, y, 5.4, 5.4, fill=PRIMARY, radius=0.7)
        paper.text(LEFT_EDGE + 2.7, y + 4.05, tag, 9, BOLD, WHITE, CENTRE)
        paper.text(LEFT_EDGE + 7.4, y + 4.3, title, 11, BOLD)
        paper.text(LEFT_EDGE + 9.4 + wide(title, 11, BOLD), y + 4.3, english, 7.2, REGULAR, INK3)
        paper.text(RIGHT_EDGE, y + 4.3, aside, 7.6, REGULAR, INK2, RIGHT)
        paper.line(LEFT_EDGE, y + 6.9, RIGHT_EDGE, y + 6.9, 0.8, PRIMARY)

    return Block(7.0, draw, gap=SECTION_GAP, keep=True)


@dataclass(frozen=True)
class Field:
    """A labelled value over a hairline."""

    chinese: str
    english: str
    value: Fitted
    x: float
    width: float


def field(
    chinese: str,
    english: str,
    value: str,
    x: float,
    width: float,
    size: float = 10.5,
    weight: str = MEDIUM,
) -> Field:
    """A field of `width` mm at x; its value goes on several lines if it must."""
    return Field(chinese, english, fit(value, width, size, weight), x, width)


def row_height(fields: Sequence[Field]) -> float:
    """How high a row of fields is."""
    return FIELD_PITCH + max((len(one.value.lines) - 1) * one.value.pitch for one in fields)


def draw_fields(paper: Paper, fields: Sequence[Field], y: float, height: float) -> None:
    """Draw a row of fields, hairlines at its foot."""
    for one in fields:
        paper.text(one.x, y + 3.4, one.chinese, 7, REGULAR, INK2)
        paper.text(one.x + wide(one.chinese, 7) + 1.2, y + 3.4, one.english, 6, REGULAR, INK3)
        base = y + height - 2.8 - (len(one.value.lines) - 1) * one.value.pitch
        paper.lines(one.x, base, one.value)
        paper.line(one.x, y + height - 0.7, one.x + one.width, y + height - 0.7, 0.6, HAIR)


@dataclass(frozen=True)
class Column:
    """A column of a table: its caption, where its text starts or ends, how wide it may be."""

    caption: str
    x: float
    width: float
    align: str = LEFT
    size: float = 9.4
    weight: str = REGULAR
    colour: str = INK


def table_head(columns: Sequence[Column], height: float = 6.3, *, filled: bool = False) -> Block:
    """The captions of a table."""

    def draw(paper: Paper, y: float, own: float) -> None:
        if filled:
            paper.box(LEFT_EDGE, y + 0.2, WIDTH, own - 0.2, fill=PALE)
        for column in columns:
            paper.text(column.x, y + own / 2 + 1.1, column.caption, 7, REGULAR, INK2, column.align)
        if not filled:
            paper.line(LEFT_EDGE, y + own, RIGHT_EDGE, y + own, 0.6, LINE)

    return Block(height, draw, keep=True, slack=0.5)


@dataclass(frozen=True)
class Row:
    """A row of fitted cells."""

    cells: tuple[Fitted, ...]
    colours: tuple[str, ...]
    height: float


def row(columns: Sequence[Column], texts: Sequence[str], least: float, colours: Sequence[str] = ()) -> Row:
    """Fit texts into the columns; the row is as high as its highest cell needs."""
    cells = tuple(
        fit(text, column.width, column.size, column.weight) for column, text in zip(columns, texts, strict=True)
    )
    height = max(least, *(cell.height + 2 for cell in cells))
    return Row(cells, tuple(colours) or tuple(column.colour for column in columns), height)


def draw_row(
    paper: Paper, columns: Sequence[Column], one: Row, y: float, height: float, hair: str = HAIR,
) -> None:  # fmt: skip
    """Draw a row in the height it was given, with its hairline."""
    for column, cell, colour in zip(columns, one.cells, one.colours, strict=True):
        paper.lines(column.x, middle(cell, y, height), cell, colour, column.align)
    paper.line(LEFT_EDGE, y + height, RIGHT_EDGE, y + height, 0.6, hair)
