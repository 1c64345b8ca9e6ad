"""Enter goes from field to field and never presses a button; the wheel leaves unfocused fields alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.key_filter import KeyFilter
from app.ui.widgets.button import Button
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pill_choice import CheckPill
from app.ui.widgets.form.segments import Segmented


@pytest.fixture(autouse=True)
def _filtered(qapp: QApplication) -> Iterator[None]:
    made = KeyFilter(qapp)
    qapp.installEventFilter(made)
    yield
    qapp.removeEventFilter(made)


def test_enter_saves_in_the_file_dialog_of_qt(qtbot: QtBot, tmp_path: Path) -> None:
    chooser = QFileDialog(None, "存为 PDF", str(tmp_path))
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    qtbot.addWidget(chooser)
    chooser.selectFile("receipt.pdf")
    chooser.show()
    name = chooser.findChild(QLineEdit)
    assert name is not None
    with qtbot.waitSignal(chooser.fileSelected) as saved:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert saved.args == [str(tmp_path / "receipt.pdf")]


class Form(QWidget):
    """A name, a choice, a pill, an amount, a note, and a button."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.name = Field("姓名", LineEdit())
        self.sex = Field("性别", Segmented([("male", "男"), ("female", "女")]))
        self.collects = CheckPill("可接送")
        self.amount = Field("金额", AmountEdit())
        self.note = Field("备注", TextArea())
        self.pressed = 0
        self.button = Button("保存", "primary")
        self.button.clicked.connect(self._pressed)
        for widget in (self.name, self.sex, self.collects, self.amount, self.note, self.button):
            column.addWidget(widget)

    def _pressed(self) -> None:
        self.pressed += 1


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.name.editor.setFocus()
    return made


def enter(qtbot: QtBot, form: Form, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, modifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def test_enter_goes_through_all_fields_and_presses_nothing(form: Form, qtbot: QtBot) -> None:
    wanted = [form.sex.editor, form.collects, form.amount.editor, form.note.editor, form.button]
    assert [enter(qtbot, form) for _ in wanted] == wanted
    enter(qtbot, form)
    assert form.pressed == 0


def test_shift_enter_goes_back_and_stays_at_the_first_field(form: Form, qtbot: QtBot) -> None:
    enter(qtbot, form)
    shift = Qt.KeyboardModifier.ShiftModifier
    assert enter(qtbot, form, shift) is form.name.editor
    assert enter(qtbot, form, shift) is form.name.editor


def test_a_sum_is_worked_out_by_the_first_enter(form: Form, qtbot: QtBot) -> None:
    form.amount.editor.setFocus()
    qtbot.keyClicks(form.amount.editor, "780*5")
    assert enter(qtbot, form) is form.amount.editor
    assert form.amount.value() == 390_000
    assert enter(qtbot, form) is form.note.editor


def test_alt_enter_breaks_the_line_of_a_note(form: Form, qtbot: QtBot) -> None:
    form.note.editor.setFocus()
    qtbot.keyClicks(form.note.editor, "nuts")
    assert enter(qtbot, form, Qt.KeyboardModifier.AltModifier) is form.note.editor
    qtbot.keyClicks(form.note.editor, "milk")
    assert form.note.value() == "nuts\nmilk"


def test_enter_skips_a_field_that_is_hidden_or_off(form: Form, qtbot: QtBot) -> None:
    form.sex.editor.setEnabled(False)
    form.collects.hide()
    assert enter(qtbot, form) is form.amount.editor


def test_the_wheel_never_changes_a_choice_without_focus(qtbot: QtBot, qapp: QApplication) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    first, box = LineEdit(), QComboBox()
    box.addItems(["甲", "乙", "丙"])
    column.addWidget(first)
    column.addWidget(box)
    holder.show()
    first.setFocus()
    middle = QPointF(box.rect().center())
    wheel = QWheelEvent(
        middle, box.mapToGlobal(middle), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    qapp.sendEvent(box, wheel)
    assert (box.currentText(), box.hasFocus()) == ("甲", False)
