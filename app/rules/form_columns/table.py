"""Where the table begins in a sheet: the header below titles, notes and empty lines, and the rows below it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.rules.form_columns import columns, headers

LOOKED_AT = 30  # lines in which the header must stand
LEAST = 2.0
_NOTES = ("合计", "总计", "小计", "共计", "备注", "说明", "注:", "注：", "total", "sum", "note")


@dataclass(frozen=True)
class Table:
    """The header of a sheet, and where it stands (counted from 0)."""

    at: int
    header: tuple[str, ...]
    above: tuple[str, ...]
    score: float


def find(rows: Sequence[tuple[str, ...]]) -> Table | None:
    """Find the header: the line with the most known words. None when no line has two."""
    best: Table | None = None
    for at, row in enumerate(rows[:LOOKED_AT]):
        score = columns.header_score(row)
        if score >= LEAST and (best is None or score > best.score):
            best = Table(at, row, rows[at - 1] if at else (), score)
    return best


def is_data(row: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a line below the header is a row: not empty, no sum or note at the end, no header again."""
    filled = (cell for cell in row if cell and not cell.isspace())
    first, second = next(filled, ""), next(filled, "")
    if not second and (not first or first.strip().lower().startswith(_NOTES)):
        return False
    return row != header


def layout(header: Sequence[str]) -> str:
    """A name for the layout of a form: the same words above the same columns give the same one."""
    return hashlib.sha256("\x1f".join(headers.plain(text) for text in header).encode()).hexdigest()
