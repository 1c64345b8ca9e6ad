"""Whose data a person may see: everybody's, or, with the role of a teacher alone, the students of the own classes."""

from app.errors import Refused
from app.models.database import database
from app.process import clock
from app.process.actor import Actor

_ROLES_THAT_SEE = """
    SELECT DISTINCT user_role.role FROM user JOIN user_role ON user_role.user_id = user.id
    JOIN right_grant ON right_grant.role = user_role.role AND right_grant."right" = 'see_students'
    WHERE user.id = :user AND user.active = 1
      AND (user_role.from_date = '' OR user_role.from_date <= :today)
      AND (user_role.to_date = '' OR user_role.to_date >= :today)
"""


def classes(actor: Actor) -> frozenset[int] | None:
    """The classes whose students the actor sees; None means all students. Raises Refused no_right (see_students)."""
    given = {"user": actor.user_id, "today": clock.today()}
    roles = {role for (role,) in database.execute_sql(_ROLES_THAT_SEE, given)}
    if not roles:
        raise Refused("no_right", right="see_students")
    if roles != {"teacher"}:
        return None
    rows = database.execute_sql("SELECT id FROM care_class WHERE teacher_id = ?", (actor.user_id,))
    return frozenset(class_id for (class_id,) in rows)


def require_student(actor: Actor, student_id: int) -> None:
    """Go on only if the actor may see it. Raises Refused no_right, student_unknown, student_of_another_class."""
    seen = classes(actor)
    row = database.execute_sql("SELECT class_id FROM student WHERE id = ?", (student_id,)).fetchone()
    if row is None:
        raise Refused("student_unknown")
    if seen is not None and row[0] not in seen:
        raise Refused("student_of_another_class")
