"""The export of a form service: 5,000 rows looked at with all checks, and taken in."""

import gc
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from uuid import uuid4

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.exchange.form_exports import reading
from app.process import apart, form_import
from app.process.actor import Actor
from app.rules import form_rows
from app.rules.form_columns import columns, table
from tests import exports
from tests.benchmarks.measuring import Goal, measure, note

ROWS = 5_000
PREVIEW = Goal("14", f"preview of {ROWS} rows with all checks, against everybody known", ms=1000)
CHECKS = Goal("14", f"columns, checks and doubles of {ROWS} rows in the child process", times=3)
IMPORT = Goal("14", f"import of {ROWS} rows in one transaction")
TODAY = "2026-09-12"


@pytest.fixture(scope="module")
def content() -> bytes:
    random = Random(3)
    return exports.workbook(exports.table("survey", exports.family(random, ROWS), random))


@pytest.fixture
def file(content: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "applications.xlsx"
    path.write_bytes(content)
    return path


def test_preview(benchmark: BenchmarkFixture, manager: Actor, size: int, file: Path) -> None:
    measure(benchmark, PREVIEW, lambda: form_import.preview(manager, file), size=size, rounds=7)


def test_import(benchmark: BenchmarkFixture, manager: Actor, size: int, file: Path) -> None:
    seen = form_import.preview(manager, file)
    began = perf_counter()
    done = form_import.import_rows(manager, seen, opid=uuid4().hex)
    took = perf_counter() - began
    assert done.imported > ROWS * 0.9
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(benchmark, IMPORT, value=took * 1000, unit="ms", size=size)


def test_checks(benchmark: BenchmarkFixture, content: bytes) -> None:
    taken = apart.run(timed, content)
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    reads, checks = zip(*taken, strict=True)
    note(
        benchmark, CHECKS, value=median(checks) * 1000, unit="ms", floor=median(reads) * 1000,
        floor_name="reading the file alone",
    )  # fmt: skip


def timed(content: bytes) -> list[tuple[float, float]]:
    """Seconds for reading the file and for checking it, several times; in a child process, as the program does."""
    gc.disable()
    found = []
    for _ in range(7):
        began = perf_counter()
        sheet = next(iter(reading.sheets(content)))
        read = perf_counter()
        top = table.find(sheet.rows)
        assert top is not None
        rows = sheet.rows[top.at + 1 :]
        proposed = columns.propose(top.header, rows[:60], TODAY, top.above)
        form_rows.compare(form_rows.check(top.header, proposed, rows, {}, TODAY, b"salt"), (), {})
        found.append((read - began, perf_counter() - read))
    return found
