"""Which characters print: the everyday ones in three weights, rare ones from the fallbacks, none in silence."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from app import paths
from app.printing import coverage

ALL = ("regular", "medium", "bold", *coverage.FALLBACKS)
COMMON_IN_NAMES = "珺玥祎堃喆昇翀旸赟琤珣玙玚燚淼犇骉鑫垚晟昊煜妤婳甯璟璠暄禤﨑〇"


@pytest.mark.parametrize("font", ALL)
def test_the_characters_of_a_font_are_read_as_fonttools_reads_them(font: str) -> None:
    with TTFont(paths.font(font)) as other:
        expected = {code: other.getGlyphID(name) for code, name in other.getBestCmap().items()}
    assert coverage.glyphs(font) == expected


def test_the_three_weights_hold_the_same_characters() -> None:
    assert coverage.glyphs("regular") == coverage.glyphs("medium") == coverage.glyphs("bold")


def test_all_of_gb_2312_and_the_signs_of_papers_stand_in_the_three_weights() -> None:
    held = coverage.glyphs("regular")
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                sign = bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue
            assert ord(sign) in held, sign
    assert all(ord(sign) in held for sign in "−¥·—…“”‘’（）《》★→×÷²℃éñüößøăệ")
    assert all(ord(sign) in held for sign in COMMON_IN_NAMES if sign != "﨑"), "rare in GB 2312, common in names"


@pytest.mark.parametrize(
    ("sign", "font"),
    [("张", "regular"), ("𬍛", "regular"), ("㛃", "regular"), ("劉", "fallback-sc"), ("𡋾", "fallback-tc"),
     ("𠮷", "fallback-jp"), ("김", "fallback-kr"), ("😀", None), ("\ue000", None)],
)  # fmt: skip
def test_rare_characters_have_a_font(sign: str, font: str | None) -> None:
    assert coverage.font_of(sign) == font


def test_every_character_of_gbk_prints() -> None:
    signs = [bytes([high, low]) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF)]
    han = [sign for sign in (one.decode("gbk", "ignore") for one in signs) if sign and 0x4E00 <= ord(sign[0]) <= 0x9FFF]
    assert len(han) > 20_000
    assert coverage.missing("".join(han)) == ""


def test_what_no_font_has_is_told_once_and_in_order() -> None:
    assert coverage.missing("李😀\U0001f680张😀") == "😀🚀"
    assert coverage.missing("张珺晨 𠮷𡋾𬍛㛃") == ""


@pytest.mark.parametrize(("sign", "printed"), [("č", "c"), ("Ł", "L"), ("ğ", "g"), ("ı", "i"), ("😀", "〓")])
def test_a_letter_that_no_font_has_is_told_and_printed_as_passports_print_it(sign: str, printed: str) -> None:
    assert coverage.missing(sign) == sign
    assert coverage.stand_in(sign) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("é", "é"), ("a\u200bb", "ab"), ("张\ufe00三", "张三"), ("a\tb", "a b"), ("a\r\nb", "a b"), (" x ", "x"),
     ("\x00\x07", ""), ("\ud800", ""), ("\ufeff张", "张"), ("\u202e123", "123")],
)  # fmt: skip
def test_typed_text_is_made_printable(typed: str, printed: str) -> None:
    assert coverage.clean(typed) == printed


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = coverage.clean(text)
    assert coverage.clean(once) == once
