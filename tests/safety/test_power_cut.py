"""The power goes at any moment of real payments: nothing that was acknowledged is lost, and the test can see a loss."""

import sys
from pathlib import Path

import pytest

from tests.conftest import Centre
from tests.safety import ledger_state, powercut
from tests.safety.conftest import contents, put

pytestmark = pytest.mark.linux  # records writes with a preloaded library
PAYMENTS = 12


def replay(centre: Centre, tmp_path: Path, trials: int, *how: str) -> dict[str, int]:
    """Record payments, rebuild states after a cut, and count what is wrong in them."""
    before = contents(centre.folder)
    command = [sys.executable, "-m", "tests.safety.payer", str(centre.folder), str(PAYMENTS), *how]
    events = powercut.record(command, centre.folder, f"{centre.key.hex()}\n")
    assert sum(event.kind == "a" for event in events) == PAYMENTS
    counted = dict.fromkeys(("lost", "gaps", "damaged", "false alarms", "states"), 0)
    rebuilt = tmp_path / "rebuilt"
    for files, acknowledged in powercut.states(before, events, centre.folder, trials, seed=1):
        put(rebuilt, files)
        state = ledger_state.look(rebuilt, centre.key)
        missing = set(range(1, acknowledged + 1)) - state.numbers
        counted["states"] += 1
        counted["lost"] += bool(missing)
        counted["gaps"] += bool(state.gaps)
        counted["damaged"] += bool(state.damage)
        counted["false alarms"] += bool(state.alarm and not missing)
    return counted


def all_well(trials: int) -> dict[str, int]:
    return {"lost": 0, "gaps": 0, "damaged": 0, "false alarms": 0, "states": trials}


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
@pytest.mark.parametrize(("trials", "how"), [(250, ()), (150, ("no-checkpoint",))])
def test_a_power_cut_loses_no_acknowledged_receipt(
    paying: Centre, tmp_path: Path, trials: int, how: tuple[str, ...],
) -> None:  # fmt: skip
    assert replay(paying, tmp_path, trials, *how) == all_well(trials)


@pytest.mark.clause("P13")
def test_this_replay_would_see_a_loss(paying: Centre, tmp_path: Path) -> None:
    counted = replay(paying, tmp_path, 120, "normal", "no-checkpoint")
    assert counted["lost"] > 10
    assert counted["gaps"] == 0


@pytest.mark.long
@pytest.mark.parametrize("how", [(), ("no-checkpoint",)])
def test_two_thousand_power_cuts(paying: Centre, tmp_path: Path, how: tuple[str, ...]) -> None:
    assert replay(paying, tmp_path, 2000, *how) == all_well(2000)
