"""Verifying a backup as a stranger would open it: in a child process that gets nothing but the path and the key.

reliability.md, decision 10. The key goes through a pipe, never on a command line or into a file.
"""

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path

from app.errors import Damaged
from app.models.database import DATA, FILES, connection
from app.process import backup_file, keys, soundness

LONGEST = 20 * 60  # seconds


def verify(path: Path, key: bytes, *, wait: Callable[[], None] = lambda: None) -> None:
    """Open the backup in a child process and ask it everything. Raises Damaged with what it found.

    `wait` is called several times a second; what it raises ends the child.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_child, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    try:
        ours.send((str(path), key))
        answer = _answer(ours, wait)
    except (EOFError, OSError) as error:
        raise Damaged("backup_check_failed", name=path.name) from error
    finally:
        ours.close()
        child.join(0.5)
        if child.is_alive():
            child.kill()
            child.join()
        child.close()
    if answer is not None:
        code, values = answer
        raise Damaged(code, **{"name": path.name, **values})


def _answer(pipe: Connection, wait: Callable[[], None]) -> tuple[str, dict[str, object]] | None:
    end = time.monotonic() + LONGEST
    while not pipe.poll(0.1):
        wait()
        if time.monotonic() > end:
            raise EOFError
    answer: tuple[str, dict[str, object]] | None = pipe.recv()
    return answer


def _child(pipe: Connection) -> None:
    if hasattr(os, "nice"):
        os.nice(5)  # the window goes first
    path, key = pipe.recv()
    try:
        inspect(Path(path), key)
        pipe.send(None)
    except Damaged as damaged:
        pipe.send((damaged.code, damaged.values))
    finally:
        pipe.close()
        sys.stderr.flush()


def inspect(path: Path, key: bytes) -> None:
    """Unpack a backup beside itself, open it and ask it everything. Raises Damaged; run it in a child process."""
    expected = backup_file.check_signature(path, key)
    with tempfile.TemporaryDirectory(prefix=".check-", dir=path.parent) as scratch:
        folder = Path(scratch)
        backup_file.extract(path, folder)
        if not keys.belongs(folder / keys.NAME, key):
            raise Damaged("backup_false", name=path.name)
        data = connection(folder / DATA, key)
        try:
            soundness.insist(soundness.data_file(data))
            if asdict(soundness.facts(data)) != asdict(expected):
                raise Damaged("backup_differs", name=path.name)
            _papers_are_there(path, key, data)
        finally:
            data.close()


def _papers_are_there(path: Path, key: bytes, data: object) -> None:
    """Every paper of this backup is in the files.db beside it."""
    files = connection(backup_file.beside(path), key)
    try:
        soundness.insist(soundness.pages(files, FILES))
        wanted = {row[0] for row in data.execute("SELECT sha256 FROM paper")}  # type: ignore[attr-defined]
        missing = wanted - {row[0] for row in files.execute("SELECT sha256 FROM stored_file")}
        if missing:
            raise Damaged("stored_file_missing", digest=min(missing)[:12], count=len(missing))
    finally:
        files.close()
