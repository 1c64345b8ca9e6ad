"""The one data folder that this process has open: making, opening, locking and closing it. reliability.md 2.1 to 2.3.

app.lock          taken by whoever starts the program (QLockFile), before anything here is called
current.json      which generation is in use; the practice flag
anchor.log        ends of the operation log's chain
sign_in.json      wrong passwords
gen-000001/       data.db, files.db, keys.json
backups/          *.bak, and files.db with every stored paper
"""

import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app import paths
from app.errors import Damaged, Refused
from app.models import database as db
from app.models import guards, stored_files
from app.models.database import database, unit_of_work
from app.models.upgrades import runner
from app.process import anchor, attempts, clock, keys, operation_log, places, pointer
from app.process.actor import Actor
from app.rules import pinyin
from app.rules.rights import DEFAULT_GRANTS

_MAKING = ".making"
FIRST_LOOK = 500  # log rows that are verified before the first page is shown


@dataclass(frozen=True)
class NewCentre:
    """What the assistant of the first start asks for. `logo` is a picture or empty."""

    name: str
    address: str = ""
    phone: str = ""
    logo: bytes = b""
    language: str = ""
    one_person_may_approve: bool = True
    second_backup: str = ""
    practice: bool = False
    english_name: str = ""


@dataclass(frozen=True)
class _Opened:
    folder: Path
    generation: Path
    key: bytes
    actor: Actor
    first_look: operation_log.Verified


_forgetting: list[Callable[[], None]] = []
_state: dict[str, _Opened] = {}  # empty or {"open": …}: one data folder per process


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


def create(folder: Path, centre: NewCentre, login: str, name: str, password: str) -> str:
    """Make a new centre in an empty folder and give the recovery key as it is printed. The folder is closed then.

    The first user is the manager. Raises Refused folder_in_use, folder_not_empty, folder_not_writable, network_folder,
    centre_name_missing, login_missing, name_missing and those of keys.check_password.
    """
    for code, text in (("centre_name_missing", centre.name), ("login_missing", login), ("name_missing", name)):
        if not text.strip():
            raise Refused(code)
    keys.check_password(password)
    if is_open():
        raise Refused("folder_in_use")
    places.check(folder)
    places.make(folder)
    if pointer.exists(folder):
        raise Refused("folder_not_empty", folder=str(folder))
    making = folder / _MAKING  # an attempt that is cut off leaves nothing that looks like data
    shutil.rmtree(making, ignore_errors=True)
    if not any(pointer.generations(folder)):
        (folder / anchor.NAME).unlink(missing_ok=True)
    places.make(making)
    new = keys.new_keyring(making, login.strip(), name.strip(), password)
    _make_databases(making, new.data_key)
    _fill(making, new.data_key, centre, login.strip(), name.strip())
    generation = pointer.new_generation(folder)
    generation.rmdir()  # Windows does not rename over a folder, not even an empty one
    making.rename(generation)
    pointer.point(folder, generation, practice=centre.practice)
    return new.recovery_key


def _make_databases(generation: Path, key: bytes) -> None:
    data = db.connection(generation / db.DATA, key, write=True)
    files = db.connection(generation / db.FILES, key, write=True)
    try:
        runner.run(data, files)
        guards.install(data, files)
    finally:
        data.close()
        files.close()


def _fill(generation: Path, key: bytes, centre: NewCentre, login: str, name: str) -> None:
    db.open_databases(generation, key)
    try:
        logo = stored_files.store("logo", centre.logo, clock.now()) if centre.logo else ""
        with unit_of_work():
            for secret in (operation_log.LOG_KEY, anchor.ANCHOR_KEY):
                random = secrets.token_bytes(32)
                database.execute_sql("INSERT INTO secret (name, value) VALUES (?, ?)", (secret, random))
            _write_settings(centre, logo)
            for role, rights in DEFAULT_GRANTS.items():
                for right in sorted(rights):
                    database.execute_sql('INSERT INTO right_grant (role, "right") VALUES (?, ?)', (role, right))
            (user_id,) = database.execute_sql(
                "INSERT INTO user (login, name, created_at) VALUES (?, ?, ?) RETURNING id",
                (login, name, clock.stamp()),
            ).fetchone()
            database.execute_sql("INSERT INTO user_role (user_id, role) VALUES (?, 'manager')", (user_id,))
            actor = Actor(user_id, login, name)
            operation_log.record(actor, "create_centre", "centre", details={"schema": runner.newest()})
        operation_log.after_money()
    finally:
        db.close_databases()


def _write_settings(centre: NewCentre, logo: str) -> None:
    values = {
        "centre_name": centre.name.strip(), "centre_english": centre.english_name.strip(),
        "centre_address": centre.address.strip(), "centre_phone": centre.phone.strip(), "centre_logo": logo,
        "language": centre.language, "one_person_may_approve": str(int(centre.one_person_may_approve)),
        "second_backup": centre.second_backup, "practice": str(int(centre.practice)),
    }  # fmt: skip
    for setting, value in values.items():
        database.execute_sql("INSERT INTO centre_setting (name, value) VALUES (?, ?)", (setting, value))


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
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        actor = user_of(login)
        look = operation_log.verify(FIRST_LOOK)
        _log_sign_in(folder, actor, recovered=recovered)
    except BaseException as error:
        db.close_databases()
        told = db.trouble(error, generation / db.DATA)
        if told is None:
            raise
        raise told from error
    _state["open"] = _Opened(folder, generation, key, actor, look)
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


def first_look() -> operation_log.Verified:
    """What the look at the newest log rows and the anchor found when the folder was opened."""
    return _opened().first_look


def is_open() -> bool:
    """Whether this process has a data folder open."""
    return "open" in _state


def folder() -> Path:
    """The open data folder."""
    return _opened().folder


def generation() -> Path:
    """The generation folder of the open data folder, with the databases."""
    return _opened().generation


def key() -> bytes:
    """The data key of the open data folder."""
    return _opened().key


def actor() -> Actor:
    """Who signed in."""
    return _opened().actor


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
    _state.clear()
    for forget in _forgetting:
        forget()
    db.close_databases()


def _opened() -> _Opened:
    if not is_open():
        message = "no data folder is open"
        raise RuntimeError(message)
    return _state["open"]
