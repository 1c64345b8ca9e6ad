"""Who a registration may be already: the same child, or a brother or sister (product.md P1, look.md 11 and 12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.models.database import database
from app.process.student_roll import GONE
from app.rules import pinyin
from app.rules.person import Registration

KINDS = ("same_identity", "same_name_and_birth", "same_pinyin_and_phone", "sibling")  # the strongest first
_STUDENT = """
    SELECT s.id, s.name, s.birth_date, s.number, coalesce(c.name, ''), s.state,
           coalesce(g.name, ''), coalesce(link.relation, ''), coalesce(g.mobile, ''), coalesce(g.id, 0)
    FROM student s LEFT JOIN care_class c ON c.id = s.class_id
    LEFT JOIN student_guardian link ON link.student_id = s.id AND {guardian}
    LEFT JOIN guardian g ON g.id = link.guardian_id
    WHERE {student}
"""
_FIRST = "link.position = 1"
_APPLICATIONS = """
    SELECT id, name, birth_date, identity_number, phones, state FROM application
    WHERE state IN ('submitted', 'returned') AND id <> ?
"""


@dataclass(frozen=True)
class Match:
    """A student or an application that was found. `guardian` is the one whose phone matched, else the first one.

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
    found: dict[int, Match] = {}
    for match in (*_students(registration), *_applications(registration, application_id or 0)):
        known, own = found.get(match.key), match.student_id is not None and match.student_id == student_id
        if not own and (known is None or KINDS.index(match.kind) < KINDS.index(known.kind)):
            found[match.key] = match
    return tuple(sorted(found.values(), key=lambda match: (KINDS.index(match.kind), match.name, match.key)))


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
    """The phones of the guardians, each once."""
    return tuple(dict.fromkeys(guardian.mobile for guardian in registration.guardians if guardian.mobile))


def _students(registration: Registration) -> list[Match]:
    child, found = registration.child, []
    if child.identity_number:
        found += _read("same_identity", "s.identity_number = ?", _FIRST, child.identity_number)
    if child.name and child.birth_date:
        found += _read("same_name_and_birth", "s.birth_date = ? AND s.name = ?", _FIRST, child.birth_date, child.name)
    shared = {guardian.id for guardian in registration.guardians if guardian.id is not None}
    for phone in phones_of(registration):
        for match in _read("sibling", "g.mobile = ?", "1", phone):
            if _sounds_like(match.name, child.name):
                found.append(_as(match, "same_pinyin_and_phone"))
            elif match.guardian_id not in shared:
                found.append(match)
    return found


def _read(kind: str, student: str, guardian: str, *values: object) -> list[Match]:
    rows: list[Any] = database.execute_sql(_STUDENT.format(student=student, guardian=guardian), values).fetchall()
    return [Match(*(kind, row[0], None, *row[1:9], row[9] or None)) for row in rows]


def _applications(registration: Registration, own_id: int) -> list[Match]:
    child, phones, found = registration.child, set(phones_of(registration)), []
    for row in database.execute_sql(_APPLICATIONS, (own_id,)):
        application_id, name, birth_date, identity_number, its_phones, state = row
        common = phones.intersection(its_phones.split())
        if child.identity_number and identity_number == child.identity_number:
            kind = "same_identity"
        elif child.name and (name, birth_date) == (child.name, child.birth_date):
            kind = "same_name_and_birth"
        elif common:
            kind = "same_pinyin_and_phone" if _sounds_like(name, child.name) else "sibling"
        else:
            continue
        mobile = min(common, default=its_phones.split(" ")[0])
        found.append(Match(kind, None, application_id, name, birth_date, "", "", state, "", "", mobile))
    return found


def _sounds_like(name: str, other: str) -> bool:
    return bool(name and other) and not set(pinyin.keys(name).full).isdisjoint(pinyin.keys(other).full)


def _as(match: Match, kind: str) -> Match:
    return Match(**{**vars(match), "kind": kind})
