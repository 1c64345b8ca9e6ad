"""Signatures that are missing: how long, and why; the longest waiting first."""

import pytest

from app.process import confirmation, office, reminders, student_file, student_list, waiting_signatures
from app.process.reminders import Waiting
from tests import builders
from tests.conftest import Centre, Clock
from tests.process.test_confirmation import save, signed_student


def waiting(centre: Centre) -> tuple[Waiting, ...]:
    found = (group for group in reminders.today(centre.receptionist).groups if group.kind == "unsigned")
    return next(found).rows


def change(centre: Centre, student_id: int, mobile: str) -> None:
    form = student_file.profile(centre.manager, student_id).registration
    save(centre, student_id, "guardians", builders.changed(form, mobile=mobile))


@pytest.mark.clause("P4")
def test_a_change_long_after_the_signature_waits_since_the_change(centre: Centre, the_clock: Clock) -> None:
    student_id, _ = signed_student(centre)
    the_clock.set("2026-11-02")
    change(centre, student_id, "13912345678")
    the_clock.set("2026-11-04")
    (row,) = waiting_signatures.unsigned(centre.receptionist)
    assert (row.days, row.stale) == (2, True)
    (first,) = waiting(centre)
    assert (first.since, first.stale, first.overdue) == ("2026-11-02", True, False)
    assert student_list.rows(centre.manager, [student_id])[0].marks[-1] == "stale"
    assert student_list.detail(centre.manager, student_id).marks[-1] == "stale"


@pytest.mark.clause("P4")
def test_a_second_change_does_not_begin_the_waiting_anew_and_a_signature_ends_it(
    centre: Centre, the_clock: Clock,
) -> None:  # fmt: skip
    student_id, form = signed_student(centre)
    the_clock.set("2026-11-02")
    change(centre, student_id, "13912345678")
    the_clock.set("2026-11-09")
    change(centre, student_id, "13912345679")
    assert waiting(centre)[0].since == "2026-11-02"
    sheet = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    confirmation.mark_signed(
        centre.receptionist, sheet.id, signed_on="2026-11-09", signer=form.guardians[0].name, relation="father",
    )  # fmt: skip
    assert waiting_signatures.unsigned(centre.receptionist) == ()
    assert "stale" not in student_list.rows(centre.manager, [student_id])[0].marks


@pytest.mark.clause("P4")
@pytest.mark.clause("P14")
def test_the_longest_waiting_stands_first_is_due_on_the_last_day_and_then_overdue(
    centre: Centre, the_clock: Clock,
) -> None:  # fmt: skip
    office.change_settings(centre.manager, {"unsigned_days": "3"})
    changed, _ = signed_student(centre)
    the_clock.set("2026-09-20")
    new = builders.a_student(centre.manager)
    the_clock.set("2026-09-22")
    change(centre, changed, "13912345678")
    the_clock.set("2026-09-23")
    assert [(row.id, row.due, row.overdue) for row in waiting(centre)] == [(new, True, False), (changed, False, False)]
    the_clock.set("2026-09-24")
    assert [(row.id, row.due, row.overdue) for row in waiting(centre)] == [(new, False, True), (changed, False, False)]
    assert student_list.counts(centre.manager)["unsigned"] == 2
