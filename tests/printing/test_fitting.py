"""Fitting: no character is lost, no line is wider than its room, marks stay where they belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing import coverage, fitting, fonts
from app.printing.fitting import MM

TEXT = st.text(alphabet="张珺晨托管中心，。；（）《》“”1234567890abcdefgh -/𠮷𡋾劉Ω\n", max_size=120)


@given(TEXT, st.floats(4, 80), st.floats(5, 15))
def test_wrapping_loses_no_character(text: str, width: float, size: float) -> None:
    lines = fitting.wrap(text, width, size)
    assert bare("".join(lines)) == bare(coverage.clean(text, lines=True))


@given(TEXT, st.floats(8, 80), st.floats(5, 15), st.sampled_from(fonts.WEIGHTS))
def test_no_line_is_wider_than_its_room(text: str, width: float, size: float, weight: str) -> None:
    for line in fitting.wrap(text, width, size, weight):
        assert fonts.width(line, weight, size) <= width * MM + 0.01 or len(line) == 1


@given(TEXT, st.floats(10, 80), st.floats(4, 30))
def test_a_box_holds_its_text(text: str, width: float, height: float) -> None:
    fitted = fitting.fit_box(text, width, height, 10)
    assert len(fitted.lines) == 1 or fitted.height <= height
    assert all(fonts.width(line, fitted.weight, fitted.size) <= width * MM + 0.6 for line in fitted.lines)
    assert bare("".join(fitted.lines)) == bare(coverage.clean(text, lines=True))


def test_a_short_text_keeps_its_size_and_a_longer_one_becomes_smaller_before_it_breaks() -> None:
    assert fitting.fit("张珺晨", 30, 10).size == 10
    nearly = fitting.fit("张珺晨" * 4, 38, 10)
    assert len(nearly.lines) == 1
    assert 7.8 <= nearly.size < 10
    assert len(fitting.fit("张珺晨" * 9, 38, 10).lines) > 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五，六七", ["一二三四", "五，六七"]),
        ("一二三四（六七）", ["一二三四", "（六七）"]),
        ("ab cdef gh", ["ab cdef", "gh"]),
        ("一二\n三四", ["一二", "三四"]),
    ],
)
def test_marks_and_words_stay_together(text: str, lines: list[str]) -> None:
    room = 5.4 if text[0] == "一" else 4.2
    assert fitting.wrap(text, room * 10 / MM, 10) == lines


def test_a_word_wider_than_the_line_is_broken_rather_than_cut_off() -> None:
    lines = fitting.wrap("W" * 50, 20, 10)
    assert "".join(lines) == "W" * 50
    assert len(lines) > 1


def bare(text: str) -> str:
    return "".join(text.split())
