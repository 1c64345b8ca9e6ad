"""Which backups are kept: all for 48 hours, then the newest of 12 days, 10 weeks and 9 months. reliability.md, 10."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

ALL_FOR = timedelta(hours=48)
DAYS, WEEKS, MONTHS = 12, 10, 9


def kept(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Of the times of verified backups those that stay; the newest always does."""
    newest_first = sorted(times, reverse=True)
    keep = {time for time in newest_first if now - time <= ALL_FOR} | set(newest_first[:1])
    kinds: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, lambda time: time.date()),
        (WEEKS, lambda time: time.isocalendar()[:2]),
        (MONTHS, lambda time: (time.year, time.month)),
    )
    for most, period in kinds:
        newest_of: dict[object, datetime] = {}
        for time in newest_first:
            newest_of.setdefault(period(time), time)
        keep.update(list(newest_of.values())[:most])
    return frozenset(keep)
