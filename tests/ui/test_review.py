"""The queue of the reviewer: how long each waits, what was found beside the data, and what may be decided."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.process import application, asking, office, review, waiting_list
from app.rules.problem import Problem
from app.ui.desk import Desk
from app.ui.match_card import MatchCard
from app.ui.registration_view import RegistrationView
from app.ui.review.page import ReviewPage
from app.ui.review.queue import cell
from app.ui.review.reasons import reason_dialog
from app.ui.today import TodayPage, WaitingLine
from app.ui.widgets.button import Button
from app.ui.widgets.reason_dialog import ReasonDialog
from tests.builders import a_registration, a_student, an_application, changed, opid
from tests.conftest import Centre, Clock


@pytest.fixture
def page(qtbot: QtBot, centre: Centre, desk: Desk) -> ReviewPage:
    made = ReviewPage(desk)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    return made


def words(widget: object) -> list[str]:
    """Everything that a part of the page says."""
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]  # type: ignore[attr-defined]


@pytest.mark.clause("P2")
def test_the_queue_says_how_long_each_waits_and_what_is_past_its_limit(
    page: ReviewPage, centre: Centre, the_clock: Clock,
) -> None:
    an_application(centre.receptionist, name="张琢晨")
    the_clock.set("2026-09-16")
    an_application(centre.receptionist, name="王若曦")
    page.refresh()
    assert [cell(row, "waits").text for row in page.queue.model.rows] == ["4 天", "今天"]
    assert [cell(row, "waits").tone for row in page.queue.model.rows] == ["red", "ink2"]
    assert page.title._facts.text() == "其中 1 份已过 2 天的期限"


@pytest.mark.clause("P2")
def test_what_was_found_stands_right_below_the_fact_that_it_is_about(page: ReviewPage, centre: Centre) -> None:
    an_application(centre.receptionist, name="张琢晨", sex="", allergies="", marks=("food_allergy",))
    page.refresh()
    said = words(page.detail.data)
    assert said[said.index("性别、生日") + 2] == "还没有选性别"
    assert said[said.index("情况") + 1] == "食物过敏"
    assert "请写明对什么过敏" in said
    assert page.detail.summary.text() == "2 处要看一下，写在下面各项旁边"


@pytest.mark.clause("P1")
def test_both_records_stand_side_by_side_and_an_answer_is_remembered(
    page: ReviewPage, centre: Centre, qtbot: QtBot,
) -> None:
    known = a_student(
        centre.manager, name="张琢晨", birth_date="2017-05-05", mobile="13805712236", identity_number="",
    )  # fmt: skip
    whole = a_registration(name="张琢晨", birth_date="2017-05-05", identity_number="", mobile="13911112222")
    application.submit(centre.receptionist, whole, opid=opid(), not_same=(known,))
    page.refresh()
    (card,) = page.findChildren(MatchCard)
    said = words(card)
    assert said[0] == "已有同名、同一天出生的 张琢晨　已确认：不是同一人"
    assert said[said.index("手机") + 1 : said.index("手机") + 3] == ["139 1111 2222", "138 0571 2236"]
    assert page.detail.summary.text() == "没有发现缺项、疑点或重复"
    with qtbot.waitSignal(page.studentRequested) as asked:
        card.studentAsked.emit(known)
    assert asked.args == [known]


@pytest.mark.clause("P2")
def test_who_may_not_approve_is_told_why_and_nothing_happens(qtbot: QtBot, centre: Centre, counter: Desk) -> None:
    office.change_settings(centre.manager, {"one_person_may_approve": "0"})
    page = ReviewPage(counter)
    qtbot.addWidget(page)
    an_application(centre.receptionist, name="张琢晨")
    page.refresh()
    assert page.detail.approve_button.isEnabled()
    page.detail.approve_button.click()
    assert "另一位有审核权限的人" in page.detail.problem.text()
    assert [row.name for row in review.waiting(centre.manager)] == ["张琢晨"]


@pytest.mark.clause("P2")
def test_what_was_sent_back_shows_why_and_can_be_taken_up(
    page: ReviewPage, centre: Centre, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_application(centre.receptionist, name="张琢晨")
    page.refresh()
    monkeypatch.setattr(ReasonDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(ReasonDialog, "reason", lambda dialog: "电话打不通")
    page.detail.back_button.click()
    page.refresh()
    assert page.detail.reason.text() == "退回原因：电话打不通"
    assert page.detail.approve_button.isHidden()
    assert page.chips.current() == "all"
    with qtbot.waitSignal(page.draftRequested) as asked:
        page.detail.edit_button.click()
    assert application.open_draft(centre.receptionist, asked.args[0]).registration.child.name == "张琢晨"


@pytest.mark.clause("P2")
def test_what_was_handed_in_anew_meanwhile_is_shown_before_it_is_approved(page: ReviewPage, centre: Centre) -> None:
    form = a_registration(address="文一路 1 号")
    waiting = an_application(centre.receptionist, form)
    page.open(application_id=waiting)
    better = changed(form, address="文二路 2 号")
    application.submit(centre.receptionist, better, opid=opid(), application_id=waiting, version=1)
    page.commit()
    assert page.detail.problem.text().startswith("这份报名在您打开以后有人重新提交过")
    assert page.view is not None
    assert (page.view.state, page.view.version) == ("submitted", 2)
    assert "文二路 2 号" in words(page.detail.data)
    page.commit()
    assert review.look_at(centre.manager, waiting).state == "approved"


@pytest.mark.clause("P13")
def test_health_that_may_not_be_seen_is_said_to_be_hidden(page: ReviewPage, centre: Centre) -> None:
    waiting = an_application(centre.receptionist, allergies="花生", marks=("food_allergy",))
    office.set_grants(centre.manager, "manager", office.rights_of(centre.manager) - {"see_health"})
    page.open(application_id=waiting)
    said = words(page.detail.data)
    assert "没有查看健康信息的权限" in said
    assert "花生" not in said


@pytest.mark.clause("P2")
def test_the_chips_show_one_kind_and_the_place_is_kept(page: ReviewPage, centre: Centre) -> None:
    numbers = [an_application(centre.receptionist, name=name) for name in ("张琢晨", "王若曦", "陈梓睿")]
    review.send_back(centre.manager, numbers[2], 1, "资料不全")
    page.open(application_id=numbers[1])
    assert page.view is not None
    page.chips.set_current("returned")
    page.show_rows()
    assert [row.name for row in page.queue.model.rows] == ["陈梓睿"]
    page.chips.set_current("all")
    page.show_rows()
    page.queue.choose(numbers[1])
    page.refresh()
    assert page.view.application_id == numbers[1]


@pytest.mark.clause("P2")
def test_an_empty_queue_says_so(page: ReviewPage) -> None:
    page.refresh()
    assert page.detail.isHidden()
    page.commit()
    assert page.view is None


@pytest.mark.clause("P2")
def test_a_narrow_page_leaves_the_services_to_the_detail(page: ReviewPage, qtbot: QtBot, centre: Centre) -> None:
    an_application(centre.receptionist, name="张琢晨")
    page.refresh()
    page.show()
    assert [column.key for column in page.queue.model.columns] == ["name", "services", "waits", "state"]
    page.resize(900, 700)
    QApplication.processEvents()
    assert [column.key for column in page.queue.model.columns] == ["name", "waits", "state"]
    assert "晚托" in words(page.detail.data)


def test_a_reason_is_needed(qtbot: QtBot) -> None:
    dialog = reason_dialog("withdraw")
    qtbot.addWidget(dialog)
    dialog.pressed.emit("done")
    assert dialog.reason_field.state == "problem"
    assert dialog.result() == 0
    dialog.reason_field.set_value("家长改变主意")
    dialog.pressed.emit("done")
    assert (dialog.result(), dialog.reason()) == (1, "家长改变主意")


def test_every_field_of_the_rules_finds_a_fact_or_its_group(qtbot: QtBot) -> None:
    """No finding is lost on the way to the screen."""
    fields = (
        "child.name", "child.identity_number", "guardians", "guardians.0.mobile", "contacts", "contacts.0.name",
        "pick_up.alone_from", "health.marks", "health.medication", "consents.privacy", "services.lines",
        "services.lines.0.to_date", "services.class_id", "services.discounts.0.fen",
    )  # fmt: skip
    view = RegistrationView(editable=True)
    qtbot.addWidget(view)
    view.show_registration(a_registration(), [Problem(field, "sex_missing", "warning") for field in fields])
    assert words(view).count("还没有选性别") == len(fields)
    with qtbot.waitSignal(view.editAsked) as asked:
        next(button for button in view.findChildren(Button) if button.text() == "去改").click()
    assert asked.args == ["child.name"]


@pytest.mark.clause("P14")
def test_the_first_page_leads_to_what_waits_for_the_family_and_for_a_place(
    qtbot: QtBot, centre: Centre, desk: Desk, the_clock: Clock,
) -> None:  # fmt: skip
    asked, held = an_application(centre.receptionist), an_application(centre.receptionist)
    contact = asking.Contacted("爸爸", "phone", "reached", "请补交体检表")
    asking.log_contact(centre.manager, asked, 1, contact, then="ask")
    waiting_list.hold(centre.manager, held, "2026-09-12")
    own = a_student(centre.receptionist)
    first = TodayPage(desk)
    qtbot.addWidget(first)
    first.refresh()
    opened: list[tuple[str, int]] = []
    first.applicationRequested.connect(lambda key: opened.append(("application", key)))
    first.studentRequested.connect(lambda key: opened.append(("student", key)))
    for line in first.findChildren(WaitingLine):
        if line.row.kind in {"information", "holds", "own_approved"}:
            line.click()
    assert sorted(opened) == [("application", asked), ("application", held), ("student", own)]
