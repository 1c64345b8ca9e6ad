"""Work in a child process: results and refusals come back, a dead child is told, and whoever waits may stop it."""

import os
import threading
import time

import pytest

from app.errors import Damaged, Refused
from app.process import apart, checks
from tests.conftest import Centre


def double(number: int) -> tuple[int, int]:
    return number * 2, os.getpid()


def refuse(code: str) -> None:
    raise Refused(code, wait=30)


def find_damage(name: str) -> None:
    raise Damaged("backup_damaged", name=name)


def die() -> None:
    os._exit(3)


def stumble(name: str) -> None:
    raise ValueError(f"no such child: {name}")


def take_memory(size: int) -> int:
    return len(bytes(size))


def complain() -> str:
    os.write(2, b"a library says something")
    return "done"


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def test_the_result_comes_back_from_another_process() -> None:
    number, process = apart.run(double, 21)
    assert number == 42
    assert process != os.getpid()


def test_what_the_child_refuses_is_raised_here_with_its_values() -> None:
    with pytest.raises(Refused, match="locked_out") as refused:
        apart.run(refuse, "locked_out")
    assert refused.value.values == {"wait": 30}
    with pytest.raises(Damaged, match="backup_damaged") as damaged:
        apart.run(find_damage, "x.bak")
    assert damaged.value.values == {"name": "x.bak"}


def test_a_child_that_dies_is_told() -> None:
    with pytest.raises(ChildProcessError):
        apart.run(die)


@pytest.mark.clause("P13")
def test_a_bug_in_the_child_is_told_by_type_and_place_never_by_its_text(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ChildProcessError):
        apart.run(stumble, "张琢晨")
    said = capfd.readouterr().err
    assert said.startswith("ValueError at test_apart.py:")
    assert "张琢晨" not in said


def test_whoever_waits_may_stop_it() -> None:
    asked = iter([False, False, True])

    def wait() -> None:
        if next(asked):
            raise Refused("backup_cancelled")

    start = time.monotonic()
    with pytest.raises(Refused, match="backup_cancelled"):
        apart.run(sleep, 60.0, wait=wait)
    assert time.monotonic() - start < 10


@pytest.mark.clause("P13")
def test_the_data_are_checked_in_a_child_while_the_program_has_them_open(centre: Centre) -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(checks.check_apart(centre.folder, centre.key)))
    thread.start()
    thread.join()
    assert [[one.code for one in findings] for findings in found] == [["backup_missing"]]  # type: ignore[attr-defined]


def test_a_check_that_was_interrupted_is_told(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_check_here", die)
    assert [one.code for one in checks.check_apart(centre.folder, centre.key)] == ["check_failed"]


if os.name != "nt":  # Windows knows no such limit

    def test_a_child_that_reads_a_strangers_file_gets_no_more_memory_than_it_may() -> None:
        assert apart.run(take_memory, 1 << 29, limits=apart.Limits(memory=1 << 30)) == 1 << 29
        with pytest.raises(ChildProcessError):
            apart.run(take_memory, 1 << 30, limits=apart.Limits(memory=1 << 30))


def test_it_gets_no_more_time_and_says_nothing_on_the_error_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert apart.run(complain, limits=apart.Limits()) == "done"
    assert capfd.readouterr().err == ""
    with pytest.raises(ChildProcessError):
        apart.run(sleep, 30, limits=apart.Limits(seconds=0))
