"""What was changed in a student's file, field by field, out of the operation log. Reached as `student_file.history`."""

from dataclasses import dataclass

from app.models.database import database
from app.process import consents, merged, student_scope
from app.process.actor import Actor, rights_of
from app.rules import form_fields, identity

_CHANGES = f"""
    SELECT log.at, coalesce(user.name, ''), value.field, value.before, value.after, log.seq, log.subject_id
    FROM operation_log log JOIN operation_value value ON value.seq = log.seq LEFT JOIN user ON user.id = log.actor_id
    WHERE log.subject_kind = 'student'
      AND log.subject_id IN (
            {merged.ALL_OF} UNION SELECT other.student_id FROM student_guardian own
            JOIN student_guardian other ON other.guardian_id = own.guardian_id WHERE own.student_id = :id)
    ORDER BY log.seq DESC, value.field
"""  # noqa: S608 - a constant
_GUARDIANS_OWN = (".name", ".mobile", ".wechat", ".workplace")  # what brothers and sisters share of a guardian


@dataclass(frozen=True)
class Change:
    """One field that was changed: when, by whom, from what to what; `seq` names the entry of the log."""

    at: str
    who: str
    field: str
    before: str
    after: str
    seq: int


def history(actor: Actor, student_id: int, field: str | None = None) -> tuple[Change, ...]:
    """The changes of a student, newest first; of one field (`child.address`), or of a group (`guardians.12`, `health`).

    What was changed of a shared guardian through a brother or sister is among them. Health is left out without the
    right see_health and while the consents do not open it, identity numbers are masked.
    Raises Refused no_right, student_unknown, student_of_another_class.
    """
    student_scope.require_student(actor, student_id)
    guardians = {
        f"guardians.{guardian_id}."
        for (guardian_id,) in database.execute_sql(
            "SELECT guardian_id FROM student_guardian WHERE student_id = ?", (student_id,),
        )
    }  # fmt: skip
    own = {key for (key,) in database.execute_sql(merged.ALL_OF, {"id": student_id})}
    hidden = "see_health" not in rights_of(actor) or not consents.health_access(student_id).is_open
    found = []
    for at, who, name, before, after, seq, subject_id in database.execute_sql(_CHANGES, {"id": student_id}):
        shared = name.endswith(_GUARDIANS_OWN) and name.startswith(tuple(guardians))
        if (subject_id not in own and not shared) or name.endswith(".position"):
            continue
        if (field and name != field and not name.startswith(f"{field}.")) or (
            hidden and name.startswith(form_fields.HEALTH)
        ):
            continue
        if name == form_fields.IDENTITY:
            before, after = identity.masked(before), identity.masked(after)  # noqa: PLW2901 - what may be shown
        found.append(Change(at, who, name, before, after, seq))
    return tuple(found)
