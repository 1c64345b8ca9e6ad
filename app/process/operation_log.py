"""The operation log: one chained entry for everything that somebody did. reliability.md 2.6 and its decisions 4 to 6.

The chain is an HMAC-SHA256 over the canonical JSON of an entry and the mac of the entry before it. Personal values
before and after stand in `operation_value` with a salt each; the chain holds only their seals, so that erasing those of
a child leaves the chain whole. The last mac is copied to `anchor.log` outside the database after every money commit,
which tells when rows at the end of the log were lost.
"""

import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from peewee import PeeweeException

from app.models.database import checkpoint, containing, database
from app.process import anchor, clock
from app.process.actor import Actor, require, rights_of
from app.rules import form_fields, identity

LOG_KEY = "log_key"  # name of the row in `secret`
MARK_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread on paper
FIRST_MAC = bytes(32)
HIDDEN = "***"  # stands for a value that the reader has no right to see
SUBJECT_NAMES = {
    "student": "SELECT name FROM student WHERE id = ?",
    "application": "SELECT name FROM application WHERE id = ?",
    "receipt": "SELECT number FROM receipt WHERE id = ?",
    "paper": "SELECT number FROM paper WHERE id = ?",
    "user": "SELECT name FROM user WHERE id = ?",
    "class": "SELECT name FROM care_class WHERE id = ?",
    "service": "SELECT name FROM service WHERE id = ?",
}
_ROWS = "SELECT seq, at, actor_id, action, subject_kind, subject_id, details, sealed, mac FROM operation_log"

Row = tuple[int, str, int, str, str, int, str, str]
"""seq, at, actor_id, action, subject_kind, subject_id, details, sealed: what the chain is computed over."""


@dataclass(frozen=True)
class Entry:
    """What `record` wrote: its number, and the eight characters that stand on a paper of this action."""

    seq: int
    mark: str


@dataclass(frozen=True)
class Verified:
    """Result of walking the chain: rows looked at, the first bad row, and the code of what is wrong ("": nothing)."""

    rows: int
    bad_seq: int | None = None
    trouble: str = ""


@dataclass(frozen=True)
class LogRow:
    """One entry as the window shows it. `changes`: (field, before, after), empty when the values were erased."""

    seq: int
    at: str
    who: str
    action: str
    subject_kind: str
    subject_id: int
    subject_name: str
    details: dict[str, Any]
    changes: tuple[tuple[str, str, str], ...]


def record(
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: int = 0,
    *,
    details: Mapping[str, Any] | None = None,
    values: Mapping[str, tuple[str, str]] | None = None,
) -> Entry:
    """Write the one entry of a use case; call it inside its unit of work.

    `details` are facts that may stay for ever (ids, amounts in fen, numbers, dates); `values` are personal values as
    (before, after) per field, which can be erased later. Values that did not change are left out.
    """
    newest = database.execute_sql("SELECT seq, mac FROM operation_log ORDER BY seq DESC LIMIT 1").fetchone()
    last, previous = newest or (0, FIRST_MAC)
    seq = last + 1
    changed = {field: pair for field, pair in (values or {}).items() if pair[0] != pair[1]}
    salts = {field: secrets.token_bytes(16) for field in changed}
    sealed = {field: seal(salts[field], field, *changed[field]) for field in changed}
    texts = canonical(details or {}), canonical(sealed)
    row: Row = (seq, clock.stamp(), actor.user_id, action, subject_kind, subject_id, *texts)
    mac = chain(_key(), row, bytes(previous))
    database.execute_sql(
        "INSERT INTO operation_log (seq, at, actor_id, action, subject_kind, subject_id, details, sealed, mac)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, mac),
    )
    for field, (before, after) in changed.items():
        database.execute_sql(
            "INSERT INTO operation_value (seq, field, salt, before, after) VALUES (?, ?, ?, ?, ?)",
            (seq, field, salts[field], before, after),
        )
    return Entry(seq, mark(mac))


def canonical(value: object) -> str:
    """JSON in the one form that the chain is computed over."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chain(key: bytes, row: Row, previous: bytes) -> bytes:
    """Mac of an entry: over its content and the mac of the entry before it."""
    return hmac.digest(key, canonical(row).encode() + previous, "sha256")


def seal(salt: bytes, field: str, before: str, after: str) -> str:
    """What the chain holds of a personal value: nothing can be read from it once the salt is gone."""
    return hmac.digest(salt, canonical([field, before, after]).encode(), "sha256").hex()


def mark(mac: bytes) -> str:
    """Eight characters of the chain for paper: 40 bits in letters that are not misread."""
    number = int.from_bytes(mac[:5], "big")
    return "".join(MARK_LETTERS[number >> shift & 31] for shift in range(35, -1, -5))


def _key() -> bytes:
    return anchor.secret(database.execute_sql, LOG_KEY)


def after_money() -> None:
    """Call after the commit of what moved money or put a number on paper: empty the WAL file, write the anchor line.

    A flipped bit in a WAL file loses commits without any error (reliability.md, finding 4), so it is emptied at once.
    If a reader or a backup holds it, the next commit or closing does it; the anchor line is written in any case.

    Raises nothing: the money is committed, and a disk that is full or failing must not make it look otherwise. The next
    action that writes will be told about the disk.
    """
    with suppress(PeeweeException):
        checkpoint(wait=False)
    with suppress(PeeweeException, OSError):
        anchor_now()


def anchor_now() -> None:
    """Append the end of the chain to anchor.log, so that a loss of what is now written will be noticed."""
    row = database.execute_sql("SELECT seq, mac FROM operation_log ORDER BY seq DESC LIMIT 1").fetchone()
    if row:
        path = anchor.path_beside(database.database)
        anchor.append(
            path, anchor.key_of(database), row[0], bytes(row[1]), clock.stamp(), counters=counters_of_this_year(),
        )  # fmt: skip


def counters_of_this_year() -> dict[str, int]:
    """How far the numbers went that can still be given out: those of this year, and those that run for ever."""
    year = clock.today()[:4]
    rows = database.execute_sql("SELECT name, value FROM counter").fetchall()
    return {name: value for name, value in rows if name.partition("-")[2] in ("", year)}


def verify(last: int | None = None) -> Verified:
    """Walk the chain (of the `last` rows, or all) and compare it with the anchor; gives the first trouble it meets."""
    return verify_in(database, str(database.database), last)


def verify_in(connection: Any, path: str, last: int | None = None) -> Verified:  # noqa: ANN401 - peewee or sqlcipher3
    """As `verify`, on any connection to the data.db at `path` (checks and backups bring their own)."""
    run = getattr(connection, "execute_sql", None) or connection.execute
    found = walk(run, last)
    if found.trouble:
        return found
    trouble, seq = anchor.compare(anchor.path_beside(path), run)
    return Verified(found.rows, seq, trouble) if trouble else found


def walk(run: Any, last: int | None = None) -> Verified:  # noqa: ANN401 - the execute of any connection
    """Walk the chain alone, without the anchor."""
    key = anchor.secret(run, LOG_KEY)
    newest = run("SELECT coalesce(max(seq), 0) FROM operation_log").fetchone()[0]
    start = 0 if last is None else max(0, newest - last)
    before = run("SELECT mac FROM operation_log WHERE seq = ?", (start,)).fetchone() if start else (FIRST_MAC,)
    if before is None:
        return Verified(0, start, "log_row_missing")
    rows = run(f"{_ROWS} WHERE seq > ? ORDER BY seq", (start,))
    return _walk_rows(key, bytes(before[0]), start, rows)


def entry_holds(seq: int) -> bool:
    """Whether one entry is as it was written behind the one before it; cheap, for a single entry."""
    before = database.execute_sql("SELECT mac FROM operation_log WHERE seq = ?", (seq - 1,)).fetchone() or (FIRST_MAC,)
    rows = database.execute_sql(f"{_ROWS} WHERE seq = ?", (seq,))
    return not _walk_rows(_key(), bytes(before[0]), seq - 1, rows).trouble


def _walk_rows(key: bytes, previous: bytes, start: int, rows: Iterable[Any]) -> Verified:
    seq = start
    for *row, mac in rows:
        seq += 1
        if row[0] != seq:
            return Verified(seq - start, seq, "log_row_missing")
        previous_mac, previous = previous, bytes(mac)
        content: Row = tuple(row)
        if not hmac.compare_digest(chain(key, content, previous_mac), previous):
            return Verified(seq - start, seq, "log_row_changed")
    return Verified(seq - start)


def broken_seals(run: Any) -> list[int]:  # noqa: ANN401 - the execute of any connection
    """Numbers of the entries one of whose kept values is not the one that was sealed."""
    rows = run(
        "SELECT value.seq, value.field, value.salt, value.before, value.after, log.sealed"
        " FROM operation_value value LEFT JOIN operation_log log ON log.seq = value.seq",
    )
    return [
        seq
        for seq, field, salt, before, after, sealed in rows
        if sealed is None or json.loads(sealed).get(field) != seal(bytes(salt), field, before, after)
    ]


def entries(
    actor: Actor,
    *,
    user_id: int | None = None,
    action: str | None = None,
    subject_kind: str | None = None,
    subject_id: int | None = None,
    text: str = "",
    before_seq: int | None = None,
    limit: int = 200,
) -> tuple[LogRow, ...]:
    """The newest entries that fit, newest first; `before_seq` pages on. Needs the right see_log.

    `text` is looked for in the details and in the values before and after. Values of health are HIDDEN without the
    right see_health, identity numbers masked without see_identity; neither is then searched.
    """
    require(actor, "see_log")
    rights = rights_of(actor)
    pattern = containing(text)
    conditions = {
        "log.actor_id = ?": (user_id,) if user_id is not None else None,
        "log.action = ?": (action,) if action else None,
        "log.subject_kind = ?": (subject_kind,) if subject_kind else None,
        "log.subject_id = ?": (subject_id,) if subject_id is not None else None,
        "log.seq < ?": (before_seq,) if before_seq is not None else None,
        _containing(rights): (pattern,) * 3 if text else None,
    }
    used = {sql: given for sql, given in conditions.items() if given is not None}
    rows = database.execute_sql(
        "SELECT log.seq, log.at, coalesce(user.name, ''), log.action, log.subject_kind, log.subject_id, log.details"  # noqa: S608 - constants above
        " FROM operation_log log LEFT JOIN user ON user.id = log.actor_id"
        f" WHERE {' AND '.join(used) or '1'} ORDER BY log.seq DESC LIMIT ?",
        (*(value for given in used.values() for value in given), limit),
    ).fetchall()
    changes = _changes([row[0] for row in rows], rights)
    return tuple(
        LogRow(seq, at, who, action, kind, subject, _subject_name(kind, subject), json.loads(details), changes[seq])
        for seq, at, who, action, kind, subject, details in rows
    )


def _containing(rights: frozenset[str]) -> str:
    """The condition that a text stands in the details, or in a value that these rights let one see."""
    hidden = (*(() if "see_health" in rights else form_fields.HEALTH),
              *(() if "see_identity" in rights else (form_fields.IDENTITY,)))  # fmt: skip
    seen = "".join(f" AND field NOT GLOB '{begin}*'" for begin in hidden)
    values = r"SELECT seq FROM operation_value WHERE (before LIKE ? ESCAPE '\' OR after LIKE ? ESCAPE '\')"
    return rf"(log.details LIKE ? ESCAPE '\' OR log.seq IN ({values}{seen}))"


def _changes(seqs: list[int], rights: frozenset[str]) -> dict[int, tuple[tuple[str, str, str], ...]]:
    found: dict[int, tuple[tuple[str, str, str], ...]] = dict.fromkeys(seqs, ())
    rows = database.execute_sql(
        "SELECT seq, field, before, after FROM operation_value WHERE seq IN (SELECT value FROM json_each(?))",
        (json.dumps(seqs),),
    )
    for seq, field, before, after in rows:
        found[seq] = (*found[seq], (field, _shown(field, before, rights), _shown(field, after, rights)))
    return found


def _shown(field: str, value: str, rights: frozenset[str]) -> str:
    if value and field.startswith(form_fields.HEALTH) and "see_health" not in rights:
        return HIDDEN
    if field == form_fields.IDENTITY and "see_identity" not in rights:
        return identity.masked(value)
    return value


def _subject_name(kind: str, subject_id: int) -> str:
    if kind not in SUBJECT_NAMES:
        return ""
    row = database.execute_sql(SUBJECT_NAMES[kind], (subject_id,)).fetchone()
    return str(row[0]) if row else ""
