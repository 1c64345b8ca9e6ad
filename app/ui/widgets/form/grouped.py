"""Numbers that are shown in groups while they are typed: phones 3-4-4, resident identity numbers 6-8-4.

What a number is and how it is stored, `rules.phones` and `rules.identity` know; here is only how it is typed.
"""

import re
from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.rules import identity, normal, phones
from app.ui.widgets.form.line import NO_INPUT_METHOD, LineEdit


class _Grouped(LineEdit):
    """A line that is shown in groups while it is typed; the cursor stays behind the same character."""

    @abstractmethod
    def _shown(self, text: str) -> str:
        """How what was typed so far is shown."""

    def set_value(self, value: str) -> None:
        """Show `value` in groups; no signal."""
        super().set_value(self._shown(value))

    def _edited(self, text: str) -> None:
        behind = len(text[self.cursorPosition() :].replace(" ", ""))
        shown = self._shown(text)
        place = len(shown)
        while behind > 0 and place > 0:
            place -= 1
            behind -= shown[place] != " "
        self._show(shown, place)
        self.changed.emit()

    def _leave(self) -> None:
        self._show(self._shown(self.value()), self.cursorPosition())
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
    """A phone. Mobiles are shown 3-4-4 while typed, others when the field is left; the value is the stored form."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        """No input method is needed for digits."""
        super().__init__(placeholder, parent=parent)
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhDialableCharactersOnly)

    def value(self) -> str:
        """The number in its stored form; what is none stays as it was typed."""
        return phones.clean(self.text())

    def set_value(self, value: str) -> None:
        """Show a stored number as people write it; no signal."""
        LineEdit.set_value(self, self._written(phones.clean(value)))

    def _written(self, number: str) -> str:
        return phones.show(number) if phones.kind(number) else self._shown(number)

    def _shown(self, text: str) -> str:
        number = phones.clean(text)
        if number.startswith("1") and number.isdigit() and len(number) <= phones.MOBILE_LENGTH:
            return " ".join(part for part in (number[:3], number[3:7], number[7:]) if part)
        return normal.half_width(text)

    def _leave(self) -> None:
        self._show(self._written(self.value()), self.cursorPosition())
        self.left.emit()


class IdentityEdit(_Grouped):
    """The number of an identity document; a resident identity number is shown 6-8-4."""

    def __init__(self, kind: str = "resident_id", placeholder: str = "", parent: QWidget | None = None) -> None:
        """`kind` is one of `rules.person.IDENTITY_KINDS`."""
        super().__init__(placeholder, parent=parent)
        self._kind = kind
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhPreferUppercase)

    def set_kind(self, kind: str) -> None:
        """The person chose another document."""
        number = self.value()
        self._kind = kind
        self.set_value(number)

    def value(self) -> str:
        """The number without blanks, in capitals."""
        number = identity.clean(self.text())
        return re.sub(r"[^0-9X]", "", number) if self._kind == "resident_id" else number

    def _shown(self, text: str) -> str:
        number = identity.clean(text)
        if self._kind != "resident_id":
            return number
        number = re.sub(r"[^0-9X]", "", number)
        return " ".join(part for part in (number[:6], number[6:14], number[14:]) if part)
