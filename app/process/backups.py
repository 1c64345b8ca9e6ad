"""Backups: made by hand, on exit and before an upgrade or a restore, verified by opening them, rotated by one rule.

reliability.md 2.7 and decision 10. `make` runs in any thread, with its own connections. Restoring is in restoring.py.
"""

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import Damaged, Refused
from app.models import database as db
from app.models.database import database, unit_of_work
from app.process import (
    backup_check,
    backup_file,
    clock,
    disk,
    keys,
    left_pictures,
    opened,
    operation_log,
    paper_store,
    pointer,
    rotation,
    soundness,
)
from app.process.actor import Actor, require
from app.process.backup_file import SUFFIX, Backup

__all__ = [
    "Backup", "last_made", "listing", "look", "make", "make_of", "may_make", "needed", "note_made", "place", "rotate",
]  # fmt: skip

FOLDER = "backups"
_STAGES = 5
_one_at_a_time = threading.Lock()  # one by hand may still run when the program ends
_PASSING = frozenset({"sign_in", "sign_out", "lock", "backup"})  # entries that alone make no new backup worth while

Progress = Callable[[int, int], None]


def make(reason: str, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> Backup:
    """Make a verified backup of the open data folder, and give it; in a thread of its own or not.

    A copy goes to the second folder if one is set. `progress(done, total)` may raise to stop; so does `cancelled()`.
    Raises Damaged (what the verification found; then nothing older is removed), Refused disk_full, backup_cancelled.
    """
    return make_of(opened.folder(), opened.key(), reason, progress=progress, cancelled=cancelled)


def make_of(
    folder: Path, key: bytes, reason: str, *, progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Backup:  # fmt: skip
    """As `make`, of any data folder, open or not. Raises Refused backup_cancelled too, once `cancelled` says so."""
    reached = 0

    def wait() -> None:
        if cancelled and cancelled():
            raise Refused("backup_cancelled")
        if progress:  # again and again, for it may raise to stop
            progress(reached, _STAGES)

    def stage(done: int) -> None:
        nonlocal reached
        reached = done
        wait()

    target = place(folder)
    target.mkdir(mode=0o700, exist_ok=True)
    with _one_at_a_time, _told(target):
        _sweep(target)
        try:
            made = _make(folder, target, key, reason, stage, wait)
        finally:
            _sweep(target)  # what a verifying child that was stopped left behind
        made = replace(made, second=_copy_to_second(folder, made.path, key, wait))
        stage(_STAGES)
        rotate(target, key)
        if reason not in ("before_upgrade", "before_restore"):
            pointer.remove_others(folder)
        if reason == "exit":
            left_pictures.sweep(pointer.current(folder), key)
    return made


def _make(
    folder: Path, target: Path, key: bytes, reason: str, stage: Callable[[int], None], wait: Callable[[], None],
) -> Backup:  # fmt: skip
    generation, at = pointer.current(folder), clock.now()
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target) as scratch:
        stage(0)
        copy = Path(scratch, db.DATA)
        copy_database(generation / db.DATA, copy, key)
        stage(1)
        paper_store.grow(generation / db.FILES, target / db.FILES, key, wait=wait)
        stage(2)
        bundle = target / f".new-{os.getpid()}{SUFFIX}"
        try:
            facts, made_at = _facts_of(copy, key), at.isoformat(timespec="seconds")
            backup_file.write(bundle, copy, generation / keys.NAME, key, facts, made_at, reason)
            copy.unlink()
            stage(3)
            backup_check.verify(bundle, key, wait=wait)
            stage(4)
            path = _free_name(target, at)
            disk.replace(bundle, path)
        finally:
            bundle.unlink(missing_ok=True)
    return backup_file.describe(path)


def copy_database(source: Path, target: Path, key: bytes) -> None:
    """Copy a database, live or not, by the backup API in one step, under the same key and a fresh salt.

    Step by step it would never end while the program writes (reliability.md, finding 11).
    """
    db.empty_wal(source, key)
    out = db.connection(source, key)
    into = db.connection(target, key, write=True)
    try:
        soundness.insist(soundness.whole_pages(out, source.name))  # a damaged one would be copied as an empty one
        out.backup(into, pages=-1)
        db.without_wal(into)
    finally:
        into.close()
        out.close()
    disk.sync_file(target)


def _facts_of(path: Path, key: bytes) -> soundness.Facts:
    data = db.connection(path, key)
    try:
        return soundness.facts(data)
    finally:
        data.close()


# where they lie -----------------------------------------------------------------------------------------------------


def place(folder: Path) -> Path:
    """Where the backups of a data folder lie."""
    return folder / FOLDER


def listing(folder: Path) -> tuple[Backup, ...]:
    """The backups of a data folder, or those in any folder that holds some (a stick), newest first. Needs no key."""
    where = place(folder) if place(folder).is_dir() else folder
    return tuple(backup_file.describe(path) for path in _files(where))


def look(path: Path) -> Backup:
    """What is in a backup file. Raises Damaged backup_damaged when it does not read well."""
    backup_file.manifest_of(path)
    return backup_file.describe(path)


def last_made(folder: Path) -> str:
    """When the newest backup was made, as ISO text, or "". Reads names only.

    A time that is still to come is not believed: the clock was wrong then, and nothing would be overdue until that day.
    """
    times = (backup_file.made_at(path.name) for path in _files(place(folder)))
    return next((time for time in times if time <= clock.stamp()), "")


def needed() -> bool:
    """Whether something was done since the newest backup (signing in and out alone does not count)."""
    newest = next((backup_file.describe(path) for path in _files(place(opened.folder()))), None)
    if newest is None or not newest.verified:
        return True
    marks = ",".join("?" * len(_PASSING))
    return bool(
        database.execute_sql(
            f"SELECT 1 FROM operation_log WHERE seq > ? AND action NOT IN ({marks}) LIMIT 1",  # noqa: S608 - marks only
            (newest.last_seq, *sorted(_PASSING)),
        ).fetchone(),
    )


def may_make(actor: Actor) -> None:
    """Ask before a backup by hand is started. Raises Refused no_right."""
    require(actor, "backup")


def note_made(actor: Actor, backup: Backup) -> None:
    """Log a backup that was made by hand, on the main thread, after `make` came back. Needs the right backup."""
    with unit_of_work():
        require(actor, "backup")
        details = {"name": backup.path.name, "reason": backup.reason, "second": backup.second}
        operation_log.record(actor, "backup", "backup", details=details)


def rotate(target: Path, key: bytes) -> None:
    """Remove what the rule no longer keeps of the backups of this data key.

    What does not read well, or is of another centre, is left alone.
    """
    found = [backup_file.describe(path) for path in _files(target) if _is_ours(path, key)]
    verified = {datetime.fromisoformat(one.made_at): one.path for one in found if one.verified}
    keep = rotation.kept(verified, clock.now())
    for time, path in verified.items():
        if time not in keep:
            path.unlink(missing_ok=True)


def _is_ours(path: Path, key: bytes) -> bool:
    try:
        backup_file.check_signature(path, key)
    except Damaged:
        return False
    return True


def _files(target: Path) -> list[Path]:
    found = [path for path in target.glob(f"*{SUFFIX}") if backup_file.made_at(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def _free_name(target: Path, at: datetime) -> Path:
    """A name by the time; a second backup in the same second gets the next letter, which sorts behind it."""
    stem = f"{at:%Y-%m-%dT%H%M%S}"
    names = [f"{stem}{letter}{SUFFIX}" for letter in ("", *"abcdefghijklmnopqrstuvwxyz")]
    return next(target / name for name in names if not (target / name).exists())


def _sweep(target: Path) -> None:
    """Remove what an attempt that was killed left behind."""
    for left in (*target.glob(".new-*"), *target.glob(".check-*")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


# the second folder --------------------------------------------------------------------------------------------------


def _copy_to_second(folder: Path, path: Path, key: bytes, wait: Callable[[], None]) -> str:
    """Copy a verified backup to the second folder and read it back; never a reason for the first one to fail."""
    second = _second_folder(folder, key)
    if second is None:
        return ""
    if not second.is_dir():
        return "second_missing"
    temporary = second / f".new-{path.name}"
    try:
        for left in second.glob(f".new-*{SUFFIX}"):  # of an attempt that was cut off
            left.unlink(missing_ok=True)
        shutil.copyfile(path, temporary)
        disk.sync_file(temporary)
        if backup_file.digest(temporary) != backup_file.digest(path):
            return "second_failed"
        paper_store.grow(pointer.current(folder) / db.FILES, second / db.FILES, key, wait=wait)
        disk.replace(temporary, second / path.name)
        rotate(second, key)
    except (OSError, Damaged, db.DatabaseError):
        return "second_failed"
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return "copied"


def _second_folder(folder: Path, key: bytes) -> Path | None:
    data = db.connection(pointer.current(folder) / db.DATA, key)
    try:
        row = data.execute("SELECT value FROM centre_setting WHERE name = 'second_backup'").fetchone()
    finally:
        data.close()
    return Path(row[0]) if row and row[0] else None


@contextlib.contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn a full disk, or what a damaged page makes the library say, into a sentence."""
    try:
        yield
    except (Refused, Damaged):
        raise
    except Exception as error:
        told = db.trouble(error, target / db.DATA)
        if told is None:
            raise
        raise told from error
