"""The invented centre's services, its prices over the years, and the terms of its history."""

from dataclasses import dataclass
from datetime import date, timedelta

YEARS = 4
_BEFORE = timedelta(days=20)  # so early one may register for the next term


@dataclass(frozen=True)
class Offered:
    """A service and what its units cost in fen in the first year; every year adds `rise` to the first unit's price."""

    name: str
    kind: str
    session: str
    hours: str
    prices: tuple[tuple[str, int], ...]
    rise: int = 0


SERVICES = (
    Offered("晚托", "care", "after_school", "15:30-18:30", (("month", 68_000), ("day", 4_500)), 4_000),
    Offered("午托", "care", "lunch", "11:30-13:30", (("month", 52_000), ("day", 3_000)), 3_000),
    Offered("午晚托", "care", "both", "11:30-18:30", (("month", 105_000), ("day", 7_000)), 6_000),
    Offered("晚餐", "meal", "none", "17:30", (("meal", 1_300),), 100),
    Offered("材料费", "fee", "none", "", (("once", 12_000),)),
    Offered("暑假托管", "holiday", "holiday", "8:30-17:30", (("week", 68_000), ("day", 15_000))),
    Offered("寒假托管", "holiday", "holiday", "8:30-17:30", (("week", 65_000), ("day", 15_000))),
    Offered("临时托管", "care", "drop_in", "15:30-18:30", (("session", 6_000),)),
    Offered("押金", "deposit", "none", "", (("deposit", 50_000),)),
)
LUNCH, AFTER_SCHOOL, BOTH, MEAL, MATERIAL = "午托", "晚托", "午晚托", "晚餐", "材料费"


@dataclass(frozen=True)
class Term:
    """A school term; `opens` to `closes` are the days on which something is entered and paid for it."""

    first: date
    last: date
    opens: date
    closes: date
    school_year: int


def terms(today: date) -> tuple[Term, ...]:
    """The terms of the last four years, oldest first; the last one is this term, or in the holidays the next one."""
    spans: list[tuple[date, date]] = []
    for year in range(today.year - YEARS - 1, today.year + 2):
        spans += [(date(year, 2, 20), date(year, 7, 5)), (date(year, 9, 1), date(year + 1, 1, 22))]
    current = next(place for place, (_, last) in enumerate(spans) if last >= today)
    chosen = spans[current - 2 * YEARS + 1 : current + 1]
    opens = [first - _BEFORE for first, _ in chosen]
    opens[-1] = min(opens[-1], today - timedelta(days=12))  # something has happened for this term already
    closes = [*(following - timedelta(days=1) for following in opens[1:]), today - timedelta(days=1)]
    return tuple(
        Term(first, last, begin, end, first.year if first.month >= 8 else first.year - 1)
        for (first, last), begin, end in zip(chosen, opens, closes, strict=True)
    )


def price(service: Offered, unit: str, day: date, today: date) -> int:
    """What a unit costs on a day: the list rises on the first of August of every year."""
    steps = [year for year in rises(today) if date(year, 8, 1) <= day]
    first, fen = service.prices[0]
    if unit == first:
        return fen + service.rise * len(steps)
    return dict(service.prices)[unit]


def rises(today: date) -> tuple[int, ...]:
    """The years in which the prices rose."""
    return tuple(year for year in range(today.year - YEARS + 1, today.year + 1) if date(year, 8, 1) <= today)
