"""Days as form services and families write them: every form of rules/dates.py, workbook serials, and old figures.

A column of 5/4/2018 is read by what its other cells tell: 13/4/2018 in it means that the day stands first.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from app.errors import Refused
from app.rules import dates
from app.rules.normal import half_width

DAY_FIRST, MONTH_FIRST = "day", "month"

_USUAL = re.compile(r"(\d{4})(?:([-/.])(\d\d?)\2(\d\d?)|年(\d\d?)月(\d\d?)日|(\d\d)(\d\d))", re.ASCII)
_OLD_FIGURES = str.maketrans({
    "壹": "一", "贰": "二", "叁": "三", "肆": "四", "伍": "五", "陆": "六", "柒": "七", "捌": "八", "玖": "九",
    "拾": "十", "廿": "二十", "卅": "三十", "。": ".", "、": "-", "零": "〇",
})  # fmt: skip
_BEHIND = re.compile(r"\s*(?:生|出生|\(?阳历\)?|\(?公历\)?|\(?新历\)?|[上下]午.*|\d{1,2}[::]\d{2}.*)$")
_TWO_SIDED = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:\s.*)?", re.ASCII)
_SHORT_ENGLISH = re.compile(r"(\d{1,2})[- ]?([a-z]{3,9})[- ,]*'?(\d{2})", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119
_EPOCH = date(1899, 12, 30)  # of workbooks; their 29 February 1900 is before our first serial


def order(cells: Iterable[str]) -> str:
    """Which part stands first in the cells of a column that write 13/4/2018: day, month, or "" for not known."""
    for cell in cells:
        if found := _TWO_SIDED.fullmatch(cell):
            if int(found[1]) > 12:
                return DAY_FIRST
            if int(found[2]) > 12:
                return MONTH_FIRST
    return ""


def read(text: str, today: str, first: str = "") -> str:
    """Give a day as ISO text; what is none stays as it was written, for `problems` to point at. "" stays ""."""
    if len(text) == 10 and text[4] == "-" and dates.is_date(text):
        return text
    if text[:1] >= "\uff10":
        text = half_width(text)
    if found := _USUAL.fullmatch(text):  # nearly all, and quickly
        year, _, *parts = found.groups()
        month, day = (part for part in parts if part)
        usual = f"{year}-{month:0>2}-{day:0>2}"
        return usual if dates.is_date(usual) else text
    return _read(text, today, first)


@lru_cache(maxsize=8192)
def _read(text: str, today: str, first: str) -> str:
    plain = half_width(text).strip().translate(_OLD_FIGURES)
    if not plain:
        return ""
    for tried in (plain, _BEHIND.sub("", plain)):
        try:
            return _parsed(tried, today, first)
        except Refused:
            continue
    return text.strip()


def _parsed(plain: str, today: str, first: str) -> str:
    if first and (found := _TWO_SIDED.fullmatch(plain)):
        day, month = (found[1], found[2]) if first == DAY_FIRST else (found[2], found[1])
        return dates.parse(f"{found[3]}-{month}-{day}")
    if found := re.fullmatch(r"(\d{5})(?:\.\d+)?", plain, re.ASCII):
        serial = int(found[1])
        if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
            raise Refused("date_unclear")
        return (_EPOCH + timedelta(days=serial)).isoformat()
    if found := _SHORT_ENGLISH.fullmatch(plain.lower()):
        century = int(today[:4]) // 100 - (int(found[3]) > int(today[2:4]) + 10)
        plain = f"{found[1]} {found[2]} {century}{found[3]}"
    return dates.parse(plain, today)
