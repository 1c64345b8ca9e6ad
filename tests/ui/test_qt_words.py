"""Qt's own dialogs speak the language of the windows."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication, QCalendarWidget, QComboBox, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui import qt_words, texts

ENGLISH = re.compile("[A-Za-z]{3}")


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    yield
    texts.use_language("en")
    qt_words.use(qapp)
    texts.use_language("zh")


@pytest.mark.parametrize("mode", [QFileDialog.FileMode.ExistingFile, QFileDialog.FileMode.Directory])
def test_a_file_dialog_has_no_english_left(qtbot: QtBot, qapp: QApplication, mode: QFileDialog.FileMode) -> None:
    texts.use_language("zh")
    qt_words.use(qapp)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    qtbot.addWidget(dialog)
    dialog.show()
    words = [label.text() for label in dialog.findChildren(QLabel)]
    others = (one for one in dialog.findChildren(QObject) if not isinstance(one, QLineEdit | QComboBox))
    words += [str(one.property("text") or "") for one in others]
    assert [word for word in words if ENGLISH.search(re.sub(r"\(&?\w\)|\\t.*|^/.*", "", word))] == []


def test_a_calendar_names_its_months_in_the_language_of_the_windows(qtbot: QtBot, qapp: QApplication) -> None:
    for language, word in (("zh", "十一月"), ("en", "November")):
        texts.use_language(language)
        qt_words.use(qapp)
        calendar = QCalendarWidget()
        qtbot.addWidget(calendar)
        assert calendar.locale().monthName(11) == word


def test_words_that_nobody_knows_stay_english(qapp: QApplication) -> None:
    texts.use_language("zh")
    qt_words.use(qapp)
    assert QCoreApplication.translate("QFileDialog", "Files of &type:") == "文件类型(&T)："
    assert QCoreApplication.translate("Nowhere", "never heard of") == "never heard of"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
