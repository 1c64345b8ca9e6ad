"""The hands and eyes of the tour: keys as a person presses them, waiting, and pictures of what is on the screen."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.widgets.form.field import Field

PATIENCE = 20.0  # seconds until something must have happened
SIZE = (1440, 900)
_NO_KEY = Qt.KeyboardModifier.NoModifier


class TourError(Exception):
    """The walk cannot go on: what was expected did not happen."""


class Hands:
    """Works the windows of the program and keeps pictures of them, numbered, in a folder."""

    def __init__(self, app: QApplication, folder: Path, told: Callable[[str], object]) -> None:
        """`told` is called with the name of every file that was made."""
        self.app, self.folder, self.told = app, folder, told
        self.window: QWidget = QWidget()
        self.busy: Callable[[], bool] = lambda: False
        self.made: list[Path] = []
        self._trouble: list[BaseException] = []

    # waiting --------------------------------------------------------------------------------------------------------

    def settle(self, least: float = 0.06) -> None:
        """Let timers, threads and layouts come to rest."""
        until, last = time.monotonic() + least, time.monotonic() + PATIENCE
        while time.monotonic() < until or self.busy():
            self.app.processEvents()
            if time.monotonic() > last:
                raise TourError("the program did not come to rest")
            time.sleep(0.002)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no event loop of its own does it here

    def wait(self, what: str, done: Callable[[], bool]) -> None:
        """Wait until something is so; TourError with `what` when it does not become so."""
        last = time.monotonic() + PATIENCE
        while not done():
            self.app.processEvents()
            if time.monotonic() > last:
                raise TourError(what)
            time.sleep(0.002)
        self.settle()

    # typing ---------------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Type into what has the focus: keys, and what no key has as an input method gives it."""
        for part, plain in _runs(text):
            target = self.focus()
            if plain:
                QTest.keyClicks(target, part)
            else:
                event = QInputMethodEvent()
                event.setCommitString(part)
                self.app.sendEvent(target, event)
        self.settle(0.01)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NO_KEY) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focus(), key, modifier)
        self.settle(0.02)

    def click(self, widget: QWidget) -> None:
        """Click into the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def focus(self) -> QWidget:
        """What has the focus, else the window on top; a window that went away may have taken the focus along."""
        if self.app.activeWindow() is None:
            (self.app.activeModalWidget() or self.window).activateWindow()
            self.app.processEvents()
        return self.app.focusWidget() or self.app.activeModalWidget() or self.window

    def fill_in(self, wanted: Mapping[str, str], most: int = 40) -> None:
        """Go from field to field with Enter and type what is wanted, by the fields' names, until all is typed.

        A value in angle brackets is keys: `<Space>`. A value that begins with `=` is written over what stands there.
        """
        left = dict(wanted)
        for _ in range(most):
            if not left:
                return
            text = left.pop(self._field(), "")
            if text == "<Space>":
                self.press(Qt.Key.Key_Space)
            elif text:
                if text.startswith("="):
                    self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
                self.type(text.removeprefix("="))
            self.press(Qt.Key.Key_Return)
        raise TourError(f"these fields were not reached by Enter: {', '.join(left)}")

    def _field(self) -> str:
        widget: QWidget | None = self.focus()
        while widget is not None:
            if isinstance(widget, Field):
                return widget.key
            widget = widget.parentWidget()
        return ""

    # windows over the window ----------------------------------------------------------------------------------------

    def during(self, opens: Callable[[], object], work: Callable[[QWidget], object]) -> None:
        """Call `opens`, which shows a dialog and comes back when it is closed; `work(dialog)` is done meanwhile."""
        timer = QTimer(interval=30)
        until = time.monotonic() + PATIENCE

        def look() -> None:
            dialog = self.app.activeModalWidget()
            if dialog is None or not dialog.isVisible():
                if time.monotonic() > until:
                    timer.stop()
                    self._trouble.append(TourError("a dialog did not open"))
                return
            timer.stop()
            try:
                self.settle(0.2)
                work(dialog)
            except BaseException as error:  # noqa: BLE001 - raised again below, when the dialog is gone
                self._trouble.append(error)
            while (still := self.app.activeModalWidget()) is not None:
                still.close()

        timer.timeout.connect(look)
        timer.start()
        opens()
        timer.stop()
        if self._trouble:
            raise self._trouble.pop(0)
        self.settle()

    # pictures -------------------------------------------------------------------------------------------------------

    def picture(self, name: str) -> None:
        """Keep what is on the screen: the window with the dialog over it, if there is one; no passing message."""
        self.settle(0.15)
        toast = getattr(self.window, "toast", None)
        if toast is not None:
            toast.hide()
        picture = self.window.grab()
        dialog = self.app.activeModalWidget()
        if dialog is not None and dialog is not self.window:
            self._lay_over(picture, dialog)
        path = self.folder / f"{self._number():02d}-{name}.png"
        if not picture.save(str(path)):
            raise TourError(f"{path} cannot be written")
        self._keep(path)

    def file(self, name: str, content: bytes) -> None:
        """Keep a paper."""
        path = self.folder / name
        path.write_bytes(content)
        self._keep(path)

    def _keep(self, path: Path) -> None:
        self.made.append(path)
        self.told(path.name)

    def _number(self) -> int:
        return 1 + sum(path.suffix == ".png" for path in self.made)

    def _lay_over(self, picture: QPixmap, dialog: QWidget) -> None:
        over = dialog.grab()
        place = QPoint((self.window.width() - dialog.width()) // 2, (self.window.height() - dialog.height()) // 2)
        painter = QPainter(picture)
        painter.setOpacity(0.35)
        painter.fillRect(self.window.rect(), Qt.GlobalColor.black)
        painter.setOpacity(1)
        painter.drawPixmap(place, over)
        painter.end()


def _runs(text: str) -> list[tuple[str, bool]]:
    """Split into runs that keys can type and runs that they cannot."""
    runs: list[tuple[str, bool]] = []
    for sign in text:
        plain = sign.isascii()
        if runs and runs[-1][1] == plain:
            runs[-1] = (runs[-1][0] + sign, plain)
        else:
            runs.append((sign, plain))
    return runs
