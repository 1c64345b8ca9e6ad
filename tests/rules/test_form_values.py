"""What families write into forms is understood: dates, phones, sexes, relations, grades, people in one cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import dates
from app.rules.form_values import answers, days, people, school

TODAY = "2026-09-12"
BORN = "2018-03-05"


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    "written",
    [
        "2018-03-05", "2018-3-5", "2018/03/05", "2018/3/5", "2018.3.5", "2018.03.05", "20180305", "2018年3月5日",
        "2018年03月05日", "2018 年 3 月 5 日", "2018年3月5号", "2018 3 5", "2018、3、5", "2018。3。5",
        "2018-03-05 00:00:00",
        "2018/3/5 0:00", "2018-03-05T00:00:00", "2018-03-05T00:00:00.000Z", "２０１８－０３－０５",
        "２０１８年３月５日", "二〇一八年三月五日",
        "二零一八年三月五日", "二○一八年三月五日", "5 Mar 2018", "5 March 2018", "Mar 5, 2018", "March 5 2018",
        "05-Mar-2018", "5-Mar-18",
        "18-3-5", "18/3/5", "180305", "43164", "43164.0", "2018年3月5日（星期一）", "2018-3-5 周一",
        " 2018-03-05 ", "2018年3月5日生",
        "2018.3.5 下午 3:00", "贰零壹捌年叁月伍日",
    ],
)  # fmt: skip
def test_a_birth_date_is_read_in_every_written_form(written: str) -> None:
    assert days.read(written, TODAY) == BORN


@pytest.mark.clause("P1")
@pytest.mark.parametrize("written", ["2018-02-30", "2018/13/1", "20180230", "2018年2月30日", "二〇一八年二月三十日"])
def test_a_day_that_does_not_exist_stays_as_it_was_written(written: str) -> None:
    assert days.read(written, TODAY) == written
    assert not dates.is_date(days.read(written, TODAY))


@pytest.mark.parametrize("written", ["不详", "五月", "2018", "2018年3月", "99999", "12345", "5/4/2018"])
def test_what_is_no_day_is_left_for_the_problems(written: str) -> None:
    assert days.read(written, TODAY) == written


@pytest.mark.clause("P1")
def test_a_column_tells_whether_the_day_or_the_month_stands_first() -> None:
    assert days.order(["5/4/2018", "", "13/4/2018"]) == days.DAY_FIRST
    assert days.order(["5/4/2018", "4/13/2018 10:00"]) == days.MONTH_FIRST
    assert days.order(["5/4/2018"]) == ""
    assert days.read("5/4/2018", TODAY, days.DAY_FIRST) == "2018-04-05"
    assert days.read("5/4/2018", TODAY, days.MONTH_FIRST) == "2018-05-04"


@given(st.dates(date(1990, 1, 1), date(2026, 9, 12)))
def test_every_form_of_a_day_gives_the_same_day(day: date) -> None:
    forms = (
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B} {day.year}", f"{day:%Y-%m-%d} 12:30:00",
        str((day - date(1899, 12, 30)).days),
    )  # fmt: skip
    assert {days.read(form, TODAY) for form in forms} == {day.isoformat()}


@given(st.text(max_size=30))
def test_whatever_is_written_as_a_day_stops_nothing(text: str) -> None:
    found = days.read(text, TODAY)
    assert not text.strip() or found


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("written", "meant"),
    [(word, "male") for word in ("男", "男孩", "男生", "M", "m", "♂", "boy", "Male", "Ｍ", " 男 ", "A.男", "1、男")]
    + [(word, "female") for word in ("女", "女孩", "女生", "F", "♀", "girl", "Female", "Ｆ", "B. 女")]
    + [(word, "") for word in ("", "保密", "未知", "?")],
)
def test_a_sex_is_read_as_word_letter_or_sign(written: str, meant: str) -> None:
    assert people.sex(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("父亲", "father"), ("爸爸", "father"), ("妈妈", "mother"), ("Mother", "mother"), ("媽媽", "mother"),
        ("外婆", "grandmother_m"),
        ("姥姥", "grandmother_m"), ("爷爷", "grandfather_p"), ("姑姑", "aunt"), ("舅舅", "uncle"), ("A.父亲",
        "father"), ("父子", "father"),
        ("邻居", "邻居"), ("", ""),
    ],
)  # fmt: skip
def test_a_relation_is_read_or_kept_in_its_own_words(written: str, meant: str) -> None:
    assert people.relation(written) == meant


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("冯燕明", ("冯燕明", "", "")),
        ("冯燕明（父亲）", ("冯燕明", "father", "")),
        ("冯燕明(母亲)", ("冯燕明", "mother", "")),
        ("贺华 邻居", ("贺华", "邻居", "")),
        ("父亲：冯燕明", ("冯燕明", "father", "")),
        ("冯燕明-爸爸", ("冯燕明", "father", "")),
        ("冯燕明 父亲 13812345678", ("冯燕明", "father", "13812345678")),
        ("冯燕明（138 1234 5678）", ("冯燕明", "", "13812345678")),
        ("Emma Müller (mother)", ("Emma Müller", "mother", "")),
        ("阿依古丽·买买提（妈妈）", ("阿依古丽·买买提", "mother", "")),
        ("冯燕明（小明）", ("冯燕明（小明）", "", "")),
    ],
)
def test_a_person_in_one_cell_is_taken_apart(cell: str, parts: tuple[str, str, str]) -> None:
    assert people.person(cell) == parts


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("written", "grade", "room"),
    [
        ("一年级", "1", ""), ("1年级", "1", ""), ("1", "1", ""), ("小一", "1", ""), ("G1", "1", ""), ("Grade 3",
        "3", ""),
        ("三（5）班", "3", "（5）班"), ("三(5)班", "3", "（5）班"), ("三年级5班", "3", "（5）班"),
        ("三年级（5）班", "3", "（5）班"), ("3年5班", "3", "（5）班"),
        ("302班", "3", "（2）班"), ("幼儿园大班", "k3", ""), ("大班", "k3", ""), ("中班", "k2", ""), ("小班",
        "k1", ""), ("初一", "7", ""),
        ("六年級", "6", ""), ("三年级十二班", "3", "（12）班"), ("高一", "", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_a_grade_is_read_with_the_class_behind_it(written: str, grade: str, room: str) -> None:
    assert school.grade_and_class(written) == (grade, room)


@pytest.mark.parametrize(
    ("written", "meant"), [("8", "（8）班"), ("8班", "（8）班"), ("(8)班", "（8）班"), ("三（8）班", "（8）班"),
        ("十二班", "（12）班"), ("彩虹班", "彩虹班")],
)  # fmt: skip
def test_a_school_class_gets_one_form(written: str, meant: str) -> None:
    assert school.school_class(written) == meant


def test_school_grade_and_class_in_one_cell_are_taken_apart() -> None:
    assert school.school("文新小学三（2）班") == ("文新小学", "3", "（2）班")
    assert school.school("求是小学（竺可桢校区）") == ("求是小学（竺可桢校区）", "", "")
    assert school.school("育才一小") == ("育才一小", "", "")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("同意", True), ("是", True), ("Yes", True), ("已阅读并同意", True), ("√", True), ("不同意", False), ("否",
        False), ("no", False), ("考虑一下", None)],
)  # fmt: skip
def test_yes_and_no_are_read_in_their_words(written: str, meant: bool | None) -> None:
    assert answers.yes(written) is meant


@pytest.mark.parametrize("written", ["无", "没有", "暂无", "/", "-", "None", "n/a", "无。", " 无 "])
def test_nothing_to_tell_is_understood(written: str) -> None:
    assert answers.is_nothing(written)
