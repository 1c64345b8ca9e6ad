"""The page on which a centre takes over its current children and prints what their families sign (P19)."""

from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.models.database import database
from app.process import opening_statements, take_over
from app.ui import printing_out
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.pages import pages
from app.ui.printing_out import RecordingPrinters
from app.ui.taking_over.column_dialog import ColumnDialog
from app.ui.taking_over.page import LIST, STATEMENTS, TakingOverPage
from tests import centre_lists
from tests.conftest import Centre
from tests.printing import reading

CHILDREN = 12


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TakingOverPage:
    children = centre_lists.children(Random(3), CHILDREN)
    children[2]["mother_phone"] = "1391000"
    path = tmp_path / "在托.xlsx"
    path.write_bytes(centre_lists.by_class(Random(3), children))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    made = TakingOverPage(desk)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.show()
    made.refresh()
    return made


@pytest.fixture
def printer(desk: Desk) -> RecordingPrinters:
    made = RecordingPrinters(("HP M208dw",))
    desk.settings.set_printer("sheet", printer="HP M208dw", copies=2)
    printing_out.use(made)
    return made


def looked(page: TakingOverPage, qtbot: QtBot) -> None:
    page.choose_button.click()
    qtbot.waitUntil(lambda: page.seen is not None, timeout=20_000)


def taken(page: TakingOverPage, qtbot: QtBot) -> None:
    looked(page, qtbot)
    page.view.classes.buttons["agree"].click()
    page.view.take_button.click()
    assert page.chips.current() == STATEMENTS


def students() -> int:
    return int(database.execute_sql("SELECT count(*) FROM student").fetchone()[0])


@pytest.mark.clause("P19")
def test_a_list_is_looked_at_corrected_and_taken_over(page: TakingOverPage, qtbot: QtBot) -> None:
    looked(page, qtbot)
    view = page.view
    assert [view.model.row_at(place).n for place in range(len(view.model.rows))] == list(range(1, CHILDREN + 1))
    view.chips.set_current("errors")
    view.chips.chosen.emit("errors")
    assert len(view.model.rows) == 1
    at = page.seen.looked.header.index("联系电话") if page.seen else 0
    field = view.editor.fields[at]
    assert field.state == "problem"
    assert next(iter(view.editor.fields)) == at  # what is wrong stands first
    field.editor.set_value("13910000039")
    field.editor.left.emit()
    assert view.take_button.text().startswith(f"接收 {CHILDREN} 名学员")
    assert students() == 0
    view.classes.buttons["agree"].click()
    assert view.classes.text().startswith("接收时新建")
    view.take_button.click()
    assert students() == CHILDREN
    assert page.stack.currentWidget() is page.statements


@pytest.mark.clause("P19")
def test_without_agreement_to_the_new_classes_nothing_is_taken_over(page: TakingOverPage, qtbot: QtBot) -> None:
    looked(page, qtbot)
    messages: list[str] = []
    page.desk.messaged.connect(lambda text, _: messages.append(text))
    page.view.take_button.click()
    assert messages
    assert messages[0].startswith("这些托管班还没有")
    assert (students(), page.chips.current()) == (0, LIST)


@pytest.mark.clause("P19")
def test_all_statements_are_printed_in_the_order_of_the_list_and_counted(
    page: TakingOverPage, printer: RecordingPrinters, qtbot: QtBot,
) -> None:  # fmt: skip
    taken(page, qtbot)
    families = opening_statements.families(page.desk.actor)
    page.print_sheet()
    qtbot.waitUntil(lambda: page.statements.batch is None and len(printer.jobs) == len(families), timeout=20_000)
    assert [job.title for job in printer.jobs] == [f"QC-2026-{no:06d}" for no in range(1, len(families) + 1)]
    assert {job.copies for job in printer.jobs} == {2}
    for job, family in zip(printer.jobs, families, strict=True):
        assert all(name in reading.words(job.content) for name in family.names)
    assert all(one.statement and one.statement.prints == 1 for one in opening_statements.families(page.desk.actor))


@pytest.mark.clause("P19")
def test_trouble_with_the_printer_stops_and_goes_on_where_it_stopped(
    page: TakingOverPage, printer: RecordingPrinters, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    taken(page, qtbot)
    send = RecordingPrinters.send

    def third_fails(own: RecordingPrinters, job: printing_out.Job) -> None:
        own.broken = len(own.jobs) == 2
        send(own, job)

    monkeypatch.setattr(RecordingPrinters, "send", third_fails)
    page.print_sheet()
    view = page.statements
    qtbot.waitUntil(lambda: bool(view.trouble.text()), timeout=20_000)
    assert view.trouble.text() == "打印机没有接受第 3 份，前面的都已打好。"
    monkeypatch.setattr(RecordingPrinters, "send", send)
    printer.broken = False
    view.trouble.buttons["on"].click()
    count = len(opening_statements.families(page.desk.actor))
    qtbot.waitUntil(lambda: view.batch is None and len(printer.jobs) == count, timeout=20_000)
    assert [job.title[-6:] for job in printer.jobs] == [f"{no:06d}" for no in range(1, count + 1)]
    assert not view.trouble.text()


@pytest.mark.clause("P19")
def test_printing_begins_with_the_chosen_family_and_confirmation_sheets_are_one_for_each_child(
    page: TakingOverPage, printer: RecordingPrinters, qtbot: QtBot,
) -> None:  # fmt: skip
    taken(page, qtbot)
    view = page.statements
    count = len(view.model.rows)
    view.table.select_row(count - 2)
    view.from_button.click()
    qtbot.waitUntil(lambda: view.batch is None and len(printer.jobs) == 2, timeout=20_000)
    view.sheets_button.click()
    qtbot.waitUntil(lambda: view.batch is None and len(printer.jobs) == 2 + CHILDREN - 1, timeout=20_000)
    assert all(job.title.startswith("BM-") for job in printer.jobs[2:])
    assert "期初已缴" in reading.words(printer.jobs[-1].content)


@pytest.mark.clause("P19")
def test_enter_shows_the_statement_of_the_chosen_family(page: TakingOverPage, qtbot: QtBot) -> None:
    taken(page, qtbot)
    with qtbot.waitSignal(page.paperRequested) as asked:
        page.statements.table.setFocus()
        qtbot.keyClick(page.statements.table, Qt.Key.Key_Return)
    assert asked.args is not None
    made = opening_statements.families(page.desk.actor)[0].statement
    assert made is not None
    assert asked.args == [made.id]


@pytest.mark.clause("P13")
def test_only_who_may_take_over_finds_the_page(centre: Centre, counter: Desk, qtbot: QtBot) -> None:
    (spec,) = (one for one in pages() if one.key == "taking_over")
    assert spec.rights == ("take_over",)
    window = MainWindow(counter)
    qtbot.addWidget(window)
    window.go("taking_over")
    assert not isinstance(window.page(), TakingOverPage)


@pytest.mark.clause("P19")
def test_a_column_that_was_not_known_is_named_by_hand_and_remembered(
    page: TakingOverPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    looked(page, qtbot)
    assert page.seen is not None
    at = page.seen.looked.header.index("备注")

    def chosen(dialog: ColumnDialog) -> int:
        dialog.picks[at].set_value("child.special_needs")
        dialog.pressed.emit("use")
        return dialog.result()

    monkeypatch.setattr(ColumnDialog, "exec", chosen)
    page.columns_button.click()
    assert page.seen.columns[at] == "child.special_needs"
    page.view.classes.buttons["agree"].click()
    page.view.take_button.click()
    again = take_over.preview(page.desk.actor, tmp_path / "在托.xlsx")
    assert again.columns[at] == "child.special_needs"


def test_two_columns_cannot_be_the_same(page: TakingOverPage, qtbot: QtBot) -> None:
    looked(page, qtbot)
    assert page.seen is not None
    dialog = ColumnDialog(page.seen)
    qtbot.addWidget(dialog)
    dialog.picks[page.seen.looked.header.index("备注")].set_value("child.name")
    dialog.pressed.emit("use")
    assert dialog.problem.detail() == "孩子姓名"
    assert dialog.result() == 0


@pytest.mark.clause("P19")
def test_who_resembles_somebody_is_taken_over_when_it_is_said_to_be_another_child(
    page: TakingOverPage, qtbot: QtBot,
) -> None:  # fmt: skip
    looked(page, qtbot)
    assert page.seen is not None
    view, name = page.view, page.seen.looked.header.index("姓名")
    phone, born = (page.seen.looked.header.index(title) for title in ("联系电话", "出生日期"))
    first, other = page.seen.rows[0], page.seen.rows[1]
    for column in (name, phone, born):
        view.corrected.emit(other.n, column, first.cells[column])
    view.table.select_row(1)
    assert view.editor.alike.text().startswith("与“一年级午托班”第 3 行重复")
    assert other.n not in view.going()
    view.editor.apart_button.click()
    assert other.n in view.going()
    view.classes.buttons["agree"].click()
    view.take_button.click()
    assert students() == CHILDREN - 1  # one has a wrong phone


@pytest.mark.clause("P19")
def test_a_page_that_is_closed_while_it_prints_counts_what_the_printer_took(
    page: TakingOverPage, printer: RecordingPrinters, qtbot: QtBot,
) -> None:  # fmt: skip
    taken(page, qtbot)
    desk = page.desk
    page.print_sheet()
    qtbot.waitUntil(lambda: len(printer.jobs) == 1, timeout=20_000)
    delete(page.statements)
    qtbot.waitUntil(lambda: not desk.busy(), timeout=20_000)
    printed = [one for one in opening_statements.families(desk.actor) if one.statement and one.statement.prints]
    assert len(printed) == len(printer.jobs)
