"""Looking at a paper: the very bytes that will be printed, page by page (look.md 42)."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.texts import tr

ZOOMS = (0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)  # of the width of the window
SHORTEST_SIDE = 200  # px: in a window that is not laid out yet


class PaperPreview(QScrollArea):
    """Pages of a PDF, as wide as the window; Ctrl with the wheel, + and - zooms, Ctrl+0 fits the width again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_pdf`."""
        super().__init__(parent)
        self._content, self._zoom, self._drawn_for = b"", 1.0, 0
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fit)
        self.pages: list[QLabel] = []
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(12))
        self.setWidget(self._holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("单据预览"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_pdf(self, content: bytes) -> None:
        """Show these bytes from their first page; nothing for none."""
        self._content = content
        self.verticalScrollBar().setValue(0)
        self._draw()

    @property
    def zoom(self) -> float:
        """1 is as wide as the window."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """1 is as wide as the window; the place on the page is kept."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum())
        self._zoom = zoom
        self._draw()
        QTimer.singleShot(0, bar, lambda: bar.setValue(round(place * bar.maximum())))

    def step_zoom(self, step: int) -> None:
        """One step nearer or farther."""
        place = min(range(len(ZOOMS)), key=lambda one: abs(ZOOMS[one] - self._zoom))
        self.set_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, place + step))])

    def _draw(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # or a pending show would make a window of it
                widget.setParent(None)
                widget.deleteLater()
        self.pages = []
        self._drawn_for = self._room()
        for number, picture in enumerate(self._pictures(), 1):
            label = QLabel()
            label.setPixmap(picture)
            label.setAccessibleName(tr("第 {n} 页", n=number))
            self.pages.append(label)
            self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
            label.show()  # now, not after the next turn of the event loop: nothing flickers
        self._column.addStretch(1)

    def _room(self) -> int:
        """Width for a page beside the scroll bar, whether that is shown or not: else the bar itself would redraw."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - theme.px(4)

    def _pictures(self) -> Iterator[QPixmap]:
        """The pages as pictures of the width that is wanted now, sharp on a dense screen too."""
        if not self._content:
            return
        import pypdfium2  # only when a paper is looked at

        ratio = self.devicePixelRatio()
        document = pypdfium2.PdfDocument(self._content)
        try:
            for number in range(len(document)):
                page = document[number]
                width = max(SHORTEST_SIDE, self._drawn_for * self._zoom)
                bitmap = page.render(scale=width * ratio / page.get_width(), rev_byteorder=True)
                image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888)
                picture = QPixmap.fromImage(image.copy())
                painter = QPainter(picture)
                painter.setPen(theme.colour("line"))
                painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
                painter.end()
                picture.setDevicePixelRatio(ratio)
                yield picture
        finally:
            document.close()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with +, - and 0 zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
                self.step_zoom(1)
                return
            if event.key() == Qt.Key.Key_Minus:
                self.step_zoom(-1)
                return
            if event.key() == Qt.Key.Key_0:
                self.set_zoom(1.0)
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as wide as the window."""
        super().resizeEvent(event)
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw for the width that it has now."""
        super().showEvent(event)
        self._later.start()

    def _fit(self) -> None:
        if self._content and self.isVisible() and abs(self._room() - self._drawn_for) > 8:
            self._draw()

    def sizeHint(self) -> QSize:
        """Room for a page."""
        return QSize(theme.px(700), theme.px(620))
