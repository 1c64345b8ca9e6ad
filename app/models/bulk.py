"""Writing very many rows at once into a data folder that nobody has in use: an invented centre of any size.

The guards and the indexes are away meanwhile and come back at the end, so this is only for a folder that is being made.
If it is interrupted the file is worth nothing: whoever calls builds in a folder beside and renames it at last.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.models import database as db
from app.models import guards

_AT_ONCE = 5_000  # rows that are kept before they are written
_QUICK = (
    "journal_mode = delete",
    "journal_mode = off",
    "synchronous = off",
    "cache_size = -200000",
    "foreign_keys = 0",
)


class Rows:
    """Takes rows table by table and writes them in large portions."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the library has no types
        self.connection = connection
        self._columns: dict[str, tuple[str, ...]] = {}
        self._kept: dict[str, list[Sequence[object]]] = {}

    def table(self, name: str, *columns: str) -> None:
        """Say which columns the rows of a table will have."""
        self._columns[name] = columns
        self._kept[name] = []

    def add(self, table: str, row: Sequence[object]) -> None:
        """Keep a row; it is written when enough have come together."""
        kept = self._kept[table]
        kept.append(row)
        if len(kept) >= _AT_ONCE:
            self.write(table)

    def write(self, table: str) -> None:
        """Write what is kept of a table."""
        columns = self._columns[table]
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names in this program
        self.connection.executemany(sql, self._kept[table])
        self._kept[table] = []

    def write_all(self) -> None:
        """Write what is kept of every table."""
        for table in self._columns:
            self.write(table)


@contextmanager
def rows(generation: Path, key: bytes) -> Iterator[Rows]:
    """Open data.db of a generation for writing very many rows; when it is left, guards and indexes are back."""
    connection = db.connection(generation / db.DATA, key, write=True)
    try:
        for pragma in _QUICK:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("BEGIN")
        indexes = _take_away(connection)
        found = Rows(connection)
        yield found
        found.write_all()
        for sql in indexes:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA synchronous = full")
        connection.execute("PRAGMA journal_mode = wal").fetchall()
        guards.install_data(connection)  # the first synced commit: with it everything above is on the disk
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def _take_away(connection: Any) -> list[str]:  # noqa: ANN401 - as above
    """Drop triggers and indexes, and give the statements that make the indexes again."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql <> ''").fetchall()
    for kind, name, _ in found:
        if kind in ("trigger", "index"):
            connection.execute(f'DROP {kind.upper()} "{name}"')
    return [sql for kind, _, sql in found if kind == "index"]


@contextmanager
def stored_files(generation: Path, key: bytes) -> Iterator[Callable[[str, bytes, str], str]]:
    """Open files.db of a generation for keeping papers: `store(kind, content, at)` gives the SHA-256."""
    connection = db.connection(generation / db.FILES, key, write=True)

    def store(kind: str, content: bytes, at: str) -> str:
        digest = hashlib.sha256(content).hexdigest()
        connection.execute(
            "INSERT INTO stored_file (sha256, kind, size, stored_at, content) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (sha256) DO NOTHING",
            (digest, kind, len(content), at, content),
        )
        return digest

    try:
        connection.execute("BEGIN IMMEDIATE")
        yield store
        connection.execute("COMMIT")
    finally:
        connection.close()
