"""Who a registration may be already: the same child, or a brother or sister (product.md P1, look.md 11 and 12).

Here the candidates are found in the tables; what makes a match is said in `rules/duplicates.py`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from app.models.database import database
from app.process.student_states import IS_OPEN
from app.rules import duplicates, identity, normal, phones
from app.rules.duplicates import KINDS, Known
from app.rules.person import Registration
from app.rules.status import GONE

__all__ = ["KINDS", "Match", "find", "phones_of", "unanswered"]

_STUDENTS = """
    SELECT id FROM student WHERE identity_number = :identity AND identity_number <> '' AND state <> 'merged'
    UNION SELECT id FROM student WHERE birth_date = :born AND name = :name AND :born <> '' AND state <> 'merged'
    UNION SELECT link.student_id FROM guardian JOIN student_guardian link ON link.guardian_id = guardian.id
          WHERE guardian.mobile IN (SELECT value FROM json_each(:phones))
    UNION SELECT student_id FROM contact WHERE mobile IN (SELECT value FROM json_each(:phones))
"""
_PEOPLE = """
    SELECT g.name, link.relation, g.mobile, g.id FROM student_guardian link JOIN guardian g ON g.id = link.guardian_id
    WHERE link.student_id = ? ORDER BY link.position
"""
_STUDENT = """
    SELECT s.name, s.birth_date, s.identity_number, s.state, s.number, coalesce(c.name, '')
    FROM student s LEFT JOIN care_class c ON c.id = s.class_id WHERE s.id = ?
"""
_APPLICATIONS = f"""
    SELECT id, name, birth_date, identity_number, phones, state FROM application
    WHERE {IS_OPEN} AND id <> :own AND (
        identity_number <> '' AND identity_number = :identity
        OR birth_date <> '' AND (birth_date, name) = (:born, :name)
        OR EXISTS (SELECT 1 FROM json_each(:phones) asked WHERE instr(application.phones, asked.value)))
"""  # noqa: S608 - a constant


@dataclass(frozen=True)
class Match:
    """A student or an application that was found. `guardian_…` is the one whose phone matched, else the first one.

    `key` answers for it in `not_same`: the id of the student, or the negative id of the application.
    """

    kind: str
    student_id: int | None
    application_id: int | None
    name: str
    birth_date: str
    number: str
    class_name: str
    state: str
    guardian_name: str
    relation: str
    mobile: str
    guardian_id: int | None = None

    @property
    def key(self) -> int:
        """What `not_same` names it by."""
        return self.student_id if self.student_id is not None else -(self.application_id or 0)

    @property
    def former(self) -> bool:
        """Whether it is a student who left and may come back under the same number."""
        return self.student_id is not None and self.state in GONE


def find(
    registration: Registration, *, application_id: int | None = None, student_id: int | None = None,
) -> tuple[Match, ...]:  # fmt: skip
    """Everybody the registration may be or belong to, the strongest first; one match per record.

    `application_id` and `student_id` name the record that is being edited. A guardian that is shared already (by id)
    makes no sibling.
    """
    shared = {guardian.id for guardian in registration.guardians if guardian.id is not None}
    found = [*_students(registration, student_id), *_applications(registration, application_id or 0)]
    wanted = [one for one in found if one.kind != "sibling" or one.guardian_id is None or one.guardian_id not in shared]
    return tuple(sorted(wanted, key=lambda match: (KINDS.index(match.kind), match.name, match.key)))


def unanswered(matches: Iterable[Match], not_same: Iterable[int], returning: int | None) -> tuple[Match, ...]:
    """The matches that somebody has to answer before the registration may be saved; `same_identity` is no question.

    A brother or sister who is only being registered cannot be shared yet and is no question either.
    """
    answered = {*not_same, returning}
    return tuple(
        match
        for match in matches
        if match.kind != "same_identity"
        and match.key not in answered
        and not (match.kind == "sibling" and match.student_id is None)
    )


def phones_of(registration: Registration) -> tuple[str, ...]:
    """The phones of the guardians, each once, in their stored form."""
    return tuple(dict.fromkeys(phones.clean(one.mobile) for one in registration.guardians if one.mobile.strip()))


def _students(registration: Registration, own_id: int | None) -> list[Match]:
    rows = database.execute_sql(_STUDENTS, _asked(registration))
    ids = [student_id for (student_id,) in rows if student_id != own_id]
    found = (_student(registration, student_id) for student_id in ids)
    return [match for match in found if match is not None]


def _asked(registration: Registration) -> dict[str, object]:
    """What the candidates are looked up by."""
    child = registration.child
    contacts = (phones.clean(one.mobile) for one in registration.contacts if one.mobile.strip())
    return {
        "identity": identity.clean(child.identity_number), "born": child.birth_date, "name": normal.name(child.name),
        "phones": json.dumps([*phones_of(registration), *contacts]),
    }  # fmt: skip


def _student(registration: Registration, student_id: int) -> Match | None:
    name, born, identity_number, state, number, class_name = database.execute_sql(_STUDENT, (student_id,)).fetchone()
    people = database.execute_sql(_PEOPLE, (student_id,)).fetchall()
    contacts = database.execute_sql("SELECT mobile FROM contact WHERE student_id = ?", (student_id,)).fetchall()
    known = Known(
        student_id, "student", name, born, identity_number, tuple(one[2] for one in people),
        tuple(phone for (phone,) in contacts), state,
    )  # fmt: skip
    match = duplicates.match(registration, known)
    if match is None:
        return None
    first = ("", "", "", None)
    guardian = next((one for one in people if one[2] == match.phone), people[0] if people else first)
    return Match(match.kind, student_id, None, name, born, number, class_name, state, *guardian)


def _applications(registration: Registration, own_id: int) -> list[Match]:
    waiting = database.execute_sql(_APPLICATIONS, {**_asked(registration), "own": own_id}).fetchall()
    first_phone = {row[0]: row[4].partition(" ")[0] for row in waiting}
    known = (
        Known(key, "application", name, born, identity_number, tuple(its_phones.split()), (), state)
        for key, name, born, identity_number, its_phones, state in waiting
    )
    return [
        Match(found.kind, None, one.id, one.name, one.birth_date, "", "", one.state, "", "",
              found.phone or first_phone[one.id])
        for found in duplicates.matches(registration, known) for one in (found.known,)
    ]  # fmt: skip
