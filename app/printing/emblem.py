"""The program's own mark, drawn: a sun over an open book, for centres that have no picture of their own."""

from math import cos, radians, sin

from app.printing.fitting import MM
from app.printing.paper import PRIMARY, WHITE, Paper

_MIDDLE, _HORIZON, _SUN = 0.5, 0.408, 0.165
_RAYS = tuple(
    (_MIDDLE + r0 * cos(radians(a)), _HORIZON - r0 * sin(radians(a)), _MIDDLE + r1 * cos(radians(a)), _HORIZON - r1 * sin(radians(a)))
    for r0, r1 in ((0.24, 0.305),)
    for a in (30, 60, 90, 120, 150)
)  # fmt: skip
_BEND = _SUN * 0.5523
_HALF_DISC = (
    f"M {_MIDDLE - _SUN} {_HORIZON} C {_MIDDLE - _SUN} {_HORIZON - _BEND} {_MIDDLE - _BEND} {_HORIZON - _SUN} {_MIDDLE}"
    f" {_HORIZON - _SUN} C {_MIDDLE + _BEND} {_HORIZON - _SUN} {_MIDDLE + _SUN} {_HORIZON - _BEND} {_MIDDLE + _SUN} {_HORIZON} Z"
)
_BOOK = (
    "M 0.5 0.54 C 0.43 0.488 0.33 0.472 0.195 0.49 L 0.195 0.685 C 0.33 0.668 0.43 0.69 0.5 0.745"
    " C 0.57 0.69 0.67 0.668 0.805 0.685 L 0.805 0.49 C 0.67 0.472 0.57 0.488 0.5 0.54 Z M 0.5 0.54 L 0.5 0.745"
)


def draw(paper: Paper, x: float, y: float, side: float) -> None:
    """Draw the mark as a square of `side` mm with its top left corner at x, y."""
    paper.box(x, y, side, side, fill=PRIMARY, radius=side * 0.21)
    paper.shape(_HALF_DISC, x, y, side, fill=WHITE)
    for x0, y0, x1, y1 in _RAYS:
        paper.line(x + x0 * side, y + y0 * side, x + x1 * side, y + y1 * side, 0.05 * side * MM, WHITE, ends="round")
    paper.shape(_BOOK, x, y, side, stroke=WHITE, thick=0.062 * side * MM, ends="round")
