"""A registration and the tables of a student: the one place where the two meet. Entry writes it, the file changes it.

Everything here runs inside the unit of work of a use case that has checked the right, and leaves no log entry itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from typing import Any

from app.errors import Refused
from app.models.database import database
from app.process import merged, student_keys
from app.rules.person import (
    CONSENT_KINDS,
    Child,
    Consent,
    Contact,
    Discount,
    EnrolmentLine,
    Guardian,
    Health,
    PickUp,
    Registration,
    Services,
)

_CHILD = ", ".join(one.name for one in fields(Child))
_HEALTH = "health_marks, allergies, conditions, medication, diet, doctor_notes, insurance"
_READ_STUDENT = (
    f"SELECT {_CHILD}, goes_home_alone, alone_from, pick_up_note, {_HEALTH}, start_date, class_id"  # noqa: S608 - names
    " FROM student WHERE id = ?"
)
_READ_GUARDIANS = """
    SELECT g.name, link.relation, g.mobile, g.wechat, g.workplace, link.lives_with_child, link.may_collect,
           link.emergency, link.payer, g.id
    FROM student_guardian link JOIN guardian g ON g.id = link.guardian_id
    WHERE link.student_id = ? ORDER BY link.position
"""
_READ_CONTACTS = """
    SELECT name, relation, mobile, may_collect, emergency FROM contact WHERE student_id = ? ORDER BY position
"""
_READ_CONSENTS = """
    SELECT kind, given, version, date, given_by, relation FROM consent
    WHERE id IN (SELECT max(id) FROM consent WHERE student_id = ? GROUP BY kind)
"""
_READ_LINES = """
    SELECT l.service_id, s.name, l.session, l.weekdays, l.from_date,
           CASE WHEN l.ended_on <> '' THEN l.ended_on ELSE l.to_date END AS last_day, l.unit, l.unit_fen, l.quantity
    FROM enrolment_line l JOIN service s ON s.id = l.service_id WHERE l.student_id = ? AND last_day >= ? ORDER BY l.id
"""
_READ_DISCOUNTS = """
    SELECT row.rule, coalesce(note.note, ''), -row.fen
    FROM ledger row LEFT JOIN ledger_note note ON note.ledger_id = row.id
    WHERE row.student_id = ? AND row.kind = 'discount' AND row.period_to >= ?
      AND NOT EXISTS (SELECT 1 FROM ledger back WHERE back.reverses = row.id)
    ORDER BY row.id
"""


def read(student_id: int, today: str) -> Registration:
    """The whole registration as it now stands. Of the services: what is agreed for today or later.

    Raises Refused student_unknown.
    """
    row = database.execute_sql(_READ_STUDENT, (student_id,)).fetchone()
    if row is None:
        raise Refused("student_unknown")
    child_end = len(fields(Child))
    alone, alone_from, note = row[child_end : child_end + 3]
    marks, *health = row[child_end + 3 : child_end + 10]
    return Registration(
        child=Child(*row[:child_end]),
        guardians=tuple(_guardian(found) for found in database.execute_sql(_READ_GUARDIANS, (student_id,))),
        contacts=tuple(_contact(found) for found in database.execute_sql(_READ_CONTACTS, (student_id,))),
        pick_up=PickUp(bool(alone), alone_from, note),
        health=Health(tuple(mark for mark in marks.split(",") if mark), *health),
        consents=consents(student_id),
        services=Services(
            tuple(EnrolmentLine(*found) for found in database.execute_sql(_READ_LINES, (student_id, today))),
            tuple(Discount(*found) for found in database.execute_sql(_READ_DISCOUNTS, (student_id, today))),
            start_date=row[-2],
            class_id=row[-1],
        ),
    )


def past_lines(student_id: int, today: str) -> tuple[EnrolmentLine, ...]:
    """The lines that ended before today, newest first."""
    rows = database.execute_sql(_READ_LINES, (student_id, "")).fetchall()
    return tuple(line for line in (EnrolmentLine(*row) for row in reversed(rows)) if line.to_date < today)


def _guardian(row: Sequence[Any]) -> Guardian:
    name, relation, mobile, wechat, workplace, *flags, guardian_id = row
    return Guardian(*(name, relation, mobile, wechat, workplace, *map(bool, flags), guardian_id))


def _contact(row: Sequence[Any]) -> Contact:
    name, relation, mobile, collects, emergency = row
    return Contact(name, relation, mobile, bool(collects), bool(emergency))


def consents(student_id: int) -> tuple[Consent, ...]:
    """The newest answer to every consent that was asked for."""
    newest = {
        kind: Consent(kind, bool(given), *more)
        for kind, given, *more in database.execute_sql(_READ_CONSENTS, (student_id,))
    }
    return tuple(newest[kind] for kind in sorted(newest, key=_order_of_consent))


def _order_of_consent(kind: str) -> int:
    return CONSENT_KINDS.index(kind) if kind in CONSENT_KINDS else len(CONSENT_KINDS)


# writing ------------------------------------------------------------------------------------------------------------


def insert(number: str, state: str, child: Child, entered_by: int, entered_on: str) -> int:
    """A new student with the child's data alone; the rest is written by the functions below."""
    columns = {one.name: getattr(child, one.name) for one in fields(Child)} | {
        "number": number, "state": state, "sort_key": "", "search": "",
        "entered_by": entered_by, "entered_on": entered_on,
    }  # fmt: skip
    (student_id,) = database.execute_sql(
        f"INSERT INTO student ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) RETURNING id",  # noqa: S608
        tuple(columns.values()),
    ).fetchone()
    return int(student_id)


def write_child(student_id: int, child: Child) -> None:
    """Name, birth, identity, school, address."""
    update(student_id, **{one.name: getattr(child, one.name) for one in fields(Child)})


def write_pick_up(student_id: int, pick_up: PickUp) -> None:
    """Whether and when the child goes home alone."""
    update(
        student_id,
        goes_home_alone=int(pick_up.goes_home_alone), alone_from=pick_up.alone_from, pick_up_note=pick_up.note,
    )  # fmt: skip


def write_health(student_id: int, health: Health) -> None:
    """Health and diet."""
    values = {one.name: getattr(health, one.name) for one in fields(Health) if one.name != "marks"}
    update(student_id, health_marks=",".join(health.marks), **values)


def write_guardians(student_id: int, guardians: Sequence[Guardian]) -> tuple[int, ...]:
    """Put exactly these guardians beside the child; known ones are shared, not copied.

    Gives the ids of brothers and sisters for whom a shared guardian's own data changed by it. A guardian that is no
    longer anybody's stays in the table: old papers and signatures name it. Raises Refused guardian_unknown.
    """
    touched: set[int] = set()
    rows = []
    for position, guardian in enumerate(guardians, 1):
        guardian_id = guardian.id
        if guardian_id is None:
            guardian_id = _new_guardian(guardian)
        elif _change_guardian(guardian_id, guardian):
            touched.update(children_of(guardian_id))
        flags = (guardian.lives_with_child, guardian.may_collect, guardian.emergency, guardian.payer)
        rows.append((student_id, guardian_id, position, guardian.relation, *map(int, flags)))
    database.execute_sql("DELETE FROM student_guardian WHERE student_id = ?", (student_id,))
    for row in rows:
        database.execute_sql(
            "INSERT INTO student_guardian (student_id, guardian_id, position, relation, lives_with_child, may_collect,"
            " emergency, payer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
    return tuple(sorted(touched - {student_id}))


def _new_guardian(guardian: Guardian) -> int:
    (guardian_id,) = database.execute_sql(
        "INSERT INTO guardian (name, mobile, wechat, workplace) VALUES (?, ?, ?, ?) RETURNING id",
        (guardian.name, guardian.mobile, guardian.wechat, guardian.workplace),
    ).fetchone()
    return int(guardian_id)


def _change_guardian(guardian_id: int, guardian: Guardian) -> bool:
    stored = database.execute_sql(
        "SELECT name, mobile, wechat, workplace FROM guardian WHERE id = ?", (guardian_id,),
    ).fetchone()  # fmt: skip
    if stored is None:
        raise Refused("guardian_unknown", name=guardian.name)
    wanted = (guardian.name, guardian.mobile, guardian.wechat, guardian.workplace)
    if tuple(stored) == wanted:
        return False
    database.execute_sql(
        "UPDATE guardian SET name = ?, mobile = ?, wechat = ?, workplace = ? WHERE id = ?", (*wanted, guardian_id),
    )  # fmt: skip
    return True


def guardian_values(guardians: Iterable[Guardian]) -> dict[str, str]:
    """What stands now of the guardians that are known by id, as fields of the log: name, mobile, WeChat, workplace."""
    found: dict[str, str] = {}
    for guardian_id in {one.id for one in guardians if one.id is not None}:
        row = database.execute_sql(
            "SELECT name, mobile, wechat, workplace FROM guardian WHERE id = ?", (guardian_id,),
        ).fetchone()  # fmt: skip
        values = zip(("name", "mobile", "wechat", "workplace"), row or (), strict=False)
        found |= {f"guardians.{guardian_id}.{field}": value for field, value in values}
    return found


def children_of(guardian_id: int) -> tuple[int, ...]:
    """The students who have this guardian."""
    rows = database.execute_sql(
        "SELECT DISTINCT student_id FROM student_guardian WHERE guardian_id = ?",
        (guardian_id,),
    )
    return tuple(student_id for (student_id,) in rows)


def write_contacts(student_id: int, contacts: Iterable[Contact]) -> None:
    """Put exactly these contacts beside the child."""
    database.execute_sql("DELETE FROM contact WHERE student_id = ?", (student_id,))
    for position, contact in enumerate(contacts, 1):
        database.execute_sql(
            "INSERT INTO contact (student_id, position, name, relation, mobile, may_collect, emergency)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (student_id, position, *astuple(contact)),
        )


def write_consents(student_id: int, given: Iterable[Consent], recorded_by: int) -> None:
    """Add what was newly given or refused; what was said before stays in the table."""
    known = {one.kind: one for one in consents(student_id)}
    for one in given:
        if one.given is not None and one != known.get(one.kind):
            add_consent(student_id, one, recorded_by)


def add_consent(student_id: int, one: Consent, recorded_by: int, note: str = "") -> None:
    """Add one answer."""
    database.execute_sql(
        "INSERT INTO consent (student_id, kind, given, version, date, given_by, relation, note, recorded_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            student_id, one.kind, int(bool(one.given)), one.version, one.date, one.given_by, one.relation, note,
            recorded_by,
        ),
    )  # fmt: skip


def next_version(student_id: int) -> int:
    """Count the version of the file on: what was read before is old now."""
    moved = "UPDATE student SET version = version + 1 WHERE id = ? RETURNING version"
    return int(database.execute_sql(moved, (student_id,)).fetchone()[0])


def update(student_id: int, **columns: object) -> None:
    """Set columns of the student's row."""
    database.execute_sql(
        f"UPDATE student SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?",  # noqa: S608 - names of columns
        (*columns.values(), student_id),
    )


def refresh_keys(*student_ids: int) -> None:
    """Compute again what students are found and sorted by: name, all its readings, phones, number."""
    for student_id in student_ids:
        name, number = database.execute_sql("SELECT name, number FROM student WHERE id = ?", (student_id,)).fetchone()
        phones = database.execute_sql(
            "SELECT g.mobile FROM student_guardian link JOIN guardian g ON g.id = link.guardian_id"
            " WHERE link.student_id = :id UNION SELECT mobile FROM contact WHERE student_id = :id",
            {"id": student_id},
        ).fetchall()
        others = (*merged.numbers(student_id), *old_numbers(student_id))
        found = student_keys.keys(name, number, [phone for (phone,) in phones], others)
        update(student_id, initials=found.initials, sort_key=found.sort_key, search=found.search)


def old_numbers(student_id: int) -> tuple[str, ...]:
    """The numbers that a child had in the centre's own list before it was taken over."""
    rows = database.execute_sql(
        f"SELECT DISTINCT number FROM old_number WHERE student_id IN ({merged.ALL_OF}) ORDER BY number",  # noqa: S608
        {"id": student_id},
    )
    return tuple(number for (number,) in rows)


def refresh_end(student_id: int) -> None:
    """Compute again the last day of what is agreed."""
    database.execute_sql(
        "UPDATE student SET ends_on = coalesce((SELECT max(CASE WHEN ended_on <> '' THEN ended_on ELSE to_date END)"
        " FROM enrolment_line WHERE student_id = student.id), '') WHERE id = ?",
        (student_id,),
    )
