import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import normal

pytestmark = pytest.mark.clause("P3")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("张三", "张三"),
        (" 张　三 ", "张三"),
        ("张 子 晨", "张子晨"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("Anna  M. Smith", "Anna M. Smith"),
        ("Ａｎｎａ　Smith", "Anna Smith"),
        ("J.R. Müller", "J.R. Müller"),
        ("O'Neill", "O'Neill"),
        ("张\u200b三\ufeff", "张三"),
        ("葛\U000e0100城", "葛城"),
        ("⼀⽂", "一文"),
        ("李\uf9dc", "李隆"),
        ("张𠮷", "张𠮷"),
        ("\U00031350\U0002ebf0", "\U00031350\U0002ebf0"),
        ("\ue863", "\ue863"),
        ("张三。", "张三。"),
        ("张\r\n三", "张三"),
    ],
)
def test_names_are_put_in_order(typed: str, stored: str) -> None:
    assert normal.name(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 文三路　１２８号，Ａ座 ", "文三路 128号，A座"),
        ("三年级（２）班", "三年级（2）班"),
        ("a\tb\nc", "a b c"),
        ("微信：ｗｘ＿１", "微信：wx_1"),
        ("ab\x00c", "abc"),
    ],
)
def test_one_line_is_put_in_order_and_keeps_chinese_punctuation(typed: str, stored: str) -> None:
    assert normal.line(typed) == stored


def test_a_longer_text_keeps_its_lines() -> None:
    assert normal.lines("\r\n 花生 过敏；\r\n\r\n  点心　避免坚果 \n") == "花生 过敏；\n\n点心 避免坚果"


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", "110105 19491231 002X", "１１０１０５-１９４９１２３１-００２Ｘ"],
)
def test_the_number_of_a_document_is_put_in_order(typed: str) -> None:
    assert normal.number(typed) == "11010519491231002X"


def test_the_whole_row_of_full_width_signs_has_its_half_width_twin() -> None:
    wide = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000"
    assert normal.half_width(wide) == "".join(map(chr, range(0x21, 0x7F))) + " "


@given(st.text())
def test_what_is_in_order_stays_as_it_is(text: str) -> None:
    for order in (normal.name, normal.line, normal.lines, normal.number, normal.half_width):
        once = order(text)
        assert order(once) == once
