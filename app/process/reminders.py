"""What waits for the person who signed in: drafts, reviews, unsigned sheets, unpaid fees, ending care, backups (P14).

Every group is counted whole and shows its first rows, overdue ones first, so that it stays quick in a big centre.
Groups for which the person has no right are left out.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.models.database import database
from app.process import (
    backups,
    clock,
    consents,
    data_folder,
    drafts,
    hidden,
    office,
    student_roll,
    student_scope,
    waiting_list,
)
from app.process.actor import Actor
from app.process.student_states import IS_OPEN
from app.rules import dates

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN = 8  # rows of a group
KINDS = (
    "backup", "returned", "review", "information", "place_free", "holds", "own_approved", "drafts", "unsigned",
    "unpaid", "ending",
)  # fmt: skip
_OF_STUDENTS = frozenset({"unsigned", "unpaid", "ending"})  # groups that name students: for who may see them
BACKUP_DAYS = 2  # older than this, the last backup is overdue

_WAITS = "coalesce(nullif(stale_since, ''), entered_on)"  # since when a signature is missing
_APPLICATIONS = """
    SELECT a.id, a.name, u.name, a.submitted_at, a.reason, {late} FROM application a JOIN user u ON u.id = a.keyed_by
    WHERE a.state = :state ORDER BY 6 DESC, a.submitted_at, a.id LIMIT :most
"""
_LATE = "coalesce(nullif(a.due_on, '') < :today, a.submitted_at < :late)"  # by a day of its own, or by the review's
_HOLDS = f"""
    SELECT a.id, a.name, place_hold.note, place_hold.held_until FROM place_hold
    JOIN application a ON a.id = place_hold.application_id
    WHERE a.{IS_OPEN} AND place_hold.held_until <= ? ORDER BY place_hold.held_until, a.id
"""  # noqa: S608 - a constant
_OWN_APPROVED = """
    SELECT a.student_id, a.name, u.name, a.decided_at FROM application a JOIN user u ON u.id = a.decided_by
    JOIN student ON student.id = a.student_id
    WHERE a.state = 'approved' AND a.decided_at >= ? AND a.decided_by = a.keyed_by AND {own}
    ORDER BY a.decided_at, a.id
"""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. `id` is that of a draft, an application or a student, by the kind; `since` is ISO text.

    `who` is the author or the number, `fen` what is owed (0 elsewhere), `note` a reason that was given. `due`: today is
    the last day before it is overdue. `stale`: the data changed after somebody signed. `health_until`: the last day on
    which a consent opens the health section while its sheet is not signed.
    """

    kind: str
    id: int
    name: str
    who: str
    since: str
    overdue: bool = False
    fen: int = 0
    note: str = ""
    due: bool = False
    stale: bool = False
    health_until: str = ""


@dataclass(frozen=True)
class Group:
    """All that waits of one kind: how many, how many of them overdue, the first rows, and the sum owed in fen."""

    kind: str
    count: int
    overdue: int
    rows: tuple[Waiting, ...]
    fen: int = 0


@dataclass(frozen=True)
class Today:
    """The groups that have something in them, in the order of KINDS, and what was done today.

    `taken_today_fen` is None for somebody who may see no money.
    """

    day: str
    groups: tuple[Group, ...]
    entered_today: int
    taken_today_fen: int | None
    receipts_today: int

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(group.count for group in self.groups)


def today(actor: Actor) -> Today:
    """Gather what waits for this person."""
    rights = office.rights_of(actor)
    wanted: dict[str, tuple[frozenset[str], Callable[[Actor], Group]]] = {
        "backup": (frozenset({"backup"}), _backup),
        "returned": (frozenset({"register"}), lambda _: _applications("returned", "returned")),
        "review": (frozenset({"review"}), lambda _: _applications("review", "submitted")),
        "information": (frozenset({"review", "register"}), lambda _: _applications("information", "needs_information")),
        "place_free": (frozenset({"review", "register"}), _places_free),
        "holds": (frozenset({"review", "register"}), _holds),
        "own_approved": (frozenset({"see_log"}), _own_approved),
        "drafts": (frozenset({"register"}), _drafts),
        "unsigned": (frozenset({"sign"}), _unsigned),
        "unpaid": (frozenset({"take_payment"}), _unpaid),
        "ending": (frozenset({"register", "see_ledger"}), _ending),
    }
    held = [kind for kind in KINDS if wanted[kind][0] & rights]
    shown = held if "see_students" in rights else [kind for kind in held if kind not in _OF_STUDENTS]
    groups = (wanted[kind][1](actor) for kind in shown)
    return Today(clock.today(), tuple(group for group in groups if group.count), *_done_today(actor, rights))


def _days(setting: str) -> int:
    return int(office.setting(setting) or 0)


def _before(days: int) -> str:
    return dates.add_days(clock.today(), -days)


def _done_today(actor: Actor, rights: frozenset[str]) -> tuple[int, int | None, int]:
    day = clock.today()
    entered = database.execute_sql("SELECT count(*) FROM student WHERE entered_on = ?", (day,)).fetchone()[0]
    if rights.isdisjoint(hidden.MONEY):
        return entered, None, 0
    own = student_scope.within(student_scope.classes(actor, *hidden.MONEY), "s.class_id")
    count, fen = database.execute_sql(
        "SELECT count(*), coalesce(sum(r.fen), 0) FROM receipt r JOIN student s ON s.id = r.student_id"  # noqa: S608 - ids
        f" WHERE r.issued_at >= ? AND {own} AND NOT EXISTS (SELECT 1 FROM receipt_void WHERE receipt_id = r.id)",
        (day,),
    ).fetchone()
    return entered, fen, count


def _backup(_actor: Actor) -> Group:
    last = backups.last_made(data_folder.folder())
    late = not last or date.fromisoformat(last[:10]) < date.fromisoformat(_before(BACKUP_DAYS))
    rows = (Waiting("backup", 0, "", "", last, overdue=True),) if late else ()
    return Group("backup", len(rows), len(rows), rows)


def _applications(kind: str, state: str) -> Group:
    """Applications in a state; those are overdue whose day of their own is over, or that of the review."""
    day = clock.today()
    given = {"state": state, "today": day, "most": SHOWN, "late": _review_began(day)}
    late = "0" if kind == "returned" else _LATE
    count, overdue = database.execute_sql(
        f"SELECT count(*), coalesce(sum({late}), 0) FROM application a WHERE a.state = :state", given,  # noqa: S608 - above
    ).fetchone()  # fmt: skip
    rows = tuple(
        Waiting(kind, key, name, who, since, bool(over), note=reason)
        for key, name, who, since, reason, over in database.execute_sql(_APPLICATIONS.format(late=late), given)
    )
    return Group(kind, count, overdue, rows)


def _review_began(day: str) -> str:
    """What was handed in before this day should be reviewed by now: the days of the setting are working days."""
    allowed, first = _days("review_days"), day
    while dates.add_working_days(before := dates.add_days(first, -1), allowed) >= day:
        first = before
    return first


def _places_free(actor: Actor) -> Group:
    found = waiting_list.offers(actor)
    rows = tuple(
        Waiting("place_free", one.application_id, one.name, one.mobile, one.since) for one in found[:SHOWN]
    )
    return Group("place_free", len(found), 0, rows)


def _holds(_actor: Actor) -> Group:
    """Places whose last day is today or over."""
    day = clock.today()
    found = database.execute_sql(_HOLDS, (day,)).fetchall()
    rows = tuple(Waiting("holds", key, name, "", until, until < day, note=note) for key, name, note, until in found)
    return Group("holds", len(rows), sum(row.overdue for row in rows), rows[:SHOWN])


def _own_approved(actor: Actor) -> Group:
    """What was approved today by whoever keyed it: the manager's list of the day (P2)."""
    own = student_scope.within(student_scope.classes(actor, "see_log"), "student.class_id")
    found = database.execute_sql(_OWN_APPROVED.format(own=own), (clock.today(),)).fetchall()
    rows = tuple(Waiting("own_approved", key, name, who, at) for key, name, who, at in found)
    return Group("own_approved", len(rows), 0, rows[:SHOWN])


def _drafts(actor: Actor) -> Group:
    held = drafts.drafts(actor)
    rows = tuple(Waiting("drafts", one.id, one.title, one.author, one.updated_at) for one in held[:SHOWN])
    return Group("drafts", len(held), 0, rows)


def _unsigned(actor: Actor) -> Group:
    """The longest waiting first: since they were entered, or since their data changed after a signature."""
    late = _before(_days("unsigned_days"))
    group = _students(actor, "unsigned", _WAITS, _WAITS)
    overdue = _count(actor, f"{student_roll.CONDITIONS['unsigned']} AND {_WAITS} < :late", {"late": late})
    stale = _stale([row.id for row in group.rows])
    rows = (
        replace(
            row, overdue=row.since < late, due=row.since == late, stale=row.id in stale,
            health_until=consents.health_access(row.id).until,
        )
        for row in group.rows  # only those that are shown: it is told of one student at a time
    )  # fmt: skip
    return replace(group, overdue=overdue, rows=tuple(rows))


def _stale(students: list[int]) -> frozenset[int]:
    found = database.execute_sql(
        "SELECT id FROM student WHERE stale_since > '' AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(students),),
    )
    return frozenset(student_id for (student_id,) in found)


def _unpaid(actor: Actor) -> Group:
    group = _students(actor, "arrears", "balance_fen DESC", "entered_on")
    owed = _count(actor, "balance_fen > 0", {}, "coalesce(sum(balance_fen), 0)")
    return replace(group, kind="unpaid", fen=owed, rows=tuple(replace(row, kind="unpaid") for row in group.rows))


def _ending(actor: Actor) -> Group:
    day = clock.today()
    group = _students(actor, "ending", "ends_on", "ends_on")
    overdue = _count(actor, f"{student_roll.CONDITIONS['ending']} AND ends_on < :day", {"day": day})
    return replace(group, overdue=overdue, rows=tuple(replace(row, overdue=row.since < day) for row in group.rows))


def _students(actor: Actor, name: str, order: str, since: str) -> Group:
    """A group made of one of the filters of the student list; what they owe is 0 for somebody who may see no money."""
    seen = student_scope.classes(actor)
    where = f"{student_roll.CONDITIONS[name]} AND {student_scope.within(seen)}"
    given = {"soon": student_roll.soon(), "most": SHOWN, "money": hidden.sees_money(actor, seen)}
    rows = database.execute_sql(
        f"SELECT id, name, number, {since}, :money * max(balance_fen, 0) FROM student WHERE id IN"  # noqa: S608 - names of this file
        f" (SELECT id FROM student WHERE {where} ORDER BY {order}, id LIMIT :most) ORDER BY {order}, id",
        given,
    )
    found = tuple(Waiting(name, key, child, number, day, fen=fen) for key, child, number, day, fen in rows)
    return Group(name, _count(actor, student_roll.CONDITIONS[name], {}), 0, found)


def _count(actor: Actor, condition: str, given: dict[str, object], what: str = "count(*)") -> int:
    values = {"soon": student_roll.soon(), **given}
    own = student_scope.within(student_scope.classes(actor))
    statement = f"SELECT {what} FROM student WHERE {condition} AND {own}"  # noqa: S608 - names of this file
    return int(database.execute_sql(statement, values).fetchone()[0])
