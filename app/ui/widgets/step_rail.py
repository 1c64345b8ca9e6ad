"""The rail of steps at the left of an assistant: done, here, to come; visited steps can be clicked."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.texts import tr
from app.ui.theme import Themed
from app.ui.widgets.button import focus_ring

WIDTH = 236
WIDTH_COMPACT = 66  # circles only, where the page is narrow for its text size


class StepItem(Themed, QAbstractButton):
    """One step: a circle with tick or number, the title, a fact below."""

    def __init__(self, number: int, title: str, *, last: bool, focus: bool) -> None:
        """`last` draws no line to a next step; `focus`: Tab reaches it."""
        super().__init__()
        self.title, self._number, self._last = title, number, last
        self._fact, self._done, self._wrong, self._doubts = "", False, 0, 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if focus else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{number} {title}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_state(
        self, *, current: bool, done: bool, reachable: bool, wrong: int = 0, doubts: int = 0, fact: str = "",
    ) -> None:  # fmt: skip
        """How far the step is; of a step that was left, `wrong` is to be corrected, `doubts` to be looked at."""
        self._fact, self._done, self._wrong, self._doubts = fact, done, wrong, doubts
        self.setChecked(current)
        self.setEnabled(reachable or current)
        told = tr("完成") if done and not doubts else self._told()
        self.setAccessibleDescription("　".join(filter(None, (told, fact))))
        self.update()

    def is_done(self) -> bool:
        """Whether it bears a tick."""
        return self._done

    def _told(self) -> str:
        if self._wrong:
            return tr("{n} 项待更正", n=self._wrong)
        return tr("{n} 处要看一下", n=self._doubts) if self._doubts else ""

    def _tone(self) -> str:
        """Colour of a step that wants something; empty for one that does not, and for the one that is shown."""
        if self.isChecked():
            return ""
        return "red" if self._wrong else "amber" if self._doubts else ""

    def restyle(self) -> None:
        """Height by the text size."""
        self.setFixedHeight(theme.px(62))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(30)
        circle = QRectF(0.5, theme.px(4), size, size)
        tone = self._tone()
        filled = not tone and (self.isChecked() or self._done)
        painter.setPen(QPen(theme.colour("primary" if filled else tone or "tick"), 1.5))
        painter.setBrush(theme.colour("primary" if filled else f"{tone}_tint" if tone else "side"))
        painter.drawEllipse(circle)
        if self._done and not self.isChecked():
            icons.paint(painter, "check", theme.colour(tone or "on_primary"), circle.adjusted(7, 7, -7, -7))
        else:
            painter.setPen(theme.colour("on_primary" if filled else tone or "ink3"))
            painter.setFont(theme.font(14, theme.BOLD))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if not self._last:
            painter.setPen(QPen(theme.colour("primary" if self._done else "line"), 2))
            middle = circle.center().x()
            painter.drawLine(int(middle), int(circle.bottom() + 4), int(middle), self.height())
        if self.width() > 2 * size:
            self._paint_words(painter, size + theme.px(12))
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), theme.px(6))

    def _paint_words(self, painter: QPainter, left: float) -> None:
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink2"))
        painter.setFont(theme.font(14, theme.BOLD if self.isChecked() else theme.REGULAR))
        top = QRectF(left, theme.px(2), self.width() - left, theme.px(20))
        title = painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, int(top.width()))
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, title)
        tone = self._tone()
        painter.setPen(theme.colour(tone or "ink2"))
        painter.setFont(theme.font(12))
        below = QRectF(left, theme.px(21), self.width() - left, theme.px(18))
        words = self._told() if tone else self._fact
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(below.width()))
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)


class StepRail(Themed, QWidget):
    """`chosen(place)` when a step was clicked; places count from 0. Put more into `head` above and `foot` below."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], *, focus: bool) -> None:
        """One item per title; `focus`: Tab reaches them."""
        super().__init__()
        self._compact = False
        self._column = QVBoxLayout(self)
        self.head, self.foot = QVBoxLayout(), QVBoxLayout()
        self._column.addLayout(self.head)
        self._column.addSpacing(theme.px(10))
        last = len(titles) - 1
        self.items = [StepItem(at + 1, title, last=at == last, focus=focus) for at, title in enumerate(titles)]
        for place, item in enumerate(self.items):
            item.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
            self._column.addWidget(item)
        self._column.addStretch(1)
        self._column.addLayout(self.foot)
        StepRail.restyle(self)

    def set_compact(self, compact: bool) -> None:
        """Only the circles; what else the rail says is in tooltips."""
        if compact != self._compact:
            self._compact = compact
            self.restyle()

    def restyle(self) -> None:
        """Width and margins by the text size."""
        self.setFixedWidth(theme.px(WIDTH_COMPACT) if self._compact else theme.wide(WIDTH))
        for item in self.items:
            item.setToolTip(item.accessibleName() if self._compact else "")
        side = theme.px(18 if self._compact else 22)
        self._column.setContentsMargins(side, theme.px(24), theme.px(0 if self._compact else 18), theme.px(16))
        for layout in (self._column, self.head, self.foot):
            layout.setSpacing(theme.px(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the side and its edge."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("side"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
