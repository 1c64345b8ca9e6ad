"""The confirmation sheet with signatures that were drawn on the screen: the stored bytes, whole, and the strokes.

The sheet keeps an empty drawing at every line that a guardian signs (sheet_signature.py). The signed sheet is what was
shown with these drawings filled (additions.py): its first bytes are the very bytes whose hash was shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.printing.additions import Addition
from app.printing.fitting import MM
from app.printing.fonts import REGULAR
from app.printing.paper import INK, INK2, PLACE, rgb
from app.rules import strokes as rules
from app.rules.strokes import Strokes

SIGNED = ("parent", "under_14", "goes_home_alone")
"""The places of a sheet that are signed, in the order in which they are."""
_PEN, _DATE, _NOTE = 1.1, 8.6, 5.4  # points
_FOUND = re.compile(
    rb"(\d+) 0 obj\s*<<[^>]*?/" + PLACE.encode() + rb" /([\w.]+)[^>]*?/BBox \[ [\d.]+ [\d.]+ ([\d.]+) ([\d.]+) \]",
)


@dataclass(frozen=True)
class Place:
    """An empty drawing of a paper: its object number, and its size in points."""

    number: int
    width: float
    height: float


def places(stored: bytes) -> dict[str, Place]:
    """The empty drawings of a sheet by name. A sheet from before there were signatures on the screen has none."""
    found = _FOUND.findall(stored)
    return {name.decode(): Place(int(number), float(wide), float(high)) for number, name, wide, high in found}


def sign(stored: bytes, signatures: Mapping[str, Strokes], *, day: str, note: str) -> bytes:
    """Fill the places of a sheet: each with its strokes and the day beside it; `note` stands below the parent's line.

    Same sheet, strokes and words: same bytes. Raises Damaged paper_changed. KeyError for a place that the sheet lacks.
    """
    there, addition = places(stored), Addition(stored)
    for name in [name for name in SIGNED if name in signatures]:
        place = there[name]
        _draw(addition, place, signatures[name])
        addition.put(place.number, place.width, place.height)
        date = there[f"{name}.date"]
        addition.text(day, 1, 1.4 * MM, REGULAR, _DATE, rgb(INK))
        addition.put(date.number, date.width, date.height)
        if agree := there.get(f"{name}.agree"):
            _tick(addition, agree)
    addition.text(note, 0, 0.8 * MM, REGULAR, _NOTE, rgb(INK2))
    addition.put(there["note"].number, there["note"].width, there["note"].height)
    return addition.content()


def _tick(addition: Addition, place: Place) -> None:
    """同意: who signs a box that was not answered yet agrees to it."""
    spots = " ".join(
        f"{_at((place.width * x, place.height * y))} {'l' if at else 'm'}"
        for at, (x, y) in enumerate(((0.2, 0.48), (0.42, 0.25), (0.82, 0.78)))
    )
    addition.canvas.addLiteral(f"{rgb(INK)} RG 1.3 w 1 J 1 j {spots} S")
    addition.put(place.number, place.width, place.height)


def _draw(addition: Addition, place: Place, signature: Strokes) -> None:
    """The strokes as curves with round ends, inside the place by half the width of the pen."""
    edge, write = _PEN, addition.canvas.addLiteral
    write(f"{rgb(INK)} RG {_PEN} w 1 J 1 j")
    for stroke in rules.fitted(signature, place.width - 2 * edge, place.height - 2 * edge):
        spots = [(edge + x, place.height - edge - y) for x, y in stroke]
        write(f"{_at(spots[0])} m")
        for one, other, end in rules.curves(spots):
            write(f"{_at(one)} {_at(other)} {_at(end)} c")
        if len(spots) == 1:
            write(f"{_at(spots[0])} l")  # a dot: a line without length has its round ends
        write("S")


def _at(spot: tuple[float, float]) -> str:
    return f"{spot[0]:.2f} {spot[1]:.2f}"
