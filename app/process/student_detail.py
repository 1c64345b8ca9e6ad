"""One student at a glance: what the pane beside the list shows. Reached as `student_list.detail`."""

import json
from dataclasses import dataclass
from typing import Any

from app.models.database import database
from app.process import clock, consents, hidden, merged, student_roll, student_scope
from app.process.office import Actor, rights_of
from app.rules import dates

EVENTS = 5  # of the operation log that are shown
_STUDENT = """
    SELECT s.number, s.name, s.initials, s.sex, s.birth_date, s.state, s.school, s.grade, s.school_class,
           coalesce(c.name, ''), s.allergies, s.health_marks, s.medication, s.goes_home_alone, s.alone_from, s.ends_on,
           s.balance_fen, s.unsigned, s.stale_since, s.version
    FROM student s LEFT JOIN care_class c ON c.id = s.class_id WHERE s.id = ?
"""
_PEOPLE = """
    SELECT g.name, link.relation, g.mobile, link.may_collect, link.emergency, link.payer, link.position AS place
    FROM student_guardian link JOIN guardian g ON g.id = link.guardian_id WHERE link.student_id = :id
    UNION ALL
    SELECT name, relation, mobile, may_collect, emergency, 0, 1000 + position FROM contact WHERE student_id = :id
    ORDER BY place
"""
_LINES = """
    SELECT service.name, line.from_date,
           CASE WHEN line.ended_on <> '' THEN line.ended_on ELSE line.to_date END AS last_day, line.unit, line.quantity
    FROM enrolment_line line JOIN service ON service.id = line.service_id
    WHERE line.student_id = ? AND last_day >= ? ORDER BY line.id
"""
_CHARGED = """
    SELECT coalesce(sum(row.fen), 0) FROM ledger row
    WHERE row.student_id = ? AND row.kind IN ('charge', 'discount') AND (row.period_to = '' OR row.period_to >= ?)
      AND NOT EXISTS (SELECT 1 FROM ledger back WHERE back.reverses = row.id)
"""
_EVENTS = f"""
    SELECT log.action, log.details, log.at, coalesce(user.name, '') FROM operation_log log
    LEFT JOIN user ON user.id = log.actor_id
    WHERE log.seq IN (
        SELECT seq FROM (SELECT seq FROM operation_log
                         WHERE subject_kind = 'student' AND subject_id = :id ORDER BY seq DESC LIMIT :most)
        UNION
        SELECT seq FROM (SELECT log_seq AS seq FROM receipt WHERE student_id IN ({merged.ALL_OF})
                         ORDER BY id DESC LIMIT :most))
    ORDER BY log.seq DESC LIMIT :most
"""  # noqa: S608 - a constant
_SAID = ("number", "receipt", "section")  # what of an entry's details is shown beside its action


@dataclass(frozen=True)
class Person:
    """Somebody round the child: a guardian, or a contact."""

    name: str
    relation: str
    mobile: str
    may_collect: bool
    emergency: bool
    payer: bool


@dataclass(frozen=True)
class Line:
    """A service that is agreed for today or later; `days_left` counts today, and is 0 or more."""

    service: str
    from_date: str
    to_date: str
    unit: str
    quantity: int
    days_left: int


@dataclass(frozen=True)
class Event:
    """Something that was done lately: `text_code` is the action in the log, `text_value` a number that goes with it."""

    text_code: str
    text_value: str
    at: str
    who: str


@dataclass(frozen=True)
class StudentDetail:
    """A student at a glance. `age` is in years and months.

    Without the right see_health the allergies, health marks and medication are empty; so they are while the consents do
    not open them, but for the allergies as rules/consents.py says. `health_closed` tells why: hidden.NO_RIGHT, or a
    reason of the consents; `health_until` is the last day without a signed sheet.
    `charged_fen` is what is agreed for now and later, `paid_fen` what of it is settled; all money is None for somebody
    who may see none (`hidden.MONEY`).
    """

    student_id: int
    number: str
    name: str
    initials: str
    sex: str
    birth_date: str
    age: tuple[int, int] | None
    state: str
    school: str
    grade: str
    school_class: str
    class_name: str
    allergies: str
    health_marks: tuple[str, ...]
    medication: str
    health_closed: str
    health_until: str
    goes_home_alone: bool
    alone_from: str
    ends_on: str
    balance_fen: int | None
    charged_fen: int | None
    paid_fen: int | None
    marks: tuple[str, ...]
    version: int
    people: tuple[Person, ...]
    lines: tuple[Line, ...]
    events: tuple[Event, ...]

    @property
    def health_hidden(self) -> bool:
        """Whether nothing is told about health."""
        return bool(self.health_closed)


def detail(actor: Actor, student_id: int) -> StudentDetail:
    """Read what the pane shows. Raises Refused no_right, student_unknown, student_of_another_class."""
    student_scope.require_student(actor, student_id)
    money = hidden.sees_money(actor, student_scope.classes(actor))
    today, rights = clock.today(), rights_of(actor)
    row = database.execute_sql(_STUDENT, (student_id,)).fetchone()
    number, name, initials, sex, born, state, school, grade, school_class, class_name, *rest = row
    allergies, health_marks, medication, alone, alone_from, ends_on, balance, unsigned, stale_since, version = rest
    sees, access = "see_health" in rights, consents.health_access(student_id)
    closed = access.reason if sees else hidden.NO_RIGHT
    balance, charged, paid = _money(student_id, balance, today) if money else (None, None, None)
    return StudentDetail(
        student_id, number, name, initials, sex, born, _age(born, today), state, school, grade, school_class,
        class_name,
        allergies=allergies if sees and access.allergies_shown else "",
        health_marks=() if closed else tuple(mark for mark in health_marks.split(",") if mark),
        medication="" if closed else medication,
        health_closed=closed,
        health_until=access.until,
        goes_home_alone=bool(alone), alone_from=alone_from, ends_on=ends_on, balance_fen=balance,
        charged_fen=charged, paid_fen=paid,
        marks=student_roll.marks(state, balance, ends_on, unsigned, stale_since, student_roll.soon()),
        version=version,
        people=tuple(
            Person(*found[:3], *map(bool, found[3:6])) for found in database.execute_sql(_PEOPLE, {"id": student_id})
        ),
        lines=_lines(student_id, today),
        events=_events(student_id),
    )  # fmt: skip


def _money(student_id: int, balance_fen: int, today: str) -> tuple[int, int, int]:
    """Balance, what is agreed for now and later, what of that is settled."""
    charged = max(0, database.execute_sql(_CHARGED, (student_id, today)).fetchone()[0])
    return balance_fen, charged, charged - min(charged, max(0, balance_fen))


def _age(birth_date: str, today: str) -> tuple[int, int] | None:
    if not dates.is_date(birth_date) or birth_date > today:
        return None
    age = dates.age(birth_date, today)
    return age.years, age.months


def _lines(student_id: int, today: str) -> tuple[Line, ...]:
    rows: list[Any] = database.execute_sql(_LINES, (student_id, today)).fetchall()
    return tuple(
        Line(service, first, last, unit, quantity, dates.days_between(max(today, first), last))
        for service, first, last, unit, quantity in rows
    )


def _events(student_id: int) -> tuple[Event, ...]:
    rows = database.execute_sql(_EVENTS, {"id": student_id, "most": EVENTS}).fetchall()
    return tuple(Event(action, _said(json.loads(details)), at, who) for action, details, at, who in rows)


def _said(details: dict[str, Any]) -> str:
    return next((str(details[name]) for name in _SAID if details.get(name)), "")
