"""When the program itself is at fault: plain words, a report without anything personal, and nothing half saved."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.database import database, unit_of_work
from app.ui import last_resort, state
from app.ui.last_resort_window import QUIT, LastResort
from tests.conftest import Centre

SECRET = "欧阳子墨 13805712236"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The hooks are installed; reports are collected instead of being shown."""
    reports: list[str] = []
    hooks = sys.excepthook, threading.excepthook

    def collect(window: LastResort) -> int:
        reports.append(window.report)
        return 0

    monkeypatch.setattr(LastResort, "exec", collect)
    old = qInstallMessageHandler(None)
    last_resort.install()
    yield reports
    sys.excepthook, threading.excepthook = hooks
    qInstallMessageHandler(old)


def a_fault() -> Exception:
    try:
        look_up({})
    except ValueError as outer:
        return outer
    raise AssertionError


def look_up(children: dict[str, str]) -> str:
    try:
        return children[SECRET]
    except KeyError as inner:
        raise ValueError(f"no such child: {SECRET}") from inner


def test_the_report_names_types_and_versions_and_nothing_that_was_typed() -> None:
    report = last_resort.report(a_fault())
    assert "ValueError" in report
    assert "KeyError" in report
    assert "PySide6 6." in report
    assert "schema " in report
    assert not any(part in report for part in (*SECRET.split(), "no such child"))


def test_a_fault_is_shown_and_its_report_kept_beside_the_settings(qtbot: QtBot, shown: list[str]) -> None:
    error = a_fault()
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(shown) == 1)
    (kept,) = (state.settings().path.parent / last_resort.FOLDER).glob("*.txt")
    assert "ValueError" in kept.read_text(encoding="utf-8")


def test_a_fault_in_a_thread_comes_to_the_window_too(qtbot: QtBot, shown: list[str]) -> None:
    def work() -> None:
        raise ZeroDivisionError

    threading.Thread(target=work).start()
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert "ZeroDivisionError" in shown[0]


def test_only_the_newest_reports_are_kept() -> None:
    for _ in range(last_resort.KEPT + 3):
        last_resort.keep(a_fault())
    kept = list((state.settings().path.parent / last_resort.FOLDER).glob("*.txt"))
    assert len(kept) == last_resort.KEPT


def test_what_a_faulty_step_wrote_is_rolled_back(centre: Centre) -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work():  # noqa: PT012 - the fault comes in the middle
        database.execute_sql("UPDATE care_class SET room = '999'")
        raise ZeroDivisionError
    rooms = [room for (room,) in database.execute_sql("SELECT room FROM care_class ORDER BY id")]
    assert rooms == ["201", "102"]


def test_a_damaged_log_file_does_not_hide_the_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = state.settings().path.parent / last_resort.FOLDER
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("in the way", encoding="utf-8")
    assert last_resort.keep(a_fault()) is None


def test_qt_complaints_go_into_the_log_without_names(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="app"):
        last_resort.qt_said(QtMsgType.QtWarningMsg, QMessageLogContext(), f'QFile: cannot open "{SECRET}" 欧阳子墨')
        last_resort.qt_said(QtMsgType.QtDebugMsg, QMessageLogContext(), "chatter")
    assert [record.message for record in caplog.records] == ["Qt warning: QFile: cannot open … …"]


def test_the_window_says_what_to_do_and_copies_the_report(qtbot: QtBot) -> None:
    window = LastResort("Antuo 0.1\nValueError")
    qtbot.addWidget(window)
    window.show()
    assert window.details.isHidden()
    window.fold.click()
    assert window.details.isVisible()
    window.buttons["copy"].click()
    assert QApplication.clipboard().text() == "Antuo 0.1\nValueError"
    window.buttons["quit"].click()
    assert window.result() == QUIT
