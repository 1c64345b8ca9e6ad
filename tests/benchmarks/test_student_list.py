"""The student list and registration: keystrokes, pages of rows, orders, counts, the pane, entering a child."""

import json
import shutil
from array import array
from collections.abc import Iterator
from itertools import chain, cycle
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.exchange import spreadsheets
from app.models.database import database
from app.process import (
    application,
    clock,
    confirmation,
    data_folder,
    keys,
    review,
    student_export,
    student_list,
    student_roll,
)
from app.process.actor import Actor
from app.process.student_list import Query
from tests import builders
from tests.benchmarks import samples
from tests.benchmarks.conftest import _CHOSEN
from tests.benchmarks.measuring import Goal, measure, note

# what people type, letter by letter: rare and common, found and not found
TYPED = (
    "zlc",
    "zhangluo",
    "wangy",
    "lmy",
    "chenyi",
    "ouyang",
    "qqqq",
    "13805",
    "2236",
    "张珞",
    "晨",
    "2026001",
    "zhang chen",
)
PREFIXES = tuple(dict.fromkeys(word[:end] for word in TYPED for end in range(1, len(word) + 1)))

KEYSTROKE = "a keystroke: search, first 64 ids, their rows read (without painting)"
BIG, SMALL = Goal("4", KEYSTROKE, ms=16.7), Goal("5", KEYSTROKE, ms=8)
BIG_MOST = Goal("4", f"{KEYSTROKE}, the slowest of {len(PREFIXES)} prefixes", ms=16.7)
SMALL_MOST = Goal("5", f"{KEYSTROKE}, the slowest of {len(PREFIXES)} prefixes", ms=8)
AT_ONCE = Goal("4", "the same while what is in memory is out of date (just written)", ms=60)
SLICE = Goal("4", "a slice of the rest of a search, budget 4 ms", ms=6)
BUILDING = Goal("4", "build in slices, while nobody types, what is searched in memory", ms=400)
PAGE = Goal("9", "a page of 64 rows with guardian, class, services, marks", times=1.2)
ALL_IDS = Goal("9", "all ids in the order of names", times=1.2)
READY = Goal("8", "the list is ready: counts, first ids, first rows", ms=30)
COUNTS = Goal("list", "the counts of all filters", ms=10)
ORDER = Goal("list", "another order (last day, down): first ids", ms=16.7)
PANE = Goal("list", "the pane of one student", ms=5)
SUMS = Goal("list", "the sum of all balances in the list", ms=30)
EXPORT = Goal("19", "xlsx of 5,000 students", times=1.1)
MATCHES = Goal("entry", "who is known already, at leaving a field", ms=5)
DRAFT = Goal("entry", "save a draft", ms=5)
ENTER = Goal("entry", "submit and approve: student, number, guardians, charges, log, anchor", ms=30)
SHEET = Goal("11", "a confirmation sheet: drawn, stored, logged", ms=120)


@pytest.fixture(scope="module", params=_CHOSEN, ids=lambda size: f"{size} students")
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Actor]]:
    """A copy of the sample, open; shared by the tests of this file, for a copy of the big one takes its time."""
    size = int(request.param)
    place = tmp_path_factory.mktemp("list") / "data"
    shutil.copytree(samples.folder(size), place)
    yield size, data_folder.open(place, keys.unlock(place, "manager", samples.PASSWORD), "manager")
    data_folder.abandon()
    shutil.rmtree(place, ignore_errors=True)


def keystroke(actor: Actor, text: str) -> list[student_list.StudentRow]:
    return student_list.rows(actor, student_list.search(actor, Query(text, "active")).first()[:64])


def in_memory(actor: Actor) -> None:
    while not student_list.prepare(actor, 4):
        pass


# searching ----------------------------------------------------------------------------------------------------------


def test_keystrokes(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    in_memory(actor)
    typed = cycle(PREFIXES)
    measure(
        benchmark, BIG if size > 20_000 else SMALL, lambda text: keystroke(actor, text), size=size,
        prepare=lambda: (next(typed),), rounds=10 * len(PREFIXES), statistic="p95",
    )  # fmt: skip


def test_the_slowest_prefix(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    in_memory(actor)
    medians = [median(_times(lambda text=text: keystroke(actor, text), 9)) for text in PREFIXES]
    benchmark.pedantic(keystroke, (actor, PREFIXES[medians.index(max(medians))]), rounds=3)  # type: ignore[no-untyped-call]
    goal = BIG_MOST if size > 20_000 else SMALL_MOST
    note(benchmark, goal, value=max(medians) * 1000, unit="ms", size=size)


def test_keystrokes_just_after_a_write(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    student_roll.forget()
    typed = cycle(PREFIXES)
    measure(
        benchmark, AT_ONCE, lambda text: keystroke(actor, text), size=size, prepare=lambda: (next(typed),),
        rounds=4 * len(PREFIXES), statistic="p95",
    )  # fmt: skip


def test_the_rest_comes_in_slices(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    in_memory(actor)
    waiting: list[student_list.Search] = []

    def prepared() -> tuple[student_list.Search]:
        if not waiting or waiting[-1].done:
            waiting.append(student_list.search(actor, Query("z")))
            waiting[-1].first()
        return (waiting[-1],)

    measure(benchmark, SLICE, lambda search: search.step(4), prepare=prepared, size=size, statistic="max")


def test_building_what_is_searched_in_memory(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened

    def forgotten() -> tuple[()]:
        student_roll.forget()
        return ()

    measure(
        benchmark, BUILDING, lambda: in_memory(actor), prepare=forgotten, size=size, rounds=10,
    )  # fmt: skip


# the list -----------------------------------------------------------------------------------------------------------


def test_a_page_of_rows(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    ids = student_list.ids(actor, filters=("active",))[:640]
    pages = cycle([ids[at : at + 64] for at in range(0, len(ids) - 64, 64)])
    given = {"today": clock.today(), "soon": student_roll.soon(), "everybody": True, "classes": "[]"}
    raw = database.connection()

    def floor() -> Any:
        return raw.execute(student_list._ROWS, given | {"ids": json.dumps(next(pages).tolist())}).fetchall()

    measure(
        benchmark, PAGE, lambda page: student_list.rows(actor, page), floor=floor, floor_name="the same raw statement",
        prepare=lambda: (next(pages),), size=size, rounds=200,
    )  # fmt: skip


def test_all_ids(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    student_roll.forget()
    raw = database.connection()

    def floor() -> "array[int]":
        return array("q", chain.from_iterable(raw.execute("SELECT id FROM student ORDER BY sort_key, id").fetchall()))

    measure(
        benchmark, ALL_IDS, lambda: student_list.ids(actor), floor=floor, floor_name="raw SELECT into an array",
        size=size, rounds=40,
    )  # fmt: skip


def test_the_list_is_ready(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    student_roll.forget()

    def ready() -> None:
        student_list.counts(actor)
        keystroke(actor, "")

    measure(benchmark, READY, ready, size=size)


def test_counts(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    measure(benchmark, COUNTS, lambda: student_list.counts(actor), size=size)


def test_another_order(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    query = Query(sort="ends_on", descending=True)
    measure(benchmark, ORDER, lambda: student_list.search(actor, query).first(), size=size)


def test_the_pane(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    students = cycle(student_list.ids(actor, filters=("active",))[:400])
    measure(
        benchmark, PANE, lambda student: student_list.detail(actor, student), prepare=lambda: (next(students),),
        size=size, rounds=200,
    )  # fmt: skip


def test_sums(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    ids = student_list.ids(actor)
    measure(benchmark, SUMS, lambda: student_list.sums(actor, ids), size=size)


def test_export(benchmark: BenchmarkFixture, opened: tuple[int, Actor], tmp_path: Path) -> None:
    size, actor = opened
    columns = [(key, key) for key in ("name", "class", "guardian", "services", "ends_on", "balance", "state", "number")]
    begun = student_list.begin_export(actor, student_list.ids(actor)[:5_000], columns, tmp_path / "list.xlsx")
    sheet = student_export._sheet(database.execute_sql, begun.plan, "list")
    measure(
        benchmark, EXPORT, lambda: spreadsheets.fill(begun.path, sheet), size=size, rounds=5,
        floor=lambda: _raw_xlsx(tmp_path / "raw.xlsx", sheet), floor_name="raw XlsxWriter, constant memory",
    )  # fmt: skip


def _raw_xlsx(path: Path, sheet: spreadsheets.Sheet) -> None:
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    for at, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            page.write(at, column, value)
    book.close()


# registering --------------------------------------------------------------------------------------------------------


def test_who_is_known(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    phones = cycle(
        row[0] for row in database.execute_sql("SELECT mobile FROM guardian ORDER BY id LIMIT 400").fetchall()
    )
    measure(
        benchmark, MATCHES, lambda form: application.matches(actor, form), size=size, rounds=100,
        prepare=lambda: (builders.a_registration(mobile=next(phones)),),
    )  # fmt: skip


def test_saving_a_draft(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    form = builders.a_registration()
    draft_id = application.save_draft(actor, None, form, 0)
    measure(benchmark, DRAFT, lambda: application.save_draft(actor, draft_id, form, 1), size=size, rounds=100)


def test_entering_a_child(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    measure(benchmark, ENTER, lambda form: _enter(actor, form), prepare=lambda: (_form(),), size=size)


def test_a_confirmation_sheet(benchmark: BenchmarkFixture, opened: tuple[int, Actor]) -> None:
    size, actor = opened
    measure(
        benchmark, SHEET, lambda student: confirmation.make_sheet(actor, student_id=student), size=size, rounds=15,
        prepare=lambda: (_enter(actor, _form()),),
    )  # fmt: skip


def _form() -> Any:
    today = clock.today()
    price = database.execute_sql(
        "SELECT p.fen FROM price p WHERE p.service_id = 1 AND p.unit = 'month' AND p.valid_from <= ?"
        " ORDER BY p.valid_from DESC LIMIT 1",
        (today,),
    ).fetchone()
    line = builders.a_line(from_date=today, to_date=f"{int(today[:4]) + 1}-06-30", unit_fen=price[0] if price else 0)
    chance = uuid4().int
    return builders.a_registration(
        lines=(line,), class_id=None, identity_number="", mobile=f"139{chance % 10**8:08d}", contacts=(),
        start_date=today, birth_date=f"{int(today[:4]) - 8}-{1 + chance % 12:02d}-11",
        name=f"安{chr(0x4E00 + chance % 4000)}",
    )  # fmt: skip


def _enter(actor: Actor, form: Any) -> int:
    application_id = application.submit(actor, form, opid=uuid4().hex, not_same=_everybody(actor, form)).application_id
    return review.approve(actor, application_id, 1).student_id


def _everybody(actor: Actor, form: Any) -> tuple[int, ...]:
    return tuple(match.key for match in application.matches(actor, form))


def _times(action: Any, rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        began = perf_counter()
        action()
        found.append(perf_counter() - began)
    return found
