"""The confirmation sheet that parents sign: making it, marking it as signed, what still waits. product.md P4.

Every drawn sheet has a number and a code of its own, so that a scanned one is known for certain; `version` counts the
sheets of one child. What a sheet showed is kept beside it: it tells whether a later change makes the signature stale,
and the next sheet prints what changed since. A student is `unsigned` while no signed sheet covers the data as they are.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, clock, office, operation_log, papers, student_record, student_scope
from app.process.office import Actor, require
from app.process.papers import PaperFact
from app.process.student_states import IS_NOT_GONE
from app.rules import dates, form_fields, normal, numbers
from app.rules.form_fields import Changes
from app.rules.person import Registration, from_plain, to_plain

_UNSIGNED = f"""
    SELECT p.id, s.id, NULL, s.name, s.number,
           coalesce((SELECT max(printed_at) FROM paper_print WHERE paper_id = p.id), ''), s.entered_on
    FROM student s
    LEFT JOIN paper p ON p.id = max(
        coalesce((SELECT max(id) FROM paper WHERE student_id = s.id AND +kind = 'sheet'), 0),
        coalesce((SELECT max(sheet.id) FROM application a JOIN paper sheet ON sheet.application_id = a.id
                  WHERE a.student_id = s.id AND a.state = 'approved' AND +sheet.kind = 'sheet'), 0))
    WHERE s.unsigned = 1 AND s.{IS_NOT_GONE} AND {{own}}
    UNION ALL
    SELECT p.id, NULL, a.id, a.name, p.number,
           coalesce((SELECT max(printed_at) FROM paper_print WHERE paper_id = p.id), ''), a.submitted_at
    FROM application a
    JOIN paper p ON p.id = (SELECT max(id) FROM paper WHERE application_id = a.id AND +kind = 'sheet')
    WHERE a.state IN ('submitted', 'returned') AND NOT EXISTS (SELECT 1 FROM signature WHERE paper_id = p.id)
"""  # noqa: S608 - constants


@dataclass(frozen=True)
class UnsignedRow:
    """A student (or an application) whose sheet waits for the signature. `days` since it was printed, else entered."""

    paper_id: int | None
    student_id: int | None
    application_id: int | None
    name: str
    number: str
    printed_at: str
    days: int


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
        sheets = subject.sheets()
        if sheets and not changes_since(sheets[0].id, subject.registration):
            return sheets[0]
        drawn = _draw(actor, subject, sheets)
    operation_log.after_money()  # its number is on paper now
    return drawn


def _subject(application_id: int | None, student_id: int | None) -> _Subject:
    if student_id is None and application_id is not None:
        form = application.load(application_id)
        if form.state == "withdrawn":
            raise Refused("application_withdrawn")
        if form.student_id is None:
            return _Subject(application_id, None, form.registration)
        student_id = form.student_id
    if student_id is None:
        raise Refused("student_unknown")
    return _Subject(None, student_id, student_record.read(student_id, clock.today()))


def _draw(actor: Actor, subject: _Subject, earlier: tuple[PaperFact, ...]) -> PaperFact:
    year = int(clock.today()[:4])
    no = office.next_number(f"sheet-{year}")
    number, code, version = numbers.sheet_number(year, no), numbers.code_for_sheet(year, no), len(earlier) + 1
    kind, subject_id = (
        ("student", subject.student_id) if subject.student_id else ("application", subject.application_id)
    )
    entry = operation_log.record(
        actor, "make_sheet", kind, subject_id or 0, details={"number": number, "version": version},
    )  # fmt: skip
    from app.process import sheet_facts  # with reportlab: only when a sheet is drawn

    base = _base(earlier)
    content = sheet_facts.draw(
        actor, subject.registration, number=number, code=code, version=version,
        student_id=subject.student_id, changed_since=base.version if base else 0,
        changes=changes_since(base.id, subject.registration) if base else {},
    )  # fmt: skip
    paper_id = papers.store(
        actor, "sheet", content, number=number, code=code, version=version, log_seq=entry.seq,
        application_id=subject.application_id, student_id=subject.student_id,
    )  # fmt: skip
    form = json.dumps(to_plain(subject.registration), ensure_ascii=False, separators=(",", ":"))
    database.execute_sql("INSERT INTO sheet_form (paper_id, form) VALUES (?, ?)", (paper_id, form))
    return papers.fact(paper_id)


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
    """Set whether the student's signature covers the data as they are: inside the unit of work of another use case."""
    signed = [sheet for sheet in papers.of(student_id=student_id) if sheet.signed]
    covered = False
    if signed:
        changed = changes_since(signed[0].id, student_record.read(student_id, clock.today()))
        covered = not any(form_fields.covered_by_signature(field) for field in changed)
    student_record.update(student_id, unsigned=int(not covered))


def settle_others(student_ids: Iterable[int]) -> None:
    """Data of these students changed through somebody they share: open windows, perhaps signatures, are out of date."""
    for student_id in student_ids:
        database.execute_sql("UPDATE student SET version = version + 1 WHERE id = ?", (student_id,))
        settle(student_id)


# signing ------------------------------------------------------------------------------------------------------------


def signers(actor: Actor, paper_id: int) -> tuple[tuple[str, str, int | None], ...]:
    """Who may sign: the guardians as (name, relation, id); the id is None while nobody is entered yet."""
    found = papers.look_up(actor, paper_id)
    return tuple((one.name, one.relation, one.id) for one in _registration(found).guardians)


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
        signer = normal.name(signer)
        _check_signing(found, signed_on, signer)
        guardian_id = _guardian(found, signer, guardian_id, warned=warned)
        database.execute_sql(
            "INSERT INTO signature (paper_id, signed_on, signer, relation, guardian_id, marked_by, marked_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (paper_id, signed_on, signer, relation, guardian_id, actor.user_id, clock.stamp()),
        )
        _settle_subject(found)
        _record(actor, "mark_signed", found, {"signer": ("", signer), "relation": ("", relation)}, signed_on)
    return papers.fact(paper_id)


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
        _record(actor, "unmark_signed", found, values, found.signed_on)


def unsigned(actor: Actor) -> tuple[UnsignedRow, ...]:
    """Whose signature is missing, the longest waiting first; a teacher's own classes. Needs register or sign."""
    own = student_scope.within(student_scope.classes(actor, "sign", "register"), "s.class_id")
    found, today = database.execute_sql(_UNSIGNED.format(own=own)), date.fromisoformat(clock.today())
    rows = [
        UnsignedRow(
            paper_id, student_id, application_id, name, number, printed_at,
            (today - date.fromisoformat((printed_at or since)[:10])).days,
        )
        for paper_id, student_id, application_id, name, number, printed_at, since in found
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.days, row.name)))


def _check_signing(found: PaperFact, signed_on: str, signer: str) -> None:
    if found.kind != "sheet":
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
    guardians = _registration(found).guardians
    for guardian in guardians:
        if guardian.name == signer and guardian_id in (None, guardian.id):
            return guardian.id
    if not warned:
        raise Refused("signer_is_no_guardian", signer=signer)
    return None


def _registration(found: PaperFact) -> Registration:
    return _subject(found.application_id, found.student_id).registration


def _settle_subject(found: PaperFact) -> None:
    if found.student_id is not None:
        settle(found.student_id)


def _record(actor: Actor, action: str, found: PaperFact, values: Changes, signed_on: str) -> None:
    kind, subject_id = ("student", found.student_id) if found.student_id else ("application", found.application_id)
    details = {"number": found.number, "version": found.version, "signed_on": signed_on}
    operation_log.record(actor, action, kind, subject_id or 0, details=details, values=values)
