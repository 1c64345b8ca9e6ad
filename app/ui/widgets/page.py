"""A page on the canvas, its title, and the area that scrolls with the focus."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import Themed
from app.ui.widgets.text import ElidedText, Text


class Page(Themed, QWidget):
    """A page on the canvas; `body` is its layout."""

    def __init__(self, padding: tuple[int, int] = (24, 18), spacing: int = 14, parent: QWidget | None = None) -> None:
        """`padding` is left and right, top and bottom, in design pixels."""
        super().__init__(parent)
        self._padding, self._spacing = padding, spacing
        self.body = QVBoxLayout(self)
        self.setAutoFillBackground(True)
        Page.restyle(self)

    def restyle(self) -> None:
        """Margins by the text size."""
        across, down = (theme.wide(one) for one in self._padding)
        self.body.setContentsMargins(across, down, across, down)
        self.body.setSpacing(theme.px(self._spacing))


class PageTitle(QWidget):
    """Title of a page with facts beside it; `right` takes search and buttons at the right edge."""

    def __init__(self, title: str, facts: str = "", parent: QWidget | None = None) -> None:
        """`facts` are secondary."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(14))
        self._title = Text(title, "page_title")
        self._facts = ElidedText(facts, "secondary")
        row.addWidget(self._title)
        row.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignVCenter)
        self.right = QHBoxLayout()
        self.right.setSpacing(theme.px(12))
        row.addLayout(self.right)
        self.setMinimumHeight(theme.px(38))

    def set_title(self, text: str) -> None:
        """Show another title."""
        self._title.setText(text)

    def set_facts(self, text: str) -> None:
        """Show other facts."""
        self._facts.setText(text)


class _FollowsFocus(QScrollArea):
    """A scroll area that keeps the focused field in view."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        clear = QWidget()  # asking for Qt's own viewport makes PySide look for its class among all: 12 ms at the start
        clear.setAutoFillBackground(False)
        self.setViewport(clear)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setProperty("scrolled", True)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.setMinimumWidth(inside.minimumWidth())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        inside = self.widget()
        if new is not None and inside is not None and inside.isAncestorOf(new):
            self.ensureWidgetVisible(new, 20, theme.px(72))  # with the line of its problem, over the verbs of a card

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Never narrower than what is inside."""
        inside = self.widget()
        if event.type() == QEvent.Type.Resize and inside is not None and watched is inside:
            self.setMinimumWidth(max(inside.minimumSizeHint().width(), inside.minimumWidth()))
        return super().eventFilter(watched, event)


def scrolled(widget: QWidget) -> QScrollArea:
    """Put `widget` into a frameless area that scrolls up and down and keeps the focused field in view."""
    return _FollowsFocus(widget)
