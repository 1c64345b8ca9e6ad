"""The program from its first window to its end: first start, sign-in, main window, lock, unlock, close."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.process import backups, data_folder, drafts, keys, office
from app.ui import state
from app.ui.first_start import FirstStart
from app.ui.key_filter import KeyFilter
from app.ui.leaving import Leaving
from app.ui.main_window import MainWindow
from app.ui.program import Program
from app.ui.settings_page.computer import ComputerSection
from app.ui.settings_page.page import SettingsPage
from app.ui.sign_in import SignIn
from tests.builders import a_student
from tests.conftest import PASSWORD, Centre, Clock, make_centre

Start = Callable[[Path], Program]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication) -> Iterator[Start]:
    """Start programs; whatever they opened is closed for the test."""
    made: list[Program] = []
    state.settings().set("language", "zh")

    def begin(folder: Path) -> Program:
        program = Program(qapp, folder, state.settings())
        made.append(program)
        program.begin()
        return program

    yield begin
    for program in made:
        program._idle.stop()
        qapp.removeEventFilter(program)
        program._instance.release()
        for window in [one for one in {program.window, program.main} if one is not None]:
            window.blockSignals(True)
            window.hide()
            window.deleteLater()
        program.deleteLater()
    for watching in qapp.findChildren(KeyFilter):
        qapp.removeEventFilter(watching)
    data_folder.abandon()


def sign_in(qtbot: QtBot, program: Program, login: str = "manager") -> MainWindow:
    window = program.window
    assert isinstance(window, SignIn)
    window.form.user.set_value(login)
    window.form.password.set_value(PASSWORD)
    window.form.submit()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=10_000)
    assert isinstance(program.window, MainWindow)
    return program.window


def test_an_empty_folder_begins_with_the_assistant(start: Start, tmp_path: Path) -> None:
    assert isinstance(start(tmp_path / "new").window, FirstStart)


def test_signing_in_shows_today_and_remembers_who_it_was(qtbot: QtBot, start: Start, closed_centre: Centre) -> None:
    main = sign_in(qtbot, start(closed_centre.folder), "receptionist")
    assert main.isVisible()
    assert main.current == "today"
    assert state.settings().text("last_user") == "receptionist"
    assert main.desk.actor.name == "林小婉"


def test_a_second_start_shows_the_first_window(qtbot: QtBot, start: Start, closed_centre: Centre) -> None:
    first = start(closed_centre.folder)
    first._instance.listen()
    with qtbot.waitSignal(first._instance.asked):
        second = start(closed_centre.folder)
    assert second.window is None
    assert first.window is not None
    assert first.window.isVisible()


@pytest.mark.clause("P13")
def test_f12_closes_the_data_and_the_same_user_finds_the_work_again(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    main.go("students")
    main.lockAsked.emit()
    assert isinstance(program.window, SignIn)
    assert not main.isVisible()
    assert not data_folder.is_open()
    assert sign_in(qtbot, program) is main
    assert main.current == "students"


@pytest.mark.clause("P13")
def test_another_user_unlocks_and_the_draft_waits_under_its_author(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program, "receptionist")
    main.register()
    page = main.page()
    assert page is not None
    first = page.focusWidget()
    assert first is not None
    qtbot.keyClicks(first, "Anna Smith")
    main.lockAsked.emit()
    other = sign_in(qtbot, program, "manager")
    assert other is not main
    (draft,) = drafts.drafts(other.desk.actor)
    assert (draft.author, draft.mine) == ("林小婉", False)


@pytest.mark.clause("P13")
def test_an_idle_program_locks_by_itself_after_the_minutes_of_the_centre(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    assert program._idle.interval() == 5 * 60_000
    main.desk.do(office.change_settings, {"idle_lock_minutes": "2"})
    assert program._idle.interval() == 2 * 60_000
    program._idle.timeout.emit()
    assert isinstance(program.window, SignIn)
    sign_in(qtbot, program)
    main.desk.do(office.change_settings, {"idle_lock_minutes": "0"})
    assert not program._idle.isActive()


def test_what_the_person_does_puts_the_idle_lock_off(qtbot: QtBot, start: Start, closed_centre: Centre) -> None:
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    program._idle.setTimerType(Qt.TimerType.PreciseTimer)
    program._idle.start(10_000_000)
    qtbot.wait(30)
    before = program._idle.remainingTime()
    qtbot.keyClick(main, Qt.Key.Key_A)
    assert program._idle.remainingTime() > before


@pytest.mark.clause("P13")
def test_closing_after_work_makes_a_verified_backup_first(qtbot: QtBot, start: Start, closed_centre: Centre) -> None:
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    a_student(main.desk.actor)
    main.close()
    assert isinstance(program.window, Leaving)
    qtbot.waitUntil(lambda: not data_folder.is_open(), timeout=20_000)
    (made,) = backups.listing(closed_centre.folder)
    assert (made.reason, made.verified, made.students) == ("exit", True, 1)


def test_data_that_do_not_open_are_told_at_the_sign_in_with_a_way_to_the_backups(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    (keys.path(closed_centre.folder).parent / "data.db").write_bytes(b"not a database" * 1000)
    window = program.window
    assert isinstance(window, SignIn)
    window.form.user.set_value("manager")
    window.form.password.set_value(PASSWORD)
    window.form.submit()
    qtbot.waitUntil(lambda: bool(window.form.strip.text()), timeout=10_000)
    assert "restore" in window.form.strip.buttons
    assert window.form.button.text() == "立即登录"


@pytest.mark.clause("P17")
def test_practice_begins_in_the_folder_beside(qtbot: QtBot, start: Start, tmp_path: Path, the_clock: Clock) -> None:
    program = start(tmp_path / "data")
    folder = make_centre(tmp_path / "data-practice", practice=True).folder
    window = program.window
    assert isinstance(window, FirstStart)
    window.practice_made.emit(folder)
    assert isinstance(program.window, SignIn)
    assert program.folder == folder


def test_everything_else_is_read_in_after_the_first_window(qtbot: QtBot, start: Start, closed_centre: Centre) -> None:
    program = start(closed_centre.folder)
    seen: list[str] = []
    program.after_first_paint(lambda: seen.append("shown"))
    qtbot.waitUntil(lambda: not program._steps, timeout=10_000)
    assert seen == ["shown"]


def test_another_language_builds_the_window_anew_at_the_settings(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    main.go("settings")
    page = main.page()
    assert isinstance(page, SettingsPage)
    section = page.section("computer")
    assert isinstance(section, ComputerSection)
    section.language.set_value("en")
    section.language.changed.emit()
    qtbot.waitUntil(lambda: program.main is not main)
    made = program.main
    assert isinstance(made, MainWindow)
    assert made is program.window
    assert made.current == "settings"
    assert made.sidebar.items["students"].spec.title == "Students"
    assert data_folder.is_open()
