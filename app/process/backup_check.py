"""Verifying a backup as a stranger would open it: in a child process that gets nothing but the path and the key.

reliability.md, decision 10. The key goes through a pipe, never on a command line or into a file.
"""

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.errors import Damaged
from app.models.database import DATA, FILES, connection
from app.process import apart, backup_file, keys, soundness


def verify(path: Path, key: bytes, *, wait: Callable[[], None] = lambda: None) -> None:
    """Open the backup in a child process and ask it everything. Raises Damaged with what it found.

    `wait` is called several times a second; what it raises ends the child.
    """
    try:
        apart.run(inspect, path, key, wait=wait)
    except ChildProcessError as error:
        raise Damaged("backup_check_failed", name=path.name) from error


def inspect(path: Path, key: bytes) -> None:
    """Unpack a backup beside itself, open it and ask it everything. Raises Damaged; run it in a child process."""
    expected = backup_file.check_signature(path, key)
    with tempfile.TemporaryDirectory(prefix=".check-", dir=path.parent) as scratch:
        folder = Path(scratch)
        backup_file.extract(path, folder)
        if not keys.belongs(folder / keys.NAME, key):
            raise Damaged("backup_false", name=path.name)
        with closing(connection(folder / DATA, key, roomy=True)) as data:
            soundness.insist(soundness.data_file(data))
            if asdict(soundness.facts(data)) != asdict(expected):
                raise Damaged("backup_differs", name=path.name)
            _papers_are_there(path, key, data)


def _papers_are_there(path: Path, key: bytes, data: Any) -> None:  # noqa: ANN401 - raw connection
    """Every paper, scan and picture of this backup is in the files.db beside it."""
    with closing(connection(backup_file.beside(path), key)) as files:
        soundness.insist(soundness.pages(files, FILES))
        known = {digest for (digest,) in files.execute("SELECT sha256 FROM stored_file")}
        wanted = soundness.wanted_files(data)
        missing = {number or digest[:12] for digest, number in wanted.items() if digest not in known}
        if missing:
            raise Damaged("stored_file_missing", name=min(missing), count=len(missing))
