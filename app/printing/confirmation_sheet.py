"""The confirmation sheet (学员报名确认单): A4, everything that was recorded, for the guardian to check and sign.

One page for a usual family, as many as needed otherwise; nothing is cut off. The identity number stands in full, or
nobody could check it. A later version says first what changed since the one that was signed.
"""

from dataclasses import dataclass, replace

from app.printing import letterhead, sheet_people, sheet_services, sheet_signature
from app.printing.fitting import fit_box, middle, wide
from app.printing.flow import Block, on_one_page, paginate
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import A4, INK2, PRIMARY, RIGHT, TINT, Centre, Paper
from app.printing.sheet_parts import LEFT_EDGE, RIGHT_EDGE
from app.printing.wording import SHIPPED, Wordings
from app.rules import consents
from app.rules.person import Registration

TITLE = "学员报名确认单"
FIRST_TOP, NEXT_TOP, BOTTOM = 41.2, 26.5, 279.4


@dataclass(frozen=True)
class SheetFacts:
    """All that the sheet says. `made_at` is ISO to the second, `photo` the bytes of a picture.

    `changes` are (what, before, after) in words, for a sheet that follows a signed one. Number and class of the centre
    are empty before the student is entered.
    """

    registration: Registration
    number: str
    code: str
    version: int
    centre: Centre
    made_at: str
    clerk: str
    photo: bytes | None = None
    changes: tuple[tuple[str, str, str], ...] = ()
    changed_since: int = 0  # version of the sheet that the changes are told against
    student_number: str = ""
    class_name: str = ""
    wordings: Wordings = SHIPPED


def draw(facts: SheetFacts) -> bytes:
    """Draw the sheet. Same facts, same bytes."""
    paper = Paper("sheet", A4, title=f"{TITLE} {facts.number}", author=facts.centre.name, made_at=facts.made_at)
    parts = on_one_page(_parts(facts), BOTTOM - FIRST_TOP)
    pages = paginate(parts, FIRST_TOP, NEXT_TOP, BOTTOM)
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


def _parts(facts: SheetFacts) -> list[Block]:
    registration = facts.registration
    parts = sheet_people.changes(facts.changes, facts.changed_since) if facts.changes else []
    parts += sheet_people.child(registration.child, facts.student_number, facts.photo)
    parts += sheet_people.guardians(registration)
    parts += sheet_services.services(registration.services, facts.class_name)
    parts += sheet_services.health_refused() if _refused(facts) else (
        sheet_services.health(registration.health, registration.child.special_needs)
    )  # fmt: skip
    parts += sheet_signature.declaration(
        registration, facts.centre.name, facts.clerk, facts.made_at, facts.wordings,
    )  # fmt: skip
    return [replace(parts[0], gap=0), *parts[1:]]


def _refused(facts: SheetFacts) -> bool:
    """Whether the guardian refused, or took back, what lets the centre hold health; else all stands here to be checked.

    A sheet that only waits for its signature shows it: whoever signs is the one who told it.
    """
    said, born = facts.registration.consents, facts.registration.child.birth_date
    return consents.trouble(said, born, facts.made_at[:10]) == consents.REFUSED


def _head(paper: Paper, facts: SheetFacts) -> None:
    letterhead.head(paper, facts.centre, TITLE, "REGISTRATION CONFIRMATION", _number(facts), facts.code)
    paper.box(LEFT_EDGE, 31.2, RIGHT_EDGE - LEFT_EDGE, 7.4, fill=TINT, radius=0.8)
    paper.text(
        LEFT_EDGE + 3,
        35.9,
        "请家长逐项核对。如有不符，请在纸上划去并写明正确内容，再签字。",
        8.4,
        MEDIUM,
        PRIMARY,
    )
    english = "Please check every item, correct by hand, then sign."
    paper.text(RIGHT_EDGE - 3, 35.9, english, 7.2, REGULAR, PRIMARY, RIGHT)


def _number(facts: SheetFacts) -> str:
    return f"编号 No. {facts.number}　第 {facts.version} 版"


def _next_head(paper: Paper, facts: SheetFacts) -> None:
    paper.text(LEFT_EDGE, 19, f"{TITLE}（续）", 12, BOLD, PRIMARY)
    child = fit_box(facts.registration.child.name, 62, 6, 10, MEDIUM)
    paper.lines(LEFT_EDGE + wide(f"{TITLE}（续）", 12, BOLD) + 5, middle(child, 14.5, 6), child)
    paper.lines(RIGHT_EDGE, 19, fit_box(_number(facts), 55, 6, 8.2, MEDIUM, 0.5), INK2, RIGHT)
    paper.line(LEFT_EDGE, 22, RIGHT_EDGE, 22, 0.8, PRIMARY)
