"""Dates: ISO text inside, every written form outside; ages, months, terms, weekdays. Today is always an argument."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.errors import Refused
from app.rules.normal import half_width

OLDEST_YEAR = 1900
TERM_ENDS = ("01-31", "06-30")
"""Last days of the two school terms (MM-DD), unless the centre says otherwise."""

_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_NUMBER = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?")
_MONTHS = (  # not calendar.month_name, which speaks the language of the computer
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_TIME = re.compile(r"[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_WEEKDAY = re.compile(r"[( ]*(星期|周|礼拜)[一二三四五六日天][) ]*$")
_PARTS = re.compile(r"(\d{1,4})\D(\d{1,2})\D(\d{1,4})", re.ASCII)
_ENGLISH = re.compile(r"(?:(\d{1,2}) ?)?([a-z]{3,9}) ?(?:(\d{1,2}) )?(\d{4})", re.ASCII)
_JOINTS = re.compile(r"[年月./\\,_ -]+")
_NEAR_DAYS = {
    "今天": 0,
    "今日": 0,
    "today": 0,
    "昨天": -1,
    "yesterday": -1,
    "明天": 1,
    "tomorrow": 1,
    "后天": 2,
    "前天": -2,
}


@dataclass(frozen=True)
class Age:
    """An age in full years and the months beyond them."""

    years: int
    months: int


def parse(text: str, today: str = "") -> str:
    """Read a typed date in any written form and give it as ISO text.

    2018-04-16, 2018/4/16, 2018.4.16, 20180416, 2018年4月16日, 二〇一八年四月十六日, 16 Apr 2018, 16/04/2018, also
    with a time or a weekday behind it; with `today` also 18-4-16 and 180416 (the year that is at most ten years ahead),
    4-16, 4月16日 (this year) and 今天. Refused: date_missing, date_unclear, date_ambiguous (5/4/2018),
    date_impossible (year, month, day).
    """
    plain = _WEEKDAY.sub("", half_width(text).strip().lower())
    plain = _TIME.sub("", plain).strip()
    if not plain:
        raise Refused("date_missing")
    if today and plain in _NEAR_DAYS:
        return add_days(today, _NEAR_DAYS[plain])
    year, month, day = _three(_HAN_NUMBER.sub(_tens, plain).translate(_HAN_DIGITS), today)
    if not OLDEST_YEAR <= year <= 2199 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise Refused("date_impossible", year=year, month=month, day=day)
    return date(year, month, day).isoformat()


@lru_cache(maxsize=1024)  # a day is asked for by several rules, one after the other
def is_date(text: str) -> bool:
    """Tell whether `text` is a day that exists, as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_time(text: str) -> bool:
    """Tell whether `text` is a time of day, as HH:MM."""
    return re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text, re.ASCII) is not None


def age(birth_date: str, today: str) -> Age:
    """Give the age on a day. ValueError if born after it."""
    if birth_date > today:
        raise ValueError
    return Age(*divmod(months_between(birth_date, today), 12))


def years(birth_date: str, today: str) -> int:
    """Give the full years of age on a day: what `age` says, at a tenth of its cost. ValueError if born after it."""
    if birth_date > today:
        raise ValueError
    birthday = birth_date[5:]
    if birthday == "02-29" and not calendar.isleap(int(today[:4])):
        birthday = "02-28"
    return int(today[:4]) - int(birth_date[:4]) - (today[5:] < birthday)


def add_days(day: str, days: int) -> str:
    """Give the day that is `days` later (or earlier)."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def add_months(day: str, months: int) -> str:
    """Give the same day of a later (or earlier) month; the 31st becomes the last day of a shorter month."""
    start = date.fromisoformat(day)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(start.day, last)).isoformat()


def days_between(first: str, last: str) -> int:
    """Count the days from first to last, both included; 0 if last comes before first."""
    return max(0, (date.fromisoformat(last) - date.fromisoformat(first)).days + 1)


def months_between(first: str, last: str) -> int:
    """Count the full months from one day to another (16 April to 15 May is 0, to 16 May is 1).

    A month from the 31st is full on the last day of a shorter month. Negative when `last` comes first.
    """
    if last < first:
        return -months_between(last, first)
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    months = (b.year - a.year) * 12 + b.month - a.month
    return months if add_months(first, months) <= last else months - 1


def months_begun(first: str, last: str) -> int:
    """Count the months that a period touches, counted from its first day (14 September to 22 January is 5)."""
    return months_between(first, add_days(last, 1)) + (not _full_months(first, last)) if first <= last else 0


def half_months_begun(first: str, last: str) -> int:
    """Count the calendar half months (to the 15th, from the 16th) that a period touches."""
    if last < first:
        return 0
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    return ((b.year - a.year) * 12 + b.month - a.month) * 2 + (b.day > 15) - (a.day > 15) + 1


def weekdays_between(first: str, last: str, weekdays: int) -> int:
    """Count the days from first to last (both included) that fall on `weekdays`, a bit mask with Monday as bit 0."""
    weeks, rest = divmod(days_between(first, last), 7)
    start = date.fromisoformat(first).weekday()
    part = sum(weekdays >> (start + one) % 7 & 1 for one in range(rest))
    return weeks * (weekdays & 0b1111111).bit_count() + part


def add_working_days(day: str, days: int) -> str:
    """Give the day that is so many working days (Monday to Friday) later, or earlier where `days` is below zero.

    Holidays are not known; 0 gives the day itself.
    """
    found, left, step = date.fromisoformat(day), abs(days), timedelta(days=1 if days > 0 else -1)
    while left:
        found += step
        left -= found.weekday() < 5
    return found.isoformat()


def end_of_term(day: str, ends: tuple[str, ...] = TERM_ENDS) -> str:
    """Give the next last day of a term on or after `day`; `ends` are days as MM-DD."""
    year = int(day[:4])
    return min(end for end in (f"{one}-{part}" for one in (year, year + 1) for part in ends) if end >= day)


def _full_months(first: str, last: str) -> bool:
    following = add_days(last, 1)
    return add_months(first, months_between(first, following)) == following


def _tens(found: re.Match[str]) -> str:
    before, after = found[0].split("十")
    return f"{before or '一'}{after or '零'}"


def _three(plain: str, today: str) -> tuple[int, int, int]:
    """Find year, month and day in a date whose Han digits are digits already."""
    if english := _ENGLISH.fullmatch(_JOINTS.sub(" ", plain)):
        return _english(english)
    if plain.isascii() and plain.isdigit():
        return _run_of_digits(plain, today)
    found = _JOINTS.sub("-", plain.rstrip("日号")).strip("-")
    if all_three := _PARTS.fullmatch(found):
        return _ordered(all_three[1], all_three[2], all_three[3], today)
    if today and (two := re.fullmatch(r"(\d{1,2})-(\d{1,2})", found, re.ASCII)):
        return int(today[:4]), int(two[1]), int(two[2])
    raise Refused("date_unclear")


def _english(found: re.Match[str]) -> tuple[int, int, int]:
    before, word, after, year = found.groups()
    names = [place for place, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    if len(names) != 1 or (before is None) == (after is None):
        raise Refused("date_unclear")
    return int(year), names[0], int(before or after)


def _run_of_digits(digits: str, today: str) -> tuple[int, int, int]:
    if len(digits) == 8:
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if len(digits) == 6 and today:
        return _full_year(digits[:2], today), int(digits[2:4]), int(digits[4:])
    raise Refused("date_unclear")


def _ordered(first: str, middle: str, last: str, today: str) -> tuple[int, int, int]:
    if len(first) == 4 and len(last) <= 2:
        return int(first), int(middle), int(last)
    if len(last) == 4 and len(first) <= 2:
        if int(first) <= 12 and int(middle) <= 12 and int(first) != int(middle):
            raise Refused("date_ambiguous")
        day, month = (first, middle) if int(middle) <= 12 else (middle, first)
        return int(last), int(month), int(day)
    if len(first) == 2 and len(last) <= 2 and today:
        return _full_year(first, today), int(middle), int(last)
    raise Refused("date_unclear")


def _full_year(two: str, today: str) -> int:
    """Choose the century of a year of two digits: at most ten years ahead of today."""
    this_year = int(today[:4])
    year = this_year // 100 * 100 + int(two)
    return year - 100 if year > this_year + 10 else year
