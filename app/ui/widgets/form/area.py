"""Text of several lines that grows with what is typed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from app.ui import theme
from app.ui.theme import Themed


class TextArea(Themed, QPlainTextEdit):
    """Grows from `lines` to `most` lines; Enter goes on, Alt+Enter breaks the line."""

    changed = Signal()
    left = Signal()

    def __init__(self, placeholder: str = "", lines: int = 1, most: int = 6, parent: QWidget | None = None) -> None:
        """`lines` are always shown."""
        super().__init__(parent)
        self._lines, self._most, self._silent = lines, most, False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._grown)
        self.restyle()

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show a text; no signal."""
        self._silent = True
        self.setPlainText(value)
        self._silent = False

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.value()

    def set_mark(self, mark: str) -> None:
        """Border for a problem."""
        self.setProperty("state", mark)
        self.style().unpolish(self)
        self.style().polish(self)

    def restyle(self) -> None:
        """Font and height."""
        self.setFont(theme.font(14))
        self._fit()

    def break_line(self) -> None:
        """Begin a new line (Alt+Enter)."""
        self.textCursor().insertText("\n")

    def _grown(self) -> None:
        self._fit()
        if not self._silent:
            self.changed.emit()

    def _fit(self) -> None:
        needed = round(self.document().size().height())
        lines = min(max(needed, self._lines), self._most)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needed > lines else policy.ScrollBarAlwaysOff)
        height = max(theme.px(40), lines * self.fontMetrics().lineSpacing() + theme.px(20))
        if height != self.height():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Its height, and some width."""
        return QSize(theme.px(240), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person left."""
        super().focusOutEvent(event)
        self.left.emit()
