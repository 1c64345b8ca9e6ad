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
from app.ui.students.page import StudentsPage
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
