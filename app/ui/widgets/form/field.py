"""A field: label, star, editor, and an always reserved line below for what is wrong, so that nothing jumps.

Silent while the person types the first time, shown on leaving, corrected live afterwards.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.text import Text

Check = Callable[[Any], tuple[str, str] | None]
_TONES = {"problem": "red", "warning": "amber", "ok": "green", "": "ink3"}


class ProblemLine(Text):
    """The line below a field: one is always kept free, a second one is taken only by words that need it."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__("", "caption", wrap=True)

    def sizeHint(self) -> QSize:
        """The field decides how wide it is."""
        return QSize(theme.px(24), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _hold_height(self) -> None:
        one = theme.px(18)
        box = QRect(0, 0, max(1, self.width()), 10_000)
        words = self.fontMetrics().boundingRect(box, int(Qt.TextFlag.TextWordWrap), self.text())
        second = self.width() > theme.px(60) and words.height() > self.fontMetrics().height() * 3 // 2
        wanted = one + self.fontMetrics().lineSpacing() if second else one
        if wanted != self.minimumHeight():
            self.setFixedHeight(wanted)


class Field(Themed, QWidget):
    """Label, editor and problem line. `key` is free for the page."""

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        label: str,
        editor: QWidget,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
        *,
        compact: bool = False,
        key: str = "",
    ) -> None:
        """`hint` stands in the line below while there is no problem; `compact` leaves label and line out."""
        super().__init__(parent)
        self.editor: Any = editor
        self.key, self._hint, self._state, self._visited = key, hint, "", False
        self._check: Check | None = None
        self._label_text, self._required, self._compact = label, required, compact
        self._build(label, compact=compact)
        self.set_label(label)
        self.set_required(required)
        self._say("", hint)
        made: Any = editor
        made.changed.connect(self._on_changed)
        made.left.connect(self._on_left)

    def _build(self, label: str, *, compact: bool) -> None:
        self.label = Text(label, "label")
        self._star = Text("*", "label", "red")
        self._line = ProblemLine()
        self.label.setBuddy(self.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self.label)
        row.addWidget(self._star)
        row.addStretch(1)
        column.addWidget(self._head)
        column.addSpacing(theme.px(4))
        column.addWidget(self.editor)
        column.addSpacing(theme.px(4))
        column.addWidget(self._line)
        for widget in (self._head, self._line):
            widget.setVisible(not compact)
        self.setFocusProxy(self.editor)
        wraps = self.editor.sizePolicy().hasHeightForWidth()  # a row of pills takes the lines that it needs
        down = QSizePolicy.Policy.Minimum if wraps else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, down)
        self.restyle()

    def restyle(self) -> None:
        """Heights of label and line."""
        self._head.setFixedHeight(theme.px(20))
        self._line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._line_font()

    def _line_font(self) -> None:
        self._line.setFont(theme.font(12, 500 if self._state in {"problem", "warning"} else 400))

    @property
    def required(self) -> bool:
        """Whether it has the star."""
        return self._required

    @property
    def state(self) -> str:
        """`problem`, `warning`, `ok` or empty."""
        return self._state

    def message(self) -> str:
        """What the line below says."""
        return self._line.text()

    def value(self) -> Any:  # noqa: ANN401 - the editor's own kind
        """Value of the editor."""
        return self.editor.value()

    def set_value(self, value: Any) -> None:  # noqa: ANN401 - the editor's own kind
        """Show a value; no signal; what was said about the old one goes."""
        self.editor.set_value(value)
        if self._visited:
            self.check_now()
        else:
            self.clear()

    def set_label(self, text: str) -> None:
        """Another label; it is also the accessible name of the editor."""
        self._label_text = text
        self.label.setText(text)
        self.editor.setAccessibleName(text)

    def set_required(self, required: bool) -> None:
        """With or without the star."""
        self._required = required
        self._star.setVisible(required)

    def set_check(self, check: Check | None) -> None:
        """`check(value)` gives ("problem" or "warning" or "ok", text), or None when there is nothing to say."""
        self._check = check

    def set_visited(self, visited: bool) -> None:
        """Whether problems are shown while typing."""
        self._visited = visited

    def check_now(self) -> str:
        """Run the check and show what it says; gives the state."""
        refused = str(getattr(self.editor, "reason", str)())
        found = ("problem", refused) if refused else self._check(self.value()) if self._check else None
        if found is None:
            self.clear()
        else:
            self._say(*found)
        return self._state

    def problem(self, text: str) -> None:
        """Show what is wrong: red border and text."""
        self._visited = True
        self._say("problem", text)

    def warning(self, text: str) -> None:
        """Show what is doubtful."""
        self._say("warning", text)

    def ok(self, text: str = "") -> None:
        """Show that it was checked and is right."""
        self._say("ok", text)

    def note(self, text: str) -> None:
        """Show a plain note below."""
        self._hint = text
        if self._state in {"", "ok"}:
            self._say(self._state, text)

    def clear(self) -> None:
        """Say nothing."""
        self._say("", self._hint)

    def _say(self, state: str, text: str) -> None:
        self._state = state
        self._line.set_tone(_TONES[state])
        self._line_font()
        self._line.setText(text or (self._hint if state == "ok" else ""))
        self.editor.setAccessibleDescription(text)
        mark = getattr(self.editor, "set_mark", None)
        if mark is not None:
            mark(state)

    def _on_changed(self) -> None:
        if self._visited:
            self.check_now()
        elif self._state:
            self.clear()
        self.changed.emit()

    def _on_left(self) -> None:
        if self._check is not None or getattr(self.editor, "reason", str)():
            self._visited = self._visited or not self.editor.is_empty() or self._required
            if self._visited:
                self.check_now()
        self.left.emit()
