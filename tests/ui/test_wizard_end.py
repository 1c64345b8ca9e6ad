"""How a registration ends: handed in once, printed, signed; and what happens where it does not go smoothly."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.process import application, confirmation, drafts, office, operation_log, papers, review
from app.rules.person import Guardian, Health, Registration
from app.ui import printing_out
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.printing_out import RecordingPrinters
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.screen_sign_dialog import ScreenSignDialog
from app.ui.sections.consents import ConsentsSection
from app.ui.sections.guardians import GuardiansSection
from app.ui.sections.health import HealthSection
from app.ui.sign_dialog import SignDialog
from tests import scanned
from tests.builders import a_registration, a_student, identity_number
from tests.conftest import Centre


@pytest.fixture
def printers(counter: Desk) -> Iterator[RecordingPrinters]:
    recording = RecordingPrinters(["HP", "EPSON"])
    printing_out.use(recording)
    counter.settings.set_printer("sheet", printer="HP", copies=2)
    yield recording
    printing_out.use(printing_out.SystemPrinters())


@pytest.fixture
def window(qtbot: QtBot, centre: Centre, counter: Desk, printers: RecordingPrinters) -> MainWindow:
    made = MainWindow(counter)
    qtbot.addWidget(made)
    made.register()
    made.show()
    return made


@pytest.fixture
def page(window: MainWindow) -> RegistrationPage:
    found = window.page()
    assert isinstance(found, RegistrationPage)
    return found


def fill(page: RegistrationPage, whole: Registration | None = None, step: int = 4) -> None:
    """Show a registration as if it had been typed, and go to a step."""
    page.registration = whole or a_registration(name="张琢晨")
    for one in page.steps:
        one.show_registration(page.registration)
    page.go_to(step)


def wait_for_paper(qtbot: QtBot, page: RegistrationPage) -> int:
    paper = page.last.paper_id
    assert paper is not None
    qtbot.waitUntil(lambda: papers.fact(paper).prints == 1)
    return paper


@pytest.mark.clause("P4")
def test_the_last_step_shows_the_very_paper_prints_it_and_marks_the_signature(
    page: RegistrationPage, qtbot: QtBot, counter: Desk, printers: RecordingPrinters, monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(page)
    assert page.last.caption.text() == "确认单　预览，提交后编号"
    page.last.copies.set_value("3")
    page.last.copies.editor.left.emit()
    page.commit()
    paper = wait_for_paper(qtbot, page)
    assert (printers.jobs[0].printer, printers.jobs[0].copies) == ("HP", 3)
    assert page.last.preview._content == papers.preview(counter.actor, paper)
    assert page.last.done.printed.state.text() == "第 1 次打印"
    assert page.last.done.print_button.text() == "补打"
    page.print_sheet()
    qtbot.waitUntil(lambda: papers.fact(paper).prints == 2)
    monkeypatch.setattr(SignDialog, "exec", lambda dialog: dialog.pressed.emit("sign") or 1)
    page.last.sign_button.click()
    assert papers.fact(paper).signed
    assert page.last.done.signed.state.text() == "张志强（父亲）　2026-09-12"
    assert page.last.sign_button.isHidden()


@pytest.mark.clause("P4")
def test_the_parents_sign_on_the_screen_where_the_registration_ends(
    page: RegistrationPage, qtbot: QtBot, counter: Desk, printers: RecordingPrinters, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def sign(dialog: ScreenSignDialog) -> int:
        while "next" in dialog.buttons:
            dialog.pad.set_strokes(scanned.signature())
            dialog.pressed.emit("next")
        dialog.pad.set_strokes(scanned.signature(1))
        dialog.pressed.emit("done")
        return dialog.result()

    fill(page)
    page.commit()
    paper = wait_for_paper(qtbot, page)
    shown = page.last.preview._content
    monkeypatch.setattr(ScreenSignDialog, "exec", sign)
    page.last.done.screen_button.click()
    assert papers.fact(paper).signed_sha256
    assert page.last.preview._content.startswith(shown)
    assert page.last.preview._content != shown
    assert page.last.done.screen_button.isHidden()


@pytest.mark.clause("P2")
def test_f9_twice_makes_one_student_and_one_log_entry(page: RegistrationPage, qtbot: QtBot, centre: Centre) -> None:
    fill(page)
    page.commit()
    wait_for_paper(qtbot, page)
    with qtbot.waitSignal(page.paymentRequested):
        page.commit()
    assert len(operation_log.entries(centre.manager, action="submit_and_approve")) == 1


@pytest.mark.clause("P2")
def test_after_handing_in_nothing_can_be_changed_here_and_the_next_one_begins_empty(
    page: RegistrationPage, qtbot: QtBot, counter: Desk,
) -> None:
    fill(page)
    page.commit()
    wait_for_paper(qtbot, page)
    page.go_to(1)
    assert page.step == 4
    assert page.foot.hold_button.isHidden()
    page.last.done.next_button.click()
    assert (page.step, page.typed(), page.admitted) == (0, Registration(), None)
    assert page.last.done.isHidden()
    assert drafts.drafts(counter.actor) == ()


@pytest.mark.clause("P2")
def test_when_the_rules_change_meanwhile_it_is_submitted_for_another_to_approve(
    page: RegistrationPage, qtbot: QtBot, centre: Centre,
) -> None:
    fill(page)
    assert page.next_button.text() == "录入并打印"
    office.change_settings(centre.manager, {"one_person_may_approve": "0"})
    page.commit()
    assert page.admitted is None
    assert page.question.text() == "已提交，等待审核"
    assert [row.name for row in review.waiting(centre.manager)] == ["张琢晨"]
    wait_for_paper(qtbot, page)
    assert page.next_button.isHidden()


@pytest.mark.clause("P1")
def test_what_was_found_leads_to_its_field(page: RegistrationPage) -> None:
    fill(page, a_registration(name="张琢晨", sex="", guardian_mobile="1395718904"))
    said = [label.text() for label in page.last.view.findChildren(QLabel)]
    assert {"还没有选性别", "还差 1 位，手机号为 11 位"} <= set(said)
    assert page.open_points.text() == "1 项待更正"
    page.commit()
    assert page.step == 1
    assert QApplication.focusWidget() is page.steps[1].sections[0]._fields["guardians.0.mobile"].editor
    page.go_to(4)
    page.last.editAsked.emit("child.sex")
    assert page.step == 0
    assert page.steps[0].sections[0]._fields["child.sex"].state == "warning"


@pytest.mark.clause("P1")
def test_a_former_student_comes_back_under_the_old_number(
    page: RegistrationPage, qtbot: QtBot, centre: Centre,
) -> None:
    number = identity_number("2017-05-05", "male", 7)
    known = a_student(centre.manager, name="单子墨", identity_number=number, birth_date="2017-05-05", sex="male")
    from app.models.database import database, unit_of_work

    with unit_of_work():
        database.execute_sql("UPDATE student SET state = 'left' WHERE id = ?", (known,))
    fill(page, a_registration(name="单子墨", identity_number=number, birth_date="2017-05-05", sex="male"))
    page._look_for_known()
    assert list(page.known.strips[0].buttons) == ["return"]
    page.known.strips[0].buttons["return"].click()
    assert page.known.isHidden()
    page.commit()
    assert page.admitted is not None, page.problem.text()
    assert page.admitted.student_id == known
    assert page.last.done.facts.text().startswith("复托，沿用原来的编号")


@pytest.mark.clause("P1")
def test_same_name_and_birth_date_asks_and_the_answer_goes_with_it(
    page: RegistrationPage, qtbot: QtBot, centre: Centre,
) -> None:
    a_student(centre.manager, name="张琢晨", birth_date="2017-05-05", identity_number="")
    whole = a_registration(name="张琢晨", birth_date="2017-05-05", identity_number="", mobile="13911112222")
    fill(page, whole, 0)
    page._look_for_known()
    name = page.steps[0].sections[0]._fields["child.name"].editor
    assert "已有同名、同一天出生的 张琢晨" in page.known.strips[0].text()
    page.known.strips[0].buttons["other"].click()
    assert page.known.isHidden()
    assert QApplication.focusWidget() is name
    page.go_to(4)
    page.commit()
    assert page.handing.done, page.problem.text()


@pytest.mark.clause("P1")
def test_an_unanswered_match_is_asked_again_before_anything_is_handed_in(
    page: RegistrationPage, centre: Centre,
) -> None:
    a_student(centre.manager, name="张琢晨", birth_date="2017-05-05", identity_number="")
    fill(page, a_registration(name="张琢晨", birth_date="2017-05-05", identity_number="", mobile="13911112222"))
    page.commit()
    assert not page.handing.done
    assert "张琢晨" in page.problem.text()
    assert page.known.strips


@pytest.mark.clause("P1")
def test_the_family_of_a_brother_is_shared_with_guardians_and_address(
    page: RegistrationPage, qtbot: QtBot, centre: Centre,
) -> None:
    elder = a_student(centre.manager, name="张子晨", mobile="13805712236", address="西湖区文二西路 718 号")
    typed = a_registration(
        name="张琢晨", address="",
        guardians=(Guardian("张志强", "father", "13805712236"), Guardian("陈晓", "aunt", "13900001111")),
    )  # fmt: skip
    fill(page, typed, 1)
    page._look_for_known()
    page.known.strips[0].buttons["family"].click()
    whole = page.typed()
    known = application.family(centre.manager, elder).guardians
    assert whole.guardians == (*known, Guardian("陈晓", "aunt", "13900001111"))
    assert whole.child.address == "西湖区文二西路 718 号"
    assert not page.steps[1].sections[0].cards[0].shared.isHidden()  # type: ignore[attr-defined]


@pytest.mark.clause("P1")
def test_when_the_draft_cannot_be_written_the_rail_says_so_in_red(
    page: RegistrationPage, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **__: object) -> int:
        raise Refused("disk_full", free_mb=3)

    name = page.steps[0].sections[0]._fields["child.name"].editor
    name.setText("曾子涵")
    with monkeypatch.context() as disk:
        disk.setattr(drafts, "save_draft", full)
        name.left.emit()
    assert page.rail.saved.text() == "草稿没有保存"
    name.left.emit()
    assert page.rail.saved.text() == "草稿已自动保存 10:00"


@pytest.mark.clause("P1")
def test_whatever_was_left_is_on_disk_field_by_field(page: RegistrationPage, counter: Desk) -> None:
    whole = a_registration(name="张琢晨")
    kept = None
    for place, step in enumerate(page.steps):
        page.go_to(place)
        for section in step.sections:
            section.show_registration(whole)
            section.left.emit()
            (row,) = drafts.drafts(counter.actor)
            kept = drafts.open_draft(counter.actor, row.id)
            assert (kept.registration, kept.step) == (page.typed(), place)
    assert kept is not None
    assert kept.registration == whole


@pytest.mark.clause("P13")
def test_work_of_a_colleague_is_shown_with_its_author_and_can_be_taken_over(
    page: RegistrationPage, centre: Centre, qtbot: QtBot,
) -> None:
    drafts.save_draft(centre.manager, None, a_registration(name="王若曦"), 2)
    page.start()
    row = page.held.model.row_at(0)
    assert (row.title, row.author, row.mine) == ("王若曦", "王丽华", False)
    page.held.table.opened.emit(0)
    assert page.step == 2
    assert page.typed().child.name == "王若曦"


@pytest.mark.clause("P1")
def test_the_rail_shows_what_is_done_and_what_is_wrong_and_leads_back(page: RegistrationPage) -> None:
    fill(page, a_registration(name="张琢晨", guardian_mobile="1395718904"), 0)
    for place in (1, 2):
        page.go_to(place)
    first, second, third, _, last = page.rail.items
    assert (first._done, second._wrong, third.isChecked(), last.isEnabled()) == (True, 1, True, True)
    assert second.accessibleDescription().startswith("1 项待更正")
    second.click()
    assert page.step == 1


@pytest.mark.clause("P2")
def test_a_sheet_that_was_signed_meanwhile_is_shown_as_signed(
    page: RegistrationPage, qtbot: QtBot, counter: Desk,
) -> None:
    fill(page)
    page.commit()
    paper = wait_for_paper(qtbot, page)
    name, relation, key = confirmation.signers(counter.actor, paper)[0]
    counter.do(
        confirmation.mark_signed, paper, signed_on="2026-09-12", signer=name, relation=relation, guardian_id=key,
    )  # fmt: skip
    assert page.last.sign_button.isHidden()


@pytest.mark.clause("P1")
def test_ctrl_enter_on_the_last_step_hands_nothing_in_and_says_which_key_does(
    page: RegistrationPage, counter: Desk,
) -> None:
    said: list[str] = []
    counter.messaged.connect(lambda text, _: said.append(text))
    fill(page)
    page.last.copies.editor.setFocus()
    page.finish_step()
    assert not page.handing.done
    assert page.window().focusWidget() is page.next_button
    assert "F9" in said[-1]


@pytest.mark.clause("P1")
def test_a_step_whose_questions_nobody_asked_gets_no_plain_tick(page: RegistrationPage) -> None:
    whole = a_registration(name="张琢晨")
    fill(page, replace(whole, health=Health(), consents=()), 2)
    page.go_to(4)
    health = page.rail.items[2]
    assert health._tone() == "amber"
    assert "3 处要看一下" in health.accessibleDescription()
    page.go_to(2)
    consents, asked = page.steps[2].sections
    assert isinstance(asked, HealthSection)
    assert isinstance(consents, ConsentsSection)
    consents.agree_to_all()
    asked.marks.pill("none_known").click()
    page.go_to(4)
    assert not health._tone()
    assert "完成" in health.accessibleDescription()


@pytest.mark.clause("P13")
def test_health_opens_with_the_answers_and_closes_with_a_refusal(page: RegistrationPage) -> None:
    fill(page, replace(a_registration(name="张琢晨"), health=Health(("asthma",)), consents=()), 2)
    page.go_to(2)
    consents, health = page.steps[2].sections
    assert isinstance(consents, ConsentsSection)
    assert isinstance(health, HealthSection)
    assert not health.card.isEnabled()
    assert page.focusWidget() is consents.rows["privacy"].answer, "the first question has the focus"
    consents.agree_to_all()
    assert health.card.isEnabled()
    assert (health.marks.value(), page.focusWidget()) == (("asthma",), health.marks.pill("none_known"))
    row = consents.rows["privacy"]
    row.answer.set_value(value=False)
    row.answer.changed.emit()
    assert not health.card.isEnabled()
    assert page.typed().health == Health(("asthma",)), "nothing that was typed is lost"


@pytest.mark.clause("P1")
def test_as_many_points_are_open_as_fields_have_a_star(page: RegistrationPage) -> None:
    page.go_to(1)
    assert page.open_points.text() == "还有 3 项必填"
    people = page.steps[1].sections[0]
    assert isinstance(people, GuardiansSection)
    people.cards[0].fields["name"].set_value("张志强")
    page._show_foot()
    assert page.open_points.text() == "还有 2 项必填"
    assert page.rail.items[1]._wrong == 0
