"""What a printer's copy says besides the stored paper: 补打 第 n 次, 电子版, 作废 VOID, 练习 PRACTICE.

The stored bytes never change. Every page of ours ends with an empty drawing (paper.py); a marked copy is the stored
bytes, whole and first, followed by what the PDF format calls an incremental update: a new version of that one drawing
with the fonts it uses. So the copy proves by itself which paper it is of, the text under the marks stays text, and
nothing of the stored paper is parsed but the end of its file.
"""

import re
from io import BytesIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.errors import Damaged
from app.printing import fonts, words
from app.printing.fitting import MM
from app.printing.fonts import BOLD, REGULAR
from app.printing.paper import MARK

COUNT_PLACES = {"receipt": (193.0, 141.2, 6.8), "sheet": (193.0, 285.4, 6.8), "recovery": (193.0, 285.4, 6.8)}
"""Where each kind of paper keeps room for the count: right end and base line in mm, size in points."""
VOID_PLACES = {"receipt": (127.0, 79.0, 30.0)}
"""Where the stamp 作废 lies: its middle in mm and its size in points."""
_VOID_RED, _PRACTICE, _INK2 = "0.702 0.149 0.118", "0.545 0.31 0.78", "0.318 0.376 0.427"

_MARK = re.compile(
    rb"(\d+) 0 obj\s*<<[^>]*?/" + MARK.encode() + rb" /(\w+)[^>]*?/BBox \[ [\d.]+ [\d.]+ ([\d.]+) ([\d.]+) \]",
)
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)


def laid_over(
    stored: bytes,
    *,
    nth: int = 0,
    void: bool = False,
    practice: bool = False,
    at: str = "",
    electronic: bool = False,
) -> bytes:
    """Give the copy for the printer or the screen: the stored bytes with marks laid over every page.

    `nth` is which printing this is (0: no count, for the screen); `electronic` a copy for a file; `at` the time of
    either, ISO. Nothing to say gives the stored bytes themselves. Raises Damaged paper_changed if the bytes are no
    paper of ours.
    """
    if not (nth or void or practice or electronic):
        return stored
    found, trailer = _MARK.search(stored), _TRAILER.search(stored[-2048:])
    if found is None or trailer is None:
        raise Damaged("paper_changed", number="")
    kind = found[2].decode()
    size = re.search(rb"/Size (\d+)", trailer[1])
    if size is None:
        raise Damaged("paper_changed", number="")
    drawing = _Drawing(float(found[3]), float(found[4]), first=int(size[1]), mark=int(found[1]))
    if practice:
        drawing.practice()
    if void:
        drawing.void(*VOID_PLACES.get(kind, (drawing.width / 2, drawing.height / 2, 40.0)))
    if nth or electronic:
        said = "电子版" if electronic else f"补打　第 {nth} 次" if nth > 1 else "第 1 次打印"
        drawing.note(said, words.minute(at), *COUNT_PLACES.get(kind, COUNT_PLACES["sheet"]))
    return stored + drawing.update(len(stored), trailer[1], int(trailer[2]))


class _Drawing:
    """The marks of one copy: drawn on a canvas of their own whose objects go on counting where the paper stopped."""

    def __init__(self, width: float, height: float, *, first: int, mark: int) -> None:
        fonts.register()
        self.width, self.height, self.first, self.mark = width / MM, height / MM, first, mark
        self.canvas = Canvas(
            BytesIO(),
            (width, height),
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.name_of(REGULAR),
        )
        document = self.canvas._doc  # noqa: SLF001 - reportlab has no door for an update
        for known in (document.idToObject, document.idToObjectNumberAndVersion, document.numberToId):
            known.clear()
        document.objectcounter = first - 1
        document.Reference(pdfdoc.PDFDictionary({}), pdfdoc.BasicFonts)
        self.document = document

    def note(self, said: str, at: str, right: float, base: float, size: float) -> None:
        """第 1 次打印, later 补打 第 n 次, or 电子版, with the time."""
        text = f"{said}　　{at}" if at else said
        self._text(text, right * MM - fonts.width(text, REGULAR, size), (self.height - base) * MM, REGULAR, size, _INK2)

    def void(self, x: float, y: float, size: float) -> None:
        """The stamp 作废 VOID in a frame, a little turned."""
        text, canvas = "作 废 VOID", self.canvas
        wide, high = fonts.width(text, BOLD, size), size * 1.55
        canvas.saveState()
        canvas.translate(x * MM, (self.height - y) * MM)
        canvas.rotate(16)
        canvas.addLiteral(f"{_VOID_RED} RG")
        canvas.setLineWidth(size / 13)
        canvas.roundRect(-wide / 2 - size * 0.5, -high / 2, wide + size, high, size * 0.14)
        self._text(text, -wide / 2, -size * 0.37, BOLD, size, _VOID_RED)
        canvas.restoreState()

    def practice(self) -> None:
        """练习 PRACTICE across the page, as outlines, so that what is below stays readable."""
        text, canvas = "练习 PRACTICE", self.canvas
        size = self.width * MM / 9
        wide, rows = fonts.width(text, BOLD, size), 3 if self.height > self.width else 1
        for row in range(rows):
            canvas.saveState()
            canvas.translate(self.width * MM / 2, self.height * MM * (row + 0.5) / rows)
            canvas.rotate(28)
            canvas.addLiteral(f"{_PRACTICE} RG 0.9 w 1 Tr")
            self._text(text, -wide / 2, -size * 0.37, BOLD, size, _PRACTICE)
            canvas.restoreState()

    def _text(self, text: str, x: float, y: float, weight: str, size: float, colour: str) -> None:
        self.canvas.addLiteral(f"{colour} rg BT 1 0 0 1 {x:.2f} {y:.2f} Tm")
        font = fonts.registered(weight)
        for subset, codes in font.splitString(text, self.document):
            name = font.getSubsetInternalName(subset, self.document)
            self.canvas.addLiteral(f"{name} {size:.2f} Tf <{codes.hex()}> Tj")
        self.canvas.addLiteral("ET")

    def update(self, start: int, trailer: bytes, before: int) -> bytes:
        """What follows the stored bytes: the mark's new version, its fonts, and the table that names them."""
        document = self.document
        for font in document.delayedFonts:
            font.addObjects(document)
        form = pdfdoc.PDFFormXObject(0, 0, round(self.width * MM, 2), round(self.height * MM, 2))
        form.compression = 1
        form.setStreamList(self.canvas._code)  # noqa: SLF001 - as reportlab's own forms are made
        document.idToObject[MARK], document.idToObjectNumberAndVersion[MARK] = form, (self.mark, 0)
        out, places = bytearray(b"\n"), dict[int, int]()
        self._add(out, places, start, MARK)
        number = self.first
        while number in document.numberToId:  # formatting an object may bring new ones
            self._add(out, places, start, document.numberToId[number])
            number += 1
        table = start + len(out)
        rows = "".join(f"{places[one]:010d} 00000 n \n" for one in sorted(places) if one != self.mark)
        out += f"xref\n0 1\n0000000000 65535 f \n{self.mark} 1\n{places[self.mark]:010d} 00000 n \n".encode()
        out += f"{self.first} {number - self.first}\n{rows}".encode()
        kept = re.sub(rb"/(Size|Prev) \d+|%[^\n]*\n", b"", trailer).strip()
        out += b"trailer\n<< " + kept + f"\n/Size {number} /Prev {before} >>\nstartxref\n{table}\n%%EOF\n".encode()
        return bytes(out)

    def _add(self, out: bytearray, places: dict[int, int], start: int, name: str) -> None:
        number, _ = self.document.idToObjectNumberAndVersion[name]
        body = pdfdoc.PDFIndirectObject(name, self.document.idToObject[name]).format(self.document)
        places[number] = start + len(out)
        out += body if isinstance(body, bytes) else body.encode("latin-1")
