"""Registering a child at the counter through the real wizard: by keyboard, with drafts, families, findings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.process import confirmation, drafts, office, papers, payment, review
from app.ui.desk import Desk
from app.ui.key_filter import KeyFilter
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.review.page import ReviewPage
from app.ui.sections.services import ServicesSection
from app.ui.widgets.reason_dialog import ReasonDialog
from tests.builders import a_registration, a_student, identity_number
from tests.conftest import Centre

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, centre: Centre, counter: Desk, qapp: QApplication) -> RegistrationPage:
    made = RegistrationPage(counter)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.open(new=True)
    made.show()
    qapp.installEventFilter(KeyFilter(made))
    return made


def fill(page: RegistrationPage, step: int = 4, **changes: object) -> None:
    """Show a whole registration, as if it had been typed, and go to a step."""
    page.registration = a_registration(**changes)
    for one in page.steps:
        one.show_registration(page.registration)
    page.go_to(step)


def say(field: object, text: str) -> None:
    """Chinese as an input method commits it."""
    editor: QLineEdit = field.editor  # type: ignore[attr-defined]
    editor.setText(text)
    editor.textEdited.emit(text)


@pytest.mark.clause("P1")
def test_the_name_comes_first_and_the_identity_number_fills_sex_and_birth_date(
    page: RegistrationPage,
    qtbot: QtBot,
) -> None:
    child = page.steps[0].sections[0]
    assert page.steps[0].first_field() is child._fields["child.name"].editor
    number = identity_number("2018-04-16", "female")
    editor = child._fields["child.identity_number"].editor
    qtbot.keyClicks(editor, number)
    assert (child._fields["child.sex"].value(), child._fields["child.birth_date"].value()) == ("female", "2018-04-16")
    editor.left.emit()
    assert child._fields["child.identity_number"].message() == "校验码正确"


@pytest.mark.clause("P1")
def test_finishing_a_step_goes_to_what_is_missing_without_any_box(page: RegistrationPage, qtbot: QtBot) -> None:
    page.finish_step()
    assert page.step == 0
    name = page.steps[0].sections[0]._fields["child.name"]
    assert name.state == "problem"
    assert page.open_points.text() == "1 项待更正"
    say(name, "张琢晨")
    assert name.state != "problem"
    page.finish_step()
    assert page.step == 1


@pytest.mark.clause("P1")
def test_what_is_typed_is_saved_by_itself_and_taken_up_after_a_crash(
    page: RegistrationPage,
    qtbot: QtBot,
    centre: Centre,
    counter: Desk,
) -> None:
    name = page.steps[0].sections[0]._fields["child.name"]
    say(name, "曾子涵")
    name.editor.left.emit()
    assert page.rail.saved.text().startswith("草稿已自动保存 10:00")
    held = drafts.drafts(counter.actor)
    assert [row.title for row in held] == ["曾子涵"]
    again = RegistrationPage(counter)
    qtbot.addWidget(again)
    again.start()
    again.held.table.opened.emit(0)
    assert again.typed().child.name == "曾子涵"


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("step", "section", "path"),
    [(0, 0, "child.address"), (0, 0, "child.identity_number"), (1, 0, "guardians.0.workplace"), (2, 1, "health.diet")],
)
def test_whatever_field_is_typed_first_is_saved_when_it_is_left(
    page: RegistrationPage, qtbot: QtBot, counter: Desk, step: int, section: int, path: str,
) -> None:  # fmt: skip
    page.go_to(step)
    if step == 2:  # the family agrees first
        page.steps[2].sections[0].agree_to_all()  # type: ignore[attr-defined]
    field = page.steps[step].sections[section]._fields[path]
    say(field, "330106") if "number" in path else field.set_value("文二西路")
    field.editor.left.emit()
    (held,) = drafts.drafts(counter.actor)
    again = RegistrationPage(counter)
    qtbot.addWidget(again)
    again.open(draft_id=held.id)
    again.go_to(step)
    assert again.steps[step].sections[section]._fields[path].value() == field.value() != ""


@pytest.mark.clause("P1")
def test_going_through_all_steps_without_typing_leaves_no_draft(page: RegistrationPage, counter: Desk) -> None:
    for step in range(5):
        page.go_to(step)
    page.hold()
    assert drafts.drafts(counter.actor) == ()


@pytest.mark.clause("P1")
def test_esc_holds_without_a_question_and_nothing_typed_leaves_no_draft(page: RegistrationPage, counter: Desk) -> None:
    page.hold()
    assert drafts.drafts(counter.actor) == ()
    page.open(new=True)
    say(page.steps[0].sections[0]._fields["child.name"], "曾子涵")
    page.hold()
    assert [row.title for row in drafts.drafts(counter.actor)] == ["曾子涵"]


@pytest.mark.clause("P1")
def test_a_phone_that_is_too_short_says_how_many_digits_are_missing(page: RegistrationPage, qtbot: QtBot) -> None:
    page.go_to(1)
    field = page.steps[1].sections[0]._fields["guardians.0.mobile"]
    qtbot.keyClicks(field.editor, "1395718904")
    assert field.state == ""
    field.editor.left.emit()
    assert field.message() == "还差 1 位，手机号为 11 位"
    qtbot.keyClicks(field.editor, "2")
    assert field.state != "problem"
    assert field.editor.text() == "139 5718 9042"


@pytest.mark.clause("P1")
def test_a_known_phone_offers_the_family_and_its_discount(page: RegistrationPage, qtbot: QtBot, centre: Centre) -> None:
    a_student(centre.manager, name="张子晨", mobile="13805712236")
    fill(page, 1, mobile="13805712236", name="张琢晨")
    page._look_for_known()
    assert "已登记为 张子晨（三年级晚托班）的父亲" in page.known.strips[0].text()
    page.known.strips[0].buttons["family"].click()
    whole = page.typed()
    assert whole.guardians[0].id is not None
    assert page.known.isHidden()
    page.go_to(3)
    services = page.steps[3].sections[0]
    assert isinstance(services, ServicesSection)
    services.price()
    assert [(one.rule, one.fen) for one in services.value().discounts] == [("siblings", 39_000)]


@pytest.mark.clause("P1")
def test_fees_are_computed_from_period_and_weekdays_with_the_days_shown(page: RegistrationPage, qtbot: QtBot) -> None:
    fill(page, 3)
    services = page.steps[3].sections[0]
    assert isinstance(services, ServicesSection)
    card = services.cards[0]
    assert card.words.text() == "780.00 × 5 个月（不满一个月算一个月）　周一至周五　共 95 个托管日"
    card.fields["unit"].set_value("day")
    card.fields["unit"].editor.changed.emit()
    assert card.amount.text() == "¥4,750.00"


@pytest.mark.clause("P2")
@pytest.mark.clause("P3")
@pytest.mark.clause("P4")
def test_one_visit_at_the_counter_ends_in_a_student_and_a_printed_sheet(
    page: RegistrationPage,
    qtbot: QtBot,
    counter: Desk,
) -> None:
    fill(page, name="张琢晨")
    assert page.next_button.text() == "录入并打印"
    assert page.last.preview.pages
    with qtbot.waitSignal(page.printRequested) as printed:
        page.commit()
    assert page.admitted is not None
    assert page.question.text() == f"已录入 张琢晨，学员编号 {page.admitted.number}"
    sheet = papers.of(student_id=page.admitted.student_id)[0]
    assert printed.args == [sheet.id, False]
    assert drafts.drafts(counter.actor) == ()
    with qtbot.waitSignal(page.paymentRequested) as paying:
        page.commit()
    assert paying.args == [page.admitted.student_id]
    assert payment.open_items(counter.actor, page.admitted.student_id).balance_fen == 390_000


@pytest.mark.clause("P2")
def test_with_a_finding_it_waits_for_somebody_else_and_the_sheet_can_be_signed_meanwhile(
    page: RegistrationPage,
    qtbot: QtBot,
    centre: Centre,
    counter: Desk,
) -> None:
    office.change_settings(centre.manager, {"one_person_may_approve": "0"})
    fill(page, name="张琢晨")
    assert page.next_button.text() == "提交并打印"
    page.commit()
    assert page.admitted is None
    assert page.question.text() == "已提交，等待审核"
    assert not page.last.sign_button.isHidden()
    waiting = review.waiting(centre.manager)
    assert [row.name for row in waiting] == ["张琢晨"]
    page.commit()
    assert len(review.waiting(centre.manager)) == 1


@pytest.mark.clause("P2")
def test_the_reviewer_approves_or_sends_back_with_a_reason(
    page: RegistrationPage,
    qtbot: QtBot,
    centre: Centre,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.change_settings(centre.manager, {"one_person_may_approve": "0"})
    for name in ("张琢晨", "王若曦"):
        page.open(new=True)
        fill(page, name=name)
        page.commit()
    queue = ReviewPage(desk)
    qtbot.addWidget(queue)
    queue.refresh()
    assert [row.name for row in queue.queue.model.rows] == ["张琢晨", "王若曦"]
    queue.commit()
    assert [row.name for row in review.waiting(desk.actor)] == ["王若曦"]
    monkeypatch.setattr(ReasonDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(ReasonDialog, "reason", lambda dialog: "电话打不通")
    queue.refresh()
    queue._with_reason("back")
    row = review.waiting(desk.actor)[0]
    assert row.state == "returned"
    with qtbot.waitSignal(queue.draftRequested) as asked:
        queue.open(row.application_id)
        queue._edit()
    page.open(draft_id=asked.args[0])
    assert page.typed().child.name == "王若曦"
    page.go_to(4)
    page.commit()
    assert review.waiting(desk.actor)[0].state == "submitted"


@pytest.mark.clause("P1")
def test_the_same_identity_number_stops_and_says_who_it_is(
    page: RegistrationPage,
    qtbot: QtBot,
    centre: Centre,
) -> None:
    number = identity_number("2017-05-05", "male", 7)
    a_student(centre.manager, name="单子墨", identity_number=number, birth_date="2017-05-05", sex="male")
    fill(page, name="单子墨", identity_number=number, birth_date="2017-05-05", sex="male")
    page._look_for_known()
    assert "证件号码和 单子墨 相同" in page.known.strips[0].text()
    page.commit()
    assert page.admitted is None
    assert "单子墨" in page.problem.text()


@pytest.mark.clause("P4")
def test_the_signature_is_marked_from_the_last_step(
    page: RegistrationPage,
    qtbot: QtBot,
    counter: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(page, name="张琢晨")
    page.commit()
    paper = page.last.paper_id
    assert paper is not None

    def sign(desk: Desk, parent: object, paper_id: int) -> bool:
        name, relation, key = confirmation.signers(desk.actor, paper_id)[0]
        confirmation.mark_signed(
            desk.actor,
            paper_id,
            signed_on="2026-09-12",
            signer=name,
            relation=relation,
            guardian_id=key,
        )
        return True

    monkeypatch.setattr("app.ui.registration_wizard.last_step.mark_signed", sign)
    page.last.sign_button.click()
    assert papers.fact(paper).signed
    assert page.last.sign_button.isHidden()


@pytest.mark.clause("P1")
def test_enter_goes_from_field_to_field_and_never_hands_anything_in(page: RegistrationPage, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)  # before that there is no focus to go on from
    editor = page.steps[0].first_field()
    assert editor is not None
    editor.setFocus()
    seen = set()
    for _ in range(14):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.add(focused.accessibleName())
        qtbot.keyClick(focused, ENTER)
    assert {"姓名", "证件号码", "出生日期"} <= seen
    assert page.admitted is None
    assert page.step == 0
