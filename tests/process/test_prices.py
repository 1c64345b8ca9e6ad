"""Services and prices with their days, and what a registration costs."""

import pytest

from app.errors import Refused
from app.process import office, payment, prices
from app.rules.person import Discount, Services
from tests.builders import SERVICE, a_line, a_student
from tests.conftest import Centre


@pytest.mark.clause("P5")
def test_a_new_price_holds_from_its_day_and_touches_nothing_before(centre: Centre) -> None:
    student = a_student(centre.manager)
    prices.set_price(centre.finance, SERVICE["晚托"], "month", 88_000, "2027-02-01")
    row = next(one for one in prices.price_list(centre.finance) if one.service == "晚托" and one.unit == "month")
    assert (row.fen, row.next_fen, row.next_from) == (78_000, 88_000, "2027-02-01")
    for day, fen in (("2027-01-31", 78_000), ("2027-02-01", 88_000)):
        offer = next(one for one in prices.offers(centre.receptionist, day) if one.name == "晚托")
        assert dict(offer.prices)["month"] == fen
    assert payment.open_items(centre.finance, student).items[0].unit_fen == 78_000


@pytest.mark.clause("P5")
def test_a_price_needs_the_right_a_unit_a_sum_and_a_day(centre: Centre) -> None:
    for actor, unit, fen, day, code in (
        (centre.receptionist, "month", 100, "2027-01-01", "no_right"),
        (centre.finance, "fortnight", 100, "2027-01-01", "unknown_unit"),
        (centre.finance, "month", -1, "2027-01-01", "price_out_of_range"),
        (centre.finance, "month", 10**15, "2027-01-01", "price_out_of_range"),
        (centre.finance, "month", 100, "soon", "valid_from_missing"),
    ):
        with pytest.raises(Refused, match=code):
            prices.set_price(actor, SERVICE["晚托"], unit, fen, day)


@pytest.mark.clause("P5")
def test_a_service_has_its_own_name_and_can_be_taken_out_of_use(centre: Centre) -> None:
    with pytest.raises(Refused, match="service_name_taken"):
        prices.save_service(centre.finance, None, "晚托", "care", "after_school", "", active=True)
    with pytest.raises(Refused, match="service_name_missing"):
        prices.save_service(centre.finance, None, " ", "care", "after_school", "", active=True)
    prices.save_service(centre.finance, SERVICE["晚托"], "晚托", "care", "after_school", "", active=False)
    assert "晚托" not in [one.name for one in prices.offers(centre.receptionist, "2026-09-12")]
    assert "晚托" in [one.service for one in prices.price_list(centre.finance)]


@pytest.mark.clause("P1")
@pytest.mark.clause("P5")
def test_lines_are_priced_by_their_period_and_weekdays(centre: Centre) -> None:
    typed = Services(lines=(a_line(unit_fen=0, quantity=1), a_line("晚餐", unit="meal", unit_fen=0, weekdays=0b00101)))
    found = prices.propose(centre.receptionist, typed, siblings=0, today="2026-09-12")
    assert [(one.unit, one.unit_fen, one.quantity) for one in found.lines] == [
        ("month", 78_000, 5),
        ("meal", 1_500, 38),
    ]


@pytest.mark.clause("P5")
def test_brothers_and_sisters_are_proposed_a_discount_on_care_by_the_rule_and_hand_ones_stay(centre: Centre) -> None:
    typed = Services(lines=(a_line(), a_line("晚餐", unit="meal")), discounts=(Discount("by_hand", "老生优惠", 100),))
    found = prices.propose(centre.receptionist, typed, siblings=1, today="2026-09-12")
    assert [(one.rule, one.fen) for one in found.discounts] == [("siblings", 39_000), ("by_hand", 100)]
    again = prices.propose(centre.receptionist, found, siblings=1, today="2026-09-12", removed=("siblings",))
    assert [one.rule for one in again.discounts] == ["by_hand"]
    office.change_settings(centre.manager, {"sibling_discount_percent": "0"})
    assert len(prices.propose(centre.receptionist, typed, siblings=1, today="2026-09-12").discounts) == 1
