"""Papers that were handed out: their stored bytes, their printings, their marks. Nothing is ever drawn again.

The bytes lie in files.db under their SHA-256 and bear no count; what a print says besides (补打 第 n 次, 作废, 练习) is
laid over them when they are printed or shown (reliability.md, decision 1).
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from app.errors import Damaged, Refused
from app.models import stored_files
from app.models.database import database, unit_of_work
from app.process import clock, hidden, merged, office, operation_log, student_scope
from app.process.office import Actor, require
from app.rules import numbers

READERS = {  # kind of paper: who may see it holds at least one of these
    "sheet": ("register", "sign", "review"),
    "receipt": ("take_payment", "see_ledger"),
    "opening": ("take_over", "sign", "take_payment", "see_ledger"),
}
PRINTERS = {"sheet": "register", "receipt": "take_payment", "opening": "take_over"}  # who may hand one out
_OTHERS = ("see_students",)
_FACTS = """
    SELECT p.id, p.kind, p.number, p.code, p.version, p.sha256, p.made_at,
           (SELECT count(*) FROM paper_print WHERE paper_id = p.id), coalesce(s.signed_on, ''), coalesce(s.signer, ''),
           coalesce(s.relation, ''), coalesce(p.student_id, a.student_id), p.application_id,
           coalesce(c.signed_sha256, ''),
           (SELECT count(*) FROM paper_scan t WHERE t.paper_id = p.id
            AND NOT EXISTS (SELECT 1 FROM paper_scan_off WHERE scan_id = t.id)),
           EXISTS (SELECT 1 FROM receipt r JOIN receipt_void v ON v.receipt_id = r.id WHERE r.paper_id = p.id)
    FROM paper p LEFT JOIN signature s ON s.paper_id = p.id LEFT JOIN application a ON a.id = p.application_id
    LEFT JOIN screen_signature c ON c.id = s.screen_id
"""
_OF_STUDENT = f"""
    SELECT id FROM paper WHERE student_id IN ({merged.ALL_OF})
    UNION SELECT sheet.id FROM application a JOIN paper sheet ON sheet.application_id = a.id
          WHERE a.student_id = :id AND a.state = 'approved'
    UNION SELECT paper_id FROM opening_statement WHERE student_id IN ({merged.ALL_OF})
"""  # noqa: S608 - a constant


@dataclass(frozen=True)
class PaperFact:
    """A paper: `prints` counts its printings; signed_on, signer and relation are "" while it bears no signature.

    `sha256` is that of the bytes that were drawn, `signed_sha256` that of those with a signature from the screen ("":
    none, or it was signed on paper). `scans` counts those that are attached.
    """

    id: int
    kind: str
    number: str
    code: str
    version: int
    sha256: str
    made_at: str
    prints: int
    signed_on: str
    signer: str
    relation: str
    student_id: int | None = None
    application_id: int | None = None
    signed_sha256: str = ""
    scans: int = 0
    void: bool = False

    @property
    def newest_sha256(self) -> str:
        """That of the bytes that are shown and handed out now."""
        return self.signed_sha256 or self.sha256

    @property
    def signed(self) -> bool:
        """Whether a signature is marked on it."""
        return bool(self.signed_on)


def store(
    actor: Actor,
    kind: str,
    content: bytes,
    *,
    number: str,
    code: str,
    log_seq: int,
    version: int = 1,
    application_id: int | None = None,
    student_id: int | None = None,
) -> int:
    """Keep a paper for ever and give its id; inside the unit of work of the use case that drew it.

    The bytes are committed to files.db first, then the row that names them: an orphan is harmless, a dangling name
    is not.
    """
    stored = stored_files.store(kind, content, clock.now())
    (paper_id,) = database.execute_sql(
        "INSERT INTO paper (kind, number, code, version, application_id, student_id, sha256, made_at, made_by, log_seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (kind, number, code, version, application_id, student_id, stored, clock.stamp(), actor.user_id, log_seq),
    ).fetchone()
    return int(paper_id)


def digest(content: bytes) -> str:
    """The SHA-256 under which bytes are kept, in hex."""
    return hashlib.sha256(content).hexdigest()


def fact(paper_id: int) -> PaperFact:
    """What is known of a paper, for other use cases. Raises Refused paper_unknown."""
    row = database.execute_sql(f"{_FACTS} WHERE p.id = ?", (paper_id,)).fetchone()
    if row is None:
        raise Refused("paper_unknown")
    return _fact(row)


def of(
    *,
    student_id: int | None = None,
    application_id: int | None = None,
    kind: str = "sheet",
) -> tuple[PaperFact, ...]:
    """The papers of a kind of a student (those of its approved application too) or of an application, newest first."""
    where = "p.application_id = :id" if student_id is None else f"p.id IN ({_OF_STUDENT})"
    rows = database.execute_sql(
        f"{_FACTS} WHERE {where} AND +p.kind = :kind ORDER BY p.id DESC",  # the plus: the id is the quicker way
        {"id": student_id if student_id is not None else application_id, "kind": kind},
    )
    return tuple(_fact(row) for row in rows)


def look_up(actor: Actor, paper_id: int) -> PaperFact:
    """The paper, for whoever may see its kind. Raises Refused no_right, paper_unknown, student_of_another_class."""
    found = fact(paper_id)
    _require(actor, found, *READERS.get(found.kind, _OTHERS))
    return found


def held_by(actor: Actor, paper_id: int, right: str) -> PaperFact:
    """The paper, for whoever holds the right for it; for other use cases. Raises as `look_up`."""
    require(actor, right)
    found = fact(paper_id)
    _require(actor, found, right)
    return found


def _require(actor: Actor, found: PaperFact, *rights: str) -> None:
    """Go on only with one of the rights, and for the paper of a student only if it reaches this student."""
    if found.student_id is None:
        office.require_any(actor, *rights)
    else:
        student_scope.require_student(actor, found.student_id, *rights)


def find(actor: Actor, code_text: str) -> PaperFact:
    """Find the sheet, receipt or opening statement by what the scanner gave, or by its number as people type it.

    Raises Refused code_unknown (no code of ours, or a digit is wrong), card_is_no_paper, form_is_no_paper (the code of
    a blank form), paper_unknown, no_right, student_of_another_class.
    """
    code = numbers.read_code(code_text)
    if code.kind == numbers.CARD:
        raise Refused("card_is_no_paper", number=code.student_number)
    if code.kind == numbers.FORM:
        raise Refused("form_is_no_paper", number=code.number)
    row = database.execute_sql(
        f"{_FACTS} WHERE p.kind = ? AND p.number = ? ORDER BY p.version DESC LIMIT 1", (code.kind, code.number),
    ).fetchone()  # fmt: skip
    office.require_any(actor, *READERS.get(code.kind, _OTHERS))
    if row is None:
        raise Refused("paper_unknown", number=code.number)
    return look_up(actor, row[0])


def content(actor: Actor, paper_id: int) -> bytes:
    """The very bytes that were stored, with the signature if it was drawn on the screen; their hash compared.

    A sheet shows health and identity: it needs see_health and see_identity too, but for who keyed it
    (`hidden.require_sheet`). Raises as `look_up`; Damaged paper_missing or paper_changed.
    """
    found = look_up(actor, paper_id)
    if found.kind == "sheet":
        hidden.require_sheet(actor, found.id, application_id=found.application_id, student_id=found.student_id)
    return bytes_of(found, found.newest_sha256)


def bytes_of(found: PaperFact, digest: str) -> bytes:
    """The stored bytes of a paper under one of its hashes, for other use cases. Raises Damaged as `content`."""
    try:
        return stored_files.content(digest)
    except Damaged as trouble:
        code = "paper_missing" if trouble.code == "stored_file_missing" else "paper_changed"
        raise Damaged(code, number=found.number) from trouble


def to_print(actor: Actor, paper_id: int) -> bytes:
    """The bytes for the printer: marked 补打 第 n 次 if they were printed before, 作废 if void, 练习 in practice mode.

    The printing itself is counted by `record_print`, after the printer took the job or the file was written; both
    need the same right: what could not be counted is not printed. A sheet needs register, a receipt take_payment, an
    opening statement take_over. Raises as `content`.
    """
    found = look_up(actor, paper_id)
    _require(actor, found, PRINTERS.get(found.kind, "see_students"))
    return _marked(content(actor, paper_id), found, nth=found.prints + 1, at=clock.stamp())


def to_file(actor: Actor, paper_id: int) -> bytes:
    """The bytes for a file: marked 电子版 with the time, 作废 if void, 练习 in practice mode, and no count.

    A file may be printed any number of times, so it never looks like the printed original; the first print stays the
    first. `record_file` logs it after it was written, under the same right: that of `to_print`. Raises as `content`.
    """
    found = look_up(actor, paper_id)
    _require(actor, found, PRINTERS.get(found.kind, "see_students"))
    return copy_for_file(content(actor, paper_id), found, clock.stamp())


def copy_for_file(stored: bytes, found: PaperFact, at: str) -> bytes:
    """What a file bears besides the stored bytes, for other use cases; the minute of `at` stands on it."""
    return _marked(stored, found, nth=0, at=at, electronic=True)


def preview(actor: Actor, paper_id: int) -> bytes:
    """The bytes for the screen: with 作废 and 练习, without a count."""
    return _marked(content(actor, paper_id), look_up(actor, paper_id), nth=0)


def record_print(actor: Actor, paper_id: int, printer: str, copies: int = 1) -> int:
    """Count one printing (of any number of copies) and give its number, from 1 on.

    A sheet needs register, a receipt take_payment, an opening statement take_over. Raises Refused no_right,
    paper_unknown, student_of_another_class.
    """
    with unit_of_work():
        found = fact(paper_id)
        _require(actor, found, PRINTERS.get(found.kind, "see_students"))
        nth = found.prints + 1
        database.execute_sql(
            "INSERT INTO paper_print (paper_id, nth, printed_at, printed_by, printer) VALUES (?, ?, ?, ?, ?)",
            (paper_id, nth, clock.stamp(), actor.user_id, printer),
        )
        details = {
            "number": found.number, "version": found.version, "nth": nth, "copies": copies, "printer": printer,
            "digest": found.newest_sha256[:16],  # from now on the chain knows which bytes were handed out
        }  # fmt: skip
        operation_log.record(actor, "print_paper", "paper", paper_id, details=details)
    return nth


def record_file(actor: Actor, paper_id: int) -> None:
    """Log that a paper left the program as a file. It is no printing and takes no number of one.

    A sheet needs register, a receipt take_payment, an opening statement take_over. Raises Refused no_right,
    paper_unknown, student_of_another_class.
    """
    with unit_of_work():
        found = fact(paper_id)
        _require(actor, found, PRINTERS.get(found.kind, "see_students"))
        details = {"number": found.number, "version": found.version}
        operation_log.record(actor, "save_paper", "paper", paper_id, details=details)


def files(actor: Actor, paper_id: int) -> int:
    """How often a paper left the program as a file. Raises Refused no_right, paper_unknown."""
    look_up(actor, paper_id)
    (count,) = database.execute_sql(
        "SELECT count(*) FROM operation_log WHERE subject_kind = 'paper' AND subject_id = ? AND action = 'save_paper'",
        (paper_id,),
    ).fetchone()
    return int(count)


def _marked(stored: bytes, found: PaperFact, nth: int, at: str = "", *, electronic: bool = False) -> bytes:
    from app.printing import marks  # with reportlab: only when a paper is shown

    practice = office.setting("practice") == "1"
    return marks.laid_over(stored, nth=nth, void=found.void, practice=practice, at=at, electronic=electronic)


def _fact(row: tuple[object, ...]) -> PaperFact:
    given: Any = (*row[:-1], bool(row[-1]))  # the columns stand in the order of the fields
    return PaperFact(*given)


def unprintable(text: str) -> str:
    """The characters of a text that no font of the papers has, each once; '' when all of it prints (look.md 15)."""
    from app.printing import coverage  # reads the fonts: only when somebody types a rare character

    return coverage.missing(text)


def warm_up() -> None:
    """Read in what drawing a paper needs: libraries and fonts (some 100 ms), in idle time before the first one."""
    from app.printing import confirmation_sheet, fonts, qr_code, receipt  # noqa: F401 - read in

    fonts.register()
    qr_code.rows("0")
