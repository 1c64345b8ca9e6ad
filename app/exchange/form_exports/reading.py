"""The one door for files of form services: bytes in, sheets of raw text out. reliability.md 2.10.

Runs in a child process with limits (process/apart.py). Whatever a broken file makes the libraries raise, one refusal
comes out.
"""

from collections.abc import Iterator

from app.errors import Refused
from app.exchange.form_exports import kinds, texts, workbooks
from app.exchange.form_exports.sheet import Sheet

ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv")


def sheets(content: bytes) -> Iterator[Sheet]:
    """Go through the sheets of a file, or the ways to read it, the likeliest first.

    Raises Refused file_too_big, file_empty, file_encrypted, file_is_no_table, file_unreadable, too_many_import_rows,
    too_many_import_columns.
    """
    source = texts.sheets if kinds.kind(content) == "text" else workbooks.sheets
    try:
        yield from source(content)
    except (Refused, GeneratorExit):
        raise
    except BaseException as error:  # the reader's own panics are no Exception
        raise Refused("file_unreadable") from error
