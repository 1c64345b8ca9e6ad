"""The rail of steps at the left of an assistant: done, here, to come; visited steps can be clicked."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.texts import tr
from app.ui.theme import Themed
from app.ui.widgets.button import focus_ring

CIRCLE, PITCH = 30, 62


class Step(Themed, QAbstractButton):
    """One step. `state`: "todo", "now", "done" or "open" (visited, something is missing)."""

    def __init__(self, number: int, title: str, last: bool, parent: QWidget | None = None) -> None:
        """`last` draws no line to the next."""
        super().__init__(parent)
        self.number, self.title, self._last = number, title, last
        self._state, self._detail = "todo", ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()
        self.set_state("todo")

    def set_state(self, state: str, detail: str = "") -> None:
        """Show how far it is, with a few words below the title."""
        self._state, self._detail = state, detail
        self.setEnabled(state != "todo")
        cursor = Qt.CursorShape.PointingHandCursor if state in {"done", "open"} else Qt.CursorShape.ArrowCursor
        self.setCursor(cursor)
        words = {"todo": tr("未到"), "now": tr("现在"), "done": tr("已完成"), "open": tr("还有未填")}
        self.setAccessibleName(f"{self.number} {self.title} {words[state]} {detail}".strip())
        self.update()

    def state(self) -> str:
        """How far it is."""
        return self._state

    def restyle(self) -> None:
        """Height by the text size."""
        self.setFixedHeight(theme.px(PITCH))

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(theme.px(190), theme.px(PITCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle, title and line."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(CIRCLE)
        circle = QRectF(1, 1, size - 2, size - 2)
        self._paint_circle(painter, circle)
        if not self._last:
            reached = self._state == "done"
            painter.setPen(QPen(theme.colour("primary" if reached else "line"), 2))
            middle = circle.center().x()
            painter.drawLine(QPointF(middle, size + 3), QPointF(middle, self.height() - 4))
        self._paint_words(painter, size)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(0, 0, 0, -theme.px(14)), theme.px(8))

    def _paint_circle(self, painter: QPainter, circle: QRectF) -> None:
        filled = self._state in {"now", "done"}
        line = theme.colour("primary" if filled else "amber" if self._state == "open" else "ink3")
        painter.setPen(QPen(line, 1.5))
        painter.setBrush(theme.colour("primary") if filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if self._state == "done":
            inner = circle.adjusted(*([theme.px(6)] * 2), *([-theme.px(6)] * 2))
            icons.paint(painter, "check", theme.colour("on_primary"), inner)
            icons.paint(painter, "check", theme.colour("on_primary"), inner.translated(0.5, 0))
            return
        painter.setPen(theme.colour("on_primary") if filled else line)
        painter.setFont(theme.font(14, 700))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def _paint_words(self, painter: QPainter, size: int) -> None:
        left = size + theme.px(12)
        room = self.width() - left
        now = self._state == "now"
        painter.setFont(theme.font(14, 700 if now else 500))
        painter.setPen(theme.colour("ink" if self._state != "todo" else "ink2"))
        height = theme.px(20)
        top = 0 if self._detail else (size - height) / 2
        title = painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, top, room, height), Qt.AlignmentFlag.AlignVCenter, title)
        if self._detail:
            painter.setFont(theme.font(12))
            painter.setPen(theme.colour("amber" if self._state == "open" else "ink3"))
            detail = painter.fontMetrics().elidedText(self._detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(left, height, room, theme.px(18)), Qt.AlignmentFlag.AlignVCenter, detail)


class StepRail(Themed, QWidget):
    """`chosen(place)` when a visited step was clicked; places count from 0."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        """`titles` in order; widgets may be added to `head` above and `foot` below."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self.head = QVBoxLayout()
        self.head.setSpacing(theme.px(4))
        self._column.addLayout(self.head)
        self._column.addSpacing(theme.px(12))
        self.steps: list[Step] = []
        for place, title in enumerate(titles):
            step = Step(place + 1, title, last=place == len(titles) - 1)
            step.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
            self.steps.append(step)
            self._column.addWidget(step)
        self._column.addStretch(1)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(theme.px(6))
        self._column.addLayout(self.foot)
        self.restyle()

    def restyle(self) -> None:
        """Width and margins by the text size."""
        self.setFixedWidth(theme.wide(236))
        self._column.setContentsMargins(theme.px(22), theme.px(24), theme.px(18), theme.px(18))
        self._column.setSpacing(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the side and its edge."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("side"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
