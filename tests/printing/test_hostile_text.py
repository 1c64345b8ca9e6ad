"""Whatever somebody types, the papers are drawn, hold all of it that can be printed, and nothing leaves the page."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.printing import confirmation_sheet, coverage, receipt
from app.printing.receipt import ReceiptLine
from app.rules.person import Contact, Discount, EnrolmentLine, Guardian, Health, PickUp, Services
from tests.printing import reading, samples
from tests.printing.reading import bare

SIGNS = (
    "<>&\"'\\()[]{}%#/|~^`$@!?*=+-_.,;:·•—…“”‘’《》（）【】　 \t\n\r\x00\x07\x7f\u200b\u202e\ufeff\ufe0f\u0301ĄŁßñ€¥〇"
)
ODD = [
    "</para>",
    "<b>",
    "%s{}",
    "\\n",
    "(Tj)",
    "endstream",
    "𠮷",
    "𡋾",
    "𬍛",
    "㛃",
    "劉",
    "한",
    "김",
    "👨‍👩‍👧",
    "ﷺ",
    "\ud800",
]
TEXT = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
    st.text(alphabet=SIGNS, max_size=40),
    st.lists(st.sampled_from([*ODD, "张", "托管", "abc "]), max_size=20).map("".join),
    st.integers(1, 200).map(lambda count: "长" * count),
    st.integers(1, 120).map(lambda count: "W" * count),
)
QUIETLY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def printed(text: str) -> str:
    """What of a text should stand on the paper, without blanks."""
    plain = coverage.clean(text, lines=True)
    known = (sign if sign.isspace() or coverage.font_of(sign) else coverage.stand_in(sign) for sign in plain)
    return bare("".join(known))


@given(name=TEXT, other=TEXT, work=TEXT, note=TEXT, item=TEXT, reason=TEXT)
@QUIETLY
def test_a_sheet_takes_any_text(name: str, other: str, work: str, note: str, item: str, reason: str) -> None:
    registration = replace(
        samples.USUAL,
        child=replace(
            samples.USUAL.child,
            name=name,
            address=note,
            school=other,
            heard_of=reason,
            identity_number=item,
        ),
        guardians=(Guardian(other, name, work, reason, work),),
        contacts=(Contact(name, other, item),),
        pick_up=PickUp(goes_home_alone=True, alone_from=item[:5], note=note),
        health=Health(("other",), note, other, name, reason, item, work),
        services=Services(
            (EnrolmentLine(1, item, "both", 127, name[:10], "", other, 1, 1),),
            (Discount(reason, name, 1),),
        ),
    )
    paper = confirmation_sheet.draw(samples.sheet(registration, changes=((name, other, note),), clerk=other))
    words = reading.words(paper)
    for text in (name, other, note, reason):
        for sign in set(printed(text)):
            assert sign in words, (sign, text)
    assert not reading.outside(paper)
    assert all(reading.fonts(paper).values())


@given(child=TEXT, payer=TEXT, item=TEXT, period=TEXT, method=TEXT, cashier=TEXT)
@QUIETLY
def test_a_receipt_takes_any_text(
    child: str,
    payer: str,
    item: str,
    period: str,
    method: str,
    cashier: str,
) -> None:
    facts = samples.receipt(
        child=child, payer=payer, lines=(ReceiptLine(item, period, method, 1, who=payer),) * 2,
        methods=((method, 628000),),
        cashier=cashier, class_text=period, student_number=item[:16],
    )  # fmt: skip
    paper = receipt.draw(facts)
    words = reading.words(paper)
    for text in (child, payer, item, period, method, cashier):
        for sign in set(printed(text)):
            assert sign in words, (sign, text)
    assert not reading.outside(paper)
    assert receipt.draw(facts) == paper
