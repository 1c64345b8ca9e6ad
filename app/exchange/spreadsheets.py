"""Rows to a spreadsheet file that Excel, WPS and LibreOffice open: xlsx by XlsxWriter, or csv. reliability.md 2.10.

What was typed stays text: no formula, no link, no number made out of a phone or an identity number. The file is written
beside its place and renamed, so that a full disk or a kill leaves no half file under the name.
"""

import csv
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from app.errors import Refused

Kind = Literal["text", "money", "number"]
Progress = Callable[[int, int], None]

LONGEST_CELL = 32_767  # of Excel
MOST_ROWS = 1_048_575  # of Excel, under the header row
ALONE_FROM = 2_000  # rows from which the writing leaves this process, so that the windows stay smooth
PROGRESS_EVERY = 500
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\0")  # what a spreadsheet would take for a formula in a csv
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")


@dataclass(frozen=True)
class Column:
    """A column of the file: its title, what its values are (money is integer fen), its width in characters."""

    title: str
    kind: Kind = "text"
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A table for a file: every row has one value per column; None is an empty cell."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def write(path: Path, sheet: Sheet, progress: Progress | None = None) -> None:
    """Write the sheet to `path`, as csv or xlsx by its ending. An exception of `progress` (cancelled) leaves no file.

    Big ones are written by a child process. Raises Refused unknown_file_kind, file_not_written, too_many_rows.
    """
    check_name(path)
    if len(sheet.rows) > MOST_ROWS:
        raise Refused("too_many_rows", rows=len(sheet.rows))
    with in_place(path) as beside:
        (fill if len(sheet.rows) < ALONE_FROM else _fill_elsewhere)(beside, sheet, progress)


@contextmanager
def in_place(path: Path) -> Iterator[Path]:
    """Give a file to fill, which takes the place of `path` at the end; whatever goes wrong leaves nothing behind.

    Raises Refused file_not_written.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".antuo-") as folder:
            beside = Path(folder) / f"sheet{path.suffix}"
            yield beside
            beside.replace(path)
    except OSError as error:
        raise Refused("file_not_written", name=path.name) from error


def check_name(path: Path) -> None:
    """Refuse a file name whose ending says neither xlsx nor csv. Raises Refused unknown_file_kind."""
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise Refused("unknown_file_kind", name=path.name)


def guarded(text: str) -> str:
    """Text for a csv field: one that a spreadsheet would calculate gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def fill(path: Path, sheet: Sheet, progress: Progress | None = None) -> None:
    """Write the sheet in this process, straight to `path`: for a child process that was given a file of `in_place`."""
    if path.suffix.lower() == ".csv":
        _write_csv(path, sheet, progress)
    else:
        _write_xlsx(path, sheet, progress)


def _counted(sheet: Sheet, progress: Progress | None) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for done, row in enumerate(sheet.rows, 1):
        yield done, row
        if progress and done % PROGRESS_EVERY == 0:
            progress(done, len(sheet.rows))


def _write_csv(path: Path, sheet: Sheet, progress: Progress | None) -> None:
    kinds = [column.kind for column in sheet.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, lineterminator="\r\n")
        lines.writerow([guarded(column.title) for column in sheet.columns])
        for _, row in _counted(sheet, progress):
            lines.writerow([_csv_text(value, kind) for value, kind in zip(row, kinds, strict=True)])


def _csv_text(value: Any, kind: Kind) -> str:  # noqa: ANN401 - any cell
    if value is None:
        return ""
    if kind == "money":
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    return str(value) if kind == "number" else guarded(_CONTROL.sub("", str(value)))


def _write_xlsx(path: Path, sheet: Sheet, progress: Progress | None) -> None:
    from xlsxwriter import Workbook  # only when a file is written
    from xlsxwriter.exceptions import XlsxFileError

    options = {
        "constant_memory": True, "tmpdir": str(path.parent),
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = Workbook(str(path), options)
    try:
        _write_page(book, sheet, progress)
    finally:
        try:
            book.close()  # after a fault too: its own temporary files are open
        except XlsxFileError as error:
            raise OSError from error


def _write_page(book: Any, sheet: Sheet, progress: Progress | None) -> None:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.title).strip("' ")[:31] or None)
    bold = book.add_format({"bold": True, "bottom": 1})
    styles = {
        "money": book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"}),
        "text": book.add_format({"num_format": "@"}), "number": None,
    }  # fmt: skip
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width, styles[column.kind])
        page.write_string(0, at, column.title, bold)
    kinds = [column.kind for column in sheet.columns]
    for done, row in _counted(sheet, progress):
        for at, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            if value is None or value == "":
                continue
            if kind == "text":
                page.write_string(done, at, _clean(str(value)), styles["text"])
            else:
                page.write_number(done, at, value / 100 if kind == "money" else value, styles[kind])
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _clean(text: str) -> str:
    """Text as a cell can hold it: most is, and then nothing is looked for."""
    if not text.isprintable():
        text = _LINE_END.sub("\n", _CONTROL.sub("", text))
    return text[:LONGEST_CELL]


# in a process of its own --------------------------------------------------------------------------------------------


def _fill_elsewhere(path: Path, sheet: Sheet, progress: Progress | None) -> None:
    """Let a child process write, and pass its progress on; if `progress` raises, end it."""
    context = get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_child, args=(there, path, sheet), daemon=True)
    child.start()
    there.close()
    try:
        while (message := _next(here)) != "done":
            if progress and isinstance(message, tuple):
                progress(*message)
    except BaseException:
        child.terminate()
        raise
    finally:
        here.close()
        child.join()
        child.close()


def _next(pipe: Connection) -> object:
    """What the child says next; OSError if it failed, or ended without a word (killed, no memory)."""
    try:
        message: object = pipe.recv()
    except EOFError:
        message = "failed"
    if message == "failed":
        raise OSError
    return message


def _child(pipe: Connection, path: Path, sheet: Sheet) -> None:
    try:
        fill(path, sheet, lambda done, total: pipe.send((done, total)))
    except OSError:
        pipe.send("failed")
    else:
        pipe.send("done")
    finally:
        pipe.close()
