"""Brothers and sisters: children at the centre who share a guardian with this one (product.md P1, P5)."""

import json
from collections.abc import Iterable

from app.models.database import database
from app.process import student_scope
from app.process.actor import Actor
from app.process.student_states import IS_AT_THE_CENTRE

_AT_THE_CENTRE = f"""
    SELECT DISTINCT student.id, student.name FROM student
    JOIN student_guardian link ON link.student_id = student.id
    WHERE link.guardian_id IN (SELECT value FROM json_each(?)) AND student.id <> ?
      AND student.{IS_AT_THE_CENTRE} AND {{own}} ORDER BY student.id
"""  # noqa: S608 - constants


def brothers_and_sisters(
    actor: Actor, guardian_ids: Iterable[int], *, student_id: int | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Names of the children at the centre who share one of these guardians; `student_id` is the child itself.

    A teacher is told of those in the own classes. Needs register, review, see_students or change_students.
    """
    seen = student_scope.classes(actor, "register", "review", "see_students", "change_students")
    return names(guardian_ids, student_id, seen)


def names(guardian_ids: Iterable[int], but: int | None, seen: frozenset[int] | None = None) -> tuple[str, ...]:
    """As `brothers_and_sisters`, for other use cases; `but` is the child itself, `seen` the classes (None: all)."""
    statement = _AT_THE_CENTRE.format(own=student_scope.within(seen))
    rows = database.execute_sql(statement, (json.dumps(list(guardian_ids)), but or 0))
    return tuple(name for _, name in rows)
