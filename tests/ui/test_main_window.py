"""The frame: who sees which page, keys that answer, and the wiring between pages."""

import pytest
from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from app.process import backups, payment
from app.process.findings import WARNING, Finding
from app.ui import place
from app.ui.desk import Desk
from app.ui.ledger_page.page import LedgerPage
from app.ui.main_window import MainWindow
from app.ui.payment.page import PaymentPage
from app.ui.students.page import StudentsPage
from app.ui.today import TodayPage, WaitingLine
from app.ui.widgets.button import Button
from app.ui.window_keys import KEYS
from tests.builders import a_student, an_application
from tests.conftest import Centre


@pytest.fixture
def window(qtbot: QtBot, centre: Centre, desk: Desk) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.go("today")
    made.show()
    return made


@pytest.mark.clause("P13")
def test_everybody_sees_the_pages_of_their_rights_only(qtbot: QtBot, centre: Centre) -> None:
    seen = {}
    for actor in (centre.receptionist, centre.finance, centre.teacher):
        made = MainWindow(Desk(actor))
        qtbot.addWidget(made)
        seen[actor.login] = set(made.sidebar.items)
    assert {"registration", "payment", "review"} <= seen["receptionist"]
    assert "backup" not in seen["receptionist"] | seen["finance"] | seen["teacher"]
    assert {"ledger", "prices"} <= seen["finance"]
    assert "registration" not in seen["finance"]
    assert seen["teacher"] == {"today", "students", "settings"}


def test_a_page_that_is_not_allowed_is_not_shown(qtbot: QtBot, centre: Centre) -> None:
    made = MainWindow(Desk(centre.teacher))
    qtbot.addWidget(made)
    made.go("today")
    made.go("ledger")
    assert made.current == "today"


@pytest.mark.clause("P5")
def test_f7_takes_the_payment_of_the_student_who_is_shown(
    window: MainWindow,
    qtbot: QtBot,
    centre: Centre,
) -> None:
    student = a_student(centre.manager)
    window.go("students")
    page = window.page()
    assert isinstance(page, StudentsPage)
    qtbot.waitUntil(lambda: page.current_student() == student)
    window.pay()
    shown = window.page()
    assert isinstance(shown, PaymentPage)
    assert shown.current_student() == student
    shown.go_back()
    assert window.current == "students"


@pytest.mark.clause("P14")
def test_what_waits_is_counted_in_the_navigation(window: MainWindow, qtbot: QtBot, centre: Centre) -> None:
    an_application(centre.receptionist)
    window.desk.changed.emit()
    qtbot.waitUntil(lambda: window.sidebar.items["review"]._badge == 1)


def test_one_page_leads_to_the_other_and_back(window: MainWindow, centre: Centre, qtbot: QtBot) -> None:
    student = a_student(centre.manager)
    page = window.page()
    assert isinstance(page, TodayPage)
    page.paymentRequested.emit(student)
    assert window.current == "payment"
    paying = window.page()
    assert isinstance(paying, PaymentPage)
    paying.ledgerRequested.emit(student)
    shown = window.page()
    assert isinstance(shown, LedgerPage)
    assert shown.current_student() == student
    window.back()
    assert window.current == "payment"


def test_a_hidden_page_looks_again_when_it_is_shown(window: MainWindow, centre: Centre, qtbot: QtBot) -> None:
    student = a_student(centre.manager)
    window.go("ledger")
    page = window.page()
    assert isinstance(page, LedgerPage)
    window.go("today")
    window.desk.do(
        payment.take,
        student_id=student,
        methods=[payment.Paid("cash", 100)],
        opid="once-only-in-this-test",
    )
    assert len(page.model.rows) == 1
    window.go("ledger")
    assert len(page.model.rows) == 2


def test_keys_that_the_page_does_not_know_are_left_alone(window: MainWindow) -> None:
    assert not window._shortcuts["PgDown"].isEnabled()
    assert window._shortcuts["F5"].isEnabled()
    window.go("receipts")
    assert window._shortcuts["Ctrl+P"].isEnabled()
    assert set(KEYS) == set(window._shortcuts)


def test_the_help_sheet_shows_the_keys_of_the_page(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    from app.ui.help_sheet import HelpSheet
    from app.ui.widgets.text import Text

    shown: list[str] = []
    monkeypatch.setattr(
        HelpSheet,
        "exec",
        lambda sheet: shown.extend(text.text() for text in sheet.findChildren(Text)),
    )
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert "今日工作台" in shown
    assert "新的报名登记" in shown


def test_a_message_offers_its_undo(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[int] = []
    window.desk.message("已保存", undo=lambda: undone.append(1))
    assert window.toast.text() == "已保存"
    window.toast._verb.click()
    assert undone == [1]
    assert not window.toast.isVisible()


@pytest.mark.clause("P13")
def test_damage_found_at_the_start_stands_in_a_red_bar(window: MainWindow) -> None:
    assert not window.alarm.isVisible()
    window.watch.tell_damage((Finding("check_failed", WARNING),))
    assert not window.alarm.isVisible()
    window.watch.tell_damage((Finding("pages_damaged", values={"name": "data.db", "count": 2}),))
    assert window.alarm.isVisible()


def test_f3_looks_among_the_students_where_a_page_has_nothing_to_look_for(window: MainWindow) -> None:
    window.go("registration", new=True)
    window.look_for()
    page = window.page()
    assert isinstance(page, StudentsPage)
    assert window.focusWidget() is page.search


def test_after_esc_the_focus_stands_at_something_that_can_be_seen(window: MainWindow, centre: Centre) -> None:
    a_student(centre.manager)
    window.register()
    window._call("go_back")
    today = window.page()
    assert isinstance(today, TodayPage)
    focused = window.focusWidget()
    assert focused is not None
    assert focused is not today
    assert today.isAncestorOf(focused)


def test_the_focus_is_kept_when_what_had_it_is_gone_after_a_change(
    window: MainWindow, desk: Desk, centre: Centre,
) -> None:
    an_application(centre.manager)
    window._changed()
    today = window.page()
    assert isinstance(today, TodayPage)
    focused = window.focusWidget()
    assert focused is not None
    assert today.isAncestorOf(focused)


def test_a_message_covers_no_amount_of_the_payment(window: MainWindow, centre: Centre) -> None:
    window.desk.message("已标记签字")
    assert window.toast.isVisible()
    window.go("payment", student_id=a_student(centre.manager))
    page = window.page()
    assert isinstance(page, PaymentPage)
    assert not window.toast.isVisible()
    window.desk.message("SJ-2026-000001 已送到 HP")
    assert (window.toast.isVisible(), page.due.notice.text()) == (False, "SJ-2026-000001 已送到 HP")
    window.desk.message("已保存", undo=lambda: None)
    assert window.toast.isVisible()  # what can be undone stays at hand


@pytest.mark.clause("P13")
def test_damage_is_told_to_everybody_and_the_way_on_to_whoever_may_go_it(
    window: MainWindow, qtbot: QtBot, centre: Centre,
) -> None:  # fmt: skip
    found = (Finding("pages_damaged", values={"name": "data.db", "count": 2}),)
    window.watch.tell_damage(found)
    window.alarm.buttons["backup"].click()
    assert window.current == "backup"
    other = MainWindow(Desk(centre.receptionist))
    qtbot.addWidget(other)
    other.watch.tell_damage(found)
    assert not other.alarm.isHidden()
    assert not other.alarm.buttons


def test_f3_searches_on_every_page_and_for_a_student_where_there_is_nothing_to_search(
    window: MainWindow, qtbot: QtBot,
) -> None:  # fmt: skip
    for key in window.sidebar.items:
        window.go(key)
        qtbot.keyClick(window, Qt.Key.Key_F3)
        page = window.page()
        assert hasattr(page, "find_text"), key
        assert window.current in {key, "students"}
    window.go("today")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "students"
    window.back()
    assert window.current == "today"


def test_f4_shows_the_students_and_says_so_in_the_navigation(window: MainWindow, qtbot: QtBot) -> None:
    assert window.sidebar.items["students"].spec.shortcut == "F4"
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert window.current == "students"


@pytest.mark.parametrize(
    ("room", "size"),
    [
        (QRect(0, 0, 1920, 1040), (1440, 900)),
        (QRect(0, 0, 1366, 728), (1366, 688)),
        (QRect(0, 0, 1440, 900), (1440, 860)),
    ],
)
def test_the_first_window_is_never_larger_than_the_screen(room: QRect, size: tuple[int, int]) -> None:
    found = place.first_size(room)
    assert (found.width(), found.height()) == size


def test_a_window_comes_back_where_it_was_and_as_large(window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setGeometry(0, 30, 1024, 700)
    window.keep_place()
    again = MainWindow(desk)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (1024, 700)
    window.showMaximized()
    window.keep_place()
    third = MainWindow(desk)
    qtbot.addWidget(third)
    assert third.isMaximized()


@pytest.mark.clause("P14")
def test_today_leads_to_the_work_and_back_to_the_line_one_came_from(
    window: MainWindow, qtbot: QtBot, centre: Centre,
) -> None:  # fmt: skip
    for name in ("王若曦", "李沐阳", "张琢晨"):
        a_student(centre.manager, name=name)
    window.desk.changed.emit()
    page = window.page()
    assert isinstance(page, TodayPage)
    line = next(line for line in page._lines() if line.row.kind == "unpaid")
    qtbot.waitUntil(line.isVisible)
    line.click()
    paying = window.page()
    assert isinstance(paying, PaymentPage)
    assert paying.current_student() == line.row.id
    window.back()
    assert window.current == "today"
    focus = page.focusWidget()
    assert isinstance(focus, WaitingLine)
    assert focus.row == line.row
    window.desk.do(
        payment.take, student_id=line.row.id, methods=[payment.Paid("cash", 390_000)], opid="once-only-in-this-test",
    )  # fmt: skip
    page.focus_first()
    assert isinstance(page.focusWidget(), WaitingLine)


@pytest.mark.clause("P14")
def test_with_nothing_to_do_today_says_so_and_offers_the_next_step(window: MainWindow, qtbot: QtBot) -> None:
    backups.make("by_hand")
    page = window.page()
    assert isinstance(page, TodayPage)
    page.refresh()
    assert page.empty.isVisible()
    assert not page._lines()
    page.focus_first()
    with qtbot.waitSignal(page.registrationRequested):
        page.empty.findChildren(Button)[0].click()
    assert window.current == "registration"
