"""A sheet out of a text file: encoding and separator are found."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from app.errors import Refused
from app.exchange.form_exports.sheet import LONGEST_CELL, MOST_ABOVE, MOST_COLUMNS, MOST_ROWS, Sheet, squared

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_WITHOUT_MARK = ("utf-8", "gb18030", "big5hkscs")
_SEPARATORS = (",", "\t", ";", "|")
_BINARY = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_LONGEST_LINE = 1_000_000  # characters
_LOOKED_AT = 4_000  # characters for the separator


def sheets(content: bytes) -> Iterator[Sheet]:
    """Go through the ways in which the bytes can be read, the likeliest first; usually there is only one.

    Raises Refused file_is_no_table, too_many_import_rows, too_many_import_columns.
    """
    read = 0
    for text in _decoded(content):
        read += 1
        yield _parsed(text)
    if not read:
        raise Refused("file_is_no_table")


def _decoded(content: bytes) -> Iterator[str]:
    for name in _encodings(content):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        text = text.removeprefix("\ufeff").replace("\0", "")
        if not _BINARY.search(text):
            yield text


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return (name,)
    sample = content[:1000]
    if sample.count(0) > len(sample) // 5:  # UTF-16 without its mark: every other byte of plain letters is nought
        return ("utf-16-le", "utf-16-be") if sample[1::2].count(0) >= sample[::2].count(0) else ("utf-16-be",)
    return _WITHOUT_MARK


def _parsed(text: str) -> Sheet:
    rows: list[list[str]] = []
    for line in csv.reader(_lines(text), delimiter=_separator(text)):
        if len(line) > MOST_COLUMNS and any(line[MOST_COLUMNS:]):
            raise Refused("too_many_import_columns", most=MOST_COLUMNS)
        if len(rows) >= MOST_ROWS + MOST_ABOVE:
            raise Refused("too_many_import_rows", most=MOST_ROWS)
        rows.append([_unguarded(cell) for cell in line])
    if not _is_table(rows):
        raise Refused("file_is_no_table")
    return squared("", rows)


def _lines(text: str) -> Iterator[str]:
    """The lines as they stand in the file, so that one without an end does not take all memory."""
    for line in StringIO(text, newline=""):
        if len(line) > _LONGEST_LINE:
            raise Refused("file_is_no_table")
        yield line


def _is_table(rows: list[list[str]]) -> bool:
    """Tell a table from prose with commas: many of its lines are equally wide."""
    widths = Counter(len(row) for row in rows if any(row))
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return width > 1 and count * 3 >= widths.total()


def _separator(text: str) -> str:
    """The sign that stands most often at the start of the file, outside of quotes."""
    outside = re.sub(r'"[^"]*"', "", text[:_LOOKED_AT])
    return max(_SEPARATORS, key=outside.count)


def _unguarded(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from calculating (spreadsheets.guarded), and ="…"."""
    if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r"):
        cell = cell[1:]
    elif cell[:2] == '="' and cell[-1:] == '"' and '"' not in cell[2:-1]:
        cell = cell[2:-1]
    return cell[:LONGEST_CELL]
