"""The words of papers for the codes of rules (product.md, Words), and how dates and periods are written.

Papers are Chinese with small English captions, whatever language the windows speak.
"""

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
    grade_and_class,
    weekdays,
    word,
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
    "grade_and_class",
    "weekdays",
    "word",
]


def long_date(iso: str) -> str:
    """A date as headers have it: 2026 年 9 月 12 日."""
    return f"{iso[:4]} 年 {int(iso[5:7])} 月 {int(iso[8:10])} 日" if len(iso) >= 10 else iso


def minute(iso: str) -> str:
    """A time stamp to the minute: 2026-09-12 16:47."""
    return iso.replace("T", " ")[:16]


def period(first: str, last: str) -> str:
    """From a day to a day, as tables have it."""
    return f"{first} 至 {last}" if first and last else f"{first} 起" if first else f"至 {last}" if last else ""


def identity(number: str) -> str:
    """A resident identity number in groups that can be compared: 330106 20180416 0026; any other as it is."""
    if len(number) == 18 and number[:17].isdigit():
        return f"{number[:6]} {number[6:14]} {number[14:]}"
    return number
