"""The verbs of a card that may be taller than the window: always in view while a part of the card is."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.card import Card

HIGH = 52  # design pixels


class StickyFoot(Themed, QWidget):
    """Lies at the foot of `card`, or at the lower edge of the area that scrolls, where that foot is below it."""

    def __init__(self, card: Card) -> None:
        """Takes the place at the end of the card's layout; `row` takes the verbs."""
        super().__init__(card)
        self._card = card
        self._area: QScrollArea | None = None
        self._room = QWidget()  # keeps the place in the layout
        card.body.addWidget(self._room)
        self.row = QHBoxLayout(self)
        self._room.installEventFilter(self)
        self.restyle()
        self.set_shown(on=False)

    def set_shown(self, *, on: bool) -> None:
        """Show or hide the verbs, and their place with them."""
        self._room.setVisible(on)
        self.setVisible(on)
        if on:
            self._watch()
            self._place()

    def restyle(self) -> None:
        """Height by the text size."""
        self._room.setFixedHeight(theme.px(HIGH))
        self.setFixedHeight(theme.px(HIGH))
        self.row.setContentsMargins(0, theme.px(8), 0, theme.px(8))

    def _watch(self) -> None:
        """Find the area that scrolls, once the card stands in one."""
        above = self._card.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is None or self._area is not None:
            return
        self._area = above
        above.verticalScrollBar().valueChanged.connect(self._place)
        above.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window or the card has another size."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self.isHidden():
            return
        box = self._room.geometry()
        if self._area is not None:
            viewport = self._area.viewport()
            lowest = self._card.mapFrom(self._area, viewport.geometry().bottomLeft()).y() - self.height() + 1
            box.moveTop(max(0, min(box.top(), lowest)))
        self.setGeometry(box)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hide what is scrolled below, with a line above while something is."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        if self.y() < self._room.y():
            painter.setPen(theme.colour("line"))
            painter.drawLine(self.rect().topLeft(), self.rect().topRight())
