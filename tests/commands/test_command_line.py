"""The command line: commands, signing in, and everything that is asked for wrongly."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QApplication

from app import command_line, log_file, paths
from app.process import data_folder, pointer, practice
from app.ui import one_instance, program, texts
from tests.commands.conftest import run
from tests.conftest import PASSWORD, Centre

PROJECT = Path(__file__).resolve().parents[2]
HEAVY = ("peewee", "sqlcipher3", "nacl", "reportlab", "pypdfium2", "segno", "xlsxwriter", "pypinyin")
HAN = re.compile("[一-鿿]")


def sentence(error: str) -> str:
    """What was said on the error output: exactly one line that ends as a sentence."""
    lines = error.splitlines()
    assert len(lines) == 1, error
    assert lines[0][-1] in "。."
    assert "Traceback" not in error
    return lines[0]


# what is asked for wrongly ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "chek"),
        (["check", "--dat"], "--dat"),
        (["--dta", "folder", "check"], "--dta"),
        (["--dta=folder", "chek"], "--dta"),
        (["--data", ""], "--data"),
        (["check", "more"], "more"),
        (["tour"], "FOLDER"),
        (["--data"], "--data"),
        (["sample", "--students", "many"], "many"),
        (["sample", "--students"], "--students"),
        (["--self-test", "check"], "check"),
    ],
)
def test_a_wrong_argument_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str,
) -> None:  # fmt: skip
    code, out, error = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in sentence(error)
    assert HAN.search(error)


def test_where_the_system_speaks_english_so_does_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(texts, "system_language", lambda: "en")
    _, _, error = run(capsys, "chek")
    assert sentence(error) == 'There is no command "chek"; the commands are sample, check, tour, import and take-over.'


EXPLAINED = {
    (): ("--help", "--data FOLDER", "--user NAME", "--self-test", "sample", "check", "tour"),
    ("sample",): ("--help", "--students N", "--seed S"),
    ("check",): ("--help",),
    ("tour",): ("--help", "FOLDER"),
}


@pytest.mark.parametrize("command", EXPLAINED)
@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_help_speaks_the_language_of_the_system_alone_and_explains_everything(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], spoken: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(texts, "system_language", lambda: spoken)
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit, match="0"):
        command_line.main([*command, "--help"])
    said = capsys.readouterr().out
    texts.use_language("zh")
    for name in EXPLAINED[command]:
        words = re.search(rf"^ +(?:-h, )?{name} +(\S.*)$", said, re.MULTILINE)
        assert words, name
        assert bool(HAN.search(words[1])) == (spoken == "zh"), words[1]
    foreign = HAN if spoken == "en" else re.compile("usage|options|arguments|show this", re.IGNORECASE)
    assert not foreign.search(said)


def test_help_names_the_variable_of_the_password(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_line.main(["--help"])
    assert command_line.PASSWORD_VARIABLE in capsys.readouterr().out


def test_a_missing_folder_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, error = run(capsys, "--data", tmp_path / "gone", "--user", "manager", "check")
    assert code == 2
    assert "gone" in sentence(error)
    assert not (tmp_path / "gone").exists()


def test_without_data_the_folder_of_this_computer_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = run(capsys, "--user", "manager", "check")
    assert code == 2
    assert "nothing here" in sentence(error)


def test_a_folder_in_use_is_told(capsys: pytest.CaptureFixture[str], closed_centre: Centre) -> None:
    lock = QLockFile(str(closed_centre.folder / one_instance.LOCK))
    assert lock.tryLock(0)
    try:
        code, _, error = run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")
    finally:
        lock.unlock()
    assert code == 2
    assert str(closed_centre.folder) in sentence(error)


@pytest.mark.clause("P13")
def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(
    capsys: pytest.CaptureFixture[str], closed_centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, "not the one")
    known = run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")
    unknown = run(capsys, "--data", closed_centre.folder, "--user", "nobody", "check")
    assert known[0] == unknown[0] == 2
    assert sentence(known[2]) == sentence(unknown[2])


def test_who_signs_in_must_be_named(capsys: pytest.CaptureFixture[str], closed_centre: Centre) -> None:
    code, _, error = run(capsys, "--data", closed_centre.folder, "check")
    assert code == 2
    assert "--user" in sentence(error)


def test_without_a_terminal_and_without_the_variable_there_is_no_password(
    capsys: pytest.CaptureFixture[str], closed_centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    code, _, error = run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")
    assert code == 2
    assert command_line.PASSWORD_VARIABLE in sentence(error)


def test_the_password_is_asked_for_at_the_terminal(
    capsys: pytest.CaptureFixture[str], closed_centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", ask)
    code, _, _ = run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")
    assert code == 0
    assert asked == ["manager 的密码："]


# sample -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P17")
def test_sample_makes_a_practice_centre_that_passes_the_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    code, out, error = run(capsys, "--data", tmp_path / "data", "sample", "--students", "20", "--seed", "4")
    assert (code, error) == (0, "")
    assert "practice" in out
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, "practice")
    code, out, error = run(capsys, "--data", tmp_path / "data", "--user", "receptionist", "check")
    assert (code, error) == (0, "")
    assert "没有发现损坏" in out


@pytest.mark.clause("P17")
def test_without_a_folder_the_sample_lies_beside_the_own_data_and_never_in_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:  # fmt: skip
    assert run(capsys, "sample", "--students", "2")[0] == 0
    assert pointer.is_practice(tmp_path / "nothing here-practice")
    assert not (tmp_path / "nothing here").exists()


def test_sample_never_writes_into_a_folder_with_data(capsys: pytest.CaptureFixture[str], closed_centre: Centre) -> None:
    code, _, error = run(capsys, "--data", closed_centre.folder, "sample", "--students", "5")
    assert code == 2
    sentence(error)


def test_sample_refuses_a_number_that_makes_no_sense(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, error = run(capsys, "--data", tmp_path / "data", "sample", "--students", "-3")
    assert code == 2
    assert "1000000" in sentence(error)


# check --------------------------------------------------------------------------------------------------------------


def test_check_says_what_it_found_and_tells_damage_by_its_exit_code(
    capsys: pytest.CaptureFixture[str], closed_centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, PASSWORD)
    file = next(closed_centre.folder.glob("gen-*/data.db"))
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    file.write_bytes(content)
    code, out, error = run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")
    assert (code, error) == (1, "")
    assert "损坏" in out


def test_check_gives_1_when_a_file_will_not_open(
    capsys: pytest.CaptureFixture[str], closed_centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, PASSWORD)
    next(closed_centre.folder.glob("gen-*/data.db")).write_bytes(b"no database")
    assert run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")[0] == 1


def test_check_gives_1_when_nobody_can_sign_in_any_more(
    capsys: pytest.CaptureFixture[str], closed_centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, PASSWORD)
    next(closed_centre.folder.glob("gen-*/keys.json")).write_text("{")
    code, _, error = run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")
    assert code == 1
    sentence(error)


@pytest.mark.clause("P13")
def test_check_says_what_the_next_start_does_by_itself(
    capsys: pytest.CaptureFixture[str], closed_centre: Centre,
) -> None:  # fmt: skip
    (closed_centre.folder / "current.json").unlink()
    code, _, error = run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")
    assert code == 1
    assert "启动一次程序就会自动补上" in sentence(error)
    assert not pointer.exists(closed_centre.folder), "a check changes nothing"
    pointer.mend(closed_centre.folder)
    assert pointer.exists(closed_centre.folder)


def test_after_the_check_the_folder_is_free_again(
    capsys: pytest.CaptureFixture[str], closed_centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, PASSWORD)
    for _ in range(2):
        assert run(capsys, "--data", closed_centre.folder, "--user", "manager", "check")[0] == 0
    assert not data_folder.is_open()


# the windows --------------------------------------------------------------------------------------------------------


def test_without_a_command_the_windows_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[tuple[Path, str]] = []

    def run_windows(folder: Path, *, user: str, shown: object) -> int:
        started.append((folder, user))
        return 0

    monkeypatch.setattr("app.ui.program.run", run_windows)
    assert command_line.main([]) == 0
    assert command_line.main(["--data", str(tmp_path), "--user", "finance"]) == 0
    assert started == [(tmp_path / "nothing here", ""), (tmp_path, "finance")]


@pytest.mark.clause("P13")
def test_a_folder_that_cannot_be_had_ends_with_a_box_and_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication,
) -> None:  # fmt: skip
    boxes: list[str] = []
    monkeypatch.setattr(program, "make_application", lambda *_, **__: qapp)
    monkeypatch.setattr("app.ui.last_resort.install", lambda: None)
    monkeypatch.setattr("app.ui.widgets.dialog.ask", lambda _parent, _title, text, _verbs: boxes.append(text))
    file = tmp_path / "a file"
    file.write_text("no folder", encoding="utf-8")
    code, _, error = run(capsys, "--data", file)
    assert code == 2
    assert str(file) in sentence(error)
    assert len(boxes) == 1
    assert str(file) in boxes[0]


def test_nothing_heavy_is_read_in_before_the_sign_in_window() -> None:
    asks = (
        "import sys; from app import command_line; from app.ui import program;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_the_first_window_makes_qt_neither_build_what_it_does_not_use_nor_read_the_pinyin(
    closed_centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    """A filter that sees every event lets PySide look for the class of everything: that doubles the time of a start."""
    asks = (
        "import sys; from app import command_line; from PySide6 import QtWidgets;"
        "tell = lambda: (print('QStyle' in vars(QtWidgets), 'app.rules.pinyin' in sys.modules),"
        " QtWidgets.QApplication.exit());"
        f"command_line._begin_log = tell; command_line.main(['--data', {str(closed_centre.folder)!r}])"
    )
    own = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.stdout.split() == ["False", "False"]


def test_the_program_is_started_by_its_module_name(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--data", str(tmp_path / "gone"), "--user", "a", "check"],
        cwd=PROJECT, capture_output=True, timeout=60, check=False,
        env={**os.environ, "LANG": "zh_CN.UTF-8", "LC_ALL": "", "LANGUAGE": "", "XDG_STATE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1


# the log file -------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_the_log_file_holds_types_and_places_and_nothing_that_was_typed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def break_down(*_: object) -> None:
        int("陈秘密 13812345678")

    monkeypatch.setattr(practice, "fill", break_down)
    with pytest.raises(ValueError, match="陈秘密"):
        command_line.main(["--data", str(tmp_path / "陈秘密"), "sample"])
    written = (tmp_path / "log" / "antuo.log").read_text(encoding="utf-8")
    assert "ValueError at app/command_line.py:" in written
    assert "陈秘密" not in written
    assert "138" not in written


def test_a_log_file_that_cannot_be_written_stops_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(paths, "log_file", lambda: tmp_path / "file" / "antuo.log")
    assert run(capsys, "--data", tmp_path / "data", "sample", "--students", "2")[0] == 0
    assert log_file.LOGGER.handlers == []


# the tour -----------------------------------------------------------------------------------------------------------


def test_the_self_test_walks_the_main_job_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    places: list[Path] = []

    def walk(folder: Path) -> list[Path]:
        places.append(folder)
        return [folder / "01-sign-in.png"]

    monkeypatch.setattr("app.tour.walk.walk", walk)
    code, out, error = run(capsys, "--self-test")
    assert (code, error) == (0, "")
    assert "自检通过" in out
    assert not places[0].parent.exists()
