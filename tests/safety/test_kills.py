"""The program is killed with kill -9 in the middle of its work, again and again."""

import json
import subprocess
import sys

import pytest

from tests.conftest import Centre
from tests.safety.kill_campaign import whole_lines

pytestmark = pytest.mark.fork


def campaign(centre: Centre, kind: str, times: int) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.safety.kill_campaign", kind, str(centre.folder), str(times)]
    done = subprocess.run(
        command, input=f"{centre.key.hex()}\n", capture_output=True, text=True, check=False, timeout=60 + times * 5,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    counted: dict[str, int] = json.loads(done.stdout)
    assert counted.pop("kills") == times
    return counted


def test_of_a_killed_process_only_what_it_said_to_the_end_is_heard() -> None:
    assert whole_lines(b'12\n["left", "child.name"]\n["typing",') == ["12", '["left", "child.name"]']
    assert whole_lines(b"") == []


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
def test_a_hundred_kills_lose_no_acknowledged_receipt_and_leave_no_gap(paying: Centre) -> None:
    counted = campaign(paying, "payments", 100)
    assert counted.pop("acknowledged") > 0
    assert counted == {"lost": 0, "gaps": 0, "damaged": 0, "alarms": 0}


@pytest.mark.clause("P13")
def test_a_killed_backup_never_leaves_a_finished_file_that_is_bad(paying: Centre) -> None:
    finished = 0
    for _ in range(4):  # a busy machine may kill every one of them before it is finished
        counted = campaign(paying, "backups", 12)
        finished += counted.pop("finished")
        assert counted == {"bad": 0}
        if finished:
            break
    assert finished > 0


@pytest.mark.clause("P13")
def test_a_killed_restore_leaves_the_old_or_the_restored_data_and_no_mixture(paying: Centre) -> None:
    counted = campaign(paying, "restores", 12)
    assert counted["old"] + counted["restored"] == 12
    assert (counted["mixed"], counted["alarms"]) == (0, 0)


@pytest.mark.clause("P13")
def test_a_killed_change_of_a_password_locks_nobody_out(paying: Centre) -> None:
    counted = campaign(paying, "passwords", 100)
    assert counted.pop("changes") > 0
    assert counted == {"locked out": 0}


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "times"),
    [("payments", 2000), ("backups", 400), ("restores", 1000), ("passwords", 1000)],
)
def test_a_night_of_kills(paying: Centre, kind: str, times: int) -> None:
    counted = campaign(paying, kind, times)
    bad = {name: counted.get(name, 0) for name in ("lost", "gaps", "damaged", "alarms", "bad", "mixed", "locked out")}
    assert set(bad.values()) == {0}, bad
