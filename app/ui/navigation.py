"""The sidebar: the centre, the pages in their groups, and at the foot who sits here."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.pages import PageSpec
from app.ui.texts import language, tr
from app.ui.theme import Themed
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import IconButton, focus_ring
from app.ui.widgets.card import Hairline, rounded
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.mark import Mark
from app.ui.widgets.page import scrolled
from app.ui.widgets.pill import Pill, pill_colours
from app.ui.widgets.text import ElidedText, Text

WIDTH = 212
WIDTH_ENGLISH = 232  # English titles are longer
WIDTH_COMPACT = 64  # icons only, where a window is narrow for its text size


class NavItem(Themed, QAbstractButton):
    """A page in the navigation, with its key or a number of things that wait."""

    def __init__(self, spec: PageSpec, parent: QWidget | None = None) -> None:
        """`spec` is the page."""
        super().__init__(parent)
        self.spec = spec
        self._badge, self._compact = 0, False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{spec.title} {spec.shortcut}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the page, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def set_badge(self, count: int) -> None:
        """Show how many things wait; 0 shows the key instead."""
        self._badge = count
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Only the icon; the title is its tooltip."""
        self._compact = compact
        self.setToolTip(self.accessibleName() if compact else "")
        self.update()

    def restyle(self) -> None:
        """Height by the text size."""
        self.setFixedHeight(theme.px(38))

    def sizeHint(self) -> QSize:
        """As wide as the icon; the sidebar stretches it."""
        return QSize(theme.px(40), theme.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, title and badge."""
        del event
        painter = QPainter(self)
        on = self.isChecked()
        box = QRectF(self.rect())
        if on or self.underMouse():
            rounded(painter, box, theme.px(8), theme.colour("tint" if on else "hair"))
        if self.hasFocus():
            focus_ring(painter, box, theme.px(8))
        ink = theme.colour("primary" if on else "ink2")
        size = theme.px(20)
        spot = QRectF(theme.px(14), (self.height() - size) / 2, size, size)
        if self._compact:
            spot.moveLeft((self.width() - size) / 2)
        icons.paint(painter, self.spec.icon, ink, spot, filled=on)
        if not self._compact:
            self._paint_title(painter, on=on)
            self._paint_right(painter)
        elif self._badge:
            self._paint_dot(painter, spot)

    def _paint_title(self, painter: QPainter, *, on: bool) -> None:
        painter.setPen(theme.colour("primary") if on else theme.colour("ink"))
        painter.setFont(theme.font(14, theme.BOLD if on else theme.REGULAR))
        left = theme.px(44)
        right = theme.px(40 if self._badge or self.spec.shortcut else 8)
        title = QRectF(left, 0, self.width() - left - right, self.height())
        text = painter.fontMetrics().elidedText(self.spec.title, Qt.TextElideMode.ElideRight, int(title.width()))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_dot(self, painter: QPainter, icon: QRectF) -> None:
        """The number of things that wait, at the corner of the icon."""
        painter.setFont(theme.font(11, theme.MEDIUM))
        text = str(self._badge) if self._badge < 100 else "99+"
        width = max(theme.px(16), painter.fontMetrics().horizontalAdvance(text) + theme.px(8))
        spot = QRectF(min(icon.right() - theme.px(8), self.width() - width), theme.px(1), width, theme.px(16))
        ground, ink = pill_colours("red")
        rounded(painter, spot, spot.height() / 2, ground)
        painter.setPen(ink)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_right(self, painter: QPainter) -> None:
        if self._badge:
            painter.setFont(theme.font(12, theme.MEDIUM))
            text = str(self._badge) if self._badge < 1000 else "999+"
            width = max(theme.px(26), painter.fontMetrics().horizontalAdvance(text) + theme.px(14))
            spot = QRectF(
                self.width() - width - theme.px(10),
                (self.height() - theme.px(20)) / 2,
                width,
                theme.px(20),
            )
            ground, ink = pill_colours("red")
            rounded(painter, spot, spot.height() / 2, ground)
            painter.setPen(ink)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
        elif self.spec.shortcut:
            painter.setFont(theme.font(11, theme.MEDIUM))
            painter.setPen(theme.colour("ink3"))
            spot = QRectF(0, 0, self.width() - theme.px(14), self.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.spec.shortcut)


class Sidebar(Themed, QWidget):
    """`chosen(key)` of a page; `lockAsked` and `switchAsked` from the foot."""

    chosen = Signal(str)
    lockAsked = Signal()

    def __init__(
        self,
        specs: Sequence[PageSpec],
        centre: tuple[str, str, bytes],
        person: tuple[str, str],
        *,
        practice: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`centre`: name, a second line, logo; `person`: name and roles in words."""
        super().__init__(parent)
        self.items: dict[str, NavItem] = {}
        self._rows: list[QHBoxLayout] = []  # the centre and the person
        self._wide_only: list[QWidget] = []  # what a compact sidebar leaves out
        self._compact = False
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._head(centre))
        self._practising = practice
        self._practice = Pill(tr("练习 PRACTICE"), "primary")
        self._practice.setVisible(practice)
        self._column.addWidget(self._practice, 0, Qt.AlignmentFlag.AlignLeft)
        self._flask = IconLabel("flask", "primary", 20)
        self._flask.setToolTip(tr("练习 PRACTICE"))
        self._flask.hide()
        self._column.addWidget(self._flask, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(scrolled(self._pages(specs)), 1)
        self._column.addWidget(Hairline("line"))
        self._column.addLayout(self._foot(person))
        self.restyle()

    def set_compact(self, compact: bool) -> None:
        """Icons only, so that the page keeps its room."""
        if compact == self._compact:
            return
        self._compact = compact
        for widget in self._wide_only:
            widget.setVisible(not compact)
        for item in self.items.values():
            item.set_compact(compact)
        self._practice.setVisible(self._practising and not compact)
        self._flask.setVisible(self._practising and compact)
        self.restyle()

    def _head(self, centre: tuple[str, str, bytes]) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        self._rows.append(row)
        row.addWidget(Mark(centre[2]))
        row.addWidget(self._words((centre[0], "strong"), (centre[1], "caption")), 1)
        return head

    def _words(self, *lines: tuple[str, str]) -> QWidget:
        """Lines of text as text and role, left out of a compact sidebar."""
        holder = QWidget()
        words = QVBoxLayout(holder)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        for text, role in lines:
            words.addWidget(ElidedText(text, role))
        self._wide_only.append(holder)
        return holder

    def _pages(self, specs: Sequence[PageSpec]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        group = ""
        for spec in specs:
            if not spec.group:
                continue
            if spec.group.strip() and spec.group != group:
                title = Text(spec.group, "caption")
                title.setContentsMargins(theme.px(12), theme.px(12), 0, theme.px(2))
                column.addWidget(title)
                self._wide_only.append(title)
            group = spec.group
            item = NavItem(spec)
            item.clicked.connect(lambda _=False, key=spec.key: self.chosen.emit(key))
            self.items[spec.key] = item
            column.addWidget(item)
        column.addStretch(1)
        return holder

    def _foot(self, person: tuple[str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        self._rows.append(row)
        avatar = Avatar(person[0], 36)
        row.addWidget(avatar)
        row.addWidget(self._words((person[0], "name"), (person[1], "caption")), 1)
        self._wide_only.append(avatar)
        lock = IconButton("lock", tr("锁定，换人登录（F12）"))
        lock.clicked.connect(self.lockAsked)
        row.addWidget(lock)
        return row

    def show_current(self, key: str) -> None:
        """Mark the page that is shown."""
        for item_key, item in self.items.items():
            item.setAutoExclusive(False)
            item.setChecked(item_key == key)
            item.setAutoExclusive(True)

    def set_badge(self, key: str, count: int) -> None:
        """Show how many things wait on a page."""
        if key in self.items:
            self.items[key].set_badge(count)

    def restyle(self) -> None:
        """Width and margins by the text size."""
        usual = theme.wide(WIDTH if language() == "zh" else WIDTH_ENGLISH)
        self.setFixedWidth(theme.px(WIDTH_COMPACT) if self._compact else usual)
        side = theme.px(8 if self._compact else 12)
        self._column.setContentsMargins(side, theme.px(16), side, theme.px(8))
        self._column.setSpacing(theme.px(6))
        for row in self._rows:
            row.setContentsMargins(0 if self._compact else theme.px(6), theme.px(4), 0, theme.px(4))
            row.setSpacing(0 if self._compact else theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the side and its edge."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("side"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
