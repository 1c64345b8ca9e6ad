"""The program's fonts in reportlab: registered when first needed, read fast, embedded always, text that copies rightly.

A text is split into runs by coverage: the three weights hold the everyday characters, the fallbacks the rest (they have
one weight; `paper` thickens them where bold is meant).
"""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from struct import unpack_from
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from app import paths
from app.printing import coverage
from app.printing.coverage import FALLBACKS, MAIN, stand_in

REGULAR, MEDIUM, BOLD = "regular", "medium", "bold"
WEIGHTS = (REGULAR, MEDIUM, BOLD)

_ROWS_OF_A_BLOCK = 100  # what the CMap language allows between beginbfchar and endbfchar


class _Window:
    """A part of the font's bytes that is copied only where it is sliced."""

    def __init__(self, data: bytes, start: int, length: int) -> None:
        self.data, self.start, self.length = data, start, length

    def __getitem__(self, part: slice) -> bytes:
        first, last, _ = part.indices(self.length)
        return self.data[self.start + first : self.start + last]


class Face(ttfonts.TTFontFace):  # type: ignore[misc]  # reportlab comes without types
    """A cut font, its tables read in one go: three times as fast as reportlab's own reading, number by number."""

    def __init__(self, font: str) -> None:
        self._font = font
        super().__init__(str(paths.font(font)))

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - reportlab's name
        """Read names and measures as reportlab does, and the long tables in our way."""
        super().extractInfo(charInfo=0)
        if not charInfo:
            return
        self.charToGlyph = dict(coverage.glyphs(self._font))
        wide, count = self.get_ushort(self.get_table_pos("hhea")[0] + 34), self.numGlyphs
        at = self.get_table_pos("hmtx")[0]
        numbers = unpack_from(f">{2 * wide + count - wide}H", self._ttf_data, at)
        advances = [*numbers[: 2 * wide : 2], *[numbers[2 * wide - 2]] * (count - wide)]
        self.hmetrics = list(zip(advances, [*numbers[1 : 2 * wide : 2], *numbers[2 * wide :]], strict=True))
        self.defaultWidth = self._scaled(advances[0])
        self.charWidths = {code: self._scaled(advances[glyph]) for code, glyph in self.charToGlyph.items()}
        self._read_places(count)
        self.charToGlyph[0xA0], self.charWidths[0xA0] = self.charToGlyph.get(32, 0), self.charWidths.get(32, 0)

    def _scaled(self, units: int) -> int:
        return units if self.unitsPerEm == 1000 else round(units * 1000 / self.unitsPerEm)

    def getCharWidth(self, code: int) -> bytes:  # noqa: N802 - reportlab's name
        """Give a width as the file has it: reportlab asks only when it writes the table, and formats numbers slowly."""
        return b"%d" % self.charWidths.get(code, self.defaultWidth)

    def get_table(self, tag: str) -> Any:  # noqa: ANN401 - bytes, or what can be sliced like them
        """Give a table; of the outlines only a window: else every paper copies three megabytes."""
        if tag == "glyf":
            return _Window(self._ttf_data, *self.get_table_pos(tag))
        return super().get_table(tag)

    def _read_places(self, count: int) -> None:
        long_form = self.get_ushort(self.get_table_pos("head")[0] + 50)
        places = unpack_from(f">{count + 1}{'I' if long_form else 'H'}", self._ttf_data, self.get_table_pos("loca")[0])
        self.glyphPos = places if long_form else tuple(2 * place for place in places)


class Font(ttfonts.TTFont):  # type: ignore[misc]  # as above
    """A cut font as reportlab embeds it."""

    def __init__(self, font: str) -> None:
        from weakref import WeakKeyDictionary

        self.fontName = name_of(font)
        self.face = Face(font)
        self.encoding = ttfonts.TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable = False
        self.shapable = False


def name_of(font: str) -> str:
    """The name under which reportlab knows a cut font."""
    return f"Antuo-{font}"


def file_of(font: str) -> bytes:
    """The bytes of a cut font's file."""
    return bytes(registered(font).face._ttf_data)  # noqa: SLF001 - reportlab read it already


@cache
def registered(font: str) -> Font:
    """A cut font, opened and made known to reportlab when it is first asked for."""
    made = Font(font)
    pdfmetrics.registerFont(made)
    return made


@cache
def widths(font: str) -> dict[str, float]:
    """Width of each character of a cut font, in parts of the size."""
    return {chr(code): width / 1000 for code, width in registered(font).face.charWidths.items()}


@cache
def register() -> None:
    """Open the three weights and set reportlab up. About 20 ms, once; each fallback opens when a text needs it."""
    rl_config.useA85 = 0  # streams as they are, not as ASCII: a fifth smaller
    ttfonts.makeToUnicodeCMap = to_unicode
    for weight in WEIGHTS:
        widths(weight)


def width(text: str, weight: str, size: float) -> float:
    """Width of a clean text in points."""
    known = widths(weight)
    try:
        return sum([known[sign] for sign in text]) * size
    except KeyError:
        return sum(sum(widths(font)[sign] for sign in part) for font, part in runs(text, weight)) * size


def runs(text: str, weight: str) -> list[tuple[str, str]]:
    """Split a clean text into runs of (font, text) by coverage; a character that no font has gets its stand-in."""
    known = widths(weight)
    if all(map(known.__contains__, text)):
        return [(weight, text)]
    owners = ((coverage.font_of(sign), sign) for sign in text)
    signs = [(font or MAIN, sign if font else stand_in(sign)) for font, sign in owners]
    found = []
    for font, group in groupby(signs, key=lambda pair: pair[0]):
        found.append((weight if font == MAIN else font, "".join(sign for _, sign in group)))
        widths(found[-1][0])
    return found


def is_fallback(font: str) -> bool:
    """Tell whether a run's font is a fallback, which has one weight only."""
    return font in FALLBACKS


def to_unicode(name: str, subset: Iterable[int]) -> str:
    """Write the map by which readers copy text out of the PDF: UTF-16-BE, right beyond the BMP too.

    Stands in for reportlab's own, which writes five digits for such characters.
    """
    rows = [
        f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for place, code in enumerate(subset) if code
    ]
    blocks = [rows[at : at + _ROWS_OF_A_BLOCK] for at in range(0, len(rows), _ROWS_OF_A_BLOCK)]
    return "\n".join([
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ])  # fmt: skip
