"""The amount editor: fen inside, sums are computed on Enter, what is no amount is refused with its reason."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.texts import money_text, tr
from app.ui.widgets.form.line import NO_INPUT_METHOD, LineEdit
from app.ui.widgets.form.sums import SumError, compute, is_sum, plain

SIZES = {"form": (14, 400, 40), "line": (18, 500, 42), "big": (26, 700, 60)}


def reason_text(code: str) -> str:
    """The sentence for a code of SumError."""
    return {
        "capitals": tr("请用数字输入，大写金额会自动生成"),
        "decimals": tr("最多两位小数，分是最小单位"),
        "negative": tr("金额不能是负数"),
        "too_much": tr("金额太大，请检查"),
        "no_sum": tr("不是金额，请输入数字或算式，如 1200+80"),
    }[code]


class AmountEdit(LineEdit):
    """An amount. `value` is fen, or None when it is empty or refused."""

    def __init__(
        self, size: str = "form", parent: QWidget | None = None, *, allow_empty: bool = True, placeholder: str = "",
    ) -> None:
        """`size` is form (40 px), line (42 px) or big (60 px)."""
        self._look = SIZES[size]
        self._allow_empty = allow_empty
        self._fresh = False
        super().__init__(placeholder, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> int | None:  # type: ignore[override]
        """Fen of what is typed, computed; None when empty or no amount."""
        if self.is_empty():
            return None
        try:
            return compute(self.text())
        except SumError:
            return None

    def set_value(self, value: int | None) -> None:  # type: ignore[override]
        """Show fen; None for empty. No signal."""
        self.setText("" if value is None else money_text(value))

    def reason(self) -> str:
        """Why the text is refused, as a sentence; empty when it is an amount."""
        if self.is_empty():
            return "" if self._allow_empty else tr("请输入金额")
        try:
            compute(self.text())
        except SumError as error:
            return reason_text(str(error.args[0]))
        return ""

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
        if not is_sum(self.text()) or self.reason():
            return False
        self._normalise()
        self.selectAll()
        return True

    def _leave(self) -> None:
        self._normalise()
        self.left.emit()

    def _normalise(self) -> None:
        fen = self.value()
        if fen is not None and self.text() != money_text(fen):
            computed = is_sum(plain(self.text()))
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
