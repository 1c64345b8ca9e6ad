"""Opening the encrypted databases, their pragmas, and the unit of work. reliability.md 2.2 and its Decisions 1 to 3."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from peewee import SqliteDatabase
from playhouse.sqlcipher_ext import SqlCipherDatabase

from app.errors import Damaged

OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL file when it is reset
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "recursive_triggers": 1,  # or INSERT OR REPLACE would get round the append-only triggers
    "trusted_schema": 0,
    "secure_delete": 1,
    "wal_autocheckpoint": 200,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
}


class EncryptedDatabase(SqlCipherDatabase):  # type: ignore[misc]
    """SQLCipher through peewee; a failed statement inside a transaction poisons it."""

    poisoned = False

    def execute_sql(self, sql: str, params: Any = None) -> Any:  # noqa: ANN401 - peewee's own signature
        """Run one statement; after a failed one in the same transaction every further one is refused."""
        if self.poisoned and self.transaction_depth() > 0 and not sql.startswith("ROLLBACK"):
            raise PoisonedError
        try:
            return super().execute_sql(sql, params)
        except BaseException:
            self.poisoned = self.transaction_depth() > 0
            raise


class PoisonedError(RuntimeError):
    """A statement failed in this unit of work: nothing more may be written in it."""


database: SqliteDatabase = EncryptedDatabase(None, thread_safe=False)
files: SqliteDatabase = EncryptedDatabase(None, thread_safe=False)


def open_databases(folder: Path, key: bytes) -> None:
    """Open data.db and files.db in the generation `folder` with the 32-byte raw `key`. Raises Damaged."""
    if sqlcipher3.sqlite_version_info < OLDEST_SQLITE:
        raise Damaged("sqlite_too_old", version=sqlcipher3.sqlite_version)
    for one, name in ((database, "data.db"), (files, "files.db")):
        one.init(str(folder / name), passphrase=f"x'{key.hex()}'", pragmas=PRAGMAS)
        one.connect()


def close_databases() -> None:
    """Close both; nothing holds a connection afterwards."""
    for one in (database, files):
        if not one.is_closed():
            one.close()


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Everything or nothing: BEGIN IMMEDIATE (a savepoint when nested), poisoned by any error. Decision 2."""
    outermost = database.transaction_depth() == 0
    try:
        with database.atomic() if not outermost else database.atomic("IMMEDIATE"):
            yield
            if database.poisoned:
                raise PoisonedError
    finally:
        if outermost:
            database.poisoned = False
