"""Questions that any copy of the data must answer well: the live files, a backup, a restored or upgraded generation.

Every function takes a raw connection (models/database.py: connection), so that it runs in any thread or process.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.errors import Damaged
from app.models import database as db
from app.models import guards
from app.models.database import DATA, FILES, DatabaseError
from app.models.upgrades import runner
from app.process import money_soundness, operation_log
from app.process.findings import DAMAGE, INFO, Finding

_LACKING = {  # tables whose rows may be erased, and how many rows they lack
    "operation_value": "SELECT (SELECT coalesce(sum((SELECT count(*) FROM json_each(sealed))), 0) FROM operation_log"
    " WHERE sealed <> '{}') - (SELECT count(*) FROM operation_value)",
    "receipt_note": "SELECT (SELECT count(*) FROM receipt) - (SELECT count(*) FROM receipt_note)",
    "receipt_void_note": "SELECT (SELECT count(*) FROM receipt_void) - (SELECT count(*) FROM receipt_void_note)",
}
_LACKING_SINCE_3 = {
    "screen_stroke": "SELECT (SELECT count(*) FROM screen_signature) - (SELECT count(*) FROM screen_stroke)",
}
_ERASED = "SELECT coalesce(sum(json_extract(details, '$.erased.' || ?)), 0) FROM operation_log WHERE action = 'erase'"
_USED = """
SELECT sha256, number FROM paper UNION ALL SELECT photo, number FROM student WHERE photo <> ''
UNION ALL SELECT value, '' FROM centre_setting WHERE name = 'centre_logo' AND value <> ''
"""
_USED_SINCE_3 = """
UNION ALL SELECT signed_sha256, number FROM screen_signature JOIN paper ON paper.id = paper_id
UNION ALL SELECT paper_scan.sha256, number FROM paper_scan JOIN paper ON paper.id = paper_id
"""
_PRINTED_AS_OTHERS = """
SELECT paper.number FROM operation_log AS log JOIN paper ON paper.id = log.subject_id
WHERE log.action = 'print_paper'
  AND coalesce(json_extract(log.details, '$.digest') <> substr(paper.sha256, 1, 16), 0)
"""
_SIGNED_AS_OTHERS = """
  AND NOT EXISTS (SELECT 1 FROM screen_signature WHERE paper_id = paper.id
                  AND substr(signed_sha256, 1, 16) = json_extract(log.details, '$.digest'))
"""
_LISTED = ("student", "guardian", "application", "draft", "paper", "receipt", "receipt_void", "ledger", "settlement",
           "operation_log", "user", "service", "care_class")  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What must be the same in a copy: number of rows of each table, sum of the ledger in fen, end of the log."""

    counts: dict[str, int]
    ledger_fen: int
    last_seq: int
    last_mac: str
    last_receipt: str
    schema: int


def insist(found: Iterable[Finding]) -> None:
    """Go on only if nothing is wrong; raises Damaged with the first finding that is more than information."""
    for finding in found:
        if finding.strength != INFO:
            raise Damaged(finding.code, **finding.values)


def facts(data: Any) -> Facts:  # noqa: ANN401 - raw connection; the library has no types
    """Count what a copy must have too."""
    counts = {table: _one(data, f"SELECT count(*) FROM {table}") for table in _LISTED}  # noqa: S608 - names above
    newest = data.execute("SELECT seq, mac FROM operation_log ORDER BY seq DESC LIMIT 1").fetchone()
    seq, mac = newest or (0, b"")
    receipt = data.execute("SELECT number FROM receipt ORDER BY id DESC LIMIT 1").fetchone()
    return Facts(
        counts, _one(data, "SELECT coalesce(sum(fen), 0) FROM ledger"), seq, bytes(mac).hex()[:16],
        receipt[0] if receipt else "", runner.version(data),
    )  # fmt: skip


def whole_pages(connection: Any, name: str) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """Every page is as it was written: its HMAC fits (finding 6). Empty the WAL file first."""
    damaged = db.damaged_pages(connection)
    if damaged:
        yield Finding("pages_damaged", DAMAGE, {"name": name, "count": damaged})


def pages(connection: Any, name: str) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """Every page is whole, and every index fits its table."""
    found = list(whole_pages(connection, name))
    yield from found
    if found:
        return
    faults = db.faults_of_structure(connection)
    if faults:
        yield Finding("structure_damaged", DAMAGE, {"name": name, "count": faults})


def schema(connection: Any, made: dict[str, str], name: str) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """The tables and indexes are those that the steps make. Without one of them no other question can be asked."""
    found = runner.tables(connection)
    if not found:
        yield Finding("data_file_damaged", DAMAGE, {"name": name})
        return
    unlike = sorted(one for one in found.keys() | made.keys() if found.get(one) != made.get(one))
    if unlike:
        yield Finding("tables_changed", DAMAGE, {"name": name, "table": unlike[0], "count": len(unlike)})


def references(connection: Any, name: str) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """Every row that names another one finds it."""
    broken = db.broken_references(connection)
    if broken:
        yield Finding("references_broken", DAMAGE, {"name": name, "count": len(broken), "table": broken[0]})


def guarded(connection: Any, triggers: dict[str, str], name: str) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """The triggers are there and nobody changed them."""
    try:
        guards.verify(connection, triggers, name)
    except Damaged as damaged:
        yield Finding(damaged.code, DAMAGE, damaged.values)


def history(data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """The chain of the operation log holds from its first row to its last, and the seals fit what is still kept."""
    found = operation_log.walk(data.execute)
    if found.trouble:
        yield Finding(found.trouble, DAMAGE, {"seq": found.bad_seq})
    wrong = operation_log.broken_seals(data.execute)
    if wrong:
        yield Finding("log_value_changed", DAMAGE, {"seq": wrong[0], "count": len(wrong)})


def notes(data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """Personal values and notes lack only as many rows as entries `erase` tell (details: erased, by table)."""
    for table, sql in (_LACKING | (_LACKING_SINCE_3 if _since_3(data) else {})).items():
        lost = _one(data, sql) - int(data.execute(_ERASED, (table,)).fetchone()[0])
        if lost:
            yield Finding("notes_missing", DAMAGE, {"table": table, "count": lost})


def papers(data: Any, files: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """The bytes of every paper are there and are those that were printed; bytes that nothing names are told.

    The log tells of every printing which bytes it was. The first wrong paper is named, or the student of a picture.
    """
    wanted, known = wanted_files(data), set[str]()
    printed = _PRINTED_AS_OTHERS + (_SIGNED_AS_OTHERS if _since_3(data) else "")
    changed = {number for (number,) in data.execute(printed)}
    for digest, content in files.execute("SELECT sha256, content FROM stored_file"):
        known.add(digest)
        if hashlib.sha256(content).hexdigest() != digest:
            changed.add(wanted.get(digest) or digest[:12])
    if changed:
        yield Finding("stored_file_changed", DAMAGE, {"name": min(changed), "count": len(changed)})
    missing = {number or digest[:12] for digest, number in wanted.items() if digest not in known}
    if missing:
        yield Finding("stored_file_missing", DAMAGE, {"name": min(missing), "count": len(missing)})
    typed = "".join(row[0] for row in data.execute("SELECT form FROM draft UNION ALL SELECT form FROM application"))
    orphans = sum(digest not in typed for digest in known - wanted.keys())
    if orphans:
        yield Finding("stored_file_orphans", INFO, {"count": orphans})


def wanted_files(data: Any) -> dict[str, str]:  # noqa: ANN401 - as above
    """Digests that a data.db names, each with the number of the paper (or student) that it belongs to."""
    return dict(data.execute(_USED + (_USED_SINCE_3 if _since_3(data) else "")).fetchall())


def data_file(data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """All questions to a data.db. The pages come first: on damaged ones nothing else would be told rightly."""
    yield from _asked(DATA, _data_questions(data))


def files_file(data: Any, files: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """All questions to a files.db beside its data.db."""
    yield from _asked(FILES, _files_questions(data, files))


def _data_questions(data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    made, _ = runner.made_by(runner.version(data))
    found = list(pages(data, DATA)) or list(schema(data, made, DATA))
    yield from found
    if not found:
        yield from references(data, DATA)
        yield from guarded(data, guards.triggers_of(runner.version(data)), DATA)
        yield from history(data)
        yield from money_soundness.money(data)
        yield from notes(data)


def _files_questions(data: Any, files: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    _, made = runner.made_by(runner.version(files))
    found = list(pages(files, FILES)) or list(schema(files, made, FILES))
    yield from found
    if not found:
        yield from guarded(files, guards.FILES_TRIGGERS, FILES)
        yield from papers(data, files)


def _asked(name: str, questions: Iterator[Finding]) -> Iterator[Finding]:
    """Ask on; what makes the library fail in the middle of a question is damage too."""
    try:
        yield from questions
    except DatabaseError:
        yield Finding("data_file_damaged", DAMAGE, {"name": name})


def _since_3(data: Any) -> bool:  # noqa: ANN401 - as above
    """Whether there are signatures on the screen and scans: not in a backup from before."""
    return runner.version(data) >= 3


def _one(connection: Any, sql: str) -> int:  # noqa: ANN401 - as above
    return int(connection.execute(sql).fetchone()[0])
