"""Whose signature is missing: students whose sheet nobody signed or whose data changed since, and applications."""

from dataclasses import dataclass
from datetime import date

from app.models.database import database
from app.process import clock, student_scope
from app.process.office import Actor
from app.process.student_states import IS_NOT_GONE, IS_OPEN

_UNSIGNED = f"""
    SELECT p.id, s.id, NULL, s.name, s.number,
           coalesce((SELECT max(printed_at) FROM paper_print WHERE paper_id = p.id), ''),
           coalesce(nullif(s.stale_since, ''), s.entered_on), s.stale_since > ''
    FROM student s
    LEFT JOIN paper p ON p.id = max(
        coalesce((SELECT max(id) FROM paper WHERE student_id = s.id AND +kind = 'sheet'), 0),
        coalesce((SELECT max(sheet.id) FROM application a JOIN paper sheet ON sheet.application_id = a.id
                  WHERE a.student_id = s.id AND a.state = 'approved' AND +sheet.kind = 'sheet'), 0))
    WHERE s.unsigned = 1 AND s.{IS_NOT_GONE} AND {{own}}
    UNION ALL
    SELECT p.id, NULL, a.id, a.name, p.number,
           coalesce((SELECT max(printed_at) FROM paper_print WHERE paper_id = p.id), ''), a.submitted_at, 0
    FROM application a
    JOIN paper p ON p.id = (SELECT max(id) FROM paper WHERE application_id = a.id AND +kind = 'sheet')
    WHERE a.{IS_OPEN} AND NOT EXISTS (SELECT 1 FROM signature WHERE paper_id = p.id)
"""  # noqa: S608 - constants


@dataclass(frozen=True)
class UnsignedRow:
    """A student (or an application) whose sheet waits for the signature.

    `days` since it was entered, or since the data changed after a signature: then it is `stale`.
    """

    paper_id: int | None
    student_id: int | None
    application_id: int | None
    name: str
    number: str
    printed_at: str
    days: int
    stale: bool = False


def unsigned(actor: Actor) -> tuple[UnsignedRow, ...]:
    """Whose signature is missing, the longest waiting first; a teacher's own classes. Needs register or sign."""
    own = student_scope.within(student_scope.classes(actor, "sign", "register"), "s.class_id")
    found, today = database.execute_sql(_UNSIGNED.format(own=own)), date.fromisoformat(clock.today())
    rows = [
        UnsignedRow(
            paper_id, student_id, application_id, name, number, printed_at,
            (today - date.fromisoformat(since[:10])).days, bool(stale),
        )
        for paper_id, student_id, application_id, name, number, printed_at, since, stale in found
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.days, row.name)))
