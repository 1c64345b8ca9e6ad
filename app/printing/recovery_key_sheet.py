"""The recovery key on A4: the key in groups and as a QR code, what it opens, where to keep it.

This paper is never stored: it is drawn, printed and forgotten.
"""

from dataclasses import dataclass

from app.printing import blocks, letterhead
from app.printing.flow import paginate
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import A4, CENTRE, INK2, INK3, LINE, PALE, RED, RIGHT, Centre, Paper
from app.printing.prose import prose
from app.printing.sheet_parts import LEFT_EDGE, RIGHT_EDGE, WIDTH
from app.printing.wording import SHIPPED

_GROUPS_A_ROW = 4
_GROUP_WIDTH, _GROUP_HEIGHT, _GROUP_GAP = 31.5, 17.0, 3.0
_KEY_TOP, _TEXT_TOP = 46.0, 92.0


@dataclass(frozen=True)
class RecoveryFacts:
    """The key as people read it (groups with hyphens between), the centre, when it was made (ISO) and for whom."""

    key: str
    centre: Centre
    made_at: str
    made_by: str


def draw(facts: RecoveryFacts) -> bytes:
    """Draw the sheet. Same facts, same bytes."""
    text = SHIPPED.wording("recovery_key")
    paper = Paper("recovery", A4, title=text.title, author=facts.centre.name, made_at=facts.made_at)
    letterhead.head(paper, facts.centre, text.title, "RECOVERY KEY", "机密 Confidential")
    paper.box(LEFT_EDGE, 33, WIDTH, 8.4, fill="#FBE9E7", radius=0.8)
    paper.text(
        LEFT_EDGE + 3,
        38.4,
        "这张纸能打开全部数据：请装入信封收好，不要拍照，不要放在电脑旁边。",
        9.4,
        MEDIUM,
        RED,
    )
    paper.text(RIGHT_EDGE - 3, 38.4, "Opens all data. Keep it in the safe.", 7.2, REGULAR, RED, RIGHT)
    _key(paper, facts.key)
    for one in paginate(prose(text.paragraphs), _TEXT_TOP, 20, 250)[0]:
        one.block.draw(paper, one.top, one.height)
    _kept(paper)
    letterhead.foot(paper, "请勿复印散发", 1, 1, facts.made_at, facts.made_by)
    paper.end_page()
    return paper.content()


def _key(paper: Paper, key: str) -> None:
    """The groups, numbered, four in a row, and the code that a scanner or a telephone's camera types in."""
    for place, group in enumerate(key.split("-")):
        row, column = divmod(place, _GROUPS_A_ROW)
        x = LEFT_EDGE + column * (_GROUP_WIDTH + _GROUP_GAP)
        y = _KEY_TOP + row * (_GROUP_HEIGHT + _GROUP_GAP)
        paper.box(x, y, _GROUP_WIDTH, _GROUP_HEIGHT, fill=PALE, stroke=LINE, thick=0.8, radius=1.2)
        paper.text(x + 2, y + 4, str(place + 1), 7.5, MEDIUM, INK3)
        width = (_GROUP_WIDTH - 5) / max(1, len(group))
        for at, sign in enumerate(group):  # every character in its own place, as typewriters had it
            paper.text(x + 2.5 + (at + 0.5) * width, y + 12.4, sign, 20, BOLD, align=CENTRE)
    blocks.code(paper, key, RIGHT_EDGE - 31, _KEY_TOP + 0.5, 31)
    paper.text(RIGHT_EDGE - 15.5, _KEY_TOP + 36, "扫码可代替键入", 7.5, REGULAR, INK2, CENTRE)


def _kept(paper: Paper) -> None:
    paper.box(LEFT_EDGE, 252, WIDTH, 24, stroke=LINE, thick=0.9, radius=1.6)
    paper.text(LEFT_EDGE + 4, 258, "封存记录", 9, MEDIUM)
    base = 269.0
    blocks.blank(paper, LEFT_EDGE + 4, 78, base, "封存人签字")
    blocks.blank(paper, 84, 124, base, "日期")
    blocks.blank(paper, 130, RIGHT_EDGE - 4, base, "存放地点")
