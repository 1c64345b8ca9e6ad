"""Writing small files so that a kill or a power cut leaves the old or the new one, never a mixture."""

import errno
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

from app.errors import Damaged, Refused

_RETRIES = 10  # on Windows a virus scanner may hold the file for a moment


def write_json(path: Path, value: object) -> None:
    """Replace the file by the JSON of `value`: temporary file, fsync, replace, fsync of the folder.

    Raises Refused disk_full(free_mb); the old file is then still there.
    """
    temporary = path.with_name(f"{path.name}.new")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise Refused("disk_full", free_mb=shutil.disk_usage(path.parent).free // 1_000_000) from error
        raise
    replace(temporary, path)


def read_json(path: Path, code: str) -> dict[str, Any]:
    """Read a JSON object. Raises Damaged(code) when the file is missing or is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(code, name=path.name) from error
    if not isinstance(value, dict):
        raise Damaged(code, name=path.name)
    return value


def replace(source: Path, target: Path) -> None:
    """Rename over the target and make the name durable. Windows refuses while another program looks: try again."""
    for attempt in range(_RETRIES):
        try:
            source.replace(target)
            break
        except PermissionError:
            if attempt == _RETRIES - 1:
                raise
            time.sleep(0.05 * (attempt + 1))
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Force what was written to a closed file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk (not needed, and not possible, on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
