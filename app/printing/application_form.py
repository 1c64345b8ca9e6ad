"""The blank application form (学员报名表): A4, to print and fill in with a pen, or the same to fill in on the screen.

Both have the same places; the one for the screen has a field for each, named as the parts of a registration are
(`child.name`, `guardians.0.mobile`), so that exchange/form_pdf reads it without a table in between. Every copy of a
layout bears the same code: it says which form this is, not whose.
"""

from dataclasses import dataclass, replace

from app.printing import form_consents, form_parts, letterhead
from app.printing.flow import Block, on_one_page, paginate
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.form_fields import Fields
from app.printing.form_pen import Pen
from app.printing.paper import A4, INK2, PRIMARY, RIGHT, TINT, Centre, Paper
from app.printing.sheet_parts import LEFT_EDGE, RIGHT_EDGE, WIDTH
from app.printing.wording import SHIPPED, Wordings
from app.rules import numbers

TITLE = "学员报名表"
LAYOUT = 1
"""Which arrangement of the form this is: one more whenever a place is added, moved or gone."""
FIRST_TOP, NEXT_TOP, BOTTOM = 41.2, 26.5, 279.4


@dataclass(frozen=True)
class FormFacts:
    """What the form says of the centre and lets people choose from. `made_at` is ISO to the second.

    `services` are told with their prices; whatever is chosen from a list is kept in the words that were read.
    """

    centre: Centre
    made_at: str
    clerk: str = ""
    services: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    wordings: Wordings = SHIPPED


def blank(facts: FormFacts) -> bytes:
    """Draw the form for a pen. Same facts, same bytes."""
    return _draw(facts, fillable=False)


def fillable(facts: FormFacts) -> bytes:
    """Draw the form for a keyboard. Same facts, same bytes; 2 MB, for it brings a whole font along."""
    return _draw(facts, fillable=True)


def _draw(facts: FormFacts, *, fillable: bool) -> bytes:
    paper = Paper("form", A4, title=TITLE, author=facts.centre.name, made_at=facts.made_at)
    fields = Fields(paper) if fillable else None
    first, second = _parts(facts, Pen(paper, fields))
    room = BOTTOM - FIRST_TOP
    pages = paginate(on_one_page(first, room), FIRST_TOP, NEXT_TOP, BOTTOM)
    pages += paginate(on_one_page(second, BOTTOM - NEXT_TOP), NEXT_TOP, NEXT_TOP, BOTTOM)
    for number, placed in enumerate(pages, 1):
        _head(paper, facts, number, fillable=fillable)
        if fields and number == 1:
            fields.hidden("form.code", numbers.code_for_form(LAYOUT))
            fields.hidden("form.wordings", form_consents.versions(facts.wordings))
        for one in placed:
            one.block.draw(paper, one.top, one.height)
        copies = "填好后把文件发给托管中心" if fillable else "填好后交回托管中心"
        letterhead.foot(paper, copies, number, len(pages), facts.made_at, facts.clerk)
        paper.end_page()
    if fields:
        fields.finish()
    return paper.content()


def _parts(facts: FormFacts, pen: Pen) -> tuple[list[Block], list[Block]]:
    first = form_parts.child(pen, facts.schools)
    first += form_parts.people(pen)
    first += form_parts.services(pen, facts.services)
    second = form_parts.health(pen)
    second += form_consents.agreed(pen, facts.centre.name, facts.wordings)
    return [replace(first[0], gap=0), *first[1:]], [replace(second[0], gap=0), *second[1:]]


def _head(paper: Paper, facts: FormFacts, number: int, *, fillable: bool) -> None:
    form = f"表号 No. {numbers.form_number(LAYOUT)}"
    if number > 1:
        paper.text(LEFT_EDGE, 19, f"{TITLE}（续）", 12, BOLD, PRIMARY)
        paper.text(RIGHT_EDGE, 19, form, 8.2, MEDIUM, INK2, RIGHT)
        paper.line(LEFT_EDGE, 22, RIGHT_EDGE, 22, 0.8, PRIMARY)
        return
    letterhead.head(paper, facts.centre, TITLE, "APPLICATION FORM", form, numbers.code_for_form(LAYOUT))
    paper.box(LEFT_EDGE, 31.2, WIDTH, 7.4, fill=TINT, radius=0.8)
    guidance = "逐项填写，可以用鼠标或 Tab 键换项；填好后保存，再把文件发给我们。" if fillable else (
        "请用黑色笔逐项填写，方框里打勾；没有的项目请留空，不确定的可以到前台再填。"
    )  # fmt: skip
    paper.text(LEFT_EDGE + 3, 35.9, guidance, 8.4, MEDIUM, PRIMARY)
    english = "Fill in, save, send back." if fillable else "Please write clearly."
    paper.text(RIGHT_EDGE - 3, 35.9, english, 7.2, REGULAR, PRIMARY, RIGHT)
