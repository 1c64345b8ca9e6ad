"""Scenes of the import: nothing chosen, the columns, the rows with all that can be wrong, the result, the texts."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import completing, form_import
from app.process.form_import import Imported, Preview
from app.ui.complete_dialog import CompleteDialog
from app.ui.desk import Desk
from app.ui.import_page.choice import Choice
from app.ui.import_page.page import ImportPage
from app.ui.main_window import MainWindow
from tests import exports

NAMES = (
    "import-columns", "import-header", "import-rows", "import-double", "import-done", "import-refused", "import-texts",
)  # fmt: skip
NARROW = NAMES
SIZES = {"import-texts": None}


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    return {
        "import-columns": lambda: _columns(desk),
        "import-header": lambda: _header(desk),
        "import-rows": lambda: _rows(desk, 2),
        "import-double": lambda: _rows(desk, 6),
        "import-done": lambda: _done(desk),
        "import-refused": lambda: _refused(desk),
        "import-texts": lambda: _texts(desk),
    }


def _families() -> list[exports.Answers]:
    found: list[dict[str, Any]] = exports.family(Random(9), 40)
    found[1]["name"] = ""
    found[2]["father_phone"] = "1365212714"
    found[4]["born"] = "2018-02-30"
    found[6] = {**found[3], "n": 7, "school": "育才一小"}
    found[8] = {**found[8], "father": found[5]["father"], "father_phone": found[5]["father_phone"]}
    found[11]["identity"] = "330106201911213413"
    return found


def _seen(desk: Desk) -> Preview:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2026 秋报名.xlsx"
        path.write_bytes(exports.workbook(_table()))
        return form_import.preview(desk.actor, path)


def _table() -> list[list[Any]]:
    random = Random(9)
    header, row = exports.LAYOUTS["survey"]
    made = [list(header)]
    for one in _families():
        plain = isinstance(one["born"], str)
        cells = row(random, {**one, "born": exports.family(Random(1), 1)[0]["born"]} if plain else one)
        made.append([*cells[:8], one["born"], *cells[9:]] if plain else cells)
    return made


def _frame(desk: Desk) -> tuple[MainWindow, ImportPage]:
    window = MainWindow(desk)
    window.go("import")
    page = window.page()
    assert isinstance(page, ImportPage)
    return window, page


def _columns(desk: Desk) -> QWidget:
    window, page = _frame(desk)
    page.choice = Choice(_seen(desk))
    page.to_columns()
    return window


def _header(desk: Desk) -> QWidget:
    window, page = _frame(desk)
    seen = _seen(desk)
    lines = ((*("2026 秋季报名",), ""), seen.looked.header, *seen.looked.rows[:8])
    page._show_tops((form_import.Top(0, "报名", lines),))
    return window


def _rows(desk: Desk, place: int) -> QWidget:
    window, page = _frame(desk)
    page.choice = Choice(_seen(desk))
    page._to_rows()
    page.rows.table.go_to(place, 4)
    page.rows._show_picked()
    return window


def _done(desk: Desk) -> QWidget:
    window, page = _frame(desk)
    page.choice = Choice(_seen(desk))
    page.result.show_done(Imported(1, 40, 34, 4, 1, ()))
    page._show(page.result)
    return window


def _refused(desk: Desk) -> QWidget:
    window, page = _frame(desk)
    page._failed(Refused("file_unreadable"))
    return window


def _texts(desk: Desk) -> QWidget:
    seen = _seen(desk)
    every = [row.n for row in seen.rows]
    made = CompleteDialog(
        desk, lambda actor, template: completing.of_rows(actor, seen, every, template=template), lambda _: None,
    )  # fmt: skip
    made.copied = {2: None}
    made.resize(made.sizeHint())
    return made
