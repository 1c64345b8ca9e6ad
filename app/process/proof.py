"""Whether a stored paper is what was handed out: its bytes, the table and the operation log compared. product.md P4.

The hash is computed anew from the stored bytes; the operation log, whose entries are chained and sealed with a secret,
tells which bytes were made, printed and signed. A file that somebody brings is compared with the stored bytes, and with
the copies that the program itself saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import Damaged, Refused
from app.models.database import database
from app.process import operation_log, papers
from app.process.actor import Actor
from app.process.papers import PaperFact

LARGEST = 20_000_000  # bytes of a file to compare
SAME, UNSIGNED, SAVED, ADDED, OTHER = "same", "unsigned", "saved", "added", "other"
_DIGEST = 16  # hex digits of a hash that an entry of the log bears
_TOLD = """
    SELECT seq, at, action, json_extract(details, '$.digest') FROM operation_log
    WHERE json_extract(details, '$.digest') IS NOT NULL AND (
        (subject_kind = 'paper' AND subject_id = :paper AND action = 'print_paper') OR seq = :made
        OR seq IN (SELECT log_seq FROM screen_signature WHERE paper_id = :paper))
    ORDER BY seq
"""


@dataclass(frozen=True)
class Proof:
    """What `verify` found. `trouble` is "" or the code of what is wrong; `since` is when the log first told the bytes.

    `entries` counts the entries of the log that tell them; 0 for a paper from before the log told hashes.
    """

    sha256: str
    since: str
    entries: int
    trouble: str = ""


@dataclass(frozen=True)
class Compared:
    """What a file is beside a paper.

    SAME, UNSIGNED (as it was before it was signed), SAVED (a copy that the program saved, `at` when), ADDED (the same
    bytes with something behind them that is not ours), or OTHER.
    """

    kind: str
    sha256: str
    at: str = ""


def verify(actor: Actor, paper_id: int) -> Proof:
    """Compute the hash of the stored bytes anew and compare it with the table and with the log.

    Trouble: paper_missing, paper_changed (the bytes are not those that the table names), paper_log_differs (they are
    not those that the log tells), paper_log_broken (such an entry itself was changed). Raises as papers.look_up.
    """
    found = papers.look_up(actor, paper_id)
    told = _told(found)
    known = {found.sha256[:_DIGEST], found.signed_sha256[:_DIGEST], *_signed_before(found)}
    mine = [at for _, at, _, digest in told if digest == found.newest_sha256[:_DIGEST]]
    since = mine[0] if mine else found.made_at
    trouble = _stored_wrong(found)
    if not trouble and any(digest not in known for *_, digest in told):
        trouble = "paper_log_differs"
    if not trouble and not all(operation_log.entry_holds(seq) for seq, *_ in told):
        trouble = "paper_log_broken"
    return Proof(found.newest_sha256, since, len(mine), trouble)


def compare(actor: Actor, paper_id: int, content: bytes) -> Compared:
    """Compare a file that somebody brings with the stored paper; nothing of it is parsed.

    Raises Refused attachment_too_big and as papers.look_up; Damaged as papers.content.
    """
    if len(content) > LARGEST:
        raise Refused("attachment_too_big", megabytes=LARGEST // 1_000_000)
    found = papers.look_up(actor, paper_id)
    digest = papers.digest(content)
    if digest == found.newest_sha256:
        return Compared(SAME, digest)
    if digest == found.sha256:
        return Compared(UNSIGNED, digest)
    stored = {one: papers.bytes_of(found, one) for one in (found.newest_sha256, found.sha256)}
    if not any(content.startswith(one) for one in stored.values()):
        return Compared(OTHER, digest)
    for at, copy in _saved(found, list(stored.values())):
        if copy == content:
            return Compared(SAVED, digest, at)
    return Compared(ADDED, digest)


def _told(found: PaperFact) -> list[tuple[int, str, str, str]]:
    (made,) = database.execute_sql("SELECT log_seq FROM paper WHERE id = ?", (found.id,)).fetchone()
    return list(database.execute_sql(_TOLD, {"paper": found.id, "made": made}).fetchall())


def _signed_before(found: PaperFact) -> Iterator[str]:
    """Hashes of signatures on the screen, those that were taken back too."""
    rows = database.execute_sql("SELECT signed_sha256 FROM screen_signature WHERE paper_id = ?", (found.id,))
    yield from (digest[:_DIGEST] for (digest,) in rows)


def _stored_wrong(found: PaperFact) -> str:
    try:
        newest, drawn = (papers.bytes_of(found, one) for one in (found.newest_sha256, found.sha256))
    except Damaged as damaged:
        return damaged.code
    return "" if newest.startswith(drawn) else "paper_changed"


def _saved(found: PaperFact, stored: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """The copies that the program saved as a file, made anew: the log tells when, to the minute."""
    rows = database.execute_sql(
        "SELECT at FROM operation_log"
        " WHERE subject_kind = 'paper' AND subject_id = ? AND action = 'save_paper' ORDER BY seq",
        (found.id,),
    ).fetchall()
    for (at,) in rows:
        for one in (at, _minute_before(at)):
            for content in stored:
                yield at, papers.copy_for_file(content, found, one)


def _minute_before(at: str) -> str:
    """A copy is drawn a moment before it is logged."""
    return (datetime.fromisoformat(at) - timedelta(minutes=1)).isoformat(timespec="seconds")
