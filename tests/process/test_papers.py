"""Papers: the stored bytes, their printings and marks, finding one by its code."""

import hashlib
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.errors import Damaged, Refused
from app.models.database import database, files, unit_of_work
from app.process import application, confirmation, office, papers
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
def test_whoever_only_marks_signatures_sees_a_sheet_and_does_not_print_it(centre: Centre) -> None:
    sheet = a_sheet(centre.manager)
    office.set_grants(centre.manager, "teacher", ["sign"])
    assert papers.preview(centre.teacher, sheet.id)
    with pytest.raises(Refused) as stop:
        papers.to_print(centre.teacher, sheet.id)
    assert (stop.value.code, stop.value.values["right"]) == ("no_right", "register")
