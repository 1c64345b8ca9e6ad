"""Work that takes a while: a busy line, progress in place with cancel, and the busy cursor."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.text import Text


class Progress(Card):
    """How far work is, in place, with a button that stops it."""

    cancelled = Signal()

    def __init__(self, text: str, parent: QWidget | None = None, *, cancellable: bool = True) -> None:
        """`text` says what is being done."""
        super().__init__(padding=14, spacing=8, parent=parent)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        column = QVBoxLayout()
        column.setSpacing(theme.px(6))
        self._text = Text(text, "name")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(theme.px(6))
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(text)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        row.addLayout(column, 1)
        self.cancel_button = Button(tr("停止"), "secondary", small=True)
        self.cancel_button.clicked.connect(self.cancelled)
        row.addWidget(self.cancel_button)
        self.body.addLayout(row)
        self.cancel_button.setVisible(cancellable)

    def set(self, done: int, total: int) -> None:
        """`done` of `total` steps are behind us."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def set_text(self, text: str) -> None:
        """Say what is being done now, from the beginning."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)


@contextmanager
def busy_cursor() -> Iterator[None]:
    """The busy cursor while something holds the window up for a moment."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
