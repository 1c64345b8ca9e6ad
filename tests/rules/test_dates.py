from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.rules import dates

TODAY = "2026-09-12"
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)
NEAR_DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31)).map(date.isoformat)


@pytest.mark.clause("P3")
@pytest.mark.parametrize(
    "typed",
    [
        "2018-04-16",
        "2018-4-16",
        "2018/4/16",
        "2018.4.16",
        "2018.04.16.",
        "2018 4 16",
        "2018\\4\\16",
        "20180416",
        "2018年4月16日",
        "2018年04月16号",
        "2018 年 4 月 16 日",
        "２０１８年４月１６日",
        "２０１８－０４－１６",
        "二〇一八年四月十六日",
        "二零一八年四月十六日",
        "18-4-16",
        "18.4.16",
        "180416",
        "18年4月16日",
        "16 Apr 2018",
        "16 April 2018",
        "April 16, 2018",
        "Apr 16 2018",
        "16-Apr-2018",
        "16/04/2018",
        "04/16/2018",
        "16.4.2018",
        "2018-04-16 00:00:00",
        "2018-04-16T08:30",
        "2018/4/16 8:30:00",
        "2018-04-16T08:30:00.000Z",
        "2018-04-16 星期一",
        "2018年4月16日（周一）",
        " 2018-04-16\n",
    ],
)
def test_every_written_form_of_a_date_is_read(typed: str) -> None:
    assert dates.parse(typed, TODAY) == "2018-04-16"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("9-14", "2026-09-14"),
        ("9月14日", "2026-09-14"),
        ("9/14", "2026-09-14"),
        ("九月十四日", "2026-09-14"),
        ("十月二十日", "2026-10-20"),
        ("十二月三十一日", "2026-12-31"),
        ("今天", "2026-09-12"),
        ("昨天", "2026-09-11"),
        ("tomorrow", "2026-09-13"),
        ("1900-1-1", "1900-01-01"),
        ("2199-12-31", "2199-12-31"),
        ("36-1-1", "2036-01-01"),
        ("37-1-1", "1937-01-01"),
        ("2024-02-29", "2024-02-29"),
        ("5/5/2018", "2018-05-05"),
        ("二〇一八年十月十日", "2018-10-10"),
        ("1 Sept 2018", "2018-09-01"),
    ],
)
def test_short_forms_are_read_from_today(typed: str, day: str) -> None:
    assert dates.parse(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date_missing"),
        ("  ", "date_missing"),
        ("2018-02-30", "date_impossible"),
        ("2019-02-29", "date_impossible"),
        ("2018-13-01", "date_impossible"),
        ("20181301", "date_impossible"),
        ("0018-01-01", "date_impossible"),
        ("1899-12-31", "date_impossible"),
        ("2200-01-01", "date_impossible"),
        ("2018-00-10", "date_impossible"),
        ("99/99/2018", "date_impossible"),
        ("5/4/2018", "date_ambiguous"),
        ("昨夜", "date_unclear"),
        ("2018", "date_unclear"),
        ("2018-4", "date_unclear"),
        ("201804161", "date_unclear"),
        ("abc", "date_unclear"),
        ("16 Ju 2018", "date_unclear"),
        ("16 Mai 2018", "date_unclear"),
        ("Apr 2018", "date_unclear"),
        ("16 Apr 16 2018", "date_unclear"),
        ("٢٠١٨-٠٤-١٦", "date_unclear"),
        ("2018-04-16-01", "date_unclear"),
        ("-", "date_unclear"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        dates.parse(typed, TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize("typed", ["18-4-16", "180416", "9-14", "今天"])
def test_without_today_a_short_form_is_unclear(typed: str) -> None:
    with pytest.raises(Refused):
        dates.parse(typed)


@given(DAYS)
def test_a_date_written_in_any_full_form_reads_back(day: str) -> None:
    year, month, number = day.split("-")
    han = str.maketrans("0123456789", "〇一二三四五六七八九")
    for form in (day, day.replace("-", "/"), day.replace("-", ""), f"{year}年{int(month)}月{int(number)}日"):
        assert dates.parse(form) == day
        assert dates.parse(form.translate(han)) == day
    assert dates.parse(date.fromisoformat(day).strftime("%d %b %Y")) == day
    assert dates.is_date(day)


@given(st.text(max_size=20) | st.text("0123456789-/.年月日 十一二", max_size=12), st.sampled_from(["", TODAY]))
def test_anything_typed_gives_a_date_or_a_refusal(text: str, today: str) -> None:
    try:
        day = dates.parse(text, today)
    except Refused as refused:
        assert refused.code.startswith("date_")  # noqa: PT017 - both ways are right
    else:
        assert dates.is_date(day)


@pytest.mark.parametrize("text", ["", "2018-4-16", "20180416", "2018-02-30", "2018-W16-1", "2018-04-16 "])
def test_only_plain_iso_text_is_a_stored_date(text: str) -> None:
    assert not dates.is_date(text)


@pytest.mark.parametrize(
    ("text", "good"),
    [("16:30", True), ("00:00", True), ("24:00", False), ("9:05", False), ("16:60", False), ("", False)],
)
def test_a_time_of_day(text: str, good: bool) -> None:
    assert dates.is_time(text) is good


@pytest.mark.parametrize(
    ("born", "today", "years", "months"),
    [
        ("2018-04-16", "2026-09-12", 8, 4),
        ("2018-04-16", "2026-09-16", 8, 5),
        ("2018-04-16", "2026-04-15", 7, 11),
        ("2018-04-16", "2026-04-16", 8, 0),
        ("2020-02-29", "2021-02-28", 1, 0),
        ("2026-09-12", "2026-09-12", 0, 0),
        ("2018-01-31", "2018-02-28", 0, 1),
    ],
)
def test_an_age_has_years_and_months(born: str, today: str, years: int, months: int) -> None:
    assert dates.age(born, today) == dates.Age(years, months)


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError):
        dates.age("2026-09-13", "2026-09-12")


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-01-15", 0, "2026-01-15"),
    ],
)
def test_months_are_added_and_end_in_shorter_months(day: str, months: int, result: str) -> None:
    assert dates.add_months(day, months) == result


@given(NEAR_DAYS, st.integers(-200, 200))
def test_months_between_undoes_adding_months(day: str, months: int) -> None:
    later = dates.add_months(day, months)
    if later[8:] == day[8:]:
        assert dates.months_between(day, later) == months


@pytest.mark.clause("P5")
@pytest.mark.parametrize(
    ("first", "last", "months", "halves"),
    [
        ("2026-09-14", "2027-01-22", 5, 10),
        ("2026-09-01", "2026-09-30", 1, 2),
        ("2026-09-01", "2027-01-31", 5, 10),
        ("2026-09-16", "2026-09-30", 1, 1),
        ("2026-09-16", "2026-10-15", 1, 2),
        ("2026-09-16", "2026-10-16", 2, 3),
        ("2026-09-14", "2026-09-14", 1, 1),
        ("2026-01-31", "2026-02-27", 1, 3),
        ("2026-01-31", "2026-02-28", 2, 3),
        ("2026-01-31", "2026-03-30", 2, 5),
        ("2026-09-14", "2026-09-13", 0, 0),
    ],
)
def test_begun_months_and_half_months_of_a_period(first: str, last: str, months: int, halves: int) -> None:
    assert dates.months_begun(first, last) == months
    assert dates.half_months_begun(first, last) == halves


@given(NEAR_DAYS, st.integers(0, 800))
def test_as_many_months_are_begun_as_days_of_beginning_lie_in_the_period(first: str, days: int) -> None:
    last = dates.add_days(first, days)
    starts = 0
    while dates.add_months(first, starts) <= last:
        starts += 1
    assert dates.months_begun(first, last) == starts


@pytest.mark.clause("P1")
@given(NEAR_DAYS, st.integers(-3, 500), st.integers(0, 127))
def test_weekdays_are_counted_as_one_by_one(first: str, length: int, weekdays: int) -> None:
    last = dates.add_days(first, length)
    days = [date.fromisoformat(first) + timedelta(days=one) for one in range(length + 1)]
    wanted = [day.isoformat() for day in days if weekdays >> day.weekday() & 1]
    assert dates.weekdays_between(first, last, weekdays) == len(wanted)
    assert dates.days_between(first, last) == len(days)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-09-14", "2027-01-31"),
        ("2027-01-31", "2027-01-31"),
        ("2027-02-01", "2027-06-30"),
        ("2026-07-01", "2027-01-31"),
    ],
)
def test_the_end_of_the_term(day: str, end: str) -> None:
    assert dates.end_of_term(day) == end
    assert dates.end_of_term("2026-09-14", ("01-22", "07-03")) == "2027-01-22"
