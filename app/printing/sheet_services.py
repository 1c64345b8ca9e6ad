"""Sections of the confirmation sheet about what is agreed: services and fees, health and diet."""

from dataclasses import replace

from app.printing import blocks, words
from app.printing.fitting import fit_box, middle, wide
from app.printing.flow import Block
from app.printing.fonts import BOLD, MEDIUM
from app.printing.paper import ACCENT, INK, INK2, PRIMARY, RIGHT, TINT, Paper
from app.printing.sheet_parts import (
    LEFT_EDGE,
    RIGHT_EDGE,
    ROW_SLACK,
    WIDTH,
    Column,
    Row,
    draw_row,
    row,
    section,
    table_head,
)
from app.printing.sheet_people import noted
from app.rules.money import capitals, yuan
from app.rules.person import HEALTH_MARKS, EnrolmentLine, Health, Services

_COLUMNS = (
    Column("服务项目 Service", LEFT_EDGE + 2.5, 61, size=9.6, weight=MEDIUM),
    Column("起止日期 Period", 82, 40, size=8.6, colour=INK2),
    Column("单价 Price", 139, 16, RIGHT, size=9.2),
    Column("数量 Qty", 162, 20, RIGHT, size=9.2),
    Column("金额 Amount", RIGHT_EDGE - 2.5, 27, RIGHT, size=9.8, weight=MEDIUM),
)
PAID_BEFORE = "期初已缴"
_HEALTH = (
    ("allergies", "过敏", "Allergies"), ("conditions", "病史", "Conditions"), ("medication", "用药", "Medication"),
    ("diet", "饮食", "Diet"), ("doctor_notes", "医生意见", "Doctor"), ("insurance", "保险", "Insurance"),
)  # fmt: skip


def services(wanted: Services, class_name: str) -> list[Block]:
    """The enrolment lines, the discounts and the sum in figures and capitals."""
    about = (
        f"入托日期 {wanted.start_date}" if wanted.start_date else "",
        f"托管班 {class_name}" if class_name and wide(class_name, 7.6) < 40 else "",
        "单位：元",
    )
    head = table_head(_COLUMNS, filled=True)
    found = [section("C", "托管服务与费用", "Services & fees", "　　".join(part for part in about if part)), head]
    rows = [_line(line) for line in wanted.lines]
    for discount in wanted.discounts:
        name = words.word(words.DISCOUNT, discount.rule)
        name = "：".join(part for part in (name or "优惠", discount.reason) if part)
        rows.append(row(_COLUMNS, (name, "", "", "", yuan(-discount.fen)), 6.8, (INK, INK2, INK, INK, ACCENT)))
    if not rows:
        rows.append(row(_COLUMNS, ("（暂未选择服务）", "", "", "", ""), 6.8, (INK2,) * 5))
    found += [_row_block(one, head) for one in rows[:-1]]
    last = _row_block(rows[-1], head)
    return [*found, replace(last, keep=True), _total(wanted)]


def _line(line: EnrolmentLine) -> Row:
    days = words.weekdays(line.weekdays) if line.session != "none" else ""
    name = line.service_name or words.word(words.SESSION, line.session)
    quantity = f"{line.quantity} {words.word(words.UNIT, line.unit)}"
    period = words.period(line.from_date, line.to_date)
    named = f"{name}（{days}）" if days else name
    if line.paid_before:
        return row(_COLUMNS, (named, period, "", "", PAID_BEFORE), 6.8)
    return row(_COLUMNS, (named, period, yuan(line.unit_fen), quantity, yuan(line.amount_fen)), 6.8)


def _row_block(one: Row, head: Block) -> Block:
    return Block(
        one.height,
        lambda paper, y, height: draw_row(paper, _COLUMNS, one, y, height),
        again=head,
        slack=ROW_SLACK,
    )


def _total(wanted: Services) -> Block:
    def draw(paper: Paper, y: float, height: float) -> None:
        paper.box(LEFT_EDGE, y, WIDTH, height, fill=TINT)
        figures = fit_box(f"¥{yuan(wanted.total_fen)}", 60, height - 1, 14.5, BOLD, 0.6)
        paper.text(LEFT_EDGE + 2.5, y + height / 2 + 1.1, "合计（大写）", 7.6, colour=PRIMARY)
        room = WIDTH - 26 - wide(figures.lines[0], figures.size, BOLD)
        text = fit_box(f"人民币{capitals(wanted.total_fen)}", room, height - 1, 10.6, BOLD, 0.7)
        paper.lines(LEFT_EDGE + 21.5, middle(text, y, height), text, PRIMARY)
        paper.lines(RIGHT_EDGE - 2.5, middle(figures, y, height), figures, PRIMARY, RIGHT)

    return Block(8.8, draw, slack=0.8)


def health(told: Health, special_needs: str) -> list[Block]:
    """What the guardians told about health and diet: marks as tick boxes, then each note in full."""
    found = [section("D", "健康与饮食", "Health & diet"), _marks(told.marks)]
    notes = [(label, getattr(told, name), english) for name, label, english in _HEALTH]
    notes.append(("特殊需要", special_needs, "Needs"))
    found += [noted(label, text, english) for label, text, english in notes if text]
    if len(found) == 2:
        found.append(noted("说明", " ", "Notes"))
    return [found[0], replace(found[1], keep=True), *found[2:]]


def health_refused() -> list[Block]:
    """The section while a guardian does not agree that the centre holds health: nothing of it is printed."""
    text = "监护人不同意（或已撤回同意）中心处理健康信息，这里不列出；中心因此不能据此安排餐食和照护。"
    return [section("D", "健康与饮食", "Health & diet"), noted("说明", text, "Notes")]


def _marks(ticked: tuple[str, ...]) -> Block:
    def draw(paper: Paper, y: float, height: float) -> None:
        x, base = LEFT_EDGE, y + height / 2 + 1.4
        for mark in HEALTH_MARKS:
            colour = PRIMARY if mark == "none_known" else ACCENT
            x = blocks.choice(paper, x, base, words.HEALTH_MARK[mark], ticked=mark in ticked, colour=colour) + 1.4

    return Block(7.6, draw, slack=0.8)
