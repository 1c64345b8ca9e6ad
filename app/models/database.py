"""Opening the encrypted databases, their pragmas, and the unit of work. reliability.md 2.2 and its Decisions 1 to 3."""

import errno
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import peewee
import sqlcipher3
from playhouse.sqlcipher_ext import SqlCipherDatabase

from app.errors import Damaged, Refused
from app.models import guards

logging.getLogger("peewee").setLevel(logging.WARNING)  # at DEBUG it prints the parameters: names, phones, notes

DatabaseError = sqlcipher3.DatabaseError  # what a raw connection raises
OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL file when it is reset
PRAGMAS: dict[str, str | int] = {
    "cipher_log_level": "none",  # or every damaged page is told on standard error
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
_CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
_WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
DATA = "data.db"
FILES = "files.db"


class PoisonedError(RuntimeError):
    """Something failed in this unit of work: nothing more may be written in it."""


class EncryptedDatabase(SqlCipherDatabase):  # type: ignore[misc]
    """SQLCipher through peewee; a failed statement inside a transaction poisons it."""

    poisoned = False
    in_units = False  # whether rows are only written inside a unit of work
    lost = False  # the disk failed while it was opened anew: before the next statement it is tried again

    def execute_sql(self, sql: str, params: Any = None) -> Any:  # noqa: ANN401 - peewee's own signature
        """Run one statement; after a failed one in the same transaction every further one is refused."""
        if self.poisoned and self.transaction_depth() > 0 and not sql.startswith("ROLLBACK"):
            raise PoisonedError
        if self.in_units and sql.startswith(_WRITING) and self.transaction_depth() == 0:
            message = "a row is written outside a unit of work"
            raise RuntimeError(message)
        try:
            return super().execute_sql(sql, params)
        except BaseException:
            self.poisoned = self.transaction_depth() > 0
            raise

    def cursor(self, *given: Any) -> Any:  # noqa: ANN401 - peewee's own signature
        """Every statement, BEGIN too, goes through a cursor."""
        if self.lost:
            reopen()
        return super().cursor(*given)


database = EncryptedDatabase(None, thread_safe=False, autoconnect=False)
database.in_units = True
files = EncryptedDatabase(None, thread_safe=False, autoconnect=False)


def passphrase(key: bytes) -> str:
    """How a raw 32-byte key is given to SQLCipher: without a derivation of its own, so that opening takes no time."""
    return f"x'{key.hex()}'"


def containing(text: str) -> str:
    """The pattern with which LIKE, escaped by a backslash, finds values that contain a text, whatever signs it has."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def check_library() -> None:
    """Raises Damaged sqlite_too_old when the library in use could corrupt a WAL file."""
    if sqlcipher3.sqlite_version_info < OLDEST_SQLITE:
        raise Damaged("sqlite_too_old", version=sqlcipher3.sqlite_version)


def open_databases(folder: Path, key: bytes) -> None:
    """Open data.db and files.db in the generation `folder` with the 32-byte raw `key`.

    Raises Damaged sqlite_too_old, data_file_missing(name), data_file_damaged(name). A wrong key cannot be told from
    damage here; the key comes from keys.json, which proves it.
    """
    check_library()
    for name in (DATA, FILES):
        if not (folder / name).exists():
            raise Damaged("data_file_missing", name=name)
    for one, name in ((database, DATA), (files, FILES)):
        one.init(str(folder / name), passphrase=passphrase(key), pragmas=PRAGMAS)
        try:
            one.connect()
        except peewee.DatabaseError as error:
            close_databases()
            raise Damaged("data_file_damaged", name=name) from error


def close_databases() -> None:
    """Close both and forget where they are and their key; nothing holds a connection afterwards."""
    for one in (database, files):
        if not one.is_closed():
            one.close()
        one.init(None, passphrase="")
        one.poisoned = one.lost = False


def connection(path: Path, key: bytes, *, write: bool = False, roomy: bool = False) -> Any:  # noqa: ANN401 - untyped
    """Open a connection of its own to an encrypted file: for backups, checks and upgrades, in any thread.

    Without `write` nothing can be changed through it; `roomy` keeps up to 64 MB of pages, for checking everything.
    Raises Damaged data_file_missing, data_file_damaged.
    """
    check_library()
    if not write and not path.exists():
        raise Damaged("data_file_missing", name=path.name)
    opened = sqlcipher3.connect(str(path), isolation_level=None)
    try:
        opened.execute(f'PRAGMA key = "{passphrase(key)}"')
        opened.execute("PRAGMA cipher_log_level = none")
        for name in ("foreign_keys", "busy_timeout", "recursive_triggers", "trusted_schema", "secure_delete"):
            opened.execute(f"PRAGMA {name} = {PRAGMAS[name]}")
        opened.execute(f"PRAGMA query_only = {int(not write)}")
        opened.execute(f"PRAGMA cache_size = {-65536 if roomy else -2000}")
        opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher3.DatabaseError as error:
        opened.close()
        raise Damaged("data_file_damaged", name=path.name) from error
    return opened


def empty_wal(path: Path, key: bytes) -> None:
    """Bring what stands in the WAL file into the database, unless somebody is reading.

    Without it the page check can give false alarms after a power cut (finding 6). Raises Damaged.
    """
    opened = connection(path, key, write=True)
    try:
        opened.execute("PRAGMA busy_timeout = 0")
        opened.execute(_CHECKPOINT).fetchone()
    except sqlcipher3.DatabaseError as error:
        raise trouble(error, path) or Damaged("data_file_damaged", name=path.name) from error
    finally:
        opened.close()


def checkpoint(*, wait: bool = True) -> None:
    """Bring what stands in the WAL file of the open data.db into it; without `wait` not while somebody is reading."""
    if wait:
        database.execute_sql(_CHECKPOINT).fetchone()
        return
    try:
        database.execute_sql("PRAGMA busy_timeout = 0")
        database.execute_sql(_CHECKPOINT).fetchone()
    finally:
        with suppress(peewee.PeeweeException):
            database.execute_sql(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout']}")


def without_wal(opened: Any, *, careful: bool = False) -> None:  # noqa: ANN401 - raw connection
    """Let a copy be one file that needs no other beside it; `careful`: its directory is synced too at every commit."""
    opened.execute("PRAGMA journal_mode = delete")
    if careful:
        opened.execute("PRAGMA synchronous = extra")


def damaged_pages(opened: Any) -> int:  # noqa: ANN401 - as above
    """How many pages are not as they were written. Empty the WAL file first (finding 6)."""
    return len(opened.execute("PRAGMA cipher_integrity_check").fetchall())


def faults_of_structure(opened: Any) -> int:  # noqa: ANN401 - as above
    """How many tables and indexes do not fit, five at most."""
    said = [row[0] for row in opened.execute("PRAGMA integrity_check(5)").fetchall()]
    return 0 if said == ["ok"] else len(said)


def broken_references(opened: Any) -> list[str]:  # noqa: ANN401 - as above
    """The table of every row that names another one which is not there."""
    return [str(row[0]) for row in opened.execute("PRAGMA foreign_key_check").fetchall()]


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Everything or nothing: BEGIN IMMEDIATE (a savepoint when nested), poisoned by any error. Decision 2.

    What the database itself refuses comes out as Refused disk_full(free_mb), Refused database_busy or Damaged
    disk_error; after the last one the connection is opened anew, and a commit that failed may still be there: look for
    the opid.
    """
    outermost = database.transaction_depth() == 0
    try:
        with database.atomic("IMMEDIATE") if outermost else database.atomic():
            yield
            _stop_if_poisoned()
    except BaseException as error:
        if not outermost:
            database.poisoned = True
            raise
        told = trouble(error, Path(str(database.database)))
        if told is None:
            raise
        if told.code == "disk_error":
            with suppress(Damaged):  # the next statement tries again
                reopen()
        raise told from error
    finally:
        if outermost:
            database.poisoned = False


def _stop_if_poisoned() -> None:
    """An error that was caught inside must not let the rest of the use case be committed alone (finding 8)."""
    if database.poisoned:
        raise PoisonedError


def trouble(error: BaseException, file: Path) -> Refused | Damaged | None:
    """What can be told of an error of the library: it is looked for under the errors that followed from it.

    Refused disk_full(free_mb), database_busy; Damaged disk_error, data_file_damaged(name); None: a bug.
    """
    text = ""
    found: BaseException | None = error
    while found is not None:
        full = isinstance(found, OSError) and found.errno == errno.ENOSPC
        if full or isinstance(found, (sqlcipher3.Error, peewee.PeeweeException)):
            text += "disk is full" if full else str(found)
        found = found.__cause__ or found.__context__
    if "disk is full" in text:
        return Refused("disk_full", free_mb=shutil.disk_usage(file.parent).free // 1_000_000)
    if "disk I/O error" in text:
        return Damaged("disk_error")
    if "database is locked" in text:
        return Refused("database_busy")
    if "malformed" in text or "not a database" in text:
        return Damaged("data_file_damaged", name=file.name)
    return None


def reopen() -> None:
    """Close and open data.db again, as guarded as before: after an I/O error nothing is known of the connection.

    Raises Damaged disk_error when the disk refuses that too.
    """
    database.close()
    database.lost = True
    try:
        database.connect()
    except (peewee.PeeweeException, sqlcipher3.Error) as error:
        raise Damaged("disk_error") from error
    guards.watch(database.connection())
    database.lost = False
