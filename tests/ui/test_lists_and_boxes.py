"""Tables by keyboard, dialogs that a scanner cannot press, strips and toasts."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.key_filter import KeyFilter
from app.ui.widgets.avatar import avatar_letter
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog, ask
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.job import Progress, busy_cursor
from app.ui.widgets.notice import EmptyState, Toast
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import CELL_ROLE, Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.verb import Verb


@dataclass(frozen=True)
class Row:
    name: str
    mobile: str


COLUMNS = [Column("name", "学员", 160, sortable=True), Column("mobile", "手机", 140, stretch=True)]
ROWS = [Row("张珞晨", "13805712236"), Row("陈梓睿", "13667128093"), Row("李沐阳", "13957189042")]


def cell(row: Row, key: str) -> Cell:
    return Cell(row.name, second="ZLC", avatar=row.name) if key == "name" else Cell(row.mobile)


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(RowsModel(COLUMNS, cell, ROWS), COLUMNS, ticks=True)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.select_row(0)
    return made


def test_enter_opens_and_arrows_move(table: Table, qtbot: QtBot) -> None:
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_space_ticks_and_ctrl_a_ticks_all(table: Table) -> None:
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.selected_rows() == [0, 2]
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_rows() == [0, 1, 2]


def test_letters_and_function_keys_stay_with_the_page(table: Table) -> None:
    for key in (Qt.Key.Key_F2, Qt.Key.Key_E):
        QTest.keyClick(table, key)
    assert table.currentIndex().row() == 0
    assert table.selected_rows() == []


def test_a_column_asks_to_be_sorted_and_the_other_way_round(table: Table, qtbot: QtBot) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_asked.connect(lambda key, descending: asked.append((key, descending)))
    for section in (0, 0, 1):
        table._sort(section)
    assert asked == [("name", False), ("name", True)]


def test_a_cell_says_all_its_words_to_readers() -> None:
    model = RowsModel(COLUMNS, cell, ROWS)
    index = model.index(0, 0)
    assert index.data() == "张珞晨 ZLC"
    assert index.data(int(Qt.ItemDataRole.AccessibleTextRole)) == "张珞晨 ZLC"
    assert isinstance(index.data(CELL_ROLE), Cell)
    assert model.data(QModelIndex()) is None


def test_other_rows_keep_the_place_in_the_list(table: Table) -> None:
    model = table.model()
    assert isinstance(model, RowsModel)
    table.select_row(1)
    model.set_rows(ROWS[:2])
    assert table.currentIndex().row() == 1
    assert model.index_of(lambda row: row.name == "陈梓睿") == 1
    assert model.index_of(lambda row: row.name == "nobody") == -1


def test_an_empty_list_says_what_to_do(qtbot: QtBot) -> None:
    empty = EmptyState("users", "还没有学员", "按 F2 登记第一位", Verb("new", "报名登记", "primary", "F2"))
    card = TableCard(Table(RowsModel(COLUMNS, cell), COLUMNS), empty)
    qtbot.addWidget(card)
    card.show()
    card.show_empty(True)
    assert empty.isVisible()
    with qtbot.waitSignal(empty.pressed):
        empty.findChildren(Button)[0].click()
    card.set_footer("共 128 人", "−4,820.00", "red")
    assert card.footer() == ("共 128 人", "−4,820.00")


# boxes ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def keys(qapp: QApplication) -> Iterator[KeyFilter]:
    made = KeyFilter(qapp)
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.mark.clause("P13")
def test_a_scanner_that_runs_on_presses_nothing_in_a_box(qtbot: QtBot, keys: KeyFilter) -> None:
    dialog = Dialog(None, "作废收据")
    dialog.body.addWidget(Field("原因", LineEdit()))
    dialog.set_verbs([Verb("no", "不作废", shortcut="Esc"), Verb("yes", "作废", "danger")])
    qtbot.addWidget(dialog)
    dialog.show()
    pressed: list[str] = []
    dialog.pressed.connect(pressed.append)
    field = dialog.findChildren(LineEdit)[0]
    assert not any(button.isDefault() or button.autoDefault() for button in dialog.buttons.values())
    QTest.keyClicks(field, "2026003421006")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert pressed == []
    assert dialog.isVisible()


def test_a_question_is_answered_by_its_verbs_or_by_esc(qtbot: QtBot) -> None:
    def answer(key: str) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, Dialog)
        if key:
            box.buttons[key].click()
        else:
            QTest.keyClick(box, Qt.Key.Key_Escape)

    verbs = [Verb("no", "不删", shortcut="Esc"), Verb("yes", "删除", "danger")]
    for key in ("yes", ""):
        QTimer.singleShot(0, lambda key=key: answer(key))
        assert ask(None, "删除草稿？", "删了就找不回来。", verbs) == key


def test_a_message_is_there_for_ten_seconds_and_can_be_taken_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    toast = Toast(window)
    undone: list[bool] = []
    toast.say("已保存", "ok", lambda: undone.append(True), "撤销")
    assert toast.isVisible()
    assert toast.width() <= window.width()
    toast._verb.click()
    assert undone == [True]
    assert not toast.isVisible()


def test_progress_tells_how_far_it_is_and_can_be_stopped(qtbot: QtBot) -> None:
    progress = Progress("正在备份并核验")
    qtbot.addWidget(progress)
    progress.set(3, 10)
    assert (progress._bar.value(), progress._bar.maximum()) == (3, 10)
    with qtbot.waitSignal(progress.cancelled):
        progress.cancel_button.click()


def test_the_busy_cursor_goes_also_after_an_error(qapp: QApplication) -> None:
    def fail() -> None:
        with busy_cursor():
            assert qapp.overrideCursor() is not None
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert qapp.overrideCursor() is None


@pytest.mark.parametrize(
    ("name", "letter"),
    [("张卓辰", "辰"), ("Zhang Zhuochen", "Z"), ("Li Anna", "A"), ("欧阳明（转出）", "明"), ("anna", "A"), ("", "")],
)
def test_an_avatar_shows_the_given_name(name: str, letter: str) -> None:
    assert avatar_letter(name) == letter
