"""Bringing a data folder of an older program up to date. architecture.md, The schema; reliability.md 2.8.

A verified backup first; then copies by the backup API in a new generation, one transaction a step, the guards, a look
at everything, and the pointer last. The rollback is the old generation, which stays until the next verified backup.
"""

import shutil
from pathlib import Path

from app.errors import Damaged
from app.models import database as db
from app.models import guards
from app.models.upgrades import runner
from app.process import backups, keys, pointer, soundness


def upgrade(folder: Path, key: bytes) -> Path:
    """Upgrade a closed data folder and give its new generation. Raises Damaged upgrade_failed and what checks find."""
    old = pointer.current(folder)
    backups.make_of(folder, key, "before_upgrade")
    generation = pointer.new_generation(folder)
    try:
        for name in (db.DATA, db.FILES):
            backups.copy_database(old / name, generation / name, key)
        shutil.copyfile(old / keys.NAME, generation / keys.NAME)
        _run(generation, key)
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    pointer.point(folder, generation, practice=pointer.is_practice(folder))
    return generation


def _run(generation: Path, key: bytes) -> None:
    data = db.connection(generation / db.DATA, key, write=True)
    files = db.connection(generation / db.FILES, key, write=True)
    try:
        before = _kept(data)
        runner.run(data, files)
        guards.install(data, files)
        soundness.insist(soundness.data_file(data))
        soundness.insist(soundness.pages(files, db.FILES))
        if _kept(data) != before:
            raise Damaged("upgrade_failed", schema=runner.newest())
    finally:
        data.close()
        files.close()


def _kept(data: object) -> tuple[int, ...]:
    """What no step may change: number of students, receipts and ledger rows, the ledger's sum, the end of the log."""
    row = data.execute(  # type: ignore[attr-defined]
        "SELECT (SELECT count(*) FROM student), (SELECT count(*) FROM receipt), (SELECT count(*) FROM ledger),"
        " (SELECT coalesce(sum(fen), 0) FROM ledger), (SELECT coalesce(max(seq), 0) FROM operation_log)",
    ).fetchone()
    return tuple(int(value) for value in row)
