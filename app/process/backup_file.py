"""A backup file (.bak): one stored zip with data.db, keys.json and a signed manifest.json. reliability.md 2.1 and 2.7.

Stored papers are not in it: they only grow, so one files.db beside the backups holds those of all of them.
"""

import hashlib
import hmac
import json
import os
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.errors import Damaged
from app.models.database import DATA, FILES
from app.process import disk, keys
from app.process.soundness import Facts

SUFFIX = ".bak"
MANIFEST = "manifest.json"
_MEMBERS = frozenset({DATA, keys.NAME, MANIFEST})
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Backup:
    """A backup as a list shows it. `verified`: it was opened and compared before it got its name, and reads well."""

    path: Path
    made_at: str
    students: int
    last_receipt: str
    size: int
    verified: bool
    reason: str = ""
    last_seq: int = 0
    second: str = ""  # of the copy in the second folder: "", "copied", "second_missing" or "second_failed"


def write(target: Path, data: Path, keys_file: Path, key: bytes, content: Facts, made_at: str, reason: str) -> None:
    """Write the zip and force it to the disk. Everything is encrypted or harmless; nothing is compressed."""
    manifest: dict[str, Any] = {
        "format": 1, "made_at": made_at, "reason": reason, "facts": asdict(content),
        "sha256": {DATA: digest(data), keys.NAME: digest(keys_file)},
    }  # fmt: skip
    manifest["mac"] = _mac(key, manifest)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bundle:
        bundle.write(data, DATA)
        bundle.write(keys_file, keys.NAME)
        bundle.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    disk.sync_file(target)


def manifest_of(path: Path) -> dict[str, Any]:
    """The manifest, unproved: enough to show a list before any key is there. Raises Damaged backup_damaged."""
    try:
        with zipfile.ZipFile(path) as bundle:
            if set(bundle.namelist()) != _MEMBERS:
                raise Damaged("backup_damaged", name=path.name)
            manifest = json.loads(bundle.read(MANIFEST))
            Facts(**manifest["facts"])
            datetime.fromisoformat(manifest["made_at"])
            str(manifest["reason"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise Damaged("backup_damaged", name=path.name) from error
    return dict(manifest)


def describe(path: Path) -> Backup:
    """What a list shows of a backup file; a file that does not read well is shown as not verified."""
    size = path.stat().st_size
    try:
        manifest = manifest_of(path)
    except Damaged:
        return Backup(path, made_at(path.name), 0, "", size, verified=False)
    content = Facts(**manifest["facts"])
    return Backup(
        path, str(manifest["made_at"]), content.counts.get("student", 0), content.last_receipt, size, verified=True,
        reason=str(manifest["reason"]), last_seq=content.last_seq,
    )  # fmt: skip


def extract(path: Path, folder: Path, *, only: str = "") -> None:
    """Unpack data.db and keys.json (or one of them) into a folder that exists and compare hashes. Raises Damaged."""
    manifest = manifest_of(path)
    try:
        with zipfile.ZipFile(path) as bundle:
            for name in (DATA, keys.NAME):
                if only in ("", name):
                    _copy_member(bundle, name, folder / name, manifest["sha256"][name])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise Damaged("backup_damaged", name=path.name) from error


def check_signature(path: Path, key: bytes) -> Facts:
    """The facts of a manifest that bears the signature of this data key. Raises Damaged backup_false."""
    manifest = manifest_of(path)
    given = str(manifest.pop("mac", ""))
    if not hmac.compare_digest(_mac(key, manifest).encode(), given.encode()):
        raise Damaged("backup_false", name=path.name)
    return Facts(**manifest["facts"])


def made_at(name: str) -> str:
    """The time in a name like 2026-11-23T180005.bak, as ISO text; "" when there is none."""
    day, _, time = name.removesuffix(SUFFIX).partition("T")
    clock_time = time[:6]
    if len(day) != 10 or len(clock_time) != 6 or not clock_time.isdigit():
        return ""
    return f"{day}T{clock_time[:2]}:{clock_time[2:4]}:{clock_time[4:]}"


def digest(path: Path) -> str:
    """SHA-256 of a file that nobody has open, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def beside(path: Path) -> Path:
    """The files.db that goes with a backup file."""
    return path.parent / FILES


def _copy_member(bundle: zipfile.ZipFile, name: str, target: Path, expected: str) -> None:
    running = hashlib.sha256()
    with bundle.open(name) as source, target.open("wb") as file:
        while block := source.read(_CHUNK):
            running.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if running.hexdigest() != expected:
        raise Damaged("backup_damaged", name=name)


def _mac(key: bytes, manifest: dict[str, Any]) -> str:
    sub_key = hmac.digest(key, b"antuo backup manifest", "sha256")
    plain = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(sub_key, plain.encode(), "sha256").hex()
