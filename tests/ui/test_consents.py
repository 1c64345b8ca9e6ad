"""Consents in the windows: who agreed, taken back, given again; health closed with a line that says why."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.process import confirmation, consents, student_file
from app.ui.desk import Desk
from app.ui.student_profile.consent_dialog import ConsentDialog
from app.ui.student_profile.page import StudentProfilePage
from app.ui.students.detail import DetailPane
from app.ui.today import TodayPage, WaitingLine
from tests.builders import a_registration, a_student
from tests.conftest import Centre, Clock


@pytest.fixture
def student(centre: Centre) -> int:
    return a_student(centre.manager, a_registration(allergies="花生", marks=("food_allergy",), diet="不吃海鲜"))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, student: int) -> StudentProfilePage:
    made = StudentProfilePage(desk)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.open(student)
    made.show()
    return made


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def withdraw(page: StudentProfilePage, qtbot: QtBot, **typed: Any) -> ConsentDialog:
    assert page.profile is not None
    dialog = ConsentDialog(page.desk, page.profile, page)
    qtbot.addWidget(dialog)
    for name, value in typed.items():
        getattr(dialog, name).set_value(value)
    dialog.buttons["withdraw"].click()
    page.refresh()
    return dialog


@pytest.mark.clause("P13")
def test_a_consent_is_taken_back_in_the_file_and_health_is_closed_at_once(
    page: StudentProfilePage, qtbot: QtBot, student: int,
) -> None:  # fmt: skip
    assert "不吃海鲜" in words(page.cards["health"])
    dialog = withdraw(page, qtbot, note="电话里说的")
    assert dialog.result() == ConsentDialog.DialogCode.Accepted
    assert "健康资料已关闭" in page.health.text()
    said = "不同意　2026-09-12　张志强（父亲）　第 1 版　电话里说的"
    qtbot.waitUntil(lambda: said in words(page.cards["health"]))
    assert "不吃海鲜" not in words(page.cards["health"])
    assert not page.allergy.text()
    (newest, *_) = student_file.profile(page.desk.actor, student).consents
    assert (newest.kind, newest.given) == ("privacy", False)


@pytest.mark.clause("P13")
def test_what_is_wrong_with_an_answer_stands_in_the_dialog(page: StudentProfilePage, qtbot: QtBot) -> None:
    dialog = withdraw(page, qtbot, who="", day="2026-09-12")
    assert dialog.result() != ConsentDialog.DialogCode.Accepted
    assert dialog.who.state == "problem"
    dialog = withdraw(page, qtbot, day="2026-10-01")
    assert dialog.day.state == "problem"


@pytest.mark.clause("P13")
def test_the_dialog_offers_what_can_be_done_and_warns_what_closes(page: StudentProfilePage, qtbot: QtBot) -> None:
    assert page.profile is not None
    dialog = ConsentDialog(page.desk, page.profile, page)
    qtbot.addWidget(dialog)
    assert list(dialog.buttons) == ["cancel", "withdraw"]
    assert "健康资料马上关闭" in dialog.strip.text()
    dialog.kind.set_value("photos")
    dialog.kind.changed.emit()
    assert list(dialog.buttons) == ["cancel", "give"]
    assert (dialog.now.text(), dialog.strip.text()) == ("现在：还没有问过", "")
    dialog.buttons["give"].click()
    page.refresh()
    qtbot.waitUntil(lambda: "活动照片" in words(page.cards["health"]))


@pytest.mark.clause("P4")
def test_the_file_says_until_when_a_spoken_consent_holds_and_what_to_do_after(
    page: StudentProfilePage, the_clock: Clock,
) -> None:  # fmt: skip
    assert "2026-09-19" in page.health.text()
    the_clock.set("2026-09-20")
    page.refresh()
    assert "没有按时签字" in page.health.text()
    assert list(page.health.buttons) == ["sheet"]
    assert page.allergy.text() == "花生", "an allergy does not wait for a signature"
    card = page.cards["health"]
    card.edit()
    assert card.editing, "the answers may be changed"
    assert not card.sections()[0].card.isEnabled()  # type: ignore[attr-defined]


@pytest.mark.clause("P13")
def test_the_pane_of_the_list_says_that_health_is_closed(
    qtbot: QtBot, desk: Desk, student: int, centre: Centre,
) -> None:  # fmt: skip
    pane = DetailPane(desk)
    qtbot.addWidget(pane)
    pane.show_student(student)
    assert (pane.allergy.text(), pane.health.text()) == ("花生", "")
    consents.withdraw(centre.manager, student, "under_14", given_by="谁", relation="father", on="2026-09-12")
    pane.show_student(student)
    assert (pane.allergy.text(), pane.health.text()) == ("", "健康资料已关闭")
    assert "撤回同意" in pane.health.detail()


@pytest.mark.clause("P14")
def test_the_first_page_marks_what_closes_beside_the_unsigned_sheet(
    qtbot: QtBot, desk: Desk, student: int, the_clock: Clock,
) -> None:  # fmt: skip
    def said() -> list[str]:
        made = TodayPage(desk)
        qtbot.addWidget(made)
        made.refresh()
        lines = [one for one in made.findChildren(WaitingLine) if one.row.kind == "unsigned"]
        return [line.accessibleName() for line in lines]

    (line,) = said()
    assert "健康资料到 09-19" in line
    the_clock.set("2026-09-20")
    (line,) = said()
    assert "健康资料已关闭" in line
    sheet = confirmation.make_sheet(desk.actor, student_id=student)
    (name, relation, key), *_ = confirmation.signers(desk.actor, sheet.id)
    confirmation.mark_signed(
        desk.actor, sheet.id, signed_on="2026-09-20", signer=name, relation=relation, guardian_id=key,
    )  # fmt: skip
    assert said() == []
