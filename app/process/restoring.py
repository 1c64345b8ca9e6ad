"""Restoring a backup, from the open program or into a damaged folder; nothing is overwritten. reliability.md 2.7.

A new generation is built beside the current one, asked everything, and only then pointed at; a backup of what is there
now is made first. The operation log of the restored data goes on with an entry, and the anchor with a signed line.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import Damaged, Refused
from app.models import database as db
from app.models import guards
from app.models.database import database, unit_of_work
from app.models.upgrades import runner
from app.process import (
    anchor,
    backup_check,
    backup_file,
    backups,
    clock,
    data_folder,
    keys,
    operation_log,
    paper_store,
    places,
    pointer,
    skipped_numbers,
    soundness,
)
from app.process.actor import Actor, require
from app.process.backup_file import Backup
from app.process.skipped_numbers import Skipped


@dataclass(frozen=True)
class Restored:
    """What was put back, the backup made before it (None: nothing could be read), and how many papers are missing.

    `skipped` are the numbers that were given out after the backup and are therefore never given out again.
    """

    backup: Backup
    before: Backup | None
    papers_missing: int
    skipped: tuple[Skipped, ...] = ()


def restore(actor: Actor, path: Path, password: str, *, progress: backups.Progress | None = None) -> Restored:
    """Restore a backup into the open data folder; afterwards it is closed and everybody signs in anew.

    Needs the right restore and the actor's password. Raises Refused no_right, wrong_password, locked_out, other_centre;
    Damaged with what is wrong with the backup, or with the folder.
    """
    folder = begin(actor)
    key = keys.unlock(folder, actor.login, password)
    backup_check.verify(path, key)
    data_folder.close()
    return rebuild(folder, path, key, actor.login, progress=progress)


def begin(actor: Actor) -> Path:
    """Ask before restoring; gives the open data folder. Needs the right restore. Raises Refused no_right.

    Nothing is written yet: what is open stays as it is. The right is asked again in the one transaction of a restore,
    which writes into the restored data (`_log`).
    """
    require(actor, "restore")
    return data_folder.folder()


def restore_closed(
    folder: Path, path: Path, login: str, secret: str, *, with_recovery_key: bool = False,
    progress: backups.Progress | None = None,
) -> Restored:  # fmt: skip
    """Restore when nobody can sign in: with a password that held when the backup was made, or with the recovery key.

    `folder` may be damaged, empty or missing; the user `login` must have had the right restore. Raises as `restore`,
    and Refused folder_in_use, network_folder, folder_is_file, folder_not_writable.
    """
    if data_folder.is_open():
        raise Refused("folder_in_use")
    places.check(folder)
    places.make(folder)
    with tempfile.TemporaryDirectory(prefix=".keys-", dir=folder) as scratch:
        backup_file.extract(path, Path(scratch), only=keys.NAME)
        file = Path(scratch, keys.NAME)
        key = keys.open_with_recovery(file, secret) if with_recovery_key else keys.open_file(file, login, secret)
    backup_check.verify(path, key)
    return rebuild(folder, path, key, login, progress=progress)


def rebuild(
    folder: Path, path: Path, key: bytes, login: str, *, progress: backups.Progress | None = None,
) -> Restored:  # fmt: skip
    """Build the new generation and point at it; the folder is closed. The backup was verified with this key."""
    stage = progress or (lambda _done, _total: None)
    chosen = backups.look(path)
    stage(0, 4)
    before = _backup_before(folder, key)
    known = skipped_numbers.of_generation(folder, key)
    stage(1, 4)
    generation = pointer.new_generation(folder)
    try:
        _fill(folder, generation, path, key)
        stage(2, 4)
        missing = _upgrade_and_check(generation, key)
        stage(3, 4)
        skipped = _log(folder, generation, key, login, chosen, missing, known)
    except BaseException:
        db.close_databases()
        shutil.rmtree(generation, ignore_errors=True)
        raise
    practice = _is_practice(generation, key)
    pointer.point(folder, generation, practice=practice)
    stage(4, 4)
    return Restored(chosen, before, missing, skipped)


def _backup_before(folder: Path, key: bytes) -> Backup | None:
    """What is there now, as a backup; None when there is nothing or it cannot be read any more."""
    try:
        if not keys.belongs(keys.path(folder), key):
            raise Refused("other_centre")
        return backups.make_of(folder, key, "before_restore")
    except Damaged:
        return None


def _fill(folder: Path, generation: Path, path: Path, key: bytes) -> None:
    backup_file.extract(path, generation)
    _keep_todays_keys(folder, generation, key)
    files, sources = generation / db.FILES, [backup_file.beside(path), backups.place(folder) / db.FILES]
    if pointer.exists(folder):
        with contextlib.suppress(Damaged):
            sources.append(pointer.current(folder) / db.FILES)
    for source in sources:
        try:
            paper_store.grow(source, files, key)
        except Damaged:  # of another centre, or damaged: what is missing is counted afterwards
            continue


def _keep_todays_keys(folder: Path, generation: Path, key: bytes) -> None:
    """The passwords stay those of today, if they open the same data: who left in between does not come back."""
    with contextlib.suppress(Damaged):
        current = keys.path(folder)
        if keys.belongs(current, key):
            shutil.copyfile(current, generation / keys.NAME)


def _upgrade_and_check(generation: Path, key: bytes) -> int:
    """Bring a backup of an older program up to date and ask it everything; gives how many papers are missing."""
    data = db.connection(generation / db.DATA, key, write=True)
    files = db.connection(generation / db.FILES, key, write=True)
    try:
        runner.check(data)
        runner.run(data, files)
        guards.install(data, files)
        soundness.insist(soundness.data_file(data))
        found = [one for one in soundness.files_file(data, files) if one.code == "stored_file_missing"]
        return int(str(found[0].values["count"])) if found else 0
    finally:
        data.close()
        files.close()


def _log(
    folder: Path, generation: Path, key: bytes, login: str, chosen: Backup, missing: int, known: Mapping[str, int],
) -> tuple[Skipped, ...]:  # fmt: skip
    """Let the restored log go on with this restore, and tell the anchor that it was meant; gives what was skipped."""
    db.open_databases(generation, key)
    anchor_file = folder / anchor.NAME
    try:
        actor = data_folder.user_of(login)
        require(actor, "restore")
        details = {"made_at": chosen.made_at, "back_to": chosen.last_seq, "last_receipt": chosen.last_receipt,
                   "papers_missing": missing}  # fmt: skip
        anchor_key = anchor.key_of(database)
        lines, false = anchor.read(anchor_file, anchor_key)
        with unit_of_work():
            skipped = skipped_numbers.skip(skipped_numbers.highest(known, skipped_numbers.of_anchor(lines)))
            details["skipped"] = skipped_numbers.as_details(skipped)
            operation_log.record(actor, "restore", "backup", details=details)
        db.checkpoint()
        seq, mac = database.execute_sql("SELECT seq, mac FROM operation_log ORDER BY seq DESC LIMIT 1").fetchone()
        counters = operation_log.counters_of_this_year()
    finally:
        db.close_databases()
    if false and not lines and anchor_file.exists():  # of a centre that was here before
        anchor_file.replace(folder / f"anchor-{clock.now():%Y%m%dT%H%M%S}.log")
    anchor.append(anchor_file, anchor_key, seq, bytes(mac), clock.stamp(), "R", counters)
    return skipped


def _is_practice(generation: Path, key: bytes) -> bool:
    data = db.connection(generation / db.DATA, key)
    try:
        row = data.execute("SELECT value FROM centre_setting WHERE name = 'practice'").fetchone()
    finally:
        data.close()
    return bool(row) and row[0] == "1"
