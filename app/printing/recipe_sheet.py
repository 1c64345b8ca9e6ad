"""The recipe for form services as a paper (网上报名表配方): A4, the questions of an online form in their order."""

from dataclasses import dataclass

from app.printing import letterhead
from app.printing.fitting import Fitted, wrap
from app.printing.flow import Block, paginate
from app.printing.fonts import MEDIUM
from app.printing.paper import A4, CENTRE, INK, INK2, PRIMARY, TINT, Centre, Paper
from app.printing.sheet_parts import LEFT_EDGE, WIDTH, Column, draw_row, row, table_head
from app.rules.form_recipe import ADVICE, Question

TITLE = "网上报名表配方"
TOP, NEXT_TOP, BOTTOM = 32.0, 18.0, 278.0
_COLUMNS = (
    Column("序号", LEFT_EDGE + 6, 8, CENTRE, size=8.6, colour=INK2),
    Column("题目（照抄）Title", LEFT_EDGE + 13, 52, size=9.4, weight=MEDIUM),
    Column("题型 Kind", 84, 16, size=8.6),
    Column("必填", 105, 10, CENTRE, size=8.6, colour=PRIMARY),
    Column("选项和校验 Options and checks", 112, 80.5, size=8, colour=INK2),
)


@dataclass(frozen=True)
class RecipeFacts:
    """Whose form it is, its questions, made when (ISO to the second) and by whom."""

    centre: Centre
    questions: tuple[Question, ...]
    made_at: str
    clerk: str = ""


def draw(facts: RecipeFacts) -> bytes:
    """Draw the recipe. Same facts, same bytes."""
    paper = Paper("recipe", A4, title=TITLE, author=facts.centre.name, made_at=facts.made_at)
    head = table_head(_COLUMNS, filled=True)
    blocks = [_advice(), head, *(_question(place, one, head) for place, one in enumerate(facts.questions, 1))]
    pages = paginate(blocks, TOP, NEXT_TOP, BOTTOM)
    for number, placed in enumerate(pages, 1):
        if number == 1:
            letterhead.head(paper, facts.centre, TITLE, "ONLINE FORM RECIPE", "用于问卷星、腾讯文档、金数据等")
        for one in placed:
            one.block.draw(paper, one.top, one.height)
        letterhead.foot(paper, "建网上表单时照着用", number, len(pages), facts.made_at, facts.clerk)
        paper.end_page()
    return paper.content()


def _advice() -> Block:
    lines = [line for text in ADVICE for line in wrap(f"• {text}", WIDTH - 6, 8.2)]
    fitted = Fitted(8.2, tuple(lines))

    def draw(paper: Paper, y: float, height: float) -> None:
        paper.box(LEFT_EDGE, y, WIDTH, height - 2, fill=TINT, radius=0.8)
        paper.lines(LEFT_EDGE + 3, y + 4.8, fitted, PRIMARY)

    return Block(fitted.height + 5, draw)


def _question(place: int, one: Question, head: Block) -> Block:
    about = "　".join(filter(None, (" / ".join(one.options), one.rule)))
    cells = (str(place), one.title, one.kind, "必填" if one.required else "", about)
    made = row(_COLUMNS, cells, 6.4, (INK2, INK, INK, PRIMARY, INK2))
    return Block(made.height, lambda paper, y, height: draw_row(paper, _COLUMNS, made, y, height), again=head)
