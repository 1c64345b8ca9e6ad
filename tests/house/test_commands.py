"""The two commands themselves: system libraries, what starts, the steps of the checks and what is said of them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from installer import run, steps, system_libraries, translations
from installer import test as checks
from installer.trouble import SetupError
from tests.house import source

NOTHING = system_libraries.Piece("libantuo-is-not-there.so.1", "libantuo1")


# the system's libraries ---------------------------------------------------------------------------------------------


@pytest.mark.linux
def test_missing_libraries_are_found_by_asking_the_loader() -> None:
    libc = system_libraries.Piece("libc.so.6", "libc6")
    program = system_libraries.Piece("antuo-is-not-there", "antuo")
    assert system_libraries.missing((NOTHING, libc, program)) == (NOTHING, program)


@pytest.mark.linux
def test_without_root_the_exact_line_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(SetupError) as told:
        system_libraries.ensure((NOTHING,))
    assert "sudo apt-get install --no-install-recommends libantuo1" not in str(told.value).splitlines()[0]
    assert str(told.value).splitlines()[-1].endswith("sudo apt-get install --no-install-recommends libantuo1")


@pytest.mark.linux
@pytest.mark.parametrize(("code", "told"), [(0, "cannot be loaded"), (100, "Is this computer connected")])
def test_as_root_apt_is_asked_without_recommendations(code: int, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def apt(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        asked.append(command)
        return subprocess.CompletedProcess(command, code, stdout="E: no network\n")

    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", apt)
    with pytest.raises(SetupError, match=told):
        system_libraries.ensure((NOTHING,))
    assert [command[:2] for command in asked] == [["apt-get", "update"], ["apt-get", "install"]]
    assert "--no-install-recommends" in asked[1]
    assert asked[1][-1] == "libantuo1"


@pytest.mark.linux
def test_where_there_is_no_apt_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SetupError, match="libantuo-is-not-there"):
        system_libraries.ensure((NOTHING,))


def test_the_readme_lists_the_packages_that_are_installed() -> None:
    readme = (source.PROJECT / "README.md").read_text(encoding="utf-8")
    for pieces in (system_libraries.QT, system_libraries.SCREEN, system_libraries.TESTS):
        assert f"| {' '.join(piece.package for piece in pieces)} |" in readme


# starting -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What run.py would have started, and how; nothing is set up."""
    done: list[str] = []
    monkeypatch.setattr(run, "set_up", lambda wheelhouse, arguments: None)
    monkeypatch.setattr(run, "start", lambda arguments: done.extend(["start", *arguments]))
    monkeypatch.setattr(run, "show_without_screen", lambda arguments: done.append("walk"))
    return done


@pytest.mark.parametrize(
    ("arguments", "display", "does"),
    [
        ([], ":0", "start"),
        (["--data", "x"], ":0", "start --data x"),
        ([], "", "walk"),
        (["--data", "x", "check"], "", "start --data x check"),
        (["tour", "x", "--wheelhouse", "y"], "", "start tour x"),
        (["--data", "x", "--user", "manager", "import", "f.csv", "--preview"], "",
         "start --data x --user manager import f.csv --preview"),
        (["no-such-command"], "", "start no-such-command"),
        (["--data"], "", "start --data"),
        (["--data", "x", "--user", "manager"], "", "walk"),
    ],
)
@pytest.mark.linux
def test_the_program_is_started_or_shown_unseen(
    arguments: list[str],
    display: str,
    does: str,
    started: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    run.main(arguments)
    assert " ".join(started) == does


def test_what_stops_the_set_up_is_told_in_a_sentence(
    started: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(*_: object) -> None:
        raise SetupError("Connect this computer.")

    monkeypatch.setattr(run, "set_up", stop)
    monkeypatch.setattr(checks, "set_up", stop)
    assert (run.main([]), checks.main([])) == (1, 1)
    assert capsys.readouterr().err == "Connect this computer.\n" * 2
    assert not started


def test_translations_are_compiled_anew_when_their_words_change_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    sources = tmp_path / "sources"
    (sources / "en").mkdir(parents=True)
    words = sources / "en" / "words.po"
    monkeypatch.setattr(translations, "SOURCES", sources)
    words.write_text('msgid "学员"\nmsgstr "Pupil"\n', encoding="utf-8")
    assert (translations.make(tmp_path), translations.make(tmp_path)) == (True, False)
    words.write_text('msgid "学员"\nmsgstr "Student"\n', encoding="utf-8")
    os.utime(words, (0, 0))  # as an unpacked archive leaves it
    assert translations.make(tmp_path)
    made = tmp_path / "translations" / "en" / "LC_MESSAGES" / "antuo.mo"
    assert b"Student" in made.read_bytes()
    assert b"Pupil" not in made.read_bytes()


# testing -----------------------------------------------------------------------------------------------


def test_without_a_display_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "antuo-tour").mkdir()
    started: list[list[str]] = []

    def start(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        started.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", start)
    assert run.show_without_screen([]) == 0
    assert started[0][-2:] == ["tour", str(tmp_path / "antuo-tour-2")]


CLOSINGS = (
    ("===== 812 passed in 61.20s (0:01:01) =====", {"passed": 812, "failed": 0, "skipped": 0}),
    ("= 2 failed, 810 passed, 1 skipped, 3 errors in 5.1s =", {"passed": 810, "failed": 5, "skipped": 1}),
    ("============ 7 deselected in 0.12s ============", {"passed": 0, "failed": 0, "skipped": 0}),
    ("Fatal Python error: Aborted", {"passed": 0, "failed": 1, "skipped": 0}),
)


@pytest.mark.parametrize(("line", "numbers"), CLOSINGS)
def test_the_closing_line_of_pytest_is_counted(line: str, numbers: dict[str, int]) -> None:
    assert steps.counted(f"something\n{line}\nsomething else\n") == numbers


def test_a_failed_step_shows_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(steps, "REPORTS", tmp_path)
    monkeypatch.setattr(steps, "PYTHON", sys.executable)
    well = steps.run_step(steps.Step("well", ("-c", "print('all is well')")))
    badly = steps.run_step(steps.Step("badly", ("-c", "print('here'); raise SystemExit(3)")))
    shown = capsys.readouterr().out
    assert (well.passed, badly.passed) == (True, False)
    assert "all is well" not in shown
    assert re.search(r"^here\nbadly +FAILED +\d+\.\d s$", shown, re.MULTILINE)
    assert (tmp_path / "well.txt").read_text(encoding="utf-8") == "all is well\n"


def test_a_step_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "REPORTS", tmp_path)
    monkeypatch.setattr(steps, "PYTHON", sys.executable)
    monkeypatch.setattr(steps, "LONGEST", 0.5)
    assert not steps.run_step(steps.Step("slow", ("-c", "import time; time.sleep(60)"))).passed


@pytest.mark.linux
def test_what_needs_a_screen_gets_a_virtual_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "REPORTS", tmp_path)
    monkeypatch.setattr(steps, "PYTHON", sys.executable)
    look = "from PySide6.QtGui import QGuiApplication as A; a = A([]); print(a.platformName(), a.screens()[0].depth())"
    result = steps.run_step(steps.Step("screen", ("-c", look), screen="virtual"))
    assert result == steps.Result(passed=True, output="xcb 24\n")


def test_all_steps_run_and_one_failure_fails_them_all(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(steps, "REPORTS", tmp_path)
    monkeypatch.setattr(steps, "PYTHON", sys.executable)
    monkeypatch.chdir(tmp_path)
    three = [
        steps.Step("badly", ("-c", "raise SystemExit(1)")),
        steps.Step("some", ("-c", "print('= 3 passed in 0.10s =')"), tests=True),
        steps.Step("more", ("-c", "print('= 1 passed, 2 skipped in 0.10s =')"), tests=True),
    ]
    assert checks.run(three) == 1
    assert checks.run(three[1:]) == 0
    assert capsys.readouterr().out.count("4 passed, 0 failed, 2 skipped\n") == 2


def test_an_unknown_step_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        checks.main(["pytset"])
    assert ended.value.code == 2
    assert "no such step: pytset" in capsys.readouterr().err


def test_coverage_is_told_in_all_and_by_room(tmp_path: Path) -> None:
    summary = {"num_statements": 8, "num_branches": 2, "covered_lines": 4, "covered_branches": 1}
    content = {"files": {"app/rules/money.py": {"summary": summary}}, "totals": {"percent_covered": 50.0}}
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps(content), encoding="utf-8")
    assert steps.coverage_line(report).startswith("  50.0 % of lines and branches (rules 50, models 100")
