"""What a family asked for in its own words becomes lines to propose."""

import pytest

from app.rules.opening.services import Known
from app.rules.person import WEEKDAYS_ALL
from app.rules.wanted import propose

SERVICES = (
    Known(1, "晚托", "care", "after_school", "month"), Known(2, "午托", "care", "lunch", "month"),
    Known(3, "晚餐", "meal", "none", "meal"), Known(4, "材料费", "fee", "none", "once"),
)  # fmt: skip


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("午托+晚托", [("午托", WEEKDAYS_ALL), ("晚托", WEEKDAYS_ALL)]),
        ("午托、晚托", [("午托", WEEKDAYS_ALL), ("晚托", WEEKDAYS_ALL)]),
        ("全托", [("午托", WEEKDAYS_ALL), ("晚托", WEEKDAYS_ALL)]),
        ("放学后托管", [("晚托", WEEKDAYS_ALL)]),
        ("午托 480.00 元/月（周一、周三）；晚餐 15 元/餐", [("午托", 0b101), ("晚餐", WEEKDAYS_ALL)]),
        ("晚托（周二、周四）", [("晚托", 0b1010)]),
        ("", []),
        ("无", []),
    ],
)
def test_services_are_found_by_name_and_by_what_else_they_are_called(said: str, lines: list[tuple[str, int]]) -> None:
    found = propose(said, SERVICES, "2026-09-14")
    assert [(one.service_name, one.weekdays) for one in found.lines] == lines
    assert found.unknown == ()
    assert {(one.from_date, one.to_date) for one in found.lines} <= {("2026-09-14", "2027-01-31")}


@pytest.mark.clause("P1")
def test_what_the_centre_does_not_have_is_named_and_the_rest_is_proposed() -> None:
    found = propose("午托、游泳课", SERVICES, "2026-09-14")
    assert ([one.service_id for one in found.lines], found.unknown) == ([2], ("游泳课",))


@pytest.mark.clause("P5")
def test_a_price_in_the_text_is_not_taken_over() -> None:
    (line,) = propose("晚托 ¥1,280.50 元/学期", SERVICES, "2026-09-14").lines
    assert (line.unit, line.unit_fen) == ("month", 0)


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("said", "days", "first", "last"),
    [
        ("午托（周一至周五，2026-09-01 至 2027-01-20）", WEEKDAYS_ALL, "2026-09-01", "2027-01-20"),
        ("午托（周一、三、五，2026-09-21 起）", 0b10101, "2026-09-21", "2027-01-31"),
        ("午托（至 2026-12-31）", WEEKDAYS_ALL, "2026-09-14", "2026-12-31"),
        ("午托（至 2026-02-31）", WEEKDAYS_ALL, "2026-09-14", "2027-01-31"),
        ("午托（周一、三、五）", 0b10101, "2026-09-14", "2027-01-31"),
    ],
)
def test_days_and_dates_that_stand_beside_a_service_are_its_own(said: str, days: int, first: str, last: str) -> None:
    found = propose(f"{said}；晚托", SERVICES, "2026-09-14")
    assert found.unknown == ()
    lunch, care = found.lines
    assert (lunch.service_name, lunch.weekdays, lunch.from_date, lunch.to_date) == ("午托", days, first, last)
    assert (care.service_name, care.from_date, care.to_date) == ("晚托", "2026-09-14", "2027-01-31")
