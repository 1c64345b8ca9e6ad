"""The recovery key as it stands on its paper: eight groups of five letters, checked group by group while typing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from app.process import recovery_key
from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.form.line import NO_INPUT_METHOD, LineEdit

WIDTH = recovery_key.GROUP + 1
COLUMNS = 4


class _Group(LineEdit):
    """One group; it goes on to the next by itself."""

    full = Signal()
    empty_left = Signal()
    pasted = Signal(str)

    def __init__(self, place: int) -> None:
        super().__init__()
        self._place_number = place
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhPreferUppercase)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setProperty("tight", True)
        self.setAccessibleName(tr("恢复密钥第 {n} 组", n=place + 1))
        self.setPlaceholderText(str(place + 1))

    def restyle(self) -> None:
        """Capitals a little apart."""
        super().restyle()
        font = theme.font(15, 500)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, theme.px(1))
        self.setFont(font)

    def _margins(self) -> None:
        self.setTextMargins(0, 0, 0, 0)

    def _room(self) -> int:
        return 1  # the mark is the border alone

    def _edited(self, text: str) -> None:
        letters = recovery_key.plain_letters(text)
        place = len(recovery_key.plain_letters(text[: self.cursorPosition()]))
        self._show(letters[:WIDTH], place)
        self.check()
        self.changed.emit()
        if len(letters) >= WIDTH and self.is_right():
            self.full.emit()

    def is_right(self) -> bool:
        """Whether its letters fit together."""
        return recovery_key.group_is_right(self._place_number, self.text())

    def check(self) -> None:
        """Red when it is full and wrong."""
        self.set_mark("problem" if len(self.text()) == WIDTH and not self.is_right() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pasting goes over all groups, or is refused; Backspace in an empty group goes back."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.empty_left.emit()
        else:
            super().keyPressEvent(event)


class KeyGroups(QWidget):
    """Editor of a whole key; the value is the groups with hyphens. `paste=False` wants it typed from the paper."""

    changed = Signal()
    left = Signal()
    paste_refused = Signal()

    def __init__(self, parent: QWidget | None = None, *, paste: bool = True) -> None:
        """Empty at first."""
        super().__init__(parent)
        self._paste = paste
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(8))
        self.groups = [_Group(place) for place in range(recovery_key.GROUPS)]
        for place, group in enumerate(self.groups):
            grid.addWidget(group, place // COLUMNS, place % COLUMNS)
            group.changed.connect(self.changed)
            group.left.connect(self._group_left)
            group.pasted.connect(self._pasted)
            group.full.connect(lambda place=place: self._go(place + 1))
            group.empty_left.connect(lambda place=place: self._go(place - 1))
        self.setFocusProxy(self.groups[0])

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.groups):
            self.groups[place].setFocus()

    def _group_left(self) -> None:
        if not any(group.hasFocus() for group in self.groups):
            self.left.emit()

    def _pasted(self, text: str) -> None:
        if not self._paste:
            self.paste_refused.emit()
            return
        self.set_value(text)
        self.changed.emit()

    def value(self) -> str:
        """The groups with hyphens; shorter while it is not complete."""
        return "-".join(group.text() for group in self.groups).strip("-")

    def set_value(self, value: str) -> None:
        """Show a key; no signal."""
        letters = recovery_key.plain_letters(value)
        for place, group in enumerate(self.groups):
            group.setText(letters[place * WIDTH : (place + 1) * WIDTH])
            group.check()

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(group.text() for group in self.groups)

    def is_complete(self) -> bool:
        """Whether every group is full and right."""
        return all(group.is_right() for group in self.groups)
