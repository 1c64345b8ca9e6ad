"""What merging two records of the same child would do, said before anything is moved. product.md P2, P3."""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database
from app.process import clock, consents, hidden, merged, student_record, student_scope
from app.process.actor import Actor, rights_of
from app.rules import form_fields
from app.rules.person import EnrolmentLine, Registration
from app.rules.status import GONE, student_may_become

RIGHT = "merge_students"
SAME_LINES = """
    SELECT line.id FROM enrolment_line line JOIN enrolment_line other ON other.student_id = :into
      AND (other.service_id, other.session, other.weekdays, other.from_date, other.to_date, other.ended_on)
        = (line.service_id, line.session, line.weekdays, line.from_date, line.to_date, line.ended_on)
    WHERE line.student_id = :from
"""
NEW_PEOPLE = """
    SELECT link.position FROM student_guardian link JOIN guardian ON guardian.id = link.guardian_id
    WHERE link.student_id = :from AND NOT EXISTS (
        SELECT 1 FROM student_guardian own JOIN guardian known ON known.id = own.guardian_id
        WHERE own.student_id = :into
          AND (own.guardian_id = link.guardian_id OR known.mobile <> '' AND known.mobile = guardian.mobile))
    ORDER BY link.position
"""
NEW_CONTACTS = """
    SELECT one.position FROM contact one WHERE one.student_id = :from AND NOT EXISTS (
        SELECT 1 FROM contact own WHERE own.student_id = :into AND (own.name, own.mobile) = (one.name, one.mobile))
    ORDER BY one.position
"""


@dataclass(frozen=True)
class Side:
    """One of the two records."""

    student_id: int
    number: str
    name: str
    state: str
    class_name: str
    version: int
    entered_on: str
    balance_fen: int


@dataclass(frozen=True)
class Differing:
    """A field that says something else in either record; `both` where the two are joined (health)."""

    field: str
    stays: str
    goes: str
    both: bool = False


@dataclass(frozen=True)
class MergePreview:
    """What merging would do: what is filled, what differs, what is moved, and what stays under the old number.

    `balance_fen` is carried over (plus: owed). `same_lines` are services that stand in both records: they are not
    moved, and their charges stand twice, so that they should be looked at before.
    """

    stays: Side
    goes: Side
    filled: tuple[tuple[str, str], ...]
    differing: tuple[Differing, ...]
    guardians: tuple[str, ...]
    contacts: tuple[str, ...]
    lines: tuple[EnrolmentLine, ...]
    same_lines: tuple[EnrolmentLine, ...]
    consents: int
    applications: int
    papers: int
    receipts: int
    ledger_rows: int
    balance_fen: int


def preview(actor: Actor, goes_id: int, stays_id: int) -> MergePreview:
    """Say what `merge` would do. Needs merge_students.

    Raises Refused no_right, student_unknown, student_of_another_class, same_record, student_merged, merge_other_way.
    """
    stays, goes = two(actor, goes_id, stays_id)
    into = student_record.read(stays_id, clock.today())
    other = student_record.read(goes_id, clock.today())
    both = {"from": goes_id, "into": stays_id}
    people = [other.guardians[place] for place in _places(NEW_PEOPLE, both, "student_guardian")]
    contacts = [other.contacts[place] for place in _places(NEW_CONTACTS, both, "contact")]
    same = {key for (key,) in database.execute_sql(SAME_LINES, both)}
    lines = _lines(goes_id)
    filled, differing = _compared(_seen(actor, stays_id, into), _seen(actor, goes_id, other))
    return MergePreview(
        stays, goes, filled, differing, tuple(one.name for one in people), tuple(one.name for one in contacts),
        tuple(line for key, line in lines if key not in same), tuple(line for key, line in lines if key in same),
        consents=count("consent", goes_id), applications=count("application", goes_id), papers=count("paper", goes_id),
        receipts=count("receipt", goes_id), ledger_rows=count("ledger", goes_id), balance_fen=goes.balance_fen,
    )  # fmt: skip


def two(actor: Actor, goes_id: int, stays_id: int) -> tuple[Side, Side]:
    """The record that stays and the one that goes, if they may be made one, for `merge` too. Raises as `preview`."""
    for student_id in (goes_id, stays_id):
        student_scope.require_student(actor, student_id, RIGHT)
        merged.refuse(student_id)
    if goes_id == stays_id:
        raise Refused("same_record")
    stays, goes = _side(stays_id), _side(goes_id)
    if stays.state in GONE and goes.state not in GONE:
        raise Refused("merge_other_way", number=goes.number, other=stays.number)
    if not student_may_become(goes.state, "merged"):
        raise Refused("merge_other_way", number=stays.number, other=goes.number)
    return stays, goes


def _side(student_id: int) -> Side:
    row = database.execute_sql(
        "SELECT s.id, s.number, s.name, s.state, coalesce(c.name, ''), s.version, s.entered_on, s.balance_fen"
        " FROM student s LEFT JOIN care_class c ON c.id = s.class_id WHERE s.id = ?",
        (student_id,),
    ).fetchone()
    return Side(*row)


def _seen(actor: Actor, student_id: int, whole: Registration) -> Registration:
    """A registration as the actor may see it, by right and by consent; what is hidden is merged all the same."""
    rights = rights_of(actor)
    open_health = "see_health" in rights and consents.health_access(student_id).is_open
    whole = whole if open_health else hidden.without_health(whole)
    return whole if "see_identity" in rights else hidden.with_masked_identity(whole)


# what they say ------------------------------------------------------------------------------------------------------


def _compared(into: Registration, other: Registration) -> tuple[tuple[tuple[str, str], ...], tuple[Differing, ...]]:
    """Fields that are filled from the other record, and fields that differ."""
    filled, differing = [], []
    for name, (stays, goes) in form_fields.differences(into, other).items():
        section = name.partition(".")[0]
        if not goes or section not in ("child", "health", "pick_up") or name == "child.photo":
            continue
        if not stays:
            filled.append((name, goes))
        else:
            differing.append(Differing(name, stays, goes, both=section == "health"))
    return tuple(filled), tuple(differing)


def _places(new: str, both: dict[str, int], table: str) -> list[int]:
    """Where the new ones stand in what was read: by their order, not by their position."""
    all_of = f"SELECT position FROM {table} WHERE student_id = :from ORDER BY position"  # noqa: S608 - one of two names
    order = [place for (place,) in database.execute_sql(all_of, both)]
    return [order.index(place) for (place,) in database.execute_sql(new, both)]


def _lines(student_id: int) -> list[tuple[int, EnrolmentLine]]:
    """All lines of a student with their ids, those that ran out too."""
    rows = database.execute_sql(
        "SELECT l.id, l.service_id, s.name, l.session, l.weekdays, l.from_date,"
        " CASE WHEN l.ended_on <> '' THEN l.ended_on ELSE l.to_date END, l.unit, l.unit_fen, l.quantity"
        " FROM enrolment_line l JOIN service s ON s.id = l.service_id WHERE l.student_id = ? ORDER BY l.id",
        (student_id,),
    )
    return [(key, EnrolmentLine(*plain)) for key, *plain in rows]


def count(table: str, student_id: int) -> int:
    """How many rows of a table are the student's."""
    (found,) = database.execute_sql(f"SELECT count(*) FROM {table} WHERE student_id = ?", (student_id,)).fetchone()  # noqa: S608 - names above
    return int(found)
