"""What a data folder says about its receipts, asked quickly and without the program: for thousands of states."""

from pathlib import Path
from typing import Any, NamedTuple

from app.errors import Damaged
from app.models import database as db
from app.process import anchor, pointer, soundness


class State(NamedTuple):
    """Receipts by number (1 to last when `gaps` is empty), what is damaged, and what the anchor says."""

    numbers: set[int]
    gaps: set[int]
    damage: list[str]
    alarm: str


def look(folder: Path, key: bytes) -> State:
    """Recover, check everything and count. What will not open is damage."""
    try:
        generation = pointer.current(folder)
        for name in (db.DATA, db.FILES):
            db.empty_wal(generation / name, key)
        data = db.connection(generation / db.DATA, key)
        files = db.connection(generation / db.FILES, key)
    except Damaged as damaged:
        return State(set(), set(), [damaged.code], "")
    try:
        return _asked(folder, data, files)
    finally:
        data.close()
        files.close()


def _asked(folder: Path, data: Any, files: Any) -> State:
    found = [one.code for one in soundness.data_file(data) if one.strength == "damage"]
    found += [one.code for one in soundness.files_file(data, files) if one.strength == "damage"]
    if found:
        return State(set(), set(), found, "")
    numbers = {number for (number,) in data.execute("SELECT no FROM receipt")}
    gaps = set(range(1, max(numbers, default=0) + 1)) - numbers
    alarm, _ = anchor.compare(folder / anchor.NAME, data.execute)
    return State(numbers, gaps, found, alarm)
