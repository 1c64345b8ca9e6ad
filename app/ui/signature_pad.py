"""The pad for a signature: drawn with mouse, pen or finger, as smooth lines; what was drawn can be taken back.

A tablet and a touch screen send events of their own, more of them and finer than those of a mouse; they are taken
first, so that Qt does not send the same line as a mouse a second time.
"""

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from app.rules import strokes as rules
from app.rules.strokes import Point, Strokes
from app.ui import theme
from app.ui.texts import tr
from app.ui.theme import Themed
from app.ui.widgets.button import focus_ring
from app.ui.widgets.card import rounded

CLOSE = 12  # ten-thousandths of the width: nearer points say nothing new
PEN = 2.6  # design pixels
_LEFT = Qt.MouseButton.LeftButton


class SignaturePad(Themed, QWidget):
    """`changed` after every stroke, and when something was taken back."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._done: list[tuple[Point, ...]] = []
        self._now: list[Point] = []
        self._drawing = False
        self._time = QElapsedTimer()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("签字框"))
        self.restyle()

    def strokes(self) -> Strokes:
        """What is drawn."""
        return tuple(self._done)

    def set_strokes(self, strokes: Strokes) -> None:
        """Show what was drawn before; no signal."""
        self._done, self._now = list(strokes), []
        self._time.invalidate()
        self.update()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._done:
            self._done.pop()
            self._tell()

    def clear(self) -> None:
        """Begin anew."""
        if self._done:
            self._done.clear()
            self._time.invalidate()
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # drawing ----------------------------------------------------------------------------------------------------------

    def _begin(self, spot: QPointF) -> None:
        if not self._time.isValid():
            self._time.start()
        self._drawing, self._now = True, []
        self._go_on(spot)

    def _go_on(self, spot: QPointF) -> None:
        if not self._drawing:
            return
        x, y = (min(max(round(part / self.width() * rules.SIDE), 0), rules.SIDE) for part in (spot.x(), spot.y()))
        last = self._now[-1] if self._now else None
        if last is not None and abs(last[0] - x) + abs(last[1] - y) < CLOSE:
            return
        earlier = last or (self._done[-1][-1] if self._done else (0, 0, 0))
        self._now.append((x, y, max(self._time.elapsed(), earlier[2])))
        self.update()

    def _end(self) -> None:
        if self._drawing and self._now:
            self._done.append(tuple(self._now))
        self._drawing, self._now = False, []
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button writes."""
        if event.button() == _LEFT:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & _LEFT:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == _LEFT and self._drawing:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: accepted, or Qt would send it as a mouse too."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QEvent.Type.TabletMove:
            self._go_on(event.position())
        elif kind == QEvent.Type.TabletRelease and self._drawing:
            self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """A finger: the first one writes."""
        if isinstance(event, QTouchEvent) and event.points():
            spot = event.points()[0].position()
            kind = event.type()
            if kind == QEvent.Type.TouchBegin:
                self._begin(spot)
            elif kind == QEvent.Type.TouchUpdate:
                self._go_on(spot)
            elif self._drawing:
                self._end()
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z and the backspace key take the last stroke back."""
        if event.matches(QKeySequence.StandardKey.Undo) or event.key() == Qt.Key.Key_Backspace:
            self.undo()
            return
        super().keyPressEvent(event)

    # showing ----------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        rounded(painter, box, theme.px(12), theme.colour("surface"), theme.colour("line"))
        base = box.height() * 0.78
        painter.setPen(QPen(theme.colour("line"), theme.px(1)))
        painter.drawLine(QPointF(theme.px(28), base), QPointF(box.width() - theme.px(28), base))
        if not (self._done or self._now):
            painter.setPen(theme.colour("ink3"))
            painter.setFont(theme.font(14))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("请家长用笔、手指或鼠标在这里签名"))
        pen = QPen(theme.colour("ink"), theme.px(PEN))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in (*self._done, tuple(self._now)):
            if stroke:
                painter.drawPath(self._path(stroke))
        if self.hasFocus():
            focus_ring(painter, box, theme.px(12))

    def _path(self, stroke: tuple[Point, ...]) -> QPainterPath:
        scale = self.width() / rules.SIDE
        spots = [(x * scale, y * scale) for x, y, _ in stroke]
        path = QPainterPath(QPointF(*spots[0]))
        for one, other, end in rules.curves(spots):
            path.cubicTo(QPointF(*one), QPointF(*other), QPointF(*end))
        if len(spots) == 1:
            path.lineTo(spots[0][0] + 0.1, spots[0][1])
        return path

    def sizeHint(self) -> QSize:
        """Three times as wide as high."""
        return QSize(theme.px(600), theme.px(200))

    def restyle(self) -> None:
        """Room for a hand, whatever the size of the window."""
        self.setMinimumSize(theme.px(320), theme.px(120))
