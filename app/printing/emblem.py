"""The program's own mark, drawn: a sun over an open book, for centres that have no picture of their own."""

from math import cos, radians, sin

from app.printing.fitting import MM
from app.printing.paper import PRIMARY, WHITE, Paper

_MIDDLE, _HORIZON, _SUN = 0.5, 0.408, 0.165
_RAY_FROM, _RAY_TO = 0.24, 0.305
_DIRECTIONS = tuple((cos(radians(angle)), -sin(radians(angle))) for angle in (30, 60, 90, 120, 150))
_LEFT, _TOP, _RIGHT, _BEND = _MIDDLE - _SUN, _HORIZON - _SUN, _MIDDLE + _SUN, _SUN * 0.5523
_HALF_DISC = (
    f"M {_LEFT} {_HORIZON} C {_LEFT} {_HORIZON - _BEND} {_MIDDLE - _BEND} {_TOP} {_MIDDLE} {_TOP}"
    f" C {_MIDDLE + _BEND} {_TOP} {_RIGHT} {_HORIZON - _BEND} {_RIGHT} {_HORIZON} Z"
)
_BOOK = (
    "M 0.5 0.54 C 0.43 0.488 0.33 0.472 0.195 0.49 L 0.195 0.685 C 0.33 0.668 0.43 0.69 0.5 0.745"
    " C 0.57 0.69 0.67 0.668 0.805 0.685 L 0.805 0.49 C 0.67 0.472 0.57 0.488 0.5 0.54 Z M 0.5 0.54 L 0.5 0.745"
)


def draw(paper: Paper, x: float, y: float, side: float) -> None:
    """Draw the mark as a square of `side` mm with its top left corner at x, y."""
    paper.box(x, y, side, side, fill=PRIMARY, radius=side * 0.21)
    paper.shape(_HALF_DISC, x, y, side, fill=WHITE)
    centre_x, centre_y = x + _MIDDLE * side, y + _HORIZON * side
    for across, down in _DIRECTIONS:
        near, far = _RAY_FROM * side, _RAY_TO * side
        paper.line(
            centre_x + across * near, centre_y + down * near, centre_x + across * far, centre_y + down * far,
            0.05 * side * MM, WHITE, ends="round",
        )  # fmt: skip
    paper.shape(_BOOK, x, y, side, stroke=WHITE, thick=0.062 * side * MM, ends="round")
