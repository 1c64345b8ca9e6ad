"""Whose data a person may see: everybody's, or, with the role of a teacher alone, the students of the own classes.

What a right reaches comes from the roles that give it: somebody who is a teacher and takes payments as a receptionist
takes them from everybody. An application belongs to no class before it is approved: who may register or review sees
all that wait, and is told of every twin, or the same child would be entered twice.
"""

from app.errors import Refused
from app.models.database import database
from app.process import merged
from app.process.actor import Actor, roles_with


def classes(actor: Actor, *rights: str) -> frozenset[int] | None:
    """The classes whose students the actor reaches by one of these rights (see_students); None means all students.

    Raises Refused no_right, naming the first right.
    """
    rights = rights or ("see_students",)
    roles = roles_with(actor, *rights)
    if not roles:
        raise Refused("no_right", right=rights[0])
    if roles != {"teacher"}:
        return None
    rows = database.execute_sql("SELECT id FROM care_class WHERE teacher_id = ?", (actor.user_id,))
    return frozenset(class_id for (class_id,) in rows)


def reaches(actor: Actor, seen: frozenset[int] | None, *rights: str) -> bool:
    """Whether one of these rights reaches every student of these classes (None: all students)."""
    roles = roles_with(actor, *rights)
    if roles != {"teacher"}:
        return bool(roles)
    reached = classes(actor, *rights)
    return reached is None or (seen is not None and seen <= reached)


def require_student(actor: Actor, student_id: int, *rights: str) -> None:
    """Go on only if the actor holds one of these rights (see_students) for this student.

    Raises Refused no_right, student_unknown, student_of_another_class.
    """
    seen = classes(actor, *rights)
    row = database.execute_sql("SELECT class_id FROM student WHERE id = ?", (merged.stays(student_id),)).fetchone()
    if row is None:
        raise Refused("student_unknown")
    if seen is not None and row[0] not in seen:
        raise Refused("student_of_another_class")


def within(seen: frozenset[int] | None, column: str = "class_id") -> str:
    """The condition in SQL that keeps to these classes, for a statement that lists; `1` where all may be seen."""
    if seen is None:
        return "1"
    return f"{column} IN ({', '.join(map(str, sorted(seen))) or 'NULL'})"
