"""Buttons: with their key on them, drawn from the tokens, never the dialog's default under a scanner."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.theme import Themed
from app.ui.widgets.card import rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QShortcut

KINDS = ("primary", "secondary", "quiet", "link", "alert", "danger")  # alert: a link in red, to what is missing
SHRINKS_ABOVE = 115  # per cent of text size


class Button(Themed, QPushButton):
    """A button of one of the KINDS; its key stands on it and is bound to it."""

    def __init__(
        self,
        text: str,
        kind: str = "secondary",
        key: str = "",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        small: bool = False,
        tall: bool = False,
        pay: bool = False,
        bind: bool = True,
    ) -> None:
        """`key` as Qt writes it ("Ctrl+Enter"); `bind=False` only shows it. Heights 36, 30, 40, 52."""
        super().__init__(text, parent)
        self._kind, self._key, self._icon, self._busy = kind, key, icon, False
        self._held = ""
        self._height = 30 if small else 40 if tall else 52 if pay else 36
        self._size = 13 if small else 17 if pay else 14
        self._shortcut: QShortcut | None = None
        self._binds = bind
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{text} {key}".strip())
        if key and bind:
            self._bind(key)
        self.restyle()

    def _bind(self, key: str) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut  # 2 ms that the first window, which binds none, need not pay

        if self._shortcut is None:
            self._shortcut = QShortcut(self)
            self._shortcut.setAutoRepeat(False)
            self._shortcut.activated.connect(self._by_key)
        keys = [QKeySequence(key)]
        if key.endswith("Enter"):
            keys.append(QKeySequence(key.replace("Enter", "Return")))
        self._shortcut.setKeys(keys)

    def _by_key(self) -> None:
        if self.isEnabled() and self.isVisible():
            self.click()

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setAccessibleName(f"{text} {self._key}".strip())
        self.updateGeometry()

    def hold_width(self, text: str) -> None:
        """Never be narrower than these words need, whatever it says: its neighbours do not move."""
        self._held = text
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Show another key, and bind it if the button binds its key; empty for none."""
        self._key = key
        if key and self._binds:
            self._bind(key)
        elif self._shortcut is not None:
            self._shortcut.setKeys([])
        self.set_text(self.text())

    def set_icon(self, icon: str) -> None:
        """Show another icon; empty for none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Become primary, secondary, quiet, link or danger."""
        self._kind = kind
        self.restyle()
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Show that it works and take no press meanwhile; the focus stays."""
        self._busy = busy
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.PointingHandCursor)
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        """No press while busy."""
        return not self._busy and super().hitButton(pos)

    def click(self) -> None:
        """Press it, unless it works."""
        if not self._busy:
            super().click()

    def restyle(self) -> None:
        """Font and height."""
        weight = 700 if self._kind == "primary" else 500
        self.setFont(theme.font(self._size, weight))
        self.setFixedHeight(theme.px(self._height))
        across = QSizePolicy.Policy.Preferred if theme.percent() > SHRINKS_ABOVE else QSizePolicy.Policy.Minimum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for icon, text and key."""
        pad = {"quiet": 10, "link": 4, "alert": 4}.get(self._kind, 15)
        wide = self._content_width() + self._held_width() + 2 * theme.px(pad)
        return QSize(max(wide, theme.px(32)), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """A button never hides its words; with large text it may give up key and icon where room is short."""
        content = self._words_width() if theme.percent() > SHRINKS_ABOVE else self._content_width()
        return QSize(max(content + self._held_width() + theme.px(12), theme.px(32)), theme.px(self._height))

    def _words_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.text())

    def _held_width(self) -> int:
        """How much wider than its words the button stays."""
        return max(0, QFontMetrics(self.font()).horizontalAdvance(self._held) - self._words_width())

    def _icon_width(self) -> int:
        return self._icon_size() + (theme.px(8) if self.text() else 0) if self._icon or self._busy else 0

    def _key_width(self) -> int:
        if not self._key:
            return 0
        return theme.px(10) + QFontMetrics(self._key_font()).horizontalAdvance(shown_key(self._key))

    def _content_width(self) -> int:
        return self._words_width() + self._icon_width() + self._key_width()

    def _icon_size(self) -> int:
        return theme.px(22 if self._height > 40 else 17)

    def _key_font(self) -> QFont:
        size = self._size - (2 if self._kind in {"quiet", "link"} else 0)
        return theme.font(size, 700 if self._kind == "primary" else 500)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, line and ink."""
        down, over = self.isDown(), self.underMouse()
        colour = theme.colour
        if not self.isEnabled():
            filled = self._kind in {"primary", "danger"}
            return (colour("hair") if filled else None, None if filled else colour("line"), colour("ink3"))
        if self._kind == "primary":
            return colour("primary_hover" if down or over else "primary"), None, colour("on_primary")
        if self._kind == "danger":
            return colour("red_tint"), colour("red") if over or down else None, colour("red")
        if self._kind == "secondary":
            return colour("tint" if down else "canvas" if over else "surface"), colour("line"), colour("ink")
        ink = colour({"link": "primary", "alert": "red"}.get(self._kind, "ink2"))
        return (colour("tint" if down else "hair") if over or down else None), None, ink

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        fill, line, ink = self._colours()
        if self._kind in {"quiet", "link", "alert"} and not self.isEnabled():
            line = None
        box = QRectF(self.rect())
        radius = theme.px(8)
        if fill is not None or line is not None:
            rounded(painter, box, radius, fill, line)
        if self.hasFocus():
            focus_ring(painter, box, radius, on_filled=self._kind == "primary" and self.isEnabled())
        self._paint_content(painter, ink)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        room = self.width() - theme.px(8)
        words, icon, key = self._words_width(), self._icon_width(), self._key_width()
        key = key if words + icon + key <= room else 0
        icon = icon if words + icon + key <= room else 0
        left = (self.width() - words - icon - key) / 2
        if icon:
            size = self._icon_size()
            spot = QRectF(left, (self.height() - size) / 2, size, size)
            icons.paint(painter, "hourglass" if self._busy else self._icon, ink, spot)
        painter.setPen(ink)
        painter.setFont(self.font())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left + icon, 0, words + 2, self.height()), middle, self.text())
        if key:
            painter.setFont(self._key_font())
            if self._kind in {"quiet", "link"}:
                painter.setPen(theme.colour("ink3" if self._kind == "quiet" else "primary"))
            box = QRectF(left + icon + words + theme.px(10), 0, self.width(), self.height())
            painter.drawText(box, middle, shown_key(self._key))


def shown_key(key: str) -> str:
    """A key as it is written on screen."""
    return key.replace("Return", "Enter").replace("Escape", "Esc").replace("PgDown", "PgDn")


def focus_ring(painter: QPainter, box: QRectF, radius: float, *, on_filled: bool = False) -> None:
    """The 2 px mark of the focus: inside a filled shape in its ink, else in the primary colour."""
    if on_filled:
        rounded(painter, box.adjusted(2, 2, -2, -2), radius - 2, None, theme.colour("on_primary"), 2)
    else:
        rounded(painter, box, radius, None, theme.colour("primary"), 2)


class IconButton(Themed, QAbstractButton):
    """A square button with an icon only; its name is tooltip and accessible name."""

    def __init__(
        self, icon: str, name: str, parent: QWidget | None = None, size: int = 32, *, framed: bool = False,
    ) -> None:
        """`size` in design pixels; `framed` draws the line of a secondary button."""
        super().__init__(parent)
        self._icon, self._size, self._framed, self._tone = icon, size, framed, "ink2"
        self.set_name(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.restyle()

    def set_name(self, name: str) -> None:
        """Tooltip and accessible name."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def set_icon(self, icon: str, tone: str = "ink2") -> None:
        """Show another icon."""
        self._icon, self._tone = icon, tone
        self.update()

    def restyle(self) -> None:
        """Size by the text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def sizeHint(self) -> QSize:
        """Its fixed size."""
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self._framed:
            rounded(painter, box, theme.px(8), theme.colour("surface"), theme.colour("line"))
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            rounded(painter, box, theme.px(8), theme.colour("tint" if self.isDown() else "hair"))
        if self.hasFocus():
            focus_ring(painter, box, theme.px(8))
        size = theme.px(18)
        spot = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        icons.paint(painter, self._icon, theme.colour(self._tone if self.isEnabled() else "line"), spot)


class MenuButton(IconButton):
    """An icon button that opens `menu`."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None, size: int = 36) -> None:
        """Fill `menu` afterwards."""
        super().__init__(icon, name, parent, size, framed=True)
        self.menu = QMenu(self)
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Open the menu below the button."""
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
