"""Import of what form services export (product.md P1): preview, corrections, and everything in one transaction.

A page does it in three steps, so that its window stays alive: `begin` (main thread), `Reading.look` (any thread; a
child process reads the file), `finish` (main thread). `preview` does all three. What is corrected by hand is asked of
the `Preview` itself; nothing is written before `import_rows`.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from app.errors import Refused
from app.exchange import spreadsheets
from app.exchange.form_exports import kinds
from app.exchange.spreadsheets import Column, Sheet
from app.models.database import database, unit_of_work
from app.process import apart, application, clock, form_check, form_known, form_preview, operation_log, student_scope
from app.process.actor import Actor, require
from app.process.form_preview import Header, Looked, Preview, PreviewRow, Top
from app.rules import dates, form_rows, problems
from app.rules.form_rows import Likeness
from app.rules.person import Registration
from app.rules.problem import ERROR
from app.rules.status import GONE

__all__ = [
    "ANSWERS", "Imported", "Likeness", "Preview", "PreviewRow", "Reading", "Top", "begin", "finish", "import_rows",
    "preview", "refresh", "save_left_out",
]  # fmt: skip

RIGHT = "import_applications"
Result = TypeVar("Result")
LIMITS = apart.Limits(seconds=20, memory=1 << 30)
Reasons = Callable[[PreviewRow], str]
OTHER, SIBLING, RETURNS = "other", "sibling", "returns"
ANSWERS = (OTHER, SIBLING, RETURNS)
"""Who a row that is like somebody known turned out to be: another child, a brother or sister (the known guardian is
shared), or the former student who comes back."""

_GUARDIANS = """
    SELECT guardian.mobile, guardian.id, guardian.name, guardian.wechat, guardian.workplace
    FROM student_guardian link JOIN guardian ON guardian.id = link.guardian_id
    WHERE link.student_id = ? AND guardian.mobile <> ''
"""


@dataclass(frozen=True)
class Reading:
    """A file that is about to be looked at."""

    name: str
    content: bytes
    today: str
    salt: bytes
    remembered: Mapping[str, tuple[str, ...]]
    header: Header | None = None

    def look(self, wait: Callable[[], None] = lambda: None) -> Looked:
        """Read and check the file in a child process; in any thread. What `wait` raises stops it.

        Raises Refused file_too_big, file_empty, file_encrypted, file_is_no_table, file_unreadable,
        too_many_import_rows, too_many_import_columns, import_header_missing.
        """
        facts = (self.content, self.remembered, self.today, self.salt, self.header)
        return _read_apart(form_preview.look, *facts, wait=wait)

    def tops(self, wait: Callable[[], None] = lambda: None) -> tuple[Top, ...]:
        """The first lines of every sheet, to choose the header from; as `look`, and raises what that does."""
        return _read_apart(form_preview.tops, self.content, wait=wait)


def _read_apart(work: Callable[..., Result], *facts: object, wait: Callable[[], None]) -> Result:
    try:
        return apart.run(work, *facts, wait=wait, limits=LIMITS)
    except ChildProcessError as error:  # no memory, no time: a bomb, or a file that breaks its reader
        raise Refused("file_unreadable") from error


@dataclass(frozen=True)
class Imported:
    """What an import did: rows with something in them, those taken in, and those left out with errors or as doubles."""

    batch_id: int
    rows: int
    imported: int
    with_errors: int
    duplicates: int
    application_ids: tuple[int, ...]


# the preview --------------------------------------------------------------------------------------------------------


def begin(actor: Actor, path: Path, *, today: str = "") -> Reading:
    """Take a file up; reads its bytes and nothing out of them. Needs import_applications.

    `today` is the day that ages are counted on, ISO text. Raises Refused no_right, file_not_found, file_too_big,
    day_invalid.
    """
    require(actor, RIGHT)
    if today and not dates.is_date(today):
        raise Refused("day_invalid", text=today)
    return Reading(path.name, file_content(path), today or clock.today(), form_known.salt(), form_known.layouts())


def finish(actor: Actor, reading: Reading, looked: Looked) -> Preview:
    """Find who the rows may be already. Needs import_applications."""
    require(actor, RIGHT)
    digest = hashlib.sha256(reading.content).hexdigest()
    raw = Preview(
        reading.name, digest, looked, reading.today, reading.salt, looked.columns, looked.checked, {}, (), {}, (),
    )  # fmt: skip
    return _known_again(raw)


def preview(
    actor: Actor, path: Path, *, today: str = "", wait: Callable[[], None] = lambda: None,
) -> Preview:  # fmt: skip
    """Look at a file: `begin`, `Reading.look` and `finish` in one; blocks. Writes nothing. Raises as those."""
    reading = begin(actor, path, today=today)
    return finish(actor, reading, reading.look(wait))


def refresh(actor: Actor, seen: Preview) -> Preview:
    """Look again who the rows may be: after corrections, or when others worked meanwhile. Needs import_applications."""
    require(actor, RIGHT)
    return _known_again(seen)


def _known_again(seen: Preview) -> Preview:
    known, imported = form_known.people(seen.checked), form_known.imported(seen.checked)
    return replace(
        seen, known=known, imported=imported, earlier=form_known.earlier(seen.sha256),
        found=form_rows.compare(seen.checked, known, imported),
    )  # fmt: skip


def file_content(path: Path) -> bytes:
    """The bytes of a file that may be looked at. Raises Refused file_not_found, file_too_big."""
    try:
        with path.open("rb") as file:
            content = file.read(kinds.MOST_BYTES + 1)
    except OSError as error:
        raise Refused("file_not_found", name=path.name) from error
    if len(content) > kinds.MOST_BYTES:
        raise Refused("file_too_big", megabytes=kinds.MOST_BYTES // 1_000_000)
    return content


# the import ---------------------------------------------------------------------------------------------------------


def import_rows(
    actor: Actor, seen: Preview, *, opid: str, take: Collection[int] | None = None,
    answers: Mapping[int, str] | None = None,
) -> Imported:  # fmt: skip
    """Make every chosen row an application that waits for review: all of them, or none. Needs import_applications.

    Without `take` the rows go in that have no error and are nobody known. With it exactly those: somebody looked at
    their doubles and found them to be others, or what `answers` says by row (see ANSWERS). A former student with the
    same identity number comes back. The layout is remembered. The same `opid` again gives the same result.

    Raises Refused rows_have_errors, same_identity, not_a_former_student, student_of_another_class, nothing_to_import.
    """
    with unit_of_work():
        require(actor, RIGHT)
        before = database.execute_sql("SELECT id FROM import_batch WHERE opid = ?", (opid,)).fetchone()
        now = _known_again(seen)
        if before is not None:
            return _told(now, int(before[0]))
        chosen = [row for row in now.rows if (row.goes_in if take is None else row.n in take)]
        if not chosen:
            raise Refused("nothing_to_import")
        batch_id = _write_batch(actor, now, opid, len(chosen))
        _write_applications(actor, now, batch_id, [(row, (answers or {}).get(row.n, "")) for row in chosen])
        remember_layout(now)
        done = _told(now, batch_id)
        details = {
            "file": seen.name, "sha256": seen.sha256, "rows": done.rows, "imported": done.imported,
            "with_errors": done.with_errors, "duplicates": done.duplicates,
        }  # fmt: skip
        operation_log.record(actor, "import_applications", "import", batch_id, details=details)
        return done


def _write_batch(actor: Actor, now: Preview, opid: str, imported: int) -> int:
    (batch_id,) = database.execute_sql(
        "INSERT INTO import_batch (opid, file, sha256, layout, rows, imported, imported_at, imported_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (opid, now.name, now.sha256, now.looked.layout, len(now.rows), imported, clock.stamp(), actor.user_id),
    ).fetchone()
    return int(batch_id)


def _write_applications(
    actor: Actor, now: Preview, batch_id: int, chosen: Sequence[tuple[PreviewRow, str]],
) -> None:  # fmt: skip
    for row, answer in chosen:
        form = _form(actor, now, row, answer)
        if any(one.strength == ERROR for one in problems.problems(form.registration, now.today)):
            raise Refused("rows_have_errors", row=row.n)
        columns = application.as_submitted(actor, form, f"import-{batch_id}-{row.n}", now.looked.channel)
        (application_id,) = database.execute_sql(
            f"INSERT INTO application ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
            " RETURNING id",
            tuple(columns.values()),
        ).fetchone()
        database.execute_sql(
            "INSERT INTO import_row (batch_id, row, digest, application_id) VALUES (?, ?, ?, ?)",
            (batch_id, row.n, row.checked.digest, application_id),
        )


def _form(actor: Actor, now: Preview, row: PreviewRow, answer: str) -> application.Checked:
    """What is stored of a row: put in order, with the answers that taking it gives to its doubles."""
    whole = form_check.tidy(now.registration(row.n))
    same, like = row.duplicate, row.duplicate or row.sibling
    former = same is not None and same.known == "student" and same.state in GONE
    if same is not None and (same.kind == "same_identity" or answer == RETURNS):
        if former:
            return application.Checked(whole, (), same.id)
        if answer == RETURNS:
            raise Refused("not_a_former_student")
        raise Refused("same_identity", name=same.name, number=same.reference, birth_date=whole.child.birth_date)
    if like is not None and like.known == "student" and answer == SIBLING:
        whole = _shared(actor, whole, like.id)
    looked_at = like if answer == OTHER else same
    return application.Checked(whole, _key(looked_at) if looked_at else (), None)


def _key(like: Likeness) -> tuple[int, ...]:
    return {"student": (like.id,), "application": (-like.id,)}.get(like.known, ())


def _shared(actor: Actor, whole: Registration, student_id: int) -> Registration:
    """The registration with those guardians of a brother or sister whose phone it holds: shared, not typed again."""
    student_scope.require_student(actor, student_id, RIGHT)
    known = {row[0]: row[1:] for row in database.execute_sql(_GUARDIANS, (student_id,))}
    people = []
    for one in whole.guardians:
        if one.mobile in known:  # each once: two who gave the same phone are not the same person
            key, name, wechat, workplace = known.pop(one.mobile)
            one = replace(one, id=key, name=name, wechat=one.wechat or wechat, workplace=one.workplace or workplace)  # noqa: PLW2901
        people.append(one)
    return replace(whole, guardians=tuple(people))


def remember_layout(now: Preview) -> None:
    """Remember which column is which field, for the next file of the same layout."""
    if not now.looked.layout:  # forms of ours: their columns are known
        return
    database.execute_sql(
        "INSERT INTO import_layout (layout, columns, used_at) VALUES (?, ?, ?)"
        " ON CONFLICT (layout) DO UPDATE SET columns = excluded.columns, used_at = excluded.used_at",
        (now.looked.layout, json.dumps(now.columns), clock.stamp()),
    )


def _told(now: Preview, batch_id: int) -> Imported:
    rows = database.execute_sql(
        "SELECT row, application_id FROM import_row WHERE batch_id = ? ORDER BY row", (batch_id,),
    ).fetchall()  # fmt: skip
    taken = {row for row, _ in rows}
    left = [row for row in now.rows if row.n not in taken]
    return Imported(
        batch_id, len(now.rows), len(taken), sum(row.has_error for row in left),
        sum(row.duplicate is not None and not row.has_error for row in left), tuple(key for _, key in rows),
    )  # fmt: skip


# what was left out --------------------------------------------------------------------------------------------------


def save_left_out(
    actor: Actor, seen: Preview, rows: Collection[int], path: Path, reason_title: str, reasons: Reasons,
) -> Path:  # fmt: skip
    """Write rows of a file to a workbook or csv, with the reason of each in a first column; that they leave is logged.

    `reasons` puts the problems and doubles of a row into words. Needs import_applications.
    Raises Refused nothing_to_save, unknown_file_kind, file_not_written.
    """
    spreadsheets.check_name(path)
    chosen = [row for row in seen.rows if row.n in rows]
    if not chosen:
        raise Refused("nothing_to_save")
    with unit_of_work():
        require(actor, RIGHT)
        details = {"file": seen.name, "rows": len(chosen), "kind": path.suffix.lower()}
        operation_log.record(actor, "save_left_out_rows", "import", details=details)
    titles = (Column(reason_title, width=40), *(Column(text) for text in seen.looked.header))
    spreadsheets.write(path, Sheet(path.stem, titles, tuple((reasons(row), *row.cells) for row in chosen)))
    return path
