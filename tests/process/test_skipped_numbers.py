"""A number that stands on paper is never given out again, also after an older backup was restored."""

import pytest

from app.models.database import unit_of_work
from app.process import (
    backups,
    checks,
    confirmation,
    counters,
    operation_log,
    payment,
    pointer,
    restoring,
    student_list,
)
from app.ui.log_words.details import details_text, lost_text
from tests import builders
from tests.conftest import PASSWORD, Centre, Clock


def pay(centre: Centre, student_id: int) -> str:
    """Take ten yuan and give the number of the receipt."""
    taken = payment.take(
        centre.manager, student_id=student_id, methods=[payment.Paid("cash", 1_000)], opid=builders.opid(),
    )  # fmt: skip
    return taken.number


@pytest.mark.clause("P5")
@pytest.mark.parametrize("lost", ["", "data.db"])
def test_a_restore_gives_no_number_out_again(centre: Centre, lost: str) -> None:
    student = builders.a_student(centre.manager)
    assert pay(centre, student) == "SJ-2026-000001"
    made = backups.make("by_hand")
    assert [pay(centre, student), pay(centre, student)] == ["SJ-2026-000002", "SJ-2026-000003"]
    second = student_list.detail(centre.manager, builders.a_student(centre.manager)).number
    sheet = confirmation.make_sheet(centre.manager, student_id=student).number
    if lost:
        centre.close()
        (pointer.current(centre.folder) / lost).write_bytes(b"damaged" * 1000)
        restored = restoring.restore_closed(centre.folder, made.path, "manager", PASSWORD)
    else:
        restored = restoring.restore(centre.manager, made.path, PASSWORD)
    assert [(one.counter, one.first, one.last) for one in restored.skipped] == [
        ("receipt-2026", 2, 3), ("sheet-2026", 1, 1), ("student-2026", 2, 2),
    ]  # fmt: skip
    centre.open()
    assert [pay(centre, student), pay(centre, student)] == ["SJ-2026-000004", "SJ-2026-000005"]
    assert student_list.detail(centre.manager, builders.a_student(centre.manager)).number > second
    assert confirmation.make_sheet(centre.manager, student_id=student).number > sheet
    row = next(row for row in operation_log.entries(centre.manager) if row.action == "restore")
    assert row.details["skipped"] == {"receipt-2026": [2, 3], "sheet-2026": [1, 1], "student-2026": [2, 2]}
    found = {one.code: one for one in checks.check(centre.folder, centre.key)}
    assert [one for one in found.values() if one.strength == "damage"] == []
    assert dict(found["receipts_skipped"].values) == {"year": "2026", "first": 2, "last": 3}
    assert backups.make("by_hand").verified


@pytest.mark.clause("P5")
def test_restores_one_after_the_other_skip_every_number_once(centre: Centre) -> None:
    student = builders.a_student(centre.manager)
    pay(centre, student)
    made = backups.make("by_hand").path
    pay(centre, student)
    restoring.restore(centre.manager, made, PASSWORD)
    centre.open()
    later = backups.make("by_hand").path
    assert pay(centre, student) == "SJ-2026-000003"
    assert [one.last for one in restoring.restore(centre.manager, later, PASSWORD).skipped] == [3]
    centre.open()
    assert pay(centre, student) == "SJ-2026-000004"
    assert [one.last for one in restoring.restore(centre.manager, made, PASSWORD).skipped] == [4]
    centre.open()
    assert pay(centre, student) == "SJ-2026-000005"
    assert [one for one in checks.check(centre.folder, centre.key) if one.strength == "damage"] == []


@pytest.mark.clause("P5")
def test_in_a_new_year_the_numbers_begin_behind_those_that_a_restore_lost(centre: Centre, the_clock: Clock) -> None:
    student = builders.a_student(centre.manager)
    pay(centre, student)
    made = backups.make("by_hand").path
    the_clock.set("2027-01-04")
    assert pay(centre, student) == "SJ-2027-000001"
    restoring.restore(centre.manager, made, PASSWORD)
    centre.open()
    assert pay(centre, student) == "SJ-2027-000002"
    assert [one for one in checks.check(centre.folder, centre.key) if one.strength == "damage"] == []


@pytest.mark.clause("P5")
def test_a_gap_that_no_restore_explains_stays_damage(centre: Centre) -> None:
    student = builders.a_student(centre.manager)
    pay(centre, student)
    with unit_of_work():
        counters.next_number("receipt-2026")
    with pytest.raises(Exception, match="receipt number out of order"):
        pay(centre, student)
    codes = {one.code for one in checks.check(centre.folder, centre.key) if one.strength == "damage"}
    assert codes == {"receipt_counter_differs"}


@pytest.mark.clause("P13")
def test_the_receipt_book_and_the_log_say_which_receipts_are_on_paper_only(centre: Centre) -> None:
    student = builders.a_student(centre.manager)
    made = backups.make("by_hand").path
    pay(centre, student)
    restoring.restore(centre.manager, made, PASSWORD)
    centre.open()
    assert "SJ-2026-000001" in lost_text(payment.skipped(centre.manager))
    row = next(row for row in operation_log.entries(centre.manager) if row.action == "restore")
    assert "SJ-2026-000001" in details_text(row)
    assert lost_text(()) == ""
