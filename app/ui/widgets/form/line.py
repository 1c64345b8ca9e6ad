"""Editors of one line: text, digits, phone, identity number; and the search box.

Every editor has `value`, `set_value` (silent), `is_empty` and the signals `changed` (each edit) and `left`.
Nothing is cut by length: Qt counts UTF-16 units and would cut rare characters in half.
"""

import re
import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import icons, theme
from app.ui.theme import Themed
from app.ui.widgets.basic import KeyCap

MARKS = {"ok": ("check-circle", "green"), "warning": ("warning", "amber"), "problem": ("warning-circle", "red")}
NO_INPUT_METHOD = (
    Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhLatinOnly
)


def folded(text: str) -> str:
    """Full-width letters and digits as half-width ones."""
    return unicodedata.normalize("NFKC", text)


def digits_of(text: str) -> str:
    """Only the ASCII digits of the folded text."""
    return re.sub(r"[^0-9]", "", folded(text))


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
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark at the right end."""
        super().paintEvent(event)
        if self._mark in MARKS and self._room() == 0:
            name, token = MARKS[self._mark]
            size = theme.px(17)
            spot = QPointF(self.width() - size - theme.px(10), (self.height() - size) / 2)
            QPainter(self).drawPixmap(spot, icons.pixmap(name, token, 17))


def phone_value(text: str) -> str:
    """Digits of a phone, or `+` and digits for a foreign one; spaces, hyphens, brackets and +86 are cleaned away."""
    kept = re.sub(r"[^0-9+]", "", folded(text))
    kept = kept[:1] + kept[1:].replace("+", "")
    for prefix in ("+86", "0086"):
        kept = kept.removeprefix(prefix)
    if re.fullmatch(r"861[3-9]\d{9}", kept):
        kept = kept[2:]
    return kept


def phone_shown(value: str) -> str:
    """A mainland mobile in groups 3-4-4, also while it is typed; others as they are."""
    if value.startswith("1") and len(value) <= 11:
        return " ".join(part for part in (value[:3], value[3:7], value[7:]) if part)
    return value


class _Grouped(LineEdit):
    """A line that is shown in groups while it is typed; the cursor stays behind the same character."""

    def _kept(self, text: str) -> str:
        raise NotImplementedError

    def _grouped(self, value: str) -> str:
        raise NotImplementedError

    def value(self) -> str:
        """The characters without the groups."""
        return self._kept(self.text())

    def set_value(self, value: str) -> None:
        """Show `value` in groups; no signal."""
        super().set_value(self._grouped(self._kept(value)))

    def _edited(self, text: str) -> None:
        before = len(self._kept(text[: self.cursorPosition()]))
        shown = self._grouped(self._kept(text))
        place = 0
        while before > 0 and place < len(shown):
            before -= shown[place] != " "
            place += 1
        self._show(shown, place)
        self.changed.emit()

    def _leave(self) -> None:
        self._show(self._grouped(self.value()), self.cursorPosition())
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace and Delete step over the blank of a group."""
        at = self.cursorPosition()
        if not self.hasSelectedText():
            if event.key() == Qt.Key.Key_Backspace and self.text()[at - 1 : at] == " ":
                self.setCursorPosition(at - 1)
            elif event.key() == Qt.Key.Key_Delete and self.text()[at : at + 1] == " ":
                self.setCursorPosition(at + 1)
        super().keyPressEvent(event)


class PhoneEdit(_Grouped):
    """A phone: mobiles are shown 3-4-4; the value is digits, or `+` and digits."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        """No input method is needed for digits."""
        super().__init__(placeholder, parent=parent)
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhDialableCharactersOnly)

    def _kept(self, text: str) -> str:
        return phone_value(text)

    def _grouped(self, value: str) -> str:
        return phone_shown(value)


class IdentityEdit(_Grouped):
    """The number of an identity document; a resident identity number is shown 6-8-4."""

    def __init__(self, kind: str = "resident_id", placeholder: str = "", parent: QWidget | None = None) -> None:
        """`kind` is one of `rules.person.IDENTITY_KINDS`."""
        super().__init__(placeholder, parent=parent)
        self._kind = kind
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhPreferUppercase)

    def set_kind(self, kind: str) -> None:
        """The person chose another document."""
        self._kind = kind
        self.set_value(self.value())

    def _kept(self, text: str) -> str:
        allowed = r"[^0-9X]" if self._kind == "resident_id" else r"[^0-9A-Z()\-\u4e00-\u9fff]"
        return re.sub(allowed, "", folded(text).upper())

    def _grouped(self, value: str) -> str:
        if self._kind == "resident_id":
            return " ".join(part for part in (value[:6], value[6:14], value[14:]) if part)
        return value


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
