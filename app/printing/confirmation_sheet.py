"""The confirmation sheet (学员报名确认单): A4, everything that was recorded, for the guardian to check and sign.

One page for a usual family, as many as needed otherwise; nothing is cut off. The identity number stands in full, or nobody
could check it. A later version says first what changed since the one that was signed.
"""

from dataclasses import dataclass, replace

from app.printing import blocks, sheet_people, sheet_services, sheet_signature, words
from app.printing.fitting import fit_box, middle, wide
from app.printing.flow import Block, on_one_page, paginate
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import A4, CENTRE, INK, INK2, INK3, LINE, PRIMARY, RIGHT, TINT, Centre, Paper
from app.printing.sheet_parts import LEFT_EDGE, RIGHT_EDGE
from app.rules.person import Registration

TITLE = "学员报名确认单"
FIRST_TOP, NEXT_TOP, BOTTOM = 41.2, 26.5, 279.4
FOOT = 285.4


@dataclass(frozen=True)
class SheetFacts:
    """All that the sheet says. `made_at` is ISO to the second, `photo` the bytes of a picture.

    `changes` are (what, before, after) in words, for a sheet that follows a signed one. Number and class of the centre are
    empty before the student is entered.
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
    student_number: str = ""
    class_name: str = ""


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
        _foot(paper, facts, number, len(pages))
        paper.end_page()
    return paper.content()


def _parts(facts: SheetFacts) -> list[Block]:
    registration = facts.registration
    parts = sheet_people.changes(facts.changes, facts.version) if facts.changes else []
    parts += sheet_people.child(registration.child, facts.student_number, facts.photo)
    parts += sheet_people.guardians(registration)
    parts += sheet_services.services(registration.services, facts.class_name)
    parts += sheet_services.health(registration.health, registration.child.special_needs)
    parts += sheet_signature.declaration(registration, facts.centre.name, facts.clerk, facts.made_at)
    return [replace(parts[0], gap=0), *parts[1:]]


def _head(paper: Paper, facts: SheetFacts) -> None:
    centre = facts.centre
    blocks.logo(paper, centre, LEFT_EDGE, 14, 13)
    title_right, room = 172.6, 88.0
    name = fit_box(centre.name, room, 7, 15, BOLD, 0.7)
    paper.lines(33.6, middle(name, 13.1, 7), name)
    paper.text(33.6, 22.7, centre.english_name.upper() if len(centre.english_name) < 60 else "", 6.6, REGULAR, INK3, spacing=0.25)
    reach = "　".join(part for part in (centre.address, f"电话 {centre.phone}" if centre.phone else "") if part)
    address = fit_box(reach, room, 4.4, 7)
    paper.lines(33.6, middle(address, 23.6, 4.4), address, INK2)
    paper.text(title_right, 18.9, TITLE, 18.5, BOLD, PRIMARY, RIGHT)
    paper.text(title_right, 22.9, "REGISTRATION CONFIRMATION", 6.6, REGULAR, INK3, RIGHT, 0.25)
    number = fit_box(f"编号 No. {facts.number}　第 {facts.version} 版", 52, 4, 8.2, MEDIUM, 0.5)
    paper.lines(title_right, 26.7, number, INK2, RIGHT)
    blocks.code(paper, facts.code, RIGHT_EDGE - 15, 12.4, 15)
    paper.box(LEFT_EDGE, 31.2, RIGHT_EDGE - LEFT_EDGE, 7.4, fill=TINT, radius=0.8)
    paper.text(LEFT_EDGE + 3, 35.9, "请家长逐项核对。如有不符，请在纸上划去并写明正确内容，再签字。", 8.4, MEDIUM, PRIMARY)
    english = "Please check every item, correct by hand, then sign."
    paper.text(RIGHT_EDGE - 3, 35.9, english, 7.2, REGULAR, PRIMARY, RIGHT)


def _next_head(paper: Paper, facts: SheetFacts) -> None:
    paper.text(LEFT_EDGE, 19, f"{TITLE}（续）", 12, BOLD, PRIMARY)
    child = fit_box(facts.registration.child.name, 62, 6, 10, MEDIUM)
    paper.lines(LEFT_EDGE + wide(f"{TITLE}（续）", 12, BOLD) + 5, middle(child, 14.5, 6), child)
    number = f"编号 No. {facts.number}　第 {facts.version} 版"
    paper.lines(RIGHT_EDGE, 19, fit_box(number, 55, 6, 8.2, MEDIUM, 0.5), INK2, RIGHT)
    paper.line(LEFT_EDGE, 22, RIGHT_EDGE, 22, 0.8, PRIMARY)


def _foot(paper: Paper, facts: SheetFacts, number: int, of: int) -> None:
    """Copies, page, when and by whom it was made; right of them is room for what a printing adds (`marks`)."""
    paper.line(LEFT_EDGE, 281.6, RIGHT_EDGE, 281.6, 0.6, LINE)
    paper.text(LEFT_EDGE, FOOT, "一式两份：家长一份，托管中心一份", 6.8, REGULAR, INK3)
    paper.text(75, FOOT, f"第 {number} 页 / 共 {of} 页", 6.8, REGULAR, INK, CENTRE)
    made = fit_box(f"制表 {words.minute(facts.made_at)}　经办 {facts.clerk}", 56, 4, 6.8)
    paper.lines(90, FOOT, made, INK3)
