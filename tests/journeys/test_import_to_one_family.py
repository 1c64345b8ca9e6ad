"""From the export of a form service to one family: a guardian who is known is shared by a decision, never by itself."""

from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.process import drafts, form_import, office, review
from app.rules.person import Registration
from app.settings import Settings
from app.ui import state, texts, theme
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.match_card import MatchCard
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.review.page import ReviewPage
from app.ui.sections.services import ServicesSection
from app.ui.widgets.button import Button
from app.ui.widgets.text import Text
from tests import exports
from tests.builders import a_student, opid
from tests.conftest import Centre

SERVICES = 3  # place of the step


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, centre: Centre, tmp_path: Path) -> MainWindow:
    state.use_settings(Settings(tmp_path / "settings.json"))
    theme.load_fonts("regular", "medium", "bold")
    texts.use_language("zh")
    theme.apply(qapp, "light", 100, practice=False)
    made = MainWindow(Desk(centre.manager, state.settings()))
    qtbot.addWidget(made)
    made.go("today")
    made.show()
    return made


def imported(centre: Centre, tmp_path: Path, wanted: str) -> int:
    """The application of a brother or sister that came in a file, beside a student of the same father."""
    (row,) = exports.family(Random(5), 1)
    file = tmp_path / "报名.xlsx"
    file.write_bytes(exports.workbook(exports.table("survey", [{**row, "wanted": wanted}], Random(5))))
    a_student(centre.manager, name="张子晨", guardian_name=str(row["father"]), mobile=str(row["father_phone"]))
    preview = form_import.preview(centre.receptionist, file)
    return form_import.import_rows(centre.receptionist, preview, opid=opid()).application_ids[0]


def button(widget: QWidget, text: str) -> Button:
    return next(one for one in widget.findChildren(Button) if one.text() == text)


def stored(centre: Centre, application_id: int) -> Registration:
    return review.look_at(centre.manager, application_id).registration


def shared(whole: Registration) -> list[int]:
    return [one.id for one in whole.guardians if one.id is not None]


@pytest.mark.clause("P1")
@pytest.mark.clause("P2")
def test_the_reviewer_says_that_they_are_one_family_and_fills_in_what_was_asked_for(
    window: MainWindow, centre: Centre, tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    office.change_settings(centre.manager, {"sibling_discount_percent": "10"})
    waiting = imported(centre, tmp_path, "午托+晚托")
    assert shared(stored(centre, waiting)) == []
    window.go("review", application_id=waiting)
    page = window.page()
    assert isinstance(page, ReviewPage)
    assert "午托+晚托" in [text.text() for text in page.detail.data.findChildren(Text)]
    button(page.detail.matches.findChildren(MatchCard)[0], "兄弟姐妹").click()
    assert len(shared(stored(centre, waiting))) == 1
    page.detail.edit_button.click()
    wizard = window.page()
    assert isinstance(wizard, RegistrationPage)
    wizard.go_to(SERVICES)
    section = next(one for one in wizard.steps[SERVICES].sections if isinstance(one, ServicesSection))
    assert section.wanted.text() == "家长想要：午托+晚托"
    section.wanted.buttons["propose"].click()
    services = wizard.typed().services
    assert [(line.service_name, line.unit_fen > 0) for line in services.lines] == [("午托", True), ("晚托", True)]
    assert [one.rule for one in services.discounts] == ["siblings"]
    wizard.save_now()
    kept = drafts.open_draft(centre.manager, wizard.draft_id or 0).registration
    assert (kept.services, kept.services.wanted) == (services, "午托+晚托")


@pytest.mark.clause("P1")
def test_in_the_wizard_the_strip_offers_the_family_of_an_imported_child(
    window: MainWindow, centre: Centre, tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    waiting = imported(centre, tmp_path, "晚托")
    window.go("review", application_id=waiting)
    page = window.page()
    assert isinstance(page, ReviewPage)
    page.detail.edit_button.click()
    wizard = window.page()
    assert isinstance(wizard, RegistrationPage)
    strip = next(one for one in wizard.known.strips if "family" in one.buttons)
    assert "可能是兄弟姐妹" in strip.detail()
    assert shared(wizard.typed()) == []
    strip.buttons["family"].click()
    assert len(shared(wizard.typed())) == 1
