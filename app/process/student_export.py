"""Writing the list to a spreadsheet, as it is seen. Reached as `student_list.export`."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.exchange import spreadsheets
from app.exchange.spreadsheets import Column, Kind, Progress, Sheet
from app.models.database import database, unit_of_work
from app.process import clock, operation_log, student_scope
from app.process.office import Actor, require

_PART = 5_000  # students read by one statement
_SERVICES = """
    coalesce((SELECT group_concat(name, '、') FROM (
        SELECT DISTINCT service.name FROM enrolment_line line JOIN service ON service.id = line.service_id
        WHERE line.student_id = s.id AND line.to_date >= :today AND (line.ended_on = '' OR line.ended_on >= :today)
        ORDER BY line.id)), '')
"""
COLUMNS: dict[str, tuple[str, Kind, int]] = {  # key: SQL, kind, width in characters
    "name": ("s.name", "text", 12),
    "number": ("s.number", "text", 12),
    "sex": ("s.sex", "text", 6),
    "birth_date": ("s.birth_date", "text", 11),
    "class": ("coalesce(c.name, '')", "text", 14),
    "school": ("s.school", "text", 20),
    "grade": ("trim(s.grade || ' ' || s.school_class)", "text", 10),
    "guardian": ("coalesce(g.name, '')", "text", 12),
    "mobile": ("coalesce(g.mobile, '')", "text", 14),
    "services": (_SERVICES, "text", 24),
    "ends_on": ("s.ends_on", "text", 11),
    "balance": ("-s.balance_fen", "money", 12),
    "state": ("s.state", "text", 10),
}
_FROM = """
    FROM json_each(:ids) wanted JOIN student s ON s.id = wanted.value
    LEFT JOIN care_class c ON c.id = s.class_id
    LEFT JOIN student_guardian link ON link.student_id = s.id AND link.position = 1
    LEFT JOIN guardian g ON g.id = link.guardian_id
    WHERE :everybody OR s.class_id IN (SELECT value FROM json_each(:classes))

"""
Words = Callable[[str, str], str]  # key of a column and code → what stands in the cell


@dataclass(frozen=True)
class Export:
    """A file on its way: `write(progress)` writes it (off the window's thread if it is big) and gives its path."""

    path: Path
    sheet: Sheet

    @property
    def students(self) -> int:
        """How many students stand in the file."""
        return len(self.sheet.rows)

    def write(self, progress: Progress | None = None) -> Path:
        """Write the file. Touches no database. Raises Refused unknown_file_kind, file_not_written."""
        spreadsheets.write(self.path, self.sheet, progress)
        return self.path


def begin_export(
    actor: Actor, ids: Sequence[int], columns: Sequence[tuple[str, str]], path: Path, words: Words | None = None,
) -> Export:  # fmt: skip
    """Read these students in this order and log that they leave the program; the file is written by `Export.write`.

    `columns` are pairs of key and title; a guardian column brings the phone beside it. `words` gives the word for a
    code of sex, grade and state, and the title of the column mobile. Needs the right export.
    Raises Refused no_right, nothing_to_export, unknown_file_kind.
    """
    spreadsheets.check_name(path)
    with unit_of_work():
        require(actor, "export")
        seen = student_scope.classes(actor)
        chosen = _with_phone([(key, title) for key, title in columns if key in COLUMNS], words)
        if not chosen or not len(ids):
            raise Refused("nothing_to_export")
        rows = _read(ids, [key for key, _ in chosen], seen)
        details = {"students": len(rows), "columns": [key for key, _ in chosen], "kind": path.suffix.lower()}
        operation_log.record(actor, "export_students", "export", details=details)
    if words is not None:
        rows = [tuple(_worded(words, key, value) for (key, _), value in zip(chosen, row, strict=True)) for row in rows]
    titles = tuple(Column(title, *COLUMNS[key][1:]) for key, title in chosen)
    return Export(path, Sheet(path.stem, titles, tuple(rows)))


def export(
    actor: Actor, ids: Sequence[int], columns: Sequence[tuple[str, str]], path: Path, words: Words | None = None,
) -> Path:  # fmt: skip
    """As `begin_export`, and write the file at once; gives its path. For long lists let `Export.write` run beside."""
    return begin_export(actor, ids, columns, path, words).write()


def _with_phone(columns: list[tuple[str, str]], words: Words | None) -> list[tuple[str, str]]:
    keys = [key for key, _ in columns]
    if "guardian" not in keys or "mobile" in keys:
        return columns
    at = keys.index("guardian") + 1
    title = words("column", "mobile") if words else "mobile"
    return [*columns[:at], ("mobile", title), *columns[at:]]


def _worded(words: Words, key: str, value: Any) -> Any:  # noqa: ANN401 - any cell
    return words(key, value) if key in ("sex", "state", "grade") else value


def _read(ids: Sequence[int], keys: Sequence[str], seen: frozenset[int] | None) -> list[tuple[Any, ...]]:
    statement = f"SELECT s.id, {', '.join(COLUMNS[key][0] for key in keys)} {_FROM}"
    given = {"today": clock.today(), "everybody": seen is None, "classes": json.dumps(sorted(seen or ()))}
    found: dict[int, tuple[Any, ...]] = {}
    stored = sorted(set(ids))  # in the order in which they lie in the file: three times as quick as in that of the list
    for at in range(0, len(stored), _PART):
        part = database.execute_sql(statement, given | {"ids": json.dumps(stored[at : at + _PART])})
        found.update((student_id, tuple(row)) for student_id, *row in part)
    return [found[student_id] for student_id in ids if student_id in found]
