"""Run every check: `python3 installer/test.py [--wheelhouse FOLDER] [step ...]`. Standard library only.

One line per step with its seconds; what a step said is shown when it failed and kept in `.made/reports`. All steps run,
and the exit code is 1 if any failed. The last line counts the tests of all runs together.
"""

import argparse
import os
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - older ones get here, and deserve a sentence
    sys.exit("Antuo needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from installer import environment, system_libraries  # noqa: E402 - found through the line above
from installer.steps import Step, counted, coverage_line, run_step  # noqa: E402
from installer.trouble import SetupError  # noqa: E402

PYTEST = ("-m", "pytest", "--benchmark-disable", "--cov", "--cov-report=")
IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
STEPS = (
    Step("ruff", ("-m", "ruff", "check", "--output-format", "concise", ".")),
    Step("mypy", ("-m", "mypy", "--no-error-summary")),
    Step("imports", ("-c", IMPORTS)),
    Step("lengths", ("-m", "tests.house.lengths"), report_only=True),
    Step("pytest", (*PYTEST, "-n", "2", "-m", "not xcb and not long"), screen="none", tests=True),
    Step("pytest-xcb", (*PYTEST, "--cov-append", "-m", "xcb and not long"), screen="virtual", tests=True),
    Step("coverage", ("-m", "coverage", "json", "-q", "-o", str(PROJECT / ".made" / "reports" / "coverage.json"))),
)


def main(arguments: list[str]) -> int:
    """Set up, run the steps, and give 0 when all of them passed."""
    names = [step.name for step in STEPS]
    parser = argparse.ArgumentParser(prog="installer/test.py", description="Run every check of Antuo.")
    parser.add_argument("--wheelhouse", type=Path, metavar="FOLDER", help="take the packages from there, offline")
    parser.add_argument("steps", nargs="*", metavar="step", help=f"only these of {', '.join(names)}")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.steps) - set(names)
    if unknown:
        parser.error(f"no such step: {', '.join(sorted(unknown))}")
    try:
        set_up(chosen.wheelhouse)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return run([step for step in STEPS if not chosen.steps or step.name in chosen.steps])


def set_up(wheelhouse: Path | None) -> None:
    """Have everything that the tests need. Raises SetupError."""
    system_libraries.ensure(system_libraries.QT + system_libraries.SCREEN + system_libraries.TESTS)
    environment.ensure(environment.TEST, wheelhouse)
    environment.make_things()


def run(steps: list[Step]) -> int:
    """Run all of them, one after the other; 1 if any failed."""
    os.chdir(PROJECT)
    failed, totals = [], dict.fromkeys(("passed", "failed", "skipped"), 0)
    for step in steps:
        result = run_step(step)
        if not result.passed:
            failed.append(step.name)
        if step.tests:
            for word, number in counted(result.output).items():
                totals[word] += number
        elif step.name == "coverage" and result.passed:
            print(coverage_line(PROJECT / ".made" / "reports" / "coverage.json"), flush=True)
    print(f"Failed: {', '.join(failed)}" if failed else "Every step passed.")
    if any(step.tests for step in steps):
        print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
