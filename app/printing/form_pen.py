"""Places to fill in on a blank form: lines and boxes for a pen, or fields for a keyboard, at the same place."""

from collections.abc import Sequence

from app.printing import blocks
from app.printing.fitting import MM, wide
from app.printing.form_fields import Fields
from app.printing.paper import CENTRE, HAIR, INK2, INK3, TINT, Paper

LINE_HEIGHT = 7.2


class Pen:
    """Draws what somebody has to fill in. Places in mm; `y` is the top of the place, the caption stands above it."""

    def __init__(self, paper: Paper, fields: Fields | None) -> None:
        """Without `fields` the paper is filled in with a pen."""
        self.paper, self.fields = paper, fields

    def caption(self, x: float, y: float, chinese: str, english: str = "", aside: str = "") -> None:
        """A label above a place, with what is wanted behind it."""
        blocks.caption(self.paper, x, y - 1, chinese, english)
        end = x + wide(chinese, 7) + (1.2 + wide(english, 6) if english else 0)
        self.paper.text(end + 1.5, y - 1, aside, 6, colour=INK3)

    def line(
        self, name: str, title: str, x: float, y: float, width: float, height: float = LINE_HEIGHT, *,
        size: float = 10, lines: bool = False,
    ) -> None:  # fmt: skip
        """A place for a text; `lines` lets it have several."""
        self._ground(x, y, width, height)
        if self.fields:
            self.fields.text(name, title, x, y, width, height, size=size, lines=lines)

    def boxes(self, name: str, title: str, x: float, y: float, width: float, count: int) -> None:
        """A box for each character of a number."""
        height, step = LINE_HEIGHT - 0.4, width / count
        self.paper.box(x, y, width, height, fill=TINT if self.fields else "", stroke=INK3, thick=0.5)
        for place in range(1, count):
            self.paper.line(x + place * step, y, x + place * step, y + height, 0.4, HAIR if self.fields else INK3)
        if self.fields:
            self.fields.text(name, title, x, y, width, height, longest=count, comb=True)

    def date(self, name: str, title: str, x: float, y: float, width: float) -> None:
        """A place for a date, in three parts for a pen."""
        self.line(name, title, x, y, width)
        if not self.fields:
            for sign, share in (("年", 0.42), ("月", 0.69), ("日", 0.96)):
                self.paper.text(x + width * share - 1.4, y + LINE_HEIGHT - 1.6, sign, 7.6, colour=INK3, align=CENTRE)

    def choice(
        self, name: str, title: str, x: float, y: float, width: float, options: Sequence[str], *,
        editable: bool = False, size: float = 10, height: float = LINE_HEIGHT,
    ) -> None:  # fmt: skip
        """A list to choose from; on paper a line to write on."""
        self._ground(x, y, width, height)
        if self.fields:
            self.fields.choice(name, title, x, y, width, height, options, size=size, editable=editable)

    def pick(
        self, name: str, title: str, x: float, y: float, width: float, options: Sequence[str],
    ) -> None:  # fmt: skip
        """A short list: a box to tick for each on paper."""
        if self.fields:
            self.choice(name, title, x, y, width, options)
            return
        base = y + LINE_HEIGHT - 2
        for words in options:
            x = blocks.choice(self.paper, x, base, words, ticked=False, size=10)

    def tick(self, name: str, title: str, x: float, y: float, words: str = "", *, size: float = 9) -> float:
        """A box to tick with its words, base line at y; gives where the next thing may start."""
        top = y - blocks.TICK_BOX / 2 - size * 0.37 / MM
        if self.fields:
            self.fields.tick(name, title, x, top, blocks.TICK_BOX)
        return blocks.choice(self.paper, x, y, words, ticked=False, size=size)

    def answers(
        self, name: str, title: str, x: float, y: float, options: Sequence[tuple[str, str]], *, size: float = 8.6,
    ) -> float:  # fmt: skip
        """Boxes of which one is ticked, side by side, base line at y."""
        places, top = [], y - blocks.TICK_BOX / 2 - size * 0.37 / MM
        for value, words in options:
            places.append((value, x, top))
            x = blocks.choice(self.paper, x, y, words, ticked=False, size=size)
        if self.fields:
            self.fields.answers(name, title, places, blocks.TICK_BOX)
        return x

    def sign(self, x0: float, x1: float, y: float, label: str) -> None:
        """A line for a signature or its date: written by hand in any case."""
        blocks.blank(self.paper, x0, x1, y, label)

    def _ground(self, x: float, y: float, width: float, height: float) -> None:
        if self.fields:
            self.paper.box(x, y, width, height, fill=TINT, radius=0.6)
        else:
            self.paper.line(x, y + height, x + width, y + height, 0.6, INK3)

    def head(self, x: float, y: float, words: str, align: str) -> None:
        """The caption of a column."""
        self.paper.text(x, y, words, 7, colour=INK2, align=align)
