"""Papers read back by other libraries: words, pages, fonts, codes, and whether all of it lies on the page."""

from io import BytesIO
from itertools import pairwise

import pypdf
import pypdfium2
import zxingcpp
from pypdf.generic import DictionaryObject

from app.printing.fitting import MM


def pages(paper: bytes) -> int:
    """How many pages a paper has."""
    return len(pypdf.PdfReader(BytesIO(paper), strict=True).pages)


def words(paper: bytes) -> str:
    """All text of a paper, blanks and line ends left out."""
    reader = pypdf.PdfReader(BytesIO(paper), strict=True)
    return bare("".join(page.extract_text() for page in reader.pages))


def bare(text: str) -> str:
    """A text without blanks, for lines break where they must."""
    return "".join(text.split())


def fonts(paper: bytes) -> dict[str, bool]:
    """Names of the fonts of a paper, and whether each is embedded with a map for copying."""
    reader = pypdf.PdfReader(BytesIO(paper), strict=True)
    found = {}
    for number in range(1, int(str(reader.trailer["/Size"]))):
        thing = reader.get_object(number)
        if isinstance(thing, DictionaryObject) and thing.get("/Type") == "/Font":
            descriptor = thing.get("/FontDescriptor", {})
            found[str(thing["/BaseFont"])] = "/FontFile2" in descriptor and "/ToUnicode" in thing
    return found


def codes(paper: bytes, dpi: int = 150, page: int = 0) -> list[str]:
    """What a scanner reads from a page that was printed at a resolution."""
    document = pypdfium2.PdfDocument(paper)
    try:
        picture = document[page].render(scale=dpi / 72).to_pil()
    finally:
        document.close()
    found = zxingcpp.read_barcodes(picture)
    for one in found:  # upright, not in a mirror: some scanners do not read those
        start, end = one.position.top_left, one.position.bottom_right
        assert start.x < end.x
        assert start.y < end.y
    return [one.text for one in found]


def outside(paper: bytes, margin: float = 5.0) -> list[str]:
    """Characters that lie nearer to the edge of their page than `margin` mm, or beyond it."""
    document, found = pypdfium2.PdfDocument(paper), []
    try:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for place in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(place)
                inside = left >= margin * MM and bottom >= margin * MM
                if right > left and not (inside and right <= width - margin * MM and top <= height - margin * MM):
                    found.append(text.get_text_range(place, 1))
    finally:
        document.close()
    return found


def overlapping(paper: bytes) -> list[str]:
    """Characters that lie on top of one another: the middle of one inside the other."""
    document, found = pypdfium2.PdfDocument(paper), []
    try:
        for page in document:
            text = page.get_textpage()
            boxes = []
            for place in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(place)
                sign = text.get_text_range(place, 1)  # empty for half of a character beyond the BMP
                if sign and right - left > 0.5 and top - bottom > 0.5:
                    boxes.append((left, bottom, right, top, sign))
            boxes.sort()
            found += _pairs(boxes)
    finally:
        document.close()
    return found


def _pairs(boxes: list[tuple[float, float, float, float, str]]) -> list[str]:
    found = []
    for place, (left, bottom, right, top, sign) in enumerate(boxes):
        for other_left, other_bottom, other_right, other_top, other in boxes[place + 1 :]:
            if other_left >= right:
                break
            middle_x, middle_y = (other_left + other_right) / 2, (other_bottom + other_top) / 2
            if left < middle_x < right and bottom < middle_y < top:
                found.append(sign + other)
    return found


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts stand in a text one after another."""
    places = [text.find(bare(part)) for part in parts]
    return -1 not in places and all(first < second for first, second in pairwise(places))


def pictures(paper: bytes) -> int:
    """How many pictures a paper shows."""
    reader = pypdf.PdfReader(BytesIO(paper), strict=True)
    return sum(len(page.images) for page in reader.pages)
