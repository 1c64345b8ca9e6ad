"""Grades and school classes as families write them: 一年级, 1年级, 小一, G1, 三（2）班, 幼儿园大班, 302班."""

import re
from functools import lru_cache

from app.rules.normal import half_width, line

_HAN = dict(zip("一二三四五六七八九", "123456789", strict=True))
_KINDERGARTEN = (("k1", "小班|托班|k1|nursery"), ("k2", "中班|k2"), ("k3", "大班|学前班|k3|reception"))
_NUMBER = "[1-9一二三四五六七八九]"
_CLASS = r"[(（\[]?\s*(\d{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九十])\s*[)）\]]?\s*班?"
_PRIMARY = re.compile(
    rf"(?:小学|小|primary|grade|year|g|p|y)?\s*({_NUMBER})(?:\.0)?\s*(?:年级|年級|年|th grade|"
    rf"st grade|nd grade|rd grade)?"
    rf"\s*(?:[-·,、/ ]*{_CLASS})?",
)
_SHORT = re.compile(rf"({_NUMBER})\s*[(（\[]\s*(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*[)）\]]\s*班?")
_THREE_FIGURES = re.compile(r"([1-9])(0[1-9]|[1-3]\d)\s*班?")
_MIDDLE = re.compile(rf"(?:初|初中|junior)\s*([1-3一二三])(?:年级)?\s*(?:[-·,、/ ]*{_CLASS})?")
_BARE_CLASS = re.compile(r"[(（\[]?\s*(\d{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九十])\s*[)）\]]?\s*班?")
_TAIL = re.compile(
    rf"^(.*?(?:小学|学校|一小|二小|实验|附小|幼儿园|"
    rf"[^\d一二三四五六七八九]))\s*({_NUMBER}\s*(?:年级|年)?\s*[(（]?\s*\d{{1,2}}\s*[)）]?\s*班|"
    rf"{_NUMBER}年级)$",
)


@lru_cache(maxsize=4096)
def grade_and_class(text: str) -> tuple[str, str]:
    """Read a grade, and the class that may stand behind it, from one cell: ('3', '（2）班').

    A grade that is none of ours (高一) gives ('', '').
    """
    plain = half_width(line(text)).lower().strip()
    for shape in (_SHORT, _THREE_FIGURES, _PRIMARY):
        if found := shape.fullmatch(plain):
            return _HAN.get(found[1], found[1]), _class(found[2] or "")
    if found := _MIDDLE.fullmatch(plain):
        return str(6 + int(_HAN.get(found[1], found[1]))), _class(found[2] or "")
    for code, words in _KINDERGARTEN:
        if found := re.fullmatch(rf"(?:幼儿园|幼稚园|幼)?\s*(?:{words})\s*(?:[-·,、/ ]*{_CLASS})?", plain):
            return code, _class(found[1] or "")
    return "", ""


@lru_cache(maxsize=4096)
def school_class(text: str) -> str:
    """Put a class in order: 8, 8班, (8)班 become （8）班; 三（8）班 loses its grade; any other text stays."""
    tidy = line(text)
    if found := _BARE_CLASS.fullmatch(half_width(tidy)):
        return _class(found[1])
    return grade_and_class(tidy)[1] or tidy


@lru_cache(maxsize=4096)
def school(text: str) -> tuple[str, str, str]:
    """Take school, grade and class apart where they stand in one cell: 文新小学三（2）班."""
    tidy = line(text)
    if found := _TAIL.match(tidy):
        grade, room = grade_and_class(found[2])
        if grade:
            return found[1].strip(), grade, room
    return tidy, "", ""


def _class(number: str) -> str:
    if not number:
        return ""
    tens, ten, ones = number.partition("十")
    if ten:
        number = f"{_HAN.get(tens, '1')}{_HAN.get(ones, '0')}"
    number = _HAN.get(number, number).lstrip("0")
    return f"（{number}）班" if number else ""
