"""Take every figure beside its floor and its goal: `python -m tests.benchmarks [--sizes N ...] [--only WHAT]`.

The invented centres of 500, 5,000 and 100,000 students are made once (some two minutes) and kept in .benchmarks.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from tests.benchmarks import samples

COLUMNS = (
    ("goal", 7), ("what", 74), ("students", 8), ("measured", 14), ("floor", 44), ("x floor", 7), ("held to", 16),
    ("held?", 18),
)  # fmt: skip
HELD = ("1", "3", "4", "5", "7", "8", "9", "11", "12", "13", "17", "18", "list", "payment", "memory", "tour")
"""What the program is held to; a run that leaves one of them out says so."""


def main(arguments: list[str]) -> int:
    """Make the samples, run the benchmarks, print the report; the exit code is that of the run, not of the goals."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(samples.SIZES), metavar="N")
    parser.add_argument("--only", default="", metavar="WHAT", help="only those whose name contains this")
    asked = parser.parse_args(arguments)
    for size in asked.sizes:
        print(f"sample of {size:,} students: {samples.folder(size)}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "figures.json"
        code = _run(asked.sizes, asked.only, report)
        figures = json.loads(report.read_text())["benchmarks"] if report.exists() and report.stat().st_size else []
    _print(figures)
    return code


def _run(sizes: list[int], what: str, report: Path) -> int:
    command = [
        sys.executable, "-m", "pytest", str(Path(__file__).parent), "-q", "-p", "no:randomly", "-p", "no:cacheprovider",
        "--benchmark-quiet", f"--benchmark-json={report}", *(["-k", what] if what else []),
    ]  # fmt: skip
    variables = {
        **os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "ANTUO_BENCHMARK_SIZES": " ".join(map(str, sizes)),
    }  # fmt: skip
    return subprocess.run(command, cwd=samples.PROJECT, env=variables, check=False).returncode


def _print(figures: list[dict[str, Any]]) -> None:
    print("  ".join(_padded(name, width) for name, width in COLUMNS))
    noted = [one["extra_info"] for one in figures if one["extra_info"].get("goal")]
    known = [*noted, *(more for one in noted for more in one.get("more", ()))]
    for one in sorted(known, key=lambda one: (_order(one["goal"]), one["what"], one["size"])):
        print("  ".join(_padded(text, width) for text, (_, width) in zip(_cells(one), COLUMNS, strict=True)))
    missed = sum(_of_goal(one) > 1 for one in known)
    load = "{:.1f} {:.1f} {:.1f}".format(*os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"Load of this machine in the last 1, 5, 15 minutes: {load}; {os.cpu_count()} processors.")
    print(f"{len(known)} figures, {len(known) - missed} hold their goal, {missed} miss it.")
    absent = sorted(set(HELD) - {one["goal"] for one in known}, key=_order)
    print(f"Not measured in this run: {', '.join(absent) or 'nothing'}.")


def _cells(one: dict[str, Any]) -> list[str]:
    unit, statistic = one["unit"], one["statistic"]
    measured = f"{_figure(one['value'])} {unit}" + ("" if statistic == "median" else f" {statistic}")
    floor = f"{_figure(one['floor'])} {unit} {one['floor_name']}" if one["floor"] is not None else ""
    ratio = f"{one['value'] / one['floor']:.2f}" if one["floor"] else ""
    size = f"{one['size']:,}" if one["size"] else ""
    reached = _of_goal(one)
    said = f"MISSED by {reached - 1:.0%}" if reached > 1 else f"yes, {reached:.2f} of it" if reached else ""
    return [one["goal"], one["what"], size, measured, floor, ratio, _goal(one), said]


def _figure(value: float) -> str:
    return f"{value:,.4f}" if value < 0.1 else f"{value:,.2f}"


def _goal(one: dict[str, Any]) -> str:
    parts = [f"{one['times']:g} x" if one["times"] else "", f"{one['most']:g} {one['unit']}" if one["most"] else ""]
    return " and ".join(part for part in parts if part)


def _of_goal(one: dict[str, Any]) -> float:
    """How much of what the goal allows the figure takes: above 1 it is missed."""
    by_floor = one["value"] / (one["times"] * one["floor"]) if one["times"] and one["floor"] else 0
    return float(max(by_floor, one["value"] / one["most"] if one["most"] else 0))


def _order(goal: str) -> tuple[int, str]:
    return (int(goal), "") if goal.isdigit() else (99, goal)


def _padded(text: str, width: int) -> str:
    shown = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * (width - shown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
