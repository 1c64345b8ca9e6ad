"""Carrying stored papers from one files.db into another: a backup's grows by the rows it lacks. reliability.md 2.9."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import Damaged
from app.models import database as db
from app.models import guards
from app.models.upgrades import runner


def grow(source: Path, target: Path, key: bytes, *, wait: Callable[[], None] = lambda: None) -> int:
    """Add to `target` every stored paper of `source` that it lacks, in one transaction, and give how many.

    A target that is missing is made. What is copied is compared with its hash. Raises Damaged.
    """
    fresh = not target.exists()
    into = db.connection(target, key, write=True)
    try:
        db.without_wal(into, careful=True)
        if fresh or runner.version(into) == 0:
            runner.run_files(into)
            guards.install_files(into)
        return _add_missing(source, into, key, wait)
    finally:
        into.close()


def _add_missing(source: Path, into: Any, key: bytes, wait: Callable[[], None]) -> int:  # noqa: ANN401 - raw connection
    out = db.connection(source, key)
    try:
        have = {row[0] for row in into.execute("SELECT sha256 FROM stored_file")}
        lacking = [row[0] for row in out.execute("SELECT sha256 FROM stored_file") if row[0] not in have]
        into.execute("BEGIN IMMEDIATE")
        for digest in lacking:
            wait()
            row = out.execute("SELECT * FROM stored_file WHERE sha256 = ?", (digest,)).fetchone()
            _compare(digest, row[-1])
            into.execute(f"INSERT INTO stored_file VALUES ({','.join('?' * len(row))})", row)  # noqa: S608 - marks only
        into.execute("COMMIT")
        return len(lacking)
    except BaseException:
        if into.in_transaction:
            into.execute("ROLLBACK")
        raise
    finally:
        out.close()


def _compare(digest: str, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != digest:
        raise Damaged("stored_file_changed", name=digest[:12], count=1)
