"""Scans and photos of a signed confirmation sheet: kept in files.db under their SHA-256. product.md P4.

Pictures are made new in a child process (small, upright, without what the camera wrote into them). A PDF is kept as the
bytes that it is and never parsed in this process: to be looked at, its pages are drawn in a child too. A scan that was
attached to the wrong sheet is taken off with a reason; which one it was stays known.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import Damaged, Refused
from app.exchange import pictures
from app.models import stored_files
from app.models.database import database, unit_of_work
from app.process import apart, clock, confirmation, hidden, operation_log, papers
from app.process.actor import Actor
from app.process.papers import PaperFact

MOST_BYTES = pictures.MOST_BYTES
LIMITS = apart.Limits(seconds=20)
_KIND = "scan"
_ROWS = """
    SELECT s.id, s.paper_id, s.kind, s.size, s.sha256, s.added_at, u.name FROM paper_scan s
    JOIN user u ON u.id = s.added_by
    WHERE NOT EXISTS (SELECT 1 FROM paper_scan_off WHERE scan_id = s.id) AND {} ORDER BY s.id
"""


@dataclass(frozen=True)
class Prepared:
    """A file that may be attached: `kind` jpeg or pdf, and its bytes as they will be kept."""

    kind: str
    content: bytes


@dataclass(frozen=True)
class Scan:
    """A scan of a sheet: `kind` jpeg or pdf, `size` in bytes, when and by whom it was attached."""

    id: int
    paper_id: int
    kind: str
    size: int
    sha256: str
    added_at: str
    added_by: str


def prepare(content: bytes, wait: Callable[[], None] = lambda: None) -> Prepared:
    """Make of a stranger's file what is kept; blocks, so call it in a thread. Writes nothing.

    Raises Refused attachment_too_big(megabytes), picture_heic, picture_kind, picture_too_large, picture_unusable.
    """
    if len(content) > MOST_BYTES:
        raise Refused("attachment_too_big", megabytes=MOST_BYTES // 1_000_000)
    kind = pictures.kind(content)
    if kind == pictures.PDF:
        return Prepared("pdf", content)
    if kind == pictures.HEIC:
        raise Refused("picture_heic")
    if kind == pictures.UNKNOWN:
        raise Refused("picture_kind")
    try:
        return Prepared("jpeg", apart.run(pictures.as_jpeg, content, wait=wait, limits=LIMITS))
    except ChildProcessError:
        raise Refused("picture_unusable") from None


def attach(actor: Actor, paper_id: int, content: bytes) -> Scan:
    """Attach a prepared file to a sheet. Needs sign.

    Raises Refused paper_not_for_signature, picture_unusable (not as `prepare` gives it), attachment_too_big,
    scan_there_already, paper_unknown, no_right.
    """
    with unit_of_work():
        found = papers.held_by(actor, paper_id, "sign")
        if found.kind not in confirmation.FOR_SIGNATURE:
            raise Refused("paper_not_for_signature", number=found.number)
        if len(content) > MOST_BYTES:
            raise Refused("attachment_too_big", megabytes=MOST_BYTES // 1_000_000)
        pdf = pictures.kind(content) == pictures.PDF
        if not pdf and not pictures.is_plain_jpeg(content):
            raise Refused("picture_unusable")
        digest = stored_files.store(_KIND, content, clock.now())
        if any(one.sha256 == digest for one in _of(paper_id)):
            raise Refused("scan_there_already", number=found.number)
        (scan_id,) = database.execute_sql(
            "INSERT INTO paper_scan (paper_id, sha256, kind, size, added_at, added_by)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (paper_id, digest, "pdf" if pdf else "jpeg", len(content), clock.stamp(), actor.user_id),
        ).fetchone()
        operation_log.record(actor, "attach_scan", "paper", paper_id, details=_details(found, digest))
    return _scan(scan_id)


def take_off(actor: Actor, scan_id: int, reason: str) -> None:
    """Take a scan off the sheet that it was attached to by mistake. Needs sign.

    Raises Refused reason_missing, scan_unknown, no_right.
    """
    with unit_of_work():
        scan = _scan(scan_id)
        found = papers.held_by(actor, scan.paper_id, "sign")
        if not reason.strip():
            raise Refused("reason_missing")
        database.execute_sql(
            "INSERT INTO paper_scan_off (scan_id, taken_off_at, taken_off_by) VALUES (?, ?, ?)",
            (scan_id, clock.stamp(), actor.user_id),
        )
        operation_log.record(
            actor, "take_off_scan", "paper", scan.paper_id, details=_details(found, scan.sha256),
            values={"reason": ("", reason.strip())},
        )  # fmt: skip


def of(actor: Actor, paper_id: int) -> tuple[Scan, ...]:
    """The scans of a paper in the order in which they were attached. Raises Refused as papers.look_up."""
    papers.look_up(actor, paper_id)
    return _of(paper_id)


def content(actor: Actor, scan_id: int) -> bytes:
    """The bytes of a scan. It shows what the sheet shows, so it needs what papers.content needs.

    Raises Refused scan_unknown and as papers.content; Damaged scan_damaged.
    """
    scan = _scan(scan_id)
    found = papers.look_up(actor, scan.paper_id)
    if found.kind == "sheet":
        hidden.require_sheet(actor, found.id, application_id=found.application_id, student_id=found.student_id)
    try:
        return stored_files.content(scan.sha256)
    except Damaged as trouble:
        raise Damaged("scan_damaged", number=found.number) from trouble


def pages(content: bytes, wait: Callable[[], None] = lambda: None) -> tuple[bytes, ...]:
    """The pages of a scan as JPEG, to be looked at; a PDF is drawn in a child process, so call it in a thread.

    Raises Refused pdf_unusable, pdf_too_long(most).
    """
    if pictures.kind(content) != pictures.PDF:
        return (content,)
    try:
        return apart.run(pictures.pages, content, wait=wait, limits=LIMITS)
    except ChildProcessError:
        raise Refused("pdf_unusable") from None


def _of(paper_id: int) -> tuple[Scan, ...]:
    rows = database.execute_sql(_ROWS.format("s.paper_id = ?"), (paper_id,))
    return tuple(Scan(*row) for row in rows)


def _scan(scan_id: int) -> Scan:
    row = database.execute_sql(_ROWS.format("s.id = ?"), (scan_id,)).fetchone()
    if row is None:
        raise Refused("scan_unknown")
    return Scan(*row)


def _details(found: PaperFact, digest: str) -> dict[str, str]:
    return {"number": found.number, "scan": digest[:16]}
