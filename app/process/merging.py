"""Making one of two records of the same child: what would be moved, and moving it. product.md P2, P3.

The record that stays keeps its number and what it says; blanks are filled from the other one, health data of both are
kept, and of other differences the person who merges chooses. People, consents, services and applications are moved.
What only grows stays where it is and is found under both numbers (merged.py); the balance is carried over by two
corrections that sum to nothing. It cannot be taken back, so that a preview says everything before.
"""

from collections.abc import Collection
from dataclasses import fields, replace

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import clock, confirmation, merged, operation_log, settling, student_keys, student_record
from app.process.actor import Actor, require
from app.process.merge_preview import (
    NEW_CONTACTS,
    NEW_PEOPLE,
    RIGHT,
    SAME_LINES,
    Differing,
    MergePreview,
    Side,
    count,
    preview,
    two,
)
from app.rules import form_fields
from app.rules.person import Child, Health, Registration

__all__ = ["Differing", "MergePreview", "Side", "merge", "preview"]

MOVED = ("application", "consent", "contact", "enrolment_line", "student_guardian")
"""The tables whose rows of the student go over to the record that stays."""
KEPT = (
    "ledger", "old_number", "opening_left", "opening_statement", "paper", "receipt", "student_merge", "take_over_child",
)  # fmt: skip
"""Found under both numbers: the tables that only grow, and what a list that was taken over called the child."""
_SHARED_ALREADY = """
    UPDATE student_guardian SET guardian_id = (
        SELECT link.guardian_id FROM student_guardian link JOIN guardian other ON other.id = link.guardian_id
        WHERE link.student_id = :from
          AND other.mobile = (SELECT mobile FROM guardian WHERE id = student_guardian.guardian_id))
    WHERE student_id = :into
      AND NOT EXISTS (SELECT 1 FROM student_guardian more WHERE more.guardian_id = student_guardian.guardian_id
                      AND more.student_id <> :into)
      AND EXISTS (SELECT 1 FROM student_guardian link JOIN guardian other ON other.id = link.guardian_id
                  JOIN guardian own ON own.id = student_guardian.guardian_id
                  WHERE link.student_id = :from AND (other.name, other.mobile) = (own.name, own.mobile)
                    AND own.mobile <> '' AND link.guardian_id <> student_guardian.guardian_id
                    AND EXISTS (SELECT 1 FROM student_guardian more WHERE more.guardian_id = link.guardian_id
                                AND more.student_id NOT IN (:from, :into)))
"""


def merge(
    actor: Actor,
    goes_id: int,
    stays_id: int,
    versions: tuple[int, int],
    reason: str,
    *,
    opid: str,
    taking: Collection[str] = (),
) -> int:
    """Move everything of one record to another one of the same child; gives the id of the one that stays.

    `versions` are those of the preview (of the record that goes, of the one that stays); `taking` names the fields that
    are taken from the one that goes. The same `opid` again does nothing. Needs merge_students.

    Raises as `preview`, and reason_missing, records_changed (somebody changed one of them since).
    """
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing")
    with unit_of_work():
        require(actor, RIGHT)
        known = database.execute_sql("SELECT into_id FROM student_merge WHERE opid = ?", (opid,)).fetchone()
        if known:
            return merged.stays(int(known[0]))
        stays, goes = two(actor, goes_id, stays_id)
        if (goes.version, stays.version) != versions:
            raise Refused("records_changed")
        before = student_record.read(stays_id, clock.today())
        told = _move(goes, stays, before, taking)
        now = student_record.read(stays_id, clock.today())
        entry = operation_log.record(
            actor, "merge_students", "student", stays_id,
            details={"number": stays.number, "merged": goes.number, "merged_id": goes_id, **told},
            values={**form_fields.differences(before, now), "reason": ("", reason)},
        )  # fmt: skip
        database.execute_sql(
            "INSERT INTO student_merge (from_id, into_id, opid, merged_at, merged_by, log_seq)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (goes_id, stays_id, opid, clock.stamp(), actor.user_id, entry.seq),
        )
        settling.carry_over(actor, goes_id, opid)
        _close(goes, stays)
    operation_log.after_money()
    return stays_id


def _joined(into: Registration, other: Registration, taking: Collection[str]) -> Registration:
    """What the record that stays says afterwards."""
    child = {
        one.name: getattr(other.child, one.name)
        for one in fields(Child)
        if getattr(other.child, one.name) and (not getattr(into.child, one.name) or f"child.{one.name}" in taking)
    }
    if into.child.identity_number and "child.identity_number" not in taking:
        child.pop("identity_kind", None)  # the kind belongs to the number
    pick_up = other.pick_up if any(name.startswith("pick_up.") for name in taking) else into.pick_up
    return replace(
        into, child=replace(into.child, **child), pick_up=pick_up, health=_all_of_health(into.health, other.health),
    )  # fmt: skip


def _all_of_health(into: Health, other: Health) -> Health:
    """Nothing that either record says about health is lost; 'none known' goes where the other one knows something."""
    marks = dict.fromkeys((*into.marks, *other.marks))
    if len(marks) > 1:
        marks.pop("none_known", None)
    texts = {
        one.name: "；".join(dict.fromkeys(filter(None, (getattr(into, one.name), getattr(other, one.name)))))
        for one in fields(Health)
        if one.name != "marks"
    }
    return Health(tuple(marks), **texts)


# moving -------------------------------------------------------------------------------------------------------------


def _move(goes: Side, stays: Side, before: Registration, taking: Collection[str]) -> dict[str, object]:
    """Move what can be moved, and tell for the log how much."""
    other = student_record.read(goes.student_id, clock.today())
    whole = _joined(before, other, taking)
    student_record.write_child(stays.student_id, whole.child)
    student_record.write_pick_up(stays.student_id, whole.pick_up)
    student_record.write_health(stays.student_id, whole.health)
    both = {"from": goes.student_id, "into": stays.student_id}
    database.execute_sql(_SHARED_ALREADY, both)
    told: dict[str, object] = {
        "guardians": _move_places(NEW_PEOPLE, both, "student_guardian"),
        "contacts": _move_places(NEW_CONTACTS, both, "contact"),
        "consents": count("consent", goes.student_id),
        "applications": count("application", goes.student_id),
        "papers": count("paper", goes.student_id), "receipts": count("receipt", goes.student_id),
        "fen": goes.balance_fen,
    }  # fmt: skip
    same = f"SELECT id FROM ({SAME_LINES})"  # noqa: S608 - a constant
    moved = database.execute_sql(
        f"UPDATE enrolment_line SET student_id = :into WHERE student_id = :from AND id NOT IN ({same}) RETURNING id",  # noqa: S608
        both,
    ).fetchall()
    for table in ("consent", "application"):
        database.execute_sql(f"UPDATE {table} SET student_id = :into WHERE student_id = :from", both)  # noqa: S608 - above
    database.execute_sql(
        "UPDATE student SET class_id = coalesce(class_id, (SELECT class_id FROM student WHERE id = :from)),"
        " start_date = CASE start_date WHEN '' THEN (SELECT start_date FROM student WHERE id = :from)"
        " ELSE start_date END WHERE id = :into",
        both,
    )
    return {**told, "lines": len(moved)}


def _move_places(new: str, both: dict[str, int], table: str) -> int:
    """Put those behind the people of the record that stays whom it does not have; the others are dropped."""
    places = [place for (place,) in database.execute_sql(new, both).fetchall()]
    for place in places:
        database.execute_sql(
            f"UPDATE {table} SET student_id = :into, position ="  # noqa: S608 - one of two names
            f" (SELECT coalesce(max(position), 0) + 1 FROM {table} WHERE student_id = :into)"
            " WHERE student_id = :from AND position = :place",
            {**both, "place": place},
        )
    database.execute_sql(f"DELETE FROM {table} WHERE student_id = :from", both)  # noqa: S608 - as above
    return len(places)


def _close(goes: Side, stays: Side) -> None:
    """End the record that went, keep its number findable, and settle the one that stays."""
    keys = student_keys.keys("", goes.number, ())
    student_record.update(goes.student_id, state="merged", ends_on="", search=keys.search)
    for student_id in (goes.student_id, stays.student_id):
        database.execute_sql("UPDATE student SET version = version + 1 WHERE id = ?", (student_id,))
    student_record.refresh_keys(stays.student_id)
    student_record.refresh_end(stays.student_id)
    confirmation.settle(stays.student_id)
