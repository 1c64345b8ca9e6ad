"""Continues the operation log's chain while rows are written in bulk."""

from app.models.bulk import Rows
from app.process import operation_log
from app.process.operation_log import Entry, Row


class Chain:
    """Adds chained entries, as `operation_log.record` does one at a time."""

    def __init__(self, rows: Rows) -> None:
        run = rows.connection.execute
        key = run("SELECT value FROM secret WHERE name = ?", (operation_log.LOG_KEY,)).fetchone()
        self._key = bytes(key[0])
        self._seq, self._mac = run("SELECT seq, mac FROM operation_log ORDER BY seq DESC LIMIT 1").fetchone()
        self._rows = rows
        rows.table(
            "operation_log",
            "seq", "at", "actor_id", "action", "subject_kind", "subject_id", "details", "sealed", "mac",
        )  # fmt: skip

    def add(
        self, at: str, actor_id: int, action: str, kind: str, subject_id: int, details: dict[str, object],
    ) -> Entry:  # fmt: skip
        """One entry; personal values are left out, as if they were erased."""
        self._seq += 1
        row: Row = (self._seq, at, actor_id, action, kind, subject_id, operation_log.canonical(details), "{}")
        self._mac = operation_log.chain(self._key, row, self._mac)
        self._rows.add("operation_log", (*row, self._mac))
        return Entry(self._seq, operation_log.mark(self._mac))
