"""The small parts of every window: text in its roles, cards, page titles, key caps, pills, avatars, icons, figures."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons, theme
from app.ui.theme import Themed

# role: size, weight, token
ROLES: Final[dict[str, tuple[int, int, str]]] = {
    "page_title": (22, 700, "ink"),
    "dialog_title": (20, 700, "ink"),
    "card_title": (16, 700, "ink"),
    "block_title": (14, 700, "ink"),
    "body": (14, 400, "ink"),
    "name": (14, 500, "ink"),
    "strong": (14, 700, "ink"),
    "label": (13, 500, "ink"),
    "secondary": (13, 400, "ink2"),
    "caption": (12, 400, "ink3"),
    "small": (11, 400, "ink3"),
    "figure": (17, 700, "ink"),
    "amount": (26, 700, "ink"),
    "total": (38, 700, "primary"),
}
PILL_KINDS = ("green", "red", "amber", "blue", "accent", "primary", "plain")


def set_shown(widget: QWidget, shown: bool) -> None:
    """Show or hide; one that stands in no window yet is shown with it, and not at once as a window of its own."""
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
    else:
        widget.setVisible(shown)


class Text(Themed, QLabel):
    """A label that shows plain text in one of the roles; what a person typed is never taken for HTML."""

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False, parent: QWidget | None = None,
    ) -> None:
        """`role` is one of ROLES, `tone` a colour token instead of the role's own."""
        super().__init__(parent)
        self._role, self._tone = role, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)
        self.restyle()

    def set_tone(self, tone: str) -> None:
        """Use another colour token; empty for the role's own."""
        self._tone = tone
        self.restyle()

    def set_role(self, role: str) -> None:
        """Use another role."""
        self._role = role
        self.restyle()

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._hold_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words elsewhere."""
        super().resizeEvent(event)
        self._hold_height()

    def _hold_height(self) -> None:
        """Wrapped words keep their lines where a window is low: what scrolls gives way."""
        if not self.wordWrap() or self.width() <= theme.px(60):
            return
        margins = self.contentsMargins()  # heightForWidth would never give less than the height held before
        box = QRect(0, 0, self.width() - margins.left() - margins.right(), 10_000)
        words = self.fontMetrics().boundingRect(box, int(Qt.TextFlag.TextWordWrap | self.alignment()), self.text())
        held = words.height() + margins.top() + margins.bottom() if self.text() else 0
        if held != self.minimumHeight():
            self.setMinimumHeight(held)

    def restyle(self) -> None:
        """Font and colour of the role."""
        size, weight, token = ROLES[self._role]
        self.setFont(theme.font(size, weight))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._tone or token))
        self.setPalette(palette)
        self._hold_height()


class ElidedText(Text):
    """A text of one line that is cut with … where there is no room; the whole stands in its tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Small, so that a row can shrink."""
        return QSize(theme.px(24), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cut text."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class FittingText(Text):
    """A figure of one line that is drawn smaller where there is no room: an amount is never cut."""

    def minimumSizeHint(self) -> QSize:
        """Two thirds of what it would like."""
        hint = super().minimumSizeHint()
        return QSize(hint.width() * 2 // 3, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in a size that fits."""
        wanted = self.fontMetrics().horizontalAdvance(self.text())
        if wanted <= self.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        font = self.font()
        font.setPixelSize(max(9, int(font.pixelSize() * self.width() / wanted)))
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), self.text())


class Card(Themed, QFrame):
    """A surface with radius 12 and a 1 px line; `body` is its layout."""

    def __init__(
        self, padding: int = 20, spacing: int = 12, parent: QWidget | None = None, *, bottom: int | None = None,
    ) -> None:
        """`padding` and `spacing` in design pixels; `bottom` 8 where fields with their problem line stand last."""
        super().__init__(parent)
        self._padding, self._spacing, self._tint = padding, spacing, ""
        self._bottom = padding if bottom is None else bottom
        self.body = QVBoxLayout(self)
        self.restyle()

    def set_tint(self, tint: bool | str) -> None:
        """Show as a tinted box without a line, as for key figures; a token names another tint than the primary one."""
        self._tint = ("tint" if tint else "") if isinstance(tint, bool) else tint
        self.update()

    def restyle(self) -> None:
        """Margins by the text size."""
        pad = theme.px(self._padding)
        self.body.setContentsMargins(pad, pad, pad, theme.px(self._bottom))
        self.body.setSpacing(theme.px(self._spacing))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface and line."""
        del event
        painter = QPainter(self)
        if self._tint:
            rounded(painter, QRectF(self.rect()), theme.px(12), theme.colour(self._tint))
        else:
            rounded(painter, QRectF(self.rect()), theme.px(12), theme.colour("surface"), theme.colour("line"))


def rounded(
    painter: QPainter, box: QRectF, radius: float, fill: QColor | None, line: QColor | None = None, width: float = 1,
) -> None:
    """Draw a rounded box with its line inside the box; also used by the other widgets."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if line else 0
    painter.setPen(QPen(line, width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


class Hairline(QWidget):
    """A line of 1 px across."""

    def __init__(self, token: str = "hair", parent: QWidget | None = None) -> None:  # noqa: S107 - a colour
        """`token` is the colour."""
        super().__init__(parent)
        self._token = token
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        QPainter(self).fillRect(self.rect(), theme.colour(self._token))


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


class KeyCap(Themed, QWidget):
    """A key as a small cap."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """`key` as it is written on the key."""
        super().__init__(parent)
        self._key = key
        self.restyle()

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.restyle()

    def restyle(self) -> None:
        """Size by the text."""
        self.setFont(theme.font(11, 500))
        self.setFixedSize(self.fontMetrics().horizontalAdvance(self._key) + theme.px(16), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cap and key."""
        del event
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.px(4), theme.colour("canvas"), theme.colour("line"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._key)


def pill_colours(kind: str) -> tuple[QColor, QColor]:
    """Ground and text of a pill kind."""
    if kind == "primary":
        return theme.colour("tint"), theme.colour("primary")
    if kind == "plain":
        return theme.colour("hair"), theme.colour("ink2")
    return theme.colour(f"{kind}_tint"), theme.colour(kind)


class Pill(Themed, QWidget):
    """A status as text on a tint."""

    def __init__(self, text: str = "", kind: str = "plain", parent: QWidget | None = None) -> None:
        """`kind` is one of PILL_KINDS."""
        super().__init__(parent)
        self._text, self._kind = text, kind
        self.restyle()

    def set(self, text: str, kind: str | None = None) -> None:
        """Show another status; hidden while it is empty."""
        self._text, self._kind = text, kind or self._kind
        set_shown(self, bool(text))
        self.restyle()
        self.update()

    def text(self) -> str:
        """What it says."""
        return self._text

    def restyle(self) -> None:
        """Size by the text."""
        self.setFont(theme.font(12, 500))
        self.setAccessibleName(self._text)
        self.setFixedSize(self.fontMetrics().horizontalAdvance(self._text) + theme.px(20), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tint and text."""
        del event
        ground, ink = pill_colours(self._kind)
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self.height() / 2, ground)
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


AVATARS_LIGHT = (
    ("#F3E4F5", "#7A2F86"), ("#E3ECFA", "#1F5AA6"), ("#FCE7D8", "#B4470F"),
    ("#D7ECEA", "#0F6B6B"), ("#FBE6EA", "#B3261E"), ("#E4F1E2", "#2B6B2A"),
)  # fmt: skip
AVATARS_DARK = (
    ("#5A2363", "#F1E5F0"), ("#17437B", "#E4EDF8"), ("#7C340E", "#FBE6D8"),
    ("#0B4F4F", "#DAF0EE"), ("#771D32", "#FBE3E8"), ("#234F21", "#E3F0E0"),
)  # fmt: skip


def avatar_colours(name: str) -> tuple[QColor, QColor]:
    """Ground and letter for a name; the same name always has the same."""
    pairs = AVATARS_DARK if theme.is_dark() else AVATARS_LIGHT
    ground, ink = pairs[sum(map(ord, name)) % len(pairs)]
    return QColor(ground), QColor(ink)


def paint_avatar(painter: QPainter, box: QRectF, name: str) -> None:
    """Draw the letter of the given name in a circle."""
    ground, ink = avatar_colours(name)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(box)
    painter.setPen(ink)
    letter = theme.font(12, 700)
    letter.setPixelSize(max(1, round(box.height() * 0.42)))
    painter.setFont(letter)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, avatar_letter(name))


def avatar_letter(name: str) -> str:
    """The last character of a Chinese name; of one in letters the first of its last word, for the surname stands first.

    What stands behind in brackets is no part of the name.
    """
    plain = name.partition("（")[0].partition("(")[0].strip()
    if not plain[-1:].isascii():
        return plain[-1:]
    return plain.split()[-1][:1].upper() if plain else ""


class Avatar(Themed, QWidget):
    """The last character of the given name in a circle."""

    def __init__(self, name: str = "", size: int = 30, parent: QWidget | None = None) -> None:
        """`size` in design pixels."""
        super().__init__(parent)
        self._name, self._size = name, size
        self.restyle()

    def set_name(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self.update()

    def restyle(self) -> None:
        """Size by the text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        paint_avatar(QPainter(self), QRectF(self.rect()), self._name)


class IconLabel(Themed, QWidget):
    """An icon that is no button."""

    def __init__(
        self, name: str, tone: str = "ink2", size: int = 18, *, filled: bool = False, parent: QWidget | None = None,
    ) -> None:
        """`name` of the icon, `tone` a colour token, `size` in design pixels."""
        super().__init__(parent)
        self._name, self._tone, self._size, self._filled = name, tone, size, filled
        self.restyle()

    def set_icon(self, name: str, tone: str | None = None) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone or self._tone
        self.update()

    def restyle(self) -> None:
        """Size by the text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        if self._name:
            painter = QPainter(self)
            painter.drawPixmap(
                QPointF(0, 0), icons.pixmap(self._name, self._tone, self._size, filled=self._filled),
            )


class KeyFigure(QWidget):
    """A caption over a figure."""

    def __init__(self, caption: str, value: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        """`tone` colours the figure."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self._caption = Text(caption, "caption", "ink2")
        self._value = FittingText(value, "figure", tone)
        column.addWidget(self._caption)
        column.addWidget(self._value)

    def set_value(self, text: str, tone: str = "") -> None:
        """Show another figure."""
        self._value.setText(text)
        self._value.set_tone(tone)

    def set_caption(self, text: str) -> None:
        """Show another caption."""
        self._caption.setText(text)

    def value(self) -> str:
        """The figure as it is shown."""
        return self._value.text()


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
            self.ensureWidgetVisible(new, 20, theme.px(48))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Never narrower than what is inside."""
        inside = self.widget()
        if event.type() == QEvent.Type.Resize and inside is not None and watched is inside:
            self.setMinimumWidth(max(inside.minimumSizeHint().width(), inside.minimumWidth()))
        return super().eventFilter(watched, event)


def scrolled(widget: QWidget) -> QScrollArea:
    """Put `widget` into a frameless area that scrolls up and down and keeps the focused field in view."""
    return _FollowsFocus(widget)
