"""Modal windows: named verbs, no default button under a running scanner, Esc closes, the first field has the focus."""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.button import Button
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb

QUIET_MS = 300  # a scanner sends its Enter sooner after its last digit; a person needs longer to read a question
BY_TAB = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)


class Dialog(Themed, QDialog):
    """Title, `body`, and verbs at the foot; `pressed(key)` when one is chosen."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None, title: str, width: int = 520) -> None:
        """`width` in design pixels."""
        super().__init__(parent)
        self._width = width
        self.setWindowTitle(title)
        self.setModal(True)
        self._column = QVBoxLayout(self)
        self.title = Text(title, "dialog_title", wrap=True)
        self._column.addWidget(self.title)
        self.body = QVBoxLayout()
        self._column.addLayout(self.body, 1)
        self._foot = QHBoxLayout()
        self._column.addLayout(self._foot)
        self.buttons: dict[str, Button] = {}
        self.restyle()

    def set_verbs(self, verbs: Sequence[Verb]) -> None:
        """Show these verbs from left to right, at the right end of the foot."""
        while (item := self._foot.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # out of the layout it would stand in the corner until it is gone
                widget.deleteLater()
        self._foot.addStretch(1)
        self.buttons = {}
        for verb in verbs:
            escape = verb.shortcut in {"Esc", "Escape"}  # the dialog itself answers Esc
            button = Button(verb.text, verb.kind, verb.shortcut, bind=not escape)
            button.clicked.connect(lambda _=False, key=verb.key: self.pressed.emit(key))
            self.buttons[verb.key] = button
            self._foot.addWidget(button)

    def restyle(self) -> None:
        """Sizes by the text size."""
        pad = theme.px(24)
        self._column.setContentsMargins(pad, pad, pad, theme.px(20))
        self._column.setSpacing(theme.px(16))
        self.body.setSpacing(theme.px(10))
        self._foot.setSpacing(theme.px(10))
        self.setMinimumWidth(theme.wide(self._width))

    def keep_low(self) -> None:
        """Never be higher than the window below, so that the verbs stay on the screen: the middle must scroll."""
        below = self.parentWidget()
        if below is not None:
            self.setMaximumHeight(below.window().height() - theme.px(16))

    def done(self, result: int) -> None:
        """Closed: the window below goes on where it was, also where no window manager sees to that."""
        super().done(result)
        below = self.parentWidget()
        if below is not None:
            below.window().activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        """The first field has the focus, never a button."""
        super().showEvent(event)
        if self._column.hasHeightForWidth():  # wrapped words need more than the size that Qt proposes
            self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))
        focused: QWidget | None = self.focusWidget()
        if focused is not None and not isinstance(focused, QAbstractButton):
            return
        for child in self.findChildren(QWidget):
            reached = child.isVisibleTo(self) and child.isEnabled() and child.focusPolicy() in BY_TAB
            if reached and not isinstance(child, QAbstractButton):
                child.setFocus()
                return
        self.setFocus()


class Question(Dialog):
    """A question with named verbs. Enter takes the one with the focus, else the primary one; a scanner's never."""

    def __init__(self, parent: QWidget | None, title: str, text: str, verbs: Sequence[Verb]) -> None:
        """`chosen` is the key of the verb, `""` until one is taken."""
        super().__init__(parent, title)
        self.chosen = ""
        self._quiet = QElapsedTimer()  # since the box came, or since the last character was typed into it
        self._primary = next((verb.key for verb in verbs if verb.kind == "primary"), "")
        self.body.addWidget(Text(text, "body", wrap=True))
        self.set_verbs(verbs)
        self.pressed.connect(self._choose)

    def _choose(self, key: str) -> None:
        self.chosen = key
        self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """From here on Enter is awaited."""
        super().showEvent(event)
        self._quiet.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers; other characters are those of a scanner."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.text():
                self._quiet.start()
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat() or self._quiet.elapsed() < QUIET_MS:
            return
        button = next((key for key, one in self.buttons.items() if one.hasFocus()), self._primary)
        if button:
            self._choose(button)


def ask(parent: QWidget | None, title: str, text: str, verbs: Sequence[Verb]) -> str:
    """Ask with named verbs; gives the key of the chosen one, `""` for Esc."""
    dialog = Question(parent, title, text, verbs)
    dialog.exec()
    return dialog.chosen
