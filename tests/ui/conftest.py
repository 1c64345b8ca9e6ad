"""Windows under test: the real process on a temporary centre; only boxes, file choosers and printers are replaced."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.ui import state, texts, theme
from app.ui.desk import Desk
from tests.conftest import Centre


@pytest.fixture(autouse=True)
def _windows(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    """Fonts, light theme and Chinese for every test, and settings of its own."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the windows of the test before
    state.use_settings(Settings(tmp_path / "settings.json"))
    theme.load_fonts("regular", "medium", "bold")
    texts.use_language("zh")
    theme.apply(qapp, "light", 100, practice=False)
    yield
    texts.use_language("zh")


@pytest.fixture
def desk(centre: Centre, qapp: QApplication) -> Iterator[Desk]:
    """The desk of the manager, who may do everything."""
    made = Desk(centre.manager, state.settings())
    yield made
    _finish(made, qapp)


@pytest.fixture
def counter(centre: Centre, qapp: QApplication) -> Iterator[Desk]:
    """The desk of the receptionist."""
    made = Desk(centre.receptionist, state.settings())
    yield made
    _finish(made, qapp)


def _finish(desk: Desk, qapp: QApplication) -> None:
    """Let work in the background come to its end while the data are still open."""
    last = time.monotonic() + 10
    while desk.busy() and time.monotonic() < last:
        qapp.processEvents()
        time.sleep(0.002)
