"""Fields: silent while typing, told on leaving, corrected live; numbers in groups; amounts, dates, choices."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.check_box import CheckBox, Switch
from app.ui.widgets.form.date import DateEdit, TimeEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.grouped import IdentityEdit, PhoneEdit
from app.ui.widgets.form.line import LineEdit, SearchBox
from app.ui.widgets.form.pill_choice import PillChoice
from app.ui.widgets.form.segments import Segmented, WeekdayPicker

Shown = TypeVar("Shown", bound=QWidget)


def shown(qtbot: QtBot, widget: Shown) -> Shown:
    qtbot.addWidget(widget)
    widget.show()
    return widget


def missing(value: str) -> tuple[str, str] | None:
    return ("problem", f"还差 {11 - len(value)} 位") if len(value) < 11 else ("ok", "")


# what a field says ---------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_a_field_is_silent_the_first_time_tells_on_leaving_and_corrects_live(qtbot: QtBot) -> None:
    field = shown(qtbot, Field("手机", PhoneEdit(), required=True))
    field.set_check(missing)
    QTest.keyClicks(field.editor, "1390571223")
    assert (field.state, field.message()) == ("", "")
    field.editor._leave()
    assert (field.state, field.message()) == ("problem", "还差 1 位")
    QTest.keyClicks(field.editor, "6")
    assert field.state == "ok"


def test_nothing_jumps_when_a_problem_appears(qtbot: QtBot) -> None:
    field = shown(qtbot, Field("姓名", LineEdit()))
    before = field.sizeHint().height()
    field.problem("请填写姓名")
    assert field.sizeHint().height() == before


def test_an_optional_field_that_stays_empty_is_left_without_a_word(qtbot: QtBot) -> None:
    field = shown(qtbot, Field("手机", PhoneEdit()))
    field.set_check(missing)
    field.editor._leave()
    assert field.state == ""


def test_a_field_names_its_editor_for_readers_and_tells_them_the_problem(qtbot: QtBot) -> None:
    field = shown(qtbot, Field("手机", PhoneEdit(), required=True))
    field.problem("还差 1 位")
    assert field.editor.accessibleName() == "手机"
    assert field.editor.accessibleDescription() == "还差 1 位"
    assert field.label.buddy() is field.editor


def test_showing_a_value_gives_no_signal(qtbot: QtBot) -> None:
    field = shown(qtbot, Field("姓名", LineEdit()))
    with qtbot.assertNotEmitted(field.changed):
        field.set_value("张珞晨")
    assert field.value() == "张珞晨"


# numbers -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("typed", "text", "value"),
    [
        ("13805712236", "138 0571 2236", "13805712236"),
        ("+86 138-0571-2236", "138 0571 2236", "13805712236"),
        ("0571-88001234", "0571-8800 1234", "0571-88001234"),
        ("+852 9123 4567", "+852 91234567", "+85291234567"),
        ("1390571", "139 0571", "1390571"),
    ],
)
def test_a_phone_is_cleaned_and_shown_in_groups(qtbot: QtBot, typed: str, text: str, value: str) -> None:
    phone = shown(qtbot, PhoneEdit())
    QTest.keyClicks(phone, typed)
    assert phone.value() == value
    phone._leave()
    assert (phone.value(), phone.text()) == (value, text)


def test_full_width_digits_of_a_phone_are_folded(qtbot: QtBot) -> None:
    phone = shown(qtbot, PhoneEdit())
    event = QInputMethodEvent()
    event.setCommitString("１３８０５７１２２３６")
    QApplication.sendEvent(phone, event)
    assert phone.text() == "138 0571 2236"


def test_the_cursor_stays_where_a_digit_is_put_in_the_middle(qtbot: QtBot) -> None:
    phone = shown(qtbot, PhoneEdit())
    phone.set_value("1380572236")
    phone.setText("138 0572 236")
    phone.setCursorPosition(7)
    QTest.keyClicks(phone, "1")
    assert phone.text() == "138 0571 2236"
    assert phone.text()[: phone.cursorPosition()].replace(" ", "") == "1380571"


def test_backspace_steps_over_the_blank_of_a_group(qtbot: QtBot) -> None:
    phone = shown(qtbot, PhoneEdit())
    QTest.keyClicks(phone, "13805712236")
    phone.setCursorPosition(4)
    QTest.keyClick(phone, Qt.Key.Key_Backspace)
    assert phone.value() == "1305712236"


@pytest.mark.clause("P1")
def test_an_identity_number_is_shown_in_groups_and_takes_a_small_x(qtbot: QtBot) -> None:
    number = shown(qtbot, IdentityEdit())
    QTest.keyClicks(number, "11010519491231002x")
    assert (number.text(), number.value()) == ("110105 19491231 002X", "11010519491231002X")
    number.set_kind("passport")
    assert number.text() == "11010519491231002X"


def test_only_so_many_digits_are_taken_and_no_letter_is_cut_in_half(qtbot: QtBot) -> None:
    digits = shown(qtbot, LineEdit(digits=3))
    QTest.keyClicks(digits, "12a345")
    assert digits.value() == "123"
    name = shown(qtbot, LineEdit())
    name.set_value("𬍛" * 40)
    assert name.value() == "𬍛" * 40
    assert name.maxLength() > 10_000


# amounts -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P5")
@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1200+80", 128_000), ("3*780", 234_000), ("(100-20)*2", 16_000), ("15.5", 1_550), ("", None), ("abc", None)],
)
def test_an_amount_is_computed_in_fen(qtbot: QtBot, typed: str, fen: int | None) -> None:
    amount = shown(qtbot, AmountEdit())
    QTest.keyClicks(amount, typed)
    assert amount.value() == fen


@pytest.mark.clause("P5")
def test_enter_computes_first_and_goes_on_only_then(qtbot: QtBot) -> None:
    amount = shown(qtbot, AmountEdit())
    QTest.keyClicks(amount, "1200+80")
    with qtbot.waitSignal(amount.changed):
        assert amount.enter_pressed()
    assert amount.text() == "1,280.00"
    assert not amount.enter_pressed()


@pytest.mark.clause("P5")
@pytest.mark.parametrize(
    ("text", "word"), [("1.005", "两位小数"), ("-5", "不能小于"), ("壹佰元", "数字"), ("10/3", "整分")],
)
def test_what_is_no_amount_is_refused_with_its_reason(qtbot: QtBot, text: str, word: str) -> None:
    field = shown(qtbot, Field("金额", AmountEdit()))
    field.editor.setText(text)
    field.editor._leave()
    assert field.value() is None
    assert field.state == "problem"
    assert word in field.message()


def test_an_amount_takes_nothing_from_an_input_method_and_selects_all(qtbot: QtBot) -> None:
    amount = shown(qtbot, AmountEdit())
    amount.set_value(128_000)
    assert not amount.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    amount.setFocus(Qt.FocusReason.TabFocusReason)
    amount.focusInEvent(_focus_in())
    assert amount.selectedText() == "1,280.00"


def _focus_in() -> QFocusEvent:
    return QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)


# dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
@pytest.mark.parametrize("typed", ["2018-04-16", "20180416", "2018.4.16", "2018/4/16"])
def test_a_date_is_read_in_every_usual_form(qtbot: QtBot, typed: str) -> None:
    day = shown(qtbot, DateEdit())
    QTest.keyClicks(day, typed)
    assert day.value() == "2018-04-16"
    day._leave()
    assert day.text() == "2018-04-16"


def test_what_is_no_date_stays_to_be_corrected(qtbot: QtBot) -> None:
    field = shown(qtbot, Field("出生日期", DateEdit()))
    QTest.keyClicks(field.editor, "2018-02-30")
    field.editor._leave()
    assert (field.value(), field.editor.raw(), field.state) == ("", "2018-02-30", "problem")


def test_the_calendar_opens_and_closes_by_keyboard_and_takes_a_day(qtbot: QtBot) -> None:
    window = shown(qtbot, QWidget())
    window.resize(500, 500)
    day = DateEdit(parent=window)
    day.show()
    day.set_value("2018-04-16")
    QTest.keyClick(day, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert day._popup is not None
    assert day._popup.isVisible()
    QTest.keyClick(day._popup.calendar, Qt.Key.Key_Escape)
    assert not day._popup.isVisible()
    day.open_calendar()
    day._popup._take(day._popup.calendar.selectedDate().addDays(1))
    assert day.value() == "2018-04-17"


@pytest.mark.parametrize(("typed", "value"), [("17:30", "17:30"), ("1730", "17:30"), ("9", "09:00"), ("25:00", "")])
def test_a_time_of_day_is_read(qtbot: QtBot, typed: str, value: str) -> None:
    time = shown(qtbot, TimeEdit())
    QTest.keyClicks(time, typed)
    assert time.value() == value
    assert bool(time.reason()) == (not value)


# choices -------------------------------------------------------------------------------------------------------------


def test_segments_are_chosen_with_arrows_and_digits(qtbot: QtBot) -> None:
    sex = shown(qtbot, Segmented([("male", "男"), ("female", "女")]))
    QTest.keyClick(sex, Qt.Key.Key_2)
    assert sex.value() == "female"
    QTest.keyClick(sex, Qt.Key.Key_Left)
    assert sex.value() == "male"


@pytest.mark.clause("P1")
def test_weekdays_are_switched_with_digits_and_space(qtbot: QtBot) -> None:
    days = shown(qtbot, WeekdayPicker())
    days.set_value(0b11111)
    QTest.keyClick(days, Qt.Key.Key_2)
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Space)
    assert days.value() == 0b11001
    assert not days.is_empty()


def test_one_pill_of_several_or_several_at_once(qtbot: QtBot) -> None:
    several = shown(qtbot, PillChoice([("a", "过敏"), ("b", "哮喘")]))
    several.pill("a").click()
    several.pill("b").click()
    assert several.value() == ("a", "b")
    one = shown(qtbot, PillChoice([("a", "A4"), ("b", "A5")], several=False))
    one.pill("a").click()
    one.pill("b").click()
    assert one.value() == ("b",)


def test_space_ticks_a_box_and_switches_a_switch(qtbot: QtBot) -> None:
    for box in (CheckBox("自行回家"), Switch("自动锁定")):
        shown(qtbot, box)
        with qtbot.waitSignal(box.changed):
            QTest.keyClick(box, Qt.Key.Key_Space)
        assert box.value()


def test_text_grows_with_its_lines_up_to_the_most(qtbot: QtBot) -> None:
    area = shown(qtbot, TextArea(lines=1, most=3))
    one = area.height()
    area.set_value("a\nb\nc")
    three = area.height()
    area.set_value("a\nb\nc\nd\ne")
    assert one < three == area.height()


def test_esc_clears_the_search_and_down_leaves_for_the_list(qtbot: QtBot) -> None:
    search = shown(qtbot, SearchBox("姓名"))
    QTest.keyClicks(search, "zlc")
    with qtbot.waitSignal(search.down):
        QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert isinstance(search, QLineEdit)
