"""Modal windows: named verbs, no default button under a running scanner, Esc closes, the first field has the focus."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.basic import Text
from app.ui.widgets.button import Button
from app.ui.widgets.verb import Verb

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


def ask(parent: QWidget | None, title: str, text: str, verbs: Sequence[Verb]) -> str:
    """Ask with named verbs; gives the key of the chosen one, `""` for Esc."""
    dialog = Dialog(parent, title)
    dialog.body.addWidget(Text(text, "body", wrap=True))
    dialog.set_verbs(verbs)
    chosen = [""]

    def choose(key: str) -> None:
        chosen[0] = key
        dialog.accept()

    dialog.pressed.connect(choose)
    dialog.exec()
    return chosen[0]
