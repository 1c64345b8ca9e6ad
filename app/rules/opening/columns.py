"""Which column of a centre's own list is which field: what only such lists have, and the rest as in a form."""

import re
from collections.abc import Sequence

from app.rules.form_columns import columns as of_forms
from app.rules.form_columns.fields import JOINED, NOT_USED
from app.rules.form_columns.headers import plain
from app.rules.opening import headers
from app.rules.opening.fields import CLASS, NOTE, OPENING_JOINED, SERVICES
from app.rules.opening.services import World, is_service

Row = Sequence[str]
_SCHOOL_CLASS = re.compile(
    r"(?:小学?|初)?[1-9一二三四五六七八九](?:年级?)?\s*[(（]?\s*[0-9一二三四五六七八九十]{1,2}\s*[)）]?\s*班?|"
    r"[(（]?\d{1,3}[)）]?班?|[一二三四五六]年级",
)
_WHICH_CLASS = frozenset({"班级", "班别", "班", "所在班级", "class"})
_SURE = 0.6


def header_score(row: Row) -> float:
    """How much a row looks like the header of such a list."""
    own = sum(headers.field(cell) != "" for cell in row if cell.strip())
    return own + of_forms.header_score(tuple("" if headers.field(cell) else cell for cell in row))


def propose(header: Row, cells: Sequence[Row], world: World, above: Row = ()) -> tuple[str, ...]:
    """Give the field of every column ("" for one that is not used).

    A bare 班级 is the school's where its cells look like one (三（2）班), else the centre's.
    """
    names = [one.name for one in world.services]
    own = [_own(text, [row[at] for row in cells], names) for at, text in enumerate(header)]
    taken: set[str] = set()
    for at, field in enumerate(own):
        if field in taken and field not in OPENING_JOINED:
            own[at] = NOT_USED
        taken.add(field)
    rest = tuple("" if own[at] else text for at, text in enumerate(header))
    of_form = of_forms.propose(rest, cells, world.today, above)
    found = [mine or other for mine, other in zip(own, of_form, strict=True)]
    return tuple(_once(found))


def _own(text: str, cells: Sequence[str], services: Sequence[str]) -> str:
    if is_service(text, services) or is_service(headers.until_of(text), services):
        return SERVICES
    if plain(text) in _WHICH_CLASS:
        filled = [one.strip() for one in cells if one.strip()]
        of_school = sum(_SCHOOL_CLASS.fullmatch(one) is not None for one in filled)
        return "" if filled and of_school >= _SURE * len(filled) else CLASS
    return headers.field(text)


def _once(found: Sequence[str]) -> list[str]:
    """No field twice, but for those that are joined."""
    seen: set[str] = set()
    result = []
    for field in found:
        again = field in seen and field not in (*JOINED, NOTE, *OPENING_JOINED)
        result.append(NOT_USED if again else field)
        seen.add(field)
    return result
