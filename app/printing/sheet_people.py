"""Sections of the confirmation sheet about people: what changed, the child, the guardians, who may fetch the child."""

from collections.abc import Callable

from app.printing import blocks, words
from app.printing.fitting import Fitted, fit, wide
from app.printing.flow import Block
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import ACCENT, CENTRE, HAIR, INK2, INK3, LINE, PALE, WHITE, Paper
from app.printing.sheet_parts import (
    FIELD_SLACK,
    GUTTER,
    LEFT_EDGE,
    RIGHT_EDGE,
    ROW_SLACK,
    WIDTH,
    Column,
    Row,
    draw_fields,
    draw_row,
    field,
    row,
    row_height,
    section,
    table_head,
)  # fmt: skip
from app.rules import phones
from app.rules.person import Child, Registration

PHOTO_WIDTH, PHOTO_HEIGHT = 23.1, 32.6
_CHANGES = (
    Column("项目 Item", LEFT_EDGE + 2.5, 42, weight=MEDIUM),
    Column("原来 Before", 63, 61, size=9, colour=INK2),
    Column("现在 Now", 127, 63.5, size=9.4, weight=MEDIUM),
)
_GUARDIANS = (
    Column("姓名 Name", LEFT_EDGE, 28, size=10, weight=MEDIUM),
    Column("关系 Relation", 47, 21, size=9.4),
    Column("手机 Mobile", 70, 32, size=9.6, weight=MEDIUM),
    Column("工作单位 / 微信 Employer / WeChat", 104, 49, size=9),
)
_COLLECT, _EMERGENCY = 165.5, 184.5


def changes(changed: tuple[tuple[str, str, str], ...], since: int) -> list[Block]:
    """What is different from the sheet of version `since`, so that a parent need not search for it."""
    head = table_head(_CHANGES, filled=True)
    title = section(
        "!",
        f"与第 {since} 版的不同" if since else "与上一版的不同",
        f"Changed since version {since}" if since else "Changes",
    )
    rows = [row(_CHANGES, (what, before or "（空）", after or "（空）"), 6.8) for what, before, after in changed]
    return [title, head, *(Block(one.height, _row_drawer(one), again=head, slack=ROW_SLACK) for one in rows)]


def _row_drawer(one: Row) -> Callable[[Paper, float, float], None]:
    return lambda paper, y, height: draw_row(paper, _CHANGES, one, y, height)


def child(person: Child, student_number: str, photo: bytes | None) -> list[Block]:
    """Who the child is, with the photo or its place."""
    third = (WIDTH - PHOTO_WIDTH - 3 * GUTTER) / 3
    x = [LEFT_EDGE + place * (third + GUTTER) for place in range(3)]
    kind = words.word(words.IDENTITY_KIND, person.identity_kind) or "证件号码"
    rows = [
        [
            field("姓名", "Name", person.name, x[0], third, 12.5, BOLD),
            field("性别", "Sex", words.word(words.SEX, person.sex), x[1], third),
            field("出生日期", "Date of birth", person.birth_date, x[2], third),
        ],
        [
            field(kind, "ID number", words.identity(person.identity_number), x[0], third),
            field("就读学校", "School", person.school, x[1], third),
            field("学校班级", "Grade & class", words.grade_and_class(person.grade, person.school_class), x[2], third),
        ],
        [
            field("家庭住址", "Home address", person.address, x[0], 2 * third + GUTTER),
            field("学校班主任", "Form teacher", person.form_teacher, x[2], third),
        ],
    ]
    heights = [row_height(one) for one in rows]

    def draw(paper: Paper, y: float, height: float) -> None:
        _photo(paper, photo, y + 2.6, min(PHOTO_HEIGHT, height - 3.4))
        less = (sum(heights) - height) / len(heights)
        for fields, high in zip(rows, heights, strict=True):
            draw_fields(paper, fields, y, high - less)
            y += high - less

    about = (
        f"学员编号 {student_number}" if student_number else "",
        f"了解渠道 {person.heard_of}" if person.heard_of else "",
    )
    aside = "　　".join(part for part in about if part)
    if wide(aside, 7.6) <= 110:
        return [section("A", "学员信息", "Student", aside), Block(sum(heights), draw, slack=3 * FIELD_SLACK)]
    more = field("编号与了解渠道", "Number and how heard of", aside, LEFT_EDGE, WIDTH - PHOTO_WIDTH - GUTTER)
    rows.append([more])
    heights.append(row_height([more]))
    return [section("A", "学员信息", "Student"), Block(sum(heights), draw, slack=4 * FIELD_SLACK)]


def _photo(paper: Paper, photo: bytes | None, y: float, height: float) -> None:
    x = RIGHT_EDGE - PHOTO_WIDTH
    if photo and paper.picture(photo, x, y, PHOTO_WIDTH, height):
        return
    paper.box(x, y, PHOTO_WIDTH, height, fill=PALE, stroke=LINE, thick=0.8, radius=0.6, dash="2.4 2")
    paper.text(x + PHOTO_WIDTH / 2, y + 16, "一寸照片", 8, REGULAR, INK2, CENTRE)
    paper.text(x + PHOTO_WIDTH / 2, y + 19.4, "Photo", 6.6, REGULAR, INK3, CENTRE)


def guardians(registration: Registration) -> list[Block]:
    """Guardians, other contacts, and how the child leaves."""
    head = _guardians_head()
    found = [section("B", "监护人与接送", "Guardians & pick-up", "凭接送卡并经老师核对"), head]
    for one in registration.guardians:
        notes = [text for text, yes in (("交款", one.payer), ("同住", one.lives_with_child)) if yes]
        wechat = f"微信 {one.wechat}" if one.wechat else ""
        work = "　".join(part for part in (one.workplace, wechat) if part)
        texts = (one.name, words.word(words.RELATION, one.relation), phones.show(one.mobile), work)
        found.append(_person(texts, " ".join(notes), collects=one.may_collect, emergency=one.emergency, head=head))
    for other in registration.contacts:
        texts = (other.name, words.word(words.RELATION, other.relation), phones.show(other.mobile), "")
        found.append(_person(texts, "联系人", collects=other.may_collect, emergency=other.emergency, head=head))
    return [*found, *_leaving(registration)]


def _guardians_head() -> Block:
    plain = table_head(_GUARDIANS)

    def draw(paper: Paper, y: float, height: float) -> None:
        plain.draw(paper, y, height)
        paper.text(_COLLECT, y + height / 2 + 1.1, "可接送 Pick-up", 7, REGULAR, INK2, CENTRE)
        paper.text(_EMERGENCY, y + height / 2 + 1.1, "紧急联系", 7, REGULAR, INK2, CENTRE)

    return Block(plain.height, draw, keep=True, slack=plain.slack)


def _person(texts: tuple[str, str, str, str], note: str, *, collects: bool, emergency: bool, head: Block) -> Block:
    one = row(_GUARDIANS, texts, 7.0)
    relation = one.cells[1]
    after = 1.2 + wide(relation.lines[-1], relation.size)
    beside = note if after + wide(note, 6.6) <= _GUARDIANS[1].width + 1 and len(relation.lines) == 1 else ""
    under = fit(note, 28, 6.6) if note and not beside else Fitted(6.6, ())
    high = one.height + under.height

    def draw(paper: Paper, y: float, height: float) -> None:
        own = height - under.height
        draw_row(paper, _GUARDIANS, one, y, own, HAIR if not under.lines else WHITE)
        base = y + own / 2 + 1.2
        paper.text(_GUARDIANS[1].x + after, base, beside, 6.6, REGULAR, INK3)
        if under.lines:
            paper.lines(_GUARDIANS[1].x, y + own + 1.4, under, INK3)
            paper.line(LEFT_EDGE, y + height, RIGHT_EDGE, y + height, 0.6, HAIR)
        blocks.tick_box(paper, _COLLECT - 1.6, y + height / 2 - 1.6, ticked=collects)
        blocks.tick_box(paper, _EMERGENCY - 1.6, y + height / 2 - 1.6, ticked=emergency, colour=ACCENT)

    return Block(high, draw, again=head, slack=ROW_SLACK)


def _leaving(registration: Registration) -> list[Block]:
    """How the child leaves: fetched, or 自行回家 from a time on; and what else was told about it."""
    way = registration.pick_up

    def draw(paper: Paper, y: float, height: float) -> None:
        base = y + height / 2 + 1.3
        paper.text(LEFT_EDGE, base, "离开方式", 8, REGULAR, INK2)
        x = blocks.choice(paper, LEFT_EDGE + 15, base, "由可接送的人接走", ticked=not way.goes_home_alone)
        start = way.alone_from or "____:____"
        blocks.choice(paper, x, base, f"自行回家，自 {start} 起", ticked=way.goes_home_alone, colour=ACCENT)
        paper.line(LEFT_EDGE, y + height, RIGHT_EDGE, y + height, 0.6, HAIR)

    found = [Block(7.0, draw, slack=ROW_SLACK)]
    if way.note:
        found.append(noted("接送说明", way.note))
    return found


def noted(label: str, text: str, english: str = "") -> Block:
    """A label and a text of any length beside it, over a hairline."""
    fitted = fit(text, WIDTH - 26, 9.4, MEDIUM, 0.92)
    height = max(6.6, fitted.height + 2.4)

    def draw(paper: Paper, y: float, own: float) -> None:
        base = y + (own - fitted.height) / 2 + fitted.pitch * 0.5 + 1.22
        blocks.caption(paper, LEFT_EDGE, base, label, english, size=7.4)
        paper.lines(LEFT_EDGE + 26, base, fitted)
        paper.line(LEFT_EDGE + 26, y + own - 0.2, RIGHT_EDGE, y + own - 0.2, 0.6, HAIR)

    return Block(height, draw, slack=0.4)
