"""What a student is found by: one text per student, and what a typed query looks for in it (look.md 20, 21).

The text is lower case, its fields begin with a mark: the name, all readings of it in pinyin and in initials from every
syllable on, the phones, the number. Letters match from the beginning of such a field (`zlc`, `zhangluo`, `luochen`),
Chinese and digits match anywhere (`珞晨`, the end of a phone). Several words must all be found.
"""

from collections.abc import Iterable, Sequence

from app.rules.normal import half_width

FIELD_START = "\x1f"
RECORD_END = b"\n"
_DOTS = str.maketrans("", "", "·•‧∙・･'’")


def search_text(name: str, spellings: Iterable[Sequence[str]], phones: Iterable[str], number: str) -> str:
    """The text of one student. `spellings` are the readings of the whole name as syllables, the likeliest first."""
    found = [_plain(name).replace(" ", "")]
    for syllables in spellings:
        plain = [_plain(one) for one in syllables if one.strip()]
        for first in range(len(plain)):
            rest = plain[first:]
            found += ["".join(rest), "".join(one[0] for one in rest)]
    found += [phone.replace(" ", "") for phone in phones]
    found.append(_plain(number))
    return "".join(f"{FIELD_START}{one}" for one in dict.fromkeys(found) if one)


def needles(text: str) -> tuple[str, ...]:
    """What a typed query looks for; empty when nothing was typed."""
    return tuple(f"{FIELD_START}{word}" if word.isascii() and word.isalpha() else word for word in _plain(text).split())


def _plain(text: str) -> str:
    folded = half_width(text).lower().translate(_DOTS).replace("ü", "v")
    return "".join(" " if sign.isspace() else sign for sign in folded if sign.isprintable() or sign.isspace()).strip()
