"""A password: never through an input method, shown for a moment on wish, with a hint when Caps Lock seems to be on."""

import os
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import IconButton
from app.ui.widgets.form.line import LineEdit

CAPS, INPUT_METHOD = "caps", "input_method"
_CAPS_LOCK_KEY = 0x14  # VK_CAPITAL of Windows


class PasswordEdit(LineEdit):
    """`hinted(code)`: "caps", "input_method", or "" when nothing is the matter. Enter is `entered` when asked for."""

    hinted = Signal(str)
    entered = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None, *, submits: bool = False) -> None:
        """`submits`: Enter emits `entered` instead of going to the next field, as at the sign-in."""
        self.eye: IconButton | None = None
        super().__init__(placeholder, parent=parent, password=True)
        self._submits, self._hint = submits, ""
        self.eye = IconButton("eye", tr("显示密码"), self, 28)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.clicked.connect(self._show_or_hide)
        self.restyle()

    def hint(self) -> str:
        """What may be wrong with the keyboard: "caps", "input_method" or ""."""
        return self._hint

    def enter_pressed(self) -> bool:
        """Enter submits where that was asked for."""
        if self._submits:
            self.entered.emit()
        return self._submits

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Watch what the keyboard does."""
        self._watch(event)
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take nothing from an input method; say that one is on."""
        if event.preeditString() or event.commitString():
            self._say(INPUT_METHOD)
        event.accept()

    def _watch(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._say("" if self._hint == CAPS else CAPS)
            return
        text = event.text()
        if not text or not text.isprintable():
            return
        if not text.isascii():
            self._say(INPUT_METHOD)
        elif text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._say(CAPS if caps_lock(text, shifted=shifted) else "")

    def _say(self, code: str) -> None:
        if code != self._hint:
            self._hint = code
            self.hinted.emit(code)

    def _show_or_hide(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        if self.eye is not None:
            self.eye.set_icon("eye-slash" if hidden else "eye")
            self.eye.set_name(tr("隐藏密码") if hidden else tr("显示密码"))

    def value(self) -> str:
        """What was typed, blanks at its ends too."""
        return self.text()

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text()

    def _room(self) -> int:
        return theme.px(24)

    def restyle(self) -> None:
        """Room for the eye."""
        super().restyle()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the eye at the right end."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self.eye is not None:
            size = self.eye.sizeHint()
            self.eye.move(self.width() - size.width() - theme.px(6), (self.height() - size.height()) // 2)


def caps_lock(text: str, *, shifted: bool) -> bool:
    """Whether Caps Lock is on: asked of Windows; elsewhere seen from a letter that came in the wrong case."""
    state = _asked()
    return state() if state is not None else text.isupper() != shifted


def _asked() -> Callable[[], bool] | None:
    if os.name != "nt":
        return None
    import ctypes  # only there

    return lambda: bool(ctypes.windll.user32.GetKeyState(_CAPS_LOCK_KEY) & 1)  # type: ignore[attr-defined, unused-ignore]


def hint_text(code: str) -> str:
    """The words for a hint."""
    if code == CAPS:
        return tr("大写锁定已打开")
    return tr("请关掉中文输入法再输密码") if code == INPUT_METHOD else ""
