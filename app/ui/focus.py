"""The focus is never lost: when its widget is hidden, disabled or deleted, it stays on the page that is shown.

Qt gives the focus of a widget that goes away to whatever comes next in the window, which may be the navigation, or to
nothing at all; then no key reaches the page any more.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusKeeper(QObject):
    """Watches over a window; `page()` is what is shown in it, `home()` puts the focus on it."""

    def __init__(self, window: QWidget, page: Callable[[], QWidget | None], home: Callable[[], None]) -> None:
        """Begins at once."""
        super().__init__(window)
        self._window, self._page, self._home = window, page, home
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None or (old is not None and isValid(old) and not (old.isVisible() and old.isEnabled())):
            self._soon.start()  # whatever hides it may not be done yet

    def _look(self) -> None:
        page, now = self._page(), QApplication.focusWidget()
        elsewhere = not self._window.isActiveWindow() or QApplication.activePopupWidget() is not None
        if page is None or elsewhere or now is page or (now is not None and page.isAncestorOf(now)):
            return
        self._home()
