"""Correcting a student's file: a card at a time, with history, undo, and nothing overwritten unseen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from app.process import operation_log, student_file
from app.ui import theme
from app.ui.desk import Desk
from app.ui.student_profile.card import FileCard
from app.ui.student_profile.page import StudentProfilePage
from tests.builders import a_student, identity_number
from tests.conftest import Centre

NUMBER = identity_number("2017-05-05", "female", 3)


@pytest.fixture
def page(qtbot: QtBot, centre: Centre, desk: Desk) -> StudentProfilePage:
    student = a_student(
        centre.manager,
        name="王若曦",
        identity_number=NUMBER,
        birth_date="2017-05-05",
        sex="female",
    )
    made = StudentProfilePage(desk)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.open(student)
    made.show()
    return made


def edit(page: StudentProfilePage, section: str, path: str, value: object) -> FileCard:
    card = page.cards[section]
    if not card.editing:
        card.edit()
    part = next(one for one in card.sections() if path in one._fields)
    part._fields[path].set_value(value)
    return card


def stored(page: StudentProfilePage) -> student_file.Profile:
    return student_file.profile(page.desk.actor, page.current_student() or 0)


@pytest.mark.clause("P10")
def test_a_card_is_read_first_and_saved_on_its_own(page: StudentProfilePage) -> None:
    assert not any(card.editing for card in page.cards.values())
    card = edit(page, "child", "child.address", "文三路 1 号")
    page.commit()
    assert not card.editing
    assert stored(page).registration.child.address == "文三路 1 号"


@pytest.mark.clause("P10")
@pytest.mark.clause("P13")
def test_the_masked_number_is_kept_when_something_else_is_changed(page: StudentProfilePage, centre: Centre) -> None:
    assert "*" in stored(page).registration.child.identity_number
    edit(page, "child", "child.school", "学军小学")
    page.commit()
    assert stored(page).registration.child.school == "学军小学"
    assert student_file.reveal_identity(centre.manager, page.current_student() or 0) == NUMBER
    assert "reveal_identity" in [row.action for row in operation_log.entries(centre.manager)]


@pytest.mark.clause("P10")
def test_the_last_save_can_be_undone_and_both_stand_in_the_history(page: StudentProfilePage) -> None:
    before = stored(page).registration.child.address
    edit(page, "child", "child.address", "文三路 1 号")
    page.commit()
    page.undo()
    assert stored(page).registration.child.address == before
    changes = student_file.history(page.desk.actor, page.current_student() or 0, "child.address")
    assert [(one.before, one.after) for one in changes] == [("文三路 1 号", before), (before, "文三路 1 号")]


@pytest.mark.clause("P10")
def test_a_save_over_a_newer_change_is_refused_and_shows_both(page: StudentProfilePage, centre: Centre) -> None:
    card = edit(page, "child", "child.address", "文三路 1 号")
    profile = stored(page)
    theirs = profile.registration.child
    other = student_file.profile(centre.receptionist, profile.student_id)
    changed = replace(other.registration, child=replace(theirs, address="古墩路 2 号"))
    student_file.save_section(centre.receptionist, profile.student_id, "child", changed, other.version)
    page.commit()
    assert card.editing
    assert "古墩路 2 号" in card.problem.detail()
    assert stored(page).registration.child.address == "古墩路 2 号"


@pytest.mark.clause("P10")
def test_what_was_typed_and_not_saved_waits_until_one_comes_back(page: StudentProfilePage, centre: Centre) -> None:
    first = page.current_student() or 0
    edit(page, "child", "child.address", "文三路 1 号")
    page.open(a_student(centre.manager, name="李沐阳"))
    assert [card.editing for card in page.cards.values()] == [False] * 4
    page.open(first)
    assert page.cards["child"].editing
    assert page.cards["child"].typed().child.address == "文三路 1 号"
    page.go_back()
    assert not page.cards["child"].editing


@pytest.mark.clause("P10")
def test_what_is_wrong_is_marked_and_not_saved(page: StudentProfilePage) -> None:
    card = edit(page, "guardians", "guardians.0.mobile", "138")
    page.commit()
    assert card.editing
    field = card.sections()[0]._fields["guardians.0.mobile"]
    assert field.state == "problem"


@pytest.mark.clause("P13")
def test_without_the_right_nothing_can_be_edited_and_health_is_not_shown(qtbot: QtBot, centre: Centre) -> None:
    student = a_student(centre.manager, class_id=1)
    made = StudentProfilePage(Desk(centre.finance))
    qtbot.addWidget(made)
    made.open(student)
    made.show()
    assert not any(card.edit_button.isVisible() for card in made.cards.values())
    assert made.profile is not None
    assert made.profile.health_hidden


@pytest.mark.clause("P10")
def test_what_was_typed_and_not_saved_outlasts_the_end_of_the_program(
    page: StudentProfilePage, qtbot: QtBot, desk: Desk, centre: Centre,
) -> None:  # fmt: skip
    student = page.current_student() or 0
    edit(page, "child", "child.address", "文三路 1 号")
    page.save_now()
    again = StudentProfilePage(desk)
    qtbot.addWidget(again)
    again.open(student)
    again.show()
    assert again.cards["child"].typed().child.address == "文三路 1 号"
    assert "上次没有保存" in again.cards["child"].problem.text()
    again.commit()
    assert stored(again).registration.child.address == "文三路 1 号"
    third = StudentProfilePage(desk)
    qtbot.addWidget(third)
    third.open(student)
    assert not third.cards["child"].editing
    other = StudentProfilePage(Desk(centre.receptionist))
    qtbot.addWidget(other)
    other.open(student)
    assert not other.cards["child"].editing


@pytest.mark.clause("P10")
def test_what_was_given_up_with_esc_does_not_come_back(page: StudentProfilePage, qtbot: QtBot, desk: Desk) -> None:
    edit(page, "child", "child.address", "文三路 1 号")
    page.save_now()
    page.go_back()
    again = StudentProfilePage(desk)
    qtbot.addWidget(again)
    again.open(page.current_student() or 0)
    assert not again.cards["child"].editing


@pytest.mark.clause("P10")
def test_an_edit_over_a_newer_change_is_told_also_after_the_end_of_the_program(
    page: StudentProfilePage, qtbot: QtBot, desk: Desk, centre: Centre,
) -> None:  # fmt: skip
    edit(page, "child", "child.address", "文三路 1 号")
    page.save_now()
    other = student_file.profile(centre.receptionist, page.current_student() or 0)
    theirs = replace(other.registration.child, address="古墩路 2 号")
    changed = replace(other.registration, child=theirs)
    student_file.save_section(centre.receptionist, other.student_id, "child", changed, other.version)
    again = StudentProfilePage(desk)
    qtbot.addWidget(again)
    again.open(other.student_id)
    again.commit()
    assert again.cards["child"].editing
    assert "古墩路 2 号" in again.cards["child"].problem.detail()


@pytest.mark.clause("P10")
@pytest.mark.parametrize("percent", [100, 150])
def test_save_and_cancel_of_a_tall_card_are_always_in_view(
    page: StudentProfilePage, qtbot: QtBot, qapp: QApplication, percent: int,
) -> None:  # fmt: skip
    theme.apply(qapp, "light", percent, practice=False)
    page.resize(1154, 736)
    page.show()
    card = page.cards["guardians"]
    card.edit()
    area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(card))
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: card.height() > area.viewport().height() // 2 and bar.maximum() > 0)

    def edges() -> tuple[int, int]:
        top = card.foot.mapTo(area.viewport(), QPoint(0, 0)).y()
        return top, top + card.foot.height()

    begin = card.y()
    for value in range(max(0, begin - 300), begin + card.height() - 120, 90):
        bar.setValue(value)
        top, below = edges()
        assert 0 <= top < below <= area.viewport().height(), value
    bar.setValue(bar.maximum())
    assert card.foot.geometry().bottom() < card.height()
    assert card.foot.y() >= card.writing.geometry().bottom(), "at its end the verbs lie below the fields"
    card.cancel()
    assert card.foot.isHidden()
