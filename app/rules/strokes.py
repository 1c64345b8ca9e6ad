"""A signature that was drawn on a screen: its points, whether it is one, and the smooth curves through them.

A stroke is what the pen did between touching and leaving; its points are whole numbers, so that what is kept is exactly
what was drawn: x and y in ten-thousandths of the width of the pad (y downwards), and milliseconds since the first
touch.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import Any

SIDE = 10_000
MOST_STROKES, MOST_POINTS = 300, 20_000
LONGEST_MS = 60 * 60 * 1000
SHORTEST = 400
"""Less ink than this, as a length, is a slip of the hand and no signature."""

Point = tuple[int, int, int]
Stroke = tuple[Point, ...]
Strokes = tuple[Stroke, ...]
Spot = tuple[float, float]


def trouble(strokes: Strokes) -> str:
    """Code of what is wrong with a signature, "" if nothing: signature_empty, signature_unusable."""
    if not ink(strokes) >= SHORTEST:
        return "signature_empty"
    points = [point for stroke in strokes for point in stroke]
    fits = len(strokes) <= MOST_STROKES and len(points) <= MOST_POINTS and all(strokes)
    inside = all(0 <= x <= SIDE and 0 <= y <= SIDE and 0 <= at <= LONGEST_MS for x, y, at in points)
    in_order = all(one[2] <= other[2] for one, other in pairwise(points))
    return "" if fits and inside and in_order else "signature_unusable"


def ink(strokes: Strokes) -> float:
    """Length of everything drawn."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for stroke in strokes for a, b in pairwise(stroke))


def fitted(strokes: Strokes, width: float, height: float, *, most: float = 1.0) -> tuple[tuple[Spot, ...], ...]:
    """The strokes as they stand in a box: as large as they fit, in its middle, y downwards from its top.

    A small hand stays small: nothing is drawn larger than `most` times the width of the box for that of the pad.
    """
    xs = [x for stroke in strokes for x, _, _ in stroke]
    ys = [y for stroke in strokes for _, y, _ in stroke]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(width / max(wide, 1), height / max(high, 1), most * width / SIDE)
    left, top = (width - wide * scale) / 2, (height - high * scale) / 2
    return tuple(
        tuple((left + (x - min(xs)) * scale, top + (y - min(ys)) * scale) for x, y, _ in stroke) for stroke in strokes
    )


def curves(spots: Sequence[Spot]) -> list[tuple[Spot, Spot, Spot]]:
    """Bezier curves from the first spot through all others: two points that bend, and where the curve ends."""
    found = []
    last = len(spots) - 1
    for at in range(last):
        before, start, end, after = (spots[min(max(place, 0), last)] for place in range(at - 1, at + 3))
        found.append((_bent(start, before, end), _bent(end, after, start), end))
    return found


def _bent(spot: Spot, behind: Spot, ahead: Spot) -> Spot:
    """The bending point beside a spot, so that the curve goes on in the direction of its neighbours."""
    return spot[0] + (ahead[0] - behind[0]) / 6, spot[1] + (ahead[1] - behind[1]) / 6


def from_plain(plain: Any) -> Strokes:  # noqa: ANN401 - what JSON gives
    """Strokes out of lists of lists. ValueError when it is no such thing."""
    try:
        return tuple(tuple((int(x), int(y), int(at)) for x, y, at in stroke) for stroke in plain)
    except TypeError as error:
        raise ValueError from error
