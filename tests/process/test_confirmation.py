"""The confirmation sheet: versions, signing, going stale, what waits for a signature."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, confirmation, papers, review, student_file, student_list, waiting_signatures
from app.process.actor import Actor
from app.process.papers import PaperFact
from app.rules.person import EnrolmentLine, Registration
from tests import builders
from tests.conftest import Centre, Clock


def text_of(actor: Actor, sheet: PaperFact) -> str:
    pages = PdfReader(BytesIO(papers.content(actor, sheet.id))).pages
    return "\n".join(page.extract_text() for page in pages)


def refused(call: Any, *args: object, **values: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **values)
    return found.value


def sign(actor: Actor, sheet: PaperFact, form: Registration, **more: Any) -> PaperFact:
    values = {"signed_on": "2026-09-12", "signer": form.guardians[0].name, "relation": "father"} | more
    return confirmation.mark_signed(actor, sheet.id, **values)


def signed_student(centre: Centre, **changes: Any) -> tuple[int, Registration]:
    """A student whose sheet was printed and signed."""
    form = builders.a_registration(**changes)
    student_id = builders.a_student(centre.manager, form)
    sheet = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    papers.record_print(centre.receptionist, sheet.id, "HP")
    sign(centre.receptionist, sheet, form)
    return student_id, student_file.profile(centre.manager, student_id).registration


def save(centre: Centre, student_id: int, section: str, form: Registration) -> None:
    version = student_file.profile(centre.manager, student_id).version
    student_file.save_section(centre.manager, student_id, section, form, version)


def unsigned(centre: Centre, student_id: int) -> bool:
    return student_file.profile(centre.manager, student_id).unsigned


# making -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P4")
def test_the_sheet_shows_everything_that_was_recorded_and_the_identity_number_in_full(centre: Centre) -> None:
    form = builders.a_registration(allergies="花生、腰果", marks=("food_allergy",))
    sheet = confirmation.make_sheet(
        centre.receptionist, student_id=builders.a_student(centre.manager, form),
    )  # fmt: skip
    words = text_of(centre.receptionist, sheet).replace(" ", "")
    shown = (
        form.child.name, form.child.identity_number, form.child.birth_date, form.guardians[0].name,
        form.guardians[0].mobile, form.contacts[0].name, "花生、腰果", "3,900.00", sheet.number, "20260001",
    )  # fmt: skip
    assert [one for one in shown if one not in words] == []
    assert (sheet.version, sheet.number, len(sheet.code), sheet.prints) == (1, "BM-2026-000001", 12, 0)


@pytest.mark.clause("P2")
@pytest.mark.clause("P4")
def test_a_sheet_printed_and_signed_before_approval_belongs_to_the_student(centre: Centre) -> None:
    form = builders.a_registration()
    application_id = builders.an_application(centre.receptionist, form)
    sheet = confirmation.make_sheet(centre.receptionist, application_id=application_id)
    assert [row.sheet_state for row in review.waiting(centre.receptionist)] == ["printed"]
    sign(centre.receptionist, sheet, form)
    assert [row.sheet_state for row in review.waiting(centre.receptionist)] == ["signed"]
    student_id = review.approve(centre.manager, application_id, 1).student_id
    profile = student_file.profile(centre.manager, student_id)
    assert ([paper.id for paper in profile.papers], profile.unsigned) == ([sheet.id], False)
    assert confirmation.make_sheet(centre.receptionist, student_id=student_id).id == sheet.id


def test_an_application_that_changed_after_the_signature_enters_unsigned(centre: Centre) -> None:
    form = builders.a_registration()
    application_id = builders.an_application(centre.receptionist, form)
    sign(centre.receptionist, confirmation.make_sheet(centre.receptionist, application_id=application_id), form)
    moved = builders.changed(form, mobile="13912345678")
    application.submit(centre.receptionist, moved, opid="again", application_id=application_id, version=1)
    student_id = review.approve(centre.manager, application_id, 2).student_id
    assert unsigned(centre, student_id)


def test_nothing_changed_gives_the_same_sheet_and_no_entry(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    first = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    entries = database.execute_sql("SELECT count(*) FROM operation_log").fetchone()
    assert confirmation.make_sheet(centre.receptionist, student_id=student_id) == first
    assert database.execute_sql("SELECT count(*) FROM operation_log").fetchone() == entries


@pytest.mark.clause("P4")
def test_a_changed_phone_makes_the_sheet_stale_and_the_next_one_says_what_changed(centre: Centre) -> None:
    student_id, form = signed_student(centre)
    assert not unsigned(centre, student_id)
    old = form.guardians[0].mobile
    save(centre, student_id, "guardians", builders.changed(form, mobile="13912345678"))
    assert unsigned(centre, student_id)
    assert "stale" in student_list.rows(centre.manager, [student_id])[0].marks
    sheet = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    words = text_of(centre.receptionist, sheet)
    assert sheet.version == 2
    for shown in ("与第 1 版的不同", "监护人 1 手机", f"{old[:3]} {old[3:7]} {old[7:]}", "139 1234 5678"):
        assert shown.replace(" ", "") in words.replace(" ", "")
    sign(centre.receptionist, sheet, form)
    assert not unsigned(centre, student_id)


@pytest.mark.clause("P4")
def test_a_change_that_is_changed_back_leaves_the_signature_good_for_brothers_too(centre: Centre) -> None:
    elder, form = signed_student(centre)
    younger, _ = signed_student(centre, guardians=form.guardians)
    save(centre, elder, "guardians", builders.changed(form, mobile="13912345678"))
    assert (unsigned(centre, elder), unsigned(centre, younger)) == (True, True)
    save(centre, elder, "guardians", form)
    assert (unsigned(centre, elder), unsigned(centre, younger)) == (False, False)


@pytest.mark.clause("P4")
@pytest.mark.parametrize(
    ("section", "changes", "stale"),
    [
        ("child", {"grade": "4", "school_class": "（1）班", "school": "文三街小学"}, False),
        ("child", {"address": "新华路 1 号"}, False),
        ("child", {"name": "张珞辰"}, True),
        ("pick_up", {"goes_home_alone": True, "alone_from": "17:30"}, True),
        ("health", {"allergies": "花生", "marks": ("food_allergy",)}, True),
        ("services", {"class_id": 2}, False),
    ],
)
def test_only_what_matters_makes_a_sheet_stale(
    centre: Centre, section: str, changes: dict[str, Any], stale: bool,
) -> None:  # fmt: skip
    student_id, form = signed_student(centre)
    save(centre, student_id, section, builders.changed(form, **changes))
    assert unsigned(centre, student_id) is stale


@pytest.mark.clause("P4")
def test_taking_the_change_back_makes_the_signature_good_again(centre: Centre) -> None:
    student_id, form = signed_student(centre)
    save(centre, student_id, "guardians", builders.changed(form, mobile="13912345678"))
    version = student_file.profile(centre.manager, student_id).version
    student_file.undo_last(centre.manager, student_id, version)
    assert not unsigned(centre, student_id)


@pytest.mark.clause("P4")
def test_a_line_that_ran_out_by_itself_changes_nothing(centre: Centre, the_clock: Clock) -> None:
    drop_in = builders.a_line("临时托管", session="drop_in", unit="session", unit_fen=6_000, quantity=2)
    week = replace(drop_in, from_date="2026-09-14", to_date="2026-09-18")
    student_id, _ = signed_student(centre, lines=(builders.a_line(), week))
    first = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    the_clock.set("2026-10-08")
    assert confirmation.make_sheet(centre.receptionist, student_id=student_id) == first
    with unit_of_work():
        confirmation.settle(student_id)
    assert not unsigned(centre, student_id)


@pytest.mark.clause("P4")
def test_a_service_that_was_added_stands_among_the_changes(centre: Centre) -> None:
    student_id, form = signed_student(centre)
    meal: EnrolmentLine = builders.a_line("晚餐", session="none", unit="meal", unit_fen=1_500, quantity=92)
    more = replace(form, services=replace(form.services, lines=(*form.services.lines, meal)))
    save(centre, student_id, "services", more)
    sheet = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    words = text_of(centre.receptionist, sheet).replace(" ", "")
    assert "服务2" in words
    assert "晚餐\u30002026-09-14" in words.replace("\n", "") or "晚餐2026-09-14" in words.replace("\u3000", "")


# signing ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P4")
def test_marked_as_signed_by_scanning_the_code(centre: Centre) -> None:
    form = builders.a_registration()
    student_id = builders.a_student(centre.manager, form)
    sheet = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    scanned = papers.find(centre.receptionist, sheet.code)
    assert confirmation.signers(centre.receptionist, scanned.id) == ((form.guardians[0].name, "father", 1),)
    signed = sign(centre.receptionist, scanned, form)
    assert (signed.signed_on, signed.signer, signed.relation) == ("2026-09-12", form.guardians[0].name, "father")
    assert waiting_signatures.unsigned(centre.receptionist) == ()


@pytest.mark.clause("P4")
def test_somebody_who_is_no_guardian_asks_first(centre: Centre) -> None:
    form = builders.a_registration()
    sheet = confirmation.make_sheet(centre.receptionist, student_id=builders.a_student(centre.manager, form))
    stop = refused(sign, centre.receptionist, sheet, form, signer="王秀英", relation="grandmother_m")
    assert (stop.code, stop.values["signer"]) == ("signer_is_no_guardian", "王秀英")
    signed = sign(centre.receptionist, sheet, form, signer="王秀英", relation="grandmother_m", warned=True)
    assert signed.signer == "王秀英"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"signer": " "}, "signer_missing"),
        ({"signed_on": "2026-9-12"}, "signed_on_invalid"),
        ({"signed_on": "2026-09-13"}, "signed_in_future"),
        ({"signed_on": "2026-09-11"}, "signed_before_made"),
    ],
)
def test_a_signature_needs_a_name_and_a_possible_day(centre: Centre, more: dict[str, str], code: str) -> None:
    form = builders.a_registration()
    sheet = confirmation.make_sheet(centre.receptionist, student_id=builders.a_student(centre.manager, form))
    assert refused(sign, centre.receptionist, sheet, form, **more).code == code


def test_it_is_not_signed_twice_and_can_be_taken_back_with_a_reason(centre: Centre) -> None:
    student_id, form = signed_student(centre)
    sheet = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    assert refused(sign, centre.receptionist, sheet, form).code == "already_signed"
    assert refused(confirmation.unmark, centre.receptionist, sheet.id, "").code == "reason_missing"
    confirmation.unmark(centre.receptionist, sheet.id, "标错了孩子")
    assert unsigned(centre, student_id)
    assert refused(confirmation.unmark, centre.receptionist, sheet.id, "再撤").code == "not_signed"


@pytest.mark.clause("P4")
def test_signing_an_older_sheet_does_not_cover_a_later_change(centre: Centre) -> None:
    form = builders.a_registration()
    student_id = builders.a_student(centre.manager, form)
    first = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    whole = student_file.profile(centre.manager, student_id).registration
    save(centre, student_id, "guardians", builders.changed(whole, mobile="13912345678"))
    second = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    sign(centre.receptionist, first, form)
    assert unsigned(centre, student_id)
    sign(centre.receptionist, second, form)
    assert not unsigned(centre, student_id)


@pytest.mark.clause("P4")
def test_what_waits_for_a_signature_is_told_with_its_days(centre: Centre, the_clock: Clock) -> None:
    waiting = builders.an_application(centre.manager, builders.a_registration(name="李二"))
    sheet = confirmation.make_sheet(centre.receptionist, application_id=waiting)
    papers.record_print(centre.receptionist, sheet.id, "HP")
    student_id = builders.a_student(centre.manager, builders.a_registration(name="陈一"))
    the_clock.set("2026-09-16")
    rows = waiting_signatures.unsigned(centre.receptionist)
    assert {(row.name, row.application_id, row.student_id, row.paper_id, row.days) for row in rows} == {
        ("李二", waiting, None, sheet.id, 4),
        ("陈一", None, student_id, None, 4),
    }


def test_who_signed_and_when_stands_in_the_log(centre: Centre) -> None:
    student_id, form = signed_student(centre)
    changes = [one for one in student_file.history(centre.manager, student_id) if one.field == "signer"]
    assert [(one.before, one.after, one.who) for one in changes] == [("", form.guardians[0].name, "林小婉")]


def test_without_the_right_nothing_is_printed_or_signed(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    sheet = confirmation.make_sheet(centre.manager, student_id=student_id)
    for actor in (centre.finance, centre.teacher):
        assert refused(confirmation.make_sheet, actor, student_id=student_id).values["right"] == "register"
        assert refused(papers.content, actor, sheet.id).code == "no_right"
        assert refused(confirmation.signers, actor, sheet.id).code == "no_right"
