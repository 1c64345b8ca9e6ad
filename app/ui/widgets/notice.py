"""Notices in place: strips that inform or ask without a box, empty states, and the toast over the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.texts import tr
from app.ui.theme import Themed
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.card import rounded
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.showing import set_shown
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb

ICONS = {"amber": "warning", "red": "warning-circle", "blue": "info", "accent": "warning", "green": "check-circle"}
TOAST_MS = 10_000  # at least ten seconds: an undo must be reachable


class Strip(Themed, QWidget):
    """A tinted strip with icon, text and verbs; hidden while its text is empty."""

    pressed = Signal(str)

    def __init__(
        self,
        kind: str = "amber",
        text: str = "",
        detail: str = "",
        icon: str = "",
        verbs: Sequence[Verb] = (),
        parent: QWidget | None = None,
        *,
        closable: bool = False,
    ) -> None:
        """`kind` is amber, red, blue, accent or green."""
        super().__init__(parent)
        self._kind, self._own_icon = kind, icon
        self._row = QHBoxLayout(self)
        self._icon = IconLabel(icon or ICONS[kind], kind, 20, filled=kind in {"accent", "red"})
        self._text = Text("", "strong", kind, wrap=True)
        self._detail = Text("", "secondary", kind, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._text)
        words.addWidget(self._detail)
        self._row.addWidget(self._icon)
        self._row.addLayout(words, 1)
        self.buttons: dict[str, Button] = {}
        self._close: IconButton | None = None
        self.set_verbs(verbs)
        if closable:
            self._close = IconButton("x", tr("关闭"), size=28)
            self._close.clicked.connect(lambda: self.set(""))
            self._row.addWidget(self._close)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)  # wrapped words need their lines
        self.setSizePolicy(policy)
        self.restyle()
        self.set(text, detail)

    def set_verbs(self, verbs: Sequence[Verb]) -> None:
        """Offer other verbs."""
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for verb in verbs:
            button = Button(verb.text, verb.kind, verb.shortcut)
            button.clicked.connect(lambda _=False, key=verb.key: self.pressed.emit(key))
            self.buttons[verb.key] = button
            self._row.addWidget(button)

    def set(self, text: str, detail: str = "") -> None:
        """Say `text` (empty: hide), and `detail` below it."""
        self._text.setText(text)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        set_shown(self, bool(text))
        self.setAccessibleName(f"{text} {detail}".strip())
        self._hold_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words elsewhere."""
        super().resizeEvent(event)
        self._hold_height()

    def _hold_height(self) -> None:
        """Where a window is low, something else gives way: the words of a strip are never cut."""
        known = self.width() > theme.px(120)
        self.setMinimumHeight(max(0, self._row.heightForWidth(self.width())) if known else 0)

    def set_kind(self, kind: str) -> None:
        """Become amber, red, blue, accent or green."""
        self._kind = kind
        self._icon.set_icon(self._own_icon or ICONS[kind], kind)
        self._text.set_tone(kind)
        self._detail.set_tone(kind)
        self.update()

    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._text.text()

    def detail(self) -> str:
        """What stands below."""
        return self._detail.text()

    def restyle(self) -> None:
        """Margins by the text size."""
        self._row.setContentsMargins(theme.px(14), theme.px(8), theme.px(12), theme.px(8))
        self._row.setSpacing(theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint."""
        del event
        rounded(QPainter(self), QRectF(self.rect()), theme.px(8), theme.colour(f"{self._kind}_tint"))


class EmptyState(QWidget):
    """What to do where there is nothing yet."""

    pressed = Signal()

    def __init__(
        self,
        icon: str,
        text: str,
        detail: str = "",
        verb: Verb | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`verb` is the next step, shown as a button."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        column.addWidget(IconLabel(icon, "ink3", 44), 0, Qt.AlignmentFlag.AlignHCenter)
        self._text = Text(text, "card_title")
        self._detail = Text(detail, "secondary", wrap=True)
        self._detail.setMaximumWidth(theme.px(460))
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._text)
        row = QHBoxLayout()  # without an alignment: a label that is aligned gets no height for its width
        row.addStretch(1)
        row.addWidget(self._detail, 20)
        row.addStretch(1)
        column.addLayout(row)
        self._button: Button | None = None
        if verb is not None:
            self._button = Button(verb.text, verb.kind, verb.shortcut, bind=False)
            self._button.clicked.connect(self.pressed)
            column.addSpacing(theme.px(8))
            column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def offer(self, on: bool) -> None:
        """Whether the next step is offered: not to somebody who may not take it."""
        if self._button is not None:
            self._button.setVisible(on)

    def focus_verb(self) -> None:
        """The focus at the next step, where one is offered."""
        if self._button is not None and not self._button.isHidden():
            self._button.setFocus()

    def set(self, text: str, detail: str = "") -> None:
        """Say something else."""
        self._text.setText(text)
        self._detail.setText(detail)


class Toast(Themed, QWidget):
    """A short message over the foot of the window, with an undo where there is one; it hides by itself."""

    def __init__(self, window: QWidget) -> None:
        """Lies over `window`."""
        super().__init__(window)
        self._over = window
        self._kind = "ok"
        self._undo: Callable[[], object] | None = None
        self._row = QHBoxLayout(self)
        self._icon = IconLabel("check-circle", "green", 20)
        self._text = Text("", "name", wrap=True)
        self._verb = Button("", "link", "")
        self._verb.clicked.connect(self._pressed)
        close = IconButton("x", tr("关闭"), size=28)
        close.clicked.connect(self.hide)
        for widget in (self._icon, self._text, self._verb, close):
            self._row.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self.restyle()

    def say(self, text: str, kind: str = "ok", undo: Callable[[], object] | None = None, verb: str = "") -> None:
        """Show `text`; kind is ok, info, warning or problem; `undo` with the words `verb`."""
        icon, tone = {
            "ok": ("check-circle", "green"), "info": ("info", "blue"), "warning": ("warning", "amber"),
            "problem": ("warning-circle", "red"),
        }[kind]  # fmt: skip
        self._kind, self._undo = kind, undo
        self._icon.set_icon(icon, tone)
        self._text.setText(text)
        self._verb.setVisible(undo is not None)
        self._verb.set_text(verb)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def give_way(self) -> None:
        """Go, unless it still offers an undo."""
        if self._undo is None:
            self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def _pressed(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def restyle(self) -> None:
        """Margins by the text size."""
        self._row.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        self._row.setSpacing(theme.px(12))

    def _place(self) -> None:
        window = self._over
        most = min(theme.px(720), window.width() - theme.px(48))
        self._text.setMaximumWidth(most - theme.px(180))
        self._text.setMinimumWidth(
            min(self._text.fontMetrics().horizontalAdvance(self._text.text()) + 4, most - theme.px(180)),
        )
        self.adjustSize()
        left = (window.width() - self.width()) // 2
        self.move(left, window.height() - self.height() - theme.px(48))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface."""
        del event
        rounded(QPainter(self), QRectF(self.rect()), theme.px(10), theme.colour("surface"), theme.colour("line"))
