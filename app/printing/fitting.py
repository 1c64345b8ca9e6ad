"""Fitting text into a width: one line if it can be, a little smaller if that is enough, else as many lines as it takes.

Nothing is ever cut off. Chinese breaks between any two characters but not before a closing mark or after an opening
one; a word of letters stays whole unless it is wider than the line.
"""

from dataclasses import dataclass

from app.printing import coverage, fonts

MM = 72 / 25.4
"""Points of a millimetre."""
SMALLEST = 0.78
"""How far a line is made smaller before it is broken."""

HIGHEST = 70.0
"""How high a piece of text may become in mm before it is made smaller: it must fit on a page with others."""

_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕］｝”’…％‰℃·,.;:!?)]}%-－~～")
_NOT_LAST = frozenset("（《〈「『【〔［｛“‘([{¥￥$#")
_BREAK_AFTER = frozenset(" /,;_@&|")


@dataclass(frozen=True)
class Fitted:
    """A text set in lines of one size (points)."""

    size: float
    lines: tuple[str, ...]
    weight: str = fonts.REGULAR

    @property
    def pitch(self) -> float:
        """Distance of two base lines in mm."""
        return self.size * 1.32 / MM

    @property
    def height(self) -> float:
        """Height of all lines in mm."""
        return self.pitch * len(self.lines)


def wide(text: str, size: float, weight: str = fonts.REGULAR) -> float:
    """Width of a text on one line in mm."""
    return fonts.width(coverage.clean(text), weight, size) / MM


def fit(
    text: str, width: float, size: float, weight: str = fonts.REGULAR, smallest: float = SMALLEST, *,
    highest: float = HIGHEST,
) -> Fitted:  # fmt: skip
    """Set a text within `width` mm: at `size`, or down to `smallest` of it on one line, or on several lines.

    Whatever would be higher than `highest` mm becomes smaller still.
    """
    plain = coverage.clean(text, lines=True)
    needed = fonts.width(plain, weight, size) / MM if "\n" not in plain else float("inf")
    if needed <= width:
        fitted = Fitted(size, (plain,), weight)
    elif needed * smallest <= width:
        fitted = Fitted(int(size * width / needed * 20) / 20, (plain,), weight)
    else:
        fitted = Fitted(size * smallest, tuple(wrap(plain, width, size * smallest, weight)), weight)
    while fitted.height > highest and (len(fitted.lines) > 1 or fitted.size > size / 2):
        small = fitted.size * 0.94
        fitted = Fitted(small, tuple(wrap(plain, width, small, weight)), weight)
    return fitted


def fit_box(
    text: str,
    width: float,
    height: float,
    size: float,
    weight: str = fonts.REGULAR,
    smallest: float = SMALLEST,
) -> Fitted:
    """Set a text within a box of mm: one line, or smaller and on more lines until all of it is inside."""
    return fit(text, width, size, weight, smallest, highest=height)


def wrap(text: str, width: float, size: float, weight: str = fonts.REGULAR) -> list[str]:
    """Break a text into lines of at most `width` mm at a size; line breaks in the text stay."""
    room = width * MM / size
    return [
        line
        for paragraph in coverage.clean(text, lines=True).split("\n")
        for line in _lines(paragraph.strip(), room, weight)
    ]


def _lines(text: str, room: float, weight: str) -> list[str]:
    widths = [fonts.width(sign, weight, 1) for sign in text]
    found, start = [], 0
    while start < len(text):
        end = _end_of_line(text, widths, start, room)
        found.append(text[start:end].rstrip())
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return found or [""]


def _end_of_line(text: str, widths: list[float], start: int, room: float) -> int:
    used, end = 0.0, start
    while end < len(text) and used + widths[end] <= room + 1e-9:
        used += widths[end]
        end += 1
    if end == len(text):
        return end
    for place in range(end, start, -1):
        if _may_break(text[place - 1], text[place]):
            return place
    return max(end, start + 1)


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return after == " " or before in _BREAK_AFTER or _is_wide(before) or _is_wide(after)


def _is_wide(sign: str) -> bool:
    return sign >= "\u2e80"


def middle(fitted: Fitted, top: float, height: float) -> float:
    """The first base line that puts fitted lines in the middle of a box."""
    return top + (height - fitted.height) / 2 + fitted.pitch * 0.5 + fitted.size * 0.37 / MM
