"""The program from its first window to its end: first start, sign-in, main window, lock, unlock, close."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.models.database import database, files
from app.process import backups, data_folder, drafts, keys, office, pointer
from app.ui import state, watch
from app.ui.first_start.assistant import FirstStart
from app.ui.key_filter import KeyFilter
from app.ui.leaving import Leaving
from app.ui.main_window import MainWindow
from app.ui.payment.page import PaymentPage
from app.ui.program import Program
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.settings_page.computer import ComputerSection
from app.ui.settings_page.page import SettingsPage
from app.ui.sign_in import SignIn
from app.ui.student_profile.page import StudentProfilePage
from tests import tampering
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


@pytest.mark.clause("P13")
def test_a_first_start_cut_off_in_its_very_last_step_is_taken_up(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:  # fmt: skip
    (closed_centre.folder / "current.json").unlink()
    program = start(closed_centre.folder)
    assert isinstance(program.window, SignIn)
    assert sign_in(qtbot, program).isVisible()


@pytest.mark.clause("P13")
def test_data_whose_pointer_is_lost_are_never_taken_for_an_empty_place(start: Start, closed_centre: Centre) -> None:
    pointer.new_generation(closed_centre.folder).joinpath("data.db").write_bytes(b"older data")
    (closed_centre.folder / "current.json").unlink()
    program = start(closed_centre.folder)
    assert isinstance(program.window, SignIn)
    assert "restore" in program.window.form.strip.buttons


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
    qtbot.waitUntil(lambda: not program._warming.under_way(), timeout=10_000)
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


@pytest.mark.clause("P13")
def test_the_data_are_checked_beside_after_signing_in_and_damage_stands_in_the_red_bar(
    qtbot: QtBot, start: Start, centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    a_student(centre.manager)
    data_folder.close()
    tampering.with_key(centre.folder, centre.key, "UPDATE student SET balance_fen = balance_fen + 100")
    monkeypatch.setattr(watch, "CHECK_MS", 1)
    main = sign_in(qtbot, start(centre.folder))
    qtbot.waitUntil(main.alarm.isVisible, timeout=30_000)
    assert main.alarm.text()
    main.alarm.buttons["backup"].click()
    assert main.current == "backup"


# the lock keeps the work -------------------------------------------------------------------------------------------


def in_the_wizard(main: MainWindow, _centre: Centre) -> Callable[[], object]:
    main.register()
    page = main.page()
    assert isinstance(page, RegistrationPage)
    name = page.steps[0].first_field()
    assert isinstance(name, QLineEdit)
    name.setText("Anna Smith")
    return name.text


def on_a_card(main: MainWindow, centre: Centre) -> Callable[[], object]:
    main.go("student", student_id=a_student(centre.manager))
    page = main.page()
    assert isinstance(page, StudentProfilePage)
    page.cards["child"].edit()
    page.cards["child"].sections()[0]._fields["child.address"].set_value("文三路 1 号")
    return lambda: (page.cards["child"].editing, page.cards["child"].typed().child.address)


def in_a_payment(main: MainWindow, centre: Centre) -> Callable[[], object]:
    main.go("payment", student_id=a_student(centre.manager))
    page = main.page()
    assert isinstance(page, PaymentPage)
    field = page.methods.amounts["cash"]
    field.setText("123.00")
    return lambda: (page.current_student(), field.text())


@pytest.mark.clause("P13")
@pytest.mark.parametrize("begin", [in_the_wizard, on_a_card, in_a_payment])
def test_the_idle_lock_keeps_the_work_and_whoever_sat_there_goes_on_with_it(
    qtbot: QtBot, start: Start, closed_centre: Centre, begin: Callable[[MainWindow, Centre], Callable[[], object]],
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    typed = begin(main, closed_centre)
    before, page = typed(), main.current
    program._idle.timeout.emit()
    assert not data_folder.is_open()
    other = sign_in(qtbot, program, "receptionist")
    assert other is not main
    assert other.current == "today"
    program.lock()
    assert sign_in(qtbot, program) is main
    assert (main.current, typed()) == (page, before)


@pytest.mark.clause("P13")
def test_f12_during_work_in_the_background_locks_as_soon_as_it_is_done(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    go_on = threading.Event()
    main.desk.in_background(lambda: go_on.wait(30), lambda _: None)
    main.lockAsked.emit()
    assert main.toast.text() == "后台的工作一完成就锁定"
    assert data_folder.is_open()
    go_on.set()
    qtbot.waitUntil(lambda: isinstance(program.window, SignIn))
    assert not data_folder.is_open()


# the end ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
@pytest.mark.parametrize("way", ["window closed", "system asks"])
def test_closing_keeps_drafts_and_cards_stops_work_backs_up_and_leaves_no_connection(
    qtbot: QtBot, qapp: QApplication, start: Start, closed_centre: Centre, way: str,
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    on_a_card(main, closed_centre)
    student = main.page().current_student()  # type: ignore[union-attr]
    in_the_wizard(main, closed_centre)
    ended: list[str] = []

    def long_work(progress: Callable[[int, int], None]) -> None:
        try:
            while True:
                progress(0, 0)
                time.sleep(0.01)
        finally:
            ended.append("put away")

    main.desk.in_background(long_work, lambda _: None)
    if way == "window closed":
        main.close()
    else:
        QApplication.sendEvent(qapp, QEvent(QEvent.Type.Quit))
    qtbot.waitUntil(lambda: isinstance(program.window, Leaving), timeout=10_000)
    assert ended == ["put away"]
    qtbot.waitUntil(lambda: not data_folder.is_open(), timeout=30_000)
    assert database.is_closed()
    assert files.is_closed()
    assert [one.reason for one in backups.listing(closed_centre.folder)] == ["exit"]
    program._instance.release()  # as the end of the process does
    again = sign_in(qtbot, start(closed_centre.folder))
    assert [one.title for one in drafts.drafts(again.desk.actor)] == ["Anna Smith"]
    again.go("student", student_id=student)
    page = again.page()
    assert isinstance(page, StudentProfilePage)
    assert page.cards["child"].typed().child.address == "文三路 1 号"


@pytest.mark.clause("P13")
def test_the_backup_on_exit_shows_how_far_it_is_and_can_be_skipped(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    a_student(main.desk.actor)
    main.close()
    leaving = program.window
    assert isinstance(leaving, Leaving)
    assert leaving.progress.isVisible()
    leaving.progress.cancel_button.click()
    qtbot.waitUntil(lambda: not data_folder.is_open(), timeout=20_000)
    assert not backups.listing(closed_centre.folder)


@pytest.mark.clause("P13")
def test_closing_the_locked_screen_ends_the_program_with_the_drafts_kept(
    qtbot: QtBot, start: Start, closed_centre: Centre,
) -> None:  # fmt: skip
    program = start(closed_centre.folder)
    main = sign_in(qtbot, program)
    in_the_wizard(main, closed_centre)
    program.lock()
    assert program.window is not None
    with qtbot.waitSignal(program.window.closed):  # type: ignore[attr-defined]
        program.window.close()
    assert database.is_closed()
    program._instance.release()  # as the end of the process does
    again = sign_in(qtbot, start(closed_centre.folder))
    assert [one.title for one in drafts.drafts(again.desk.actor)] == ["Anna Smith"]
