"""Opening statements: what every family that was taken over is given to check and sign. product.md P19.

One for a family, with all its children: services, paid until, days and meals left, owed, in credit. It is drawn when it
is printed first, kept as the bytes that were handed out, and drawn anew under another number only when what it says
changed since (an opening row was reversed).
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import clock, counters, merged, office, operation_log, papers
from app.process.actor import Actor, require
from app.process.papers import PaperFact
from app.rules import numbers, phones
from app.rules.opening.values import left_text
from app.rules.words import RELATION

if TYPE_CHECKING:
    from app.printing.opening_statement import Child, OpeningFacts, Service

RIGHT = "take_over"
KIND = "opening"
_FAMILIES = """
    SELECT child.take_over_id, child.family, child.student_id, student.name, student.number, coalesce(class.name, '')
    FROM take_over_child child JOIN student ON student.id = child.student_id
    LEFT JOIN care_class class ON class.id = student.class_id
    WHERE :batch IN (0, child.take_over_id) ORDER BY child.take_over_id, child.family, child.row
"""
_PAPERS = """
    SELECT told.student_id, max(told.paper_id) FROM opening_statement told GROUP BY told.student_id
"""
_CHILD = """
    SELECT student.name, student.number, coalesce(class.name, ''), batch.as_of FROM student
    LEFT JOIN care_class class ON class.id = student.class_id
    JOIN take_over_child child ON child.student_id = student.id JOIN take_over batch ON batch.id = child.take_over_id
    WHERE student.id = ?
"""
_SERVICES = """
    SELECT service.name, line.weekdays, row.period_to FROM ledger row
    JOIN enrolment_line line ON line.id = row.line_id JOIN service ON service.id = row.service_id
    WHERE row.student_id = ? AND row.kind = 'opening'
      AND NOT EXISTS (SELECT 1 FROM ledger back WHERE back.reverses = row.id) ORDER BY row.id
"""
_MONEY = """
    SELECT coalesce(sum(fen) FILTER (WHERE fen > 0), 0), coalesce(-sum(fen) FILTER (WHERE fen < 0), 0) FROM ledger row
    WHERE student_id = ? AND kind = 'opening' AND NOT EXISTS (SELECT 1 FROM ledger back WHERE back.reverses = row.id)
"""
_LEFT = "SELECT kind, tenths FROM opening_left WHERE student_id = ? ORDER BY id"
_GUARDIANS = """
    SELECT g.name, min(link.relation), g.mobile FROM json_each(?) asked
    JOIN student_guardian link ON link.student_id = asked.value JOIN guardian g ON g.id = link.guardian_id
    GROUP BY g.id ORDER BY min(asked.key * 10 + link.position)
"""


@dataclass(frozen=True)
class Family:
    """A family that was taken over, in the order of its list. The statement is None before it was drawn."""

    take_over_id: int
    family: int
    student_ids: tuple[int, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    classes: tuple[str, ...]
    statement: PaperFact | None


def families(actor: Actor, take_over_id: int = 0) -> tuple[Family, ...]:
    """Every family of a taking over (0: of all), with its newest statement. Needs take_over."""
    require(actor, RIGHT)
    found: dict[tuple[int, int], list[tuple[int, str, str, str]]] = {}
    for batch, family, *child in database.execute_sql(_FAMILIES, {"batch": take_over_id}).fetchall():
        found.setdefault((batch, family), []).append(tuple(child))
    newest = dict(database.execute_sql(_PAPERS).fetchall())
    return tuple(_family(*key, children, newest) for key, children in found.items())


def _family(batch: int, family: int, children: list[tuple[int, str, str, str]], newest: dict[int, int]) -> Family:
    ids, names, own_numbers, classes = zip(*children, strict=True)
    paper_id = newest.get(ids[0])
    statement = papers.fact(paper_id) if paper_id else None
    return Family(batch, family, ids, names, own_numbers, tuple(dict.fromkeys(filter(None, classes))), statement)


def make(actor: Actor, family: Family) -> PaperFact:
    """Draw the statement of a family, or give the newest one when it still says what is true. Needs take_over.

    Raises Refused no_right, family_unknown.
    """
    with unit_of_work():
        require(actor, RIGHT)
        facts = _facts(actor, family)
        form = json.dumps([asdict(one) for one in facts.children], ensure_ascii=False)
        known = _newest(family)
        if known is not None and _form(known.id) == form:
            return known
        drawn = _draw(actor, family, facts, form)
    operation_log.after_money()  # its number is on paper now
    return drawn


def _newest(family: Family) -> PaperFact | None:
    found = papers.of(student_id=family.student_ids[0], kind=KIND)
    return found[0] if found else None


def _form(paper_id: int) -> str:
    row = database.execute_sql("SELECT form FROM sheet_form WHERE paper_id = ?", (paper_id,)).fetchone()
    return str(row[0]) if row else ""


def _draw(actor: Actor, family: Family, facts: "OpeningFacts", form: str) -> PaperFact:
    from app.printing import opening_statement  # with reportlab: only when one is drawn

    year = int(clock.today()[:4])
    no = counters.next_number(f"opening-{year}")
    number, code = numbers.opening_number(year, no), numbers.code_for_opening(year, no)
    details = {"number": number, "students": len(family.student_ids)}
    entry = operation_log.record(actor, "make_opening_statement", "student", family.student_ids[0], details=details)
    content = opening_statement.draw(replace(facts, number=number, code=code))
    paper_id = papers.store(
        actor, KIND, content, number=number, code=code, log_seq=entry.seq, student_id=family.student_ids[0],
    )  # fmt: skip
    for student_id in family.student_ids:
        database.execute_sql(
            "INSERT INTO opening_statement (paper_id, student_id) VALUES (?, ?)", (paper_id, student_id),
        )  # fmt: skip
    database.execute_sql("INSERT INTO sheet_form (paper_id, form) VALUES (?, ?)", (paper_id, form))
    return papers.fact(paper_id)


# what it says -------------------------------------------------------------------------------------------------------


def _facts(actor: Actor, family: Family) -> "OpeningFacts":
    from app.printing.opening_statement import OpeningFacts
    from app.printing.paper import Centre

    centre = office.centre()
    told = [_child(student_id) for student_id in family.student_ids]
    children = json.dumps([merged.stays(student_id) for student_id in family.student_ids])  # people go over in a merge
    guardians = database.execute_sql(_GUARDIANS, (children,)).fetchall()
    return OpeningFacts(
        Centre(centre.name, centre.english_name, centre.address, centre.phone, centre.logo), "", "",
        as_of=told[0][1], made_at=clock.stamp(), clerk=actor.name,
        guardians=tuple(
            (name, RELATION.get(relation, relation), phones.show(mobile)) for name, relation, mobile in guardians
        ),
        children=tuple(child for child, _ in told),
    )  # fmt: skip


def _child(student_id: int) -> "tuple[Child, str]":
    """A child as the statement tells it, and the day of which it is true."""
    from app.printing.opening_statement import Child

    row = database.execute_sql(_CHILD, (student_id,)).fetchone()
    if row is None:
        raise Refused("family_unknown")
    name, number, class_name, as_of = row
    left = {kind: left_text(tenths) for kind, tenths in database.execute_sql(_LEFT, (student_id,)).fetchall()}
    debt, credit = database.execute_sql(_MONEY, (student_id,)).fetchone()
    old = database.execute_sql("SELECT number FROM old_number WHERE student_id = ?", (student_id,)).fetchone()
    child = Child(
        name, number, class_name, _services(student_id), left.get("days", ""), left.get("meals", ""), debt, credit,
        old[0] if old else "",
    )  # fmt: skip
    return child, as_of


def _services(student_id: int) -> "tuple[Service, ...]":
    from app.printing.opening_statement import Service
    from app.printing.words import weekdays

    rows = database.execute_sql(_SERVICES, (student_id,)).fetchall()
    return tuple(Service(name, weekdays(days), until) for name, days, until in rows)
