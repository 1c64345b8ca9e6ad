"""Pinyin keys of names: every reading of every character, the readings of surnames, and the one search column.

The table of readings is packed at set-up (installer/pinyin_table.py) and handed over as bytes by `use`, for rules read
no files. It is unpacked at the first question: see `_Table` for its form.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from app.rules import normal, phones
from app.rules.surnames import SURNAMES

MARK = "|"
"""Stands between the fields of the search column, and at both its ends."""

MAGIC = b"ANTUOPY1"
FIRST, LAST = 0x3400, 0x9FFF
MOST_READINGS = 16
"""So many readings of one name are kept: first those that differ least from the usual one."""

LONGEST_SYLLABLE = 6  # zhuang
_WORD = re.compile(r"[a-z0-9]+")
_UMLAUT = str.maketrans("üǖǘǚǜ", "vvvvv")


@dataclass(frozen=True)
class PinyinKeys:
    """How a name can be typed: `full` 'zhanglinchen', `initials` 'zlc', the usual reading first.

    `sort_key` orders names by syllable (zhang wei before zhang weijie before zhang xin); `shown` is 'ZLC'.
    """

    full: tuple[str, ...]
    initials: tuple[str, ...]
    sort_key: str
    shown: str


class _Table:
    """The packed readings: MAGIC, two counts, a dense index for U+3400..9FFF, a sorted one for the rest, the texts."""

    def __init__(self, content: bytes) -> None:
        counts = array("I", content[8:16])
        if content[:8] != MAGIC or len(counts) != 2:
            raise ValueError
        others, start = counts[0], 16 + 4 * counts[0]
        view = memoryview(content)
        self.codes = view[16:start].cast("I")
        self.other = view[start : start + 2 * others].cast("H")
        dense = start + 2 * others
        self.dense = view[dense : dense + 2 * (LAST - FIRST + 1)].cast("H")
        self.texts = content[dense + 2 * (LAST - FIRST + 1) :].decode("ascii").split("\n")
        if len(self.texts) != counts[1]:
            raise ValueError

    def text(self, code: int) -> str:
        """Give the readings of a code point with blanks between them; '' if there is none."""
        if FIRST <= code <= LAST:
            return self.texts[self.dense[code - FIRST]]
        at = bisect_left(self.codes, code)
        found = at < len(self.codes) and self.codes[at] == code
        return self.texts[self.other[at]] if found else ""


class _Source:
    """Where the packed table comes from; unpacked once."""

    read: Callable[[], bytes] | None = None
    table: _Table | None = None


def use(read: Callable[[], bytes]) -> None:
    """Say where the packed table is: `pinyin.use(path.read_bytes)`. Called once at start, read at the first name."""
    _Source.read, _Source.table = read, None
    readings.cache_clear()
    _known_syllables.cache_clear()


@lru_cache(maxsize=4096)
def readings(sign: str) -> tuple[str, ...]:
    """Give all readings of one character without tones, the usual one first; ü is v. Empty for what has none."""
    if _Source.table is None:
        if _Source.read is None:
            raise RuntimeError("call pinyin.use(...) first")
        _Source.table = _Table(_Source.read())
    return tuple(_Source.table.text(ord(sign)).split())


def keys(name: str) -> PinyinKeys:
    """Give the keys of a name: all readings of characters with several, surnames in their own reading first."""
    parts = _parts(name)
    words = [part[0] for part in parts]
    sort_key = f"{' '.join(words)}\t{name}"
    if not parts:
        return PinyinKeys((), (), sort_key, "")
    short = "".join([word[0] for word in words])
    if max(map(len, parts)) == 1:
        return PinyinKeys(("".join(words),), (short,), sort_key, short.upper())
    full, several = _several(parts)
    return PinyinKeys(full, several, sort_key, short.upper())


def initials(text: str) -> tuple[str, ...]:
    """Give the initials of a text in every reading, lower case, the usual one first (pick lists)."""
    return keys(text).initials


def search_text(name: str, numbers: Iterable[str] = (), student_number: str = "") -> str:
    """Build the search column of a student: |name|full pinyin…|initials…|given name…|telephone numbers…|number|.

    Every field is folded by `normalise_query`, so that a folded query is looked up by plain containment; letters are
    better looked up behind a MARK, for which the given name stands there by itself from each of its syllables on.
    """
    found = keys(name)
    fields = [normalise_query(name), *found.full, *found.initials]
    syllables = [one for word in found.sort_key.partition("\t")[0].split() for one in _syllables(word)]
    fields.append("".join([syllable[0] for syllable in syllables]))
    for first in range(1, len(syllables)):
        rest = syllables[first:]
        fields += ["".join(rest), "".join([syllable[0] for syllable in rest])]
    fields += [phones.digits(number) for number in numbers]
    fields.append(normalise_query(student_number))
    return MARK + MARK.join(dict.fromkeys(field for field in fields if field)) + MARK


def normalise_query(text: str) -> str:
    """Fold what is typed into a search box: half width, lower case, ü is v, no tone marks, blanks or punctuation."""
    plain = text if text.isascii() else _without_accents(normal.half_width(text))
    plain = plain.lower().replace("lyu", "lv")  # as passports write it
    return plain if plain.isalnum() else "".join(sign for sign in plain if _counts(sign))


def query_words(text: str) -> tuple[str, ...]:
    """Fold every word of a query by itself, for a search that wants all of them."""
    return tuple(folded for word in normal.half_width(text).split() if (folded := normalise_query(word)))


def _parts(name: str) -> list[tuple[str, ...]]:
    """Split a name into its syllables, each with all its readings; runs of other letters are one part each."""
    own = SURNAMES.get(name[:2]) or SURNAMES.get(name[:1]) or ()
    parts = [_first_of(usual, readings(sign)) for usual, sign in zip(own, name, strict=False)]
    word = ""
    for sign in name[len(own) :]:
        found = readings(sign) if sign > "\u02ff" else ()
        if not found:
            word += sign
            continue
        if word:
            parts += _words(word)
            word = ""
        parts.append(found)
    return parts + _words(word) if word else parts


def _syllables(word: str) -> tuple[str, ...]:
    """Take a word in Latin letters apart into syllables of pinyin, long ones first; whole where it is no pinyin.

    A name that was typed in pinyin (Zhang Zhuochen) is looked for like the same name in Chinese: zzc.
    """
    known = _known_syllables()
    if word in known or not word.isalpha():
        return (word,)

    def rest(start: int) -> tuple[str, ...] | None:
        if start == len(word):
            return ()
        for end in range(min(len(word), start + LONGEST_SYLLABLE), start, -1):
            if word[start:end] in known and (after := rest(end)) is not None:
                return (word[start:end], *after)
        return None

    return rest(0) or (word,)


@lru_cache(maxsize=1)
def _known_syllables() -> frozenset[str]:
    readings("一")  # the table is there then
    table = _Source.table
    return frozenset(one for text in table.texts for one in text.split()) if table else frozenset()


def _words(text: str) -> list[tuple[str, ...]]:
    folded = _without_accents(normal.half_width(text)).replace("'", "")
    plain = _without_accents(normal.half_width(text).lower().replace("ü", "u")).replace("'", "")
    both = zip(_WORD.findall(folded), _WORD.findall(plain), strict=True)
    return [(word,) if word == other else (word, other) for word, other in both]


def _first_of(usual: str, all_readings: tuple[str, ...]) -> tuple[str, ...]:
    if usual[-1] == "!":
        return (usual[:-1],)
    first = tuple(usual.split("/"))
    return first + tuple(one for one in all_readings if one not in first)


def _several(parts: list[tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Combine the readings, at most MOST_READINGS, those with the fewest unusual readings first."""
    ways = 1
    for part in parts:
        ways *= len(part)
    every: Iterable[tuple[str, ...]] = product(*parts)
    if ways > MOST_READINGS:
        every = islice(_nearest(parts), MOST_READINGS)
    chosen = list(every)
    short = dict.fromkeys(["".join([word[0] for word in one]) for one in chosen])
    return tuple(dict.fromkeys(["".join(one) for one in chosen])), tuple(short)


def _nearest(parts: list[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    usual = tuple(part[0] for part in parts)
    yield usual
    for at, part in enumerate(parts):
        for other in part[1:]:
            yield (*usual[:at], other, *usual[at + 1 :])
    for at, part in enumerate(parts):
        for further in range(at + 1, len(parts)):
            for one, other in product(part[1:], parts[further][1:]):
                yield (*usual[:at], one, *usual[at + 1 : further], other, *usual[further + 1 :])


def _without_accents(text: str) -> str:
    plain = text.lower().translate(_UMLAUT)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def _counts(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign) in {"Mn", "Mc", "Co", "Cn"}
