"""One table out of the sheets of a centre's own list: a sheet for each class, its name in the sheet's or a title.

Sheets with the same words above their columns stand below each other, whatever the order of these; a column that only
one sheet has is empty in the others. Every row keeps the place where it stands in the file.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.rules.form_columns import headers as words
from app.rules.form_columns import table as of_forms
from app.rules.form_values import answers
from app.rules.opening import columns, headers
from app.rules.opening.fields import CLASS
from app.rules.opening.services import World, days_of, is_service, plain

LOOKED_AT, LEAST = 30, 2.0
SAMPLE = 60
SHEET_TITLE = "所在工作表"

Row = tuple[str, ...]
_CLASS_IN_TITLE = re.compile(r"(?:班级|班名|托管班)[:：]\s*(\S+)|([^\s,，、（）()《》:：]{1,12}班)(?![级主])")
_CENTRE = re.compile(r"^.*?(?:托管中心|托管|教育|中心)(?=.{3})")
_TERM = re.compile(r"\S{0,12}?(?:学期|学年|[春秋]季|年度|暑假|寒假)")
_NO_CLASS = re.compile(r"^(?:sheet|工作表|表)\s*\d*$|名单|汇总|明细|总表|学生|学员|花名册|统计|收费", re.IGNORECASE)
_SUMS = ("合计", "总计", "小计", "共计", "总人数", "共 ")
_TICKED = frozenset({"√", "✓", "✔", "☑", "是", "有", "1", "y", "yes", "v", "●", "○", "*", "对"})


@dataclass(frozen=True)
class Place:
    """Where a row stands in the file: the sheet, and the line in it, counted from 1."""

    sheet: str
    line: int


@dataclass(frozen=True)
class Table:
    """All rows below one header. The first column names class or sheet where the file has several or names it there."""

    header: Row
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class _Found:
    title: str
    at: int
    header: Row
    above: Row
    class_name: str
    rows: tuple[Row, ...]


def find(sheets: Iterable[tuple[str, tuple[Row, ...]]], world: World) -> Table | None:
    """Find the tables of all sheets (name, rows) and put them below each other; None when there is no header."""
    found = [one for title, rows in sheets if (one := _found(title, rows, world))]
    if not found:
        return None
    header = _joined([one.header for one in found])
    named = any(one.class_name for one in found)
    rows, places = [], []
    for one in found:
        order = _order(one.header, header)
        for at, row in enumerate(one.rows[one.at + 1 :], one.at + 2):
            if of_forms.is_data(row, one.header) and not _is_sum(row):
                moved = tuple(row[where] if where is not None else "" for where in order)
                rows.append((one.class_name if named else one.title, *_ticks(header, moved, world)))
                places.append(Place(one.title, at))
    proposed = columns.propose(header, rows_below(rows), world, found[0].above if len(found) == 1 else ())
    told = named and CLASS not in proposed
    if told or len(found) > 1:
        whole = (SHEET_TITLE, *header)
        return Table(whole, (CLASS if told else "", *proposed), tuple(rows), tuple(places))
    return Table(header, proposed, tuple(row[1:] for row in rows), tuple(places))


def rows_below(rows: Sequence[Row]) -> list[Row]:
    """Some rows without their first cell, from which the columns are proposed."""
    step = max(1, len(rows) // SAMPLE)
    return [row[1:] for row in rows[::step]]


def layout_words(header: Row) -> str:
    """What tells this layout from others: the words above its columns."""
    return of_forms.layout(header)


def _found(title: str, rows: tuple[Row, ...], world: World) -> _Found | None:
    best, most = -1, LEAST
    for at, row in enumerate(rows[:LOOKED_AT]):
        score = columns.header_score(row) + sum(is_service(cell, _names(world)) for cell in row)
        if score > most or (score == most and best < 0):
            best, most = at, score
    if best < 0:
        return None
    above = rows[best - 1] if best else ()
    return _Found(title, best, rows[best], above, _class_name(title, rows[:best], world), rows)


def _is_sum(row: Row) -> bool:
    """Whether a line is the sum of those above it: it says so in its first cell."""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return first.startswith(_SUMS)


def _names(world: World) -> list[str]:
    return [one.name for one in world.services]


def _class_name(title: str, above: Sequence[Row], world: World) -> str:
    """The class that a sheet is about: its name is one, or stands in a title above the header."""
    known = {plain(name): name for name in world.classes}
    if plain(title) in known:
        return known[plain(title)]
    for row in above:
        text = " ".join(cell for cell in row if cell.strip())
        inside = [name for key, name in known.items() if key in plain(text)]
        if inside:
            return max(inside, key=len)
        if not title.endswith("班") and (found := _CLASS_IN_TITLE.search(_TERM.sub("", text))):
            return found[1] or _CENTRE.sub("", found[2])
    return "" if _NO_CLASS.search(title) or not title.strip() else title.strip()


def _joined(found: Sequence[Row]) -> Row:
    """The words of all headers, in the order in which they first come; equal ones as often as one sheet has them."""
    header: list[str] = []
    for row in found:
        rest = [words.plain(text) for text in header]
        for text in row:
            if words.plain(text) in rest:
                rest.remove(words.plain(text))
            else:
                header.append(text)
    return tuple(header)


def _order(own: Row, header: Row) -> tuple[int | None, ...]:
    """For every column of the whole table the place of it in a sheet."""
    free = {at: words.plain(text) for at, text in enumerate(own)}
    order: list[int | None] = []
    for text in header:
        at = next((at for at, word in free.items() if word == words.plain(text)), None)
        if at is not None:
            del free[at]
        order.append(at)
    return tuple(order)


def _ticks(header: Row, row: Row, world: World) -> Row:
    """Cells below the name of a service say the service: a tick, the weekdays, until when it is paid."""
    found = list(row)
    for at, text in enumerate(header):
        cell = row[at].strip()
        if not cell:
            continue
        if is_service(text, _names(world)):
            found[at] = _ticked(text, cell)
        elif is_service(service := headers.until_of(text), _names(world)):
            found[at] = "" if answers.is_nothing(cell) else f"{service}（至{cell}）"
    return tuple(found)


def _ticked(service: str, cell: str) -> str:
    if cell.lower() in _TICKED:
        return service.strip()
    if answers.is_nothing(cell) or answers.yes(cell) is False:
        return ""
    return f"{service.strip()}（{cell}）" if days_of(cell) else cell
