"""The check of a whole data folder, as `python -m app check` and the background check after signing in run it.

It opens everything with connections of its own, in any thread, and gives findings; the sentences are in
ui/sentences/safety.py. Damage is found by asking, never by waiting for an error (reliability.md, finding 6).
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from app.errors import Damaged
from app.models import database as db
from app.models.upgrades import runner
from app.process import anchor, apart, backup_check, backups, clock, keys, pointer, soundness
from app.process.findings import DAMAGE, INFO, WARNING, Finding

BACKUP_OLD_DAYS = 7
DISK_LOW_MB = 500
FILES_LARGE = 2 << 30
_NOTHING_MORE = ("pages_damaged", "structure_damaged", "tables_changed", "data_file_damaged")  # can be asked then


def check_apart(folder: Path, key: bytes, *, wait: Callable[[], None] = lambda: None) -> tuple[Finding, ...]:
    """As `check`, in a child process, so that the window stays quick: for the look beside the first page.

    Blocks: call it in a thread. `wait` is called several times a second; what it raises ends the check.
    """
    try:
        return apart.run(_check_here, folder, key, wait=wait)
    except ChildProcessError:
        return (Finding("check_failed", WARNING, {}),)


def _check_here(folder: Path, key: bytes) -> tuple[Finding, ...]:
    return check(folder, key, verify=backup_check.inspect)


def check(
    folder: Path, key: bytes, *, backup: bool = True, verify: Callable[[Path, bytes], None] = backup_check.verify,
) -> tuple[Finding, ...]:  # fmt: skip
    """Ask a data folder everything, open or not; damage first. `backup=False` leaves the newest backup unopened."""
    found: list[Finding] = []
    try:
        generation = pointer.current(folder)
        found += _keys(generation, key)
        found += _databases(folder, generation, key)
    except Damaged as damaged:
        found.append(_told(damaged))
    if backup:
        found += _backups(folder, key, verify)
    found += _room(folder)
    order = (DAMAGE, WARNING, INFO)
    return tuple(sorted(found, key=lambda finding: order.index(finding.strength)))


def _databases(folder: Path, generation: Path, key: bytes) -> Iterator[Finding]:
    with contextlib.closing(_open(generation / db.DATA, key)) as data:
        try:
            runner.check(data)
            found = list(soundness.data_file(data))
            yield from found
            if not any(finding.code in _NOTHING_MORE for finding in found):
                yield from _anchor(folder, data)
                yield from _slots(generation, data)
                yield from _recovery_key(generation, data)
                with contextlib.closing(_open(generation / db.FILES, key)) as files:
                    yield from soundness.files_file(data, files)
        except Damaged as damaged:
            yield _told(damaged)
        except db.DatabaseError:
            yield Finding("data_file_damaged", DAMAGE, {"name": db.DATA})
        except Exception as error:  # noqa: BLE001 - damage that nobody thought of; its text may name somebody
            yield Finding("check_stopped", DAMAGE, {"kind": type(error).__name__})


def _open(path: Path, key: bytes) -> Any:  # noqa: ANN401 - raw connection
    """Open after a truncating checkpoint, without which the page check can give false alarms (finding 6)."""
    if path.exists():
        db.empty_wal(path, key)
    return db.connection(path, key, roomy=True)


def _anchor(folder: Path, data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    trouble, seq = anchor.compare(folder / anchor.NAME, data.execute)
    if trouble:
        yield Finding(trouble, DAMAGE, {"seq": seq})


def _keys(generation: Path, key: bytes) -> Iterator[Finding]:
    try:
        if not keys.belongs(generation / keys.NAME, key):
            yield Finding("keys_of_other_data", DAMAGE, {})
    except Damaged as damaged:
        yield _told(damaged)


def _slots(generation: Path, data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """Everybody who may sign in has a slot, and nobody else."""
    try:
        slots = {slot["login"].casefold() for slot in keys.read(generation / keys.NAME)["slots"]} - {keys.RECOVERY}
    except Damaged:
        return  # told by _keys
    active = {login.casefold() for (login,) in data.execute("SELECT login FROM user WHERE active = 1")}
    for login in sorted(active - slots):
        yield Finding("user_without_slot", WARNING, {"login": login})
    for login in sorted(slots - active):
        yield Finding("slot_without_user", INFO, {"login": login})


def _recovery_key(generation: Path, data: Any) -> Iterator[Finding]:  # noqa: ANN401 - as above
    """The recovery key that opens is the one that the log last told of: a cut can come between the two.

    After a restore nothing is asked: the log is then that of the backup, the keys may be those of today.
    """
    told = data.execute(
        "SELECT json_extract(details, '$.slot') FROM operation_log WHERE action = 'new_recovery_key'"
        " AND seq > (SELECT coalesce(max(seq), 0) FROM operation_log WHERE action = 'restore')"
        " ORDER BY seq DESC LIMIT 1",
    ).fetchone()
    if told and told[0]:
        with contextlib.suppress(Damaged):  # told by _keys
            if keys.recovery_mark(generation / keys.NAME) != told[0]:
                yield Finding("recovery_key_not_replaced", WARNING, {})


def _backups(folder: Path, key: bytes, verify: Callable[[Path, bytes], None]) -> Iterator[Finding]:
    """How old the newest backup is, and whether it opens. One with a time still to come (wrong clock) is no newest."""
    made = [one for one in backups.listing(folder) if one.path.parent == backups.place(folder)]
    if not made:
        yield Finding("backup_missing", WARNING, {})
        return
    now = clock.now()
    believed = [one for one in made if datetime.fromisoformat(one.made_at) <= now]
    if len(believed) < len(made):
        yield Finding("backup_from_the_future", WARNING, {"name": made[0].path.name, "made_at": made[0].made_at})
    newest = (believed or made)[0]
    days = (now - datetime.fromisoformat(newest.made_at)).days
    if days >= BACKUP_OLD_DAYS:
        yield Finding("backup_old", WARNING, {"days": days, "made_at": newest.made_at})
    try:
        verify(newest.path, key)
    except Damaged as damaged:
        yield Finding("backup_unsound", DAMAGE, {"name": newest.path.name, "code": damaged.code})


def _room(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < DISK_LOW_MB:
        yield Finding("disk_low", WARNING, {"free_mb": free})
    for files in folder.glob(f"gen-*/{db.FILES}"):
        if files.stat().st_size > FILES_LARGE:
            yield Finding("files_large", WARNING, {"gigabytes": round(files.stat().st_size / (1 << 30), 1)})


def _told(damaged: Damaged) -> Finding:
    return Finding(damaged.code, DAMAGE, damaged.values)
