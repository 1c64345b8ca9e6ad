"""What papers are drawn with: a page in millimetres from its top left corner, colours, text, lines, boxes, pictures.

The page writes PDF operators itself (half the time of reportlab's own text objects); reportlab keeps the document,
embeds the fonts and writes the file. Every page ends with an empty drawing, the reserved mark, which `marks` fills in a
copy for the printer; the stored bytes never change.
"""

from dataclasses import dataclass
from io import BytesIO
from math import sqrt

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.printing import coverage, fonts
from app.printing.fitting import MM, Fitted
from app.printing.fonts import BOLD, REGULAR

__all__ = ["A4", "A5_LANDSCAPE", "Centre", "Paper"]

A4 = (210.0, 297.0)
A5_LANDSCAPE = (210.0, 148.0)

INK, INK2, INK3 = "#1B2733", "#51606D", "#66747F"
PRIMARY, TINT, ACCENT, RED = "#0F6B6B", "#E8F3F2", "#B4470F", "#B3261E"
HAIR, LINE, PALE, WHITE = "#DDE4EA", "#C9D2DA", "#F4F6F8", "#FFFFFF"

LEFT, CENTRE, RIGHT = "left", "centre", "right"
MARK, PLACE = "AntuoMark", "AntuoPlace"
_ROUND = 4 * (sqrt(2) - 1) / 3  # a quarter of a circle as a Bezier curve


@dataclass(frozen=True)
class Centre:
    """Who prints the papers. `logo` is the bytes of a PNG or JPEG, or empty for the program's own mark."""

    name: str
    english_name: str = ""
    address: str = ""
    phone: str = ""
    logo: bytes = b""


class Paper:
    """A document being drawn. `kind` names the paper for `marks`; sizes and places in mm, type in points."""

    def __init__(self, kind: str, size: tuple[float, float], *, title: str, author: str, made_at: str) -> None:
        fonts.register()
        self.kind = kind
        self.width, self.height = size
        points = (self.width * MM, self.height * MM)
        self.canvas = Canvas(
            BytesIO(), points, pageCompression=1, invariant=1, lang="zh-CN", initialFontName=fonts.name_of(REGULAR),
        )  # fmt: skip
        self.canvas.setTitle(coverage.clean(title))
        self.canvas.setAuthor(coverage.clean(author))
        self.canvas.setSubject(coverage.clean(title))
        self.canvas.setCreator("Antuo")
        date = "D:" + "".join(sign for sign in made_at if sign.isdigit())
        self.canvas.setDateFormatter(lambda *_: date)  # the paper's own time: the same facts give the same bytes
        self._code = ["q"]
        self._state: dict[str, str] = {}
        self._places: dict[str, list[float]] = {}

    def end_page(self) -> None:
        """Finish the page; what is drawn next stands on a new one."""
        self._code.append("Q")  # so that the mark starts from a clean state
        self._flush()
        self.canvas.doForm(MARK)
        self.canvas.showPage()
        self._code = ["q"]

    def content(self) -> bytes:
        """Give the finished PDF: same drawing, same bytes."""
        points = [0, 0, round(self.width * MM, 2), round(self.height * MM, 2)]
        document = self.canvas._doc  # noqa: SLF001 - reportlab has no door for it
        document.addForm(MARK, _Reserved(MARK, self.kind, points))
        for name, box in self._places.items():
            document.addForm(f"{PLACE}.{name}", _Reserved(PLACE, name, box))
        return bytes(self.canvas.getpdfdata())

    # text ---------------------------------------------------------------------------------------------------------

    def text(
        self, x: float, y: float, text: str, size: float, weight: str = REGULAR, colour: str = INK, align: str = LEFT,
        spacing: float = 0,
    ) -> None:  # fmt: skip
        """Write one line with its base line at y. `spacing` is what is added after each character, in points."""
        plain = coverage.clean(text)
        if not plain:
            return
        at = x * MM
        if align != LEFT:
            wide = fonts.width(plain, weight, size) + spacing * (len(plain) - 1)
            at -= wide if align == RIGHT else wide / 2
        self._set("rg", colour)
        if spacing:
            self._code.append(f"{spacing:g} Tc")
        self._code.append(f"BT 1 0 0 1 {at:.2f} {(self.height - y) * MM:.2f} Tm")
        for font, part in fonts.runs(plain, weight):
            self._run(font, part, size, weight, colour)
        self._code.append("ET 0 Tc" if spacing else "ET")

    def _run(self, font: str, part: str, size: float, weight: str, colour: str) -> None:
        thicken = weight == BOLD and fonts.is_fallback(font)
        if thicken:
            self._set("RG", colour)
            self._code.append(f"2 Tr {size * 0.022:.3f} w")
            self._state.pop("w", None)
        known, document = fonts.registered(font), self.canvas._doc  # noqa: SLF001 - as reportlab's own text
        for subset, codes in known.splitString(part, document):
            self._code.append(f"{known.getSubsetInternalName(subset, document)} {size:g} Tf <{codes.hex()}> Tj")
        if thicken:
            self._code.append("0 Tr")

    def lines(
        self, x: float, y: float, fitted: Fitted, colour: str = INK, align: str = LEFT, *, spacing: float = 0,
    ) -> None:  # fmt: skip
        """Write fitted lines, the first base line at y."""
        for place, line in enumerate(fitted.lines):
            self.text(x, y + place * fitted.pitch, line, fitted.size, fitted.weight, colour, align, spacing)

    # lines and shapes ---------------------------------------------------------------------------------------------

    def line(
        self, x0: float, y0: float, x1: float, y1: float, thick: float = 0.4, colour: str = HAIR, dash: str = "",
        *, ends: str = "",
    ) -> None:  # fmt: skip
        """Draw a line; `thick` in points, `dash` as PDF writes it ('0 2' with round ends gives dots)."""
        self._pen(thick, colour, dash, ends)
        self._code.append(f"{self._at(x0, y0)} m {self._at(x1, y1)} l S")

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: str = "", thick: float = 0.5,
        radius: float = 0, dash: str = "",
    ) -> None:  # fmt: skip
        """Draw a box by its top left corner, filled, outlined or both, with round corners if `radius` is given."""
        if radius:
            path = self._round_path(x, y, width, height, radius)
        else:
            path = f"{self._at(x, y + height)} {width * MM:.2f} {height * MM:.2f} re"
        self._paint(path, fill, stroke, thick, dash)

    def circle(
        self, x: float, y: float, radius: float, *, fill: str = "", stroke: str = "", thick: float = 0.5,
        dash: str = "",
    ) -> None:  # fmt: skip
        """Draw a circle around x, y."""
        path = self._round_path(x - radius, y - radius, 2 * radius, 2 * radius, radius)
        self._paint(path, fill, stroke, thick, dash)

    def shape(
        self, points: str, x: float, y: float, scale: float, *, fill: str = "", stroke: str = "", thick: float = 0.5,
        ends: str = "",
    ) -> None:  # fmt: skip
        """Draw a path given in a unit square's own numbers ('M x y L x y C … Z'), y downwards, at x, y in mm."""
        parts, out = points.split(), []
        while parts:
            order = parts.pop(0)
            count = {"M": 2, "L": 2, "C": 6, "Z": 0}[order]
            numbers = [float(parts.pop(0)) for _ in range(count)]
            pairs = zip(numbers[::2], numbers[1::2], strict=True)
            out += [self._at(x + across * scale, y + down * scale) for across, down in pairs]
            out.append({"M": "m", "L": "l", "C": "c", "Z": "h"}[order])
        self._paint(" ".join(out), fill, stroke, thick, "", ends)

    def squares(
        self,
        x: float,
        y: float,
        side: float,
        rows: tuple[bytes, ...] | list[bytes],
        colour: str = INK,
    ) -> None:
        """Draw a pattern of black (1) and white (0) squares, `side` mm in all: a QR code."""
        unit = side / len(rows)
        self._set("rg", colour)
        for down, row in enumerate(rows):
            across, size = 0, len(row)
            while across < size:
                if not row[across]:
                    across += 1
                    continue
                start = across
                while across < size and row[across]:
                    across += 1
                # a hair taller than the square, so that no white line shows between rows
                at = self._at(x + start * unit, y + (down + 1) * unit)
                self._code.append(f"{at} {(across - start) * unit * MM:.3f} {unit * MM + 0.03:.3f} re")
        self._code.append("f")

    def picture(self, content: bytes, x: float, y: float, width: float, height: float) -> bool:
        """Draw a PNG or JPEG as large as it fits, in the middle of the box; False if the bytes are no picture."""
        from reportlab.lib.utils import ImageReader

        try:
            reader = ImageReader(BytesIO(content))
            across, down = reader.getSize()
            self._flush()
            scale = min(width / across, height / down)
            left, top = x + (width - across * scale) / 2, y + (height - down * scale) / 2
            wide, high, base = across * scale * MM, down * scale * MM, self.height - top - down * scale
            self.canvas.drawImage(reader, left * MM, base * MM, wide, high, mask="auto")
        except Exception:  # noqa: BLE001 - whatever Pillow says of a broken picture, the paper is printed without it
            return False
        return True

    def reserve(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Leave an empty drawing in a box, its top left corner at x, y, which an addition may fill later."""
        self._places[name] = [0, 0, round(width * MM, 2), round(height * MM, 2)]
        self._code.append(f"q 1 0 0 1 {self._at(x, y + height)} cm")
        self._flush()
        self.canvas.doForm(f"{PLACE}.{name}")
        self._code.append("Q")

    # below ----------------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        self.canvas.addLiteral("\n".join(self._code))
        self._code, self._state = [], {}

    def _at(self, x: float, y: float) -> str:
        return f"{x * MM:.2f} {(self.height - y) * MM:.2f}"

    def _set(self, operator: str, value: str) -> None:
        """Write a colour or a measure only when it changes."""
        if self._state.get(operator) != value:
            self._state[operator] = value
            self._code.append(f"{rgb(value) if value.startswith('#') else value} {operator}")

    def _pen(self, thick: float, colour: str, dash: str, ends: str = "") -> None:
        self._set("RG", colour)
        self._set("w", f"{thick:.3g}")
        round_ends = "1" if ends == "round" or dash.startswith("0 ") else "0"
        self._set("J", round_ends)
        self._set("j", round_ends)
        self._set("d", f"[{dash}] 0")

    def _paint(self, path: str, fill: str, stroke: str, thick: float, dash: str, ends: str = "") -> None:
        if fill:
            self._set("rg", fill)
        if stroke:
            self._pen(thick, stroke, dash, ends)
        self._code.append(f"{path} {'B' if fill and stroke else 'f' if fill else 'S'}")

    def _round_path(self, x: float, y: float, width: float, height: float, radius: float) -> str:
        left, right, top, bottom, bend = x, x + width, y, y + height, radius * (1 - _ROUND)
        at = self._at
        corners = (  # where a side ends, two points that bend, where the next side starts
            ((right - radius, top), (right - bend, top), (right, top + bend), (right, top + radius)),
            ((right, bottom - radius), (right, bottom - bend), (right - bend, bottom), (right - radius, bottom)),
            ((left + radius, bottom), (left + bend, bottom), (left, bottom - bend), (left, bottom - radius)),
            ((left, top + radius), (left, top + bend), (left + bend, top), (left + radius, top)),
        )
        sides = (f"{at(*end)} l {at(*one)} {at(*other)} {at(*start)} c" for end, one, other, start in corners)
        return f"{at(left + radius, top)} m {' '.join(sides)} h"


class _Reserved(pdfdoc.PDFStream):  # type: ignore[misc]  # reportlab comes without types
    """An empty drawing, known by its names in the file."""

    def __init__(self, kind: str, name: str, box: list[float]) -> None:
        super().__init__(pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("XObject"),
            "Subtype": pdfdoc.PDFName("Form"),
            "BBox": pdfdoc.PDFArray(box),
            "Resources": pdfdoc.PDFDictionary({}),
            kind: pdfdoc.PDFName(name),
        }), "")  # fmt: skip


def rgb(colour: str) -> str:
    """A colour as PDF writes it: three shares."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))
