"""The Qt wheel that loses references to None and True must never come back (look.md, Facts)."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

TIMES = 4_000
NOISE = 500  # other code may gain or lose a few; the broken wheel loses one at every call


class Sender(QObject):
    said = Signal(str, bool)


def test_none_and_true_keep_their_references_over_thousands_of_calls(qtbot: QtBot) -> None:
    held = [[None] * 100_000, [True] * 100_000]  # so that the broken wheel fails this test and does not abort it
    edit, sender = QLineEdit(), Sender()
    qtbot.addWidget(edit)
    sender.said.connect(lambda text, on: None)
    edit.textChanged.connect(lambda text: None)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(TIMES):
        edit.setText(str(number))
        edit.setModified(True)
        sender.said.emit("x", True)
    assert sys.getrefcount(None) > before[0] - NOISE
    assert sys.getrefcount(True) > before[1] - NOISE
    assert held
