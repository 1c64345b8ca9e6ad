"""The student list: counts, search, rows, sums, the student at a glance, export. Every function asks for see_students.

A page of a window goes this way: `search(actor, Query(...))` gives a `Search`; `first()` its first 64 ids at once,
`step(4)` the rest in slices of 4 ms until it gives True; `rows(actor, ids)` reads the 64 that are painted. While nobody
types, `prepare(actor, 4)` builds in slices what makes the search of a big centre quick, until it gives True.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from app.errors import Refused
from app.models.database import database
from app.process import clock, hidden, student_roll, student_scope, student_search
from app.process.office import Actor
from app.process.student_detail import Event, Line, Person, StudentDetail, detail
from app.process.student_export import Export, begin_export, export
from app.process.student_search import AT_ONCE, FILTERS, SORTS, Query, Search
from app.process.student_states import IS_ACTIVE, IS_NOT_GONE

if TYPE_CHECKING:
    from array import array

__all__ = [
    "AT_ONCE", "FILTERS", "SORTS", "Event", "Export", "Line", "Person", "Query", "Search", "StudentDetail",
    "StudentRow", "Sums", "begin_export", "counts", "detail", "export", "ids", "prepare", "rows", "search",
    "sees_money", "sums",
]  # fmt: skip

_MANY = 1_000  # ids; below, a look at each student is quicker
_COUNTS = "SELECT count(*) FROM student WHERE {}"
_QUICK = {  # the same conditions as in the list, said so that a narrow index answers
    "active": IS_ACTIVE,
    "ending": f"{IS_ACTIVE} AND ends_on > '' AND ends_on <= :soon",
}
_ROWS = f"""
    SELECT s.id, s.number, s.name, s.initials, s.sex, coalesce(c.name, ''), s.grade, s.school_class,
           coalesce(g.name, ''), coalesce(g.mobile, ''),
           coalesce((SELECT group_concat(name, '、') FROM (
               SELECT DISTINCT service.name FROM enrolment_line line JOIN service ON service.id = line.service_id
               WHERE line.student_id = s.id AND line.to_date >= :today
                 AND (line.ended_on = '' OR line.ended_on >= :today)
               ORDER BY line.id)), ''),
           s.ends_on, CASE WHEN :money THEN s.balance_fen END, s.state, s.school,
           (:money AND s.balance_fen > 0)
           + 2 * (s.ends_on > '' AND s.ends_on <= :soon AND s.{IS_ACTIVE})
           + 4 * (s.unsigned = 1 AND s.{IS_NOT_GONE} AND s.stale_since = '')
           + 8 * (s.unsigned = 1 AND s.{IS_NOT_GONE} AND s.stale_since > '')
    FROM json_each(:ids) wanted JOIN student s ON s.id = wanted.value
    LEFT JOIN care_class c ON c.id = s.class_id
    LEFT JOIN student_guardian link ON link.student_id = s.id AND link.position = 1
    LEFT JOIN guardian g ON g.id = link.guardian_id
    WHERE :everybody OR s.class_id IN (SELECT value FROM json_each(:classes))
    ORDER BY wanted.key
"""  # noqa: S608 - constants
_BITS = ((1, "arrears"), (2, "ending"), (4, "unsigned"), (8, "stale"))
_MARKS = tuple(tuple(mark for bit, mark in _BITS if flags & bit) for flags in range(16))


class StudentRow(NamedTuple):
    """A line of the list. Plus in `balance_fen` means that the family owes.

    `marks`: arrears, ending, unsigned or stale (the data changed after a signature).

    None in `balance_fen`: who asked may see no money. A named tuple, because a page of them is made at every frame of
    scrolling: a frozen dataclass takes far longer.
    """

    id: int
    number: str
    name: str
    initials: str
    sex: str
    class_name: str
    grade: str
    school_class: str
    guardian: str
    mobile: str
    services: str
    ends_on: str
    balance_fen: int | None
    state: str
    school: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Sums:
    """Of the students in a list: how many, what is owed, what stands as credit (both positive), how many owe.

    The money, and how many owe, are None for somebody who may see no money.
    """

    students: int
    owed_fen: int | None
    credit_fen: int | None
    owing: int | None


def sees_money(actor: Actor) -> bool:
    """Whether the list shows the actor what families owe: the balance, its order, and the filter of arrears."""
    return hidden.sees_money(actor, student_scope.classes(actor))


def counts(actor: Actor) -> dict[str, int]:
    """How many students each filter shows that the actor may use, and under `new` those who were entered this week.

    A week begins on Monday.
    """
    seen = student_scope.classes(actor)
    today = date.fromisoformat(clock.today())
    given = {
        "soon": student_roll.soon(), "monday": (today - timedelta(days=today.weekday())).isoformat(),
        "classes": json.dumps(sorted(seen or ())),
    }  # fmt: skip
    conditions = {"all": "1", **student_roll.CONDITIONS, **_QUICK, "new": "entered_on >= :monday"}
    if not hidden.sees_money(actor, seen):
        del conditions["arrears"]
    scope = "" if seen is None else " AND class_id IN (SELECT value FROM json_each(:classes))"
    return {
        name: database.execute_sql(_COUNTS.format(condition) + scope, given).fetchone()[0]
        for name, condition in conditions.items()
    }


def search(actor: Actor, query: Query) -> Search:
    """Begin a search; nothing is read before `first()`.

    Raises Refused no_right (also for the arrears and the order of balances without `hidden.MONEY`), unknown_filter,
    unknown_order.
    """
    student_search.check(query)
    seen = student_scope.classes(actor)
    by_money = query.sort == "balance" or "arrears" in (query.filter, *query.filters)
    if by_money and not hidden.sees_money(actor, seen):
        raise Refused("no_right", right=hidden.MONEY[-1])
    return Search(query, seen)


def prepare(actor: Actor, budget_ms: float = 4.0) -> bool:
    """Build on for about `budget_ms` what makes the search of a big centre quick; True when nothing is left to do."""
    student_scope.classes(actor)
    return student_roll.build(budget_ms)


def ids(
    actor: Actor,
    *,
    filters: Sequence[str] = (),
    text: str = "",
    sort: str = "name",
    descending: bool = False,
    class_id: int | None = None,
) -> "array[int]":
    """All ids of a list in its order."""
    return search(actor, Query(text, "all", sort, descending, class_id, tuple(filters))).all()


def rows(actor: Actor, ids: Sequence[int]) -> list[StudentRow]:
    """The lines of these students in this order; those whom the actor may not see, and unknown ids, are left out."""
    seen = student_scope.classes(actor)
    found = database.execute_sql(
        _ROWS,
        {
            "ids": json.dumps(list(ids)),
            "today": clock.today(),
            "soon": student_roll.soon(),
            "money": hidden.sees_money(actor, seen),
            "everybody": seen is None,
            "classes": json.dumps(sorted(seen or ())),
        },
    ).fetchall()
    return [StudentRow._make((*plain, _MARKS[flags])) for *plain, flags in found]


def sums(actor: Actor, ids: Sequence[int]) -> Sums:
    """Count and add up the balances of these students."""
    seen = student_scope.classes(actor)
    money = hidden.sees_money(actor, seen)
    if seen is None and len(ids) > _MANY:
        return _sums_of_many(ids) if money else Sums(len(ids), None, None, None)
    row = database.execute_sql(
        "SELECT count(*), coalesce(sum(max(balance_fen, 0)), 0), coalesce(sum(max(-balance_fen, 0)), 0),"
        " coalesce(sum(balance_fen > 0), 0) FROM json_each(:ids) wanted JOIN student ON student.id = wanted.value"
        " WHERE :everybody OR class_id IN (SELECT value FROM json_each(:classes))",
        {"ids": json.dumps(list(ids)), "everybody": seen is None, "classes": json.dumps(sorted(seen or ()))},
    ).fetchone()
    return Sums(*row) if money else Sums(row[0], None, None, None)


def _sums_of_many(ids: Sequence[int]) -> Sums:
    """As `sums` for a long list: most balances are zero, and a narrow index names the others."""
    wanted = set(ids)
    others = database.execute_sql(
        "SELECT id, balance_fen FROM student WHERE balance_fen > 0"
        " UNION ALL SELECT id, balance_fen FROM student WHERE balance_fen < 0",
    ).fetchall()
    balances = [fen for student_id, fen in others if student_id in wanted]
    owed = [fen for fen in balances if fen > 0]
    return Sums(len(ids), sum(owed), sum(owed) - sum(balances), len(owed))
