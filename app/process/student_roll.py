"""The roll: what the student list searches, in memory, for a centre with more than some 20,000 students.

One byte string of the search texts in the order of names, with the ids and a few facts beside it; 100,000 students are
some 10 MB. It is built in slices while nobody types, from the covering index `student_list`, and is out of date as soon
as anything was written (speed.md, choice of search). Smaller centres search the covering index itself.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress
from time import perf_counter
from typing import Any

from app.models.database import database
from app.process import clock, data_folder, office
from app.process.student_states import IS_ACTIVE, IS_NOT_GONE
from app.rules import dates
from app.rules.status import ACTIVE, NOT_HERE

WORTH_IT = 20_000  # students from which the roll is quicker than the index
CHUNK = 2_000  # students read at a time: about 2.5 ms on two slow cores
RECORD_END = b"\n"  # between two students; in no search text
BLOCK = 1 << 19  # bytes looked through at a time

BITS = {"active": 1, "arrears": 2, "ending": 4, "unsigned": 8, "entered": 16}
CONDITIONS = {  # the filters of the list in SQL; :soon is the last day that counts as ending soon
    "active": IS_ACTIVE,
    "arrears": "balance_fen > 0",
    "ending": f"ends_on <> '' AND ends_on <= :soon AND {IS_ACTIVE}",
    "unsigned": f"unsigned = 1 AND {IS_NOT_GONE}",
    "entered": "state = 'entered'",
}
_FLAGS = " | ".join(f"(({CONDITIONS[name]}) * {bit})" for name, bit in BITS.items())
_READ = (
    f"SELECT sort_key, id, CAST(search AS BLOB), {_FLAGS}, coalesce(class_id, 0) FROM student"  # noqa: S608 - above
    " WHERE (sort_key, id) > (:key, :id) ORDER BY sort_key, id LIMIT :most"
)


def soon() -> str:
    """The last day on which what is agreed counts as ending soon."""
    return dates.add_days(clock.today(), int(office.setting("ending_soon_days", "14")))


def marks(
    state: str, balance_fen: int | None, ends_on: str, unsigned: int, stale_since: str, last_day: str,
) -> tuple[str, ...]:  # fmt: skip
    """What stands beside the state of a student: arrears, ending (by `last_day`, see `soon`), unsigned or stale.

    A balance that is hidden (None) puts no mark there.
    """
    said = {
        "arrears": (balance_fen or 0) > 0,
        "ending": "" < ends_on <= last_day and state in ACTIVE,
        "unsigned": bool(unsigned) and state not in NOT_HERE and not stale_since,
        "stale": bool(unsigned) and state not in NOT_HERE and bool(stale_since),
    }
    return tuple(mark for mark, holds in said.items() if holds)


def state_of_data() -> tuple[int, int, str]:
    """Changes as soon as anything was written, another file was opened, or another day began."""
    connection = database.connection()
    return id(connection), connection.total_changes, clock.today()


@dataclass
class Roll:
    """All students in the order of their names. `starts[i]` is where the text of `ids[i]` begins."""

    made_for: tuple[int, int, str]
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    starts: "array[int]" = field(default_factory=lambda: array("q", (0,)))
    flags: bytearray = field(default_factory=bytearray)
    classes: "array[int]" = field(default_factory=lambda: array("q"))
    text: bytes = b""

    def matches(
        self, needles: Sequence[bytes], filters: Sequence[str], classes: frozenset[int] | None,
    ) -> Iterator["array[int]"]:  # fmt: skip
        """The ids that fit, in order, a batch at a time; a batch may be empty and costs about a millisecond."""
        mask = sum(BITS[name] for name in filters)
        if needles:
            yield from self._found(needles, mask, classes)
            return
        table = bytes((flags & mask) == mask for flags in range(256))
        for at in range(0, len(self.ids), 8 * CHUNK):
            end = at + 8 * CHUNK
            fits: Any = self.flags[at:end].translate(table)
            if classes is not None:
                fits = (fit and one in classes for fit, one in zip(fits, self.classes[at:end], strict=True))
            yield array("q", compress(self.ids[at:end], fits))

    def _found(self, needles: Sequence[bytes], mask: int, classes: frozenset[int] | None) -> Iterator["array[int]"]:
        first, *others = sorted(needles, key=len, reverse=True)  # the longest is the rarest
        text, starts, flags = self.text, self.starts, self.flags
        place, batch, began = 0, array("q"), perf_counter()
        while place < len(text):
            stop = min(len(text), place + BLOCK)
            hit = text.find(first, place, stop)
            if hit < 0:  # one may lie across the edge of the block
                place = stop if stop == len(text) else max(place + 1, stop - len(first) + 1)
            else:
                at = bisect_right(starts, hit) - 1
                end = starts[at + 1]
                fits = (flags[at] & mask) == mask and (classes is None or self.classes[at] in classes)
                if fits and all(text.find(other, starts[at], end) >= 0 for other in others):
                    batch.append(self.ids[at])
                place = end
            if perf_counter() - began > 0.001:
                yield batch
                batch, began = array("q"), perf_counter()
        yield batch


class _Building:
    """A roll on its way."""

    def __init__(self) -> None:
        self.roll = Roll(state_of_data())
        self._soon = soon()
        self._texts: list[bytes] = []
        self._last: tuple[str, int] = ("", 0)

    def read_on(self) -> bool:
        """Read a chunk; True when it was the last."""
        key, student_id = self._last
        rows = database.execute_sql(
            _READ, {"key": key, "id": student_id, "soon": self._soon, "most": CHUNK},
        ).fetchall()  # fmt: skip
        if rows:
            self._last = rows[-1][:2]
            _, ids, texts, flags, classes = zip(*rows, strict=True)
            roll = self.roll
            roll.ids.extend(ids)
            roll.flags.extend(flags)
            roll.classes.extend(classes)
            lengths = accumulate((len(text) + len(RECORD_END) for text in texts), initial=roll.starts[-1])
            roll.starts.pop()
            roll.starts.extend(lengths)
            self._texts.append(RECORD_END.join(texts) + RECORD_END)
        if len(rows) < CHUNK:
            self.roll.text = b"".join(self._texts)
            return True
        return False


_roll: Roll | None = None
_building: _Building | None = None


def current() -> Roll | None:
    """The roll, if there is one and nothing was written since."""
    if _roll is not None and _roll.made_for != state_of_data():
        forget()
    return _roll


def forget() -> None:
    """Drop what is in memory: at every write, and when the data folder is closed or locked."""
    global _roll, _building  # noqa: PLW0603 - the one place that holds it
    _roll = _building = None


def build(budget_ms: float = 4.0) -> bool:
    """Go on building for about `budget_ms`; True when nothing is left to do (built, or not worth it)."""
    global _roll, _building  # noqa: PLW0603 - the one place that holds it
    if current() is not None:
        return True
    until = perf_counter() + budget_ms / 1000
    if _building is None or _building.roll.made_for != state_of_data():
        if database.execute_sql("SELECT count(*) FROM student").fetchone()[0] < WORTH_IT:
            _building = None
            return True
        _building = _Building()
    while perf_counter() < until:
        if _building.read_on():
            _roll, _building = _building.roll, None
            return True
    return False


data_folder.on_close(forget)  # nothing that was read stays in memory while nobody is signed in
