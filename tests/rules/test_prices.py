from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import prices
from app.rules.person import Discount, EnrolmentLine, Services
from app.rules.prices import Counted, DiscountRule, Price

pytestmark = pytest.mark.clause("P5")

EVERY_DAY, MON_WED_FRI = 0b11111, 0b10101
AUTUMN = ("2026-09-14", "2027-01-22")
CARE = EnrolmentLine(
    service_id=1, service_name="晚托", from_date=AUTUMN[0], to_date=AUTUMN[1], unit="month", unit_fen=78_000,
    quantity=5,
)  # fmt: skip
MEALS = replace(CARE, service_id=4, service_name="晚餐", unit="meal", unit_fen=1_500, quantity=95)
DEPOSIT = EnrolmentLine(service_id=8, service_name="押金", unit="deposit", unit_fen=50_000)


@pytest.mark.parametrize(
    ("unit", "weekdays", "quantity", "care_days"),
    [
        ("month", EVERY_DAY, 5, 95),
        ("half_month", EVERY_DAY, 10, 95),
        ("term", EVERY_DAY, 1, 95),
        ("week", EVERY_DAY, 19, 95),
        ("day", EVERY_DAY, 95, 95),
        ("day", MON_WED_FRI, 57, 57),
        ("meal", EVERY_DAY, 95, 95),
        ("session", 0b1000000, 18, 18),
        ("hour", MON_WED_FRI, 57, 57),
        ("once", EVERY_DAY, 1, 95),
        ("day", 0, 0, 0),
    ],
)
def test_the_quantity_comes_from_the_period_with_its_days(
    unit: str,
    weekdays: int,
    quantity: int,
    care_days: int,
) -> None:
    assert prices.count(unit, *AUTUMN, weekdays) == Counted(quantity, care_days)


@pytest.mark.parametrize(
    ("unit", "first", "last", "quantity"),
    [
        ("half_month", "2026-09-16", "2026-09-30", 1),
        ("half_month", "2026-09-15", "2026-09-30", 2),
        ("month", "2026-09-16", "2026-09-30", 1),
        ("day", "2026-09-14", "2026-09-14", 1),
        ("month", "2026-09-14", "2026-09-14", 1),
        ("term", "2026-09-14", "2026-09-14", 1),
        ("week", "2026-09-14", "2026-09-20", 1),
        ("week", "2026-09-14", "2026-09-21", 2),
        ("deposit", "", "", 1),
        ("once", "", "", 1),
        ("month", "", "", 0),
        ("month", "2026-09-30", "2026-09-16", 0),
        ("day", "2026-09-31", "2026-10-16", 0),
    ],
)
def test_begun_units_count_and_a_wrong_period_has_none(unit: str, first: str, last: str, quantity: int) -> None:
    assert prices.count(unit, first, last, EVERY_DAY).quantity == quantity


def test_an_unknown_unit_is_a_bug() -> None:
    with pytest.raises(ValueError):
        prices.count("year", *AUTUMN, EVERY_DAY)


def test_every_unit_can_be_counted() -> None:
    assert all(prices.count(unit, *AUTUMN, EVERY_DAY).quantity > 0 for unit in prices.UNITS)


LIST = (
    Price("month", 70_000, "2025-09-01"),
    Price("month", 78_000, "2026-09-01"),
    Price("month", 85_000, "2027-02-01"),
    Price("day", 5_000, "2026-09-01"),
)


@pytest.mark.parametrize(
    ("unit", "day", "fen"),
    [
        ("month", "2026-08-31", 70_000),
        ("month", "2026-09-01", 78_000),
        ("month", "2027-01-31", 78_000),
        ("month", "2027-02-01", 85_000),
        ("month", "2025-08-31", None),
        ("meal", "2026-09-14", None),
    ],
)
def test_the_newest_price_on_a_day_is_valid(unit: str, day: str, fen: int | None) -> None:
    assert prices.price_on(LIST, unit, day) == fen
    assert prices.price_on(reversed(LIST), unit, day) == fen


def test_the_prices_of_a_day_by_unit() -> None:
    assert prices.prices_on(iter(LIST), "2026-09-14") == {"month": 78_000, "day": 5_000}


def test_a_line_gets_price_and_quantity_from_its_period() -> None:
    line = replace(CARE, unit_fen=0, quantity=0)
    assert prices.priced(line, LIST, "2026-09-14") == CARE
    by_day = prices.priced(replace(line, unit="day", weekdays=MON_WED_FRI), LIST, "2026-09-14")
    assert (by_day.unit_fen, by_day.quantity, by_day.amount_fen) == (5_000, 57, 285_000)
    assert prices.priced(replace(line, unit="term"), LIST, "2026-09-14").unit == "month"
    assert prices.priced(CARE, (), "2026-09-14") == CARE


@pytest.mark.parametrize(
    ("fen", "share", "part"),
    [(101, 5_000, 51), (390_000, 500, 19_500), (1, 4_999, 0), (333, 1_000, 33)],
)
def test_a_share_of_an_amount_is_rounded_half_up(fen: int, share: int, part: int) -> None:
    assert prices.share_of(fen, share) == part


def test_brothers_and_sisters_cost_less_care_but_not_less_food_or_deposit() -> None:
    services = Services((CARE, MEALS, DEPOSIT), (Discount("by_hand", "老师子女", 10_000),))
    proposed = prices.propose(services, (DiscountRule("siblings", share=500),))
    assert proposed.discounts == (Discount("siblings", "", 19_500), Discount("by_hand", "老师子女", 10_000))
    assert proposed.total_fen == 390_000 + 142_500 + 50_000 - 29_500


def test_a_proposal_follows_the_lines_and_goes_when_its_reason_goes() -> None:
    rule = DiscountRule("siblings", fen=20_000)
    services = prices.propose(Services((CARE,)), (rule,))
    assert services.discounts == (Discount("siblings", "", 20_000),)
    assert prices.propose(services, (rule,)) == services
    shorter = replace(services, lines=(replace(CARE, unit_fen=10_000, quantity=1),))
    assert prices.propose(shorter, (rule,)).discounts == (Discount("siblings", "", 10_000),)
    assert prices.propose(services, ()).discounts == ()
    assert prices.propose(services, (rule,), removed=("siblings",)).discounts == ()
    assert prices.propose(replace(services, lines=(DEPOSIT,)), (rule,)).discounts == ()


@given(
    st.lists(st.tuples(st.sampled_from(prices.UNITS), st.integers(0, 10**7), st.integers(0, 300)), max_size=5),
    st.integers(0, 10_000),
    st.integers(0, 10**8),
)
def test_a_discount_is_never_more_than_the_care_costs(lines: list[tuple[str, int, int]], share: int, fen: int) -> None:
    wanted = tuple(EnrolmentLine(unit=unit, unit_fen=price, quantity=many) for unit, price, many in lines)
    services = prices.propose(Services(wanted), (DiscountRule("siblings", share, fen),))
    off = sum(one.fen for one in services.discounts)
    assert 0 <= off <= sum(line.amount_fen for line in wanted)
    assert services.total_fen == sum(line.amount_fen for line in wanted) - off
