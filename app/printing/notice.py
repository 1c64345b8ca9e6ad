"""A wording as a paper of its own: the privacy notice (个人信息告知书) that a family takes home; any other to read."""

from dataclasses import dataclass

from app.printing import letterhead
from app.printing.flow import on_one_page, paginate
from app.printing.paper import A4, Centre, Paper
from app.printing.prose import prose
from app.printing.wording import SHIPPED, Wordings

ENGLISH = {
    "privacy": "PRIVACY NOTICE", "under_14": "SEPARATE CONSENT", "photos": "CONSENT", "emergency_treatment": "CONSENT",
    "declaration": "DECLARATION", "goes_home_alone": "CONSENT",
}  # fmt: skip
TOP, NEXT_TOP, BOTTOM = 36.0, 18.0, 278.0


@dataclass(frozen=True)
class NoticeFacts:
    """Which wording in which version (0: the newest), for which centre, made when (ISO) and by whom."""

    centre: Centre
    made_at: str
    clerk: str = ""
    name: str = "privacy"
    version: int = 0
    wordings: Wordings = SHIPPED


def draw(facts: NoticeFacts) -> bytes:
    """Draw the wording on as many A4 pages as it takes. Same facts, same bytes."""
    text = facts.wordings.wording(facts.name, facts.version, centre=facts.centre.name, time="____:____")
    version = text.version
    paper = Paper("notice", A4, title=f"{text.title} 第 {version} 版", author=facts.centre.name, made_at=facts.made_at)
    pages = paginate(on_one_page(prose(text.paragraphs), BOTTOM - TOP), TOP, NEXT_TOP, BOTTOM)
    for number, placed in enumerate(pages, 1):
        if number == 1:
            letterhead.head(paper, facts.centre, text.title, ENGLISH.get(facts.name, "TEXT"), f"第 {version} 版")
        for one in placed:
            one.block.draw(paper, one.top, one.height)
        letterhead.foot(paper, "交家长一份", number, len(pages), facts.made_at, facts.clerk)
        paper.end_page()
    return paper.content()
