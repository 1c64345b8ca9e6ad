"""Eight starts at once, also after a kill -9: exactly one gets the data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

STARTERS = 8


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.safety.starter", str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def say(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin is not None
    process.stdin.write(word)
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str], *, kill: bool) -> None:
    if kill:
        process.kill()
    process.communicate()


@pytest.mark.clause("P13")
def test_of_eight_starts_at_once_exactly_one_wins_also_after_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "数据 folder"
    folder.mkdir()
    for round_number in range(3):
        starters = [start(folder) for _ in range(STARTERS)]
        assert [hear(one) for one in starters] == ["ready"] * STARTERS
        for one in starters:
            say(one, "go\n")
        heard = [hear(one) for one in starters]
        assert sorted(heard) == ["busy"] * (STARTERS - 1) + ["won"], f"round {round_number}"
        for one, said in zip(starters, heard, strict=True):
            end(one, kill=said == "won")  # the next round finds the lock of a dead process
