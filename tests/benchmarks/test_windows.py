"""The student list as it is seen: a keystroke to repainted rows, scrolling, and the window while a batch runs."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytest_benchmark.fixture import BenchmarkFixture

from app.process import student_list, student_roll
from app.process.actor import Actor
from app.process.student_list import Query
from app.settings import Settings
from app.ui import state, texts, theme
from app.ui.desk import Desk
from app.ui.students.page import StudentsPage
from app.ui.widgets.table.cells import CELL_ROLE
from app.ui.widgets.table.view import Table
from tests.benchmarks.measuring import Goal, note

TYPED = ("zhang", "wangh", "lixin", "chenz", "zlc", "139", "2026", "q", "oy", "xuj")
KEY_BY_FRAME = Goal("4", "a keystroke to repainted rows, median beside a page-scroll frame", times=2)
KEY = Goal("4", "a keystroke to repainted rows, medians per prefix", ms=16.7)
KEY_SMALL = Goal("5", "a keystroke to repainted rows, medians per prefix", ms=8)
SCROLL = Goal("7", "a page-scroll frame", times=1.5)
SCROLL_SLOWEST = Goal("7", "a page-scroll frame", ms=16.7)
READY = Goal("8", "the list model, ready", times=0.03)
BATCH = Goal("13", "gap between frames while the whole list is exported", times=1.2)
FRAMES = 60
LARGE = 100_000


@pytest.fixture
def page(qapp: QApplication, manager: Actor, tmp_path: Path) -> Iterator[StudentsPage]:
    """The page with the whole list, shown and at rest."""
    state.use_settings(Settings(tmp_path / "settings.json"))
    theme.load_fonts("regular", "medium", "bold")
    texts.use_language("zh")
    theme.apply(qapp, "light", 100, practice=False)
    shown = StudentsPage(Desk(manager, state.settings()))
    shown.resize(1228, 868)
    shown.show()
    shown.open(filter="all")
    while len(shown.model.ids) < manager_sees(manager):
        rest(qapp)  # the rest of the list comes in slices
    while not student_roll.build():
        pass
    yield shown
    shown.hide()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def manager_sees(manager: Actor) -> int:
    return student_list.counts(manager)["all"]


def rest(app: QApplication, least: float = 0.1) -> None:
    until = time.monotonic() + least
    while time.monotonic() < until:
        app.processEvents()


def test_keystroke_to_repainted_rows(
    benchmark: BenchmarkFixture, page: StudentsPage, qapp: QApplication, size: int,
) -> None:  # fmt: skip
    found: dict[str, list[float]] = {}
    for _ in range(3):
        for word in TYPED:
            for place, key in enumerate(word):
                began = perf_counter()
                QTest.keyClicks(page.search, key)
                page.table.viewport().repaint()
                found.setdefault(word[: place + 1], []).append((perf_counter() - began) * 1000)
                rest(qapp, 0.03)
            page.search.clear()
            page.search.typed.emit("")
            rest(qapp, 0.1)
    medians = [median(times) for times in found.values()]
    frame = median(scrolled(page.table))
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    goal = KEY if size >= LARGE else KEY_SMALL
    note(benchmark, goal, value=quantiles(medians, n=20)[-1], unit="ms", size=size, statistic="p95")
    benchmark.extra_info["more"] = [
        {**benchmark.extra_info, "value": max(medians), "statistic": "max"},
        {
            **benchmark.extra_info, "goal": KEY_BY_FRAME.number, "what": KEY_BY_FRAME.what, "value": median(medians),
            "floor": frame, "floor_name": "page-scroll frame", "times": KEY_BY_FRAME.times, "most": None,
            "statistic": "median",
        },
    ]  # fmt: skip


def test_scrolling(benchmark: BenchmarkFixture, page: StudentsPage, size: int) -> None:
    plain, _ = items(page, min(size, 5_000))
    ours, theirs = scrolled(page.table), scrolled(plain)
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(
        benchmark, SCROLL, value=median(ours), floor=median(theirs), unit="ms", size=size,
        floor_name="QStandardItemModel",
    )  # fmt: skip
    slowest = {"value": quantiles(ours, n=20)[-1], "floor": None, "times": None, "most": SCROLL_SLOWEST.ms}
    benchmark.extra_info["more"] = [{**benchmark.extra_info, **slowest, "statistic": "p95"}]


def test_list_ready(benchmark: BenchmarkFixture, page: StudentsPage, manager: Actor, size: int) -> None:
    if size < LARGE:
        pytest.skip("a list that fills at once")
    ids = page.model.ids
    times = []
    for _ in range(7):
        began = perf_counter()
        search = student_list.search(manager, Query())
        page.model.set_ids(search.first())
        page.table.viewport().repaint()
        times.append((perf_counter() - began) * 1000)
    page.model.set_ids(ids)
    _, filled = items(page, size)
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(
        benchmark, READY, value=median(times), floor=filled, unit="ms", size=size,
        floor_name="fill QStandardItemModel",
    )  # fmt: skip


def test_frames_while_exporting(
    benchmark: BenchmarkFixture, page: StudentsPage, qapp: QApplication, tmp_path: Path, size: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(page.desk, "choose_save", lambda *_: tmp_path / "list.xlsx")
    idle: list[float] = []
    frames(qapp, page, lambda: len(idle) < FRAMES, idle)
    page.export()
    busy: list[float] = []
    frames(qapp, page, page.desk.busy, busy)
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    if len(busy) < 3:
        pytest.skip("over before a frame could be measured")
    note(
        benchmark, BATCH, value=quantiles(busy, n=20)[-1], floor=quantiles(idle, n=20)[-1], unit="ms", size=size,
        floor_name="the idle window", statistic="p95",
    )  # fmt: skip


def frames(app: QApplication, page: StudentsPage, more: Callable[[], bool], gaps: list[float]) -> None:
    """Repaint again and again while `more()`, and note the gaps between the frames in ms."""
    last = perf_counter()
    while more():
        app.processEvents()
        page.table.viewport().repaint()
        now = perf_counter()
        gaps.append((now - last) * 1000)
        last = now


def scrolled(table: QTableView) -> list[float]:
    """Times in ms of scrolling by a page and painting."""
    bar, times = table.verticalScrollBar(), []
    step = max(1, bar.pageStep())
    for number in range(FRAMES):
        place = number * step % max(1, bar.maximum())
        began = perf_counter()
        bar.setValue(place)
        table.viewport().repaint()
        times.append((perf_counter() - began) * 1000)
    bar.setValue(0)
    return times


def items(page: StudentsPage, count: int) -> tuple[Table, float]:
    """The same rows in a model of items under a table of the same kind and size, and the ms that filling took."""
    source, columns = page.model, len(page.list_columns.columns())
    cells = [
        [source.index(row, column).data(CELL_ROLE) for column in range(columns)]
        for row in range(min(count, len(source.ids)))
    ]
    began = perf_counter()
    model = QStandardItemModel()
    for row in cells:
        made = [QStandardItem(cell.text) for cell in row]
        for item, cell in zip(made, row, strict=True):
            item.setData(cell, CELL_ROLE)
        model.appendRow(made)
    filled = (perf_counter() - began) * 1000
    view = Table(model, page.list_columns.columns(), ticks=True)
    model.setParent(view)
    view.resize(page.table.size())
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    return view, filled
