"""The texts of the centre in the settings: read, changed with the paper beside, older versions kept."""

import pytest
from pytestqt.qtbot import QtBot

from app.process import wordings
from app.ui.desk import Desk
from app.ui.settings_page.page import SettingsPage
from app.ui.settings_page.texts import TextsSection, WordingDialog
from tests.conftest import Centre

PHOTOS = "同意把{centre}活动的照片用于班级群和门口的展板。"


def dialog(qtbot: QtBot, desk: Desk, name: str = "photos") -> WordingDialog:
    made = WordingDialog(desk, wordings.versions(desk.actor, name))
    qtbot.addWidget(made)
    return made


@pytest.mark.clause("P1")
def test_the_settings_list_every_text_with_the_version_that_holds(qtbot: QtBot, desk: Desk) -> None:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.open("texts")
    section = page.section("texts")
    assert isinstance(section, TextsSection)
    assert {text.text() for text in section.facts.values()} == {"第 1 版　随程序提供"}
    wordings.save(desk.actor, "photos", "照片", PHOTOS, 1)
    page.refresh()
    assert section.facts["photos"].text() == "第 2 版　2026-09-12　王丽华"


@pytest.mark.clause("P1")
def test_a_text_is_written_anew_and_seen_as_it_will_print(qtbot: QtBot, desk: Desk) -> None:
    made = dialog(qtbot, desk)
    assert len(made.preview.pages) == 1
    before = made.preview._content
    made.text.set_value(PHOTOS)
    made.draw()
    assert made.preview._content != before
    made.buttons["save"].click()
    assert made.result() == WordingDialog.DialogCode.Accepted
    assert wordings.versions(desk.actor, "photos")[0].text == PHOTOS


@pytest.mark.clause("P1")
def test_an_older_version_is_only_read(qtbot: QtBot, desk: Desk) -> None:
    wordings.save(desk.actor, "photos", "照片", PHOTOS, 1)
    made = dialog(qtbot, desk)
    made.version.set_value(1)
    made.version.changed.emit()
    assert "不作其他用途" in made.text.value()
    assert made.text.editor.isReadOnly()
    assert list(made.buttons) == ["close"]
    made.version.set_value(2)
    made.version.changed.emit()
    assert (made.text.value(), made.text.editor.isReadOnly()) == (PHOTOS, False)


@pytest.mark.clause("P1")
def test_what_is_wrong_is_said_beside_the_text_and_nothing_is_saved(qtbot: QtBot, desk: Desk) -> None:
    made = dialog(qtbot, desk)
    made.text.set_value("同意{center}使用")
    made.buttons["save"].click()
    assert "不认识 {center}" in made.strip.text()
    assert wordings.latest("photos") == 1


@pytest.mark.clause("P1")
def test_what_was_typed_and_not_saved_is_there_the_next_time(qtbot: QtBot, desk: Desk) -> None:
    made = dialog(qtbot, desk)
    made.text.set_value(PHOTOS)
    made.reject()
    again = dialog(qtbot, desk)
    assert again.text.value() == PHOTOS
    assert "上次没有保存" in again.strip.text()
    again.buttons["save"].click()
    assert "不作其他用途" not in dialog(qtbot, desk).text.value()
    assert not dialog(qtbot, desk).strip.text()


@pytest.mark.clause("P13")
def test_texts_are_shown_to_the_manager_alone(qtbot: QtBot, centre: Centre) -> None:
    page = SettingsPage(Desk(centre.receptionist))
    qtbot.addWidget(page)
    page.open("texts")
    assert page.current != "texts"
