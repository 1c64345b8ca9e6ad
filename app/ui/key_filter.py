"""One event filter for the whole program: Enter goes from field to field; the wheel turns no field without the focus.

Without it, Enter in a field (a scanner sends one after every code) would press a button of the window, and a page that
is scrolled with the wheel would change a choice under the pointer.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QSlider, QWidget

from app.ui.scanner import Scanner

_KEY_PRESS, _WHEEL, _POLISH = QEvent.Type.KeyPress, QEvent.Type.Wheel, QEvent.Type.Polish
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TURNED = (QComboBox, QAbstractSpinBox, QSlider)  # what a wheel would change
_BY_TAB = Qt.FocusPolicy.TabFocus
PASSED_BY = "passedByEnter"  # property of a choice that is usually right as it stands: Tab reaches it, Enter passes by


class KeyFilter(QObject):
    """Installed once on the QApplication.

    A field that wants Enter for itself has a method `enter_pressed`; it answers True when Enter is used up.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Watches from the moment it is installed."""
        super().__init__(parent)
        self._scanner = Scanner()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at keys and wheels; every other event goes by at once."""
        kind = event.type()
        if kind == _KEY_PRESS:
            return self._key(watched, event)  # type: ignore[arg-type]
        if kind == _WHEEL:
            return self._wheel(watched, event)
        if kind == _POLISH and isinstance(watched, _TURNED) and watched.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the wheel itself would give it the focus
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if not isinstance(watched, QWidget):
            return False
        if self._scanner.key(watched, event):
            return True
        if event.key() not in _ENTER or not is_field(watched):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier and hasattr(watched, "break_line"):
            watched.break_line()
            return True
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        back = modifiers == Qt.KeyboardModifier.ShiftModifier
        if not event.isAutoRepeat():
            self._enter(watched, back=back)
        return True

    def _enter(self, field: QWidget, *, back: bool) -> None:
        own = getattr(field, "enter_pressed", None)
        if own is not None and not back and own():
            return
        target = next_field(field, back=back)
        if target is not None:
            reason = Qt.FocusReason.BacktabFocusReason if back else Qt.FocusReason.TabFocusReason
            target.setFocus(reason)

    def _wheel(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, _TURNED) and not watched.hasFocus():
            event.ignore()  # so that the page below the field scrolls
            return True
        return False


def is_field(widget: QWidget) -> bool:
    """Whether a person fills it in: our editors of one line, and choices; no lists, tables or buttons.

    In Qt's own file dialog Enter saves or opens, as everywhere.
    """
    if isinstance(widget.window(), QFileDialog):
        return False
    if isinstance(widget, QPlainTextEdit):
        return hasattr(widget, "break_line")
    return isinstance(widget, QLineEdit | QComboBox) or (hasattr(widget, "left") and hasattr(widget, "set_value"))


def next_field(field: QWidget, *, back: bool = False) -> QWidget | None:
    """The field after (or before) this one in its window; behind the last one, whatever the Tab key reaches."""
    after = list(_reached(field, back=back))
    fields = [widget for widget in after if is_field(widget) and not widget.property(PASSED_BY)]
    if fields:
        return fields[0]
    return after[0] if after and not back else None


def first_reached(inside: QWidget) -> QWidget | None:
    """The first thing inside a page that the Tab key reaches."""
    return next((widget for widget in _chain(inside.window()) if inside.isAncestorOf(widget)), None)


def _reached(field: QWidget, *, back: bool) -> Iterator[QWidget]:
    """What Tab reaches from here to the end of the window, in its order."""
    order = _chain(field.window())
    if field not in order:
        return
    place = order.index(field)
    yield from (reversed(order[:place]) if back else order[place + 1 :])


def _chain(window: QWidget) -> list[QWidget]:
    """Everything in the window that Tab reaches, from its beginning."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window and len(found) < 5000:
        if (
            widget.focusPolicy() & _BY_TAB
            and widget.focusProxy() is None
            and widget.isEnabled()
            and widget.isVisible()
            and widget.window() is window
        ):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found

