"""From nothing to the first window, from the password to the list, and how much memory that takes."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Timer
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks import samples
from tests.benchmarks.measuring import Goal, note

SIGN_IN = Goal("1", "process start to the usable sign-in window (stretch 1.5 x)", times=2)
FIRST_MEMORY = Goal("3", "resident memory at the first window", times=1.35)
LIST = Goal("list", "password entered to the usable student list, with the password check", ms=1000)
MEMORY = Goal("memory", "resident memory of the running program with the list open", megabytes=250)
BARE = "bare PySide6 window"
ROUNDS = 9
LONGEST = 120  # seconds that a process may take


@dataclass(frozen=True)
class Started:
    """How long a process took until it had painted, and what it measured inside."""

    ms: float
    inside: dict[str, float]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Settings and logs of these processes go nowhere else."""
    own = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    own["XDG_DATA_HOME"] = str(tmp_path)  # where the copy of the sample lies
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    own["PYTHONPYCACHEPREFIX"] = str(tmp_path / "compiled")  # as a program that was started before has it
    shell = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**shell, **own, "QT_QPA_PLATFORM": platform, "LANG": "zh_CN.UTF-8"}


def start(home: dict[str, str], what: str) -> Started:
    command = [sys.executable, "-m", "tests.benchmarks.started", what]
    began = perf_counter()
    with subprocess.Popen(command, cwd=samples.PROJECT, env=home, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        watch = Timer(LONGEST, process.kill)
        watch.start()
        try:
            assert process.stdout.readline() == "shown\n"
            took = (perf_counter() - began) * 1000
            inside = process.stdout.readline()
        finally:
            watch.cancel()
    return Started(took, json.loads(inside) if inside else {})


def test_process_start_to_the_sign_in_window(
    benchmark: BenchmarkFixture, own_sample: Path, home: dict[str, str], size: int,
) -> None:  # fmt: skip
    start(home, "bare"), start(home, "program")  # compiled files and the disk's memory
    bare, ours = [], []
    for _ in range(ROUNDS):  # in turn, so that a busy moment meets both
        bare.append(start(home, "bare"))
        ours.append(start(home, "program"))
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(
        benchmark, SIGN_IN, value=median(one.ms for one in ours), floor=median(one.ms for one in bare), unit="ms",
        floor_name=BARE, size=size,
    )  # fmt: skip


def test_memory_at_the_first_window(
    benchmark: BenchmarkFixture, own_sample: Path, home: dict[str, str], size: int,
) -> None:  # fmt: skip
    bare, ours = start(home, "bare").inside["resident"], start(home, "program").inside["resident"]
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(benchmark, FIRST_MEMORY, value=ours, floor=bare, unit="MB", floor_name=BARE, size=size)


def test_sign_in_to_the_list_and_its_memory(
    benchmark: BenchmarkFixture, own_sample: Path, home: dict[str, str], size: int,
) -> None:  # fmt: skip
    found = [start(home, "list").inside for _ in range(3)]
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(benchmark, LIST, value=median(one["list"] for one in found), unit="ms", size=size)


def test_memory_of_the_running_program(
    benchmark: BenchmarkFixture, own_sample: Path, home: dict[str, str], size: int,
) -> None:  # fmt: skip
    found = start(home, "list").inside
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    note(benchmark, MEMORY, value=found["resident"], unit="MB", size=size)
