"""A list to pick from by typing: part of the text or pinyin initials; what was used last stands first."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import icons, theme
from app.ui.texts import tr
from app.ui.widgets.form.line import LineEdit, folded
from app.ui.widgets.form.popup import place_popup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidget

SHOWN_ROWS = 8


@dataclass(frozen=True)
class Option:
    """`value` comes back, `text` and the grey `hint` are shown, `keys`: pinyin initials, other ways to type it."""

    value: Any
    text: str
    hint: str = ""
    keys: str = ""


class PickList(LineEdit):
    """One value out of a list; with `free`, any other text too."""

    def __init__(
        self,
        options: Sequence[Option | tuple[Any, str]] = (),
        free: bool = False,
        placeholder: str = "",
        remember: str = "",
        parent: QWidget | None = None,
        *,
        settings: Any = None,  # noqa: ANN401 - app.settings.Settings, or what a test gives
    ) -> None:
        """`remember` names the list whose last used values stand first (in `settings`, by default this computer's)."""
        self._options: list[Option] = []
        self._chosen: Option | None = None
        self._free, self._remember, self._settings = free, remember, settings
        self._popup: QListWidget | None = None
        super().__init__(placeholder, parent=parent)
        self.set_options(options)

    def set_options(self, options: Sequence[Option | tuple[Any, str]]) -> None:
        """Offer these; the chosen value stays when it is still among them."""
        made = [one if isinstance(one, Option) else Option(*one) for one in options]
        self._options = [
            replace(one, keys=" ".join(dict.fromkeys(f"{one.keys} {initials(one.text)}".split()))) for one in made
        ]
        if self._chosen is not None:
            self.set_value(self._chosen.value)

    def value(self) -> Any:  # noqa: ANN401 - the option's own kind
        """Value of the option; the typed text when `free`; else None (empty text: None, or "" when free)."""
        if self._chosen is not None:
            return self._chosen.value
        match = self._exact(self.text())
        if match is not None:
            return match.value
        return self.text().strip() if self._free else None

    def set_value(self, value: Any) -> None:  # noqa: ANN401 - the option's own kind
        """Show the option with `value`, or the text itself when `free`; no signal."""
        self._chosen = next((one for one in self._options if one.value == value), None)
        text = self._chosen.text if self._chosen else str(value or "") if self._free else ""
        super().set_value(text)

    def reason(self) -> str:
        """Why the typed text is no choice."""
        if self.is_empty() or self._free or self.value() is not None:
            return ""
        return tr("列表里没有“{text}”，请从列表中选", text=self.text().strip())

    def _exact(self, text: str) -> Option | None:
        wanted = text.strip().casefold()
        return next((one for one in self._options if one.text.casefold() == wanted), None) if wanted else None

    def matching(self, text: str) -> list[Option]:
        """Options for what was typed: those that begin with it (letters, initials, pinyin), then those that hold it."""
        wanted = folded(text).strip().casefold()
        ordered = self._in_order()
        if not wanted:
            return ordered
        begins = [one for one in ordered if one.text.casefold().startswith(wanted)]
        by_keys = [one for one in ordered if any(key.startswith(wanted) for key in one.keys.casefold().split())]
        spelt = [one for one in ordered if any(key.startswith(wanted) for key in spellings(one.text))]
        holds = [one for one in ordered if wanted in one.text.casefold() or wanted in one.hint.casefold()]
        return list(dict.fromkeys([*begins, *by_keys, *spelt, *holds]))

    def _in_order(self) -> list[Option]:
        recent = self._memory().recent(self._remember) if self._remember else []
        if not recent:
            return self._options
        place = {value: number for number, value in enumerate(recent)}
        return sorted(self._options, key=lambda one: place.get(str(one.value), len(place)))

    def _memory(self) -> Any:  # noqa: ANN401 - as above
        if self._settings is None:
            from app.ui import state  # the settings of this computer, shared by all windows

            self._settings = state.settings()
        return self._settings

    def open_list(self, everything: bool = True) -> None:
        """Open the list: all options, or those for the typed text."""
        found = self.matching("" if everything else self.text())
        if not found:
            self.close_list()
            return
        popup = self._popup or self._new_popup()
        from PySide6.QtWidgets import QListWidgetItem  # as in _new_popup

        popup.clear()
        for one in found:
            item = QListWidgetItem(f"{one.text}\u3000{one.hint}" if one.hint else one.text)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setSizeHint(QSize(0, theme.px(34)))
            popup.addItem(item)
        current = self._chosen if self._chosen in found else None
        popup.setCurrentRow(found.index(current) if current else -1 if self._own_words() else 0)
        popup.resize(self._list_width(popup), min(len(found), SHOWN_ROWS) * theme.px(34) + theme.px(12))
        place_popup(popup, self)

    def _list_width(self, popup: "QListWidget") -> int:
        """As wide as the longest entry, and never narrower than the field; the window is the limit."""
        metrics = QFontMetrics(theme.font(14, 500))  # the marked row is a little bolder than the others
        longest = max(metrics.horizontalAdvance(popup.item(row).text()) for row in range(popup.count()))
        bar = popup.verticalScrollBar().sizeHint().width() if popup.count() > SHOWN_ROWS else 0
        wanted = longest + bar + theme.px(2 * 10 + 2 * 4 + 3 + 11)  # what the style sheet puts round an entry
        return min(self.window().width(), max(self.width(), wanted))

    def close_list(self) -> None:
        """Close the list."""
        if self._popup is not None:
            self._popup.hide()

    def is_open(self) -> bool:
        """Whether the list is open."""
        return self._popup is not None and self._popup.isVisible()

    def _new_popup(self) -> "QListWidget":
        from PySide6.QtWidgets import QListWidget  # the first window opens no list

        popup = QListWidget(self.window())
        popup.setObjectName("popup")
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setAccessibleName(self.accessibleName())
        popup.setUniformItemSizes(True)
        popup.clicked.connect(self._take)
        self.destroyed.connect(popup.deleteLater)
        popup.hide()
        self._popup = popup
        return popup

    def _take(self, index: QModelIndex | None = None) -> None:
        """The person picked a row, by default the current one."""
        if self._popup is None:
            return
        item = self._popup.item(index.row()) if index is not None else self._popup.currentItem()
        self.close_list()
        option = item.data(Qt.ItemDataRole.UserRole)
        changed = option is not self._chosen
        self._chosen = option
        super().set_value(option.text)
        if self._remember:
            self._memory().use(self._remember, str(option.value))
        if changed:
            self.changed.emit()

    def _edited(self, text: str) -> None:
        self._chosen = self._exact(text)
        self.changed.emit()
        self.open_list(everything=not text.strip())

    def enter_pressed(self) -> bool:
        """Enter takes the marked row of an open list and goes on."""
        if self.is_open() and (self._marked_by_arrows() or not self._own_words()):
            self._take()
        self.close_list()
        return False

    def _own_words(self) -> bool:
        """Whether Enter keeps what was typed: no row is marked then until the arrows mark one."""
        typed = bool(self.text().strip())
        return self._free and typed and self._exact(self.text()) is None and not self._by_initials()

    def _by_initials(self) -> list[Option]:
        """The options whose initials were typed: `mq` is nobody's own words, it is meant for 母亲."""
        typed = folded(self.text()).strip().casefold()
        if not (typed.isascii() and typed.isalpha()):
            return []
        return [one for one in self._in_order() if any(key.startswith(typed) for key in one.keys.casefold().split())]

    def _marked_by_arrows(self) -> bool:
        return bool(self._popup is not None and self._popup.property("moved"))

    def event(self, event: QEvent) -> bool:
        """Esc belongs to an open list before it belongs to the page."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and self.is_open():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows open the list and move in it, Esc closes it."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F4} and not self.is_open():
            self.open_list()
            self._set_moved(moved=True)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._popup is not None:
            step = 1 if key == Qt.Key.Key_Down else -1
            row = (max(self._popup.currentRow() + step, -1 if step < 0 else 0)) % self._popup.count()
            self._popup.setCurrentRow(row)
            self._set_moved(moved=True)
        elif key == Qt.Key.Key_Escape and self.is_open():
            self.close_list()
            event.accept()
        else:
            self._set_moved(moved=False)
            super().keyPressEvent(event)

    def _set_moved(self, *, moved: bool) -> None:
        if self._popup is not None:
            self._popup.setProperty("moved", moved)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens the list, the next one closes it."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            if self.is_open():
                self.close_list()
            else:
                self.open_list()
                self._set_moved(moved=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def _leave(self) -> None:
        if self._chosen is None and not self.is_empty():
            self._settle()
        self.close_list()
        self.left.emit()

    def _settle(self) -> None:
        """The person left after typing: take the only match, or the exact one."""
        found = self._by_initials() if self._free else self.matching(self.text())
        match = self._exact(self.text()) or (found[0] if len(found) == 1 else None)
        if match is not None:
            self._chosen = match
            super().set_value(match.text)
            if self._remember:
                self._memory().use(self._remember, str(match.value))
            self.changed.emit()

    def _room(self) -> int:
        return theme.px(20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow."""
        super().paintEvent(event)
        size = theme.px(15)
        spot = QPointF(self.width() - size - theme.px(10), (self.height() - size) / 2)
        QPainter(self).drawPixmap(spot, icons.pixmap("caret-down", "ink3", 15))


@lru_cache(maxsize=1024)
def spellings(text: str) -> tuple[str, ...]:
    """Whole pinyin of a text in every reading; none before the table of readings is there."""
    from app.rules import pinyin  # as below

    try:
        return pinyin.keys(text).full
    except RuntimeError:
        return ()


def initials(text: str) -> str:
    """Pinyin initials of a text, lower case, one word per reading; empty before the table of readings is there."""
    if "app.rules.pinyin" not in sys.modules:  # the first window does not wait for it
        return ""
    from app.rules import pinyin

    try:
        return " ".join(pinyin.initials(text))
    except RuntimeError:  # nobody has said yet where the table is: before the data folder is open
        return ""
