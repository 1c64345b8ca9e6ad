"""Prices: units, how many of them a period has, which price holds on a day, and discounts that are proposed by rule."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.rules import dates
from app.rules.money import half_up
from app.rules.person import Discount, EnrolmentLine

UNITS = ("term", "month", "half_month", "week", "day", "session", "meal", "once", "deposit")
BY_DAY = frozenset({"day", "session", "meal"})
SIBLINGS = "siblings"
"""Name of the rule for brothers and sisters (多孩优惠)."""


@dataclass(frozen=True)
class Price:
    """What one unit of a service costs from a day on: `fen`, `valid_from` as ISO date."""

    unit: str
    fen: int
    valid_from: str


@dataclass(frozen=True)
class Quantity:
    """How many units a period has, and of how many care days (so that the window can say so)."""

    units: int
    days: int


def valid_prices(prices: Iterable[Price], day: str) -> tuple[Price, ...]:
    """The price of each unit that holds on a day: the newest that began on or before it."""
    newest: dict[str, Price] = {}
    for price in prices:
        known = newest.get(price.unit)
        if price.valid_from <= day and (known is None or known.valid_from < price.valid_from):
            newest[price.unit] = price
    return tuple(newest[unit] for unit in UNITS if unit in newest)


def quantity(unit: str, first: str, last: str, weekdays: int) -> Quantity:
    """Count the units of a period (both days included) on the chosen weekdays (bit mask, Monday is bit 0).

    Begun months, half months and weeks count in full; days, sessions and meals by the weekdays; a term, a one-off fee
    and a deposit are one. Without a period, or with a reversed one, it is one unit of no days.
    """
    if not (dates.is_date(first) and dates.is_date(last)) or last < first:
        return Quantity(1, 0)
    days = dates.weekdays_between(first, last, weekdays)
    if unit in BY_DAY:
        return Quantity(days, days)
    if unit == "month":
        return Quantity(dates.months_begun(first, last), days)
    if unit == "half_month":
        return Quantity(dates.half_months_begun(first, last), days)
    if unit == "week":
        return Quantity(-(-dates.days_between(first, last) // 7), days)
    return Quantity(1, days)


def siblings_discount(lines: Iterable[EnrolmentLine], care_services: frozenset[int], percent: int) -> Discount | None:
    """Propose the discount for brothers and sisters: `percent` of the care lines, rounded half up to whole fen.

    Meals, fees and deposits are not reduced. None if it comes to nothing.
    """
    base = sum(line.amount_fen for line in lines if line.service_id in care_services)
    fen = half_up(base * percent, 100)
    return Discount(rule=SIBLINGS, fen=fen) if fen > 0 else None
