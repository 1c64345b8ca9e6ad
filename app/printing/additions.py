"""Adding to a stored paper without changing a byte of it: what the PDF format calls an incremental update.

Papers of ours hold empty drawings (paper.py): the mark at the end of every page, and places for signatures. An addition
is the stored bytes, whole and first, followed by new versions of some of these drawings with the fonts that they use.
So it proves by itself which paper it is of, its text stays text, and nothing of the paper is parsed but the names of
the empty drawings and the end of its file.
"""

import re
from collections.abc import Iterator
from io import BytesIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.errors import Damaged
from app.printing import fonts
from app.printing.fonts import REGULAR

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)


class Addition:
    """Draw on `canvas` (points, from the lower left corner of the drawing), then `put` it; `content` is the result."""

    def __init__(self, stored: bytes) -> None:
        """Raises Damaged paper_changed if the bytes do not end as a paper of ours."""
        trailer = _TRAILER.search(stored[-2048:])
        size = re.search(rb"/Size (\d+)", trailer[1]) if trailer else None
        if trailer is None or size is None:
            raise Damaged("paper_changed", number="")
        fonts.register()
        self._stored, self._trailer, self._before, self._first = stored, trailer[1], int(trailer[2]), int(size[1])
        self._put: dict[int, str] = {}
        self.canvas = Canvas(
            BytesIO(), (1, 1), pageCompression=1, invariant=1, initialFontName=fonts.name_of(REGULAR),
        )  # fmt: skip
        document = self.canvas._doc  # noqa: SLF001 - reportlab has no door for an update
        for known in (document.idToObject, document.idToObjectNumberAndVersion, document.numberToId):
            known.clear()
        document.objectcounter = self._first - 1
        document.Reference(pdfdoc.PDFDictionary({}), pdfdoc.BasicFonts)
        self.document = document

    def text(self, text: str, x: float, y: float, weight: str, size: float, colour: str) -> None:
        """Write a line; `colour` as PDF writes it."""
        self.canvas.addLiteral(f"{colour} rg BT 1 0 0 1 {x:.2f} {y:.2f} Tm")
        font = fonts.registered(weight)
        for subset, codes in font.splitString(text, self.document):
            name = font.getSubsetInternalName(subset, self.document)
            self.canvas.addLiteral(f"{name} {size:.2f} Tf <{codes.hex()}> Tj")
        self.canvas.addLiteral("ET")

    def put(self, number: int, width: float, height: float) -> None:
        """What was drawn since the last `put` becomes the drawing with this object number, so large in points."""
        form = pdfdoc.PDFFormXObject(0, 0, round(width, 2), round(height, 2))
        form.compression = 1
        form.setStreamList(self.canvas._code)  # noqa: SLF001 - as reportlab's own forms are made
        self.canvas._code = []  # noqa: SLF001
        name = f"AntuoDrawing{number}"
        self.document.idToObject[name], self.document.idToObjectNumberAndVersion[name] = form, (number, 0)
        self._put[number] = name

    def content(self) -> bytes:
        """The stored bytes, and behind them the drawings, their fonts, and the table that names them."""
        document, start = self.document, len(self._stored)
        for font in document.delayedFonts:
            font.addObjects(document)
        out, places = bytearray(b"\n"), dict[int, int]()
        for name in self._put.values():
            self._add(out, places, start, name)
        number = self._first
        while number in document.numberToId:  # formatting an object may bring new ones
            self._add(out, places, start, document.numberToId[number])
            number += 1
        table = start + len(out)
        out += b"xref\n0 1\n0000000000 65535 f \n"
        for run in _runs(sorted(places)):
            rows = "".join(f"{places[one]:010d} 00000 n \n" for one in run)
            out += f"{run[0]} {len(run)}\n{rows}".encode()
        kept = re.sub(rb"/(Size|Prev) \d+|%[^\n]*\n", b"", self._trailer).strip()
        out += b"trailer\n<< " + kept + f"\n/Size {number} /Prev {self._before} >>\n".encode()
        return self._stored + bytes(out) + f"startxref\n{table}\n%%EOF\n".encode()

    def _add(self, out: bytearray, places: dict[int, int], start: int, name: str) -> None:
        number, _ = self.document.idToObjectNumberAndVersion[name]
        body = pdfdoc.PDFIndirectObject(name, self.document.idToObject[name]).format(self.document)
        places[number] = start + len(out)
        out += body if isinstance(body, bytes) else body.encode("latin-1")


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
