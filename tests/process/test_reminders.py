"""What waits on the first page of each person."""

import pytest

from app.process import backups, drafts, office, payment, reminders, review
from app.process.payment import Paid
from app.process.reminders import Group
from app.rules.rights import RIGHTS
from tests.builders import a_registration, a_student, an_application, opid
from tests.conftest import Centre, Clock


def groups(today: reminders.Today) -> dict[str, Group]:
    return {group.kind: group for group in today.groups}


@pytest.mark.clause("P14")
def test_a_new_centre_waits_for_its_first_backup_only(centre: Centre) -> None:
    assert list(groups(reminders.today(centre.manager))) == ["backup"]
    backups.make("by_hand")
    assert reminders.today(centre.manager).count == 0


@pytest.mark.clause("P14")
def test_a_backup_is_overdue_after_two_days(centre: Centre, the_clock: Clock) -> None:
    backups.make("by_hand")
    the_clock.go_on(days=3)
    assert groups(reminders.today(centre.manager))["backup"].overdue == 1


@pytest.mark.clause("P14")
def test_a_backup_of_a_day_that_is_still_to_come_does_not_hide_that_one_is_overdue(
    centre: Centre,
    the_clock: Clock,
) -> None:
    backups.make("by_hand")
    the_clock.set("2027-09-12")
    backups.make("by_hand")
    the_clock.set("2026-09-13")
    assert backups.last_made(centre.folder) == "2026-09-12T10:00:00"
    assert "backup" not in groups(reminders.today(centre.manager))
    the_clock.go_on(days=3)
    assert groups(reminders.today(centre.manager))["backup"].overdue == 1


@pytest.mark.clause("P14")
def test_a_submitted_application_waits_for_review_and_is_overdue_after_its_days(
    centre: Centre,
    the_clock: Clock,
) -> None:
    application = an_application(centre.receptionist)
    group = groups(reminders.today(centre.manager))["review"]
    assert (group.count, group.overdue, group.rows[0].id) == (1, 0, application)
    the_clock.go_on(days=3)  # from a Saturday on: Monday and Tuesday are its two working days
    assert groups(reminders.today(centre.manager))["review"].overdue == 0
    the_clock.go_on(days=1)
    group = groups(reminders.today(centre.manager))["review"]
    assert (group.overdue, group.rows[0].overdue) == (1, True)


@pytest.mark.clause("P14")
def test_what_was_sent_back_waits_at_the_counter_with_its_reason(centre: Centre) -> None:
    application = an_application(centre.receptionist)
    review.send_back(centre.manager, application, 1, "电话打不通")
    row = groups(reminders.today(centre.receptionist))["returned"].rows[0]
    assert (row.id, row.note) == (application, "电话打不通")


@pytest.mark.clause("P14")
def test_a_new_student_is_unsigned_and_unpaid_until_both_are_done(centre: Centre) -> None:
    student = a_student(centre.manager)
    found = groups(reminders.today(centre.receptionist))
    assert [row.id for row in found["unsigned"].rows] == [row.id for row in found["unpaid"].rows] == [student]
    assert found["unpaid"].fen == found["unpaid"].rows[0].fen == 390_000
    payment.take(centre.receptionist, student_id=student, methods=[Paid("cash", 390_000)], opid=opid())
    today = reminders.today(centre.receptionist)
    assert "unpaid" not in groups(today)
    assert (today.entered_today, today.receipts_today, today.taken_today_fen) == (1, 1, 390_000)


@pytest.mark.clause("P14")
def test_held_drafts_and_care_that_ends_are_shown(centre: Centre, the_clock: Clock) -> None:
    drafts.save_draft(centre.receptionist, None, a_registration(name="曾子涵"), 1)
    assert groups(reminders.today(centre.receptionist))["drafts"].count == 1
    a_student(centre.manager)
    the_clock.set("2027-01-15")
    ending = groups(reminders.today(centre.receptionist))["ending"]
    assert (ending.rows[0].since, ending.rows[0].overdue) == ("2027-01-22", False)


@pytest.mark.clause("P14")
def test_nobody_sees_what_is_not_theirs(centre: Centre) -> None:
    a_student(centre.manager)
    an_application(centre.receptionist)
    assert set(groups(reminders.today(centre.finance))) <= {"unpaid", "ending"}
    assert groups(reminders.today(centre.teacher)) == {}
    assert reminders.today(centre.teacher).taken_today_fen is None


@pytest.mark.clause("P13")
@pytest.mark.parametrize("right", sorted(RIGHTS))
def test_whoever_holds_a_single_right_has_a_first_page(centre: Centre, right: str) -> None:
    a_student(centre.manager)
    an_application(centre.receptionist)
    office.set_grants(centre.manager, "teacher", [right])
    assert not groups(reminders.today(centre.teacher)).keys() & {"unsigned", "unpaid", "ending"}


@pytest.mark.clause("P14")
def test_what_waits_tells_no_money_to_who_may_see_none(centre: Centre) -> None:
    student = a_student(centre.manager)
    office.set_grants(centre.manager, "receptionist", ("register", "sign", "see_students"))
    today = reminders.today(centre.receptionist)
    assert ([row.id for row in groups(today)["unsigned"].rows], today.taken_today_fen) == ([student], None)
    assert {row.fen for group in today.groups for row in group.rows} == {0}
    assert groups(reminders.today(centre.manager))["unsigned"].rows[0].fen == 390_000
