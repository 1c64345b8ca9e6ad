"""Application forms for families: looked at, printed, saved, and the recipe copied."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.ui import printing_out
from app.ui.desk import Desk
from app.ui.forms_page import FormsPage
from app.ui.main_window import MainWindow
from app.ui.print_dialog import PrintDialog
from app.ui.printing_out import RecordingPrinters
from app.ui.registration_wizard.page import RegistrationPage
from tests.printing import reading
from tests.printing.filling import fields


@pytest.fixture
def page(qtbot: QtBot, counter: Desk) -> FormsPage:
    made = FormsPage(counter)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.refresh()
    return made


@pytest.fixture
def printer(counter: Desk) -> RecordingPrinters:
    made = RecordingPrinters(("HP M208dw",))
    assert not counter.settings.printer("form")
    printing_out.use(made)
    return made


@pytest.mark.clause("P1")
def test_the_paper_form_is_printed_in_as_many_copies_as_wanted(
    page: FormsPage, printer: RecordingPrinters, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def chosen(dialog: PrintDialog) -> int:
        dialog._copies.set_value("30")
        return 1

    monkeypatch.setattr(PrintDialog, "exec", chosen)
    page.print_sheet()
    qtbot.waitUntil(lambda: len(printer.jobs) == 1)
    page.print_sheet()  # printer and copies are remembered
    qtbot.waitUntil(lambda: len(printer.jobs) == 2)
    assert [(job.printer, job.copies) for job in printer.jobs] == [("HP M208dw", 30)] * 2
    assert printer.jobs[0].content == page.content
    assert "学员报名表" in reading.words(page.content)


@pytest.mark.clause("P1")
def test_the_fillable_form_is_saved_for_sending_and_not_printed(
    page: FormsPage, printer: RecordingPrinters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    proposed = []

    def save(_parent: object, _title: str, name: str, _pattern: str) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return str(tmp_path / "表.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    page.open("fillable")
    assert page.print_button.isHidden()
    page.print_sheet()
    page.save_button.click()
    assert proposed == ["电子报名表.pdf"]
    assert "child.name" in fields((tmp_path / "表.pdf").read_bytes())
    assert not printer.jobs


@pytest.mark.clause("P1")
def test_a_folder_that_takes_nothing_is_told(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    said: list[str] = []
    page.desk.messaged.connect(lambda text, _: said.append(text))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "没有" / "表.pdf"), ""))
    page.save()
    assert said == [f"没有存成：{tmp_path / '没有'} 写不进去，请换一个文件夹。"]


@pytest.mark.clause("P1")
def test_the_recipe_is_copied_as_text(page: FormsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    class Board:
        def setText(self, text: str) -> None:
            copied.append(text)

    monkeypatch.setattr("app.ui.forms_page.QApplication.clipboard", Board)
    page.open("recipe")
    page.copy_button.click()
    assert page.recipe is not None
    assert copied == [page.recipe.text]
    assert not page.copy_button.isHidden()
    page.open("blank")
    assert page.copy_button.isHidden()


@pytest.mark.clause("P1")
def test_a_paper_form_that_came_back_is_typed_in_as_such(counter: Desk, qtbot: QtBot) -> None:
    window = MainWindow(counter)
    qtbot.addWidget(window)
    window.go("forms")
    forms = window.page()
    assert isinstance(forms, FormsPage)
    forms.type_button.click()
    wizard = window.page()
    assert isinstance(wizard, RegistrationPage)
    assert wizard.handing.channel == "paper"
    window.register()
    assert wizard.handing.channel == "counter"


def test_each_form_shows_its_own_keys(page: FormsPage) -> None:
    shown = {}
    for kind in ("blank", "fillable", "recipe"):
        page.open(kind)
        shown[kind] = [key for key, _ in FormsPage.keys(page)]
    assert shown["fillable"] == ["Ctrl+S"]
    assert "Alt+C" in shown["recipe"]
    assert "Ctrl+P" in shown["blank"]


def test_a_printer_that_refuses_is_told_in_one_sentence(page: FormsPage, qtbot: QtBot) -> None:
    said: list[str] = []
    page.desk.messaged.connect(lambda text, _: said.append(text))
    page._not_sent(OSError())
    assert said == ["打印机没有接受，请换一台，或先存成 PDF。"]
    with pytest.raises(ZeroDivisionError):
        page._not_sent(ZeroDivisionError())
    del qtbot
