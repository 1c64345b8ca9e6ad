"""The receipt: who paid what for whom, in figures and capitals, on A5 across with its counterfoil."""

from io import BytesIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.printing import receipt
from app.printing.fitting import MM
from app.printing.receipt import ReceiptLine
from app.rules.money import capitals, yuan
from tests.printing import reading, samples
from tests.printing.reading import bare


@pytest.fixture(scope="module")
def usual() -> bytes:
    return receipt.draw(samples.receipt())


@pytest.mark.clause("P5")
def test_a_receipt_is_one_page_of_a5_across(usual: bytes) -> None:
    page = pypdf.PdfReader(BytesIO(usual)).pages[0]
    assert (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM)) == (210, 148)
    assert reading.pages(usual) == 1


@pytest.mark.clause("P5")
def test_it_names_who_paid_for_whom_and_what_is_still_owed(usual: bytes) -> None:
    words = reading.words(usual)
    for text in (
        "今收到李龑（母亲）交来学员张珺晨", "20260318", "三年级A班", "SJ-2026-003421", "2026年9月12日", "课后托管",
        "2026-09-14至2027-01-22", "5月", "3,900.00", "−200.00", "微信5,000.00", "现金1,280.00",
        "收到现金1,300.00，找零20.00",
        "本次应收", "本次实收", "尚欠", "已结清", "校验码", "7F3A-91C2", "前台扫码查询", "本收据不是发票",
        "退费时请出示，遗失可查底档",
        "收款人陈琳", "收款专用章", "（以下空白）", "第二联", "收据存根",
    ):  # fmt: skip
        assert text in words or bare(text) in words, text


@pytest.mark.clause("P5")
def test_what_is_still_owed_and_what_is_left_over_are_told_apart() -> None:
    owed = reading.words(receipt.draw(samples.receipt(due_fen=828000, balance_fen=200000)))
    assert "尚欠Stillowed" in owed
    assert "¥2,000.00" in owed
    assert "已结清" not in owed
    left = reading.words(receipt.draw(samples.receipt(balance_fen=-35000)))
    assert "已结清" in left
    assert "¥350.00" in left


@pytest.mark.clause("P5")
@given(st.integers(min_value=0, max_value=10**12))
@settings(max_examples=40, deadline=None)
def test_capitals_and_figures_say_the_same_amount(fen: int) -> None:
    words = reading.words(receipt.draw(samples.receipt(paid_fen=fen, methods=(("cash", fen),))))
    assert f"人民币{capitals(fen)}" in words
    assert words.count(f"¥{yuan(fen)}") >= 3  # both parts and 本次实收


@pytest.mark.clause("P5")
def test_five_lines_stand_on_one_page_and_the_sixth_on_a_second_under_the_same_number() -> None:
    lines = tuple(ReceiptLine(f"项目{place}", "2026 秋季", "1 期", 100) for place in range(1, 7))
    assert reading.pages(receipt.draw(samples.receipt(lines=lines[:5]))) == 1
    paper = receipt.draw(samples.receipt(lines=lines))
    first, second = (bare(page.extract_text()) for page in pypdf.PdfReader(BytesIO(paper)).pages)
    assert "项目5" in first
    assert "项目6" not in first.replace("项目1、项目2、项目3、项目4、项目5、项目6", "")
    assert "项目6" in second
    for page in (first, second):
        assert page.count("SJ-2026-003421") == 2
        assert "¥6,280.00" in page
    assert "第1页/共2页，全部6项" in first
    assert "第2页/共2页" in second


@pytest.mark.clause("P5")
def test_long_names_and_large_sums_print_in_full() -> None:
    paper = receipt.draw(samples.much_receipt())
    words = reading.words(paper)
    for text in (
        samples.FOREIGN,
        samples.MUCH.child.name,
        samples.LONG_CENTRE.name,
        "国际双语实验（1）班",
        "1,234,567,890.12",
    ):
        assert bare(text) in words, text
    for line in samples.MANY_LINES:
        assert bare(line.item) in words
    assert not reading.outside(paper)
    assert not reading.overlapping(paper)


def test_rare_characters_print_and_can_be_copied() -> None:
    words = reading.words(receipt.draw(samples.receipt(child=samples.RARE, payer="劉國華")))
    assert samples.RARE in words
    assert "劉國華（母亲）" in words


def test_a_character_that_no_font_has_is_marked_and_does_not_vanish() -> None:
    assert "李〓" in reading.words(receipt.draw(samples.receipt(child="李\U0001f600")))


@pytest.mark.clause("P5")
def test_a_scanner_reads_the_code_from_a_print_at_150_dpi(usual: bytes) -> None:
    assert reading.codes(usual) == [samples.receipt().code]


def test_every_font_is_embedded(usual: bytes) -> None:
    for paper in (usual, receipt.draw(samples.much_receipt())):
        assert all(reading.fonts(paper).values())
        assert all("Antuo" in name for name in reading.fonts(paper))


def test_the_same_facts_give_the_same_bytes(usual: bytes) -> None:
    assert receipt.draw(samples.receipt()) == usual
    receipt.draw(samples.much_receipt())  # and another paper in between changes nothing
    assert receipt.draw(samples.receipt()) == usual


def test_a_pile_of_receipts_is_one_file_in_their_order() -> None:
    pile = receipt.draw_all([samples.receipt(number=f"SJ-2026-{place:06d}") for place in range(1, 21)])
    texts = [page.extract_text() for page in pypdf.PdfReader(BytesIO(pile)).pages]
    assert [place for place, text in enumerate(texts, 1) if f"SJ-2026-{place:06d}" in text] == list(range(1, 21))


@pytest.mark.clause("P5")
def test_a_line_may_name_its_child_when_one_payment_is_for_brothers_and_sisters() -> None:
    lines = (ReceiptLine("晚餐", fen=1000, who="张珺晨"), ReceiptLine("晚餐", fen=1000, who="张珺阳"))
    words = reading.words(receipt.draw(samples.receipt(lines=lines)))
    assert "晚餐（张珺晨）" in words
    assert "晚餐（张珺阳）" in words


def test_a_negative_amount_is_no_receipt() -> None:
    with pytest.raises(ValueError):
        receipt.draw(samples.receipt(paid_fen=-1))
