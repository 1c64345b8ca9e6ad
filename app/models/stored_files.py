"""The bytes of papers, scans and pictures in files.db, under their SHA-256. reliability.md, decision 1."""

import hashlib
from datetime import datetime

from app.errors import Damaged
from app.models.database import files


def store(kind: str, content: bytes, at: datetime) -> str:
    """Commit the bytes to files.db, unless they are there, and return their SHA-256 in hex.

    Do this before the row that names them is committed to data.db: an orphan is harmless, a dangling name is not.
    """
    digest = hashlib.sha256(content).hexdigest()
    files.execute_sql(
        "INSERT INTO stored_file (sha256, kind, size, stored_at, content) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO NOTHING",
        (digest, kind, len(content), at.isoformat(timespec="seconds"), content),
    )
    return digest


def content(digest: str, *, kind: str = "") -> bytes:
    """Read the bytes and compare their hash; with `kind` only those of that kind are there.

    Raises Damaged stored_file_missing or stored_file_changed.
    """
    row = files.execute_sql(
        "SELECT content FROM stored_file WHERE sha256 = :digest AND :kind IN ('', kind)",
        {"digest": digest, "kind": kind},
    ).fetchone()
    if row is None:
        raise Damaged("stored_file_missing", name=digest[:12], count=1)
    found = bytes(row[0])
    if hashlib.sha256(found).hexdigest() != digest:
        raise Damaged("stored_file_changed", name=digest[:12], count=1)
    return found
