"""Editors of one line: text, digits; and the search box. Numbers in groups are in grouped.py.

Every editor has `value`, `set_value` (silent), `is_empty` and the signals `changed` (each edit) and `left`.
Nothing is cut by length: Qt counts UTF-16 units and would cut rare characters in half.
"""

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import icons, theme
from app.ui.theme import Themed
from app.ui.widgets.pill import KeyCap

MARKS = {"ok": ("check-circle", "green"), "warning": ("warning", "amber"), "problem": ("warning-circle", "red")}
WHOLE_HINT_UP_TO = 115  # per cent of text size: above, a search box may shorten what it says, its tooltip says all
NO_INPUT_METHOD = (
    Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhLatinOnly
)


def folded(text: str) -> str:
    """Full-width letters and digits as half-width ones."""
    return unicodedata.normalize("NFKC", text)


def digits_of(text: str) -> str:
    """Only the ASCII digits of the folded text."""
    return "".join(sign for sign in folded(text) if sign in "0123456789")


class LineEdit(Themed, QLineEdit):
    """One line of text in a box of 40 px."""

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        placeholder: str = "",
        digits: int | None = None,
        clean: Callable[[str], str] | None = None,
        parent: QWidget | None = None,
        *,
        password: bool = False,
    ) -> None:
        """`digits`: at most so many digits, nothing else; `clean` puts the text in order on leaving."""
        super().__init__(parent)
        self._digits, self._clean, self._mark, self._height = digits, clean, "", 40
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self._edited)
        if digits is not None:
            self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhDigitsOnly)
        if password:
            self._be_password()
        self.restyle()

    def _be_password(self) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(
            NO_INPUT_METHOD | Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData,
        )

    def value(self) -> str:
        """What was typed, without blanks around it, put in order."""
        text = self.text() if self.echoMode() == QLineEdit.EchoMode.Password else self.text().strip()
        return self._clean(text) if self._clean else text

    def set_value(self, value: str) -> None:
        """Show `value`; no signal."""
        self.setText(value)
        self.setCursorPosition(0)

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text().strip()

    def set_mark(self, mark: str) -> None:
        """Show `ok`, `warning` or `problem` at the right end; empty for none."""
        if mark == self._mark:
            return
        self._mark = mark
        self.setProperty("state", mark)
        self.style().unpolish(self)
        self.style().polish(self)
        self._margins()
        self.update()

    def restyle(self) -> None:
        """Font and height."""
        self.setFont(theme.font(14))
        self.setFixedHeight(theme.px(self._height))
        self._margins()

    def _margins(self) -> None:
        self.setTextMargins(0, 0, theme.px(22) if self._mark in MARKS and self._room() == 0 else self._room(), 0)

    def _room(self) -> int:
        """Room at the right end for a button of the editor itself."""
        return 0

    def _edited(self, text: str) -> None:
        if self._digits is not None:
            self._show(digits_of(text)[: self._digits], len(digits_of(text[: self.cursorPosition()])))
        self.changed.emit()

    def _show(self, text: str, cursor: int) -> None:
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(min(cursor, len(text)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put in order and tell that the person left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._leave()

    def _leave(self) -> None:
        if self._clean is not None and self._clean(self.text()) != self.text():
            self.setText(self._clean(self.text()))
        if not self.hasFocus():
            self.setCursorPosition(0)  # what is too long for the field shows its beginning
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark at the right end."""
        super().paintEvent(event)
        if self._mark in MARKS and self._room() == 0:
            name, token = MARKS[self._mark]
            size = theme.px(17)
            spot = QPointF(self.width() - size - theme.px(10), (self.height() - size) / 2)
            QPainter(self).drawPixmap(spot, icons.pixmap(name, token, 17))


class SearchBox(LineEdit):
    """Search as one types: magnifier, key cap; Esc clears, Down goes into the list, Enter opens the first hit."""

    typed = Signal(str)
    entered = Signal()
    down = Signal()

    def __init__(self, placeholder: str = "", key: str = "F3", parent: QWidget | None = None) -> None:
        """`key` is shown only; the window binds it."""
        self._cap: KeyCap | None = None
        super().__init__(placeholder, parent=parent)
        self._height = 36
        self._cap = KeyCap(key, self) if key else None
        self.setAccessibleName(placeholder)
        self.textChanged.connect(self.typed)
        self.restyle()

    def _room(self) -> int:
        return self._cap.width() if self._cap else 0

    def restyle(self) -> None:
        """Room for magnifier and cap."""
        super().restyle()
        self.setTextMargins(theme.px(22), 0, self._room(), 0)
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        wanted = words + theme.px(22) + self._room() + 2 * theme.px(16)
        self.setMinimumWidth(wanted if theme.percent() <= WHOLE_HINT_UP_TO else 0)  # what may be typed can be read
        self.setToolTip(self.placeholderText())
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cap at the right end."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self._cap is not None:
            self._cap.move(self.width() - self._cap.width() - theme.px(8), (self.height() - self._cap.height()) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the magnifier."""
        super().paintEvent(event)
        size = theme.px(17)
        spot = QRectF(theme.px(11), (self.height() - size) / 2, size, size)
        painter = QPainter(self)
        icons.paint(painter, "magnifying-glass", theme.colour("ink3"), spot)

    def enter_pressed(self) -> bool:
        """Enter belongs to the search box, not to the next field."""
        self.entered.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears (and goes on when there is nothing to clear), Down leaves for the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
