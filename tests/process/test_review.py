"""Review: who may approve, sending back, one go at the counter."""

from dataclasses import replace

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, office, operation_log, review, sheet_preview, student_file
from app.process.actor import Actor
from app.rules.person import Discount, Registration
from tests import builders
from tests.conftest import Centre, Clock


def refused(call: object, *args: object, **values: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **values)  # type: ignore[operator]
    return found.value


def doubtful(**changes: object) -> Registration:
    """A registration with one finding: the child is older than the usual ones."""
    return builders.a_registration(birth_date="2009-01-01", identity_number="", **changes)


def submitted(actor: Actor, form: Registration, **more: object) -> int:
    return application.submit(actor, form, opid=builders.opid(), **more).application_id  # type: ignore[arg-type]


def log_entries() -> list[tuple[str, str, int]]:
    rows = database.execute_sql("SELECT action, subject_kind, actor_id FROM operation_log ORDER BY seq").fetchall()
    return [tuple(row) for row in rows]


# who may approve (P2) -----------------------------------------------------------------------------------------------


@pytest.mark.clause("P2")
def test_keyed_at_the_counter_without_any_finding_may_be_approved_by_whoever_keyed_it(centre: Centre) -> None:
    office.set_roles(centre.manager, centre.receptionist.user_id, ("receptionist",))  # without the right review
    application_id = submitted(centre.receptionist, builders.a_registration())
    assert review.look_at(centre.receptionist, application_id).may_approve
    assert review.approve(centre.receptionist, application_id, 1).number == "20260001"


@pytest.mark.clause("P2")
def test_with_a_finding_it_is_approved_by_somebody_else(centre: Centre) -> None:
    application_id = submitted(centre.receptionist, doubtful())
    assert not review.look_at(centre.receptionist, application_id).may_approve
    assert refused(review.approve, centre.receptionist, application_id, 1).code == "approval_by_another"
    assert review.look_at(centre.manager, application_id).may_approve
    assert review.approve(centre.manager, application_id, 1).student_id


@pytest.mark.clause("P2")
@pytest.mark.parametrize("channel", ["paper", "online", "pdf"])
def test_what_did_not_come_at_the_counter_is_approved_by_somebody_else(centre: Centre, channel: str) -> None:
    application_id = submitted(centre.receptionist, builders.a_registration(), channel=channel)
    assert refused(review.approve, centre.receptionist, application_id, 1).code == "approval_by_another"


@pytest.mark.clause("P2")
def test_both_rules_are_settings(centre: Centre) -> None:
    first, second = (submitted(centre.receptionist, builders.a_registration()) for _ in range(2))
    office.change_settings(centre.manager, {"keyed_may_approve_clean": "0"})
    assert refused(review.approve, centre.receptionist, first, 1).code == "approval_by_another"
    office.change_settings(centre.manager, {"keyed_may_approve_clean": "1", "one_person_may_approve": "0"})
    assert refused(review.approve, centre.receptionist, second, 1).code == "approval_by_another"
    assert review.approve(centre.manager, second, 1).student_id


@pytest.mark.clause("P2")
def test_where_nobody_else_may_review_the_only_one_approves_also_what_has_findings(centre: Centre) -> None:
    office.set_roles(centre.manager, centre.receptionist.user_id, ("receptionist",))
    application_id = submitted(centre.manager, doubtful())
    assert review.look_at(centre.manager, application_id).may_approve
    assert review.approve(centre.manager, application_id, 1).student_id


@pytest.mark.clause("P2")
def test_without_the_right_nobody_approves_what_another_keyed(centre: Centre) -> None:
    application_id = submitted(centre.manager, builders.a_registration())
    office.set_roles(centre.manager, centre.receptionist.user_id, ("receptionist",))
    for actor in (centre.receptionist, centre.finance, centre.teacher):
        assert refused(review.approve, actor, application_id, 1).code == "no_right"


@pytest.mark.clause("P5")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": (builders.a_line(unit_fen=70_000),)}, "price_differs"),
        ({"discounts": (Discount("by_hand", "邻居", 10_000),)}, "discount_by_hand"),
        ({"discounts": (Discount("siblings", "", 39_000),)}, "discount_without_sibling"),
    ],
)
def test_a_price_or_discount_outside_the_rules_asks_for_the_right(
    centre: Centre, changes: dict[str, object], code: str,
) -> None:  # fmt: skip
    application_id = submitted(centre.manager, builders.a_registration(**changes))
    assert code in {one.code for one in review.look_at(centre.receptionist, application_id).problems}
    stop = refused(review.approve, centre.receptionist, application_id, 1)
    assert (stop.code, stop.values["right"]) == ("no_right", "charge")


def a_younger_one(centre: Centre, *discounts: int) -> Registration:
    """A child whose brother is at the centre, with siblings' discounts of so many fen."""
    family = application.family(centre.manager, builders.a_student(centre.manager, builders.a_registration()))
    return builders.a_registration(
        guardians=family.guardians, discounts=tuple(Discount("siblings", "", fen) for fen in discounts),
    )  # fmt: skip


def test_a_discount_by_its_rule_is_no_finding(centre: Centre) -> None:
    application_id = submitted(centre.receptionist, a_younger_one(centre, 39_000))
    assert review.approve(centre.receptionist, application_id, 1).due_fen == 390_000 - 39_000


@pytest.mark.clause("P5")
@pytest.mark.parametrize("discounts", [(39_001,), (20_000, 20_000)])
def test_the_rule_bounds_all_discounts_of_its_name_together(centre: Centre, discounts: tuple[int, ...]) -> None:
    application_id = submitted(centre.manager, a_younger_one(centre, *discounts))
    problems = review.look_at(centre.receptionist, application_id).problems
    assert [(one.code, one.values["rule_fen"]) for one in problems] == [("discount_above_rule", 39_000)]
    stop = refused(review.approve, centre.receptionist, application_id, 1)
    assert (stop.code, stop.values["right"]) == ("no_right", "charge")


# what was looked at -------------------------------------------------------------------------------------------------


@pytest.mark.clause("P2")
@pytest.mark.parametrize("decide", ["approve", "send_back", "withdraw", "submit", "submit_and_approve"])
def test_nobody_decides_on_an_application_that_was_handed_in_anew_meanwhile(centre: Centre, decide: str) -> None:
    form = builders.a_registration(address="文一路 1 号")
    waiting = submitted(centre.receptionist, form)
    looked_at = review.look_at(centre.manager, waiting).version
    submitted(
        centre.receptionist, builders.changed(form, address="文二路 2 号"), application_id=waiting, version=looked_at,
    )  # fmt: skip
    deciding = {
        "approve": lambda: review.approve(centre.manager, waiting, looked_at),
        "send_back": lambda: review.send_back(centre.manager, waiting, looked_at, "电话打不通"),
        "withdraw": lambda: review.withdraw(centre.manager, waiting, looked_at, "不来了"),
        "submit": lambda: submitted(centre.manager, form, application_id=waiting, version=looked_at),
        "submit_and_approve": lambda: review.submit_and_approve(
            centre.manager, form, opid="visit", application_id=waiting, version=looked_at,
        ),
    }  # fmt: skip
    assert refused(deciding[decide]).code == "application_changed"
    now = review.look_at(centre.manager, waiting)
    assert (now.state, now.version, now.registration.child.address) == ("submitted", 2, "文二路 2 号")
    assert review.approve(centre.manager, waiting, now.version).student_id


@pytest.mark.clause("P2")
def test_a_draft_of_an_application_remembers_which_one_was_taken_up(centre: Centre) -> None:
    form = builders.a_registration()
    waiting = submitted(centre.receptionist, form)
    draft_id = review.reopen(centre.manager, waiting)
    draft = application.open_draft(centre.manager, draft_id)
    application.save_draft(centre.manager, draft_id, form, 1, application_id=waiting, version=draft.version)
    assert (draft.version, application.open_draft(centre.manager, draft_id).version) == (1, 1)


# health and identity ------------------------------------------------------------------------------------------------


def without(centre: Centre, *rights: str) -> None:
    """Take rights from the receptionist, who is nothing else."""
    office.set_roles(centre.manager, centre.receptionist.user_id, ("receptionist",))
    kept = office.grants(centre.manager)["receptionist"] - set(rights)
    office.set_grants(centre.manager, "receptionist", kept)


@pytest.mark.clause("P13")
def test_health_and_identity_of_an_application_are_for_who_may_see_them(centre: Centre) -> None:
    form = builders.a_registration(marks=("food_allergy",), allergies="花生", special_needs="坐第一排")
    others = submitted(centre.manager, form)
    assert review.look_at(centre.receptionist, others).registration == form
    without(centre, "see_health", "see_identity")
    view = review.look_at(centre.receptionist, others)
    assert view.health_closed == "no_right_to_see_health"
    assert (view.registration.health.allergies, view.registration.child.special_needs) == ("", "")
    assert form.child.identity_number not in str(view)
    assert "花生" not in str(view)
    assert refused(review.reopen, centre.receptionist, others).values["right"] == "see_health"
    own = submitted(centre.receptionist, builders.a_registration(allergies="虾", marks=("food_allergy",)))
    assert review.look_at(centre.receptionist, own).registration.health.allergies == "虾", "who keyed it knows it"


@pytest.mark.clause("P13")
def test_a_draft_of_somebody_else_is_opened_only_by_who_may_see_all_of_it(centre: Centre) -> None:
    without(centre, "see_identity")
    form = builders.a_registration()
    whole = application.save_draft(centre.manager, None, form, 1)
    assert refused(application.open_draft, centre.receptionist, whole).values["right"] == "see_identity"
    begun = application.save_draft(centre.manager, None, builders.changed(form, identity_number=""), 1)
    assert application.open_draft(centre.receptionist, begun).registration.child.name == form.child.name
    own = application.save_draft(centre.receptionist, None, form, 1)
    assert application.open_draft(centre.receptionist, own).registration == form


# the queue ----------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P2")
def test_the_queue_shows_age_and_findings(centre: Centre, the_clock: Clock) -> None:
    first = submitted(centre.receptionist, doubtful(name="陈一"))
    the_clock.set("2026-09-15")
    submitted(centre.manager, builders.a_registration(name="李二", mobile="13900001234"))
    rows = review.waiting(centre.receptionist)
    assert [(row.name, row.days, row.keyed_by, row.state, row.sheet_state) for row in rows] == [
        ("陈一", 3, "林小婉", "submitted", ""),
        ("李二", 0, "王丽华", "submitted", ""),
    ]
    assert (rows[0].findings, rows[1].findings) == (1, 0)
    assert (rows[1].services_text, rows[1].mobile) == ("晚托", "13900001234")
    view = review.look_at(centre.manager, first)
    assert [problem.code for problem in view.problems] == ["age_unusual"]


@pytest.mark.clause("P2")
def test_a_new_duplicate_is_found_again_at_review(centre: Centre) -> None:
    form = builders.a_registration(identity_number="")
    first = submitted(centre.receptionist, form)
    second = submitted(centre.receptionist, form, not_same=(-first,))
    assert review.look_at(centre.manager, second).may_approve
    student_id = review.approve(centre.manager, first, 1).student_id
    view = review.look_at(centre.receptionist, second)
    assert ([match.student_id for match in view.matches], view.may_approve) == ([student_id], False)


@pytest.mark.clause("P1")
def test_the_same_identity_number_stops_at_approval_too(centre: Centre) -> None:
    form = builders.a_registration()
    application_id = submitted(centre.receptionist, form)
    other = builders.a_student(centre.manager, builders.a_registration())
    with_number = student_file.profile(centre.manager, other).registration
    number = replace(with_number, child=replace(with_number.child, identity_number=form.child.identity_number))
    assert refused(student_file.save_section, centre.manager, other, "child", number, 1).code == "same_identity"
    review.withdraw(centre.manager, application_id, 1, "登记错了")
    student_file.save_section(centre.manager, other, "child", number, 1)
    assert refused(application.submit, centre.receptionist, form, opid="b").code == "same_identity"


# deciding -----------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P2")
def test_sent_back_with_a_reason_that_the_receptionist_sees(centre: Centre) -> None:
    application_id = submitted(centre.receptionist, builders.a_registration())
    assert refused(review.send_back, centre.manager, application_id, 1, "  ").code == "reason_missing"
    review.send_back(centre.manager, application_id, 1, "请补充过敏情况")
    view = review.look_at(centre.receptionist, application_id)
    assert (view.state, view.reason, view.decided_by) == ("returned", "请补充过敏情况", "王丽华")
    assert [row.state for row in review.waiting(centre.receptionist)] == ["returned"]
    assert refused(review.approve, centre.manager, application_id, 1).code == "application_decided"


def test_reopening_twice_gives_the_same_draft(centre: Centre) -> None:
    application_id = submitted(centre.receptionist, builders.a_registration())
    assert review.reopen(centre.receptionist, application_id) == review.reopen(centre.receptionist, application_id)
    review.withdraw(centre.receptionist, application_id, 1, "不来了")
    assert application.drafts(centre.receptionist) == ()
    again = application.open_draft(centre.receptionist, review.reopen(centre.receptionist, application_id))
    assert again.application_id is None, "a family that comes after all applies anew, and types nothing again"
    review.approve(centre.manager, other := submitted(centre.receptionist, builders.a_registration()), 1)
    assert refused(review.reopen, centre.receptionist, other).code == "application_decided"


@pytest.mark.clause("P2")
def test_approving_leaves_one_entry_that_names_who_keyed_it(centre: Centre) -> None:
    application_id = submitted(centre.receptionist, builders.a_registration())
    before = log_entries()
    admitted = review.approve(centre.manager, application_id, 1)
    assert log_entries()[len(before) :] == [("approve_application", "student", centre.manager.user_id)]
    profile = student_file.profile(centre.manager, admitted.student_id)
    assert (profile.keyed_by, profile.approved_by) == ("林小婉", "王丽华")


@pytest.mark.clause("P8")
def test_a_former_student_who_comes_back_keeps_what_the_file_said_before(centre: Centre) -> None:
    form = builders.a_registration(address="文一路 1 号")
    student = builders.a_student(centre.manager, form)
    with unit_of_work():
        database.execute_sql("UPDATE student SET state = 'left' WHERE id = ?", (student,))
    again = submitted(centre.receptionist, builders.changed(form, address="文二路 2 号"))
    assert review.approve(centre.manager, again, 1).student_id == student
    changes = student_file.history(centre.manager, student, "child.address")
    assert [(one.before, one.after, one.who) for one in changes] == [("文一路 1 号", "文二路 2 号", "王丽华")]


@pytest.mark.clause("P8")
def test_a_new_phone_of_a_shared_guardian_stands_in_the_history_of_the_brother(centre: Centre) -> None:
    elder = builders.a_student(centre.manager, builders.a_registration(mobile="13800001111"))
    (guardian,) = application.family(centre.manager, elder).guardians
    younger = builders.a_registration(guardians=(replace(guardian, mobile="13800002222"),))
    review.approve(centre.manager, submitted(centre.receptionist, younger), 1)
    changes = student_file.history(centre.manager, elder, f"guardians.{guardian.id}.mobile")
    assert [(one.before, one.after) for one in changes] == [("13800001111", "13800002222")]


def test_what_was_corrected_in_the_same_go_stands_in_the_log(centre: Centre) -> None:
    form = builders.a_registration(address="文一路 1 号")
    waiting = submitted(centre.receptionist, form)
    better = builders.changed(form, address="文二路 2 号")
    review.submit_and_approve(centre.receptionist, better, opid="visit", application_id=waiting, version=1)
    (entry,) = operation_log.entries(centre.manager, action="submit_and_approve")
    assert entry.changes == (("child.address", "文一路 1 号", "文二路 2 号"),)


def test_approving_twice_gives_the_same_student(centre: Centre) -> None:
    application_id = submitted(centre.receptionist, builders.a_registration())
    first = review.approve(centre.manager, application_id, 1)
    before = log_entries()
    assert review.approve(centre.manager, application_id, 1) == first
    assert log_entries() == before
    assert refused(review.approve, centre.receptionist, application_id, 1).code == "application_decided"


@pytest.mark.clause("P2")
def test_whoever_may_do_both_does_it_in_one_go_at_the_counter(centre: Centre) -> None:
    form = builders.a_registration()
    draft_id = application.save_draft(centre.receptionist, None, form, 4)
    before = log_entries()
    admitted = review.submit_and_approve(centre.receptionist, form, opid="visit", draft_id=draft_id)
    assert admitted.due_fen == 390_000
    assert log_entries()[len(before) :] == [("submit_and_approve", "student", centre.receptionist.user_id)]
    assert application.drafts(centre.receptionist) == ()
    assert review.submit_and_approve(centre.receptionist, form, opid="visit") == admitted


def test_one_go_with_a_finding_stores_nothing(centre: Centre) -> None:
    before = log_entries()
    stop = refused(review.submit_and_approve, centre.receptionist, doubtful(), opid="visit")
    assert stop.code == "approval_by_another"
    assert (review.waiting(centre.receptionist), log_entries()) == ((), before)
    assert application.submit(centre.receptionist, doubtful(), opid="visit").application_id


def test_what_waits_already_is_finished_in_one_go_with_the_same_opid(centre: Centre) -> None:
    form = builders.a_registration()
    application.submit(centre.receptionist, form, opid="visit")
    assert review.submit_and_approve(centre.receptionist, form, opid="visit").student_id
    assert review.waiting(centre.receptionist) == ()


@pytest.mark.clause("P1")
def test_an_application_keeps_the_channel_by_which_it_came_when_it_is_corrected(manager: Actor) -> None:
    form = builders.a_registration()
    first = application.submit(manager, form, opid="a", channel="online").application_id
    draft = application.open_draft(manager, review.reopen(manager, first))
    assert draft.channel == "online"
    changed = replace(form, child=replace(form.child, address="新华路 1 号"))
    application.submit(manager, changed, opid="b", application_id=first, version=draft.version)
    assert application.load(first).channel == "online"


@pytest.mark.clause("P2")
def test_a_paper_form_is_typed_in_by_one_and_approved_by_another(centre: Centre) -> None:
    form = builders.a_registration()
    seen = {
        channel: sheet_preview.preview(centre.receptionist, form, channel=channel).may_enter
        for channel in ("counter", "paper")
    }
    assert seen == {"counter": True, "paper": False}
    with pytest.raises(Refused, match="approval_by_another"):
        review.submit_and_approve(centre.receptionist, form, opid="a", channel="paper")
    submitted = application.submit(centre.receptionist, form, opid="a", channel="paper")
    assert not submitted.may_approve
    assert application.load(submitted.application_id).channel == "paper"


@pytest.mark.clause("P1")
def test_held_work_knows_that_it_is_typed_in_from_a_paper_form(manager: Actor) -> None:
    draft = application.save_draft(manager, None, builders.a_registration(), 1, channel="paper")
    assert application.open_draft(manager, draft).channel == "paper"
