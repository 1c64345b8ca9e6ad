"""The frame: navigation, the stack of pages, the status bar, the keys, and all wiring between pages in one list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.process import data_folder, office
from app.ui import place, theme, wiring
from app.ui.desk import Desk, Message
from app.ui.focus import FocusKeeper
from app.ui.help_sheet import HelpSheet, everywhere
from app.ui.key_filter import first_reached
from app.ui.navigation import Sidebar
from app.ui.pages import PageSpec, pages
from app.ui.status_bar import StatusBar
from app.ui.texts import tr
from app.ui.watch import Watch
from app.ui.widgets.notice import Strip, Toast
from app.ui.widgets.verb import Verb
from app.ui.window_keys import KEYS, LEADS
from app.ui.words import ROLE, word

NARROW = 1180  # design pixels: below, the navigation shows icons only


class MainWindow(QMainWindow):
    """`lockAsked` (F12), `closed` when the window was closed, `restored` when everybody has to sign in anew.

    `languageChanged`: the window must be built anew in the language of now.
    """

    lockAsked = Signal()
    closed = Signal()
    restored = Signal()
    languageChanged = Signal()

    def __init__(self, desk: Desk) -> None:
        """Build the frame; pages are made when they are shown for the first time."""
        super().__init__()
        self.desk = desk
        desk.window = self
        self._specs = {spec.key: spec for spec in pages() if self._may(spec)}
        self._pages: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._trail: list[str] = []
        self.current = ""
        self._build()
        self._bind_keys()
        self.toast = Toast(self)
        desk.offered.connect(self._say)
        desk.changed.connect(self._changed)
        place.restore(self, desk.settings)
        self.watch = Watch(desk, self.sidebar, self.status, self.alarm, self)
        FocusKeeper(self, self.page, self.focus_page)

    # the frame ------------------------------------------------------------------------------------------------------

    def _may(self, spec: PageSpec) -> bool:
        return not spec.rights or self.desk.may(*spec.rights)

    def _build(self) -> None:
        centre = office.centre()
        self.setWindowTitle(f"{centre.name} — {tr('安托')}")
        roles = tr("、").join(word(ROLE, role) for role in office.roles_of(self.desk.actor.user_id))
        self.sidebar = Sidebar(
            list(self._specs.values()),
            (centre.name, centre.phone, centre.logo),
            (self.desk.actor.name, roles),
            practice=data_folder.practice(),
        )
        self.sidebar.chosen.connect(self.go)
        self.sidebar.lockAsked.connect(self.lockAsked)
        self.stack = QStackedWidget()
        self.status = StatusBar()
        may_restore = "backup" in self._specs
        self.alarm = Strip("red", icon="warning-circle", verbs=[Verb("backup", tr("去恢复"))] if may_restore else [])
        self.alarm.pressed.connect(lambda _: self.go("backup"))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.alarm)
        right.addWidget(self.stack, 1)
        row.addLayout(right, 1)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(holder)
        self.setMinimumSize(1024, 640)

    def _bind_keys(self) -> None:
        self._shortcuts: dict[str, QShortcut] = {}
        for key, method in KEYS.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda method=method: self._call(method))
            self._shortcuts[key] = shortcut
        for key, answer in (
            ("F1", self.show_help),
            ("Ctrl+/", self.show_help),
            ("F2", self.register),
            ("F3", self.look_for),
            ("Ctrl+F", self.look_for),
            ("F4", lambda: self.go("students")),
            ("Shift+F6", lambda: self.go("registration")),
            ("F7", self.pay),
            ("F11", self._full_screen),
            ("F12", self.lockAsked.emit),
            ("Ctrl+L", self.lockAsked.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(answer)

    def _call(self, method: str) -> None:
        answer = getattr(self.page(), method, None)
        if answer is not None:
            answer()

    # going from page to page ----------------------------------------------------------------------------------------

    def page(self, key: str = "") -> QWidget | None:
        """The page that is shown, or the one with this key if it was made."""
        return self._pages.get(key or self.current)

    def go(self, key: str, **wanted: Any) -> None:  # noqa: ANN401 - handed on to the page's own `open`
        """Show a page; with `wanted`, open it at something."""
        spec = self._specs.get(key)
        if spec is None:
            return
        if key != self.current and self.current:
            self._trail.append(self.current)
            del self._trail[:-20]
        page = self._pages.get(key)
        made = page is None
        if page is None:
            page = spec.make(self.desk)
            self._pages[key] = page
            self.stack.addWidget(page)
            wiring.connect(self, page)
        self._bring(key, page)
        if wanted and hasattr(page, "open"):
            page.open(**wanted)
        elif made and hasattr(page, "start"):
            page.start()
        elif made or key in self._stale:
            self._refresh(page)
        self._stale.discard(key)
        for name, shortcut in self._shortcuts.items():
            shortcut.setEnabled(hasattr(page, KEYS[name]))
        self.show_keys(page)
        self.focus_page(anew=made or bool(wanted))

    def _bring(self, key: str, page: QWidget) -> None:
        self.current = key
        if hasattr(page, "say"):
            self.toast.give_way()
        self.stack.setCurrentWidget(page)
        self.sidebar.show_current("students" if key == "student" else key)

    def focus_page(self, *, anew: bool = False) -> None:
        """Put the focus on the page: where it was before, else (or `anew`) where its work begins."""
        page = self.page()
        if page is None:
            return
        last: QWidget | None = page.focusWidget()
        if not anew and last is not None and page.isAncestorOf(last) and last.isVisibleTo(self) and last.isEnabled():
            last.setFocus()
        elif hasattr(page, "focus_first"):
            page.focus_first()
        self._keep_focus(page)

    def _keep_focus(self, page: QWidget) -> None:
        """The focus is always at something that can be seen: else at the first thing on the page that takes it."""
        focused: QWidget | None = self.focusWidget()
        if focused is None or not page.isAncestorOf(focused) or not focused.isVisibleTo(page):
            (first_reached(page) or page).setFocus(Qt.FocusReason.TabFocusReason)

    def keys_of_pages(self) -> frozenset[str]:
        """The pages that this person has."""
        return frozenset(self._specs)

    def back(self) -> None:
        """Back to the page before."""
        self.go(self._trail.pop() if self._trail else "today")
        if self._trail and self._trail[-1] == self.current:
            self._trail.pop()

    def register(self) -> None:
        """F2: a new registration."""
        self.go("registration", new=True)

    def look_for(self) -> None:
        """F3: look for something on this page; where there is nothing to look for, among the students."""
        if not hasattr(self.page(), "find_text"):
            self.go("students")
        self._call("find_text")

    def pay(self) -> None:
        """F7: take a payment of the student that the page shows, or ask for one."""
        find = getattr(self.page(), "current_student", None)
        self.go("payment", student_id=(find() if find else None) or 0)

    def scanned(self, code: str) -> None:
        """A code came while no field had the focus: the page answers, else the paper or student opens."""
        own = getattr(self.page(), "scanned", None)
        if own is None or not own(code):
            wiring.open_scanned(self, code)

    def show_help(self) -> None:
        """F1: the keys of this page and of the program."""
        page = self.page()
        own = page.keys() if page is not None and hasattr(page, "keys") else []
        title = self._specs[self.current].title if self.current in self._specs else ""
        HelpSheet(title, self._allowed(own), self._allowed(everywhere()), self).exec()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A window that is narrow for its text size shows the navigation as icons."""
        super().resizeEvent(event)
        self.sidebar.set_compact(event.size().width() < theme.px(NARROW))

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def speak_anew(self) -> None:
        """Another language was chosen: keep unfinished work, then let every window be built anew."""
        self.hold_work()
        QTimer.singleShot(0, self, self.languageChanged.emit)  # the page that asked is still in its own method

    # what is shown --------------------------------------------------------------------------------------------------

    def _say(self, message: Message) -> None:
        say = getattr(self.page(), "say", None)  # a page whose foot must stay free has a place of its own
        if say is None or not say(message):
            self.toast.say(message.text, message.kind, message.undo, message.verb)

    def _changed(self) -> None:
        self._stale = set(self._pages) - {self.current}
        page = self.page()
        if page is not None:
            self._refresh(page)
            self._keep_focus(page)
        self.watch.soon()

    def _refresh(self, page: QWidget) -> None:
        if hasattr(page, "refresh"):
            page.refresh()

    def _allowed(self, keys: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The keys without those that lead to a page which this person may not see."""
        return [one for one in keys if one[0] not in LEADS or LEADS[one[0]] in self._specs]

    def show_keys(self, page: QWidget) -> None:
        """Show the keys of a page in the status bar."""
        own = page.keys() if hasattr(page, "keys") else [("F2", tr("登记")), ("F7", tr("收费"))]
        self.status.set_keys([("F1", tr("帮助")), *self._allowed(own)][:7])

    # place and end --------------------------------------------------------------------------------------------------

    def hold_work(self) -> None:
        """Let every page that holds unfinished work keep it: before locking and closing."""
        for page in self._pages.values():
            keep = getattr(page, "save_now", None)
            if keep is not None:
                keep()

    def keep_place(self) -> None:
        """Remember where the window stands."""
        place.keep(self, self.desk.settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep unfinished work and the place of the window."""
        self.hold_work()
        self.watch.stop()
        self.keep_place()
        super().closeEvent(event)
        self.closed.emit()

