"""Records that went into another one of the same child: one child, two numbers. product.md P2, P3.

Papers, receipts and rows of the ledger stay under the number that they were given under; whoever asks for the child's
is given those of all its numbers. What is written later is written under the one that stays.
"""

from app.errors import Refused
from app.models.database import database

ALL_OF = """
    WITH RECURSIVE own (id) AS (
        SELECT :id UNION SELECT student_merge.from_id FROM student_merge JOIN own ON student_merge.into_id = own.id)
    SELECT id FROM own
"""
"""The ids of a student (:id) with those of the records that went into it, for `IN (…)` of a statement."""
_STAYS = """
    WITH RECURSIVE way (id) AS (
        SELECT ? UNION SELECT student_merge.into_id FROM student_merge JOIN way ON student_merge.from_id = way.id)
    SELECT id FROM way WHERE id NOT IN (SELECT from_id FROM student_merge)
"""


def stays(student_id: int) -> int:
    """The record that a student's record went into in the end; itself where it went into none."""
    return int(database.execute_sql(_STAYS, (student_id,)).fetchone()[0])


def numbers(student_id: int) -> tuple[str, ...]:
    """The student numbers of the records that went into this one, the oldest first."""
    rows = database.execute_sql(
        f"SELECT number FROM student WHERE id IN ({ALL_OF}) AND id <> :id ORDER BY id",  # noqa: S608 - a constant
        {"id": student_id},
    )
    return tuple(number for (number,) in rows)


def refuse(student_id: int) -> None:
    """Refuse to write under a number that went into another one. Raises Refused student_merged(number, into, name)."""
    into_id = stays(student_id)
    if into_id != student_id:
        (number,) = database.execute_sql("SELECT number FROM student WHERE id = ?", (student_id,)).fetchone()
        into, name = database.execute_sql("SELECT number, name FROM student WHERE id = ?", (into_id,)).fetchone()
        raise Refused("student_merged", number=number, into=into, name=name)
