"""Consents of a family: withdrawn and given again, with what of a child's health is open by them."""

from dataclasses import replace
from typing import Any

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import confirmation, consents, office, papers, reminders, review, student_file, student_list
from app.process.actor import Actor
from app.process.student_file import Profile
from app.rules.consents import NOT_ASKED, PAPER_MISSING, REFUSED
from app.rules.person import Consent, Health, Registration
from tests import builders
from tests.conftest import Centre, Clock
from tests.printing import reading

NEEDED = tuple(Consent(kind, given=True, date="2026-09-12") for kind in ("privacy", "under_14"))


def refused(call: Any, *args: object, **values: object) -> str:
    with pytest.raises(Refused) as found:
        call(*args, **values)
    return found.value.code


def a_form(**changes: Any) -> Registration:
    told = {"allergies": "花生", "marks": ("food_allergy",), "medication": "布地奈德", "special_needs": "左耳听力较弱"}
    return builders.a_registration(**{**told, **changes})


def entered(centre: Centre, form: Registration) -> int:
    """A student whose form asks something, so that somebody else approves it."""
    waiting = builders.an_application(centre.receptionist, form)
    return int(review.approve(centre.manager, waiting, 1).student_id)


def read(centre: Centre, student_id: int) -> Profile:
    return student_file.profile(centre.manager, student_id)


def withdraw(actor: Actor, student_id: int, kind: str = "privacy", **other: str) -> int:
    given = {"given_by": "张志强", "relation": "father", "on": "2026-09-12", **other}
    return consents.withdraw(actor, student_id, kind, **given)


def give(actor: Actor, student_id: int, kind: str = "privacy", **other: str) -> int:
    given = {"given_by": "林晓月", "relation": "mother", "on": "2026-09-12", **other}
    return consents.give(actor, student_id, kind, **given)


def sign(centre: Centre, student_id: int) -> None:
    sheet = confirmation.make_sheet(centre.manager, student_id=student_id)
    (name, relation, key), *_ = confirmation.signers(centre.manager, sheet.id)
    day = sheet.made_at[:10]
    confirmation.mark_signed(
        centre.manager, sheet.id, signed_on=day, signer=name, relation=relation, guardian_id=key,
    )  # fmt: skip


# withdrawing and giving again ---------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_a_withdrawal_closes_health_at_once_and_everything_told_stays_stored(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager, a_form())
    assert read(centre, student_id).registration.health.medication == "布地奈德"
    withdraw(centre.receptionist, student_id, note="来电")
    seen = read(centre, student_id)
    assert (seen.health_closed, seen.registration.health, seen.registration.child.special_needs) == (
        REFUSED, Health(), "",
    )  # fmt: skip
    assert seen.allergies == "", "who withdraws decides that too"
    pane = student_list.detail(centre.manager, student_id)
    assert (pane.health_closed, pane.allergies, pane.health_marks, pane.medication) == (REFUSED, "", (), "")
    (newest, *_) = seen.consents
    assert (newest.kind, newest.given, newest.date, newest.given_by, newest.relation, newest.note) == (
        "privacy", False, "2026-09-12", "张志强", "father", "来电",
    )  # fmt: skip
    give(centre.receptionist, student_id)
    assert read(centre, student_id).registration.health.medication == "布地奈德"


@pytest.mark.clause("P13")
def test_what_was_answered_before_stays_and_the_history_tells_who_when_before_and_after(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    withdraw(centre.receptionist, student_id, "emergency_treatment")
    said = [(one.given, one.given_by) for one in read(centre, student_id).consents if one.kind == "emergency_treatment"]
    assert said == [(False, "张志强"), (True, "")]
    changes = {one.field: (one.before, one.after, one.who) for one in student_file.history(centre.manager, student_id)}
    assert changes["consents.emergency_treatment.given"] == ("1", "0", "林小婉")
    assert changes["consents.emergency_treatment.given_by"] == ("", "张志强", "林小婉")


@pytest.mark.clause("P4")
def test_a_withdrawal_makes_the_signed_sheet_stale_and_the_next_one_tells_it(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    sign(centre, student_id)
    assert not read(centre, student_id).unsigned
    withdraw(centre.receptionist, student_id, "emergency_treatment")
    assert read(centre, student_id).unsigned
    sheet = confirmation.make_sheet(centre.manager, student_id=student_id)
    words = reading.words(papers.content(centre.manager, sheet.id))
    assert "同意事项紧急送医同意不同意" in words
    assert "张志强（父亲）2026-09-12答复" in words


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("how", "kind", "values", "code"),
    [
        (withdraw, "photos", {}, "consent_not_given"),
        (give, "privacy", {}, "consent_given_already"),
        (withdraw, "privacy", {"given_by": "  "}, "consent_by_missing"),
        (withdraw, "privacy", {"relation": ""}, "consent_by_missing"),
        (withdraw, "privacy", {"on": "2026-09-13"}, "consent_date_future"),
        (withdraw, "privacy", {"on": "gestern"}, "consent_date_invalid"),
        (give, "anything", {}, "unknown_consent"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    centre: Centre, how: Any, kind: str, values: dict[str, str], code: str,
) -> None:  # fmt: skip
    student_id = builders.a_student(centre.manager)
    assert refused(how, centre.receptionist, student_id, kind, **values) == code


@pytest.mark.clause("P13")
def test_a_save_over_a_withdrawal_is_refused_and_names_who_recorded_it(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    before = read(centre, student_id)
    version = withdraw(centre.receptionist, student_id)
    with pytest.raises(Refused) as found:
        student_file.save_section(centre.manager, student_id, "health", before.registration, before.version)
    assert (found.value.code, found.value.values["who"]) == ("newer_change", "林小婉")
    assert refused(student_file.undo_last, centre.manager, student_id, version) == "nothing_to_undo"


# the signed sheet -----------------------------------------------------------------------------------------------------


@pytest.mark.clause("P4")
def test_a_consent_at_the_counter_opens_health_for_a_week_and_the_signature_keeps_it_open(
    centre: Centre, the_clock: Clock,
) -> None:  # fmt: skip
    student_id = builders.a_student(centre.manager, a_form())
    assert (read(centre, student_id).health_closed, read(centre, student_id).health_until) == ("", "2026-09-19")
    the_clock.set("2026-09-20")
    seen = read(centre, student_id)
    assert (seen.health_closed, seen.registration.health) == (PAPER_MISSING, Health())
    assert seen.allergies == student_list.detail(centre.manager, student_id).allergies == "花生", "nobody said no"
    sign(centre, student_id)
    assert read(centre, student_id).registration.health.allergies == "花生"
    assert (read(centre, student_id).health_closed, read(centre, student_id).health_until) == ("", "")


@pytest.mark.clause("P4")
def test_a_signature_goes_on_counting_when_something_else_makes_the_sheet_stale(
    centre: Centre, the_clock: Clock,
) -> None:  # fmt: skip
    student_id = builders.a_student(centre.manager, a_form())
    sign(centre, student_id)
    the_clock.set("2026-10-12")
    found = read(centre, student_id)
    form = builders.changed(found.registration, mobile="13800001111")
    student_file.save_section(centre.manager, student_id, "guardians", form, found.version)
    assert (read(centre, student_id).unsigned, read(centre, student_id).health_closed) == (True, "")


@pytest.mark.clause("P13")
def test_a_sheet_that_was_signed_with_a_refusal_proves_no_later_consent(centre: Centre, the_clock: Clock) -> None:
    no = replace(NEEDED[1], given=False)
    student_id = entered(centre, a_form(consents=(NEEDED[0], no)))
    sign(centre, student_id)
    assert read(centre, student_id).health_closed == REFUSED
    give(centre.receptionist, student_id, "under_14")  # on the very day
    assert (read(centre, student_id).health_closed, read(centre, student_id).health_until) == ("", "2026-09-19")
    the_clock.set("2026-09-20")
    assert read(centre, student_id).health_closed == PAPER_MISSING


@pytest.mark.clause("P13")
def test_how_long_a_spoken_consent_holds_is_a_setting(centre: Centre, the_clock: Clock) -> None:
    office.change_settings(centre.manager, {"consent_paper_days": "2"})
    student_id = builders.a_student(centre.manager)
    the_clock.set("2026-09-14")
    assert read(centre, student_id).health_closed == ""
    the_clock.set("2026-09-15")
    assert read(centre, student_id).health_closed == PAPER_MISSING


@pytest.mark.clause("P14")
def test_the_first_page_tells_beside_the_unsigned_sheet_until_when_health_is_open(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    (group,) = (one for one in reminders.today(centre.receptionist).groups if one.kind == "unsigned")
    assert [(row.id, row.health_until) for row in group.rows] == [(student_id, "2026-09-19")]


# what is closed is neither read nor written ------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_while_health_is_closed_a_save_keeps_it_and_takes_the_answers_alone(centre: Centre) -> None:
    student_id = entered(centre, a_form(consents=()))
    found = read(centre, student_id)
    assert (found.health_closed, found.registration.health, found.allergies) == (NOT_ASKED, Health(), "花生")
    form = replace(found.registration, consents=NEEDED, health=Health(("asthma",)))
    student_file.save_section(centre.receptionist, student_id, "health", form, found.version)
    seen = read(centre, student_id).registration
    assert (seen.health.allergies, seen.health.marks, seen.consents) == ("花生", ("food_allergy",), NEEDED)
    found = read(centre, student_id)
    withdraw(centre.receptionist, student_id)
    form = replace(found.registration, child=replace(found.registration.child, special_needs="", school="求是小学"))
    student_file.save_section(centre.receptionist, student_id, "child", form, found.version + 1)
    give(centre.receptionist, student_id)
    child = read(centre, student_id).registration.child
    assert (child.school, child.special_needs) == ("求是小学", "左耳听力较弱")


@pytest.mark.clause("P13")
def test_a_change_of_health_is_neither_told_nor_undone_while_it_is_closed(centre: Centre, the_clock: Clock) -> None:
    student_id = builders.a_student(centre.manager, a_form())
    found = read(centre, student_id)
    form = builders.changed(found.registration, allergies="花生、腰果")
    version = student_file.save_section(centre.manager, student_id, "health", form, found.version)
    assert [one.after for one in student_file.history(centre.manager, student_id, "health")] == ["花生、腰果"]
    the_clock.set("2026-09-20")
    assert student_file.history(centre.manager, student_id, "health") == ()
    assert refused(student_file.undo_last, centre.manager, student_id, version) == "health_closed"


@pytest.mark.clause("P2")
def test_an_application_without_the_answers_shows_health_to_nobody_until_they_are_given(centre: Centre) -> None:
    waiting = builders.an_application(centre.receptionist, a_form(consents=()))
    view = review.look_at(centre.receptionist, waiting)
    assert (view.health_closed, view.registration.health) == (NOT_ASKED, Health())
    assert {one.code for one in view.problems} >= {"privacy_not_asked", "under_14_not_asked"}
    review.reopen(centre.receptionist, waiting)
    assert builders_form(centre).health.medication == "布地奈德", "nothing that was typed is lost"


def builders_form(centre: Centre) -> Registration:
    """The draft that was opened last."""
    from app.process import application

    (row, *_) = application.drafts(centre.receptionist)
    return application.open_draft(centre.receptionist, row.id).registration


@pytest.mark.clause("P4")
def test_the_sheet_of_a_family_that_refused_prints_no_health_and_says_so(centre: Centre) -> None:
    from app.process import sheet_preview

    no = replace(NEEDED[1], given=False)
    for answers, shown in ((NEEDED, True), ((NEEDED[0], no), False), ((), True)):
        paper = sheet_preview.preview(centre.receptionist, a_form(consents=answers)).content
        words = reading.words(paper)
        assert ("布地奈德" in words) is shown
        assert ("监护人不同意（或已撤回同意）" in words) is not shown


@pytest.mark.clause("P4")
def test_what_changed_of_health_is_not_printed_once_it_was_refused(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager, a_form())
    sign(centre, student_id)
    found = read(centre, student_id)
    form = builders.changed(found.registration, diet="不吃海鲜")
    student_file.save_section(centre.manager, student_id, "health", form, found.version)
    withdraw(centre.manager, student_id)
    sheet = confirmation.make_sheet(centre.manager, student_id=student_id)
    words = reading.words(papers.content(centre.manager, sheet.id))
    assert "同意事项个人信息告知同意不同意" in words
    assert "不吃海鲜" not in words


@pytest.mark.clause("P1")
def test_a_consent_to_an_older_wording_holds_and_may_be_given_to_the_new_one(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    with unit_of_work():
        database.execute_sql(
            "INSERT INTO wording (name, version, title, text, made_by, made_at)"
            " VALUES ('privacy', 2, '告知书', '新', 1, '')",
        )
    seen = read(centre, student_id)
    assert seen.health_closed == ""
    assert [(one.version, one.newest) for one in seen.consents if one.kind == "privacy"] == [(1, 2)]
    give(centre.receptionist, student_id)
    assert [one.version for one in read(centre, student_id).consents if one.kind == "privacy"] == [2, 1]
