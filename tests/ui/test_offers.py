"""What a person may not do is not offered: whatever can be pressed on the first pages, pressed under every role."""

from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.process import office
from app.process.actor import Actor
from app.rules.rights import ROLES
from app.ui.desk import Desk
from app.ui.help_sheet import HelpSheet
from app.ui.main_window import MainWindow
from app.ui.texts import sentence
from app.ui.widgets.button import Button
from app.ui.widgets.pill import KeyCap
from app.ui.window_keys import LEADS
from tests.builders import a_student
from tests.conftest import PASSWORD, Centre

PAGES = ("today", "students", "student")


def somebody(centre: Centre, role: str) -> Actor:
    """A person with this role alone; the teacher has both classes."""
    known = {"manager": centre.manager, "finance": centre.finance, "teacher": centre.teacher}
    if role in known:
        return known[role]
    login = f"a_{role}"
    return Actor(office.add_user(centre.manager, login, "某某", (role,), PASSWORD), login, "某某")


def show(window: MainWindow, key: str, student_id: int, qtbot: QtBot) -> QWidget:
    MainWindow.go(window, key, **({"student_id": student_id} if key == "student" else {}))
    page = window.page()
    assert page is not None
    qtbot.wait(1)
    return page


def offers(page: QWidget) -> list[Any]:
    """Everything that can be pressed: buttons, and the entries of menus."""
    buttons = [one for one in page.findChildren(Button) if one.isVisible() and one.isEnabled()]
    entries = [one for menu in page.findChildren(QMenu) for one in menu.actions() if one.isVisible()]
    return [*buttons, *entries]


@pytest.mark.clause("P13")
@pytest.mark.parametrize("key", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_offered_that_is_refused(
    qtbot: QtBot, centre: Centre, monkeypatch: pytest.MonkeyPatch, role: str, key: str,
) -> None:  # fmt: skip
    student_id = a_student(centre.manager)
    said: list[str] = []
    asked: list[str] = []
    monkeypatch.setattr(QDialog, "exec", lambda _: 0)
    monkeypatch.setattr(Desk, "choose_save", lambda *_: None)
    monkeypatch.setattr(Desk, "message", lambda _, text, *__, **___: said.append(text))
    window = MainWindow(Desk(somebody(centre, role)))
    monkeypatch.setattr(window, "go", lambda page, **_: asked.append(page))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    for place in range(len(offers(show(window, key, student_id, qtbot)))):
        one = offers(show(window, key, student_id, qtbot))[place]
        name = one.text() or one.accessibleName()
        one.click() if isinstance(one, Button) else one.trigger()
        assert sentence(Refused("no_right", right="")) not in said, f"{role} presses {name} on {key}"
        assert set(asked) <= set(window._specs), f"{role} presses {name} on {key}"


@pytest.mark.clause("P13")
@pytest.mark.parametrize("key", PAGES)
def test_keys_that_lead_nowhere_are_not_shown_and_do_nothing(
    qtbot: QtBot, centre: Centre, monkeypatch: pytest.MonkeyPatch, key: str,
) -> None:  # fmt: skip
    student_id = a_student(centre.manager)
    window = MainWindow(Desk(centre.teacher))
    qtbot.addWidget(window)
    monkeypatch.setattr(HelpSheet, "exec", lambda _: 0)
    show(window, key, student_id, qtbot)
    window.show_help()
    shown = {cap._key for cap in window.findChildren(KeyCap)}  # in the status bar and in the help sheet over it
    assert not {"F2", "F6", "Shift+F6", "F7"} & shown
    assert {"F1", "F4", "F12"} <= shown
    said: list[str] = []
    window.desk.messaged.connect(lambda text, _: said.append(text))
    window.register()
    window.pay()
    assert (window.current, said) == (key, [])
    assert {"F2", "F7"} <= set(LEADS)
