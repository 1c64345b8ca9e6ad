"""How a figure is taken: beside its floor, in the same run, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 40
Action = Callable[..., Any]


@dataclass(frozen=True)
class Goal:
    """What a figure is held to. `number` is that of speed.md, or a word; `times` the floor at most, `ms` at most."""

    number: str
    what: str
    times: float | None = None
    ms: float | None = None
    megabytes: float | None = None


def measure(
    benchmark: BenchmarkFixture,
    goal: Goal,
    action: Action,
    *,
    floor: Action | None = None,
    floor_name: str = "",
    prepare: Callable[[], tuple[Any, ...]] = tuple,
    size: int = 0,
    rounds: int = ROUNDS,
    statistic: str = "median",
) -> None:
    """Time `action(*prepare())` in rounds, before each of them the floor; `statistic` is median, p95 or max."""
    floors: list[float] = []

    def before() -> tuple[tuple[Any, ...], dict[str, Any]]:
        if floor is not None:
            began = perf_counter()
            floor()
            floors.append(perf_counter() - began)
        return prepare(), {}

    action(*prepare())  # what is read in once is not counted
    if floor is not None:
        floor()
    benchmark.pedantic(action, setup=before, rounds=rounds)  # type: ignore[no-untyped-call]
    taken: Any = benchmark.stats
    note(
        benchmark, goal, value=_statistic(taken.stats.data, statistic) * 1000, unit="ms", size=size,
        floor=_statistic(floors, statistic) * 1000 if floors else None, floor_name=floor_name, statistic=statistic,
    )  # fmt: skip


def note(
    benchmark: BenchmarkFixture,
    goal: Goal,
    *,
    value: float,
    unit: str,
    floor: float | None = None,
    floor_name: str = "",
    size: int = 0,
    statistic: str = "median",
) -> None:
    """Put a figure that was taken in another way beside its goal; `value` and `floor` have the same unit."""
    benchmark.extra_info.update(
        {
            "goal": goal.number, "what": goal.what, "value": value, "unit": unit, "floor": floor, "size": size,
            "floor_name": floor_name, "times": goal.times, "most": goal.megabytes if unit == "MB" else goal.ms,
            "statistic": statistic,
        },
    )  # fmt: skip


def _statistic(seconds: list[float], name: str) -> float:
    if name == "max":
        return max(seconds)
    return quantiles(seconds, n=20)[-1] if name == "p95" and len(seconds) > 1 else median(seconds)
