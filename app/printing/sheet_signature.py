"""The last section of the confirmation sheet: what is declared and agreed to, and where it is signed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.printing import blocks, words
from app.printing.fitting import MM, Fitted, fit, fit_box, wide, wrap
from app.printing.flow import Block
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import ACCENT, INK, INK2, INK3, LINE, PRIMARY, Paper
from app.printing.sheet_parts import GUTTER, LEFT_EDGE, RIGHT_EDGE, WIDTH, section
from app.printing.wording import Wording, Wordings
from app.rules import consents
from app.rules.person import CONSENT_KINDS, Consent, Registration

Answers = Callable[[Paper, float, float], object]
"""Draws the boxes of an answer, base line and left edge given."""
_TEXT = 8.6


def declaration(
    registration: Registration, centre: str, clerk: str, made_at: str, wordings: Wordings,
) -> list[Block]:  # fmt: skip
    """Declaration, consents with their tick boxes, and the signatures; all of it on one page."""
    said = {kind: Consent(kind, version=0) for kind in CONSENT_KINDS} | {one.kind: one for one in registration.consents}

    def text_of(kind: str) -> Wording:
        return wordings.wording(kind, said[kind].version, centre=centre)

    paragraphs = wordings.wording("declaration", centre=centre).paragraphs
    who = {_answered(one) for one in said.values() if one.given is not None}
    once = who.pop() if len(who) == 1 else ""  # told once where the same person answered everything on one day
    found = [section("E", "家长确认", "Declaration", f"同意事项由 {once} 答复" if once else "")]
    found += [paragraph(number, text) for number, text in enumerate(paragraphs, 1)]
    texts = {kind: " ".join(text_of(kind).paragraphs) for kind in ("emergency_treatment", "photos")}
    texts = {"privacy": notice_read(text_of("privacy"))} | texts
    for number, (kind, text) in enumerate(texts.items(), len(paragraphs) + 1):
        answers = _ticked(said[kind].given)
        if kind == "privacy" and said[kind].given is None:
            answers = _left_open(answers)
        found.append(asked(number, text + _beside(said[kind], once), answers))
    if "under_14" in consents.needed(registration.child.birth_date, made_at[:10]):
        one = said["under_14"]
        place = Room("under_14", answered=one.given is not None)
        found.append(separate(text_of("under_14"), PRIMARY, _ticked(one.given), _beside(one, once), room=place))
    if registration.pick_up.goes_home_alone:
        start = registration.pick_up.alone_from or "____:____"
        alone = wordings.wording("goes_home_alone", time=start)
        found.append(separate(alone, ACCENT, _ticked(None), room=Room("goes_home_alone", answered=False)))
    found = [replace(one, keep=True) for one in found]
    found[1] = replace(found[1], gap=1.0)
    return [*found, signatures(clerk, made_at)]


def notice_read(notice: Wording) -> str:
    """What is agreed to by the privacy notice, which is a paper of its own."""
    return f"我已收到并阅读《{notice.title}》（第 {notice.version} 版），同意按其处理信息。"


def _answered(one: Consent) -> str:
    """Who answered, and when: 林晓月（母亲） 2026-09-12."""
    relation = words.word(words.RELATION, one.relation)
    name = f"{one.given_by}（{relation}）" if relation else one.given_by
    return f"{name} {one.date}".strip() if one.given_by else ""


def _beside(one: Consent, once: str) -> str:
    """The same behind a single consent, where it is not told for all of them."""
    said = _answered(one) if one.given is not None else ""
    return f"　{said} 答复" if said and said != once else ""


def paragraph(number: int, text: str) -> Block:
    """A numbered paragraph of a declaration."""
    fitted = Fitted(_TEXT, tuple(wrap(text, WIDTH - 5, _TEXT)))

    def draw(paper: Paper, y: float, height: float) -> None:
        del height
        paper.text(LEFT_EDGE, y + 3.4, f"{number}.", _TEXT, MEDIUM, PRIMARY)
        paper.lines(LEFT_EDGE + 5, y + 3.4, fitted)

    return Block(fitted.height + 0.8, draw, slack=0.6)


def asked(number: int, text: str, answers: Answers) -> Block:
    """A consent that may be refused: its words, and two boxes at their end."""
    room = WIDTH - 5 - 36
    fitted = Fitted(_TEXT, tuple(wrap(text, room, _TEXT)))

    def draw(paper: Paper, y: float, height: float) -> None:
        del height
        paper.text(LEFT_EDGE, y + 3.4, f"{number}.", _TEXT, MEDIUM, PRIMARY)
        paper.lines(LEFT_EDGE + 5, y + 3.4, fitted)
        answers(paper, RIGHT_EDGE - 33, y + 3.4)

    return Block(fitted.height + 1.0, draw, slack=0.6)


def _ticked(agreed: bool | None) -> Answers:  # noqa: FBT001 - three answers, the third is None
    def draw(paper: Paper, x: float, y: float) -> None:
        x = blocks.choice(paper, x, y, "同意", ticked=agreed is True, size=_TEXT)
        blocks.choice(paper, x, y, "不同意", ticked=agreed is False, size=_TEXT, colour=ACCENT)

    return draw


def _left_open(answers: Answers) -> Answers:
    """Boxes that nobody ticked; who signs the sheet on the screen agrees, as with the pen that signs paper."""

    def draw(paper: Paper, x: float, y: float) -> None:
        answers(paper, x, y)
        _reserve_tick(paper, "parent.agree", x, y)

    return draw


def _reserve_tick(paper: Paper, name: str, x: float, base: float) -> None:
    side = blocks.TICK_BOX
    paper.reserve(name, x, base - side / 2 - _TEXT * 0.37 / MM, side, side)


@dataclass(frozen=True)
class Room:
    """What a box keeps empty for a signature on the screen: the line, the day, and 同意 where nothing is ticked yet."""

    name: str
    answered: bool

    def reserve(self, paper: Paper, base: float) -> None:
        """Leave the room in a box of `separate` whose last base line this is."""
        paper.reserve(self.name, 89, base - 7.4, 50, 8.6)
        paper.reserve(f"{self.name}.date", 156, base - 3.6, RIGHT_EDGE - 4 - 156, 5)
        if not self.answered:
            _reserve_tick(paper, f"{self.name}.agree", LEFT_EDGE + 4, base)


def separate(text: Wording, colour: str, answers: Answers, aside: str = "", *, room: Room | None = None) -> Block:
    """A consent in a box of its own, with its own answer and signature; `aside` stands behind its version.

    Without `room` it is signed on paper only.
    """
    body = Fitted(7.8, tuple(wrap(" ".join(text.paragraphs), WIDTH - 8, 7.8)))
    height = 6.2 + body.height + 9.4

    def draw(paper: Paper, y: float, own: float) -> None:
        paper.box(LEFT_EDGE, y, WIDTH, own, stroke=LINE, thick=0.7, radius=1.2)
        paper.text(LEFT_EDGE + 4, y + 5.2, text.title, 9, BOLD, colour)
        edition = f"第 {text.version} 版　{aside}"
        paper.text(LEFT_EDGE + 6 + wide(text.title, 9, BOLD), y + 5.2, edition, 6.6, REGULAR, INK3)
        paper.lines(LEFT_EDGE + 4, y + 9.6, body, INK)
        base = y + own - 3.2
        answers(paper, LEFT_EDGE + 4, base)
        blocks.blank(paper, 72, 140, base, "监护人签字")
        blocks.blank(paper, 146, RIGHT_EDGE - 4, base, "日期")
        if room is not None:
            room.reserve(paper, base)

    return Block(height, draw, gap=1.6, slack=1.6)


def signatures(clerk: str, made_at: str) -> Block:
    """Two boxes that take the room that is left: the parent's, and the centre's with the place for its stamp."""
    half = (WIDTH - GUTTER) / 2

    def draw(paper: Paper, y: float, height: float) -> None:
        right = LEFT_EDGE + half + GUTTER
        for x in (LEFT_EDGE, right):
            paper.box(x, y, half, height, stroke=LINE, thick=0.9, radius=1.6)
        blocks.caption(paper, LEFT_EDGE + 3.5, y + 4.9, "家长（监护人）签字", "Parent / guardian", size=8.2, colour=INK)
        blocks.blank(paper, LEFT_EDGE + 3.5, LEFT_EDGE + 50, y + height - 4.6)
        blocks.blank(paper, LEFT_EDGE + 54, LEFT_EDGE + half - 3.5, y + height - 4.6, "日期")
        paper.reserve("parent", LEFT_EDGE + 3.5, y + 5.6, 46.5, height - 9.6)
        paper.reserve("parent.date", LEFT_EDGE + 62.5, y + height - 8.2, half - 66, 5)
        paper.reserve("note", LEFT_EDGE + 3.5, y + height - 3.5, half - 7, 3)
        blocks.caption(paper, right + 3.5, y + 4.9, "托管中心", "For the centre", size=8.2, colour=INK)
        name = fit_box(clerk, 32, 5, 9, REGULAR)
        for place, (label, fitted) in enumerate((("经办人", name), ("日　期", fit(words.long_date(made_at), 32, 9)))):
            base = y + height - 10.4 + place * 5.8
            paper.text(right + 3.5, base, label, 8.2, REGULAR, INK2)
            paper.lines(right + 15.5, base, fitted)
        radius = min(10.5, (height - 4) / 2)
        blocks.seal(paper, right + half - radius - 3.5, y + height / 2, radius, ("盖章处",))

    return Block(22.5, draw, gap=2.0, stretch=46)
