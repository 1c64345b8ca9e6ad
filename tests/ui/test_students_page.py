"""The manager's list: search as one types, filters, order, selection, export, the pane."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.exchange import spreadsheets
from app.process import confirmation, office, payment
from app.process.payment import Paid
from app.rules.person import Health
from app.ui import theme
from app.ui.desk import Desk, Message
from app.ui.students.cells import FIRST_SHOWN
from app.ui.students.columns import SLACK, whole_words
from app.ui.students.page import StudentsPage
from app.ui.widgets.table.cells import Cell
from tests.builders import a_student, opid
from tests.conftest import Centre


@pytest.fixture
def page(qtbot: QtBot, centre: Centre, desk: Desk) -> StudentsPage:
    a_student(centre.manager, name="单子墨", guardian_name="单志强", mobile="13800001111")
    a_student(centre.manager, name="王若曦", health=Health(("food_allergy",), allergies="花生过敏"))
    paid = a_student(centre.manager, name="张琢晨", class_id=2)
    payment.take(centre.manager, student_id=paid, methods=[Paid("cash", 390_000)], opid=opid())
    made = StudentsPage(desk)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.refresh()
    made.show()
    return made


def names(page: StudentsPage, qtbot: QtBot) -> list[str]:
    qtbot.waitUntil(lambda: not page.reading.busy())
    rows = [page.model.row_at(place) for place in range(page.model.rowCount())]
    return [row.name for row in rows if row is not None]


def shown(page: StudentsPage) -> list[str]:
    return [column.key for column in page.list_columns.columns()]


def widths(page: StudentsPage) -> list[int]:
    return [page.table.columnWidth(place) for place in range(page.model.columnCount())]


@pytest.mark.clause("P10")
def test_names_stand_in_the_order_of_pinyin(page: StudentsPage, qtbot: QtBot) -> None:
    assert names(page, qtbot) == ["单子墨", "王若曦", "张琢晨"]


@pytest.mark.clause("P10")
@pytest.mark.parametrize("text", ["szm", "shanzimo", "dzm", "单子", "13800001111", "1111", "20260001"])
def test_a_student_is_found_by_every_reading_phone_and_number(page: StudentsPage, qtbot: QtBot, text: str) -> None:
    page.search.setText(text)
    assert names(page, qtbot) == ["单子墨"]


@pytest.mark.clause("P10")
def test_enter_opens_the_first_hit_and_nothing_found_says_what_to_do(page: StudentsPage, qtbot: QtBot) -> None:
    page.search.setText("wrx")
    with qtbot.waitSignal(page.studentRequested) as opened:
        page.search.entered.emit()
    assert opened.args == [page.model.ids[0]]
    page.search.setText("没有这个人")
    assert names(page, qtbot) == []
    assert page.empty._text.text() == "没有找到“没有这个人”"


@pytest.mark.clause("P10")
def test_filters_show_their_counts_and_are_remembered(page: StudentsPage, qtbot: QtBot, desk: Desk) -> None:
    assert page.filters.chips._chips["arrears"].shown() == "欠费 2"
    page.filters.chips.chosen.emit("arrears")
    assert names(page, qtbot) == ["单子墨", "王若曦"]
    assert page.card.footer()[1] == "欠费合计 −7,800.00"
    again = StudentsPage(desk)
    qtbot.addWidget(again)
    again.refresh()
    assert names(again, qtbot) == ["单子墨", "王若曦"]


@pytest.mark.clause("P10")
def test_the_pane_follows_and_shows_allergies_first(page: StudentsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.detail.name.text() == "王若曦")
    assert page.detail.allergy.text() == "花生过敏"
    assert page.current_student() == page.model.ids[1]


@pytest.mark.clause("P10")
def test_space_ticks_ctrl_a_ticks_all_and_the_footer_counts(page: StudentsPage, qtbot: QtBot) -> None:
    page.table.select_row(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.card.footer()[0].startswith("已选 1 人")
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.card.footer()[0].startswith("已选 3 人")


@pytest.mark.clause("P10")
@pytest.mark.clause("P13")
def test_what_is_seen_is_exported_with_phones_as_text(
    page: StudentsPage,
    qtbot: QtBot,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "名单.xlsx"
    monkeypatch.setattr(desk, "choose_save", lambda *_: target)
    with qtbot.waitSignal(desk.messaged):
        page.export()
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["单子墨", "王若曦", "张琢晨"]
    assert "13800001111" in rows[1]


@pytest.mark.clause("P10")
def test_a_column_can_be_hidden_and_the_order_turned(page: StudentsPage, qtbot: QtBot) -> None:
    page.list_columns.toggle("services")
    assert "services" not in [column.key for column in page.list_columns.columns()]
    page.table.sort_asked.emit("name", True)
    assert names(page, qtbot) == ["张琢晨", "王若曦", "单子墨"]


@pytest.mark.clause("P13")
def test_a_teacher_sees_only_the_own_classes(qtbot: QtBot, centre: Centre) -> None:
    a_student(centre.manager, name="李沐阳", class_id=None)
    a_student(centre.manager, name="王若曦", class_id=1)
    made = StudentsPage(Desk(centre.teacher))
    qtbot.addWidget(made)
    made.refresh()
    assert names(made, qtbot) == ["王若曦"]


@pytest.mark.clause("P4")
def test_a_scanned_sheet_opens_and_a_wrong_digit_is_told(
    page: StudentsPage, qtbot: QtBot, centre: Centre, desk: Desk,
) -> None:
    sheet = confirmation.make_sheet(centre.manager, student_id=page.model.ids[0])
    page.search.setText(sheet.code)
    names(page, qtbot)
    with qtbot.waitSignal(page.paperRequested) as opened:
        page.search.entered.emit()
    assert opened.args == [sheet.id]
    assert page.search.value() == ""
    wrong = sheet.code[:-1] + str((int(sheet.code[-1]) + 1) % 10)
    page.search.setText(wrong)
    names(page, qtbot)
    with qtbot.waitSignal(desk.messaged) as told:
        page.search.entered.emit()
    assert "再扫一次" in told.args[0]


@pytest.mark.clause("P10")
@pytest.mark.parametrize(("percent", "width"), [(100, 757), (100, 900), (100, 1600), (150, 770)])
def test_what_everybody_sees_first_needs_no_moving_sideways(
    page: StudentsPage, qtbot: QtBot, qapp: QApplication, percent: int, width: int,
) -> None:  # fmt: skip
    theme.apply(qapp, "light", percent, practice=False)
    page.detail.hide()
    page.detail.fit = lambda page_width: None  # type: ignore[method-assign]
    page.resize(width + 48, 700)
    qtbot.waitUntil(lambda: sum(widths(page)) == page.table.viewport().width())
    assert page.table.horizontalScrollBar().maximum() == 0
    seen = {key for key, wide in zip(shown(page), widths(page), strict=True) if wide}
    assert {"name", "guardian", "services", "state"} <= seen


@pytest.mark.clause("P10")
@pytest.mark.parametrize("width", [1440 - 212, 1440 - 232, 1366 - 212, 1366 - 232])  # the window without its navigation
def test_names_and_services_are_not_cut_in_the_usual_windows(page: StudentsPage, qtbot: QtBot, width: int) -> None:
    page.resize(width, 720)
    qtbot.waitUntil(lambda: sum(widths(page)) == page.table.viewport().width())
    for key, cell in (
        ("name", Cell("Anna Smithson", weight=700)), ("name", Cell("欧阳子墨", weight=700)),
        ("services", Cell("晚托、晚餐")), ("class", Cell("三年级托管", second="2 班")),
        ("guardian", Cell("欧阳子墨", second="138 0571 2236")), ("balance", Cell("−5,805.00", weight=700)),
    ):  # fmt: skip
        place = shown(page).index(key)
        room = page.table.columnWidth(place) - page.table.lead(place) - theme.px(SLACK)
        assert whole_words(cell, room) == ""


@pytest.mark.clause("P10")
def test_whoever_chose_many_columns_moves_them_sideways_and_the_name_stays(page: StudentsPage, qtbot: QtBot) -> None:
    for key in ("number", "grade", "school"):
        page.list_columns.toggle(key)
    page.resize(1000, 700)
    bar = page.table.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert not page.table.frozen.isVisible()  # type: ignore[union-attr]
    bar.setValue(bar.maximum())
    frozen = page.table.frozen
    assert frozen is not None
    assert frozen.isVisible()
    assert frozen.width() == page.table.columnWidth(0) + 1
    middle = frozen.visualRect(page.model.index(1, 0)).center()
    qtbot.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert page.table.currentIndex().row() == 1
    bar.setValue(0)
    assert not frozen.isVisible()


@pytest.mark.clause("P10")
def test_columns_order_and_widths_are_remembered_and_can_be_reset(
    page: StudentsPage, qtbot: QtBot, desk: Desk,
) -> None:  # fmt: skip
    header = page.table.horizontalHeader()
    header.moveSection(header.visualIndex(5), 1)
    qtbot.waitUntil(lambda: shown(page)[1] == "balance")
    page.table.setColumnWidth(1, 150)
    qtbot.waitUntil(lambda: not page.list_columns._settled.isActive())
    again = StudentsPage(desk)
    qtbot.addWidget(again)
    again.resize(1600, 800)
    again.show()
    assert shown(again) == shown(page)
    assert again.table.columnWidth(1) == 150
    again.list_columns.reset()
    assert shown(again)[1] == "class"
    assert again.table.columnWidth(5) != 150


@pytest.mark.clause("P10")
def test_words_that_are_cut_off_stand_whole_under_the_pointer() -> None:
    assert whole_words(Cell("晚托", second="班"), 200) == ""
    assert whole_words(Cell("三年级课后托管与作业看护", second="2 班"), 60) == "三年级课后托管与作业看护 2 班"
    assert whole_words(Cell("", pills=(("在托", "green"), ("即将到期", "amber"))), 40) == "在托 即将到期"


@pytest.mark.clause("P10")
def test_the_order_of_last_time_is_marked_in_the_header(page: StudentsPage, qtbot: QtBot, desk: Desk) -> None:
    page.table.sort_asked.emit("ends_on", True)
    again = StudentsPage(desk)
    qtbot.addWidget(again)
    assert again.table._sorted == ("ends_on", True)


@pytest.mark.clause("P10")
def test_a_long_export_shows_how_far_it_is_and_can_be_stopped(
    page: StudentsPage, qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(spreadsheets, "ALONE_FROM", 1)
    monkeypatch.setattr(desk, "choose_save", lambda *_: tmp_path / "a.xlsx")
    page.export()
    assert page.exporting.isVisible()
    page.exporting.cancel_button.click()
    qtbot.waitSignal(page.exporting.ended).wait()
    assert not page.exporting.isVisible()
    assert not list(tmp_path.glob("*.xlsx"))
    with qtbot.waitSignal(desk.messaged) as told:
        page.export()
    assert "已导出 3 位学员" in told.args[0]
    assert (tmp_path / "a.xlsx").exists()


@pytest.mark.clause("P10")
def test_a_teacher_finds_no_money_in_the_list_the_pane_and_the_view_that_was_kept(
    qtbot: QtBot,
    centre: Centre,
    desk: Desk,
    page: StudentsPage,
) -> None:
    page.filters.chips.chosen.emit("arrears")
    page.table.sort_asked.emit("balance", True)
    office.set_roles(centre.manager, centre.receptionist.user_id, ("manager",))
    office.set_roles(centre.receptionist, centre.manager.user_id, ("teacher",))
    office.save_class(centre.receptionist, 1, "三年级托管 2 班", "204", 25, centre.manager.user_id)
    told: list[Message] = []
    desk.offered.connect(told.append)
    for seen in (page, StudentsPage(desk)):
        qtbot.addWidget(seen)
        seen.show()
        seen.refresh()
        assert names(seen, qtbot) == ["单子墨", "王若曦"]
        assert shown(seen) == [key for key in FIRST_SHOWN if key != "balance"]
        assert "arrears" not in seen.filters.chips._chips
        assert seen.card.footer()[1] == ""
        assert [seen.detail.money.isVisible(), seen.detail.pay.isVisible()] == [False, False]
        assert not any("arrears" in row.marks for at in (0, 1) if (row := seen.model.row_at(at)) is not None)
        seen.list_columns.reset()
        assert "balance" not in shown(seen)
    assert told == []
