"""The opening statement that a family signs: all of it stands there, whatever somebody typed (P19)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from app.printing import opening_statement
from app.rules.person import RELATIONS
from tests.printing import reading, samples
from tests.printing.reading import bare
from tests.printing.test_hostile_text import QUIETLY, TEXT, printed


@pytest.mark.clause("P19")
def test_everything_that_was_taken_over_stands_on_one_page() -> None:
    facts = samples.opening()
    paper = opening_statement.draw(facts)
    words = reading.words(paper)
    for text in (
        facts.number, "张志强", "李龑", "138 0571 2236", "张珺晨", "张一诺", "20260001", "VIP-0815", "三年级晚托班",
        "晚托", "周一、三、五", "2026-12-31", "12", "5.5", "300.00", "120.50", "人民币叁佰元整",
        "人民币壹佰贰拾元零伍角",
        "截至 2026 年 9 月 12 日", "家长（监护人）签字", "盖章处",
    ):
        assert bare(text) in words, text
    assert reading.pages(paper) == 1
    assert reading.codes(paper) == [facts.code]
    assert opening_statement.draw(facts) == paper
    assert all(reading.fonts(paper).values())


@pytest.mark.clause("P19")
def test_a_family_of_thirty_goes_on_further_pages_and_nobody_is_left_out() -> None:
    paper = opening_statement.draw(samples.much_opening())
    words = reading.words(paper)
    assert reading.pages(paper) > 3
    assert all(bare(f"{samples.FOREIGN} {at}") in words for at in range(30))
    assert bare("人民币玖仟元整") in words
    assert not reading.outside(paper)
    assert not reading.overlapping(paper)


def test_with_nothing_owed_it_says_so() -> None:
    (one, _) = samples.opening().children
    clean = replace(one, debt_fen=0, services=(), days_left="", meals_left="")
    words = reading.words(opening_statement.draw(samples.opening(children=(clean,), guardians=())))
    assert bare("全家欠费与结余（大写）人民币零元整") in words
    assert bare("（没有服务项目）") in words


@settings(QUIETLY, max_examples=15)
@given(TEXT, TEXT)
def test_whatever_was_typed_is_printed(name: str, class_name: str) -> None:
    (one, _) = samples.opening().children
    facts = samples.opening(
        children=(replace(one, name=name, class_name=class_name),), guardians=((name, RELATIONS[0], class_name),),
    )  # fmt: skip
    paper = opening_statement.draw(facts)
    words = reading.words(paper)
    assert printed(name) in words
    assert printed(class_name) in words
    assert not reading.outside(paper)
