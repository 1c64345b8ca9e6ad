"""No part of a page flashes up as a window of its own while the page is built or filled; that would steal the focus."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.process import payment
from app.process.payment import Paid
from app.ui import printing_out
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.pages import pages
from app.ui.printing_out import RecordingPrinters
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.widgets.notice import Strip
from app.ui.widgets.pill import Pill
from tests.builders import a_registration, a_student, an_application, opid
from tests.conftest import Centre


class Spy(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False


@pytest.fixture
def window(qtbot: QtBot, centre: Centre, desk: Desk) -> Iterator[MainWindow]:
    student = a_student(centre.manager, name="张琢晨")
    payment.take(centre.manager, student_id=student, methods=[Paid("cash", 100)], opid=opid())
    an_application(centre.manager, name="王若曦", sex="")
    printing_out.use(RecordingPrinters(["HP"]))
    desk.settings.set_printer("sheet", printer="HP", copies=1)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.go("today")
    made.show()
    yield made
    printing_out.use(printing_out.SystemPrinters())


@pytest.fixture
def spy(window: MainWindow, qapp: QApplication) -> Iterator[Spy]:
    made = Spy()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def test_going_through_all_pages_shows_no_other_window(window: MainWindow, spy: Spy, qtbot: QtBot) -> None:
    wanted: dict[str, dict[str, object]] = {
        "student": {"student_id": 1}, "payment": {"student_id": 1}, "registration": {"new": True},
    }  # fmt: skip
    for spec in pages():
        for _ in range(2):
            window.go(spec.key, **wanted.get(spec.key, {}))
            window.desk.changed.emit()
            QApplication.processEvents()
        assert spy.shown == [], spec.key


def test_a_registration_from_step_to_step_shows_no_other_window(window: MainWindow, spy: Spy, qtbot: QtBot) -> None:
    window.register()
    page = window.page()
    assert isinstance(page, RegistrationPage)
    page.registration = a_registration(name="陈梓睿", mobile="13805712236")
    for step in page.steps:
        step.show_registration(page.registration)
    for place in range(5):
        page.go_to(place)
        page._look_for_known()
        QApplication.processEvents()
        assert spy.shown == [], place
    page.known.not_same = tuple(match.key for match in page.known._shown)
    page.commit()
    QApplication.processEvents()
    assert page.handing.done, page.problem.text()
    assert spy.shown == []


def test_a_notice_that_is_filled_before_it_is_placed_appears_in_its_place(qtbot: QtBot, qapp: QApplication) -> None:
    spy = Spy()
    qapp.installEventFilter(spy)
    strip, pill, later = Strip("amber", "还有 2 处要看一下"), Pill("待签字", "blue"), Strip("amber")
    later.set("后来才有话说")
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    for widget in (strip, pill, later):
        column.addWidget(widget)
    holder.show()
    qapp.removeEventFilter(spy)
    assert spy.shown == ["QWidget"]
    assert all(widget.isVisible() for widget in (strip, pill, later))
    later.set("")
    assert not later.isVisible()
