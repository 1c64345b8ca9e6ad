"""What only a real screen can show: activation, the focus, keys that reach the window. Run under Xvfb."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.process import drafts
from app.ui.desk import Desk
from app.ui.key_filter import KeyFilter
from app.ui.main_window import MainWindow
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.student_profile.page import StudentProfilePage
from app.ui.students.page import StudentsPage
from app.ui.today import TodayPage, WaitingLine
from tests.builders import a_student
from tests.conftest import Centre

pytestmark = pytest.mark.xcb


@pytest.fixture
def window(qtbot: QtBot, centre: Centre, desk: Desk, qapp: QApplication) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.go("today")
    made.show()
    made.activateWindow()
    watching = KeyFilter(made)
    qapp.installEventFilter(watching)
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.clause("P1")
def test_f2_begins_in_the_name_and_enter_goes_on_from_there(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F2)
    page = window.page()
    assert isinstance(page, RegistrationPage)
    name = page.steps[0].first_field()
    assert isinstance(name, QLineEdit)
    qtbot.waitUntil(name.hasFocus)
    qtbot.keyClicks(name, "Anna")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not name.hasFocus())
    assert QApplication.focusWidget() is not None
    assert [row.title for row in drafts.drafts(window.desk.actor)] == ["Anna"]


@pytest.mark.clause("P10")
def test_f3_searches_and_down_goes_into_the_list(window: MainWindow, qtbot: QtBot, centre: Centre) -> None:
    a_student(centre.manager, name="王若曦")
    window.go("students")
    page = window.page()
    assert isinstance(page, StudentsPage)
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.waitUntil(page.search.hasFocus)
    qtbot.keyClicks(page.search, "wrx")
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.current == "student"


@pytest.mark.clause("P13")
def test_f12_asks_for_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lockAsked):
        qtbot.keyClick(window, Qt.Key.Key_F12)


@pytest.mark.clause("P10")
def test_a_file_is_corrected_by_keys_and_the_focus_stays_on_the_card(
    window: MainWindow, qtbot: QtBot, centre: Centre,
) -> None:  # fmt: skip
    window.go("student", student_id=a_student(centre.manager))
    page = window.page()
    assert isinstance(page, StudentProfilePage)
    card = page.cards["child"]
    qtbot.waitUntil(card.hasFocus)
    marked = card.grab().toImage()
    qtbot.keyClick(card, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: not card.hasFocus())
    assert page.cards["child"].editing
    card.sections()[0]._fields["child.address"].set_value("文三路 1 号")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(card.hasFocus)
    qtbot.keyClick(card, Qt.Key.Key_E)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(card.hasFocus)
    qtbot.keyClick(card, Qt.Key.Key_Tab)
    assert card.grab().toImage() != marked


def test_the_focus_stays_on_the_page_when_its_widget_goes_away(
    window: MainWindow, qtbot: QtBot, centre: Centre,
) -> None:  # fmt: skip
    a_student(centre.manager)
    window.go("students")
    page = window.page()
    assert isinstance(page, StudentsPage)
    for goes in (page.search.hide, lambda: page.search.setEnabled(False)):
        page.search.setEnabled(True)
        page.search.show()
        page.search.setFocus()
        qtbot.waitUntil(page.search.hasFocus)
        goes()
        qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget() or window))


@pytest.mark.clause("P14")
def test_from_today_enter_leads_to_the_work_and_esc_back_to_the_same_line(
    window: MainWindow, qtbot: QtBot, centre: Centre,
) -> None:  # fmt: skip
    a_student(centre.manager, name="王若曦")
    a_student(centre.manager, name="李沐阳")
    window.desk.changed.emit()
    page = window.page()
    assert isinstance(page, TodayPage)
    line = next(line for line in page._lines() if line.row.kind == "unpaid")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.current == "payment"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.current == "today"
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), WaitingLine))
    back = QApplication.focusWidget()
    assert isinstance(back, WaitingLine)
    assert back.row == line.row


def test_the_navigation_is_reached_and_answered_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    item = window.sidebar.items["receipts"]
    item.setFocus()
    qtbot.waitUntil(item.hasFocus)
    qtbot.keyClick(item, Qt.Key.Key_Return)
    assert window.current == "receipts"
