"""Merging two records of a child in its file: the other one found, everything said before, chosen, done."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.process import application, merged, review, student_file
from app.ui.desk import Desk
from app.ui.review.contacts import ContactDialog
from app.ui.student_profile.merge import MergeDialog
from app.ui.student_profile.page import StudentProfilePage
from app.ui.widgets.text import Text
from tests import builders
from tests.conftest import Centre

pytestmark = pytest.mark.clause("P2")


def twins(centre: Centre, **changes: object) -> tuple[int, int]:
    """The record that is open, and another one of the same child with other data."""
    form = builders.a_registration(name="张琢晨", identity_number="")
    own = builders.a_student(centre.manager, form)
    again = builders.changed(form, **changes)
    waiting = application.submit(centre.receptionist, again, opid="again", not_same=(own,)).application_id
    return own, review.approve(centre.manager, waiting, 1).student_id


def words(dialog: MergeDialog) -> str:
    return "\n".join(label.text() for label in dialog.area.findChildren(Text))


def test_the_namesake_is_found_and_everything_is_said_before(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    own, _ = twins(centre, school="求是小学", heard_of="路过")
    dialog = MergeDialog(desk, own, "张琢晨")
    qtbot.addWidget(dialog)
    assert [row.name for row in dialog.model.rows] == ["张琢晨"]
    said = words(dialog)
    assert "张琢晨　20260001" in said
    assert "张琢晨　20260002" in said
    assert "两份都有：晚托 2026-09-14 – 2027-01-22。应收记了两次" in said
    assert "补上空白：从哪里知道我们 路过" in said
    assert "转过去的余额：−3,900.00" in said
    assert "合并以后不能撤销。" in said


def test_it_is_done_with_what_was_chosen_and_a_reason(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    own, other = twins(centre, school="求是小学")
    dialog = MergeDialog(desk, own, "张琢晨")
    qtbot.addWidget(dialog)
    dialog.choices["child.school"].set_value(("goes",))
    dialog.pressed.emit("merge")
    assert dialog.reason.state == "problem"
    dialog.reason.set_value("登记了两次")
    dialog.pressed.emit("merge")
    assert dialog.result() == 1
    assert merged.stays(other) == own
    assert student_file.profile(centre.manager, own).registration.child.school == "求是小学"


def test_the_other_one_can_stay(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    own, other = twins(centre)
    dialog = MergeDialog(desk, own, "张琢晨")
    qtbot.addWidget(dialog)
    dialog.pressed.emit("swap")
    dialog.reason.set_value("登记了两次")
    dialog.pressed.emit("merge")
    assert (merged.stays(own), dialog.stays_id) == (other, other)


def test_what_is_refused_stands_in_the_window(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    own, other = twins(centre)
    dialog = MergeDialog(desk, own, "张琢晨")
    qtbot.addWidget(dialog)
    whole = student_file.profile(centre.manager, other).registration
    moved = replace(whole, child=replace(whole.child, address="文三路 9 号"))
    version = student_file.profile(centre.manager, other).version
    student_file.save_section(centre.manager, other, "child", moved, version)
    dialog.reason.set_value("登记了两次")
    dialog.pressed.emit("merge")
    assert dialog.strip.text().startswith("两份档案中有一份刚刚被改过")
    assert merged.stays(other) == other


def test_the_old_record_leads_to_the_one_that_stays(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    own, other = twins(centre)
    page = StudentProfilePage(desk)
    qtbot.addWidget(page)
    page.open(student_id=own)
    dialog = MergeDialog(desk, own, "张琢晨", page)
    dialog.reason.set_value("登记了两次")
    dialog.pressed.emit("merge")
    with qtbot.waitSignal(desk.messaged) as said:
        page.open(student_id=other)
    assert said.args[0] == "这个编号的档案已并入 20260001"
    assert page.current_student() == own


@pytest.mark.clause("P13")
def test_without_the_right_the_window_is_not_offered(qtbot: QtBot, centre: Centre, counter: Desk, desk: Desk) -> None:
    own = builders.a_student(centre.manager)
    for who, offered in ((counter, False), (desk, True)):
        page = StudentProfilePage(who)
        qtbot.addWidget(page)
        page.open(student_id=own)
        assert page.head.more.isHidden() != offered
        assert page.head.merge.isEnabled() == offered


@pytest.mark.parametrize("which", ["merge", "contact"])
def test_a_high_window_stays_within_a_low_screen(qtbot: QtBot, centre: Centre, desk: Desk, which: str) -> None:
    below = QWidget()
    qtbot.addWidget(below)
    below.resize(1366, 620)
    own, _ = twins(centre, school="求是小学", address="文二路 2 号", grade="4")
    view = review.look_at(centre.manager, builders.an_application(centre.receptionist))
    made: QWidget = (
        MergeDialog(desk, own, "张琢晨", below) if which == "merge" else ContactDialog(desk, view, below)
    )  # fmt: skip
    made.show()
    qtbot.waitExposed(made)
    assert made.height() <= 620
