"""Places of a class, a service or a grade: how many there are, taken and held. product.md P2.

A student of the class, with the service or in the grade takes a place, whoever waits for payment too; an application
that a place is held for takes one until that day. A limit of nought means that there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import clock, operation_log
from app.process.actor import Actor, require, require_any
from app.process.student_states import IS_AT_THE_CENTRE, IS_NOT_GONE, IS_OPEN
from app.rules import words
from app.rules.person import GRADES, Registration

KINDS = ("class", "service", "grade")
_CLASS = f"""
    SELECT name, capacity, (SELECT count(*) FROM student WHERE class_id = care_class.id AND {IS_NOT_GONE})
    FROM care_class WHERE id = ?
"""  # noqa: S608 - constants
_SERVICE = f"""
    SELECT service.name, place_limit.places,
           (SELECT count(DISTINCT line.student_id) FROM enrolment_line line JOIN student ON student.id = line.student_id
            WHERE line.service_id = service.id AND student.{IS_NOT_GONE}
              AND CASE WHEN line.ended_on <> '' THEN line.ended_on ELSE line.to_date END >= :day)
    FROM service JOIN place_limit ON place_limit.kind = 'service' AND place_limit.key = service.id
    WHERE service.id = :key
"""  # noqa: S608 - constants
_GRADE = f"""
    SELECT place_limit.places, (SELECT count(*) FROM student WHERE grade = place_limit.key AND {IS_AT_THE_CENTRE})
    FROM place_limit WHERE kind = 'grade' AND key = ?
"""  # noqa: S608 - constants
_HELD = f"""
    SELECT count(*) FROM place_hold JOIN application ON application.id = place_hold.application_id
    WHERE held_until >= :today AND application.id <> :own AND {IS_OPEN} AND {{wants}}
"""  # noqa: S608 - constants
_WANTS = {
    "class": "json_extract(form, '$.services.class_id') = :key",
    "service": "EXISTS (SELECT 1 FROM json_each(form, '$.services.lines') line"
    " WHERE json_extract(line.value, '$.service_id') = :key)",
    "grade": "json_extract(form, '$.child.grade') = :key",
}


@dataclass(frozen=True)
class Place:
    """The places of one class, service or grade, as one application sees them: without the one held for itself."""

    kind: str
    key: str
    name: str
    places: int
    taken: int
    held: int
    field: str  # of the registration, where it is asked for

    @property
    def free(self) -> int:
        """How many are left, never below zero."""
        return max(0, self.places - self.taken - self.held)

    @property
    def full(self) -> bool:
        """Whether none is left."""
        return self.free == 0


def asked(registration: Registration, application_id: int) -> tuple[Place, ...]:
    """The places that a registration asks for and that are limited: of its class, of its services, of its grade."""
    return tuple(_asked(registration, application_id))


def limits(actor: Actor) -> dict[tuple[str, str], int]:
    """The places of services (by id) and grades that are limited. Needs review, register or manage_centre."""
    require_any(actor, "review", "register", "manage_centre")
    rows = database.execute_sql("SELECT kind, key, places FROM place_limit ORDER BY kind, key")
    return {(kind, key): places for kind, key, places in rows}


def set_limit(actor: Actor, kind: str, key: str, places: int) -> None:
    """Say how many places a service (`key` is its id) or a grade has; 0: no limit. Needs manage_centre.

    Raises Refused bad_capacity, unknown_service, unknown_grade.
    """
    with unit_of_work():
        require(actor, "manage_centre")
        if places < 0:
            raise Refused("bad_capacity")
        service = kind == "service"
        if service and not database.execute_sql("SELECT 1 FROM service WHERE id = ?", (key,)).fetchone():
            raise Refused("unknown_service")
        if not service and key not in GRADES:
            raise Refused("unknown_grade", grade=key)
        before = database.execute_sql(
            "SELECT places FROM place_limit WHERE kind = ? AND key = ?", (kind, key),
        ).fetchone()  # fmt: skip
        database.execute_sql("DELETE FROM place_limit WHERE kind = ? AND key = ?", (kind, key))
        if places:
            database.execute_sql("INSERT INTO place_limit (kind, key, places) VALUES (?, ?, ?)", (kind, key, places))
        details = {"kind": kind, "key": key, "before": before[0] if before else 0, "after": places}
        operation_log.record(actor, "set_places", "centre", details=details)


def _asked(registration: Registration, own: int) -> Iterator[Place]:
    services = registration.services
    if services.class_id is not None:
        row = database.execute_sql(_CLASS, (services.class_id,)).fetchone()
        if row and row[1]:
            yield _place("class", services.class_id, row, own, "services.class_id")
    seen: set[int] = set()
    for at, line in enumerate(services.lines):
        if line.service_id not in seen:
            seen.add(line.service_id)
            given = {"day": max(clock.today(), line.from_date), "key": line.service_id}
            row = database.execute_sql(_SERVICE, given).fetchone()
            if row:
                yield _place("service", line.service_id, row, own, f"services.lines.{at}.service_id")
    if grade := registration.child.grade:
        row = database.execute_sql(_GRADE, (grade,)).fetchone()
        if row:
            yield _place("grade", grade, (words.GRADE[grade], *row), own, "child.grade")


def _place(kind: str, key: int | str, row: tuple[str, int, int], own: int, field: str) -> Place:
    given = {"today": clock.today(), "own": own, "key": key}
    (held,) = database.execute_sql(_HELD.format(wants=_WANTS[kind]), given).fetchone()
    return Place(kind, str(key), *row, held=held, field=field)
