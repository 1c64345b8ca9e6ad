"""The disk is full, or fails, at any write and fsync of a payment: nothing is lost, nothing doubled, work goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Centre
from tests.safety.powercut import compile_library

pytestmark = pytest.mark.linux  # fails writes with a preloaded library


def sweep(centre: Centre, tmp_path: Path, what: str, step: int, **faults: str) -> dict[str, int]:
    """Run a campaign of tests/safety/fault_campaign.py; `faults` go to the library that fails writes."""
    watched, environment = tmp_path / "watched", dict(os.environ)
    if faults:
        library = tmp_path / "faults.so"
        compile_library(Path(__file__).with_name("write_faults.c"), library)
        environment |= {"LD_PRELOAD": str(library), "WATCH": str(watched), **faults}
    command = [sys.executable, "-m", "tests.safety.fault_campaign", str(centre.folder), str(watched), what, str(step)]
    key = f"{centre.key.hex()}\n"
    done = subprocess.run(
        command, env=environment, input=key, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    counted: dict[str, int] = json.loads(done.stdout)
    wrong = ["bugs", "broken", "damaged", "wrong receipts", "alarms"]
    wrong += ["unseen"] if what == "writes" else []
    assert {name: counted[name] for name in wrong} == dict.fromkeys(wrong, 0), done.stderr[-2000:]
    assert counted["points"] == counted["paid"] + counted["full"] + counted["error"]
    assert counted["paid"], "what fails after the commit does not make a payment look undone"
    return counted


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
@pytest.mark.parametrize(("kind", "step", "points"), [("28", 7, 10), ("5", 7, 10), ("F", 1, 5)])
def test_a_failing_disk_loses_and_doubles_no_receipt(
    paying: Centre, tmp_path: Path, kind: str, step: int, points: int,
) -> None:  # fmt: skip
    assert sweep(paying, tmp_path, "writes", step, FERR=kind)["points"] >= points


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
def test_on_a_full_disk_a_payment_is_refused_in_one_sentence_and_looking_still_works(
    paying: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    counted = sweep(paying, tmp_path, "writes", 11, FERR="28", STICKY="1")
    assert counted["full"] >= 4
    assert counted["error"] == 0, "the sentence says that the disk is full, and how much room there is"


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
def test_where_a_file_cannot_grow_on_nothing_is_written_by_half(paying: Centre, tmp_path: Path) -> None:
    counted = sweep(paying, tmp_path, "room", 32_000)
    assert counted["points"] >= 10
    assert counted["error"] >= 3
    assert counted["unseen"] <= 1, "with room for less than the index of the WAL file, 32 KB, nothing opens"


@pytest.mark.long
@pytest.mark.parametrize("kind", ["28", "5", "F"])
def test_every_write_and_every_fsync_fails_once(paying: Centre, tmp_path: Path, kind: str) -> None:
    assert sweep(paying, tmp_path, "writes", 1, FERR=kind)["points"] >= 5


@pytest.mark.long
def test_the_disk_is_full_from_every_write_on(paying: Centre, tmp_path: Path) -> None:
    assert sweep(paying, tmp_path, "writes", 1, FERR="28", STICKY="1")["error"] == 0


@pytest.mark.long
def test_a_hundred_limits_to_the_size_of_a_file(paying: Centre, tmp_path: Path) -> None:
    counted = sweep(paying, tmp_path, "room", 4_096)
    assert counted["points"] >= 64
    assert counted["unseen"] <= 8
