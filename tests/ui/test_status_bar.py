"""The foot of the window leaves keys out rather than widen the window."""

from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.status_bar import StatusBar
from app.ui.widgets.pill import KeyCap

KEYS = [("F1", "Help"), ("Alt+1…5", "Methods"), ("Ins", "Add a line"), ("F9", "Take and print"), ("Esc", "Back")]


def shown(bar: StatusBar) -> int:
    return sum(not cap.isHidden() for cap in bar.findChildren(KeyCap))


def test_a_narrow_bar_shows_the_first_keys_and_all_of_them_when_wide_again(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 150, practice=False)
    window = QWidget()
    row = QHBoxLayout(window)
    bar = StatusBar()
    row.addWidget(bar)
    qtbot.addWidget(window)
    window.resize(2400, 200)
    window.show()
    bar.set_keys(KEYS)
    bar.set_backup("No backup has been made yet", well=False)
    window.resize(2400, 200)
    assert shown(bar) == len(KEYS)
    window.resize(700, 200)
    assert 0 < shown(bar) < len(KEYS)
    assert bar.minimumSizeHint().width() == 0
    window.resize(2400, 200)
    assert shown(bar) == len(KEYS)
