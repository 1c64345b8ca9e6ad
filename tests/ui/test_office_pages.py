"""Classes, backups, the operation log and the first page through their windows."""

import pytest
from pytestqt.qtbot import QtBot

from app.process import backups, data_folder, office, operation_log
from app.process.restoring import Restored
from app.process.skipped_numbers import Skipped
from app.ui.backup_page import BackupPage, RestoreDialog
from app.ui.classes_page import ClassDialog, ClassesPage
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.operation_log_page import OperationLogPage
from app.ui.restored_words import restored_text
from app.ui.student_profile.page import StudentProfilePage
from app.ui.today import TodayPage, WaitingLine
from app.ui.widgets.text import Text
from tests.builders import a_student, an_application
from tests.conftest import PASSWORD, Centre


@pytest.mark.clause("P6")
def test_a_class_is_added_and_a_name_that_is_taken_is_refused_beside_its_field(qtbot: QtBot, desk: Desk) -> None:
    dialog = ClassDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.name.set_value("三年级晚托班")
    dialog.pressed.emit("save")
    assert "三年级晚托班" in dialog.name.message()
    dialog.name.set_value("五年级晚托班")
    dialog.pressed.emit("save")
    page = ClassesPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    assert [row.name for row in page.model.rows] == ["三年级晚托班", "一年级午托班", "五年级晚托班"]


@pytest.mark.clause("P13")
def test_a_backup_is_made_in_the_window_and_restored_with_the_password(
    qtbot: QtBot,
    centre: Centre,
    desk: Desk,
) -> None:
    a_student(centre.manager)
    page = BackupPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    with qtbot.waitSignal(desk.messaged, timeout=20_000):
        page.commit()
    assert [(row.students, row.verified) for row in page.model.rows] == [(1, True)]
    a_student(centre.manager)
    dialog = RestoreDialog(desk, page.model.row_at(0))
    qtbot.addWidget(dialog)
    dialog.pressed.emit("restore")
    assert dialog.password.message() == "请输入您的登录密码"
    dialog.password.set_value("something else")
    dialog.pressed.emit("restore")
    assert dialog.password.state == "problem"
    dialog.password.set_value(PASSWORD)
    with qtbot.waitSignal(dialog.done_restoring, timeout=20_000):
        dialog.pressed.emit("restore")
    assert not data_folder.is_open()
    centre.open()
    assert len(office.classes(centre.manager)) == 2
    assert sum(one.students for one in office.classes(centre.manager)) == 1


@pytest.mark.clause("P13")
def test_the_log_shows_who_did_what_with_the_values_before_and_after(
    qtbot: QtBot,
    centre: Centre,
    desk: Desk,
) -> None:
    office.change_settings(centre.manager, {"centre_phone": "0571-88005678"})
    page = OperationLogPage(desk)
    qtbot.addWidget(page)
    page.open()
    row = page.model.row_at(0)
    assert (row.who, page.model.data(page.model.index(0, 2))) == ("王丽华", "修改设置")
    shown = [text.text() for text in page.detail.findChildren(Text)]
    assert {"中心电话", "原：0571-88001234", "0571-88005678"} <= set(shown)
    page._verify()
    assert "全部完整" in page.strip.text()


@pytest.mark.clause("P13")
def test_the_file_leads_to_the_entries_of_its_student_alone_and_back_to_all(
    qtbot: QtBot, centre: Centre, desk: Desk,
) -> None:  # fmt: skip
    student_id = a_student(centre.manager, name="李沐阳")
    a_student(centre.manager, name="张琢晨")
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.go("student", student_id=student_id)
    file = window.page()
    assert isinstance(file, StudentProfilePage)
    file.head.log.click()
    page = window.page()
    assert isinstance(page, OperationLogPage)
    assert {(row.subject_kind, row.subject_id) for row in page.model.rows} == {("student", student_id)}
    assert "李沐阳" in page.subject_chip.text()
    page.subject_chip.removed.emit()
    assert page.subject_chip.isHidden()
    assert len({row.subject_id for row in page.model.rows if row.subject_kind == "student"}) == 2


@pytest.mark.clause("P13")
def test_after_a_restore_the_papers_that_the_backup_lacks_are_told(centre: Centre) -> None:
    made = backups.make("by_hand")
    gone = Skipped("receipt-2026", 2, 3)
    assert restored_text(Restored(made, None, 0)) == ""
    said = restored_text(Restored(made, None, 2, (gone,)))
    assert "SJ-2026-000002" in said
    assert "有 2 份单据只有记录，没有原件" in said


@pytest.mark.clause("P13")
def test_every_action_that_is_recorded_has_its_words(centre: Centre) -> None:
    from app.ui.log_words.actions import ACTIONS

    a_student(centre.manager)
    seen = {row.action for row in operation_log.entries(centre.manager)}
    assert seen <= set(ACTIONS)


@pytest.mark.clause("P14")
def test_the_first_page_leads_to_the_work_with_one_press(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    student = a_student(centre.manager)
    application = an_application(centre.receptionist)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    lines = {line.accessibleName(): line for line in page.findChildren(WaitingLine)}
    owing = next(line for name, line in lines.items() if "3,900.00" in name)
    with qtbot.waitSignal(page.paymentRequested) as asked:
        owing.click()
    assert asked.args == [student]
    waiting = next(line for name, line in lines.items() if "林小婉" in name)
    with qtbot.waitSignal(page.applicationRequested) as asked:
        waiting.click()
    assert asked.args == [application]


@pytest.mark.clause("P14")
def test_the_first_page_says_so_when_nothing_waits(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    backups.make("by_hand")
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    assert page.empty.isVisible()
