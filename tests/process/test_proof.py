"""A stored paper proves itself: bytes, table and log agree; a file that somebody brings is the same, or is not."""

import pytest

from app.errors import Refused
from app.models import database as db
from app.models.database import database, files
from app.process import confirmation, papers, payment, proof
from app.process.papers import PaperFact
from app.process.payment import Paid
from tests import builders, tampering
from tests.conftest import Centre, Clock
from tests.process.test_screen_signature import a_sheet, sign


@pytest.fixture
def sheet(centre: Centre) -> PaperFact:
    return confirmation.make_sheet(centre.receptionist, student_id=builders.a_student(centre.manager))


@pytest.mark.clause("P4")
def test_a_sheet_is_unchanged_since_it_was_made(centre: Centre, sheet: PaperFact, the_clock: Clock) -> None:
    the_clock.set("2026-12-01")
    papers.record_print(centre.receptionist, sheet.id, "HP")
    found = proof.verify(centre.receptionist, sheet.id)
    assert (found.sha256, found.since, found.entries, found.trouble) == (
        papers.digest(papers.content(centre.receptionist, sheet.id)), "2026-09-12T10:00:00", 2, "",
    )  # fmt: skip


@pytest.mark.clause("P4")
def test_a_signature_on_the_screen_is_proved_from_its_own_time_on(centre: Centre, the_clock: Clock) -> None:
    made, form = a_sheet(centre)
    papers.record_print(centre.receptionist, made.id, "HP")
    the_clock.set("2026-09-13")
    signed = sign(centre, made, form)
    found = proof.verify(centre.receptionist, made.id)
    assert (found.sha256, found.since[:10], found.trouble) == (signed.signed_sha256, "2026-09-13", "")
    confirmation.unmark(centre.receptionist, made.id, "签错了人")
    assert proof.verify(centre.receptionist, made.id).trouble == ""


def test_a_receipt_is_proved_by_its_printings(centre: Centre) -> None:
    student = builders.a_student(centre.manager)
    receipt = payment.take(
        centre.receptionist, student_id=student, methods=[Paid("cash", 1_000)], opid=builders.opid(),
    )  # fmt: skip
    assert proof.verify(centre.receptionist, receipt.paper_id).entries == 0
    papers.record_print(centre.receptionist, receipt.paper_id, "HP")
    assert proof.verify(centre.receptionist, receipt.paper_id).entries == 1


@pytest.mark.clause("P4")
def test_bytes_that_were_exchanged_together_with_their_hash_are_found_by_the_log(
    centre: Centre, sheet: PaperFact,
) -> None:  # fmt: skip
    other = b"%PDF-1.4 something else"
    digest = papers.digest(other)
    centre.close()
    stored = f"INSERT INTO stored_file VALUES ('{digest}', 'sheet', {len(other)}, '2026-09-12', X'{other.hex()}')"
    tampering.with_key(centre.folder, centre.key, stored, name=db.FILES)
    tampering.with_key(centre.folder, centre.key, f"UPDATE paper SET sha256 = '{digest}' WHERE id = {sheet.id}")
    centre.open()
    assert proof.verify(centre.receptionist, sheet.id).trouble == "paper_log_differs"


def test_bytes_that_are_gone_or_changed_are_told(centre: Centre, sheet: PaperFact) -> None:
    files.execute_sql("DELETE FROM stored_file WHERE sha256 = ?", (sheet.sha256,))
    assert proof.verify(centre.receptionist, sheet.id).trouble == "paper_missing"


@pytest.mark.clause("P4")
def test_a_file_that_somebody_brings_is_compared_byte_by_byte(centre: Centre, the_clock: Clock) -> None:
    made, form = a_sheet(centre)
    drawn = papers.content(centre.receptionist, made.id)
    assert proof.compare(centre.receptionist, made.id, drawn).kind == proof.SAME
    sign(centre, made, form)
    whole = papers.content(centre.receptionist, made.id)
    assert proof.compare(centre.receptionist, made.id, whole).kind == proof.SAME
    assert proof.compare(centre.receptionist, made.id, drawn).kind == proof.UNSIGNED
    assert proof.compare(centre.receptionist, made.id, whole + b"\n% more").kind == proof.ADDED
    assert proof.compare(centre.receptionist, made.id, bytes(9) + whole).kind == proof.OTHER
    with pytest.raises(Refused, match="attachment_too_big"):
        proof.compare(centre.receptionist, made.id, bytes(proof.LARGEST + 1))


@pytest.mark.clause("P4")
def test_a_copy_that_the_program_saved_is_known_again(centre: Centre, sheet: PaperFact, the_clock: Clock) -> None:
    the_clock.set("2026-09-14 16:38")
    copy = papers.to_file(centre.receptionist, sheet.id)
    papers.record_file(centre.receptionist, sheet.id)
    the_clock.set("2026-11-01")
    found = proof.compare(centre.receptionist, sheet.id, copy)
    assert (found.kind, found.at[:16]) == (proof.SAVED, "2026-09-14T16:38")
    assert database.execute_sql("SELECT count(*) FROM operation_log WHERE action = 'save_paper'").fetchone() == (1,)


def test_an_entry_of_the_log_that_was_changed_proves_nothing(centre: Centre, sheet: PaperFact) -> None:
    centre.close()
    changed = "UPDATE operation_log SET details = replace(details, '\"version\":1', '\"version\":2')"
    tampering.with_key(centre.folder, centre.key, f"{changed} WHERE action = 'make_sheet'")
    centre.open()
    assert proof.verify(centre.receptionist, sheet.id).trouble == "paper_log_broken"
