"""Scenes of taking over the current children: nothing chosen, a list with all kinds of rows, the families."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtWidgets import QWidget

from app.process import opening_statements, papers, take_over
from app.process.take_over import ListPreview
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.taking_over.column_dialog import ColumnDialog
from app.ui.taking_over.page import STATEMENTS, TakingOverPage
from tests import centre_lists

NAMES = (
    "taking-over", "taking-over-list", "taking-over-error", "taking-over-families", "taking-over-columns",
    "taking-over-stopped",
)  # fmt: skip
NARROW = NAMES[:-1]
SIZES = {"taking-over-columns": None}


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    return {
        "taking-over": lambda: _frame(desk)[0],
        "taking-over-list": lambda: _list(desk),
        "taking-over-error": lambda: _list(desk, wrong=True),
        "taking-over-families": lambda: _families(desk),
        "taking-over-columns": lambda: ColumnDialog(_seen(desk, 20)),
        "taking-over-stopped": lambda: _families(desk, stopped=True),
    }


def _frame(desk: Desk) -> tuple[MainWindow, TakingOverPage]:
    window = MainWindow(desk)
    window.go("taking_over")
    page = window.page()
    assert isinstance(page, TakingOverPage)
    return window, page


def _seen(desk: Desk, count: int, *, wrong: bool = False) -> ListPreview:
    children = centre_lists.children(Random(3), count)
    if wrong:
        children[4] |= {"mother_phone": "1391000", "written": "书法"}
        children[9] |= {**children[2], "n": 10, "number": "A010", "class": children[9]["class"]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2026 秋在托学员.xlsx"
        path.write_bytes(centre_lists.by_class(Random(3), children))
        return take_over.preview(desk.actor, path)


def _list(desk: Desk, *, wrong: bool = False) -> QWidget:
    window, page = _frame(desk)
    page.show_list(_seen(desk, 40, wrong=wrong))
    if wrong:
        place = page.view.model.index_of(lambda row: row.has_error)
        page.view.table.select_row(place)
    return window


def _families(desk: Desk, *, stopped: bool = False) -> QWidget:
    seen = _seen(desk, 12)
    take_over.take_over(desk.actor, seen, opid="gallery", new_classes=seen.new_classes)
    for family in opening_statements.families(desk.actor)[:4]:
        made = opening_statements.make(desk.actor, family)
        if not made.prints:
            papers.record_print(desk.actor, made.id, "A4")
    window, page = _frame(desk)
    page.open(STATEMENTS)
    if stopped:
        page.statements.show_trouble(4, "printer")
    return window
