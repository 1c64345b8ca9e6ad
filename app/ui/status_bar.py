"""The foot of the window: the keys of the page that is shown, and on the right printers and the last backup."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.text import ElidedText, Text


def _wants(widget: QWidget) -> int:
    return max(widget.sizeHint().width(), widget.minimumWidth())  # caps and icons have a fixed size, no hint


class StatusBar(Themed, QWidget):
    """Key caps on the left, state on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Fill it with `set_keys` and `set_state`."""
        super().__init__(parent)
        self._pairs: list[tuple[KeyCap, Text]] = []
        self._row = QHBoxLayout(self)
        self._keys = QHBoxLayout()
        self._row.addLayout(self._keys)
        self._row.addStretch(1)
        self._printer_icon = IconLabel("printer", "ink3", 16)
        self._printers = ElidedText("", "caption", "ink2")
        self._backup_icon = IconLabel("check-circle", "green", 16)
        self._backup = Text("", "caption", "green")
        for widget in (self._printer_icon, self._printers, self._backup_icon, self._backup):
            self._row.addWidget(widget)
        self.set_printers("")
        self.restyle()

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show keys with what they do."""
        while (item := self._keys.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # or a pending show would make a window of it
                widget.setParent(None)
                widget.deleteLater()
        self._pairs = []
        for key, text in keys:
            cap, label = KeyCap(key), Text(text, "caption", "ink2")
            label.setContentsMargins(0, 0, theme.px(8), 0)
            self._keys.addWidget(cap)
            self._keys.addWidget(label)
            self._pairs.append((cap, label))
        self._fit()

    def set_printers(self, text: str, tone: str = "ink2") -> None:
        """Say which printers are ready."""
        self._printer_icon.setVisible(bool(text))
        self._printer_icon.set_icon("printer", tone)
        self._printers.setText(text)
        self._printers.set_tone(tone)
        self._printers.setMinimumWidth(min(self._printers.fontMetrics().horizontalAdvance(text) + 4, theme.px(260)))
        self._fit()

    def set_backup(self, text: str, *, well: bool) -> None:
        """Say when the last backup was made."""
        self._backup_icon.set_icon("check-circle" if well else "warning", "green" if well else "amber")
        self._backup.setText(text)
        self._backup.set_tone("green" if well else "amber")
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The bar never makes the window wider: keys without room are left out, F1 has them all."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many keys as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Words that changed their width are measured anew."""
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            self._fit()
        return done

    def _fit(self) -> None:
        state = (self._printer_icon, self._printers, self._backup_icon, self._backup)
        gap, small = self._row.spacing(), self._keys.spacing()
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - 2 * gap
        room -= sum(_wants(one) + gap for one in state if not one.isHidden())
        for cap, label in self._pairs:
            room -= _wants(cap) + _wants(label) + 2 * small
            cap.setVisible(room >= 0)
            label.setVisible(room >= 0)

    def restyle(self) -> None:
        """Height by the text size."""
        self.setFixedHeight(theme.px(32))
        self._row.setContentsMargins(theme.px(14), 0, theme.px(16), 0)
        self._row.setSpacing(theme.px(8))
        self._keys.setSpacing(theme.px(6))
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and its edge."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("side"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
