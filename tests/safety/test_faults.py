"""The disk is full, or fails, at any write and fsync of a payment: nothing is lost, nothing doubled, work goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Centre
from tests.safety.powercut import compile_library

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="fails writes with a preloaded library")


def sweep(centre: Centre, tmp_path: Path, kind: str, step: int) -> dict[str, int]:
    library, watched = tmp_path / "faults.so", tmp_path / "watched"
    compile_library(Path(__file__).with_name("write_faults.c"), library)
    environment = dict(os.environ, LD_PRELOAD=str(library), WATCH=str(watched), FERR=kind)
    command = [sys.executable, "-m", "tests.safety.fault_campaign", str(centre.folder), str(watched), str(step)]
    key = f"{centre.key.hex()}\n"
    done = subprocess.run(
        command, env=environment, input=key, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    counted: dict[str, int] = json.loads(done.stdout)
    return counted


def assert_well(counted: dict[str, int], points: int) -> None:
    assert counted["points"] >= points
    assert counted["points"] == counted["paid"] + counted["told"]
    assert counted["paid"], "what fails after the commit does not make a payment look undone"
    wrong = ("bugs", "broken", "damaged", "wrong receipts", "alarms")
    assert {name: counted[name] for name in wrong} == dict.fromkeys(wrong, 0)


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
@pytest.mark.parametrize(("kind", "step", "points"), [("28", 7, 10), ("5", 7, 10), ("F", 1, 5)])
def test_a_failing_disk_loses_and_doubles_no_receipt(
    paying: Centre, tmp_path: Path, kind: str, step: int, points: int,
) -> None:  # fmt: skip
    assert_well(sweep(paying, tmp_path, kind, step), points)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["28", "5", "F"])
def test_every_write_and_every_fsync_fails_once(paying: Centre, tmp_path: Path, kind: str) -> None:
    assert_well(sweep(paying, tmp_path, kind, 1), 5)
