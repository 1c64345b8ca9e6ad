"""What kind of file the bytes are, whatever its name says, and what is refused before anything is read out of it."""

import zipfile
from io import BytesIO
from typing import Literal

from app.errors import Refused

Kind = Literal["workbook", "old_workbook", "text"]

MOST_BYTES = 20_000_000
_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 64_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how a workbook with a password names its content
_OTHER_KINDS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"SQLite format",
    b"MZ", b"\x7fELF", b"<?xml", b"<html", b"<!doctype", b"<table",
)  # fmt: skip


def kind(content: bytes) -> Kind:
    """Tell the kind by the content.

    Raises Refused file_too_big, file_empty, file_encrypted, file_is_no_table.
    """
    if len(content) > MOST_BYTES:
        raise Refused("file_too_big", megabytes=MOST_BYTES // 1_000_000)
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise Refused("file_empty")
    if content.startswith(b"PK"):
        _guard_zip(content)
        return "workbook"
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Refused("file_encrypted")
        return "old_workbook"
    if content.lstrip()[:16].lower().startswith(tuple(one.lower() for one in _OTHER_KINDS)):
        raise Refused("file_is_no_table")
    return "text"


def _guard_zip(content: bytes) -> None:
    """Stop bombs: too many members, too much inside. A member that lies about its size fails the test of its sum."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as bundle:
            trouble = _trouble(bundle)
    except Exception as error:  # ten kinds of them are known (reliability.md 1.8)
        raise Refused("file_unreadable") from error
    if trouble:
        raise trouble


def _trouble(bundle: zipfile.ZipFile) -> Refused | None:
    members = bundle.infolist()
    if len(members) > _MOST_MEMBERS or any(_bad_path(one.filename) for one in members):
        return Refused("file_unreadable")
    if any(one.flag_bits & 1 for one in members):
        return Refused("file_encrypted")
    if "xl/workbook.xml" not in {one.filename.lower() for one in members}:
        return Refused("file_is_no_table")
    if sum(one.file_size for one in members) > _MOST_UNPACKED:
        return Refused("file_too_big", megabytes=MOST_BYTES // 1_000_000)
    return Refused("file_unreadable") if bundle.testzip() else None


def _bad_path(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name
