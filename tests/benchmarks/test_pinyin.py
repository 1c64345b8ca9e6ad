"""The readings of a typed name, and what the table costs."""

import subprocess
import sys
from itertools import cycle
from statistics import median

from pytest_benchmark.fixture import BenchmarkFixture

from app import paths
from app.rules import pinyin
from tests.benchmarks import samples
from tests.benchmarks.measuring import Goal, measure, note

NAME = Goal("17", "the readings of a typed name", ms=0.01)
TABLE = Goal("17", "reading in the table", ms=1)
SIZE = Goal("17", "size of the table", megabytes=1)
_READ = """
from pathlib import Path
from time import perf_counter
from app import paths
from app.rules import pinyin
began = perf_counter()
pinyin.use((paths.MADE / "pinyin.bin").read_bytes)
pinyin.readings("张")
print((perf_counter() - began) * 1000)
"""


def test_name(benchmark: BenchmarkFixture) -> None:
    names = cycle(["张珞晨", "陈梓睿", "李沐阳", "王若曦", "刘堃", "赵一诺", "周昕翀", "吴语桐", "徐嘉玥", "孙浩宇"])
    measure(benchmark, NAME, pinyin.keys, prepare=lambda: (next(names),), rounds=2000)


def test_table(benchmark: BenchmarkFixture) -> None:
    command = [sys.executable, "-c", _READ]
    took = [
        float(subprocess.run(command, cwd=samples.PROJECT, capture_output=True, text=True, check=True).stdout)
        for _ in range(7)
    ]
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(benchmark, TABLE, value=median(took), unit="ms")


def test_size_of_the_table(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(benchmark, SIZE, value=(paths.MADE / "pinyin.bin").stat().st_size / 1_048_576, unit="MB")
