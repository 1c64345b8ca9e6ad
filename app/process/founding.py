"""Making a new centre: prepared beside first, and put in use once its recovery key is in somebody's hands."""

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused
from app.models import database as db
from app.models import guards, stored_files
from app.models.database import database, unit_of_work
from app.models.upgrades import runner
from app.process import anchor, clock, data_folder, keys, operation_log, places, pointer
from app.process.actor import Actor
from app.rules.rights import DEFAULT_GRANTS

_MAKING = ".making"  # an attempt that is cut off leaves nothing that looks like data


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


def create(folder: Path, centre: NewCentre, login: str, name: str, password: str) -> str:
    """Make a new centre in an empty folder, put it in use, and give the recovery key: `prepare` and `put_in_use`."""
    recovery_key = prepare(folder, centre, login, name, password)
    put_in_use(folder, practice=centre.practice)
    return recovery_key


def prepare(folder: Path, centre: NewCentre, login: str, name: str, password: str) -> str:
    """Make a new centre beside, and give the recovery key as it is printed. Nobody can sign in before `put_in_use`.

    Given up in between, nothing remains: the next attempt begins again, with another key. The first user is the
    manager. Raises Refused folder_in_use, folder_not_empty, folder_is_file, folder_not_writable, network_folder,
    centre_name_missing, login_missing, name_missing and those of keys.check_password.
    """
    for code, text in (("centre_name_missing", centre.name), ("login_missing", login), ("name_missing", name)):
        if not text.strip():
            raise Refused(code)
    keys.check_password(password)
    if data_folder.is_open():
        raise Refused("folder_in_use")
    places.check(folder)
    places.make(folder)
    if pointer.exists(folder):
        raise Refused("folder_not_empty", folder=str(folder))
    making = folder / _MAKING
    shutil.rmtree(making, ignore_errors=True)
    if not any(pointer.generations(folder)):
        (folder / anchor.NAME).unlink(missing_ok=True)
    places.make(making)
    new = keys.new_keyring(making, login.strip(), name.strip(), password)
    _make_databases(making, new.data_key)
    _fill(making, new.data_key, centre, login.strip(), name.strip())
    return new.recovery_key


def put_in_use(folder: Path, *, practice: bool = False) -> None:
    """The recovery key of the centre that was prepared is in somebody's hands: from now on it can be opened."""
    generation = pointer.new_generation(folder)
    generation.rmdir()  # Windows does not rename over a folder, not even an empty one
    (folder / _MAKING).rename(generation)
    pointer.point(folder, generation, practice=practice)


def give_up(folder: Path) -> None:
    """Throw away what was prepared and not put in use. Nothing of it can be opened without its key or password."""
    if pointer.exists(folder):
        return  # in use: nothing to give up
    shutil.rmtree(folder / _MAKING, ignore_errors=True)
    if not any(pointer.generations(folder)):
        (folder / anchor.NAME).unlink(missing_ok=True)


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
