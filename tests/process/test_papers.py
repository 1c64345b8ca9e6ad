"""Papers: the stored bytes, their printings and marks, finding one by its code."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.errors import Damaged, Refused
from app.models.database import database, files, unit_of_work
from app.process import application, confirmation, office, papers, review, student_file
from app.process.actor import Actor
from app.process.papers import PaperFact
from app.rules import numbers
from tests import builders
from tests.conftest import Centre


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def a_sheet(actor: Actor) -> PaperFact:
    return confirmation.make_sheet(actor, student_id=builders.a_student(actor))


def forge(sheet: PaperFact, content: bytes | None) -> None:
    """Change or delete the stored bytes as a fault of the disk would."""
    connection = files.connection()
    connection.set_authorizer(None)
    connection.execute("DROP TRIGGER stored_file_no_update")
    if content is None:
        connection.execute("DELETE FROM stored_file WHERE sha256 = ?", (sheet.sha256,))
    else:
        connection.execute("UPDATE stored_file SET content = ? WHERE sha256 = ?", (content, sheet.sha256))


@pytest.mark.clause("P4")
def test_the_very_bytes_are_kept(manager: Actor) -> None:
    sheet = a_sheet(manager)
    stored = papers.content(manager, sheet.id)
    assert hashlib.sha256(stored).hexdigest() == sheet.sha256
    assert papers.to_print(manager, sheet.id).startswith(stored)
    assert papers.preview(manager, sheet.id) == stored


@pytest.mark.clause("P4")
def test_the_first_print_says_so_and_later_ones_are_marked(manager: Actor) -> None:
    sheet = a_sheet(manager)
    assert "第 1 次打印" in text_of(papers.to_print(manager, sheet.id))
    assert papers.record_print(manager, sheet.id, "HP M208dw", copies=2) == 1
    assert papers.fact(sheet.id).prints == 1
    again = text_of(papers.to_print(manager, sheet.id))
    assert "补打" in again
    assert "第 2 次" in again
    assert papers.record_print(manager, sheet.id, "HP M208dw") == 2
    assert "补打" not in text_of(papers.preview(manager, sheet.id))


@pytest.mark.clause("P17")
def test_practice_stands_across_every_print(centre: Centre) -> None:
    sheet = a_sheet(centre.manager)
    with unit_of_work():
        database.execute_sql("UPDATE centre_setting SET value = '1' WHERE name = 'practice'")
    for pdf in (papers.to_print(centre.manager, sheet.id), papers.preview(centre.manager, sheet.id)):
        assert "PRACTICE" in text_of(pdf)


@pytest.mark.clause("P4")
@pytest.mark.parametrize("typed", ["{code}", " {code}\n", "{number}", "bm2026-1"])
def test_a_sheet_is_found_by_its_code_or_number(manager: Actor, typed: str) -> None:
    sheet = a_sheet(manager)
    assert papers.find(manager, typed.format(code=sheet.code, number=sheet.number)).id == sheet.id


@pytest.mark.clause("P4")
def test_every_version_has_a_code_of_its_own(centre: Centre) -> None:
    form = builders.a_registration()
    application_id = builders.an_application(centre.manager, form)
    first = confirmation.make_sheet(centre.manager, application_id=application_id)
    again = builders.changed(form, mobile="13912345678")
    application.submit(centre.manager, again, opid="b", application_id=application_id, version=1)
    second = confirmation.make_sheet(centre.manager, application_id=application_id)
    assert (first.version, second.version) == (1, 2)
    assert [papers.find(centre.manager, paper.code).id for paper in (first, second)] == [first.id, second.id]


def test_what_is_no_paper_is_said(manager: Actor) -> None:
    sheet = a_sheet(manager)
    wrong = sheet.code[:-1] + str((int(sheet.code[-1]) + 1) % 10)
    for text, code in (
        (wrong, "code_unknown"),
        ("你好", "code_unknown"),
        (numbers.code_for_sheet(2026, 999), "paper_unknown"),
        (numbers.code_for_card("20260001"), "card_is_no_paper"),
        (numbers.code_for_form(1), "form_is_no_paper"),
    ):
        with pytest.raises(Refused) as stop:
            papers.find(manager, text)
        assert stop.value.code == code


@pytest.mark.clause("P13")
def test_bytes_that_changed_or_went_are_an_alarm_and_nothing_is_drawn_anew(manager: Actor) -> None:
    sheet = a_sheet(manager)
    forge(sheet, b"%PDF-1.4 something else")
    with pytest.raises(Damaged) as trouble:
        papers.to_print(manager, sheet.id)
    assert (trouble.value.code, trouble.value.values["number"]) == ("paper_changed", sheet.number)


@pytest.mark.clause("P13")
def test_bytes_that_are_missing_are_told_with_the_number(manager: Actor) -> None:
    sheet = a_sheet(manager)
    forge(sheet, None)
    with pytest.raises(Damaged) as trouble:
        papers.preview(manager, sheet.id)
    assert (trouble.value.code, trouble.value.values["number"]) == ("paper_missing", sheet.number)


def test_a_print_is_counted_only_for_whoever_may_hand_it_out(centre: Centre) -> None:
    sheet = a_sheet(centre.manager)
    with pytest.raises(Refused) as stop:
        papers.record_print(centre.finance, sheet.id, "HP")
    assert (stop.value.code, papers.fact(sheet.id).prints) == ("no_right", 0)


@pytest.mark.clause("P13")
def test_whoever_only_marks_signatures_does_not_print_a_sheet(centre: Centre) -> None:
    sheet = a_sheet(centre.manager)
    office.set_grants(centre.manager, "teacher", ["sign", "see_health", "see_identity"])
    assert papers.preview(centre.teacher, sheet.id)
    with pytest.raises(Refused) as stop:
        papers.to_print(centre.teacher, sheet.id)
    assert (stop.value.code, stop.value.values["right"]) == ("no_right", "register")


PRIVATE: dict[str, dict[str, Any]] = {"see_health": {"identity_number": "", "marks": ("asthma",)}, "see_identity": {}}
"""Right: a child with what it shows alone."""


def refused_right(call: Callable[[Actor, int], object], actor: Actor, sheet: PaperFact) -> object:
    with pytest.raises(Refused) as stop:
        call(actor, sheet.id)
    return stop.value.values["right"]


@pytest.mark.clause("P13")
@pytest.mark.parametrize("right", PRIVATE)
def test_a_sheet_gives_health_and_identity_to_nobody_without_the_right(centre: Centre, right: str) -> None:
    form = builders.a_registration(**PRIVATE[right])
    sheet = confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager, form))
    for role in ("receptionist", "class_administrator"):
        office.set_roles(centre.manager, centre.receptionist.user_id, (role,))
        assert papers.to_print(centre.receptionist, sheet.id)
        office.set_grants(centre.manager, role, {"register", "sign", "review", "see_health", "see_identity"} - {right})
        for call in (papers.content, papers.preview, papers.to_print, papers.to_file):
            assert refused_right(call, centre.receptionist, sheet) == right
        assert papers.look_up(centre.receptionist, sheet.id).number == sheet.number


@pytest.mark.clause("P13")
def test_who_keyed_a_registration_sees_its_sheet_until_somebody_adds_what_is_hidden(centre: Centre) -> None:
    office.set_roles(centre.manager, centre.receptionist.user_id, ["receptionist"])
    office.set_grants(centre.manager, "receptionist", ["register"])
    keyed = builders.an_application(centre.receptionist, builders.a_registration(allergies="花生"))
    waiting = confirmation.make_sheet(centre.receptionist, application_id=keyed)
    assert "花生" in text_of(papers.preview(centre.receptionist, waiting.id))
    student_id = review.approve(centre.manager, keyed, version=1, opid=builders.opid()).student_id
    assert papers.to_print(centre.receptionist, waiting.id)
    whole = student_file.profile(centre.manager, student_id)
    health = replace(whole.registration.health, medication="每日中午一粒")
    form = replace(whole.registration, health=health)
    student_file.save_section(centre.manager, student_id, "health", form, whole.version)
    newer = confirmation.make_sheet(centre.receptionist, student_id=student_id)
    assert refused_right(papers.preview, centre.receptionist, newer) == "see_health"


@pytest.mark.clause("P13")
def test_a_sheet_whose_form_was_erased_needs_both_rights(centre: Centre) -> None:
    sheet = confirmation.make_sheet(
        centre.manager, student_id=builders.a_student(centre.manager, builders.a_registration(identity_number="")),
    )  # fmt: skip
    office.set_roles(centre.manager, centre.receptionist.user_id, ["receptionist"])
    office.set_grants(centre.manager, "receptionist", ["register", "see_health"])
    assert papers.preview(centre.receptionist, sheet.id)
    with unit_of_work():
        database.execute_sql("DELETE FROM sheet_form")
    assert refused_right(papers.preview, centre.receptionist, sheet) == "see_identity"
