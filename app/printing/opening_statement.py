"""The opening statement (期初核对单): what a family had paid, owed and had left when it was taken over (P19).

A4, one for a family with all its children, for the guardian to check and sign; as many pages as it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.printing import letterhead, words
from app.printing.fitting import fit_box, middle, wide
from app.printing.flow import Block, on_one_page, paginate
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import A4, ACCENT, INK2, PRIMARY, RIGHT, TINT, Centre, Paper
from app.printing.sheet_parts import (
    FIELD_SLACK,
    GUTTER,
    LEFT_EDGE,
    RIGHT_EDGE,
    ROW_SLACK,
    WIDTH,
    Column,
    Field,
    draw_fields,
    draw_row,
    field,
    row,
    row_height,
    section,
    table_head,
)
from app.printing.sheet_signature import paragraph, signatures
from app.rules.money import capitals, yuan

TITLE = "期初核对单"
FIRST_TOP, NEXT_TOP, BOTTOM = 41.2, 26.5, 279.4
_COLUMNS = (
    Column("服务项目 Service", LEFT_EDGE + 2.5, 70, size=9.6, weight=MEDIUM),
    Column("星期 Weekdays", 95, 42, size=9, colour=INK2),
    Column("已缴至 Paid until", RIGHT_EDGE - 2.5, 42, RIGHT, size=9.8, weight=MEDIUM),
)
_WIDTHS = (42.0, 33.0, 17.0, 17.0, 21.0, 21.0)
_TAGS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"
_DECLARED = (
    "本单所列服务、已缴至日期、剩余天数和餐数、欠费与结余，是托管中心改用本系统之前的情况。",
    "经家长核对签字后，以本单作为双方今后结算、续费和退费的起点；已缴的时间不再重复收费。",
)


@dataclass(frozen=True)
class Service:
    """A service that a child has; `paid_until` is empty where nobody said."""

    name: str
    weekdays: str
    paid_until: str


@dataclass(frozen=True)
class Child:
    """A child of the family. `days_left` and `meals_left` are texts, empty where nothing was said; money in fen."""

    name: str
    number: str
    class_name: str
    services: tuple[Service, ...]
    days_left: str = ""
    meals_left: str = ""
    debt_fen: int = 0
    credit_fen: int = 0
    old_number: str = ""


@dataclass(frozen=True)
class OpeningFacts:
    """All that the statement says. `guardians`: (name, relation, phone) in words; `as_of` and `made_at` are ISO."""

    centre: Centre
    number: str
    code: str
    as_of: str
    made_at: str
    clerk: str
    guardians: tuple[tuple[str, str, str], ...]
    children: tuple[Child, ...]


def draw(facts: OpeningFacts) -> bytes:
    """Draw the statement. Same facts, same bytes."""
    paper = Paper("opening", A4, title=f"{TITLE} {facts.number}", author=facts.centre.name, made_at=facts.made_at)
    pages = paginate(on_one_page(_parts(facts), BOTTOM - FIRST_TOP), FIRST_TOP, NEXT_TOP, BOTTOM)
    for number, placed in enumerate(pages, 1):
        if number == 1:
            _head(paper, facts)
        else:
            _next_head(paper, facts)
        for one in placed:
            one.block.draw(paper, one.top, one.height)
        letterhead.foot(paper, "一式两份：家长一份，托管中心一份", number, len(pages), facts.made_at, facts.clerk)
        paper.end_page()
    return paper.content()


def _parts(facts: OpeningFacts) -> list[Block]:
    found = _family(facts)
    for at, child in enumerate(facts.children):
        found += _child(_TAGS[at] if at < len(_TAGS) else "", child)
    found += _sums(facts.children)
    declared = [replace(paragraph(number, text), keep=True) for number, text in enumerate(_DECLARED, 1)]
    found += [replace(declared[0], gap=2.0), *declared[1:]]
    return [replace(found[0], gap=0), *found[1:], signatures(facts.clerk, facts.made_at)]


def _family(facts: OpeningFacts) -> list[Block]:
    told = "　　".join("　".join(part for part in one if part) for one in facts.guardians) or "—"
    fields = (field("监护人", "Guardians", told, LEFT_EDGE, WIDTH),)
    return [section("A", "家庭", "Family"), _fields(fields)]


def _fields(fields: Sequence[Field]) -> Block:
    return Block(
        row_height(fields), lambda paper, y, height: draw_fields(paper, fields, y, height), slack=FIELD_SLACK,
    )  # fmt: skip


def _child(tag: str, child: Child) -> list[Block]:
    numbers = f"学员编号 {child.number}" + (f"　原编号 {child.old_number}" if child.old_number else "")
    told = (
        ("姓名", "Name", child.name), ("托管班", "Class", child.class_name), ("剩余天数", "Days", child.days_left),
        ("剩余餐数", "Meals", child.meals_left), ("欠费（元）", "Owed", yuan(child.debt_fen) if child.debt_fen else ""),
        ("结余（元）", "Credit", yuan(child.credit_fen) if child.credit_fen else ""),
    )  # fmt: skip
    fields, x = [], LEFT_EDGE
    for width, (chinese, english, value) in zip(_WIDTHS, told, strict=True):
        weight = BOLD if chinese == "姓名" else MEDIUM
        fields.append(field(chinese, english, value or "—", x, width, weight=weight))
        x += width + GUTTER
    head = table_head(_COLUMNS, filled=True)
    lines = [_line(one.name, one.weekdays, one.paid_until or "—", head) for one in child.services]
    lines = lines or [_line("（没有服务项目）", "", "", head)]
    return [section(tag, "孩子", "Child", numbers), replace(_fields(fields), keep=True), head, *lines]


def _line(name: str, weekdays: str, until: str, head: Block) -> Block:
    one = row(_COLUMNS, (name, weekdays, until), 6.8)

    def draw_it(paper: Paper, y: float, height: float) -> None:
        draw_row(paper, _COLUMNS, one, y, height)

    return Block(one.height, draw_it, again=head, slack=ROW_SLACK)


def _sums(children: Sequence[Child]) -> list[Block]:
    """What the family owes and has, in figures and capitals: a line for each that is not nothing."""
    debt, credit = sum(one.debt_fen for one in children), sum(one.credit_fen for one in children)
    told = [(name, fen) for name, fen in (("全家欠费", debt), ("全家结余", credit)) if fen]
    if not told:
        return [_sum("全家欠费与结余", 0)]
    return [_sum(name, fen) for name, fen in told]


def _sum(name: str, fen: int) -> Block:
    colour = ACCENT if name == "全家欠费" else PRIMARY

    def draw_it(paper: Paper, y: float, height: float) -> None:
        paper.box(LEFT_EDGE, y, WIDTH, height, fill=TINT)
        figures = fit_box(f"¥{yuan(fen)}", 60, height - 1, 14.5, BOLD, 0.6)
        said = f"{name}（大写）"
        paper.text(LEFT_EDGE + 2.5, y + height / 2 + 1.1, said, 7.6, colour=colour)
        room = WIDTH - 12 - wide(said, 7.6) - wide(figures.lines[0], figures.size, BOLD)
        text = fit_box(f"人民币{capitals(fen)}", room, height - 1, 10.6, BOLD, 0.7)
        paper.lines(LEFT_EDGE + 5 + wide(said, 7.6), middle(text, y, height), text, colour)
        paper.lines(RIGHT_EDGE - 2.5, middle(figures, y, height), figures, colour, RIGHT)

    return Block(8.8, draw_it, gap=2.4, keep=True, slack=0.8)


def _head(paper: Paper, facts: OpeningFacts) -> None:
    letterhead.head(paper, facts.centre, TITLE, "OPENING STATEMENT", f"编号 No. {facts.number}", facts.code)
    paper.box(LEFT_EDGE, 31.2, WIDTH, 7.4, fill=TINT, radius=0.8)
    said = f"以下为截至 {words.long_date(facts.as_of)}的情况，请家长核对。如有不符，请划去并写明，再签字。"
    paper.lines(LEFT_EDGE + 3, middle(line := fit_box(said, WIDTH - 6, 6, 8.4, MEDIUM), 31.2, 7.4), line, PRIMARY)


def _next_head(paper: Paper, facts: OpeningFacts) -> None:
    paper.text(LEFT_EDGE, 19, f"{TITLE}（续）", 12, BOLD, PRIMARY)
    names = fit_box("、".join(one.name for one in facts.children), 62, 6, 10, MEDIUM)
    paper.lines(LEFT_EDGE + wide(f"{TITLE}（续）", 12, BOLD) + 5, middle(names, 14.5, 6), names)
    paper.lines(RIGHT_EDGE, 19, fit_box(f"编号 No. {facts.number}", 55, 6, 8.2, REGULAR, 0.5), INK2, RIGHT)
    paper.line(LEFT_EDGE, 22, RIGHT_EDGE, 22, 0.8, PRIMARY)
