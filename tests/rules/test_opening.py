"""What stands in a centre's own list of current children is understood as it is meant (P19)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import dates
from app.rules.opening import columns, headers, rows, services, table, values
from app.rules.opening.services import Known, World

TODAY = "2026-11-24"
WORLD = World(
    (
        Known(1, "午托", "care", "lunch", "month"), Known(2, "晚托", "care", "after_school", "month"),
        Known(3, "午晚托", "care", "both", "month"), Known(4, "晚餐", "meal", "none", "meal"),
    ),
    ("三年级晚托班",), TODAY,
)  # fmt: skip
WEEK, MO_WE_FR = 0b11111, 0b10101


@pytest.mark.clause("P19")
@pytest.mark.parametrize(
    ("text", "debt", "credit"),
    [
        ("欠 300", 30_000, 0), ("欠费300元", 30_000, 0), ("-300", 30_000, 0), ("−300", 30_000, 0),
        ("(300)", 30_000, 0), ("还差 50", 5_000, 0), ("余额 120.5", 0, 12_050), ("余120.50元", 0, 12_050),
        ("120.10000000000001", 0, 12_010), ("多交 50", 0, 5_000), ("¥1,200.00", 0, 120_000), ("+80", 0, 8_000),
        ("已结清", 0, 0), ("0", 0, 0), ("无", 0, 0), ("", 0, 0), ("３００", 0, 30_000),
    ],
)  # fmt: skip
def test_money_is_read_with_its_words_and_signs(text: str, debt: int, credit: int) -> None:
    assert (values.money(text).debt_fen, values.money(text).credit_fen) == (debt, credit)


@pytest.mark.clause("P19")
def test_the_column_says_what_a_bare_figure_is_and_words_go_before_it() -> None:
    assert values.money("300", "debt").debt_fen == 30_000
    assert values.money("300", "credit").credit_fen == 30_000
    assert values.money("余额 20", "debt") == values.Money(0, 2_000)
    assert values.money("欠 20", "credit") == values.Money(2_000, 0)
    assert values.money("-300", "debt") == values.Money(30_000, 0, contradicts=True)


@pytest.mark.clause("P19")
@pytest.mark.parametrize("text", ["三百", "欠300余20", "300/2", "1.234", "99999999", "下月再交"])
def test_money_that_is_not_clear_is_not_guessed(text: str) -> None:
    with pytest.raises(values.UnclearError):
        values.money(text)


@pytest.mark.clause("P19")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-31", "2026-12-31"), ("12月", "2026-12-31"), ("1月", "2027-01-31"), ("9月", "2026-09-30"),
        ("12", "2026-12-31"), ("2026.12", "2026-12-31"), ("2027年2月", "2027-02-28"), ("26年12月", "2026-12-31"),
        ("202701", "2027-01-31"), ("1月底", "2027-01-31"), ("十二月", "2026-12-31"), ("12月15日", "2026-12-15"),
        ("12.31", "2026-12-31"), ("1/15", "2027-01-15"), ("已交至2027年1月", "2027-01-31"), ("交到12月", "2026-12-31"),
        ("2026年12月31日止", "2026-12-31"), ("46387", "2026-12-31"), ("", ""), ("无", ""), ("2026.1", "2026-01-31"),
    ],
)  # fmt: skip
def test_until_when_it_is_paid_is_read_and_a_month_is_paid_to_its_end(text: str, expected: str) -> None:
    assert values.paid_until(text, TODAY) == expected


@pytest.mark.clause("P19")
@pytest.mark.parametrize("text", ["本学期", "13月", "2026-02-30", "1988-01-01", "看情况", "0"])
def test_a_last_day_that_is_not_clear_is_not_guessed(text: str) -> None:
    with pytest.raises(values.UnclearError):
        values.paid_until(text, TODAY)


@given(st.integers(1, 12), st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31)))
def test_a_month_without_a_year_is_never_far_away(month: int, today: date) -> None:
    found = values.paid_until(f"{month}月", today.isoformat())
    away = int(found[:4]) * 12 + int(found[5:7]) - today.year * 12 - today.month
    assert int(found[5:7]) == month
    assert -values.BEHIND <= away <= values.AHEAD


@pytest.mark.clause("P19")
@pytest.mark.parametrize(
    ("text", "tenths"), [("12", 120), ("12天", 120), ("剩 5.5 次", 55), ("0", 0), ("-2", -20), ("用完", 0), ("",
    None)],
)  # fmt: skip
def test_days_and_meals_left_are_read_in_tenths(text: str, tenths: int | None) -> None:
    assert values.left(text) == tenths


@pytest.mark.clause("P19")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("午托", [("午托", WEEK)]), ("全托", [("午晚托", WEEK)]), ("午托周一三五", [("午托", MO_WE_FR)]),
        ("午托周一、三、五", [("午托", MO_WE_FR)]), ("午托+晚托", [("午托", WEEK), ("晚托", WEEK)]),
        ("晚托 周二周四", [("晚托", 0b01010)]), ("午托（周一至周五）、晚托（1,3,5）", [("午托", WEEK), ("晚托",
        MO_WE_FR)]),
        ("放学后托管", [("晚托", WEEK)]), ("晚托、晚餐", [("晚托", WEEK), ("晚餐", WEEK)]), ("书法", [(None, WEEK)]),
        ("", []), ("无", []),
    ],
)  # fmt: skip
def test_services_are_found_by_name_or_by_what_people_call_them(
    text: str, expected: list[tuple[str | None, int]],
) -> None:  # fmt: skip
    found = services.asked(text, 0, WORLD)
    assert [(one.service.name if one.service else None, one.weekdays) for one in found] == expected


def test_where_a_centre_has_no_service_for_both_it_is_two() -> None:
    apart = World(WORLD.services[:2], (), TODAY)
    assert [one.service.name for one in services.asked("全托", 0, apart) if one.service] == ["午托", "晚托"]


@pytest.mark.clause("P19")
@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("已交至", "paid_until"), ("交到几月", "paid_until"), ("到期日期", "paid_until"), ("剩余天数", "days_left"),
        ("剩餐", "meals_left"), ("剩余餐数", "meals_left"), ("欠费", "debt"), ("余额", "balance"), ("欠费/余额",
        "balance"),
        ("预存", "credit"), ("托管类型", "services"), ("每周几天", "weekdays"), ("学号", "old_number"), ("备注",
        "note"),
        ("所在托管班", "class"),
    ],
)  # fmt: skip
def test_headers_of_such_lists_are_known(text: str, field: str) -> None:
    assert headers.field(text) == f"opening.{field}"


@pytest.mark.parametrize("text", ["姓名", "家长电话", "过敏", "就读学校", "妈妈手机", "出生日期", ""])
def test_headers_of_forms_are_left_to_the_forms(text: str) -> None:
    assert headers.field(text) == ""


@pytest.mark.clause("P19")
def test_a_bare_class_is_the_schools_where_its_cells_look_like_one() -> None:
    header = ("姓名", "班级", "电话")
    of_school = [("张珞晨", "3年2班", "13800000001"), ("李一诺", "二（1）班", "13800000002")]
    of_centre = [("张珞晨", "彩虹班", "13800000001"), ("李一诺", "三年级晚托班", "13800000002")]
    assert columns.propose(header, of_school, WORLD)[1] == "child.school_class"
    assert columns.propose(header, of_centre, WORLD)[1] == "opening.class"


@pytest.mark.clause("P19")
def test_sheets_stand_below_each_other_and_their_names_are_the_classes() -> None:
    header = ("姓名", "电话", "已交至", "欠费")
    first = (("安心托管一年级午托班名单", "", "", ""), header, ("张珞晨", "13800000001", "12月", ""), ("合计", "",
    "", "300"))
    other = (("姓名", "欠费", "电话"), ("李一诺", "300", "13800000002"))
    found = table.find([("Sheet1", first), ("三年级晚托班", other)], WORLD)
    assert found is not None
    assert found.rows == (
        ("一年级午托班", "张珞晨", "13800000001", "12月", ""), ("三年级晚托班", "李一诺", "13800000002", "", "300"),
    )
    assert found.columns[0] == "opening.class"
    assert [(one.sheet, one.line) for one in found.places] == [("Sheet1", 3), ("三年级晚托班", 2)]


@pytest.mark.clause("P19")
def test_a_column_for_each_service_is_read_as_services() -> None:
    header = ("姓名", "电话", "午托", "晚托", "晚托到期")
    found = table.find([("表1", (header, ("张珞晨", "13800000001", "√", "周一三五", "2026-12-31")))], WORLD)
    assert found is not None
    prepared = rows.prepare(found.header, found.columns, found.rows, WORLD)
    opening = rows.read_opening(found.rows[0], prepared)
    assert [(one.service.name, one.weekdays, one.paid_until) for one in opening.lines] == [
        ("午托", WEEK, ""), ("晚托", MO_WE_FR, "2026-12-31"),
    ]  # fmt: skip


@pytest.mark.clause("P19")
def test_days_left_tell_when_the_paid_time_ends() -> None:
    assert rows.last_day("2026-11-24", 3, WEEK) == "2026-11-26"
    assert rows.last_day("2026-11-24", 4, WEEK) == "2026-11-27"
    assert rows.last_day("2026-11-24", 5, WEEK) == "2026-11-30"
    assert rows.last_day("2026-11-24", 2, MO_WE_FR) == "2026-11-27"
    assert rows.last_day("2026-11-24", 0, WEEK) == "2026-11-23"


@given(st.text(max_size=40))
def test_whatever_stands_in_a_cell_is_read_or_unclear(text: str) -> None:
    for read in (values.money, values.left, lambda one: values.paid_until(one, TODAY)):
        try:
            read(text)
        except values.UnclearError:
            continue
    services.asked(text, 0, WORLD)
    headers.field(text)


CELL = st.one_of(
    st.text(max_size=12), st.sampled_from((
        "欠 300", "余120", "−20", "12月", "2026.1", "午托+晚托", "√", "周一三五", "13800000001", "三（2）班", "无",
        "合计", "1e9",
        "=1+1", "2026-02-30", "5.5", "（至）", "周", "至12月", "全托（）",
    )),
)  # fmt: skip


@pytest.mark.clause("P19")
@given(st.lists(st.lists(CELL, min_size=9, max_size=9), min_size=1, max_size=4))
def test_whatever_stands_in_a_list_every_row_is_checked_and_nothing_breaks(cells: list[list[str]]) -> None:
    header = ("姓名", "家长", "电话", "午托", "托管类型", "晚托到期", "剩余天数", "欠费/余额", "班级")
    found = table.find([("一班", (("名单",) + ("",) * 8, header, *map(tuple, cells)))], WORLD)
    assert found is not None
    prepared = rows.prepare(found.header, found.columns, found.rows, WORLD)
    checked = rows.check(found.header, found.rows, {}, prepared, b"salt")
    for one in checked:
        opening = rows.read_opening(found.rows[one.n - 1], prepared)
        assert opening.debt_fen >= 0 <= opening.credit_fen
        assert all(not line.paid_until or dates.is_date(line.paid_until) for line in opening.lines)
        rows.registration(found.rows[one.n - 1], prepared)
        assert all(one.code for one in one.problems)
