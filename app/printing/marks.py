"""What a printer's copy says besides the stored paper: 补打 第 n 次, 电子版, 作废 VOID, 练习 PRACTICE.

The stored bytes never change. Every page of ours ends with an empty drawing (paper.py); a marked copy is the stored
bytes with a new version of that one drawing behind them (additions.py).
"""

import re

from app.errors import Damaged
from app.printing import fonts, words
from app.printing.additions import Addition
from app.printing.fitting import MM
from app.printing.fonts import BOLD, REGULAR
from app.printing.paper import MARK

COUNT_PLACES = {"receipt": (193.0, 141.2, 6.8), "sheet": (193.0, 285.4, 6.8), "opening": (193.0, 285.4, 6.8),
                "recovery": (193.0, 285.4, 6.8)}
"""Where each kind of paper keeps room for the count: right end and base line in mm, size in points."""
VOID_PLACES = {"receipt": (127.0, 79.0, 30.0)}
"""Where the stamp 作废 lies: its middle in mm and its size in points."""
_VOID_RED, _PRACTICE, _INK2 = "0.702 0.149 0.118", "0.545 0.31 0.78", "0.318 0.376 0.427"

_MARK = re.compile(
    rb"(\d+) 0 obj\s*<<[^>]*?/" + MARK.encode() + rb" /(\w+)[^>]*?/BBox \[ [\d.]+ [\d.]+ ([\d.]+) ([\d.]+) \]",
)


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
    found = _MARK.search(stored)
    if found is None:
        raise Damaged("paper_changed", number="")
    kind = found[2].decode()
    drawing = _Drawing(stored, float(found[3]), float(found[4]))
    if practice:
        drawing.practice()
    if void:
        drawing.void(*VOID_PLACES.get(kind, (drawing.width / 2, drawing.height / 2, 40.0)))
    if nth or electronic:
        said = "电子版" if electronic else f"补打　第 {nth} 次" if nth > 1 else "第 1 次打印"
        drawing.note(said, words.minute(at), *COUNT_PLACES.get(kind, COUNT_PLACES["sheet"]))
    drawing.addition.put(int(found[1]), float(found[3]), float(found[4]))
    return drawing.addition.content()


class _Drawing:
    """The marks of one copy."""

    def __init__(self, stored: bytes, width: float, height: float) -> None:
        self.width, self.height = width / MM, height / MM
        self.addition = Addition(stored)
        self.canvas, self._text = self.addition.canvas, self.addition.text

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
