"""Nothing about a child can be read in any file, while the program works, after a kill, and in a backup."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.process import backups
from tests.conftest import Centre
from tests.safety.conftest import contents

PLANTED = ("张珞晨", "张志强", "13857112236", "330106201701010000", "文新小学", "文二西路", "2026-000001")


def found(folder: Path) -> set[tuple[str, str]]:
    """Which planted value stands in which file."""
    return {
        (name, value)
        for name, content in contents(folder).items()
        for value in PLANTED
        for code in ("utf-8", "utf-16-le", "gb18030")
        if value.encode(code) in content
    }


@pytest.mark.clause("P13")
@pytest.mark.parametrize("how", [(), ("no-checkpoint",), ("die",), ("no-checkpoint", "die")])
def test_no_planted_value_stands_in_clear(paying: Centre, how: tuple[str, ...], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.safety.payer", str(paying.folder), "5", *how]
    key = f"{paying.key.hex()}\n".encode()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {"TMPDIR": str(temporary), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, input=key, check="die" not in how, timeout=60, stdout=subprocess.DEVNULL, env=environment)
    assert found(paying.folder) == set()
    assert not list(temporary.rglob("*")), "nothing is left in the folder for temporary files"
    paying.open()
    assert found(paying.folder) == set()
    paying.close()
    assert found(paying.folder) == set()


@pytest.mark.clause("P13")
def test_a_backup_shows_nothing_but_counts(paying: Centre) -> None:
    backups.make_of(paying.folder, paying.key, "by_hand")
    shown = {name for name, _ in found(backups.place(paying.folder))}
    assert shown == set()


def test_the_search_would_find_a_value(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("xx 张珞晨 xx", encoding="utf-8")
    assert found(tmp_path) == {("file", "张珞晨")}
