"""The receipt (收据): A5 across, a counterfoil for the centre and the part for whoever paid, tearing off.

More than five lines go on further pages under the same number. The amount stands in figures and in capitals, both from
the same integer (product.md, Facts). Space is kept free at the foot for what the printer's copy says (`marks`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.printing import blocks, receipt_stub, receipt_table, words
from app.printing.fitting import Fitted, fit_box, middle, wide
from app.printing.fonts import BOLD, MEDIUM, REGULAR
from app.printing.paper import (
    A5_LANDSCAPE,
    CENTRE,
    INK,
    INK2,
    INK3,
    LINE,
    PRIMARY,
    RED,
    RIGHT,
    Centre,
    Paper,
)  # fmt: skip
from app.printing.receipt_table import LEFT_EDGE, RIGHT_EDGE
from app.printing.wording import SHIPPED, Wordings
from app.rules.money import yuan

TOP, FOOT = 9.0, 141.2
NOTE_HEIGHT = 6.4


@dataclass(frozen=True)
class ReceiptLine:
    """What a part of the money is for. `fen` may be negative (a discount); `who` names the child of several."""

    item: str
    period: str = ""
    quantity: str = ""
    fen: int = 0
    who: str = ""


@dataclass(frozen=True)
class ReceiptFacts:
    """All that a receipt says. Money in fen, `issued_at` ISO to the second, names as they were that day.

    `relation` and the methods are codes of rules (mother, wechat) or plain words. `balance_fen` is what the family owes
    after this payment, negative for a credit. `check` is the eight characters of the log entry of this payment.
    """

    number: str
    code: str
    issued_at: str
    child: str
    student_number: str
    class_text: str
    payer: str
    relation: str
    lines: tuple[ReceiptLine, ...]
    methods: tuple[tuple[str, int], ...]
    due_fen: int
    paid_fen: int
    balance_fen: int
    cashier: str
    centre: Centre
    check: str
    cash_given_fen: int = 0
    change_fen: int = 0
    wordings: Wordings = SHIPPED

    @property
    def paid_by(self) -> str:
        """Who paid, with the relation to the child: 李龑（母亲）."""
        relation = words.word(words.RELATION, self.relation)
        return f"{self.payer}（{relation}）" if self.payer and relation else self.payer


def draw(facts: ReceiptFacts) -> bytes:
    """Draw one receipt. Same facts, same bytes. ValueError if the amount paid is negative."""
    return draw_all((facts,))


def draw_all(receipts: Iterable[ReceiptFacts]) -> bytes:
    """Draw many receipts into one file, in their order: a pile to be printed at once."""
    several = tuple(receipts)
    first = several[0]
    title = f"收据 {first.number}" + (f" 等 {len(several)} 张" if len(several) > 1 else "")
    paper = Paper("receipt", A5_LANDSCAPE, title=title, author=first.centre.name, made_at=first.issued_at)
    for facts in several:
        pages = receipt_table.pages([_row(line) for line in facts.lines])
        for number, rows in enumerate(pages, 1):
            _page(paper, facts, rows, number, len(pages))
    return paper.content()


def _row(line: ReceiptLine) -> receipt_table.Row:
    item = f"{line.item}（{line.who}）" if line.who else line.item
    return receipt_table.row(item, line.period, line.quantity, line.fen)


def _page(paper: Paper, facts: ReceiptFacts, rows: list[receipt_table.Row], number: int, of: int) -> None:
    part = f"第 {number} 页 / 共 {of} 页" if of > 1 else ""
    receipt_stub.draw(paper, _stub(facts, part))
    _head(paper, facts)
    _paid_by(paper, facts)
    note = f"{part}，全部 {len(facts.lines)} 项" if part else ""
    end = receipt_table.draw(paper, rows, facts.paid_fen, note, last=number == of)
    if number == 1:
        _methods(paper, facts, end)
        _settled(paper, facts, end + 10.6)
        _signatures(paper, facts)
    for place, sign in enumerate("第二联　交款人收执"):
        paper.text(200.3, 56.2 + place * 4, sign, 8, MEDIUM, PRIMARY, CENTRE)
    foot = fit_box(" ".join(facts.wordings.wording("receipt").paragraphs), RIGHT_EDGE - LEFT_EDGE, NOTE_HEIGHT, 6.8)
    paper.lines(LEFT_EDGE, FOOT - foot.height + foot.pitch, foot, INK3)
    paper.end_page()


def _stub(facts: ReceiptFacts, part: str) -> receipt_stub.Stub:
    methods = " + ".join(f"{words.word(words.METHOD, name)} {yuan(fen)}" for name, fen in facts.methods)
    fields = (
        ("日期", "Date", words.minute(facts.issued_at)),
        ("学员", "Student", facts.child),
        (
            "学员编号 / 托管班",
            "No. / class",
            "　".join(part for part in (facts.student_number, facts.class_text) if part),
        ),
        ("交款人", "Payer", facts.paid_by),
        ("事由", "For", receipt_stub.few([line.item for line in facts.lines if line.fen >= 0])),
        ("付款方式", "Method", methods),
    )
    owed = f"¥{yuan(facts.balance_fen)}" if facts.balance_fen > 0 else ""
    return receipt_stub.Stub(facts.number, part, fields, f"¥{yuan(facts.paid_fen)}", owed, facts.cashier)


def _head(paper: Paper, facts: ReceiptFacts) -> None:
    centre, middle_x = facts.centre, (LEFT_EDGE + RIGHT_EDGE) / 2 + 1
    paper.line(LEFT_EDGE, TOP, RIGHT_EDGE, TOP, 2.2, PRIMARY)
    blocks.logo(paper, centre, LEFT_EDGE, 13, 10.5)
    name = fit_box(centre.name, 36, 5.6, 12.5, BOLD, 0.6)
    paper.lines(LEFT_EDGE + 13.5, middle(name, 12.8, 5.6), name)
    phone = fit_box(f"电话 {centre.phone}" if centre.phone else "", 36, 4, 8)
    paper.lines(LEFT_EDGE + 13.5, middle(phone, 19.3, 4), phone, INK2)
    paper.text(middle_x, 19.8, "收　据", 21, BOLD, INK, CENTRE)
    paper.line(middle_x - 15, 22.9, middle_x + 15, 22.9, 1.6, PRIMARY)
    paper.line(middle_x - 15, 23.9, middle_x + 15, 23.9, 0.6, PRIMARY)
    number = fit_box(facts.number, 34, 6, 11.5, BOLD, 0.5)
    paper.lines(RIGHT_EDGE, 17.4, number, RED, RIGHT)
    paper.text(RIGHT_EDGE - wide(number.lines[0], number.size, BOLD) - 1.6, 17.4, "No.", 8, REGULAR, INK2, RIGHT)
    paper.text(RIGHT_EDGE, 22.6, words.long_date(facts.issued_at), 9.5, REGULAR, INK, RIGHT)


def _paid_by(paper: Paper, facts: ReceiptFacts) -> None:
    """今收到 李龑（母亲）交来 学员 张珺晨, number and class; in two lines when the names are long."""
    line = 33.2
    paper.text(LEFT_EDGE, 31.2, "今收到", 8, REGULAR, INK2)
    payer = fit_box(facts.paid_by, 36, 7.4, 11, MEDIUM)
    paper.lines(LEFT_EDGE + 10.5, _rest_on(payer, 31.3), payer)
    paper.line(LEFT_EDGE + 10.5, line, LEFT_EDGE + 47.5, line, 0.6, LINE)
    paper.text(LEFT_EDGE + 49.5, 31.2, "交来　学员", 8, REGULAR, INK2)
    start = LEFT_EDGE + 65.5
    room = RIGHT_EDGE - start
    more = "　".join(part for part in (facts.student_number, facts.class_text) if part)
    beside = wide(more, 8.5) + 3
    if wide(facts.child, 12.5, BOLD) + beside <= room:
        paper.text(start, 31.3, facts.child, 12.5, BOLD)
        paper.text(RIGHT_EDGE, 31.3, more, 8.5, REGULAR, INK2, RIGHT)
    else:
        child, under = fit_box(facts.child, room, 5.2, 11, BOLD), fit_box(more, room, 3.4, 7.5)
        paper.lines(start, _rest_on(child, 28.6), child)
        paper.lines(start, _rest_on(under, 32.2), under, INK2)
    paper.line(start, line, RIGHT_EDGE, line, 0.6, LINE)


def _rest_on(fitted: Fitted, base: float) -> float:
    """The first base line of fitted lines whose last stands on `base`."""
    return base - (len(fitted.lines) - 1) * fitted.pitch


def _methods(paper: Paper, facts: ReceiptFacts, y: float) -> None:
    """How it was paid, and cash given with its change."""
    base = y + 5.6
    paper.text(LEFT_EDGE, base, "付款方式", 8, REGULAR, INK2)
    cash = ""
    if facts.cash_given_fen:
        cash = f"收到现金 {yuan(facts.cash_given_fen)}，找零 {yuan(facts.change_fen)}"
    right = RIGHT_EDGE - (wide(cash, 8.2) + 4 if cash else 0)
    paper.text(RIGHT_EDGE, base, cash, 8.2, REGULAR, INK2, RIGHT)
    x = LEFT_EDGE + 15
    parts = [(words.word(words.METHOD, name), yuan(fen)) for name, fen in facts.methods]
    if x + sum(wide(name, 9) + wide(sum_, 10, BOLD) + 7.5 for name, sum_ in parts) <= right + 7.5:
        for name, sum_ in parts:
            paper.text(x, base, name, 9)
            x += wide(name, 9) + 1.8
            paper.text(x, base, sum_, 10, BOLD)
            x += wide(sum_, 10, BOLD) + 5.7
    else:
        fitted = fit_box("　".join(f"{name} {sum_}" for name, sum_ in parts), right - x, 6.4, 8.5, MEDIUM)
        paper.lines(x, middle(fitted, y + 1.4, 6.4), fitted)
    paper.line(LEFT_EDGE, y + 8.9, RIGHT_EDGE, y + 8.9, 0.6, LINE)


def _settled(paper: Paper, facts: ReceiptFacts, y: float) -> None:
    """本次应收, 本次实收, 尚欠, 账户结余: the four figures that parents ask about."""
    owed, credit = max(0, facts.balance_fen), max(0, -facts.balance_fen)
    width = (RIGHT_EDGE - LEFT_EDGE) / 4
    for place, (chinese, english, fen, colour) in enumerate((
        ("本次应收", "Due", facts.due_fen, INK), ("本次实收", "Paid now", facts.paid_fen, INK),
        ("尚欠", "Still owed", owed, RED if owed else INK), ("账户结余", "Balance", credit, INK),
    )):  # fmt: skip
        x = LEFT_EDGE + place * width
        blocks.caption(paper, x, y + 2.2, chinese, english, size=7.2)
        amount = fit_box(f"¥{yuan(fen)}", width - 4, 5, 11, BOLD if fen else REGULAR, 0.5)
        paper.lines(x, y + 7.2, amount, colour)
        if chinese == "尚欠" and not owed:
            paper.text(x + wide(amount.lines[0], amount.size, amount.weight) + 2.5, y + 7.2, "已结清", 9, BOLD, PRIMARY)


def _signatures(paper: Paper, facts: ReceiptFacts) -> None:
    blocks.code(paper, facts.code, LEFT_EDGE, 114.8, 20)
    x = LEFT_EDGE + 24
    blocks.caption(paper, x, 118.4, "校验码", "Check", size=7.2)
    check = facts.check
    grouped = f"{check[:4]}-{check[4:]}" if len(check) == 8 else check
    paper.lines(x, 123.2, fit_box(grouped, 27, 5, 10, MEDIUM))
    paper.text(x, 129.6, "前台扫码查询", 7.5, REGULAR, INK2)
    paper.text(x, 133.6, f"开具 {words.minute(facts.issued_at)}", 7.2, REGULAR, INK3)
    left, line = 119.0, 134.0
    for y, label, value in (
        (118.6, "收款单位", facts.centre.name), (126.2, "收 款 人", facts.cashier), (133.8, "交款人签字", ""),
    ):  # fmt: skip
        paper.text(left, y, label, 8, REGULAR, INK2)
        fitted = fit_box(value, 29, 6, 10, MEDIUM)
        paper.lines(left + 16, _rest_on(fitted, y), fitted)
        paper.line(left + 15, y + 1.9, left + 46, y + 1.9, 0.6, LINE)
        line = y
    blocks.seal(paper, 180.8, line - 9, 12, ("收款专用章", "盖章有效"))
