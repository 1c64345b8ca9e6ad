"""Sheets out of a workbook (.xlsx, .xlsm, .xls) by python-calamine: values only, no formula and no macro is run."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from app.errors import Refused
from app.exchange.form_exports.sheet import LONGEST_CELL, MOST_ABOVE, MOST_COLUMNS, MOST_ROWS, Sheet, squared

MOST_SHEETS = 20


def sheets(content: bytes) -> Iterator[Sheet]:
    """Go through the sheets that hold something, in their order. Raises Refused too_many_import_rows, …_columns.

    What the library raises on a damaged file comes out as it is.
    """
    from python_calamine import CalamineWorkbook  # only when a file is read

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in book.sheet_names[:MOST_SHEETS]:
        page = book.get_sheet_by_name(name)
        if page.width > MOST_COLUMNS:
            raise Refused("too_many_import_columns", most=MOST_COLUMNS)
        if page.height > MOST_ROWS + MOST_ABOVE:
            raise Refused("too_many_import_rows", most=MOST_ROWS)
        found = squared(name, [[_text(value) for value in row] for row in page.to_python(skip_empty_area=False)])
        if found.rows:
            yield found


def _text(value: object) -> str:
    """A cell as text: days as ISO text, whole numbers without a point, so that a phone stays a phone."""
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time.min
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, (int, timedelta)) else ""
