"""Text in its roles: plain, cut or drawn smaller where there is no room, and figures under a caption."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import Themed

# role: size, weight, token
ROLES: Final[dict[str, tuple[int, int, str]]] = {
    "page_title": (22, 700, "ink"),
    "dialog_title": (20, 700, "ink"),
    "card_title": (16, 700, "ink"),
    "block_title": (14, 700, "ink"),
    "body": (14, 400, "ink"),
    "name": (14, 500, "ink"),
    "strong": (14, 700, "ink"),
    "label": (13, 500, "ink"),
    "secondary": (13, 400, "ink2"),
    "caption": (12, 400, "ink3"),
    "small": (11, 400, "ink3"),
    "figure": (17, 700, "ink"),
    "amount": (26, 700, "ink"),
    "total": (38, 700, "primary"),
}


class Text(Themed, QLabel):
    """A label that shows plain text in one of the roles; what a person typed is never taken for HTML."""

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False, parent: QWidget | None = None,
    ) -> None:
        """`role` is one of ROLES, `tone` a colour token instead of the role's own."""
        super().__init__(parent)
        self._role, self._tone = role, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)
        self.restyle()

    def set_tone(self, tone: str) -> None:
        """Use another colour token; empty for the role's own."""
        self._tone = tone
        self.restyle()

    def set_role(self, role: str) -> None:
        """Use another role."""
        self._role = role
        self.restyle()

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._hold_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words elsewhere."""
        super().resizeEvent(event)
        self._hold_height()

    def _hold_height(self) -> None:
        """Wrapped words keep their lines where a window is low: what scrolls gives way."""
        if not self.wordWrap() or self.width() <= theme.px(60):
            return
        margins = self.contentsMargins()  # heightForWidth would never give less than the height held before
        box = QRect(0, 0, self.width() - margins.left() - margins.right(), 10_000)
        words = self.fontMetrics().boundingRect(box, int(Qt.TextFlag.TextWordWrap | self.alignment()), self.text())
        held = words.height() + margins.top() + margins.bottom() if self.text() else 0
        if held != self.minimumHeight():
            self.setMinimumHeight(held)

    def restyle(self) -> None:
        """Font and colour of the role."""
        size, weight, token = ROLES[self._role]
        self.setFont(theme.font(size, weight))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._tone or token))
        self.setPalette(palette)
        self._hold_height()


class ElidedText(Text):
    """A text of one line that is cut with … where there is no room; the whole stands in its tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Small, so that a row can shrink."""
        return QSize(theme.px(24), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cut text."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class FittingText(Text):
    """A figure of one line that is drawn smaller where there is no room: an amount is never cut."""

    def minimumSizeHint(self) -> QSize:
        """Two thirds of what it would like."""
        hint = super().minimumSizeHint()
        return QSize(hint.width() * 2 // 3, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in a size that fits."""
        wanted = self.fontMetrics().horizontalAdvance(self.text())
        if wanted <= self.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        font = self.font()
        font.setPixelSize(max(9, int(font.pixelSize() * self.width() / wanted)))
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), self.text())


class KeyFigure(QWidget):
    """A caption over a figure."""

    def __init__(self, caption: str, value: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        """`tone` colours the figure."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self._caption = Text(caption, "caption", "ink2")
        self._value = FittingText(value, "figure", tone)
        column.addWidget(self._caption)
        column.addWidget(self._value)

    def set_value(self, text: str, tone: str = "") -> None:
        """Show another figure."""
        self._value.setText(text)
        self._value.set_tone(tone)

    def set_caption(self, text: str) -> None:
        """Show another caption."""
        self._caption.setText(text)

    def value(self) -> str:
        """The figure as it is shown."""
        return self._value.text()
