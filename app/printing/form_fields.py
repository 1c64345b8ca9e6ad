"""Fields that can be filled on the screen: the AcroForm part of a PDF, built from reportlab's low-level objects.

Viewers type into these fields with the font that the form brings along, so the whole regular font is embedded, no part
of it cut: 1.9 MB packed. Its codes are Unicode itself (a table leads from there to the outlines), so that every program
finds the way from a typed character to its shape and back. What the font lacks the viewer takes from its own fonts; the
value is kept as Unicode text either way. A name such as `child.name` is a tree in the file: `name` below `child`.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from reportlab.pdfbase import pdfdoc

from app.printing import coverage, fonts
from app.printing.fitting import MM
from app.printing.fonts import REGULAR
from app.printing.paper import INK, PRIMARY, WHITE, Paper, rgb

FONT = "AntuoForm"
ALIAS = "Wingdings"
"""The name by which fields ask for it. PDFium (Chrome and its kin) writes Chinese with the computer's own fonts, or not
at all if it has none, unless the form's font goes by one of the names that it trusts with any character."""
_MULTILINE, _COMB = 1 << 12, 1 << 24
_COMBO, _EDIT = 1 << 17, 1 << 18
_PRINT, _HIDDEN = 4, 2
_BMP = 0x10000
_BLOCK = 100  # what the CMap language allows between beginbfrange and endbfrange
_EMPTY = "/Tx BMC EMC"


class Fields:
    """The fields of one paper. Places in mm from the top left corner of the page that is being drawn."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._document = paper, paper.canvas._doc  # noqa: SLF001 - reportlab has no door for it
        self._leaves: dict[str, pdfdoc.PDFDictionary] = {}
        self._empty = self._drawing((1, 1), _EMPTY, "AntuoEmpty")

    def text(
        self, name: str, title: str, x: float, y: float, width: float, height: float, *, size: float = 10,
        lines: bool = False, longest: int = 0, comb: bool = False,
    ) -> None:  # fmt: skip
        """A field for typing; `lines` lets it have several, `comb` gives each of `longest` characters its own box."""
        look = {
            "FT": _name("Tx"), "DA": _appearance(size), "Ff": (_MULTILINE if lines else 0) | (_COMB if comb else 0),
            "AP": _dictionary(N=self._empty),
        }  # fmt: skip
        if longest:
            look["MaxLen"] = longest
        self._leaf(name, title, (x, y, width, height), look)

    def choice(
        self, name: str, title: str, x: float, y: float, width: float, height: float,
        options: Iterable[str], *, size: float = 10, editable: bool = False,
    ) -> None:  # fmt: skip
        """A list of words to choose from; `editable`: something else may be typed."""
        look = {
            "FT": _name("Ch"), "DA": _appearance(size), "Ff": _COMBO | (_EDIT if editable else 0),
            "Opt": pdfdoc.PDFArray([_string(words) for words in ("", *options)]),
            "AP": _dictionary(N=self._empty),
        }  # fmt: skip
        self._leaf(name, title, (x, y, width, height), look)

    def tick(self, name: str, title: str, x: float, y: float, side: float) -> None:
        """A box to tick; the box itself is drawn by the paper."""
        self._leaf(name, title, (x, y, side, side), {"FT": _name("Btn"), **self._states("yes", side)})

    def answers(self, name: str, title: str, places: Sequence[tuple[str, float, float]], side: float) -> None:
        """Boxes (value, x, y) of which one at most is ticked.

        Boxes of one field, no radio buttons: those cannot be taken back, and some viewers show none.
        """
        parent = _dictionary(FT=_name("Btn"), V=_name("Off"), TU=_string(title))
        kids = []
        for value, x, y in places:
            kid = self._widget((x, y, side, side), self._states(value, side, value_too=False))
            kid["Parent"] = self._document.Reference(parent, f"AntuoField.{name}")
            kids.append(self._annotate(kid, f"{name}.{value}"))
        parent["Kids"] = pdfdoc.PDFArray(kids)
        self._leaves[name] = parent

    def hidden(self, name: str, value: str) -> None:
        """A field that nobody sees: what the form says of itself to whoever reads it."""
        look = {"FT": _name("Tx"), "Ff": 1, "DA": _appearance(6), "V": _string(value), "F": _HIDDEN}
        self._leaf(name, name, (0, 0, 0, 0), look | {"AP": _dictionary(N=self._empty)})

    def finish(self) -> None:
        """Make the fields known to the document, once, after the last page."""
        top = _dictionary()
        roots: list[object] = []
        branches: dict[str, tuple[pdfdoc.PDFDictionary, list[object]]] = {"": (top, roots)}
        for name, leaf in self._leaves.items():
            *path, last = name.split(".")
            leaf["T"] = _string(last)
            above = ""
            for part in path:
                above = self._branch(above, part, branches)
            if above:
                leaf["Parent"] = self._document.Reference(branches[above][0], f"AntuoBranch.{above}")
            branches[above][1].append(self._document.Reference(leaf, f"AntuoField.{name}"))
        for where, (branch, kids) in branches.items():
            branch["Fields" if not where else "Kids"] = pdfdoc.PDFArray(kids)
        top["NeedAppearances"] = "true"
        top["DA"] = _appearance(10)
        top["DR"] = _dictionary(Font=_dictionary(**{ALIAS: _font(self._document)}))
        self._document.Catalog.AcroForm = self._document.Reference(top, "AntuoAcroForm")

    # below ----------------------------------------------------------------------------------------------------------

    def _branch(
        self, above: str, part: str, branches: dict[str, tuple[pdfdoc.PDFDictionary, list[object]]],
    ) -> str:  # fmt: skip
        where = f"{above}.{part}" if above else part
        if where not in branches:
            made = _dictionary(T=_string(part))
            if above:
                made["Parent"] = self._document.Reference(branches[above][0], f"AntuoBranch.{above}")
            branches[above][1].append(self._document.Reference(made, f"AntuoBranch.{where}"))
            branches[where] = (made, [])
        return where

    def _leaf(
        self, name: str, title: str, place: tuple[float, float, float, float], look: dict[str, object],
    ) -> None:  # fmt: skip
        made = self._widget(place, {"TU": _string(title), **look})
        self._annotate(made, name)
        self._leaves[name] = made

    def _annotate(self, widget: pdfdoc.PDFDictionary, name: str) -> object:
        reference = self._document.Reference(widget, f"AntuoField.{name}")
        self._paper.canvas._annotationrefs.append(reference)  # noqa: SLF001 - as above
        return reference

    def _widget(
        self, place: tuple[float, float, float, float], look: dict[str, object],
    ) -> pdfdoc.PDFDictionary:  # fmt: skip
        x, y, width, height = place
        bottom = self._paper.height - y - height
        box = [round(one * MM, 2) for one in (x, bottom, x + width, bottom + height)]
        return _dictionary(
            **{"Type": _name("Annot"), "Subtype": _name("Widget"), "Rect": pdfdoc.PDFArray(box), "F": _PRINT, **look},
        )

    def _states(self, value: str, side: float, *, value_too: bool = True) -> dict[str, object]:
        size = side * MM
        tick = " ".join([
            "q", f"{rgb(PRIMARY)} rg 0 0 {size:.2f} {size:.2f} re f", f"{rgb(WHITE)} RG 1.2 w 1 J 1 j",
            f"{size * 0.22:.2f} {size * 0.48:.2f} m {size * 0.43:.2f} {size * 0.28:.2f} l",
            f"{size * 0.79:.2f} {size * 0.70:.2f} l S Q",
        ])  # fmt: skip
        ticked = self._drawing((size, size), tick, f"AntuoTicked{side}")
        free = self._drawing((size, size), "", f"AntuoFree{side}")
        look = {"AS": _name("Off"), "AP": _dictionary(N=_dictionary(**{value: ticked, "Off": free}))}
        return look | ({"V": _name("Off")} if value_too else {})

    def _drawing(self, size: tuple[float, float], code: str, name: str) -> object:
        if name in self._document.idToObject:
            return pdfdoc.PDFObjectReference(name)
        box = pdfdoc.PDFArray([0, 0, round(size[0], 2), round(size[1], 2)])
        return self._document.Reference(
            pdfdoc.PDFStream(
                _dictionary(Type=_name("XObject"), Subtype=_name("Form"), BBox=box, Resources=_dictionary()),
                code,
            ),
            name,
        )


# the font -------------------------------------------------------------------------------------------------------------


def _font(document: pdfdoc.PDFDocument) -> object:
    """Embed the whole regular font, its codes being Unicode."""
    face = fonts.registered(REGULAR).face
    file, places, names = _packed()
    described = _dictionary(
        Type=_name("FontDescriptor"), FontName=_name(FONT), Flags=4, FontBBox=pdfdoc.PDFArray(face.bbox),
        ItalicAngle=0, Ascent=face.ascent, Descent=face.descent, CapHeight=face.capHeight, StemV=face.stemV,
        FontFile2=document.Reference(_stream(file, Length1=_length()), "AntuoFormFile"),
    )  # fmt: skip
    kind = _dictionary(Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0)
    below = _dictionary(
        Type=_name("Font"), Subtype=_name("CIDFontType2"), BaseFont=_name(FONT), CIDSystemInfo=kind, DW=1000,
        W=_widths(), FontDescriptor=document.Reference(described, "AntuoFormDescriptor"),
        CIDToGIDMap=document.Reference(_stream(places), "AntuoFormPlaces"),
    )  # fmt: skip
    made = _dictionary(
        Type=_name("Font"), Subtype=_name("Type0"), BaseFont=_name(FONT), Encoding=_name("Identity-H"),
        DescendantFonts=pdfdoc.PDFArray([document.Reference(below, "AntuoFormBelow")]),
        ToUnicode=document.Reference(_stream(names), "AntuoFormNames"),
    )  # fmt: skip
    return document.Reference(made, "AntuoFormFont")


def warm_up() -> None:
    """Pack the font, in idle time before the first form; in any thread."""
    _packed()


def _glyphs() -> dict[int, int]:
    return {code: glyph for code, glyph in coverage.glyphs(REGULAR).items() if code < _BMP}


@cache
def _packed() -> tuple[bytes, bytes, bytes]:
    """The font's file, its table from code to outline, and its map to Unicode, packed: 0.15 s, once."""
    import zlib

    places = bytearray(2 * _BMP)
    for code, glyph in _glyphs().items():
        places[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    parts = (fonts.file_of(REGULAR), bytes(places), _to_unicode().encode())
    first, second, third = (zlib.compress(part, 9) for part in parts)
    return first, second, third


@cache
def _length() -> int:
    return len(fonts.file_of(REGULAR))


def _runs() -> list[tuple[int, int]]:
    """The codes of the font as runs (first, last) that stay within one high byte, as the CMap language wants them."""
    found: list[tuple[int, int]] = []
    for code in sorted(_glyphs()):
        if found and code == found[-1][1] + 1 and code % 256:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def _to_unicode() -> str:
    rows = [f"<{first:04X}> <{last:04X}> <{first:04X}>" for first, last in _runs()]
    blocks = [rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK)]
    return "\n".join([
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} beginbfrange", *block, "endbfrange")),
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    ])  # fmt: skip


def _widths() -> pdfdoc.PDFArray:
    """Widths of the codes that are not as wide as a Chinese character, in runs of the same width."""
    known = fonts.registered(REGULAR).face.charWidths
    runs: list[list[int]] = []
    for code in sorted(_glyphs()):
        width = known[code]
        if runs and runs[-1][1] == code - 1 and runs[-1][2] == width:
            runs[-1][1] = code
        elif width != 1000:
            runs.append([code, code, width])
    return pdfdoc.PDFArray([number for run in runs for number in run])


# objects of a PDF -----------------------------------------------------------------------------------------------------


class _Packed(pdfdoc.PDFStream):  # type: ignore[misc]  # reportlab comes without types
    """A stream whose bytes are packed already."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Write the bytes as they are."""
        head = self.dictionary.format(document)
        written = head if isinstance(head, bytes) else str(head).encode("latin-1")
        return written + b"\nstream\n" + bytes(self.content) + b"\nendstream"


def _stream(packed: bytes, **more: object) -> _Packed:
    return _Packed(_dictionary(Length=len(packed), Filter=_name("FlateDecode"), **more), packed)


def _dictionary(**values: object) -> pdfdoc.PDFDictionary:
    return pdfdoc.PDFDictionary(dict(values))


def _name(text: str) -> object:
    return pdfdoc.PDFName(text)


def _string(text: str) -> pdfdoc.PDFString:
    return pdfdoc.PDFString(text)


def _appearance(size: float) -> pdfdoc.PDFString:
    return pdfdoc.PDFString(f"/{ALIAS} {size:g} Tf {rgb(INK)} rg")
