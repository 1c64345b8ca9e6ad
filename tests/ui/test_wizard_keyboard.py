"""A whole registration by keys alone: letters, input method, Enter, Ctrl+Enter, F9, F7; no mouse, no look behind."""

from collections.abc import Callable, Iterator
from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.process import papers, student_file
from app.ui import printing_out
from app.ui.desk import Desk
from app.ui.key_filter import KeyFilter
from app.ui.main_window import MainWindow
from app.ui.payment.page import PaymentPage
from app.ui.printing_out import RecordingPrinters
from app.ui.registration_wizard.page import RegistrationPage
from tests.conftest import Centre

Key = Qt.Key
Mod = Qt.KeyboardModifier


class Keyboard:
    """Keys go where the focus is."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def at(self) -> QWidget:
        """Where the next key goes, once the window and its focus have come to rest, as they have under a hand.

        Without a screen the last window that was shown or closed, one of another test too, takes the activation along.
        """
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)  # else the focus is lost
        focused: QWidget | None = QApplication.focusWidget()
        assert focused is not None
        return focused

    @property
    def name(self) -> str:
        """What a screen reader says of the place."""
        return self.at.accessibleName()

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(self.at, key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """ASCII as keys, Chinese as an input method commits it."""
        for plain, signs in groupby(text, str.isascii):
            run = "".join(signs)
            if plain:
                QTest.keyClicks(self.at, run)
            else:
                event = QInputMethodEvent()
                event.setCommitString(run)
                QApplication.sendEvent(self.at, event)
        QApplication.processEvents()

    def enter(self, text: str = "") -> None:
        self.type(text)
        self.press(Key.Key_Return)


@pytest.fixture
def keys(qtbot: QtBot, centre: Centre, counter: Desk, qapp: QApplication) -> Iterator[Keyboard]:
    printing_out.use(RecordingPrinters(["HP"]))
    counter.settings.set_printer("sheet", printer="HP", copies=2)
    watching = KeyFilter(qapp)
    qapp.installEventFilter(watching)
    window = MainWindow(counter)
    qtbot.addWidget(window)
    window.go("today")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Keyboard(window, qtbot)
    qapp.removeEventFilter(watching)
    printing_out.use(printing_out.SystemPrinters())


def page(keys: Keyboard) -> RegistrationPage:
    found = keys.window.page()
    assert isinstance(found, RegistrationPage)
    return found


def walk(keys: Keyboard, typed: dict[str, str], most: int = 40) -> list[str]:
    """Press Enter from field to field until the button that goes on, typing what belongs into each; gives the names."""
    seen: list[str] = []
    for _ in range(most):
        if keys.at is page(keys).next_button:
            return seen
        seen.append(keys.name)
        keys.enter(typed.get(keys.name, ""))
    raise AssertionError(seen)


@pytest.mark.clause("P1")
@pytest.mark.clause("P2")
def test_a_whole_registration_needs_no_mouse(keys: Keyboard, qtbot: QtBot) -> None:
    keys.press(Key.Key_F2)
    assert keys.name == "姓名"
    seen = walk(
        keys,
        {
            "姓名": "张琢晨", "证件号码": "330106201804160044", "家庭住址": "西湖区文二西路 718 号",
            "就读学校": "文新小学", "年级": "3", "学校班级": "2",
        },
    )  # fmt: skip
    assert seen == [
        "姓名", "证件类型", "证件号码", "性别", "出生日期", "家庭住址", "就读学校", "年级", "学校班级", "学校班主任",
        "特殊需要", "从哪里知道我们",
    ]  # fmt: skip
    child = page(keys).typed().child
    assert (child.name, child.sex, child.birth_date, child.grade) == ("张琢晨", "female", "2018-04-16", "3")

    keys.press(Key.Key_Return)  # on the button: the next step
    assert page(keys).step == 1
    seen = walk(keys, {"监护人 1 姓名": "李龑", "监护人 1 关系": "mq", "监护人 1 手机": "13957189042"})
    assert seen[:5] == [f"监护人 1 {name}" for name in ("姓名", "关系", "手机", "微信", "工作单位")]
    keys.press(Key.Key_N, Mod.AltModifier)
    assert keys.name == "接送人 / 紧急联系人 1 姓名"
    for text in ("王秀英", "wp", "13738216650"):
        keys.enter(text)
    keys.press(Key.Key_Return, Mod.ControlModifier)
    assert page(keys).step == 2, page(keys).open_points.text()

    keys.press(Key.Key_A, Mod.AltModifier)  # the family agrees, which opens the health section
    keys.press(Key.Key_Space)  # the first mark: nothing particular
    keys.press(Key.Key_PageDown)
    assert page(keys).step == 3
    assert page(keys).typed().health.marks == ("none_known",)

    assert keys.name == "入托日期"
    keys.enter("2026-09-14")
    keys.enter("snj")
    keys.enter("wt")
    keys.enter("y")
    keys.press(Key.Key_Return, Mod.ControlModifier)
    assert page(keys).step == 4
    lines = page(keys).typed().services.lines
    assert [(one.service_name, one.unit, one.from_date) for one in lines] == [("晚托", "month", "2026-09-14")]

    keys.press(Key.Key_Return)  # Enter hands nothing in
    assert page(keys).admitted is None
    keys.press(Key.Key_F9)
    admitted = page(keys).admitted
    assert admitted is not None, page(keys).problem.text()
    qtbot.waitUntil(lambda: papers.fact(page(keys).last.paper_id or 0).prints == 1)
    student = student_file.profile(keys.window.desk.actor, admitted.student_id).registration
    assert [(one.name, one.relation, one.mobile) for one in student.guardians] == [("李龑", "mother", "13957189042")]
    assert [(one.name, one.relation) for one in student.contacts] == [("王秀英", "grandmother_m")]
    keys.press(Key.Key_F7)
    assert isinstance(keys.window.page(), PaymentPage)


@pytest.mark.clause("P1")
def test_shift_enter_goes_back_and_the_pills_are_passed_by(keys: Keyboard) -> None:
    keys.press(Key.Key_F2)
    keys.enter("张琢晨")
    assert keys.name == "证件类型"
    keys.press(Key.Key_Return, Mod.ShiftModifier)
    assert keys.name == "姓名"
    keys.press(Key.Key_Return, Mod.ControlModifier)
    keys.press(Key.Key_G, Mod.AltModifier)
    names = [keys.name]
    for _ in range(4):
        keys.press(Key.Key_Return)
        names.append(keys.name)
    assert names == [f"监护人 2 {name}" for name in ("姓名", "关系", "手机", "微信", "工作单位")]
    keys.press(Key.Key_Tab)
    assert keys.name == "可接送"
    keys.press(Key.Key_Space)
    guardian = page(keys).steps[1].sections[0].cards[1].value()  # type: ignore[attr-defined]
    assert not guardian.may_collect


@pytest.mark.clause("P1")
def test_the_enter_of_a_scanner_changes_nothing_but_the_field(keys: Keyboard) -> None:
    keys.press(Key.Key_F2)
    for _ in range(3):
        keys.enter("120260000345")
    whole = page(keys).typed()
    assert page(keys).step == 0
    assert whole.child.name == "120260000345"
    assert page(keys).admitted is None


@pytest.mark.clause("P1")
def test_esc_holds_and_shift_f6_brings_it_back(keys: Keyboard) -> None:
    keys.press(Key.Key_F2)
    keys.enter("曾子涵")
    keys.press(Key.Key_Escape)
    assert keys.window.current == "today"
    keys.press(Key.Key_F6, Mod.ShiftModifier)
    assert page(keys).held.table.hasFocus()
    keys.press(Key.Key_Return)
    assert page(keys).typed().child.name == "曾子涵"
    assert keys.name == "姓名"


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    "press",
    [
        pytest.param(lambda keys: keys.press(Key.Key_Return, Mod.ControlModifier), id="Ctrl+Enter"),
        pytest.param(lambda keys: page(keys).next_button.click(), id="the button"),
    ],
)
def test_on_is_never_dead_it_leads_to_what_is_missing(keys: Keyboard, press: Callable[[Keyboard], None]) -> None:
    keys.press(Key.Key_F2)
    assert page(keys).open_points.text() == "还有 1 项必填"
    press(keys)
    assert page(keys).step == 0
    assert keys.name == "姓名"
    assert page(keys).open_points.text() == "1 项待更正"
