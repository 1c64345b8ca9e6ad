"""Numbers that were given out after the backup that is restored: they are on paper, and are never given out again.

How far they went is known from the generation that is replaced and, where that can no longer be read, from anchor.log
beside it. The restored counters go on from there; the entry `restore` of the log names what was skipped, and the check
and the receipt book explain the gap by it. In an empty folder, where nothing but the backup is left, nothing is known:
then `Restored.backup.last_receipt` is what people compare with their paper.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import Damaged
from app.models import database as db
from app.models.database import database
from app.process import anchor, counters, pointer

_RESTORES = "SELECT details FROM operation_log WHERE subject_kind = 'backup' AND action = 'restore' ORDER BY seq"


@dataclass(frozen=True)
class Skipped:
    """The numbers `first` to `last` of a counter (receipt-2026, sheet-2026, student-2026, student)."""

    counter: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


def of_generation(folder: Path, key: bytes) -> dict[str, int]:
    """How far the counters of the generation in use went; nothing if it cannot be read any more."""
    with suppress(Damaged, db.DatabaseError), closing(db.connection(pointer.current(folder) / db.DATA, key)) as data:
        return dict(data.execute("SELECT name, value FROM counter").fetchall())
    return {}


def highest(*known: Mapping[str, int]) -> dict[str, int]:
    """The highest value of every counter that any of them names."""
    found: dict[str, int] = {}
    for one in known:
        for name, value in one.items():
            found[name] = max(value, found.get(name, 0))
    return found


def of_anchor(lines: Iterable[anchor.Line]) -> dict[str, int]:
    """How far the counters went by the newest lines of anchor.log."""
    return highest(*(anchor.counters_in(line) for line in lines))


def skip(known: Mapping[str, int]) -> tuple[Skipped, ...]:
    """Move the counters on to what is known, inside the unit of work that logs it; gives what was skipped."""
    stand = dict(database.execute_sql("SELECT name, value FROM counter").fetchall())
    found = tuple(
        Skipped(name, stand.get(name, 0) + 1, value)
        for name, value in sorted(known.items())
        if value > stand.get(name, 0)
    )
    for one in found:
        for _ in range(one.count):  # a counter moves by one (models/guards.py)
            counters.next_number(one.counter)
    return found


def as_details(skipped: Iterable[Skipped]) -> dict[str, list[int]]:
    """As the log keeps it, and the trigger `receipt_in_order` reads it."""
    return {one.counter: [one.first, one.last] for one in skipped}


def logged(run: Callable[..., Any]) -> tuple[Skipped, ...]:
    """What restores skipped, by the log that `run` (an execute) reads, oldest first."""
    told = (json.loads(details).get("skipped", {}) for (details,) in run(_RESTORES).fetchall())
    return tuple(Skipped(name, *ends) for one in told for name, ends in sorted(one.items()))
