"""Prices: units, how many of a unit a period has, which price is valid, discounts by rule. All integer fen (P5)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.rules import dates
from app.rules.money import half_up
from app.rules.person import Discount, EnrolmentLine, Services

UNITS = ("term", "month", "half_month", "week", "day", "session", "hour", "meal", "once", "deposit")
UNITS_WITHOUT_PERIOD = frozenset({"once", "deposit"})
UNITS_BY_DAY = frozenset({"day", "session", "meal", "hour"})
DISCOUNTED_UNITS = frozenset({"term", "month", "half_month", "week", "day", "session", "hour"})
"""What a discount by rule is taken from: care, but no meals, one-off fees or deposits."""

RULES = ("siblings", "early", "staff", "renewal", "by_hand")
"""多孩优惠, 早付优惠, 员工优惠, 续费优惠, and by hand with a reason."""

AUTOMATIC = frozenset({"siblings"})
"""Rules that the program proposes by itself, and takes back by itself when they no longer hold."""

WHOLE = 10_000  # a share is told in hundredths of a percent


@dataclass(frozen=True)
class Counted:
    """How many units a period has, and how many care days (weekdays chosen) stand behind the figure."""

    quantity: int
    care_days: int


@dataclass(frozen=True)
class Price:
    """What a unit of a service costs from a day on."""

    unit: str
    fen: int
    valid_from: str


@dataclass(frozen=True)
class DiscountRule:
    """A rule that takes a share (in hundredths of a percent) or a fixed amount off; `name` is one of RULES."""

    name: str
    share: int = 0
    fen: int = 0


def count(unit: str, from_date: str, to_date: str, weekdays: int) -> Counted:
    """Count the units of a period, both days included.

    day, session, meal, hour: one for every day on `weekdays` (bit mask, Monday is bit 0); week: begun weeks of seven
    days from the first day; month: begun months from the first day (14 September to 22 January is 5); half_month:
    calendar half months touched, so that who starts after the 15th pays half of that month; term, once, deposit: 1.
    A reversed or unreadable period has no units.
    """
    if unit in UNITS_WITHOUT_PERIOD and not (from_date and to_date):
        return Counted(1, 0)
    if not (dates.is_date(from_date) and dates.is_date(to_date)) or to_date < from_date:
        return Counted(0, 0)
    days = dates.days_between(from_date, to_date)
    care = dates.weekdays_between(from_date, to_date, weekdays)
    return Counted(_quantity(unit, from_date, to_date, days, care), care)


def _quantity(unit: str, from_date: str, to_date: str, days: int, care: int) -> int:
    if unit in UNITS_BY_DAY:
        return care
    if unit == "week":
        return -(-days // 7)
    if unit == "month":
        return dates.months_begun(from_date, to_date)
    if unit == "half_month":
        return dates.half_months_begun(from_date, to_date)
    if unit in UNITS:
        return 1
    raise ValueError(unit)


def price_on(prices: Iterable[Price], unit: str, day: str) -> int | None:
    """Give the price in fen that is valid for a unit on a day; None if there is none yet."""
    valid = [one for one in prices if one.unit == unit and one.valid_from <= day]
    return max(valid, key=lambda one: one.valid_from).fen if valid else None


def prices_on(prices: Iterable[Price], day: str) -> dict[str, int]:
    """Give the valid price in fen of every unit on a day, in the order of UNITS."""
    every = tuple(prices)
    found = {unit: price_on(every, unit, day) for unit in UNITS}
    return {unit: fen for unit, fen in found.items() if fen is not None}


def priced(line: EnrolmentLine, prices: Iterable[Price], day: str) -> EnrolmentLine:
    """Fill price and quantity of a line from its period. `day` is the day whose prices count.

    A unit that the service does not have on that day is replaced by the first that it has; without any price the line
    keeps its own.
    """
    valid = prices_on(prices, day)
    unit = line.unit if line.unit in valid or not valid else next(iter(valid))
    quantity = count(unit, line.from_date, line.to_date, line.weekdays).quantity
    return replace(line, unit=unit, unit_fen=valid.get(unit, line.unit_fen), quantity=quantity)


def share_of(fen: int, share: int) -> int:
    """Give a share (hundredths of a percent) of an amount, half a fen rounded up."""
    return half_up(fen * share, WHOLE)


def discount(rule: DiscountRule, lines: Iterable[EnrolmentLine]) -> Discount | None:
    """Work out a rule on the lines of a child: on care only, never more than it costs; None if it takes nothing off."""
    base = sum(line.amount_fen for line in lines if line.unit in DISCOUNTED_UNITS)
    fen = min(base, share_of(base, rule.share) + rule.fen)
    return Discount(rule=rule.name, fen=fen) if fen > 0 else None


def propose(services: Services, rules: Iterable[DiscountRule], removed: Iterable[str] = ()) -> Services:
    """Put the discounts of `rules` in place of earlier proposals; what somebody gave by hand stays.

    Earlier proposals are those of the same names and of AUTOMATIC. Names in `removed` were taken off by somebody (with
    a reason) and are not proposed again.
    """
    wanted = {rule.name: rule for rule in rules}
    kept = tuple(one for one in services.discounts if one.rule not in AUTOMATIC | wanted.keys())
    found = (discount(rule, services.lines) for name, rule in wanted.items() if name not in set(removed))
    return replace(services, discounts=tuple(one for one in found if one) + kept)
