"""A scanner is a keyboard: digits that come faster than fingers, and Enter. Caught wherever no field has the focus.

In a field the digits are text, and the field's own page knows what to do with them. Elsewhere they belong to the window
that has a method `scanned`; a dialog has none and is left alone, for no box may answer to a scanner by accident.
"""

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

GAP_MS = 60  # between two characters of a scanner, with room for a busy machine; a person types slower
SHORTEST = 6  # digits of the shortest code
_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Scanner:
    """Looks at the keys that go to the widget with the focus."""

    def __init__(self) -> None:
        """Nothing was scanned yet."""
        self._digits = ""
        self._last = QElapsedTimer()

    def key(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Take a key that belongs to a code; True when it is used up."""
        window = widget.window()
        focused: QWidget | None = window.focusWidget()
        if widget is not (focused if focused is not None else window):
            return False  # on its way up from the widget that did not want it
        answer = getattr(window, "scanned", None)
        if answer is None or isinstance(widget, _TYPED_INTO) or hasattr(widget, "left"):
            self._digits = ""
            return False
        quick = self._last.isValid() and self._last.elapsed() <= GAP_MS
        self._last.start()
        if event.key() in _ENTER:
            digits, self._digits = self._digits if quick else "", ""
            if len(digits) >= SHORTEST:
                answer(digits)
                return True
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not (plain and event.text().isascii() and event.text().isdigit()):
            self._digits = ""
            return False
        self._digits = self._digits + event.text() if quick else event.text()
        return len(self._digits) > 1  # the first one may be a key of the page, what follows so fast is none
