"""Writing the list to a spreadsheet, as it is seen. Reached as `student_list.export`.

A long list is read and written by a child process with a connection of its own, so that the window stays quick
(speed.md 13); it gets the ids and what was decided here, and gives nothing back but its progress.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.exchange import spreadsheets
from app.exchange.spreadsheets import Column, Kind, Progress, Sheet
from app.models.database import DATA, connection, database, unit_of_work
from app.process import apart, clock, data_folder, hidden, operation_log, student_scope
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
Words = Mapping[str, Mapping[str, str]]  # key of a column → code → what stands in the cell
_CODED = ("sex", "state", "grade")


@dataclass(frozen=True)
class _Plan:
    """What is to be read, in plain facts: students in order, pairs of column key and title, who may be seen, words."""

    ids: tuple[int, ...]
    columns: tuple[tuple[str, str], ...]
    seen: frozenset[int] | None
    today: str
    words: Words


@dataclass(frozen=True)
class Export:
    """A file on its way: `write(progress)` writes it (off the window's thread) and gives its path.

    `students` is how many stand in the file. `sheet` is there already when the list is short.
    """

    path: Path
    students: int
    plan: _Plan
    generation: Path
    key: bytes = field(repr=False)
    sheet: Sheet | None

    def write(self, progress: Progress | None = None) -> Path:
        """Write the file; what `progress` raises ends it and leaves no file. Touches no connection of this process.

        Raises Refused file_not_written, too_many_rows; Damaged.
        """
        if self.sheet is not None:
            spreadsheets.write(self.path, self.sheet, progress)
            return self.path
        tell = progress or (lambda _done, _total: None)
        with spreadsheets.in_place(self.path) as beside:
            apart.run(
                _write_apart, self.generation, self.key, self.plan, beside, self.path.stem,
                progress=tell,
            )  # fmt: skip
        return self.path


def begin_export(
    actor: Actor, ids: Sequence[int], columns: Sequence[tuple[str, str]], path: Path, words: Words | None = None,
) -> Export:  # fmt: skip
    """Decide which students in this order go out, and log that they leave the program; `Export.write` writes the file.

    `columns` are pairs of key and title; a guardian column brings the phone beside it. `words` has the words for the
    codes of sex, grade and state, and under `column` the title of the column mobile. Who may see no money gets no
    balance. Needs the right export.
    Raises Refused no_right, nothing_to_export, unknown_file_kind, too_many_rows.
    """
    spreadsheets.check_name(path)
    if len(ids) > spreadsheets.MOST_ROWS:
        raise Refused("too_many_rows", rows=len(ids))
    with unit_of_work():
        require(actor, "export")
        seen = student_scope.classes(actor)
        allowed = COLUMNS.keys() if hidden.sees_money(actor, seen) else COLUMNS.keys() - {"balance"}
        chosen = _with_phone([(key, title) for key, title in columns if key in allowed], words or {})
        if not chosen or not len(ids):
            raise Refused("nothing_to_export")
        plan = _Plan(tuple(ids), tuple(chosen), seen, clock.today(), words or {})
        sheet = _sheet(database.execute_sql, plan, path.stem) if len(ids) < spreadsheets.ALONE_FROM else None
        students = len(sheet.rows) if sheet is not None else _count(plan)
        details = {"students": students, "columns": [key for key, _ in chosen], "kind": path.suffix.lower()}
        operation_log.record(actor, "export_students", "export", details=details)
    return Export(path, students, plan, data_folder.generation(), data_folder.key(), sheet)


def export(
    actor: Actor, ids: Sequence[int], columns: Sequence[tuple[str, str]], path: Path, words: Words | None = None,
) -> Path:  # fmt: skip
    """As `begin_export`, and write the file at once; gives its path. For long lists let `Export.write` run beside."""
    return begin_export(actor, ids, columns, path, words).write()


def _with_phone(columns: list[tuple[str, str]], words: Words) -> list[tuple[str, str]]:
    keys = [key for key, _ in columns]
    if "guardian" not in keys or "mobile" in keys:
        return columns
    at = keys.index("guardian") + 1
    return [*columns[:at], ("mobile", words.get("column", {}).get("mobile", "mobile")), *columns[at:]]


def _count(plan: _Plan) -> int:
    """How many of the students may be seen, without reading more than a narrow index."""
    if plan.seen is None:
        known = {student_id for (student_id,) in database.execute_sql("SELECT id FROM student")}
    else:
        given = (json.dumps(sorted(plan.seen)),)
        statement = "SELECT id FROM student WHERE class_id IN (SELECT value FROM json_each(?))"
        known = {student_id for (student_id,) in database.execute_sql(statement, given)}
    return sum(student_id in known for student_id in plan.ids)


# reading, here or in the child --------------------------------------------------------------------------------------


def _write_apart(generation: Path, key: bytes, plan: _Plan, beside: Path, title: str, tell: Progress) -> None:
    """In the child: read through a connection of its own, write, tell the progress of both as one."""
    whole = 2 * len(plan.ids)
    with closing(connection(generation / DATA, key, roomy=True)) as data:
        sheet = _sheet(data.execute, plan, title, lambda done: tell(done, whole))
    try:
        spreadsheets.fill(beside, sheet, lambda done, total: tell(len(plan.ids) + done, len(plan.ids) + total))
    except BrokenPipeError:
        raise  # the person stopped it
    except OSError as error:
        raise Refused("file_not_written", name=title) from error


def _sheet(
    execute: Callable[..., Any], plan: _Plan, title: str, read: Callable[[int], None] = lambda _done: None,
) -> Sheet:  # fmt: skip
    keys = [key for key, _ in plan.columns]
    rows = tuple(
        tuple(_worded(plan.words, key, value) for key, value in zip(keys, row, strict=True))
        for row in _read(execute, plan, keys, read)
    )
    return Sheet(title, tuple(Column(title, *COLUMNS[key][1:]) for key, title in plan.columns), rows)


def _worded(words: Words, key: str, value: Any) -> Any:  # noqa: ANN401 - any cell
    if key not in _CODED:
        return value
    code, _, school_class = value.partition(" ")  # a grade stands before the class at school
    return f"{words.get(key, {}).get(code, code)} {school_class}".strip()


def _read(
    execute: Callable[..., Any], plan: _Plan, keys: Sequence[str], read: Callable[[int], None],
) -> list[tuple[Any, ...]]:  # fmt: skip
    statement = f"SELECT s.id, {', '.join(COLUMNS[key][0] for key in keys)} {_FROM}"
    given = {"today": plan.today, "everybody": plan.seen is None, "classes": json.dumps(sorted(plan.seen or ()))}
    found: dict[int, tuple[Any, ...]] = {}
    stored = sorted(set(plan.ids))  # as they lie in the file: three times as quick as in the order of the list
    for at in range(0, len(stored), _PART):
        part = execute(statement, given | {"ids": json.dumps(stored[at : at + _PART])})
        found.update((student_id, tuple(row)) for student_id, *row in part)
        read(min(at + _PART, len(stored)))
    return [found[student_id] for student_id in plan.ids if student_id in found]
