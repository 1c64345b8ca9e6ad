"""The review window in depth: ticks, contacts, answers, places, several at once, by mouse and by keys."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.process import application, finding_counts, office, review, ticks, waiting_list
from app.ui.desk import Desk
from app.ui.match_card import MatchCard
from app.ui.review.contacts import ContactDialog
from app.ui.review.page import ReviewPage
from app.ui.review.places import PlaceDialog
from app.ui.widgets.button import Button
from app.ui.widgets.reason_dialog import ReasonDialog
from tests.builders import a_registration, a_student, an_application, changed, opid
from tests.conftest import Centre, Clock

pytestmark = pytest.mark.clause("P2")


@pytest.fixture
def page(qtbot: QtBot, centre: Centre, desk: Desk) -> ReviewPage:
    made = ReviewPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1228, 868)
    return made


def state_of(centre: Centre, application_id: int) -> str:
    return review.look_at(centre.manager, application_id).state


def button(widget: QWidget, text: str) -> Button:
    return next(one for one in widget.findChildren(Button) if one.text() == text)


def test_a_tick_is_kept_with_who_and_when_and_the_box_keeps_the_focus(page: ReviewPage, centre: Centre) -> None:
    waiting = an_application(centre.receptionist)
    page.open(application_id=waiting)
    box = page.detail.verifying.boxes["证件真实"]
    box.click()
    assert [one.who for one in ticks.of(waiting, 1) if one.at] == ["王丽华"]
    assert page.detail.verifying.boxes["证件真实"] is box
    assert "王丽华" in page.detail.verifying._who.text()
    box.click()
    assert not [one for one in ticks.of(waiting, 1) if one.at]


def test_a_question_is_noted_in_one_window_and_the_answer_brings_it_back(
    page: ReviewPage, centre: Centre, desk: Desk, qtbot: QtBot,
) -> None:  # fmt: skip
    waiting = an_application(centre.receptionist)
    page.open(application_id=waiting)
    assert page.view is not None
    dialog = ContactDialog(desk, page.view)
    qtbot.addWidget(dialog)
    dialog.then.set_value(("ask",))
    dialog.then.changed.emit()
    assert not dialog.due.isHidden()
    dialog.pressed.emit("save")
    assert dialog.note.state == "problem", "what is asked must be said"
    dialog.note.set_value("请补交体检表")
    dialog.pressed.emit("save")
    assert state_of(centre, waiting) == "needs_information"
    assert page.detail.reason.text() == "等家长答复：请补交体检表"
    assert not page.detail.contacts.isHidden()
    assert page.detail.approve_button.text() == "记下答复"
    again = ContactDialog(desk, page.view)
    qtbot.addWidget(again)
    assert again.then.value() == ("answered",)
    again.pressed.emit("save")
    assert state_of(centre, waiting) == "submitted"
    assert page.detail.approve_button.text() == "通过并录入"


def test_a_contact_that_cannot_be_saved_says_why_in_the_window(
    page: ReviewPage, centre: Centre, desk: Desk, qtbot: QtBot,
) -> None:  # fmt: skip
    page.open(application_id=an_application(centre.receptionist))
    assert page.view is not None
    dialog = ContactDialog(desk, page.view)
    qtbot.addWidget(dialog)
    dialog.whom.set_value("")
    dialog.pressed.emit("save")
    assert dialog.strip.text().startswith("请选好联系了谁")


def test_a_match_is_answered_beside_both_records(page: ReviewPage, centre: Centre, qtbot: QtBot) -> None:
    form = a_registration(name="张琢晨", identity_number="", mobile="13800001111")
    first = an_application(centre.receptionist, form)
    second = application.submit(centre.receptionist, form, opid=opid(), not_same=(-first,)).application_id
    page.open(application_id=second)
    (card,) = page.findChildren(MatchCard)
    button(card, "改回答").click()
    assert review.look_at(centre.manager, second).not_same == ()
    (card,) = page.detail.matches.findChildren(MatchCard)
    assert button(card, "不是同一人").accessibleName().endswith("Alt+2")
    button(card, "不是同一人").click()
    assert review.look_at(centre.manager, second).not_same == (-first,)
    assert page.detail.summary.text() == "没有发现缺项、疑点或重复"


def test_a_brother_is_made_one_family_by_one_press(page: ReviewPage, centre: Centre) -> None:
    a_student(centre.manager, a_registration(mobile="13800001111"))
    form = a_registration(mobile="13800001111")
    found = application.matches(centre.receptionist, form)
    waiting = application.submit(centre.receptionist, form, opid=opid(), not_same=(found[0].key,)).application_id
    page.open(application_id=waiting)
    button(page.findChildren(MatchCard)[0], "改回答").click()
    button(page.detail.matches.findChildren(MatchCard)[0], "兄弟姐妹").click()
    assert review.look_at(centre.manager, waiting).registration.guardians[0].id is not None
    assert page.detail.matches.isHidden()


def test_a_child_that_is_here_already_is_rejected_with_its_number_as_the_reason(
    page: ReviewPage, centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    form = a_registration(name="张琢晨", identity_number="")
    student = a_student(centre.manager, form)
    waiting = application.submit(centre.receptionist, form, opid=opid(), not_same=(student,)).application_id
    page.open(application_id=waiting)
    button(page.findChildren(MatchCard)[0], "改回答").click()
    monkeypatch.setattr(ReasonDialog, "exec", lambda dialog: 1)
    button(page.detail.matches.findChildren(MatchCard)[0], "是本人，已在托").click()
    view = review.look_at(centre.manager, waiting)
    assert (view.state, view.reason) == ("rejected", "已在托：张琢晨 20260001")


def test_what_was_rejected_stands_under_its_own_chip_and_can_be_applied_for_anew(
    page: ReviewPage, centre: Centre, qtbot: QtBot,
) -> None:  # fmt: skip
    waiting = an_application(centre.receptionist, name="张琢晨")
    an_application(centre.receptionist, name="王若曦")
    review.reject(centre.manager, waiting, 1, "年龄不符")
    page.refresh()
    assert [row.name for row in page.queue.model.rows] == ["王若曦"]
    page.chips.set_current("rejected")
    page.show_rows()
    assert [row.name for row in page.queue.model.rows] == ["张琢晨"]
    assert page.detail.reason.text() == "未通过：年龄不符"
    assert page.detail.approve_button.isHidden()
    with qtbot.waitSignal(page.draftRequested):
        page.detail.edit_button.click()


def test_several_are_approved_after_one_question_and_one_summary_tells(
    page: ReviewPage, centre: Centre, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    good = [an_application(centre.receptionist, name=name) for name in ("张琢晨", "王若曦")]
    odd = an_application(centre.receptionist, name="陈梓睿", birth_date="2009-01-01", identity_number="")
    page.refresh()
    page.queue.table.selectAll()
    assert page.queue.bulk_button.text() == "通过已选的 3 份"
    asked: list[str] = []

    def said_yes(_title: str, text: str, _verbs: object) -> str:
        asked.append(text)
        return "go"

    monkeypatch.setattr(desk, "ask", said_yes)
    review.approve(centre.manager, good[1], 1)  # somebody else is quicker: the list does not know yet
    with qtbot.waitSignal(page.bulk.finished) as done:
        page.queue.bulk_button.click()
    assert asked == ["2 份没有疑点，会录入为学员并记应收。另外 1 份有要看的地方，不会通过。"]
    assert done.args[0] == ("张琢晨", "王若曦"), "what the same person approved already is no failure"
    assert (state_of(centre, good[0]), state_of(centre, odd)) == ("approved", "submitted")
    assert page.told.text() == "已录入 2 份"


def test_one_that_cannot_be_approved_meanwhile_stops_no_other(
    page: ReviewPage, centre: Centre, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    form = a_registration(name="张琢晨")
    first, second = an_application(centre.receptionist, form), an_application(centre.receptionist, name="王若曦")
    page.refresh()
    page.queue.table.selectAll()
    monkeypatch.setattr(desk, "ask", lambda title, text, verbs: "go")
    better = changed(form, address="文二路 2 号")
    application.submit(centre.receptionist, better, opid=opid(), application_id=first, version=1)
    with qtbot.waitSignal(page.bulk.finished):
        page.queue.bulk_button.click()
    assert (state_of(centre, first), state_of(centre, second)) == ("submitted", "approved")
    assert page.told.text() == "已录入 1 份"
    assert page.told.detail().startswith("张琢晨 没有通过：")


def test_nothing_is_approved_together_that_has_to_be_looked_at(
    page: ReviewPage, centre: Centre, desk: Desk, qtbot: QtBot,
) -> None:  # fmt: skip
    odd = an_application(centre.receptionist, birth_date="2009-01-01", identity_number="")
    page.refresh()
    page.queue.table.selectAll()
    with qtbot.waitSignal(desk.messaged) as said:
        page.queue.bulk_button.click()
    assert said.args[0] == "选中的报名都有要看的地方，请逐份审核"
    assert state_of(centre, odd) == "submitted"


def test_no_place_is_told_and_the_waiting_list_gives_one_later(
    page: ReviewPage, centre: Centre, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    small = office.save_class(centre.manager, None, "小小班", "101", 1, None)
    a_student(centre.manager, a_registration(class_id=small))
    waiting = an_application(centre.receptionist, class_id=small)
    page.open(application_id=waiting)
    assert page.detail.places.text() == "小小班 已占 1 / 1"
    monkeypatch.setattr(ReasonDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(ReasonDialog, "reason", lambda dialog: "名额已满")
    page.detail.list_button.click()
    assert state_of(centre, waiting) == "waiting_list"
    assert page.detail.reason.text() == "候补第 1 位：名额已满"
    assert page.view is not None
    dialog = PlaceDialog(desk, page.view, offer=True)
    qtbot.addWidget(dialog)
    dialog.pressed.emit("save")
    assert dialog.strip.text().startswith("小小班 的 1 个名额还没有空出来")
    office.save_class(centre.manager, small, "小小班", "101", 2, None)
    dialog.pressed.emit("save")
    assert state_of(centre, waiting) == "submitted"
    assert page.detail.hold.text().startswith("名额保留到 ")


def test_a_place_is_held_with_a_note_and_let_go(
    page: ReviewPage, centre: Centre, desk: Desk, qtbot: QtBot, the_clock: Clock,
) -> None:  # fmt: skip
    waiting = an_application(centre.receptionist)
    page.open(application_id=waiting)
    assert page.view is not None
    dialog = PlaceDialog(desk, page.view, offer=False)
    qtbot.addWidget(dialog)
    dialog.until.set_value("2026-09-18")
    dialog.note.set_value("押金收据 SJ-2026-000001")
    dialog.pressed.emit("save")
    assert page.detail.hold.detail() == "押金收据 SJ-2026-000001"
    the_clock.set("2026-09-19")
    page.refresh()
    assert page.detail.hold.text() == "名额只保留到 2026-09-18，已经过期"
    again = PlaceDialog(desk, page.view, offer=False)
    qtbot.addWidget(again)
    again.pressed.emit("release")
    assert waiting_list.held(waiting) is None


def test_what_is_not_counted_yet_is_counted_while_nobody_types(page: ReviewPage, centre: Centre, qtbot: QtBot) -> None:
    from app.models.database import unit_of_work

    an_application(centre.receptionist)
    with unit_of_work():
        finding_counts.forget_all()
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: all(row.counted for row in page.queue.model.rows), timeout=3000)
    assert page.chips.current() == "all"


def test_the_keys_of_the_verbs_stand_on_them(page: ReviewPage, centre: Centre) -> None:
    page.open(application_id=an_application(centre.receptionist))
    shown = [one.accessibleName() for one in page.detail.findChildren(Button) if not one.isHidden()]
    for wanted in ("联系家长 Alt+C", "修改 Alt+E", "退回 Alt+B"):
        assert wanted in shown
    menu = {action.text(): action.shortcut().toString() for action in page.detail.more.menu.actions()}
    assert menu == {"不予通过": "Alt+N", "撤回报名": "Alt+W", "保留名额": "Alt+K"}
