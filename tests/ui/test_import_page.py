"""The import page: files chosen or dropped, columns, rows corrected in place, doubles answered, all taken in (P1)."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.models.database import database
from app.process import application, form_import
from app.ui.complete_dialog import CompleteDialog
from app.ui.desk import Desk
from app.ui.import_page.choice import ERRORS
from app.ui.import_page.page import ImportPage
from app.ui.import_page.rows_table import CellEdit
from app.ui.main_window import MainWindow
from tests import builders, exports
from tests.conftest import Centre
from tests.ui.dropping import drop


@pytest.fixture
def page(qtbot: QtBot, counter: Desk) -> ImportPage:
    made = ImportPage(counter)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.show()
    return made


def a_file(folder: Path, rows: Sequence[Sequence[Any]], name: str = "报名.xlsx") -> Path:
    path = folder / name
    path.write_bytes(exports.workbook(rows))
    return path


def families(count: int) -> list[exports.Answers]:
    return [{**one, "allergies": "花生、腰果"} for one in exports.family(Random(5), count)]


def short(folder: Path, found: Sequence[exports.Answers]) -> Path:
    return a_file(folder, exports.table("short", found, Random(5)))


def read(page: ImportPage, qtbot: QtBot, path: Path) -> None:
    page.take([path])
    qtbot.waitUntil(lambda: not page.desk.busy(), timeout=20_000)


def rows(page: ImportPage, qtbot: QtBot, path: Path) -> None:
    """Read a file and go on to its rows."""
    read(page, qtbot, path)
    page.finish_step()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.rows)


def column(page: ImportPage, title: str) -> int:
    return next(at for at, one in enumerate(page.rows.table.columns) if one.title == title)


def type_into(page: ImportPage, qtbot: QtBot, row: int, title: str, text: str, keys: Sequence[Any] = ()) -> None:
    """Go to a cell, edit it with F2, and keep what was typed with Enter."""
    table = page.rows.table
    table.go_to(row, column(page, title))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(CellEdit)
    assert editor is not None
    editor.setText(text)
    editor.enter_pressed()
    for key in keys:
        qtbot.keyClick(table, key)
    qtbot.wait(10)


def applications() -> list[tuple[str, str]]:
    return [tuple(row) for row in database.execute_sql("SELECT name, state FROM application ORDER BY id")]


@pytest.mark.clause("P1")
def test_a_file_is_looked_at_column_by_column_and_nothing_is_written(
    page: ImportPage, qtbot: QtBot, tmp_path: Path,
) -> None:  # fmt: skip
    read(page, qtbot, short(tmp_path, families(3)))
    assert page.stack.currentWidget() is page.columns
    assert page.columns.columns()[:2] == ("child.name", "child.sex")
    page.finish_step()
    assert page.stack.currentWidget() is page.rows
    assert [row.n for row in page.rows.model.rows] == [1, 2, 3]
    assert page.import_button.text() == "导入 3 行中的 3 行"
    assert applications() == []


@pytest.mark.clause("P1")
def test_a_column_is_corrected_by_hand_and_remembered(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = a_file(tmp_path, [["姓名", "联系电话", "暗号"], ["陈小一", "13812345678", "陈建国"]])
    read(page, qtbot, path)
    assert page.columns.columns()[2] == ""
    page.columns.picks[2].set_value("guardians.0.name")
    page.columns._look()
    page.finish_step()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.rows, timeout=5_000)
    assert not page.rows.model.rows[0].has_error
    page.commit()
    assert applications() == [("陈小一", "submitted")]
    page.start_again()
    read(page, qtbot, a_file(tmp_path, [["姓名", "联系电话", "暗号"], ["陈小二", "13812345679", "陈建军"]], "二.xlsx"))
    assert page.stack.currentWidget() is page.rows


@pytest.mark.clause("P1")
def test_one_field_for_two_columns_is_told_beside_them(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    read(page, qtbot, a_file(tmp_path, [["姓名", "联系电话", "暗号"], ["陈小一", "13812345678", "甲"]]))
    page.columns.picks[2].set_value("child.name")
    page.columns._look()
    assert page.columns.missing.text() == "“孩子姓名”选了两次，请改正其中一列"
    page.finish_step()
    qtbot.waitUntil(lambda: not page.desk.busy())
    assert page.stack.currentWidget() is page.columns
    assert "两列" in page.problem.text()


@pytest.mark.clause("P1")
def test_a_header_that_is_not_found_is_pointed_at(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    read(page, qtbot, a_file(tmp_path, [["报名"], ["谁", "哪里"], ["陈小一", "13812345678"]]))
    assert "没有找到表头" in page.again.text()
    page.again.buttons["header"].click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.header, timeout=20_000)
    page.header.table.select_row(1)
    page.finish_step()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.columns, timeout=20_000)
    assert page.choice is not None
    assert page.choice.seen.looked.header == ("谁", "哪里")


@pytest.mark.clause("P1")
def test_a_cell_is_corrected_in_place_and_its_row_checked_at_once(
    page: ImportPage, qtbot: QtBot, tmp_path: Path,
) -> None:  # fmt: skip
    found = families(3)
    found[1]["father_phone"] = "1365212714"
    rows(page, qtbot, short(tmp_path, found))
    table = page.rows.table
    cell = page.rows.model.data(page.rows.model.index(1, column(page, "监护人 1 手机")))
    assert str(cell).endswith("还差 1 位，手机号为 11 位")
    assert page.import_button.text() == "导入 3 行中的 2 行"
    type_into(page, qtbot, 1, "监护人 1 手机", "13652127140")
    assert table.currentIndex().row() == 1
    assert not page.rows.model.rows[1].checked.problems
    assert page.import_button.text() == "导入 3 行中的 3 行"
    page.commit()
    assert page.done is not None
    phones = application.load(page.done.application_ids[1]).registration.guardians[0].mobile
    assert phones == "13652127140"


@pytest.mark.clause("P1")
def test_escape_leaves_a_cell_as_it_was(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    rows(page, qtbot, short(tmp_path, families(1)))
    table = page.rows.table
    table.go_to(0, column(page, "孩子姓名"))
    before = page.rows.model.rows[0].cells
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.findChild(CellEdit)
    assert editor is not None
    editor.setText("不对")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.wait(10)
    assert page.rows.model.rows[0].cells == before


@pytest.mark.clause("P1")
def test_filters_and_keys_lead_through_the_problems(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    found = families(6)
    found[2]["name"], found[4]["father_phone"] = "", "123"
    found[5] = {**found[0], "n": 6}
    rows(page, qtbot, short(tmp_path, found))
    assert page.rows.choice is not None
    assert page.rows.choice.counts() == {"all": 6, "errors": 2, "questions": 1, "duplicates": 1}
    table = page.rows.table
    table.go_to(0, 0)
    places = []
    for _ in range(4):
        page.rows.next_button.click()
        places.append((table.currentIndex().row(), table.columns[table.currentIndex().column()].title))
    assert places[:3] == [(2, "孩子姓名"), (4, "监护人 1 手机"), (5, "要看的地方")]
    assert places[3] == places[0]
    page.rows.chips.set_current(ERRORS)
    page.rows.chips.chosen.emit(ERRORS)
    assert [row.n for row in page.rows.model.rows] == [3, 5]


@pytest.mark.clause("P1")
def test_space_leaves_a_row_out_and_takes_it_again(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    found = families(3)
    found[2]["name"] = ""
    rows(page, qtbot, short(tmp_path, found))
    table = page.rows.table
    table.go_to(0, 1)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert page.import_button.text() == "导入 3 行中的 1 行"
    qtbot.keyClick(table, Qt.Key.Key_Space)
    table.go_to(2, 1)
    said: list[str] = []
    page.desk.messaged.connect(lambda text, _: said.append(text))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert said == ["第 3 行还有错误，改好才能导入"]
    assert page.import_button.text() == "导入 3 行中的 2 行"


@pytest.mark.clause("P1")
def test_a_double_is_shown_beside_the_known_child_and_answered(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, centre: Centre,
) -> None:  # fmt: skip
    known = builders.a_registration()
    student_id = builders.a_student(centre.manager, known)
    row = [known.child.name, known.child.birth_date, "刘强", "13700001111"]
    rows(page, qtbot, a_file(tmp_path, [["姓名", "生日", "家长", "电话"], row]))
    assert page.import_button.text() == "导入 1 行中的 0 行"
    page.rows._show_picked()
    pane = page.rows.pane
    assert pane.answers.current() == "same"
    pane.answers.chosen.emit("other")
    assert page.import_button.text() == "导入 1 行中的 1 行"
    page.commit()
    assert page.done is not None
    assert application.load(page.done.application_ids[0]).not_same == (student_id,)


@pytest.mark.clause("P1")
def test_a_brother_shares_the_guardian_when_somebody_says_so(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, centre: Centre,
) -> None:  # fmt: skip
    known = builders.a_registration()
    builders.a_student(centre.manager, known)
    row = ["另一个", "2019-03-02", "王强", known.guardians[0].mobile]
    rows(page, qtbot, a_file(tmp_path, [["姓名", "生日", "家长", "电话"], row]))
    page.rows._show_picked()
    assert page.rows.pane.answers.current() == ""
    page.rows.pane.answers.chosen.emit("sibling")
    page.commit()
    assert page.done is not None
    guardian = application.load(page.done.application_ids[0]).registration.guardians[0]
    assert (guardian.id is not None, guardian.name) == (True, known.guardians[0].name)


@pytest.mark.clause("P1")
def test_the_result_leads_on_and_the_rows_left_out_are_saved_with_their_reasons(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    found = families(4)
    found[1]["name"] = ""
    rows(page, qtbot, short(tmp_path, found))
    page.rows.table.go_to(3, 1)
    qtbot.keyClick(page.rows.table, Qt.Key.Key_Space)
    page.commit()
    assert page.stack.currentWidget() is page.result
    assert page.result.imported.value() == "2"
    assert (page.result.errors.value(), page.result.others.value()) == ("1", "1")
    target = tmp_path / "没导入.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.result.save_button.click()
    seen = form_import.preview(page.desk.actor, target)
    assert [row.cells[0] for row in seen.rows] == ["请填写姓名", "没有选"]
    went: list[str] = []
    page.pageRequested.connect(went.append)
    page.finish_step()
    assert went == ["review"]


@pytest.mark.clause("P1")
def test_the_same_file_again_is_told_and_doubles_nobody(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = short(tmp_path, families(3))
    rows(page, qtbot, path)
    page.commit()
    page.start_again()
    read(page, qtbot, path)
    assert page.rows.earlier.text().endswith("由 林小婉 导入过（3 行）")
    assert page.import_button.text() == "导入 3 行中的 0 行"
    assert not page.import_button.isEnabled()
    page.commit()
    assert len(applications()) == 3


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "空的"), ("a.xlsx", b"PK\x03\x04 and no more", "读不出来"), ("a.xlsx", b"%PNG\x00" * 9, "表格"),
        ("a.pdf", b"%PDF-1.4 broken", ""),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_sentence_in_the_page(
    name: str, content: bytes, words: str, page: ImportPage, qtbot: QtBot, tmp_path: Path,
) -> None:  # fmt: skip
    path = tmp_path / name
    path.write_bytes(content)
    read(page, qtbot, path)
    assert page.problem.text()
    assert words in page.problem.text()
    assert page.stack.currentWidget() is page.choosing
    assert page.stack.isEnabled()


@pytest.mark.clause("P1")
def test_reading_can_be_stopped(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.take([short(tmp_path, families(3))])
    assert page.progress.isVisible()
    page.progress.cancel_button.click()
    qtbot.waitUntil(lambda: not page.desk.busy(), timeout=20_000)
    assert page.stack.currentWidget() is page.choosing
    assert page.choice is None
    assert not page.problem.text()


@pytest.mark.clause("P1")
def test_a_file_may_be_dropped_on_the_page(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    assert drop(page, short(tmp_path, families(2)))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.columns, timeout=20_000)


def test_two_tables_at_once_are_one_too_many(page: ImportPage, tmp_path: Path) -> None:
    page.take([tmp_path / "a.xlsx", tmp_path / "b.xlsx"])
    assert page.problem.text() == "表格请一个一个导入；电子报名表（PDF）可以一次选很多份。"


@pytest.mark.clause("P1")
def test_families_are_asked_to_complete_their_rows(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    found = families(3)
    found[1]["father_phone"] = "123"
    rows(page, qtbot, short(tmp_path, found))
    page.commit()
    copied: list[str] = []

    class Board:
        def setText(self, text: str) -> None:
            copied.append(text)

    def used(dialog: CompleteDialog) -> int:
        assert [text.id for text in dialog.texts] == [2]
        dialog.buttons["all"].click()
        dialog.reject()
        return 0

    monkeypatch.setattr("app.ui.complete_dialog.QApplication.clipboard", Board)
    monkeypatch.setattr(CompleteDialog, "exec", used)
    page.result.texts_button.click()
    assert len(copied) == 1
    assert "监护人的电话有误" in copied[0]
    action, details = database.execute_sql(
        "SELECT action, details FROM operation_log ORDER BY seq DESC LIMIT 1",
    ).fetchone()
    assert (action, found[1]["name"] in details) == ("copy_complete_texts", False)


def test_the_page_stands_in_the_navigation_of_whoever_may_import(
    qtbot: QtBot, counter: Desk, centre: Centre,
) -> None:  # fmt: skip
    window = MainWindow(counter)
    qtbot.addWidget(window)
    window.go("import")
    assert isinstance(window.page(), ImportPage)
    teacher = MainWindow(Desk(centre.teacher, counter.settings))
    qtbot.addWidget(teacher)
    teacher.go("import")
    assert teacher.page() is None


@pytest.mark.clause("P1")
def test_file_after_file_is_read_in_one_window(qtbot: QtBot, counter: Desk, tmp_path: Path) -> None:
    window = MainWindow(counter)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.go("import")
    page = window.page()
    assert isinstance(page, ImportPage)
    path = short(tmp_path, families(12))
    for _ in range(4):
        page.start_again()
        read(page, qtbot, path)
        page.finish_step()
        qtbot.wait(20)
        assert page.stack.currentWidget() is page.rows


@pytest.mark.clause("P1")
@pytest.mark.xcb
def test_f2_and_escape_belong_to_the_cell_and_not_to_the_window(qtbot: QtBot, counter: Desk, tmp_path: Path) -> None:
    window = MainWindow(counter)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("import")
    page = window.page()
    assert isinstance(page, ImportPage)
    rows(page, qtbot, short(tmp_path, families(3)))
    table = page.rows.table
    table.setFocus()
    table.go_to(0, column(page, "孩子姓名"))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(CellEdit)
    assert editor is not None
    assert window.current == "import"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.rows
    qtbot.keyClick(table, Qt.Key.Key_F9)
    assert page.stack.currentWidget() is page.result
    qtbot.keyClick(page.result.review_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "review"
