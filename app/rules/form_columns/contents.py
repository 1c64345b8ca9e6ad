"""What a column holds, by looking at its cells: a second opinion beside the words above it."""

import re
from collections.abc import Callable, Iterable

from app.errors import Refused
from app.rules import dates, identity, phones
from app.rules.form_values import people, school
from app.rules.normal import half_width

SAMPLE = 60  # cells that are looked at
SURE = 0.8
_NAME = re.compile("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+")


def guess(cells: Iterable[str], today: str) -> str:
    """Name the aspect that nearly all filled cells have: mobile, identity_number, sex, birth_date, relation, grade.

    "" when they have none in common, or are too few.
    """
    sample = _sample(cells)
    if len(sample) < 2:
        return ""
    for aspect, test in _TESTS:
        if sum(map(test, sample)) >= SURE * len(sample):
            return aspect
    ages = sum(_is_birth_date(one, today) for one in sample)
    return "birth_date" if ages >= SURE * len(sample) else ""


def looks_like(aspect: str, cells: Iterable[str]) -> bool:
    """Tell whether some cells could be of an aspect; True too for an aspect that cannot be told by looking."""
    test = dict(_TESTS).get(aspect)
    sample = _sample(cells)
    return test is None or not sample or any(map(test, sample))


def are_names(cells: Iterable[str]) -> bool:
    """Tell whether nearly all filled cells look like Chinese names."""
    sample = _sample(cells)
    return len(sample) > 1 and sum(_NAME.fullmatch(one) is not None for one in sample) >= SURE * len(sample)


def _sample(cells: Iterable[str]) -> list[str]:
    found: list[str] = []
    for cell in cells:
        if text := cell.strip():
            found.append(text)
            if len(found) == SAMPLE:
                break
    return found


def _is_phone(text: str) -> bool:
    return phones.kind(phones.clean(text)) in ("mobile", "foreign")


def _is_identity(text: str) -> bool:
    return re.fullmatch(r"\d{17}[\dX]", identity.clean(text), re.ASCII) is not None


def _is_birth_date(text: str, today: str) -> bool:
    """A day on which a child of the centre can be born; days of this year are rather those of a form."""
    try:
        day = dates.parse(half_width(text), today)
    except Refused:
        return False
    return int(today[:4]) - 20 <= int(day[:4]) <= int(today[:4]) - 2


_TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("identity_number", _is_identity),
    ("mobile", _is_phone),
    ("sex", lambda text: people.sex(text) != ""),
    ("relation", lambda text: people.relation(text) in people.RELATION_CODES),
    ("grade", lambda text: school.grade_and_class(text)[0] != ""),
)
