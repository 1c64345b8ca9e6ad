"""What a student is found and ordered by, and what a typed query looks for in it (look.md 20, 21)."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.rules import pinyin


@dataclass(frozen=True)
class StudentKeys:
    """Three columns of the student's row: shown initials, order of names, text that is searched."""

    initials: str
    sort_key: str
    search: str


def keys(name: str, number: str, phones: Iterable[str], other_numbers: Iterable[str] = ()) -> StudentKeys:
    """Make the keys of a student from the name, the number and the phones of those around it.

    `other_numbers` are those of records that went into this one, and of the list that it was taken over from: it is
    found by them too.
    """
    found = pinyin.keys(name)
    more = "".join(f"{pinyin.normalise_query(one)}{pinyin.MARK}" for one in other_numbers)
    return StudentKeys(found.shown, found.sort_key, pinyin.search_text(name, phones, number) + more)


def needles(text: str) -> tuple[str, ...]:
    """What a query looks for: all of it must be in the search text.

    Letters are looked for where a field begins (`zlc`, `zhanglu`), so that one letter does not find nearly everybody;
    Chinese and digits anywhere (`珞晨`, the end of a phone).
    """
    return tuple(
        f"{pinyin.MARK}{word}" if word.isascii() and word.isalpha() else word for word in pinyin.query_words(text)
    )
