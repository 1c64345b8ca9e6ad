"""Searching, filtering and ordering students: ids in list order, the first ones at once, the rest in slices.

Two paths give the students that fit, in the order of names: the roll in memory (student_roll), or the covering index
`student_list`, walked a bounded piece at a time, so that no slice reads more than its share and no read stays open
while somebody writes. Another order than that of names is made from the ids that were found. All statements are raw SQL
over an index that ends in id (speed.md 4, 5, 8, 9).
"""

import json
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, compress
from time import perf_counter

from app.errors import Refused
from app.models.database import database
from app.process import student_keys, student_roll
from app.process.student_roll import CONDITIONS
from app.rules.person import GRADES

FILTERS = ("all", "active", "arrears", "ending", "unsigned", "entered")
SORTS = ("name", "number", "class", "grade", "ends_on", "balance")
AT_ONCE = 64
NOBODY_MS = 80.0
FEW = 5_000  # ids that are sorted by one statement; more are picked out of a walk along the index
_PIECE = 2_000  # rows of one read; the first is shorter, so that the first rows are there at once
_FIRST_PIECE = 10 * AT_ONCE


@dataclass(frozen=True)
class Query:
    """What the list shows. `filter` and `filters` must all fit; `sort` is one of SORTS; blanks stand last.

    The balance is sorted as it is shown: ascending begins with the largest arrears.
    """

    text: str = ""
    filter: str = "all"
    sort: str = "name"
    descending: bool = False
    class_id: int | None = None
    filters: tuple[str, ...] = ()


@dataclass
class Search:
    """A running search. `ids` grows until `done`; the array of an earlier answer is never changed."""

    query: Query
    scope: frozenset[int] | None  # classes that the actor may see; None: all
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    done: bool = False

    def __post_init__(self) -> None:
        """Get ready; nothing is read yet."""
        self._batches = _batches(self.query, self.scope)

    def first(self, most_ms: float = 12.0) -> "array[int]":
        """The first 64 ids, or fewer if no more were found within `most_ms`; `done` tells whether that was all.

        Until the first one is found it looks on for up to NOBODY_MS, so that a list is not shown as empty that is not.
        An order that is not that of names needs all that fit before its first one is known.
        """
        began = perf_counter()
        self._go_on(began + most_ms / 1000, AT_ONCE)
        while not self.done and not len(self.ids) and perf_counter() < began + NOBODY_MS / 1000:
            self._go_on(perf_counter(), AT_ONCE)
        return self.ids

    def step(self, budget_ms: float = 4.0) -> bool:
        """Go on for about `budget_ms`; True when all ids are there."""
        self._go_on(perf_counter() + budget_ms / 1000, None)
        return self.done

    def all(self) -> "array[int]":
        """All ids, however long it takes."""
        self._go_on(None, None)
        return self.ids

    def _go_on(self, until: float | None, enough: int | None) -> None:
        if self.done:
            return
        found = array("q", self.ids)
        for batch in self._batches:
            found.extend(batch)
            if (enough and len(found) >= enough) or (until and perf_counter() >= until):
                break
        else:
            self.done = True
        self.ids = found


def check(query: Query) -> None:
    """Refuse a filter or an order that does not exist: a bug of the window or an old view setting."""
    for name in (query.filter, *query.filters):
        if name not in FILTERS:
            raise Refused("unknown_filter", name=name)
    if query.sort not in SORTS:
        raise Refused("unknown_order", name=query.sort)


def _batches(query: Query, scope: frozenset[int] | None) -> Iterator["array[int]"]:
    filters = tuple(name for name in dict.fromkeys((query.filter, *query.filters)) if name != "all")
    classes = scope if query.class_id is None else frozenset({query.class_id}) & (scope or frozenset({query.class_id}))
    wanted = _Wanted(student_keys.needles(query.text), filters, classes)
    if query.sort == "name":
        if not query.descending or wanted.everybody or student_roll.current() is None:
            yield from _by_name(wanted, descending=query.descending)
            return
        found = _together(_by_name(wanted))
        found.reverse()
        yield found
    elif wanted.everybody:
        yield from _walked(query)
    else:
        found = _together(_by_name(wanted))
        yield from _few_in_order(found, query) if len(found) <= FEW else _many_in_order(found, query)


@dataclass(frozen=True)
class _Wanted:
    """What a student must fit. `where` and `values` say it in SQL over the columns of the index `student_list`."""

    needles: tuple[str, ...]
    filters: tuple[str, ...]
    classes: frozenset[int] | None

    @property
    def everybody(self) -> bool:
        return not self.needles and not self.filters and self.classes is None

    @property
    def where(self) -> str:
        parts = [f"instr(search, :word{at}) > 0" for at in range(len(self.needles))]
        parts += [f"({CONDITIONS[name]})" for name in self.filters]
        if self.classes is not None:
            parts.append("class_id IN (SELECT value FROM json_each(:classes))")
        return " AND ".join(parts) or "1"

    @property
    def values(self) -> dict[str, object]:
        given: dict[str, object] = {f"word{at}": word for at, word in enumerate(self.needles)}
        given["soon"] = student_roll.soon()
        if self.classes is not None:
            given["classes"] = json.dumps(sorted(self.classes))
        return given


def _together(batches: Iterator["array[int]"]) -> "array[int]":
    found = array("q")
    for batch in batches:
        found.extend(batch)
    return found


# in the order of names ----------------------------------------------------------------------------------------------


def _by_name(wanted: _Wanted, *, descending: bool = False) -> Iterator["array[int]"]:
    roll = None if descending else student_roll.current()
    if roll is not None:
        yield from roll.matches([word.encode() for word in wanted.needles], wanted.filters, wanted.classes)
    elif wanted.everybody:
        yield from _walk("sort_key", "1", descending=descending)
    else:
        yield from _pieces(wanted, descending=descending)


def _pieces(wanted: _Wanted, *, descending: bool) -> Iterator["array[int]"]:
    """Walk along the index `student_list`, a bounded piece of it at a time, and give what fits of each."""
    way, before, after = ("DESC", ">", "<=") if descending else ("ASC", "<", ">=")
    order = f"ORDER BY sort_key {way}, id {way}"
    values, start, length = wanted.values, "", _FIRST_PIECE
    while True:
        within = f"FROM student INDEXED BY student_list WHERE {wanted.where} {start}"
        reach = f"FROM student INDEXED BY student_list WHERE 1 {start} {order} LIMIT 1 OFFSET {length}"
        bound = database.execute_sql(f"SELECT sort_key, id {reach}", values).fetchone()
        end = ""
        if bound:
            end = f"AND (sort_key, id) {before} (:to_key, :to_id)"
            values |= {"to_key": bound[0], "to_id": bound[1]}
        rows = database.execute_sql(f"SELECT id {within} {end} {order}", values)
        yield array("q", chain.from_iterable(rows.fetchall()))
        if not bound:
            return
        values |= {"from_key": bound[0], "from_id": bound[1]}
        start, length = f"AND (sort_key, id) {after} (:from_key, :from_id)", _PIECE


def _walk(
    key: str, run: str, *, descending: bool, more: Mapping[str, object] | None = None,
) -> Iterator["array[int]"]:  # fmt: skip
    """Give everybody within `run` along the index (`key`, id), a piece at a time."""
    names = [*key.split(", "), "id"]
    way, beyond = ("DESC", "<") if descending else ("ASC", ">")
    place, order = ", ".join(names), ", ".join(f"{name} {way}" for name in names)
    marks = ", ".join(f":last{at}" for at in range(len(names)))
    values, start, length = dict(more or {}), "", _FIRST_PIECE
    while True:
        rows = database.execute_sql(
            f"SELECT id FROM student WHERE {run} {start} ORDER BY {order} LIMIT {length}",  # noqa: S608 - constants
            values,
        ).fetchall()
        yield array("q", chain.from_iterable(rows))
        if len(rows) < length:
            return
        last = database.execute_sql(f"SELECT {place} FROM student WHERE id = ?", rows[-1]).fetchone()  # noqa: S608
        values |= {f"last{at}": value for at, value in enumerate(last)}
        start, length = f"AND ({place}) {beyond} ({marks})", _PIECE


# in another order ---------------------------------------------------------------------------------------------------

_ORDERS = {  # for few ids: which stand last, what they are sorted by
    "number": ("NULL", "s.number {way}"),
    "ends_on": ("s.ends_on = ''", "s.ends_on {way}"),
    "balance": ("NULL", "-s.balance_fen {way}"),
    "grade": (
        "s.grade = ''",
        "coalesce((SELECT place.key FROM json_each(:grades) place WHERE place.value = s.grade), 99) {way}",
    ),
    "class": ("c.id IS NULL", "c.position {way}, c.id {way}"),
}


def _few_in_order(ids: "array[int]", query: Query) -> Iterator["array[int]"]:
    """Sort the ids by one statement."""
    blank, order = _ORDERS[query.sort]
    rows = database.execute_sql(
        "SELECT s.id FROM json_each(:ids) wanted JOIN student s ON s.id = wanted.value"  # noqa: S608 - constants above
        " LEFT JOIN care_class c ON c.id = s.class_id"
        f" ORDER BY {blank}, {order.format(way='DESC' if query.descending else 'ASC')}, s.sort_key, s.id",
        {"ids": json.dumps(ids.tolist()), "grades": json.dumps(GRADES)},
    )
    yield array("q", chain.from_iterable(rows.fetchall()))


def _many_in_order(ids: "array[int]", query: Query) -> Iterator["array[int]"]:
    """Walk along the whole order and keep those that are wanted."""
    highest: int = database.execute_sql("SELECT coalesce(max(id), 0) FROM student").fetchone()[0]
    wanted = bytearray(highest + 1)
    for student_id in ids:
        wanted[student_id] = 1
    for batch in _walked(query):
        yield array("q", compress(batch, map(wanted.__getitem__, batch)))


def _walked(query: Query) -> Iterator["array[int]"]:
    """Everybody in an order that is not that of names."""
    for key, run, more, down in _runs(query):
        yield from _walk(key, run, descending=down, more=more)


def _runs(query: Query) -> Iterator[tuple[str, str, dict[str, object], bool]]:
    """The order as walks along indexes: columns, condition, its values, direction."""
    down = query.descending
    nothing: dict[str, object] = {}
    if query.sort == "number":
        yield "number", "1", nothing, down
    elif query.sort == "balance":
        owing = ("balance_fen, sort_key", "balance_fen > 0", nothing, not down)
        settled = ("sort_key", "balance_fen = 0", nothing, False)
        credit = ("balance_fen, sort_key", "balance_fen < 0", nothing, not down)
        yield from (credit, settled, owing) if down else (owing, settled, credit)
    elif query.sort == "ends_on":
        yield "ends_on, sort_key", "+ends_on > ''", {}, down  # the plus: only the place in the walk uses the index
        yield "sort_key", "ends_on = ''", {}, False
    else:
        column, values = _groups(query.sort)
        for value in reversed(values) if down else values:
            yield "sort_key", f"{column} = :group", {"group": value}, False
        yield "sort_key", "class_id IS NULL" if column == "class_id" else "grade = ''", {}, False


def _groups(sort: str) -> tuple[str, list[object]]:
    """The classes or the grades in their order."""
    if sort == "class":
        return "class_id", [row[0] for row in database.execute_sql("SELECT id FROM care_class ORDER BY position, id")]
    used = {row[0] for row in database.execute_sql("SELECT DISTINCT grade FROM student WHERE grade <> ''")}
    return "grade", [*(grade for grade in GRADES if grade in used), *sorted(used.difference(GRADES))]
