"""The one data folder that this process has open: making, opening, locking and closing it. reliability.md 2.1 to 2.3.

app.lock          taken by whoever starts the program (QLockFile), before anything here is called
current.json      which generation is in use; the practice flag
anchor.log        ends of the operation log's chain
sign_in.json      wrong passwords
gen-000001/       data.db, files.db, keys.json
backups/          *.bak, and files.db with every stored paper
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app import paths
from app.errors import Damaged, Refused
from app.models import database as db
from app.models import guards
from app.models.database import database, unit_of_work
from app.models.upgrades import runner
from app.process import attempts, keys, opened, operation_log, places, pointer
from app.process.actor import Actor
from app.process.opened import actor, first_look, folder, generation, is_open, key
from app.rules import pinyin

__all__ = [
    "FIRST_LOOK", "abandon", "actor", "close", "first_look", "folder", "generation", "is_open", "key", "lock",
    "on_close", "open", "practice", "schema", "state", "user_of",
]  # fmt: skip

FIRST_LOOK = 500  # log rows that are verified before the first page is shown


_forgetting: list[Callable[[], None]] = []


# before it is open --------------------------------------------------------------------------------------------------


def state(folder: Path) -> str:
    """`missing` (nothing of ours is there), `ready`, or `damaged`. Reads one small file; no key is needed."""
    if not pointer.exists(folder):
        return "damaged" if any(folder.glob("gen-*")) else "missing"
    try:
        keys.people(folder)
    except Damaged:
        return "damaged"
    return "ready"


# open ---------------------------------------------------------------------------------------------------------------


def open(folder: Path, key: bytes, login: str, *, recovered: bool = False) -> Actor:
    """Open the folder with its data key for a user, and log the sign-in; `recovered`: with the recovery key.

    An older schema is upgraded on a copy, after a verified backup. Raises Refused folder_in_use, unknown_user,
    network_folder; Damaged pointer_damaged, data_file_missing, data_file_damaged, guards_changed, newer_program_needed.
    What the first look at the log found is told by `first_look()`; it does not keep anybody out.
    """
    if is_open():
        raise Refused("folder_in_use")
    places.check(folder)
    generation = pointer.current(folder)
    if _schema(generation, key) < runner.newest():
        from app.process import upgrading  # only when there is something to upgrade

        generation = upgrading.upgrade(folder, key)
    pinyin.use((paths.MADE / "pinyin.bin").read_bytes)  # read when the first name is searched or saved
    db.open_databases(generation, key)
    try:
        guards.verify(database, guards.TRIGGERS, db.DATA)
        guards.verify(db.files, guards.FILES_TRIGGERS, db.FILES)
        guards.watch(database.connection())
        guards.watch(db.files.connection())
        db.checkpoint()
        actor = user_of(login)
        look = operation_log.verify(FIRST_LOOK)
        _log_sign_in(folder, actor, recovered=recovered)
    except BaseException as error:
        db.close_databases()
        told = db.trouble(error, generation / db.DATA)
        if told is None:
            raise
        raise told from error
    opened.put(opened.Opened(folder, generation, key, actor, look))
    return actor


def _schema(generation: Path, key: bytes) -> int:
    data = db.connection(generation / db.DATA, key)
    try:
        return runner.check(data)
    finally:
        data.close()


def user_of(login: str) -> Actor:
    """The active user of a login in the open database; case does not matter. Raises Refused unknown_user."""
    for user_id, known, name in database.execute_sql("SELECT id, login, name FROM user WHERE active = 1"):
        if known.casefold() == login.strip().casefold():
            return Actor(user_id, known, name)
    raise Refused("unknown_user")


def _log_sign_in(folder: Path, actor: Actor, *, recovered: bool) -> None:
    """Leave an entry; on a full disk there is none, for looking things up must stay possible."""
    details = {"failed_before": attempts.take_failures(folder, actor.login), "recovery_key": recovered}
    try:
        with unit_of_work():
            operation_log.record(actor, "sign_in", "user", actor.user_id, details=details)
    except Refused as refused:
        if refused.code != "disk_full":
            raise


def schema() -> int:
    """The version of the tables that this program speaks, for reports to technical support."""
    return runner.newest()


def practice() -> bool:
    """Whether the open data are invented: plain on every screen and print."""
    row = database.execute_sql("SELECT value FROM centre_setting WHERE name = 'practice'").fetchone()
    return bool(row) and row[0] == "1"


def close(*, reason: str = "sign_out") -> None:
    """Log the end, anchor it, empty the WAL file and close every connection. Does nothing when nothing is open.

    It always closes: a disk that is full or fails costs the entry, not the lock.
    """
    if not is_open():
        return
    try:
        with suppress(Refused, Damaged):
            with unit_of_work():
                operation_log.record(actor(), reason, "user", actor().user_id)
            operation_log.after_money()
    finally:
        abandon()


def lock() -> None:
    """Close everything because nobody is at the desk: without a connection nothing can be written while locked."""
    close(reason="lock")


def on_close(forget: Callable[[], None]) -> None:
    """Have `forget` called whenever the folder is closed or locked: for what is kept in memory of its data."""
    _forgetting.append(forget)


def abandon() -> None:
    """Close without a last entry: after damage, or when another use case wrote the entry."""
    opened.forget()
    for forget in _forgetting:
        forget()
    db.close_databases()
