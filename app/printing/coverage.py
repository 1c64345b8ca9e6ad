"""Which characters the program's fonts hold: read from the font files alone, without reportlab or Qt.

Main fonts first, then the fallbacks, each opened only when a character was not found before it.
"""

import unicodedata
from functools import cache
from struct import unpack_from

from app import paths

MAIN = "regular"
"""Stands for the three weights, which hold the same characters."""
FALLBACKS = ("fallback-sc", "fallback-tc", "fallback-jp", "fallback-kr")
GETA = "〓"
"""Printed for a character that no font has: the compositors' sign, so that nothing vanishes in silence."""

_STROKED = dict(zip("ĐđĦħıŁłŊŋŦŧ", "DdHhiLlNnTt", strict=True))  # letters that do not come apart
_INVISIBLE = (  # ranges: joiners and direction marks, variation selectors, byte order marks
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0xAD, 0xAD),
    (0xFEFF, 0xFEFF),
)  # fmt: skip
_CONTROLS = ((0, 9), (11, 31), (127, 159), (0x2028, 0x2029), (0xD800, 0xDFFF))
_TABLE = {
    **{code: " " for first, last in _CONTROLS for code in range(first, last + 1)},
    **{code: None for first, last in _INVISIBLE for code in range(first, last + 1)},
}


def clean(text: str, *, lines: bool = False) -> str:
    """Make typed text printable: composed characters, no invisible signs, control characters become blanks.

    With `lines` the line breaks stay; without they become blanks too.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_TABLE)
    return (plain if lines else plain.replace("\n", " ")).strip()


def missing(text: str) -> str:
    """The characters of a text that no font of the program has, each once, in order; '' when all of it prints."""
    return "".join(dict.fromkeys(sign for sign in clean(text) if font_of(sign) is None))


def stand_in(sign: str) -> str:
    """What is printed for a character that no font has: a Latin letter without its mark (ICAO 9303), else 〓."""
    base = _STROKED.get(sign) or unicodedata.normalize("NFD", sign)[0]
    return base if base.isascii() and base.isalpha() else GETA


def font_of(sign: str) -> str | None:
    """Name the font that has this character: `regular` for the three weights, else a fallback, None for none."""
    code = ord(sign)
    return next((font for font in (MAIN, *FALLBACKS) if code in glyphs(font)), None)


@cache
def glyphs(font: str) -> dict[int, int]:
    """Code point to glyph of a cut font; empty when the font was not made."""
    try:
        data = paths.font(font).read_bytes()
    except FileNotFoundError:
        return {}
    return read_cmap(data)


def read_cmap(font: bytes) -> dict[int, int]:
    """Read the character table of a TrueType file: format 12 if it has one, else format 4."""
    start = next(
        offset
        for tag, _, offset, _ in (
            unpack_from(">4sIII", font, 12 + 16 * i) for i in range(unpack_from(">H", font, 4)[0])
        )
        if tag == b"cmap"
    )
    count = unpack_from(">H", font, start + 2)[0]
    offsets = {start + unpack_from(">HHI", font, start + 4 + 8 * i)[2] for i in range(count)}
    tables = {unpack_from(">H", font, offset)[0]: offset for offset in offsets}
    return _segments(font, tables[12]) if 12 in tables else _deltas(font, tables[4])


def _segments(font: bytes, at: int) -> dict[int, int]:
    found: dict[int, int] = {}
    numbers = unpack_from(f">{3 * unpack_from('>I', font, at + 12)[0]}I", font, at + 16)
    for first, last, glyph in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        if first == last:
            found[first] = glyph
        else:
            found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return found


def _deltas(font: bytes, at: int) -> dict[int, int]:
    found: dict[int, int] = {}
    size = unpack_from(">H", font, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        unpack_from(f">{size}H", font, at + 14 + 2 * size * place + (2 if place else 0)) for place in range(4)
    )
    rows = at + 16 + 6 * size
    for place, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = unpack_from(">H", font, rows + 2 * place + offset + 2 * (code - first))[0] if offset else code
            if glyph and (glyph := (glyph + delta) & 0xFFFF):
                found[code] = glyph
    return found
