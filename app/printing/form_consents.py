"""The last section of the blank form: what is declared and agreed to, with the versions of its wordings; signatures."""

from dataclasses import replace

from app.printing import blocks
from app.printing.fitting import wide
from app.printing.flow import Block
from app.printing.fonts import REGULAR
from app.printing.form_pen import Pen
from app.printing.paper import ACCENT, INK, INK2, INK3, LINE, PRIMARY, Paper
from app.printing.sheet_parts import GUTTER, LEFT_EDGE, WIDTH, section
from app.printing.sheet_signature import Answers, asked, notice_read, paragraph, separate
from app.printing.wording import Wordings
from app.rules.person import CONSENT_KINDS

ANSWERS = (("given", "同意"), ("refused", "不同意"))


def versions(wordings: Wordings) -> str:
    """Which versions of the consents stand on the form: 'emergency_treatment=1;photos=1;…', for its reader."""
    return ";".join(f"{kind}={wordings.latest(kind)}" for kind in sorted(CONSENT_KINDS))


def agreed(pen: Pen, centre: str, wordings: Wordings) -> list[Block]:
    """Declaration, consents with their answers, and the signatures."""
    declared = wordings.wording("declaration", centre=centre)
    told = notice_read(wordings.wording("privacy", centre=centre))
    found = [section("E", "家长确认", "Declaration", "所列文本可在前台查阅、索取")]
    found += [paragraph(number, text) for number, text in enumerate(declared.paragraphs, 1)]
    number = len(declared.paragraphs) + 1
    found.append(asked(number, told, _answers(pen, "privacy", told)))
    for place, kind in enumerate(("emergency_treatment", "photos"), number + 1):
        text = wordings.wording(kind, centre=centre)
        said = f"{' '.join(text.paragraphs)}（第 {text.version} 版）"
        found.append(asked(place, said, _answers(pen, kind, said)))
    alone = wordings.wording("under_14", centre=centre)
    found.append(separate(alone, PRIMARY, _answers(pen, "under_14", alone.title)))
    way = wordings.wording("goes_home_alone", time="____:____")
    found.append(separate(way, ACCENT, lambda *_: None, "只在勾选“自行回家”时签"))
    found = [replace(one, keep=True) for one in found]
    found[1] = replace(found[1], gap=1.0)
    return [*found, _signatures(pen)]


def _answers(pen: Pen, kind: str, title: str) -> Answers:
    return lambda _, x, y: pen.answers(f"consents.{kind}", title, x, y, ANSWERS)


def _signatures(pen: Pen) -> Block:
    half = (WIDTH - GUTTER) / 2

    def draw(paper: Paper, y: float, height: float) -> None:
        right, base = LEFT_EDGE + half + GUTTER, y + height - 4.6
        for x in (LEFT_EDGE, right):
            paper.box(x, y, half, height, stroke=LINE, thick=0.9, radius=1.6)
        blocks.caption(paper, LEFT_EDGE + 3.5, y + 4.9, "家长（监护人）签字", "Parent / guardian", size=8.2, colour=INK)
        if pen.fields:
            late = "在电脑上填写的，同意与签字以到前台签字的确认单为准"
            paper.text(LEFT_EDGE + 3.5, y + 9, late, 6.6, REGULAR, INK3)
        pen.sign(LEFT_EDGE + 3.5, LEFT_EDGE + 50, base, "")
        pen.sign(LEFT_EDGE + 54, LEFT_EDGE + half - 3.5, base, "日期")
        blocks.caption(paper, right + 3.5, y + 4.9, "托管中心填写", "For the centre", size=8.2, colour=INK)
        paper.text(right + half - 3.5 - wide("核对、录入后归档", 6.6), y + 4.9, "核对、录入后归档", 6.6, REGULAR, INK2)
        for label, x0, x1, up in (
            ("收表人", 3.5, 40, 6.4), ("日期", 44, half - 3.5, 6.4),
            ("录入人", 3.5, 40, 0), ("日期", 44, half - 3.5, 0),
        ):  # fmt: skip
            pen.sign(right + x0, right + x1, base - up, label)

    return Block(22.5, draw, gap=2.0, stretch=58)
