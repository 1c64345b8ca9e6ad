"""Taking over the centre's current children from its own list: preview, corrections, one transaction. product.md P19.

No ten steps: whoever stands in the list is enrolled at once. What was paid before is not charged again; what a family
owes or has becomes rows of the ledger of the kind 'opening'; sheets to sign are printed afterwards. The three steps of
a page are those of `form_import`: `begin`, `ListReading.look`, `finish`.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import apart, clock, form_import, form_known, operation_log, take_over_preview, take_over_writing
from app.process.actor import Actor, require
from app.process.form_preview import Earlier, PreviewRow
from app.process.take_over_preview import LIST_FIELDS, ListLooked, ListPreview, Taken
from app.rules import dates, prices
from app.rules.opening.services import Known, World

__all__ = [
    "LIST_FIELDS", "ListLooked", "ListPreview", "ListReading", "TakenOver", "begin", "finish", "preview", "refresh",
    "take_over",
]  # fmt: skip

RIGHT = "take_over"
_SERVICES = "SELECT id, name, kind, session FROM service WHERE active = 1 AND kind <> 'fee' AND kind <> 'deposit'"
_CLASSES = "SELECT name FROM care_class WHERE active = 1 ORDER BY position, id"
_TAKEN = """
    SELECT child.digest, student.id, student.number, student.name, student.state FROM json_each(:digests) asked
    JOIN take_over_child child ON child.digest = asked.value JOIN student ON student.id = child.student_id
    ORDER BY student.id
"""
_EARLIER = """
    SELECT batch.taken_at, user.name, batch.file, batch.taken FROM take_over batch
    JOIN user ON user.id = batch.taken_by WHERE batch.sha256 = ? ORDER BY batch.id
"""


@dataclass(frozen=True)
class ListReading:
    """A list that is about to be looked at."""

    name: str
    content: bytes
    salt: bytes
    remembered: Mapping[str, tuple[str, ...]]
    world: World

    def look(self, wait: Callable[[], None] = lambda: None) -> ListLooked:
        """Read and check the file in a child process; in any thread. What `wait` raises stops it.

        Raises Refused as form_import.Reading.look.
        """
        try:
            return apart.run(
                take_over_preview.look, self.content, self.remembered, self.world, self.salt, wait=wait,
                limits=form_import.LIMITS,
            )  # fmt: skip
        except ChildProcessError as error:
            raise Refused("file_unreadable") from error


@dataclass(frozen=True)
class TakenOver:
    """What was taken over: rows of the list, children, families, those left out; what all owe and have, in fen."""

    take_over_id: int
    rows: int
    taken: int
    families: int
    with_errors: int
    duplicates: int
    debt_fen: int
    credit_fen: int
    student_ids: tuple[int, ...]


# the preview --------------------------------------------------------------------------------------------------------


def begin(actor: Actor, path: Path, *, today: str = "") -> ListReading:
    """Take a list up. Needs take_over. `today`: the day on which it is true, ISO text.

    Raises Refused no_right, file_not_found, file_too_big, day_invalid.
    """
    require(actor, RIGHT)
    if today and not dates.is_date(today):
        raise Refused("day_invalid", text=today)
    content = form_import.file_content(path)
    return ListReading(path.name, content, form_known.salt(), form_known.layouts(), _world(today or clock.today()))


def finish(actor: Actor, reading: ListReading, looked: ListLooked) -> ListPreview:
    """Find who the rows may be already. Needs take_over."""
    require(actor, RIGHT)
    digest = hashlib.sha256(reading.content).hexdigest()
    raw = ListPreview(
        reading.name, digest, looked, reading.world.today, reading.salt, looked.columns, looked.checked, {}, (), {}, (),
        world=reading.world,
    )  # fmt: skip
    return _known_again(raw)


def preview(
    actor: Actor, path: Path, *, today: str = "", wait: Callable[[], None] = lambda: None,
) -> ListPreview:  # fmt: skip
    """Look at a list: `begin`, `ListReading.look` and `finish` in one; blocks. Writes nothing."""
    reading = begin(actor, path, today=today)
    return finish(actor, reading, reading.look(wait))


def refresh(actor: Actor, seen: ListPreview) -> ListPreview:
    """Look again: after corrections, or when services, classes or students changed meanwhile. Needs take_over."""
    require(actor, RIGHT)
    return _known_again(seen)


def _known_again(seen: ListPreview) -> ListPreview:
    now = seen.in_world(_world(seen.today))
    now = replace(now, known=form_known.people(now.checked), taken=_taken(now), earlier=_earlier(seen.sha256))
    return replace(now, found=now.compared())


def _world(today: str) -> World:
    price_list: dict[int, list[prices.Price]] = {}
    for service_id, *price in database.execute_sql("SELECT service_id, unit, fen, valid_from FROM price"):
        price_list.setdefault(service_id, []).append(prices.Price(*price))
    rows = database.execute_sql(f"{_SERVICES} ORDER BY position, id").fetchall()
    services = tuple(
        Known(service_id, name, kind, session, _unit(price_list.get(service_id, ()), today))
        for service_id, name, kind, session in rows
    )
    return World(services, tuple(name for (name,) in database.execute_sql(_CLASSES)), today)


def _unit(price_list: Sequence[prices.Price], today: str) -> str:
    """In what unit it will be charged again: by the month, or the first that the service has a price for."""
    found = prices.prices_on(price_list, today)
    return "month" if "month" in found else next(iter(found), "month")


def _taken(seen: ListPreview) -> Taken:
    asked = {"digests": json.dumps([row.digest for row in seen.checked])}
    return {digest: tuple(student) for digest, *student in database.execute_sql(_TAKEN, asked)}


def _earlier(sha256: str) -> tuple[Earlier, ...]:
    return tuple(Earlier(*row) for row in database.execute_sql(_EARLIER, (sha256,)))


# taking over --------------------------------------------------------------------------------------------------------


def take_over(
    actor: Actor, seen: ListPreview, *, opid: str, take: Collection[int] | None = None,
    new_classes: Collection[str] = (),
) -> TakenOver:  # fmt: skip
    """Make every chosen row an enrolled student with what was paid, owed and left: all of them, or none.

    Without `take` the rows go in that have no error and are nobody known; with it exactly those. `new_classes` are the
    classes that somebody agreed to make. The same `opid` again gives the same result. Needs take_over.

    Raises Refused rows_have_errors, same_identity, nothing_to_import, classes_not_agreed.
    """
    with unit_of_work():
        require(actor, RIGHT)
        before = database.execute_sql("SELECT id FROM take_over WHERE opid = ?", (opid,)).fetchone()
        now = _known_again(seen)
        if before is not None:
            return _told(now, int(before[0]))
        chosen = [row for row in now.rows if (row.goes_in if take is None else row.n in take)]
        _refuse(now, chosen, new_classes)
        take_over_id = _write_batch(actor, now, opid, len(chosen))
        take_over_writing.write(actor, now, take_over_id, chosen)
        form_import.remember_layout(now)
        done = _told(now, take_over_id)
        details = {
            "file": seen.name, "sha256": seen.sha256, "rows": done.rows, "taken_over": done.taken,
            "families": done.families, "with_errors": done.with_errors, "duplicates": done.duplicates,
            "debt_fen": done.debt_fen, "credit_fen": done.credit_fen,
        }  # fmt: skip
        operation_log.record(actor, "take_over", "import", take_over_id, details=details)
    operation_log.after_money()
    return done


def _refuse(now: ListPreview, chosen: Sequence[PreviewRow], agreed: Collection[str]) -> None:
    if not chosen:
        raise Refused("nothing_to_import")
    for row in chosen:
        if row.has_error:
            raise Refused("rows_have_errors", row=row.n)
        if row.duplicate and row.duplicate.kind == "same_identity":
            child = now.registration(row.n).child
            raise Refused(
                "same_identity", name=row.duplicate.name, number=row.duplicate.reference, birth_date=child.birth_date,
            )  # fmt: skip
    named = dict.fromkeys(now.opening(row.n).class_name for row in chosen)
    missing = [name for name in named if name and name not in now.world.classes and name not in agreed]
    if missing:
        raise Refused("classes_not_agreed", names="、".join(missing))


def _write_batch(actor: Actor, now: ListPreview, opid: str, taken: int) -> int:
    (take_over_id,) = database.execute_sql(
        "INSERT INTO take_over (opid, file, sha256, as_of, rows, taken, taken_at, taken_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (opid, now.name, now.sha256, now.today, len(now.rows), taken, clock.stamp(), actor.user_id),
    ).fetchone()
    return int(take_over_id)


def _told(now: ListPreview, take_over_id: int) -> TakenOver:
    rows = database.execute_sql(
        "SELECT row, student_id, family FROM take_over_child WHERE take_over_id = ? ORDER BY row", (take_over_id,),
    ).fetchall()  # fmt: skip
    debt, credit = database.execute_sql(
        "SELECT coalesce(sum(fen) FILTER (WHERE fen > 0), 0), coalesce(-sum(fen) FILTER (WHERE fen < 0), 0) FROM ledger"
        " WHERE kind = 'opening' AND student_id IN (SELECT student_id FROM take_over_child WHERE take_over_id = ?)",
        (take_over_id,),
    ).fetchone()
    taken = {row for row, _, _ in rows}
    left = [row for row in now.rows if row.n not in taken]
    return TakenOver(
        take_over_id, len(now.rows), len(taken), len({family for _, _, family in rows}),
        sum(row.has_error for row in left), sum(row.duplicate is not None and not row.has_error for row in left),
        debt, credit, tuple(student_id for _, student_id, _ in rows),
    )  # fmt: skip
