"""anchor.log: the end of the operation log's chain, kept outside the database. reliability.md 2.6.

One line each: kind, number of the log row, first 16 hex of its mac, time, how far the running numbers went (so that a
restore gives none out again), and an HMAC of all that under the anchor key, which lies in the database.
Kind A is an ordinary anchor. Kind R says that a backup was restored and that the log went on with this row: what
earlier lines say is then no longer expected.
"""

import hmac
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from app.errors import Damaged

ANCHOR_KEY = "anchor_key"  # name of the row in `secret`
NAME = "anchor.log"
SIGNATURE_LENGTH = 32
TAIL = 16 * 1024  # bytes read from the end: some 100 lines


class Line(NamedTuple):
    """One line that could be read and whose signature is right."""

    kind: str
    seq: int
    mac: str
    at: str
    counters: str = ""  # receipt-2026=12,sheet-2026=9; "" in a line of an older program


def path_beside(data_file: object) -> Path:
    """Where the anchor of a data.db lies: in the data folder, one above its generation."""
    return Path(str(data_file)).parent.parent / NAME


def secret(run: Callable[..., Any], name: str) -> bytes:
    """One of the random keys that lie in the database. Raises Damaged secret_missing when somebody took it away."""
    row = run("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise Damaged("secret_missing")
    return bytes(row[0])


def key_of(connection: Any) -> bytes:  # noqa: ANN401 - peewee's database
    """The anchor key of an open database."""
    return secret(connection.execute_sql, ANCHOR_KEY)


def append(
    path: Path, key: bytes, seq: int, mac: bytes, at: str, kind: str = "A", counters: Mapping[str, int] | None = None,
) -> None:  # fmt: skip
    """Append one signed line and force it to the disk. `counters`: how far the numbers of this year went."""
    words = [kind, str(seq), mac.hex()[:16], at]
    if counters:
        words.append(",".join(f"{name}={value}" for name, value in sorted(counters.items())))
    body = " ".join(words)
    line = f"{body} {_signature(key, body)}\n".encode()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        if end:
            os.lseek(handle, end - 1, os.SEEK_SET)
            torn = os.read(handle, 1) != b"\n"  # a power cut can tear the last line; the next one starts afresh
            line = b"\n" + line if torn else line
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)


def compare(path: Path, run: Callable[..., Any]) -> tuple[str, int | None]:
    """Compare the newest lines with the log rows that `run` (an execute) reads; ("", None) when all is well.

    Codes: anchor_missing (no line could be read although the log has rows), anchor_false (a line whose signature is
    wrong), log_end_missing (the log ends before the anchor), log_other_history (a row is not the anchored one).
    """
    key = secret(run, ANCHOR_KEY)
    lines, false = read(path, key)
    if false:
        return "anchor_false", None
    if not lines:
        return "anchor_missing", None
    for line in reversed(lines):
        row = run("SELECT mac FROM operation_log WHERE seq = ?", (line.seq,)).fetchone()
        same = row is not None and bytes(row[0]).hex()[:16] == line.mac
        if line.kind == "R":
            if same:
                break
            continue  # a restore that was cut off before the pointer changed: what stood before it still holds
        if not same:
            return ("log_end_missing" if row is None else "log_other_history"), line.seq
    return "", None


def counters_in(line: Line) -> dict[str, int]:
    """How far the running numbers went by this line."""
    pairs = (part.rpartition("=") for part in line.counters.split(",") if part)
    return {name: int(value) for name, _, value in pairs}


def read(path: Path, key: bytes) -> tuple[list[Line], int]:
    """The newest lines in order, and how many whole lines had a wrong signature. Torn lines are passed over."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL))
            text = file.read().decode("ascii", "replace")
    except FileNotFoundError:
        return [], 0
    rows = text.split("\n")[1 if size > TAIL else 0 :]
    lines: list[Line] = []
    false = 0
    for row in rows:
        words = row.split(" ")
        if len(words) not in (len(Line._fields), len(Line._fields) + 1) or not words[1].isdigit():
            continue
        body, signature = row.rsplit(" ", 1)
        if len(signature) != SIGNATURE_LENGTH:
            continue
        if hmac.compare_digest(_signature(key, body).encode(), signature.encode()):
            lines.append(Line(words[0], int(words[1]), *words[2:-1]))
        else:
            false += 1
    return lines, false


def _signature(key: bytes, body: str) -> str:
    return hmac.digest(key, body.encode(), "sha256").hex()[:SIGNATURE_LENGTH]
