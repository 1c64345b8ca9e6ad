"""The words of papers for the codes of rules (product.md, Words), and how dates, telephones and periods are written.

Papers are Chinese with small English captions, whatever language the windows speak.
"""

from app.rules.person import WEEKDAYS_ALL
from app.rules.words import (
    DISCOUNT,
    GRADE,
    HEALTH_MARK,
    IDENTITY_KIND,
    METHOD,
    RELATION,
    SESSION,
    SEX,
    UNIT,
)

__all__ = [
    "DISCOUNT",
    "GRADE",
    "HEALTH_MARK",
    "IDENTITY_KIND",
    "METHOD",
    "RELATION",
    "SESSION",
    "SEX",
    "UNIT",
]
_DAYS = "一二三四五六日"


def word(words: dict[str, str], code: str) -> str:
    """The word for a code; what is no code (typed freely) stands as it is."""
    return words.get(code, code)


def grade_and_class(grade: str, school_class: str) -> str:
    """The school's grade and class: 三年级（2）班; a class that is typed in words stands behind the grade."""
    plain = school_class.strip()
    if plain.isdigit():
        plain = f"（{plain}）班"
    return f"{word(GRADE, grade)}{plain}"


def long_date(iso: str) -> str:
    """A date as headers have it: 2026 年 9 月 12 日."""
    return f"{iso[:4]} 年 {int(iso[5:7])} 月 {int(iso[8:10])} 日" if len(iso) >= 10 else iso


def minute(iso: str) -> str:
    """A time stamp to the minute: 2026-09-12 16:47."""
    return iso.replace("T", " ")[:16]


def period(first: str, last: str) -> str:
    """From a day to a day, as tables have it."""
    return f"{first} 至 {last}" if first and last else f"{first} 起" if first else f"至 {last}" if last else ""


def phone(number: str) -> str:
    """A mainland mobile as 3-4-4, any other number as it is."""
    if len(number) == 11 and number.isdigit() and number.startswith("1"):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return number


def identity(number: str) -> str:
    """A resident identity number in groups that can be compared: 330106 20180416 0026; any other as it is."""
    if len(number) == 18 and number[:17].isdigit():
        return f"{number[:6]} {number[6:14]} {number[14:]}"
    return number


def weekdays(mask: int) -> str:
    """The days of a week: 周一至周五, 周一、三、五, 每天; nothing for no day."""
    days = [place for place in range(7) if mask >> place & 1]
    if len(days) == 7:
        return "每天"
    if mask == WEEKDAYS_ALL:
        return "周一至周五"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"周{_DAYS[days[0]]}至周{_DAYS[days[-1]]}"
    return "周" + "、".join(_DAYS[day] for day in days) if days else ""
