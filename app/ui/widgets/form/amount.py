"""The amount editor: fen inside, sums are computed on Enter, what is no amount is refused with its reason."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.rules import money
from app.ui import theme
from app.ui.texts import money_text, sentence
from app.ui.widgets.form.line import NO_INPUT_METHOD, LineEdit

SIZES = {"form": (14, 400, 40), "tight": (18, 500, 34), "line": (18, 500, 42), "big": (26, 700, 60)}


_SIGNS = frozenset("+-*/×÷＋－＊／−")


class AmountEdit(LineEdit):
    """An amount. `value` is fen, or None when it is empty or refused."""

    def __init__(
        self, size: str = "form", parent: QWidget | None = None, *, allow_empty: bool = True, placeholder: str = "",
    ) -> None:
        """`size` is form (40 px), tight (34 px), line (42 px) or big (60 px)."""
        self._look = SIZES[size]
        self._allow_empty = allow_empty
        self._fresh = False
        super().__init__(placeholder, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> int | None:  # type: ignore[override]
        """Fen of what is typed, computed; None when empty or no amount."""
        try:
            return money.parse_amount(self.text())
        except Refused:
            return None

    def set_value(self, value: int | None) -> None:  # type: ignore[override]
        """Show fen; None for empty. No signal."""
        self.setText("" if value is None else money_text(value))

    def reason(self) -> str:
        """Why the text is refused, as a sentence; empty when it is an amount."""
        if self.is_empty() and self._allow_empty:
            return ""
        try:
            money.parse_amount(self.text())
        except Refused as refused:
            return sentence(refused)
        return ""

    def set_size(self, size: str) -> None:
        """Another of the SIZES."""
        self._look = SIZES[size]
        self.restyle()

    def restyle(self) -> None:
        """Font and height of its size."""
        size, weight, height = self._look
        self._height = height
        super().restyle()
        self.setFont(theme.font(size, weight))

    def _room(self) -> int:
        return theme.px(2)  # amounts end at the right edge: no mark inside, border and line below say it

    def _edited(self, text: str) -> None:
        del text
        self.changed.emit()

    def enter_pressed(self) -> bool:
        """Compute a sum first; only the next Enter goes on."""
        if not self._is_sum() or self.value() is None:
            return False
        self._normalise()
        self.selectAll()
        return True

    def _is_sum(self) -> bool:
        return bool(_SIGNS & set(self.text().strip()[1:]))

    def _leave(self) -> None:
        self._normalise()
        self.left.emit()

    def _normalise(self) -> None:
        fen = self.value()
        if fen is not None and self.text() != money_text(fen):
            computed = self._is_sum()
            self.setText(money_text(fen))
            if computed:
                self.changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, however the focus came."""
        super().focusInEvent(event)
        self._fresh = event.reason() == Qt.FocusReason.MouseFocusReason
        self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The first click selects all too."""
        super().mouseReleaseEvent(event)
        if self._fresh and not self.hasSelectedText():
            self.selectAll()
        self._fresh = False
