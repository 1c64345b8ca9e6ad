"""The settings page: in force at once, undone as quickly, refused where it stands; users and the table of rights."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.process import keys, office
from app.ui import theme
from app.ui.desk import Desk, Message
from app.ui.settings_page.centre import PapersSection, RegistrationSection, SafetySection
from app.ui.settings_page.computer import ComputerSection, PasswordDialog
from app.ui.settings_page.new_recovery_key import KeyDialog
from app.ui.settings_page.page import SettingsPage
from app.ui.settings_page.people import NewPasswordDialog, RightsSection, UserDialog, UsersSection
from tests.conftest import Centre


@pytest.fixture
def page(qtbot: QtBot, centre: Centre, desk: Desk) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.refresh()
    return made


@pytest.fixture
def messages(desk: Desk) -> list[Message]:
    heard: list[Message] = []
    desk.offered.connect(heard.append)
    return heard


def typed(section: PapersSection | RegistrationSection | SafetySection, name: str, text: str) -> None:
    """Type into the field of a setting and leave it."""
    _, editor = section._bound[name]
    editor.set_value(text)
    editor.left.emit()  # type: ignore[attr-defined]


@pytest.mark.clause("P18")
def test_a_setting_is_saved_when_its_field_is_left_and_can_be_taken_back(
    page: SettingsPage, messages: list[Message],
) -> None:
    before = office.setting("centre_address")
    page.open("papers")
    section = page.section("papers")
    assert isinstance(section, PapersSection)
    typed(section, "centre_address", "文三路 188 号")
    assert office.setting("centre_address") == "文三路 188 号"
    assert messages[-1].undo is not None
    messages[-1].undo()
    assert office.setting("centre_address") == before
    assert section._bound["centre_address"][1].value() == before


def test_a_field_that_was_only_visited_changes_nothing(page: SettingsPage, messages: list[Message]) -> None:
    page.open("registration")
    section = page.section("registration")
    assert isinstance(section, RegistrationSection)
    typed(section, "review_days", office.setting("review_days"))
    assert not messages


def test_a_value_outside_its_limits_is_refused_beside_it(page: SettingsPage) -> None:
    page.open("papers")
    section = page.section("papers")
    assert isinstance(section, PapersSection)
    typed(section, "centre_name", " ")
    row, _ = section._bound["centre_name"]
    assert row.problem.isVisible()
    assert office.setting("centre_name").strip()


def test_a_form_of_numbers_without_a_running_number_is_refused(page: SettingsPage) -> None:
    before = office.setting("student_number_form")
    page.open("registration")
    section = page.section("registration")
    assert isinstance(section, RegistrationSection)
    typed(section, "student_number_form", "{year}")
    assert section.form_row.problem.isVisible()
    assert office.setting("student_number_form") == before


def test_defaults_come_back_for_the_section_only(page: SettingsPage) -> None:
    page.open("registration")
    section = page.section("registration")
    assert isinstance(section, RegistrationSection)
    typed(section, "review_days", "9")
    name = office.setting("centre_name")
    section.restore()
    assert office.setting("review_days") == office.SETTINGS["review_days"]
    assert office.setting("centre_name") == name


def test_search_shows_the_rows_that_hold_the_word(page: SettingsPage) -> None:
    page.find_text()
    page.search.setText("锁定")
    section = page.section("safety")
    assert section.isVisible()
    assert [row.title for card in section.cards for row in card.rows if row.isVisible()] == ["自动锁定"]
    assert not page.section("papers").isVisible()
    page.search.setText("没有的词")
    assert page._nothing.isVisible()
    page.search.clear()
    assert not page._nothing.isVisible()
    assert page.section(page.current).isVisible()


def test_theme_and_text_size_hold_at_once(page: SettingsPage, desk: Desk, qapp: QApplication) -> None:
    section = page.section("computer")
    assert isinstance(section, ComputerSection)
    section.theme.set_value("dark")
    section.theme.changed.emit()
    assert theme.is_dark()
    section.text_size.set_value(150)
    section.text_size.changed.emit()
    assert theme.px(14) == 21
    assert desk.settings.get("text_percent") == 150


def test_another_language_asks_for_every_window_anew(page: SettingsPage, qtbot: QtBot) -> None:
    section = page.section("computer")
    assert isinstance(section, ComputerSection)
    with qtbot.waitSignal(page.languageChanged):
        section.language.set_value("en")
        section.language.changed.emit()


@pytest.mark.clause("P13")
def test_who_has_no_right_sees_only_the_own_computer_and_account(qtbot: QtBot, counter: Desk) -> None:
    made = SettingsPage(counter)
    qtbot.addWidget(made)
    assert list(made._kinds) == ["computer", "account"]


@pytest.mark.clause("P13")
def test_a_new_user_can_sign_in_with_the_roles_that_were_chosen_and_the_window_goes_on_meanwhile(
    page: SettingsPage, qtbot: QtBot, desk: Desk, centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    threads: list[threading.Thread] = []
    slot_for = keys.slot_for

    def watched(*given: object) -> keys.Slot:
        threads.append(threading.current_thread())
        return slot_for(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(keys, "slot_for", watched)
    dialog = UserDialog(desk, None, page)
    dialog.name.set_value("单小敏")
    dialog.name.left.emit()
    assert dialog.login.value() == "shanxiaomin"
    dialog.first.set_value("four words are long")
    dialog.again.set_value("four words are long")
    dialog.roles.set_value(("teacher",))
    dialog._pressed("save")
    qtbot.waitUntil(lambda: dialog.result() == 1, timeout=15_000)
    assert threads
    assert threading.main_thread() not in threads
    made = next(one for one in office.users(centre.manager) if one.login == "shanxiaomin")
    assert (made.name, made.roles) == ("单小敏", ("teacher",))
    assert keys.unlock(centre.folder, "shanxiaomin", "four words are long") == centre.key


def test_a_login_that_is_taken_is_told_at_its_field(page: SettingsPage, desk: Desk) -> None:
    dialog = UserDialog(desk, None, page)
    dialog.name.set_value("别人")
    dialog.login.set_value("manager")
    dialog.first.set_value("four words are long")
    dialog.again.set_value("four words are long")
    dialog._pressed("save")
    assert dialog.login.state == "problem"


def test_two_passwords_that_differ_add_nobody(page: SettingsPage, desk: Desk, centre: Centre) -> None:
    dialog = UserDialog(desk, None, page)
    dialog.name.set_value("别人")
    dialog.login.set_value("other")
    dialog.first.set_value("four words are long")
    dialog.again.set_value("four words are short")
    dialog._pressed("save")
    assert dialog.again.state == "problem"
    assert "other" not in {one.login for one in office.users(centre.manager)}


@pytest.mark.clause("P13")
def test_the_last_manager_keeps_the_role(page: SettingsPage, desk: Desk, centre: Centre) -> None:
    own = next(one for one in office.users(centre.manager) if one.login == "manager")
    dialog = UserDialog(desk, own, page)
    dialog.roles.set_value(("teacher",))
    dialog._pressed("save")
    assert dialog.roles.state == "problem"
    assert "manager" in office.roles_of(own.id)


def test_an_account_is_closed_only_after_a_question_and_opened_with_a_new_password(
    page: SettingsPage, desk: Desk, centre: Centre, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.open("users")
    section = page.section("users")
    assert isinstance(section, UsersSection)
    teacher = next(one for one in office.users(centre.manager) if one.login == "teacher")
    monkeypatch.setattr(desk, "ask", lambda *_: "")
    section._turn(teacher)
    assert next(one for one in office.users(centre.manager) if one.id == teacher.id).active
    monkeypatch.setattr(desk, "ask", lambda *_: "yes")
    section._turn(teacher)
    closed = next(one for one in office.users(centre.manager) if one.id == teacher.id)
    assert not closed.active
    monkeypatch.setattr(NewPasswordDialog, "exec", lambda _: 0)
    section._turn(closed)
    dialog = NewPasswordDialog(desk, closed, page)
    dialog.first.set_value("something quite new")
    dialog.again.set_value("something quite new")
    dialog._pressed("save")
    qtbot.waitUntil(lambda: dialog.result() == 1, timeout=15_000)
    assert keys.unlock(centre.folder, "teacher", "something quite new") == centre.key


@pytest.mark.clause("P13")
def test_a_tick_in_the_table_of_rights_holds_at_once_and_can_be_taken_back(
    page: SettingsPage, centre: Centre, messages: list[Message],
) -> None:
    page.open("rights")
    section = page.section("rights")
    assert isinstance(section, RightsSection)
    section.boxes["receptionist", "void_receipt"].click()
    assert "void_receipt" in office.rights_of(centre.receptionist)
    undo = messages[-1].undo
    assert undo is not None
    undo()
    assert "void_receipt" not in office.rights_of(centre.receptionist)


@pytest.mark.clause("P13")
def test_the_own_password_is_changed_only_by_who_knows_the_old_one(
    page: SettingsPage, desk: Desk, centre: Centre, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_work: list[threading.Thread] = []
    derive = keys._derive

    def watched(secret: bytes, salt: bytes, cost: keys.Cost) -> bytes:
        at_work.append(threading.current_thread())
        return derive(secret, salt, cost)

    monkeypatch.setattr(keys, "_derive", watched)
    dialog = PasswordDialog(desk, page)
    dialog.old.set_value("not the password")
    dialog.first.set_value("something quite new")
    dialog.again.set_value("something quite new")
    dialog._pressed("save")
    qtbot.waitUntil(lambda: dialog.old.state == "problem", timeout=15_000)
    dialog.old.set_value("practice")
    dialog._pressed("save")
    qtbot.waitUntil(lambda: dialog.result() == 1, timeout=15_000)
    assert keys.unlock(centre.folder, "manager", "something quite new") == centre.key
    assert len(at_work) == 4, "a wrong old password, the right one, the new one; and the look of this test"
    assert threading.main_thread() not in at_work[:3], "the window is never held up"
    page.open("users")
    users = page.section("users")
    assert isinstance(users, UsersSection)
    own = next(row for row in office.users(centre.manager) if row.id == centre.manager.user_id)
    assert isinstance(users._new_password(own), PasswordDialog), "in the list of users it is asked for too"


@pytest.mark.clause("P13")
def test_a_change_of_password_that_was_cancelled_while_it_worked_changes_nothing(
    page: SettingsPage, desk: Desk, centre: Centre, qtbot: QtBot,
) -> None:
    dialog = PasswordDialog(desk, page)
    dialog.old.set_value("practice")
    dialog.first.set_value("something quite new")
    dialog.again.set_value("something quite new")
    dialog._pressed("save")
    dialog._pressed("cancel")
    qtbot.waitUntil(lambda: not desk.busy(), timeout=15_000)
    assert keys.unlock(centre.folder, "manager", "practice") == centre.key


@pytest.mark.clause("P13")
def test_a_new_recovery_key_is_not_in_use_before_it_was_typed_back(
    page: SettingsPage, desk: Desk, centre: Centre, qtbot: QtBot,
) -> None:
    begun = office.begin_recovery_key(desk.actor)
    dialog = KeyDialog(desk, begun, page)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._pressed("next")
    dialog._pressed("use")
    assert dialog.isVisible()
    with pytest.raises(Refused):
        keys.unlock_with_recovery(centre.folder, begun.printed)
    dialog.typed.set_value(begun.printed)
    dialog._pressed("use")
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=15_000)
    assert keys.unlock_with_recovery(centre.folder, begun.printed) == centre.key


@pytest.mark.clause("P13")
def test_whoever_leaves_the_new_recovery_key_keeps_the_old_paper_and_is_told(
    page: SettingsPage, desk: Desk, centre: Centre, qtbot: QtBot,
) -> None:
    before = keys.path(centre.folder).read_bytes()
    dialog = KeyDialog(desk, office.begin_recovery_key(desk.actor), page)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(desk.messaged) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert "旧的那张纸仍然有效" in told.args[0]
    assert keys.path(centre.folder).read_bytes() == before


def test_the_second_backup_may_not_lie_beside_the_data(page: SettingsPage, centre: Centre) -> None:
    page.open("safety")
    section = page.section("safety")
    assert isinstance(section, SafetySection)
    section._second(str(centre.folder / "copies"))
    assert section.second.problem.isVisible()
    assert not office.setting("second_backup")
