"""A table as it stands in a file: text in every cell, nothing interpreted yet."""

from dataclasses import dataclass

MOST_ROWS = 5_000  # below the header; a centre has some hundred applications a year
MOST_COLUMNS = 200
MOST_ABOVE = 100  # titles, notes and empty lines above the header
LONGEST_CELL = 32_767  # of Excel

Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file, every row as wide as the widest. `title` is the name of the sheet; "" in a csv."""

    title: str
    rows: tuple[Row, ...]


def squared(title: str, rows: list[list[str]]) -> Sheet:
    """Make every row as wide as the widest that holds something, and drop empty rows at the end.

    Empty rows between others stay: rows are counted.
    """
    width = max((_used(row) for row in rows), default=0)
    last = max((at for at, row in enumerate(rows, 1) if _used(row)), default=0)
    return Sheet(title, tuple(tuple(row[:width]) + ("",) * (width - len(row)) for row in rows[:last]))


def _used(row: list[str]) -> int:
    for at in range(len(row), 0, -1):
        if row[at - 1] and not row[at - 1].isspace():
            return at
    return 0
