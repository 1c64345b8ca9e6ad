"""What the database itself refuses, whoever asks: the triggers, and an authorizer on the connection of the program.

reliability.md 2.2, 2.5, findings 7 and 10. The triggers are installed after the last upgrade step and their text is
compared at every opening: a missing, changed or additional one is damage.
"""

from typing import Any

from sqlcipher3 import dbapi2 as codes

from app.errors import Damaged

GROWING = ("ledger", "receipt", "receipt_void", "settlement", "paper", "paper_print", "operation_log",
           "import_batch", "import_row", "screen_signature", "paper_scan", "paper_scan_off",
           "student_merge", "take_over", "take_over_child", "opening_left", "opening_statement",
           "wording")  # fmt: skip
"""Tables whose rows are never changed nor deleted."""
_SINCE = dict.fromkeys(
    ("import_batch", "import_row", "screen_signature", "paper_scan", "paper_scan_off", "student_merge", "take_over",
     "take_over_child", "opening_left", "opening_statement", "wording"), 3,
)  # fmt: skip
"""The schema that brought a table of GROWING, where it was not the first."""


def _growing(table: str) -> dict[str, str]:
    said = f"SELECT raise(ABORT, '{table} only grows')"
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {said}; END",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {said}; END",
    }


TRIGGERS: dict[str, str] = {
    **{name: sql for table in GROWING for name, sql in _growing(table).items()},
    "operation_log_in_order": """CREATE TRIGGER operation_log_in_order BEFORE INSERT ON operation_log
WHEN new.seq IS NULL OR new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM operation_log)
BEGIN SELECT raise(ABORT, 'operation_log out of order'); END""",
    "operation_value_no_update": """CREATE TRIGGER operation_value_no_update BEFORE UPDATE ON operation_value
BEGIN SELECT raise(ABORT, 'operation_value is never changed'); END""",
    "counter_from_zero": """CREATE TRIGGER counter_from_zero BEFORE INSERT ON counter
WHEN new.value <> 0 OR EXISTS (SELECT 1 FROM counter WHERE name = new.name)
BEGIN SELECT CASE WHEN new.value <> 0 THEN raise(ABORT, 'counter starts at zero') ELSE raise(IGNORE) END; END""",
    "counter_by_one": """CREATE TRIGGER counter_by_one BEFORE UPDATE ON counter
WHEN new.value <> old.value + 1 OR new.name <> old.name
BEGIN SELECT raise(ABORT, 'counter moves by one'); END""",
    "counter_no_delete": """CREATE TRIGGER counter_no_delete BEFORE DELETE ON counter
BEGIN SELECT raise(ABORT, 'counter is never deleted'); END""",
    "receipt_in_order": """CREATE TRIGGER receipt_in_order BEFORE INSERT ON receipt
WHEN new.no IS NOT (SELECT value FROM counter WHERE name = 'receipt-' || new.year)
  OR new.no <> (SELECT coalesce(max(no), 0) + 1 FROM receipt WHERE year = new.year)
    AND NOT EXISTS (
      SELECT 1 FROM operation_log WHERE subject_kind = 'backup' AND action = 'restore'
      AND json_extract(details, '$.skipped."receipt-' || new.year || '"[1]') = new.no - 1)
BEGIN SELECT raise(ABORT, 'receipt number out of order'); END""",
    "ledger_mirrored": """CREATE TRIGGER ledger_mirrored BEFORE INSERT ON ledger
WHEN new.reverses IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM ledger WHERE id = new.reverses AND fen = -new.fen AND student_id = new.student_id)
BEGIN SELECT raise(ABORT, 'a reversal mirrors the row that it reverses'); END""",
    "ledger_balance": """CREATE TRIGGER ledger_balance AFTER INSERT ON ledger
BEGIN UPDATE student SET balance_fen = balance_fen + new.fen WHERE id = new.student_id; END""",
    "student_balance_starts": """CREATE TRIGGER student_balance_starts BEFORE INSERT ON student
WHEN new.balance_fen <> 0
BEGIN SELECT raise(ABORT, 'a balance is the sum of the ledger'); END""",
    "student_balance_kept": """CREATE TRIGGER student_balance_kept BEFORE UPDATE OF balance_fen ON student
WHEN new.balance_fen <> (SELECT coalesce(sum(fen), 0) FROM ledger WHERE student_id = old.id)
BEGIN SELECT raise(ABORT, 'a balance is the sum of the ledger'); END""",
    "student_stays": """CREATE TRIGGER student_stays BEFORE DELETE ON student
BEGIN SELECT raise(ABORT, 'a student is never deleted'); END""",
}

_UNTIL: dict[int, dict[str, str]] = {  # newest schema that had them: triggers that read otherwise then
    1: {
        "receipt_in_order": """CREATE TRIGGER receipt_in_order BEFORE INSERT ON receipt
WHEN new.no IS NOT (SELECT value FROM counter WHERE name = 'receipt-' || new.year)
  OR new.no <> (SELECT coalesce(max(no), 0) + 1 FROM receipt WHERE year = new.year)
BEGIN SELECT raise(ABORT, 'receipt number out of order'); END""",
    },
}

FILES_TRIGGERS: dict[str, str] = {
    "stored_file_no_update": """CREATE TRIGGER stored_file_no_update BEFORE UPDATE ON stored_file
BEGIN SELECT raise(ABORT, 'stored_file is never changed'); END""",
}
"""A stored file may go (an orphan is swept, a child is erased), but is never changed."""

_DENIED = frozenset(
    getattr(codes, f"SQLITE_{name}")
    for name in (
        "CREATE_INDEX", "CREATE_TABLE", "CREATE_TRIGGER", "CREATE_VIEW", "CREATE_VTABLE", "CREATE_TEMP_INDEX",
        "CREATE_TEMP_TABLE", "CREATE_TEMP_TRIGGER", "CREATE_TEMP_VIEW", "DROP_INDEX", "DROP_TABLE", "DROP_TRIGGER",
        "DROP_VIEW", "DROP_VTABLE", "DROP_TEMP_INDEX", "DROP_TEMP_TABLE", "DROP_TEMP_TRIGGER", "DROP_TEMP_VIEW",
        "ALTER_TABLE", "REINDEX", "ANALYZE", "ATTACH", "DETACH",
    )
)  # fmt: skip
_READING_PRAGMAS = frozenset({
    "data_version", "user_version", "page_count", "page_size", "freelist_count", "schema_version", "journal_mode",
    "synchronous", "foreign_keys", "recursive_triggers", "cipher_version",
})  # fmt: skip
_USED_PRAGMAS = frozenset({
    "wal_checkpoint", "busy_timeout", "quick_check", "integrity_check", "foreign_key_check", "cipher_integrity_check",
    "table_info", "index_list",
})  # fmt: skip
_CODE_TABLES = frozenset({"sqlite_master", "sqlite_schema", "sqlite_sequence", "sqlite_stat1"})


def install(data: Any, files: Any) -> None:  # noqa: ANN401 - raw connections; the library has no types
    """Replace every trigger of both databases by ours; only on a copy or a new file, before it comes into use."""
    install_data(data)
    install_files(files)


def install_data(data: Any) -> None:  # noqa: ANN401 - raw connection
    """Replace every trigger of a data.db by ours."""
    _install(data, TRIGGERS)


def install_files(files: Any) -> None:  # noqa: ANN401 - raw connection
    """Replace every trigger of a files.db by ours."""
    _install(files, FILES_TRIGGERS)


def triggers_of(schema: int) -> dict[str, str]:
    """The triggers of a data.db as that schema had them: a backup from before an upgrade is sound with its own."""
    later = tuple(f"{table}_no_" for table, first in _SINCE.items() if first > schema)
    found = {name: sql for name, sql in TRIGGERS.items() if not name.startswith(later)}
    for last in sorted(_UNTIL, reverse=True):
        if schema <= last:
            found |= _UNTIL[last]
    return found


def _install(connection: Any, triggers: dict[str, str]) -> None:  # noqa: ANN401 - raw connection
    connection.execute("BEGIN IMMEDIATE")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for sql in triggers.values():
        connection.execute(sql)
    connection.execute("COMMIT")


def verify(connection: Any, triggers: dict[str, str], name: str) -> None:  # noqa: ANN401 - any connection
    """Compare the text of every trigger. Raises Damaged guards_changed."""
    run = getattr(connection, "execute_sql", None) or connection.execute
    found = dict(run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    if found != triggers:
        raise Damaged("guards_changed", name=name)


def watch(connection: Any) -> None:  # noqa: ANN401 - the raw connection under peewee
    """Deny on this connection what the program has no business to do: change the schema, history, or other files."""
    connection.set_authorizer(_allowed)


def _allowed(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    """Answer for one action of one statement; the numbers are SQLite's (0 fine, 1 deny)."""
    denied = action in _DENIED
    if action in (codes.SQLITE_UPDATE, codes.SQLITE_DELETE):
        denied = first in GROWING or first in _CODE_TABLES
    elif action == codes.SQLITE_INSERT:
        denied = first in _CODE_TABLES
    elif action == codes.SQLITE_PRAGMA:
        denied = not (first in _USED_PRAGMAS or (first in _READING_PRAGMAS and second is None))
    elif action == codes.SQLITE_FUNCTION:
        denied = second == "load_extension"
    return int(codes.SQLITE_DENY if denied else codes.SQLITE_OK)
