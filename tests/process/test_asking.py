"""Review in depth: the queue and its deadlines, what was verified, asking the family, deciding with what was known."""

import json

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import (
    application,
    asking,
    finding_counts,
    office,
    operation_log,
    reminders,
    review,
    review_queue,
    ticks,
)
from app.process.asking import Contacted
from tests import builders
from tests.conftest import Centre, Clock

pytestmark = pytest.mark.clause("P2")
CALLED = Contacted("张志强（父亲）", "phone", "reached", "接种证编号看不清，请重拍")


def refused(call: object, *args: object, **values: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **values)  # type: ignore[operator]
    return found.value


def waiting_since(centre: Centre, the_clock: Clock, day: str, **changes: object) -> int:
    the_clock.set(day)
    return builders.an_application(centre.receptionist, builders.a_registration(**changes))


def test_what_is_overdue_stands_first_and_deadlines_count_working_days(centre: Centre, the_clock: Clock) -> None:
    friday = waiting_since(centre, the_clock, "2026-09-11")
    monday = waiting_since(centre, the_clock, "2026-09-14")
    asked = waiting_since(centre, the_clock, "2026-09-14")
    asking.log_contact(centre.manager, asked, 1, CALLED, then="ask", due_on="2026-09-15")
    the_clock.set("2026-09-16")
    rows = review.waiting(centre.receptionist)
    assert [(row.application_id, row.due_on, row.late) for row in rows] == [
        (friday, "2026-09-15", True), (asked, "2026-09-15", True), (monday, "2026-09-16", False),
    ]  # fmt: skip
    assert [row.days for row in rows] == [5, 2, 2]


def test_findings_are_counted_once_and_again_when_they_may_have_changed(centre: Centre, the_clock: Clock) -> None:
    form = builders.a_registration(identity_number="")
    first = builders.an_application(centre.receptionist, form)
    second = application.submit(centre.receptionist, form, opid="b", not_same=(-first,)).application_id
    rows = {row.application_id: row for row in review.waiting(centre.manager)}
    assert (rows[second].findings, rows[second].clean) == (0, True)
    assert not rows[first].counted, "a double came after it"
    assert review_queue.count_on(centre.manager)
    assert {row.application_id: row.findings for row in review.waiting(centre.manager)} == {first: 1, second: 0}
    the_clock.go_on(days=1)
    assert not any(row.counted for row in review.waiting(centre.manager)), "ages and periods move with the day"
    assert review_queue.count_on(centre.manager)
    assert all(row.counted for row in review.waiting(centre.manager))


def test_what_is_counted_in_slices_is_counted_to_the_end(centre: Centre) -> None:
    for _ in range(5):
        builders.an_application(centre.receptionist)
    with unit_of_work():
        finding_counts.forget_all()
    rounds = 1
    while not review_queue.count_on(centre.manager, 0):
        rounds += 1
    assert rounds >= 5
    assert all(row.counted for row in review.waiting(centre.manager))


def test_what_was_verified_is_kept_with_the_version_and_who_did_it(centre: Centre) -> None:
    form = builders.a_registration()
    waiting = builders.an_application(centre.receptionist, form)
    authentic, *_ = ticks.items()
    ticks.tick(centre.manager, waiting, 1, authentic)
    (done,) = [one for one in review.look_at(centre.manager, waiting).ticks if one.at]
    assert (done.item, done.who) == ("证件真实", "王丽华")
    application.submit(centre.receptionist, form, opid="again", application_id=waiting, version=1)
    assert not any(one.at for one in review.look_at(centre.manager, waiting).ticks), "another version is verified anew"
    assert refused(ticks.tick, centre.manager, waiting, 1, authentic).code == "application_changed"
    ticks.tick(centre.manager, waiting, 2, authentic)
    ticks.tick(centre.manager, waiting, 2, authentic, done=False)
    assert not any(one.at for one in review.look_at(centre.manager, waiting).ticks)
    assert refused(ticks.tick, centre.manager, waiting, 2, "血型").code == "item_unknown"


def test_what_is_verified_is_a_setting(centre: Centre) -> None:
    office.change_settings(centre.manager, {"review_items": "接种证　体检表"})
    assert ticks.items() == ("接种证", "体检表")


def test_a_question_to_the_family_waits_with_a_deadline_of_its_own(centre: Centre, the_clock: Clock) -> None:
    the_clock.set("2026-09-14")
    waiting = builders.an_application(centre.receptionist)
    missed = Contacted("张志强（父亲）", "phone", "no_answer")
    asking.log_contact(centre.receptionist, waiting, 1, missed)
    assert review.look_at(centre.manager, waiting).state == "submitted"
    asking.log_contact(centre.manager, waiting, 1, CALLED, then="ask")
    view = review.look_at(centre.receptionist, waiting)
    assert (view.state, view.reason, view.due_on) == ("needs_information", CALLED.note, "2026-09-17")
    assert [(one.result, one.who) for one in view.contacts] == [("reached", "王丽华"), ("no_answer", "林小婉")]
    assert refused(review.approve, centre.manager, waiting, 1).code == "application_decided"
    the_clock.set("2026-09-18")
    (group,) = [one for one in reminders.today(centre.receptionist).groups if one.kind == "information"]
    assert (group.count, group.overdue, group.rows[0].note) == (1, 1, CALLED.note)
    asking.log_contact(centre.receptionist, waiting, 1, Contacted("妈妈", "wechat", "reached"), then="answered")
    view = review.look_at(centre.manager, waiting)
    assert (view.state, view.reason, view.due_on) == ("submitted", "", "2026-09-22")
    assert review.approve(centre.manager, waiting, 1).student_id


def test_a_corrected_form_is_an_answer_too(centre: Centre) -> None:
    form = builders.a_registration()
    waiting = builders.an_application(centre.receptionist, form)
    asking.log_contact(centre.manager, waiting, 1, CALLED, then="ask")
    draft = application.open_draft(centre.receptionist, review.reopen(centre.receptionist, waiting))
    application.submit(
        centre.receptionist, draft.registration, opid="b", draft_id=draft.id, application_id=waiting,
        version=draft.version,
    )  # fmt: skip
    view = review.look_at(centre.manager, waiting)
    assert (view.state, view.version, len(view.contacts)) == ("submitted", 2, 1)


def test_only_a_reviewer_lets_an_application_wait_for_the_family(centre: Centre) -> None:
    office.set_roles(centre.manager, centre.receptionist.user_id, ("receptionist",))
    waiting = builders.an_application(centre.receptionist)
    assert refused(asking.log_contact, centre.receptionist, waiting, 1, CALLED, then="ask").values["right"] == "review"
    asking.log_contact(centre.receptionist, waiting, 1, CALLED)


@pytest.mark.parametrize(
    ("contact", "more", "code"),
    [
        (Contacted(" ", "phone", "reached"), {}, "contact_incomplete"),
        (Contacted("爸爸", "letter", "reached"), {}, "contact_incomplete"),
        (Contacted("爸爸", "phone", "reached"), {"then": "ask"}, "reason_missing"),
        (CALLED, {"then": "ask", "due_on": "2026-09-01"}, "due_day_past"),
        (CALLED, {"then": "ask", "due_on": "周五"}, "due_day_invalid"),
    ],
)
def test_a_contact_says_whom_how_and_with_what_result(
    centre: Centre, contact: Contacted, more: dict[str, str], code: str,
) -> None:  # fmt: skip
    waiting = builders.an_application(centre.receptionist)
    assert refused(asking.log_contact, centre.manager, waiting, 1, contact, **more).code == code


def test_rejected_with_a_reason_and_applied_for_anew(centre: Centre) -> None:
    form = builders.a_registration()
    waiting = builders.an_application(centre.receptionist, form)
    assert refused(review.reject, centre.manager, waiting, 1, " ").code == "reason_missing"
    review.reject(centre.manager, waiting, 1, "年龄不符")
    view = review.look_at(centre.receptionist, waiting)
    assert (view.state, view.reason, view.decided_by) == ("rejected", "年龄不符", "王丽华")
    assert refused(review.approve, centre.manager, waiting, 1).code == "application_decided"
    draft = application.open_draft(centre.receptionist, review.reopen(centre.receptionist, waiting))
    assert (draft.application_id, draft.registration) == (None, form)
    again = application.submit(centre.receptionist, form, opid="again").application_id
    assert again != waiting
    assert [row.state for row in review.waiting(centre.receptionist)] == ["submitted", "rejected"]


@pytest.mark.parametrize("decide", ["approve", "reject", "send_back", "withdraw"])
def test_every_decision_is_logged_with_what_was_known(centre: Centre, decide: str) -> None:
    elder = builders.a_registration(identity_number="", birth_date="2009-01-01")
    first = builders.an_application(centre.receptionist, elder)
    second = application.submit(centre.receptionist, elder, opid="b", not_same=(-first,)).application_id
    ticks.tick(centre.manager, second, 1, "证件真实")
    asking.log_contact(centre.manager, second, 1, CALLED)
    deciding = getattr(review, decide)
    deciding(centre.manager, second, 1, *(() if decide == "approve" else ("不合适",)))
    entry = operation_log.entries(centre.manager)[0]
    names = ("version", "problems", "matches", "not_same", "ticked", "contacts")
    known = {name: entry.details.get(name) for name in names}
    assert known == {
        "version": 1, "problems": ["age_unusual"], "matches": [f"same_name_and_birth:{-first}"], "not_same": [-first],
        "ticked": ["证件真实"], "contacts": 1,
    }  # fmt: skip
    assert elder.child.name not in json.dumps(entry.details, ensure_ascii=False)


def test_many_are_approved_together_only_without_any_finding(centre: Centre) -> None:
    good = builders.an_application(centre.receptionist)
    odd = builders.an_application(centre.receptionist, birth_date="2009-01-01", identity_number="")
    before = len(operation_log.entries(centre.manager))
    assert review.approve(centre.manager, good, 1, opid="go", clean=True).number
    stop = refused(review.approve, centre.manager, odd, 1, opid="go", clean=True)
    assert (stop.code, stop.values["count"]) == ("has_findings", 1)
    entries = operation_log.entries(centre.manager)
    assert len(entries) == before + 1
    assert (entries[0].action, entries[0].details["opid"]) == ("approve_application", "go")


def test_what_was_approved_by_its_own_keyer_stands_on_the_managers_list_of_that_day(
    centre: Centre, the_clock: Clock,
) -> None:  # fmt: skip
    own = builders.a_student(centre.receptionist)
    review.approve(centre.manager, builders.an_application(centre.receptionist), 1)
    (group,) = [one for one in reminders.today(centre.manager).groups if one.kind == "own_approved"]
    assert [(row.id, row.who) for row in group.rows] == [(own, "林小婉")]
    assert all(one.kind != "own_approved" for one in reminders.today(centre.receptionist).groups)
    the_clock.go_on(days=1)
    assert all(one.kind != "own_approved" for one in reminders.today(centre.manager).groups)


def test_the_log_of_a_contact_holds_the_words_apart_so_that_they_can_be_erased(centre: Centre) -> None:
    waiting = builders.an_application(centre.receptionist)
    asking.log_contact(centre.manager, waiting, 1, CALLED)
    details = database.execute_sql("SELECT details FROM operation_log ORDER BY seq DESC LIMIT 1").fetchone()[0]
    assert CALLED.note not in details
    assert CALLED.whom not in details
