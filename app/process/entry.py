"""Entry: an approved registration becomes a student with a number, guardians, lines and charges. product.md P3."""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database
from app.process import (
    account,
    application,
    clock,
    confirmation,
    counters,
    enrolment_lines,
    form_check,
    office,
    student_record,
)
from app.process.actor import Actor
from app.rules import numbers
from app.rules.person import Registration
from app.rules.status import student_may_become


@dataclass(frozen=True)
class Admitted:
    """A new student, or a former one who came back under the old number. `due_fen` is what the entry charged."""

    student_id: int
    number: str
    name: str
    due_fen: int
    returned: bool = False


def admit(actor: Actor, application_id: int, registration: Registration) -> Admitted:
    """Write the student and everything round it; inside the unit of work of the review that approves.

    The number is made here, in the same transaction, and never used again. Guardians that are named by id are shared,
    not copied. Whoever keyed it and whoever approves stand in the application; `entered_by` is who approves. With
    nothing due (a free place, or credit from before) the student is paid at once.
    Raises Refused guardian_unknown, registration_has_errors, student_may_not_return.
    """
    form = application.load(application_id)
    tidy = form_check.tidy(registration)
    form_check.refuse_errors(tidy)
    returned = form.returning is not None
    student_id = _again(form.returning, tidy) if form.returning is not None else _new(actor, tidy)
    due_fen = _write(actor, student_id, tidy, f"entry:{form.opid}")
    student_record.update(student_id, state="entered", unsigned=1)
    account.settle_state(student_id)
    (number,) = database.execute_sql("SELECT number FROM student WHERE id = ?", (student_id,)).fetchone()
    return Admitted(student_id, number, tidy.child.name, due_fen, returned)


def _new(actor: Actor, registration: Registration) -> int:
    return student_record.insert(next_student_number(), "entered", registration.child, actor.user_id, clock.today())


def _again(student_id: int, registration: Registration) -> int:
    """A former student: same row, same number, the data of the new registration."""
    (state,) = database.execute_sql("SELECT state FROM student WHERE id = ?", (student_id,)).fetchone()
    if not student_may_become(state, "entered"):
        raise Refused("student_may_not_return", state=state)
    student_record.write_child(student_id, registration.child)
    database.execute_sql("UPDATE student SET version = version + 1 WHERE id = ?", (student_id,))
    return student_id


def next_student_number() -> str:
    """The next free number of a student in the centre's form, inside the unit of work that uses it.

    After a change of the form one may be taken already.
    """
    form, year = office.setting("student_number_form", numbers.STUDENT_FORM), int(clock.today()[:4])
    while True:
        number = numbers.student_number(form, year, counters.next_number(numbers.student_counter(form, year)))
        if not database.execute_sql("SELECT 1 FROM student WHERE number = ?", (number,)).fetchone():
            return number


def _write(actor: Actor, student_id: int, registration: Registration, opid: str) -> int:
    services = registration.services
    touched = student_record.write_guardians(student_id, registration.guardians)
    student_record.write_contacts(student_id, registration.contacts)
    student_record.write_pick_up(student_id, registration.pick_up)
    student_record.write_health(student_id, registration.health)
    student_record.write_consents(student_id, registration.consents, actor.user_id)
    start = services.start_date or min((line.from_date for line in services.lines), default="")
    student_record.update(student_id, class_id=services.class_id, start_date=start)
    student_record.refresh_keys(student_id, *touched)
    confirmation.settle_others(touched)
    return enrolment_lines.add(actor, student_id, services.lines, services.discounts, opid)
