"""The program is killed while somebody types a registration: at most the field being typed is lost (P1)."""

import json
import subprocess
import sys

import pytest

from tests.conftest import Centre

pytestmark = pytest.mark.fork


@pytest.mark.clause("P1")
@pytest.mark.parametrize("times", [14, pytest.param(300, marks=pytest.mark.long)])
def test_a_kill_while_typing_loses_at_most_the_field_being_typed(closed_centre: Centre, times: int) -> None:
    command = [sys.executable, "-m", "tests.safety.typing_campaign", str(closed_centre.folder), str(times)]
    key = f"{closed_centre.key.hex()}\n"
    done = subprocess.run(
        command, input=key, capture_output=True, text=True, check=False, timeout=60 + times * 10,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    counted = json.loads(done.stdout)
    assert counted.pop("left") > times
    assert counted == {"kills": times, "lost": 0, "torn": 0, "doubled": 0}
