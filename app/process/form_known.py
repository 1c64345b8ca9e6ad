"""Whom the rows of a file may be: students, applications and rows of earlier files, found by a query for each kind."""

import json
from collections.abc import Iterable, Sequence

from app.models.database import database
from app.process.form_preview import Earlier, Imported, Known
from app.process.student_states import IS_OPEN
from app.rules import duplicates
from app.rules.form_rows import Checked, application_reference

IMPORT_KEY = "import_key"  # name of the row in `secret`

_STUDENTS = """
    SELECT id, number, name, birth_date, identity_number, state FROM student WHERE id IN (
        SELECT student.id FROM json_each(:identities) asked JOIN student ON student.identity_number = asked.value
               WHERE student.identity_number <> ''
        UNION SELECT student.id FROM json_each(:births) asked JOIN student ON student.birth_date = asked.value ->> 0
               AND student.name = asked.value ->> 1
        UNION SELECT link.student_id FROM json_each(:phones) asked JOIN guardian ON guardian.mobile = asked.value
               JOIN student_guardian link ON link.guardian_id = guardian.id
        UNION SELECT contact.student_id FROM json_each(:phones) asked JOIN contact ON contact.mobile = asked.value
    ) AND state <> 'merged' ORDER BY id
"""
_GUARDIAN_PHONES = """
    SELECT link.student_id, guardian.mobile FROM json_each(:ids) asked
    JOIN student_guardian link ON link.student_id = asked.value JOIN guardian ON guardian.id = link.guardian_id
    WHERE guardian.mobile <> ''
"""
_CONTACT_PHONES = """
    SELECT contact.student_id, contact.mobile FROM json_each(:ids) asked
    JOIN contact ON contact.student_id = asked.value WHERE contact.mobile <> ''
"""
_APPLICATIONS = f"""
    SELECT id, name, birth_date, identity_number, phones, state FROM application
    WHERE {IS_OPEN} ORDER BY id
"""  # noqa: S608 - a constant
_IMPORTED = """
    SELECT import_row.digest, application.id, application.state FROM json_each(:digests) asked
    JOIN import_row ON import_row.digest = asked.value JOIN application ON application.id = import_row.application_id
    ORDER BY application.id
"""
_ORIGIN = """
    SELECT batch.file, import_row.row FROM import_row JOIN import_batch batch ON batch.id = import_row.batch_id
    WHERE import_row.application_id = ?
"""
_EARLIER = """
    SELECT batch.imported_at, user.name, batch.file, batch.imported FROM import_batch batch
    JOIN user ON user.id = batch.imported_by WHERE batch.sha256 = ? ORDER BY batch.id
"""


def people(rows: Sequence[Checked]) -> Known:
    """Students and waiting applications that rows may be, each with its reference: students first."""
    return (*_students(rows), *_applications())


def imported(rows: Sequence[Checked]) -> Imported:
    """By digest the application (id, state) that came from the same answers in an earlier file."""
    asked = {"digests": json.dumps([row.digest for row in rows])}
    return {digest: (key, state) for digest, key, state in database.execute_sql(_IMPORTED, asked)}


def earlier(sha256: str) -> tuple[Earlier, ...]:
    """When this very file was imported before."""
    return tuple(Earlier(*row) for row in database.execute_sql(_EARLIER, (sha256,)))


def came_from(application_id: int) -> tuple[str, int] | None:
    """The file and the row by which an application was imported; None for one that was not."""
    row = database.execute_sql(_ORIGIN, (application_id,)).fetchone()
    return (str(row[0]), int(row[1])) if row else None


def layouts() -> dict[str, tuple[str, ...]]:
    """The columns of every layout that was imported before."""
    rows = database.execute_sql("SELECT layout, columns FROM import_layout")
    return {layout: tuple(json.loads(columns)) for layout, columns in rows}


def salt() -> bytes:
    """The key of the digests."""
    return bytes(database.execute_sql("SELECT value FROM secret WHERE name = ?", (IMPORT_KEY,)).fetchone()[0])


def _students(rows: Sequence[Checked]) -> Iterable[tuple[duplicates.Known, str]]:
    keys = [row.keys for row in rows]
    asked = {
        "identities": [one.identity_number for one in keys if one.identity_number],
        "births": [(one.birth_date, one.name) for one in keys if one.birth_date and one.name],
        "phones": sorted({phone for one in keys for phone in (*one.guardian_phones, *one.other_phones)}),
    }
    found = database.execute_sql(_STUDENTS, {name: json.dumps(value) for name, value in asked.items()}).fetchall()
    ids = {"ids": json.dumps([row[0] for row in found])}
    guardians, contacts = _by_student(_GUARDIAN_PHONES, ids), _by_student(_CONTACT_PHONES, ids)
    for key, number, name, born, identity_number, state in found:
        phones, others = tuple(guardians.get(key, ())), tuple(contacts.get(key, ()))
        yield duplicates.Known(key, "student", name, born, identity_number, phones, others, state), number


def _by_student(sql: str, ids: dict[str, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, phone in database.execute_sql(sql, ids):
        found.setdefault(key, []).append(phone)
    return found


def _applications() -> Iterable[tuple[duplicates.Known, str]]:
    for key, name, born, identity_number, phones, state in database.execute_sql(_APPLICATIONS).fetchall():
        yield (
            duplicates.Known(key, "application", name, born, identity_number, tuple(phones.split()), (), state),
            application_reference(key),
        )
