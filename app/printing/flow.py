"""Blocks that follow each other down the pages of a paper; what does not fit goes on the next page, whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.printing.paper import Paper

GAP_SLACK = 0.4
"""Which part of the room between sections can be done without."""


@dataclass(frozen=True)
class Block:
    """A part of a paper that stays in one piece.

    `draw(paper, top, height)` draws it. `gap` is the room before it, not used at the top of a page. `keep`: it does not
    stand at the foot of a page without the block after it. `again` comes on top where a page begins with it (the
    head of a table). `stretch` is how high it may become when room is left on its page, `slack` how many mm it can do
    without.
    """

    height: float
    draw: Callable[[Paper, float, float], None]
    gap: float = 0
    keep: bool = False
    again: "Block | None" = None
    stretch: float = 0
    slack: float = 0


@dataclass(frozen=True)
class Placed:
    """A block with its place on a page."""

    block: Block
    top: float
    height: float


def on_one_page(blocks: Sequence[Block], room: float) -> list[Block]:
    """Draw blocks together a little if that brings them all into `room` mm; else leave them as they are."""
    needed = sum(one.height + one.gap for one in blocks) - blocks[0].gap
    spare = sum(one.slack + one.gap * GAP_SLACK for one in blocks)
    if not room < needed <= room + spare:
        return list(blocks)
    part = (needed - room) / spare
    return [
        replace(one, height=one.height - part * one.slack, gap=one.gap * (1 - part * GAP_SLACK), slack=0)
        for one in blocks
    ]


def paginate(blocks: Sequence[Block], first_top: float, top: float, bottom: float) -> list[list[Placed]]:
    """Give each block its page and place. A block higher than a page stands alone on one."""
    pages: list[list[Placed]] = [[]]
    y, place = first_top, 0
    while place < len(blocks):
        group = _group(blocks, place)
        needed = sum(one.height + one.gap for one in group) - (0 if pages[-1] else group[0].gap)
        if pages[-1] and y + needed > bottom + 1e-6:
            _stretch(pages[-1], bottom)
            pages.append([])
            y = top
            if head := group[0].again:
                pages[-1].append(Placed(head, y, head.height))
                y += head.height
        for block in group:
            y += block.gap if pages[-1] else 0
            pages[-1].append(Placed(block, y, block.height))
            y += block.height
        place += len(group)
    _stretch(pages[-1], bottom)
    return pages


def _group(blocks: Sequence[Block], start: int) -> list[Block]:
    end = start
    while blocks[end].keep and end + 1 < len(blocks):
        end += 1
    return list(blocks[start : end + 1])


def _stretch(page: list[Placed], bottom: float) -> None:
    """Let the stretching block at the end of a page take the room that is left."""
    last = page[-1]
    height = min(max(last.height, bottom - last.top), max(last.height, last.block.stretch))
    page[-1] = Placed(last.block, last.top, height)
