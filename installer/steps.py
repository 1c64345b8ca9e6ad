"""One step of the checks: run it, time it, keep what it said, and say in one line how it went."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installer.environment import PROJECT, PYTHON, clean_environment

REPORTS = PROJECT / ".made" / "reports"
LONGEST = 1500  # seconds for one step; then it is stopped and has failed
ROOMS = ("rules", "models", "printing", "exchange", "process", "ui")
_CLOSING = re.compile(r"^=+ (?:no tests ran|.*\d+ (?:passed|failed|errors?|skipped|deselected)).* in [\d.]+s.*=+$")
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


@dataclass(frozen=True)
class Step:
    """What `.venv`'s Python is given, and on what screen: the caller's, none, or a virtual one."""

    name: str
    arguments: tuple[str, ...]
    screen: str = ""
    tests: bool = False
    report_only: bool = False  # what it says is always shown; it passes unless it cannot be run


@dataclass(frozen=True)
class Result:
    """How a step went."""

    passed: bool
    output: str


def run_step(step: Step) -> Result:
    """Run `step`, print its line, and what it said if that is of interest."""
    start = time.monotonic()
    try:
        with _screen(step.screen) as variables:
            code, output = _run(step, variables)
    except OSError as error:
        code, output = 1, f"{error}"
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / f"{step.name}.txt").write_text(output, encoding="utf-8")
    took = f"{time.monotonic() - start:7.1f} s"
    if code:
        print(output.rstrip())
    closing = closing_line(output) if step.tests and not code else ""
    print(f"{step.name:<12} {'FAILED' if code else 'ok':<6} {took}", flush=True)
    if step.report_only and not code:
        print(output.rstrip(), flush=True)
    if closing:
        print(closing, flush=True)
    return Result(passed=code == 0, output=output)


def closing_line(output: str) -> str:
    """The last line in which pytest says how many tests passed and failed."""
    lines = [line for line in output.splitlines() if _CLOSING.match(line)]
    return lines[-1] if lines else ""


def counted(output: str) -> dict[str, int]:
    """The numbers of pytest's closing line; errors count as failed, and so does a run without a closing line."""
    line = closing_line(output)
    numbers = {"passed": 0, "failed": 0 if line else 1, "skipped": 0}
    for number, word in _COUNT.findall(line):
        numbers["failed" if word.startswith("error") else word] += int(number)
    return numbers


def coverage_line(report: Path) -> str:
    """Lines and branches that the tests went through, in all and by room, from coverage's JSON report."""
    found = json.loads(report.read_text(encoding="utf-8"))
    rooms = []
    for room in ROOMS:
        summaries = [
            one["summary"] for name, one in found["files"].items() if Path(name).parts[:2] == ("app", room)
        ]
        rooms.append(f"{room} {_percent(summaries):.0f}")
    return f"  {found['totals']['percent_covered']:.1f} % of lines and branches ({', '.join(rooms)})"


def _percent(summaries: list[dict[str, int]]) -> float:
    possible = sum(one["num_statements"] + one["num_branches"] for one in summaries)
    covered = sum(one["covered_lines"] + one["covered_branches"] for one in summaries)
    return 100 * covered / possible if possible else 100.0


def _run(step: Step, variables: dict[str, str]) -> tuple[int, str]:
    """Exit code and output; the step and all that it started are ended when it takes too long."""
    with subprocess.Popen(
        [str(PYTHON), *step.arguments],
        cwd=PROJECT,
        env={**clean_environment(), "COVERAGE_FILE": str(REPORTS / "coverage"), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            _end(process)
            output, _ = process.communicate()
            return 1, f"{output}\nstopped after {LONGEST} seconds"
        except BaseException:
            _end(process)
            raise
    return process.returncode, output


def _end(process: "subprocess.Popen[str]") -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        import signal

        os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def _screen(kind: str) -> Iterator[dict[str, str]]:
    """The variables that choose Qt's platform; on Linux a virtual screen runs as long as the step."""
    if kind == "none":
        yield {"QT_QPA_PLATFORM": "offscreen"}
    elif kind == "virtual" and sys.platform == "linux":
        with _virtual_screen() as number:
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    else:
        yield {}


@contextmanager
def _virtual_screen() -> Iterator[str]:
    """Start Xvfb on a free number, give the number, and end it."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="ascii") as answer:
                number = answer.readline().strip()
            if not number:
                raise OSError("Xvfb did not start")
            yield number
        finally:
            server.terminate()
