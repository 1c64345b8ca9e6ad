"""The tour as somebody starts it, from nothing to the checked data: the self-test of a packaged program."""

from pathlib import Path
from time import perf_counter

from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.measuring import Goal, note
from tests.journeys.test_tour import tour

TOUR = Goal("tour", "the whole tour with its pictures and papers", ms=50_000)


def test_the_tour(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    began = perf_counter()
    walked = tour(tmp_path / "pictures", tmp_path)
    took = (perf_counter() - began) * 1000
    assert walked.code == 0, walked.error
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(benchmark, TOUR, value=took, unit="ms")
