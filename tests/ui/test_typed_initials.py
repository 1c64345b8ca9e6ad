"""Typed pinyin initials pick from a list, also from one that takes other words (look.md, point 14)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.form.pick_list import Option, PickList

RELATIONS = [("mother", "母亲"), ("father", "父亲"), ("grandmother_m", "外婆"), ("grandfather_m", "外公")]


@pytest.fixture
def relation(qtbot: QtBot) -> PickList:
    made = PickList(RELATIONS, free=True)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.clause("P1")
def test_initials_and_enter_pick_the_word_that_they_stand_for(relation: PickList) -> None:
    QTest.keyClicks(relation, "mq")
    relation.enter_pressed()
    assert (relation.value(), relation.text()) == ("mother", "母亲")


def test_initials_of_several_take_the_marked_one(relation: PickList) -> None:
    QTest.keyClicks(relation, "w")  # 母 has a reading with w too
    QTest.keyClick(relation, Qt.Key.Key_Down)
    QTest.keyClick(relation, Qt.Key.Key_Down)
    relation.enter_pressed()
    assert relation.value() == "grandfather_m"


def test_initials_count_too_when_the_field_is_left_without_enter(relation: PickList) -> None:
    QTest.keyClicks(relation, "fq")
    relation._leave()
    assert relation.value() == "father"


def test_words_that_are_in_no_list_stay_as_they_were_typed(relation: PickList) -> None:
    relation.setText("姑婆")
    relation.enter_pressed()
    relation._leave()
    assert relation.value() == "姑婆"
    relation.setText("xyz")
    relation._leave()
    assert relation.value() == "xyz"


def test_whole_pinyin_finds_what_the_initials_find(relation: PickList) -> None:
    assert [one.value for one in relation.matching("waip")] == ["grandmother_m"]
    assert [one.value for one in relation.matching("waipo")] == ["grandmother_m"]


def test_a_word_with_keys_of_its_own_is_found_by_its_initials_too(relation: PickList) -> None:
    relation.set_options([Option("grandfather_p", "Grandfather (father's side)", keys="yy")])
    assert [one.value for one in relation.matching("gf")] == ["grandfather_p"]
    assert [one.value for one in relation.matching("yy")] == ["grandfather_p"]


def test_the_list_is_as_wide_as_its_longest_entry(qtbot: QtBot) -> None:
    long = "Grandfather (father's side) and everybody else who lives in the same house"
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 400)
    relation = PickList([*RELATIONS, ("long", long)], parent=window)
    relation.setFixedWidth(120)
    window.show()
    relation.open_list()
    popup = relation._popup
    assert popup is not None
    assert popup.viewport().width() >= popup.fontMetrics().horizontalAdvance(long)


def test_esc_closes_the_open_list_and_only_then_leaves_the_page(relation: PickList) -> None:
    left: list[bool] = []
    shortcut = QShortcut(QKeySequence("Esc"), relation)
    shortcut.activated.connect(lambda: left.append(True))
    relation.activateWindow()
    QTest.qWaitForWindowActive(relation)
    relation.setFocus()
    QTest.keyClick(relation, Qt.Key.Key_Down)
    assert relation.is_open()
    QTest.keyClick(relation, Qt.Key.Key_Escape)
    assert (relation.is_open(), left) == (False, [])
    QTest.keyClick(relation, Qt.Key.Key_Escape)
    assert left == [True]


def test_a_row_is_marked_only_where_enter_takes_it(relation: PickList) -> None:
    relation.set_options([("a", "文岚小学"), ("b", "文新小学")])
    relation.setText("文")
    relation._edited("文")
    popup = relation._popup
    assert popup is not None
    assert (popup.count(), popup.currentRow()) == (2, -1)
    QTest.keyClick(relation, Qt.Key.Key_Down)
    relation.enter_pressed()
    assert relation.text() == "文岚小学"
