"""The confirmation sheet that parents sign: making it, marking it as signed. product.md P4.

Every drawn sheet has a number and a code of its own, so that a scanned one is known for certain; `version` counts the
sheets of one child. What a sheet showed is kept beside it: it tells whether a later change makes the signature stale,
and the next sheet prints what changed since. A student is `unsigned` while no signed sheet covers the data as they are.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, clock, counters, merged, operation_log, papers, student_record, student_scope
from app.process.office import Actor, require
from app.process.papers import PaperFact
from app.rules import dates, form_fields, normal, numbers
from app.rules.form_fields import Changes
from app.rules.person import Registration, from_plain, to_plain

FOR_SIGNATURE = ("sheet", "opening")
"""Kinds of paper that a guardian signs; only the confirmation sheet covers the data of the student."""


@dataclass(frozen=True)
class Signed:
    """Who signed, in what relation, on which day; the guardian if it is one who is entered."""

    signed_on: str
    signer: str
    relation: str
    guardian_id: int | None = None


OnScreen = Callable[[int], int]
"""Keeps what was drawn on the screen, given the number of the log entry; gives its id."""


@dataclass(frozen=True)
class _Subject:
    """Whose sheet it is: an application that is not approved yet, or a student."""

    application_id: int | None
    student_id: int | None
    registration: Registration

    def sheets(self) -> tuple[PaperFact, ...]:
        return papers.of(application_id=self.application_id, student_id=self.student_id)


# making ------------------------------------------------------------------------------------------------------------


def make_sheet(actor: Actor, *, application_id: int | None = None, student_id: int | None = None) -> PaperFact:
    """Draw the sheet of an application or a student, or give the newest one when nothing changed since. Needs register.

    Raises Refused no_right, application_unknown, student_unknown, student_of_another_class, application_withdrawn.
    """
    with unit_of_work():
        require(actor, "register")
        subject = _subject(application_id, student_id)
        if subject.student_id is not None:
            student_scope.require_student(actor, subject.student_id, "register")
            merged.refuse(subject.student_id)
        sheets = subject.sheets()
        if sheets and not changes_since(sheets[0].id, subject.registration):
            return sheets[0]
        drawn = _draw(actor, subject, sheets)
    operation_log.after_money()  # its number is on paper now
    return drawn


def _subject(application_id: int | None, student_id: int | None) -> _Subject:
    if student_id is None and application_id is not None:
        form = application.load(application_id)
        if form.state in ("withdrawn", "rejected"):
            raise Refused("application_withdrawn")
        if form.student_id is None:
            return _Subject(application_id, None, form.registration)
        student_id = form.student_id
    if student_id is None:
        raise Refused("student_unknown")
    return _Subject(None, student_id, student_record.read(student_id, clock.today()))


def _draw(actor: Actor, subject: _Subject, earlier: tuple[PaperFact, ...]) -> PaperFact:
    year = int(clock.today()[:4])
    no = counters.next_number(f"sheet-{year}")
    number, code, version = numbers.sheet_number(year, no), numbers.code_for_sheet(year, no), len(earlier) + 1
    kind, subject_id = (
        ("student", subject.student_id) if subject.student_id else ("application", subject.application_id)
    )
    from app.process import sheet_facts  # with reportlab: only when a sheet is drawn

    base = _base(earlier)
    content = sheet_facts.draw(
        actor, subject.registration, number=number, code=code, version=version,
        student_id=subject.student_id, changed_since=base.version if base else 0,
        changes=changes_since(base.id, subject.registration) if base else {},
    )  # fmt: skip
    details = {"number": number, "version": version, "digest": papers.digest(content)[:16]}
    entry = operation_log.record(actor, "make_sheet", kind, subject_id or 0, details=details)
    paper_id = papers.store(
        actor, "sheet", content, number=number, code=code, version=version, log_seq=entry.seq,
        application_id=subject.application_id, student_id=subject.student_id,
    )  # fmt: skip
    form = json.dumps(to_plain(subject.registration), ensure_ascii=False, separators=(",", ":"))
    database.execute_sql("INSERT INTO sheet_form (paper_id, form) VALUES (?, ?)", (paper_id, form))
    return papers.fact(paper_id)


def newest(found: PaperFact) -> PaperFact:
    """The newest sheet of whom a sheet is about, itself perhaps; for other use cases."""
    return papers.of(application_id=found.application_id, student_id=found.student_id)[0]


def newer(actor: Actor, paper_id: int) -> PaperFact | None:
    """The newest sheet of the same child, when it is another one. Raises Refused as papers.look_up."""
    found = papers.look_up(actor, paper_id)
    last = newest(found) if found.kind == "sheet" else found
    return last if last.id != found.id else None


def _base(earlier: tuple[PaperFact, ...]) -> PaperFact | None:
    """The sheet that the changes are told against: the newest that was signed, else the newest that was printed."""
    signed = [sheet for sheet in earlier if sheet.signed]
    printed = [sheet for sheet in earlier if sheet.prints]
    return next(iter(signed or printed), None)


def changes_since(paper_id: int, now: Registration) -> Changes:
    """What differs between a sheet and the data as they are; a line that only ran out is no change.

    A sheet whose form was erased differs in nothing that could be named.
    """
    row = database.execute_sql("SELECT form FROM sheet_form WHERE paper_id = ?", (paper_id,)).fetchone()
    if row is None:
        return {}
    then, today = from_plain(json.loads(row[0])), clock.today()
    lines = tuple(line for line in then.services.lines if line.to_date >= today)
    if len(lines) != len(then.services.lines):  # its discounts ran out with it: they cannot be compared
        then = replace(then, services=replace(then.services, lines=lines, discounts=()))
        now = replace(now, services=replace(now.services, discounts=()))
    return form_fields.differences(then, now, by_id=False)


def settle(student_id: int) -> None:
    """Set whether the student's signature covers the data as they are: inside the unit of work of another use case.

    A signature that does no longer is stale since the day of the first change that it does not cover.
    """
    signed = [sheet for sheet in papers.of(student_id=student_id) if sheet.signed]
    covered = False
    if signed:
        changed = changes_since(signed[0].id, student_record.read(student_id, clock.today()))
        covered = not any(form_fields.covered_by_signature(field) for field in changed)
    (since,) = database.execute_sql("SELECT stale_since FROM student WHERE id = ?", (student_id,)).fetchone()
    stale_since = "" if covered or not signed else since or clock.today()
    student_record.update(student_id, unsigned=int(not covered), stale_since=stale_since)


def settle_others(student_ids: Iterable[int]) -> None:
    """Data of these students changed through somebody they share: open windows, perhaps signatures, are out of date."""
    for student_id in student_ids:
        database.execute_sql("UPDATE student SET version = version + 1 WHERE id = ?", (student_id,))
        settle(student_id)


# signing ------------------------------------------------------------------------------------------------------------


def signers(actor: Actor, paper_id: int) -> tuple[tuple[str, str, int | None], ...]:
    """Who may sign: the guardians as (name, relation, id); the id is None while nobody is entered yet."""
    found = papers.look_up(actor, paper_id)
    return tuple((one.name, one.relation, one.id) for one in registration_of(found).guardians)


def mark_signed(
    actor: Actor,
    paper_id: int,
    *,
    signed_on: str,
    signer: str,
    relation: str,
    guardian_id: int | None = None,
    warned: bool = False,
) -> PaperFact:
    """Mark a sheet as signed on paper: on which day, by whom, in what relation. Needs sign.

    Somebody who is no guardian may sign only when the person at the counter was `warned`.
    Raises Refused paper_not_for_signature, already_signed, signer_missing, signed_on_invalid, signed_in_future,
    signed_before_made, signer_is_no_guardian, paper_unknown.
    """
    with unit_of_work():
        found = papers.held_by(actor, paper_id, "sign")
        signed = check_signing(found, Signed(signed_on, signer, relation, guardian_id), warned=warned)
        note_signature(actor, found, signed, {"way": "paper"})
    return papers.fact(paper_id)


def check_signing(found: PaperFact, signed: Signed, *, warned: bool) -> Signed:
    """Whether this sheet may be signed so; gives who signed with the name tidied and the guardian found.

    For use cases that sign. Raises as `mark_signed`.
    """
    signer = normal.name(signed.signer)
    _check_signing(found, signed.signed_on, signer)
    return replace(signed, signer=signer, guardian_id=_guardian(found, signer, signed.guardian_id, warned=warned))


def note_signature(
    actor: Actor, found: PaperFact, signed: Signed, details: dict[str, str], screen: OnScreen | None = None,
) -> None:  # fmt: skip
    """Write a signature, its one entry in the log, and what follows for the student; inside a unit of work."""
    more = details | {"signed_on": signed.signed_on}
    values = {"signer": ("", signed.signer), "relation": ("", signed.relation)}
    entry = _record(actor, "mark_signed", found, values, more)
    screen_id = screen(entry.seq) if screen else None
    database.execute_sql(
        "INSERT INTO signature (paper_id, signed_on, signer, relation, guardian_id, marked_by, marked_at, screen_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (found.id, signed.signed_on, signed.signer, signed.relation, signed.guardian_id, actor.user_id, clock.stamp(),
         screen_id),
    )  # fmt: skip
    _settle_subject(found)


def unmark(actor: Actor, paper_id: int, reason: str) -> None:
    """Take back that a sheet is signed (the wrong one was marked). Needs sign.

    Raises Refused not_signed, reason_missing, paper_unknown.
    """
    with unit_of_work():
        found = papers.held_by(actor, paper_id, "sign")
        if not reason.strip():
            raise Refused("reason_missing")
        if not found.signed:
            raise Refused("not_signed", number=found.number)
        database.execute_sql("DELETE FROM signature WHERE paper_id = ?", (paper_id,))
        _settle_subject(found)
        values = {"signer": (found.signer, ""), "relation": (found.relation, ""), "reason": ("", reason.strip())}
        _record(actor, "unmark_signed", found, values, {"signed_on": found.signed_on})


def _check_signing(found: PaperFact, signed_on: str, signer: str) -> None:
    if found.kind not in FOR_SIGNATURE:
        raise Refused("paper_not_for_signature", number=found.number)
    if found.signed:
        raise Refused("already_signed", number=found.number, signer=found.signer, signed_on=found.signed_on)
    if not signer:
        raise Refused("signer_missing")
    if not dates.is_date(signed_on):
        raise Refused("signed_on_invalid")
    if signed_on > clock.today():
        raise Refused("signed_in_future", signed_on=signed_on)
    if signed_on < found.made_at[:10]:
        raise Refused("signed_before_made", made_on=found.made_at[:10])


def _guardian(found: PaperFact, signer: str, guardian_id: int | None, *, warned: bool) -> int | None:
    """The guardian who signed, by id or by name; None for one who is not entered yet, or for somebody else."""
    guardians = registration_of(found).guardians
    for guardian in guardians:
        if guardian.name == signer and guardian_id in (None, guardian.id):
            return guardian.id
    if not warned:
        raise Refused("signer_is_no_guardian", signer=signer)
    return None


def registration_of(found: PaperFact) -> Registration:
    """The data as they are of whom a paper is about, for other use cases."""
    return _subject(found.application_id, found.student_id).registration


def _settle_subject(found: PaperFact) -> None:
    if found.student_id is not None:
        settle(found.student_id)


def _record(actor: Actor, action: str, found: PaperFact, values: Changes, more: dict[str, str]) -> operation_log.Entry:
    kind, subject_id = ("student", found.student_id) if found.student_id else ("application", found.application_id)
    details = {"number": found.number, "version": found.version, **more}
    return operation_log.record(actor, action, kind, subject_id or 0, details=details, values=values)
