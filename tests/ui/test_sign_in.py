"""Signing in through the real window: user, password, waits, the forgotten password, a folder that is damaged."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.process import backups, founding, keys, payment, pointer
from app.process.payment import Paid
from app.ui import state
from app.ui.key_filter import KeyFilter
from app.ui.sign_in import SignIn
from app.ui.sign_in_forgotten import Forgotten
from app.ui.sign_in_restore import RestorePanel
from app.ui.widgets.form.password import CAPS, PasswordEdit, caps_lock
from tests.builders import a_student, opid
from tests.conftest import PASSWORD, Centre, Clock, make_centre


def window(qtbot: QtBot, centre: Centre, last: str = "receptionist", locked_by: str = "") -> SignIn:
    state.settings().set("last_user", last)
    made = SignIn(centre.folder, state.settings(), locked_by=locked_by)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def try_password(qtbot: QtBot, made: SignIn, password: str) -> None:
    made.form.password.set_value(password)
    made.form.submit()
    qtbot.waitUntil(lambda: made.form.button.text() == "立即登录")


def test_the_focus_stands_in_the_last_users_password(qtbot: QtBot, closed_centre: Centre) -> None:
    made = window(qtbot, closed_centre)
    assert QApplication.focusWidget() is made.form.password.editor
    assert made.form.user.editor.text() == "林小婉"


def test_enter_in_the_password_signs_in(qtbot: QtBot, closed_centre: Centre, qapp: QApplication) -> None:
    keyboard = KeyFilter(qapp)
    qapp.installEventFilter(keyboard)
    made = window(qtbot, closed_centre)
    qtbot.keyClicks(made.form.password.editor, PASSWORD)
    with qtbot.waitSignal(made.signed_in) as signed:
        qtbot.keyClick(made.form.password.editor, Qt.Key.Key_Return)
    assert signed.args == [closed_centre.key, "receptionist", False]
    assert made.form.password.value() == ""
    qapp.removeEventFilter(keyboard)


@pytest.mark.parametrize("typed", ["xjg", "finance", "许建国"])
def test_a_user_is_found_by_initials_login_or_name(qtbot: QtBot, closed_centre: Centre, typed: str) -> None:
    made = window(qtbot, closed_centre)
    made.form.use_initials()
    editor = made.form.user.editor
    editor.setFocus()
    editor.setText("")
    if typed.isascii():
        qtbot.keyClicks(editor, typed)
    else:
        editor.insert(typed)
        editor.textEdited.emit(typed)
    made.form.password.editor.setFocus()
    assert (made.form.user.value(), made.form.who.text()) == ("finance", "许建国")


@pytest.mark.clause("P13")
def test_a_wrong_password_is_told_at_the_field_which_is_selected(qtbot: QtBot, closed_centre: Centre) -> None:
    made = window(qtbot, closed_centre)
    try_password(qtbot, made, "not this one")
    assert made.form.password.message() == "用户或密码不对，请再输一次"
    assert made.form.password.editor.selectedText()
    assert made.form.button.isEnabled()


@pytest.mark.clause("P13")
def test_after_many_tries_there_is_a_wait_that_is_counted_down(
    qtbot: QtBot, closed_centre: Centre, the_clock: Clock,
) -> None:
    made = window(qtbot, closed_centre)
    for _ in range(5):
        try_password(qtbot, made, "not this one")
    assert not made.form.button.isEnabled()
    assert made.form.strip.text() == "输错次数太多，请等 30 秒再试"
    for _ in range(30):
        made.form._second()
    the_clock.go_on(seconds=31)
    assert made.form.button.isEnabled()
    made.form.password.set_value(PASSWORD)
    with qtbot.waitSignal(made.signed_in):
        made.form.submit()


def test_nothing_typed_is_told_before_anything_is_tried(qtbot: QtBot, closed_centre: Centre) -> None:
    made = window(qtbot, closed_centre, last="")
    made.form.submit()
    assert made.form.user.message() == "请先选一个用户"
    made.form.user.set_value("teacher")
    made.form.submit()
    assert made.form.password.message() == "请输入密码"


@pytest.mark.clause("P13")
def test_the_lock_names_who_sat_here_and_lets_another_user_in(qtbot: QtBot, closed_centre: Centre) -> None:
    made = window(qtbot, closed_centre, locked_by="林小婉")
    assert "林小婉" in made.form.lock_note.text()
    made.form.user.set_value("manager")
    made.form.password.set_value(PASSWORD)
    with qtbot.waitSignal(made.signed_in) as signed:
        made.form.submit()
    assert signed.args[1] == "manager"


@pytest.mark.clause("P13")
def test_the_manager_gets_in_with_the_recovery_key(qtbot: QtBot, tmp_path: Path, the_clock: Clock) -> None:
    folder = tmp_path / "new"
    printed = founding.create(folder, founding.NewCentre("中心"), "manager", "王丽华", PASSWORD)
    made = SignIn(folder, state.settings())
    qtbot.addWidget(made)
    made.show()
    made.show_forgotten()
    panel = made.panel
    assert isinstance(panel, Forgotten)
    panel.key.set_value(printed[:-1] + ("0" if printed[-1] != "0" else "1"))
    panel.password.set_value("four new words")
    panel.again.set_value("four new words")
    panel.submit()
    assert "第 8 组" in panel.key.message()
    panel.key.set_value(printed)
    with qtbot.waitSignal(made.signed_in) as signed:
        panel.submit()
    assert signed.args[1:] == ["manager", True]
    assert keys.unlock(folder, "manager", "four new words") == signed.args[0]


def test_a_damaged_folder_offers_the_backups_and_puts_one_back(qtbot: QtBot, centre: Centre) -> None:
    made_backup = backups.make("by_hand")
    payment.take(centre.manager, student_id=a_student(centre.manager), methods=[Paid("cash", 100)], opid=opid())
    centre.close()
    keys.path(centre.folder).write_text("{}", encoding="utf-8")
    made = window(qtbot, centre)
    assert made.form.strip.text()
    qtbot.mouseClick(made.form.strip.buttons["restore"], Qt.MouseButton.LeftButton)
    panel = made.panel
    assert isinstance(panel, RestorePanel)
    assert panel.backup.value() == str(made_backup.path)
    panel.user.set_value("manager")
    panel.password.set_value("not this one")
    panel.submit()
    qtbot.waitUntil(lambda: panel.password.state == "problem")
    panel.password.set_value(PASSWORD)
    with qtbot.waitSignal(panel.restored, timeout=20_000):
        panel.submit()
    assert [one.name for one in made.form.people] == ["周敏", "林小婉", "王丽华", "许建国"]
    assert made.form.lock_note.isVisibleTo(made)
    assert "SJ-2026-000001" in made.form.lock_note.detail(), "the receipt that was given out since is named at once"


def test_practice_data_are_said_plainly(qtbot: QtBot, tmp_path: Path, the_clock: Clock) -> None:
    folder = make_centre(tmp_path / "practice", practice=True).folder
    assert pointer.is_practice(folder)
    made = SignIn(folder, state.settings())
    qtbot.addWidget(made)
    shown = " ".join(label.text() for label in made.findChildren(QLabel))
    assert "虚构" in shown


@pytest.mark.parametrize(("text", "shifted", "on"), [("a", False, False), ("A", False, True), ("a", True, True)])
def test_caps_lock_is_seen_from_the_case_of_a_letter(text: str, shifted: bool, on: bool) -> None:
    assert caps_lock(text, shifted=shifted) is on


def test_the_password_takes_no_input_method_and_tells_of_caps_lock(qtbot: QtBot) -> None:
    field = PasswordEdit()
    qtbot.addWidget(field)
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    with qtbot.waitSignal(field.hinted) as hinted:
        QApplication.sendEvent(
            field, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A"),
        )
    assert hinted.args == [CAPS]
