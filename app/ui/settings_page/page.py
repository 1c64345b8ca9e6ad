"""Settings: sections as chips, search over all of them; everything is in force at once and can be undone."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.desk import Desk
from app.ui.settings_page.centre import MoneySection, PapersSection, RegistrationSection, SafetySection
from app.ui.settings_page.computer import AccountSection, ComputerSection
from app.ui.settings_page.people import RightsSection, UserDialog, UsersSection
from app.ui.settings_page.rows import Section
from app.ui.settings_page.texts import TextsSection
from app.ui.texts import tr
from app.ui.widgets.chips import FilterChips
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.page import Page, PageTitle, scrolled

MOST_WIDTH = 920


class SettingsPage(Page):
    """`languageChanged`: every window is built anew; `appearanceChanged`: theme or text size."""

    languageChanged = Signal()
    appearanceChanged = Signal()
    pageRequested = Signal(str)
    help_key = "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Sections are built when they are shown."""
        super().__init__(parent=parent)
        self.desk = desk
        self._made: dict[str, Section] = {}
        self._kinds = self._allowed()
        title = PageTitle(tr("设置"), tr("改了就生效"))
        self.search = SearchBox(tr("查找设置"))
        self.search.setFixedWidth(theme.wide(280))
        self.search.typed.connect(self._filter)
        title.right.addWidget(self.search)
        self.body.addWidget(title)
        self.chips = FilterChips()
        self.chips.set_chips([(key, text, None) for key, (text, _) in self._kinds.items()])
        self.chips.chosen.connect(self.open)
        self.body.addWidget(self.chips)
        self._holder = QWidget()
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(14))
        self._column.setContentsMargins(0, 0, theme.px(6), theme.px(12))
        across = QHBoxLayout(self._holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.addLayout(self._column, 1)
        self._nothing = EmptyState("magnifying-glass", tr("没有这样的设置"), tr("换一个词试试，按 Esc 清空。"))
        self._nothing.hide()
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self._holder.setMaximumWidth(theme.wide(MOST_WIDTH))
        self.body.addWidget(scrolled(self._holder), 1)
        self.current = next(iter(self._kinds))

    def _allowed(self) -> dict[str, tuple[str, Callable[[Desk], Section]]]:
        """Sections that the actor may change: key, words and maker."""
        found: dict[str, tuple[str, Callable[[Desk], Section]]] = {
            "computer": (tr("此电脑"), ComputerSection),
            "account": (tr("我的账号"), AccountSection),
        }
        if self.desk.may("manage_centre"):
            found |= {
                "papers": (tr("中心资料"), PapersSection),
                "registration": (tr("登记与审核"), RegistrationSection),
                "texts": (tr("文本"), TextsSection),
                "money": (tr("收费"), MoneySection),
                "safety": (tr("安全"), SafetySection),
            }
        if self.desk.may("manage_users"):
            found |= {"users": (tr("用户"), UsersSection), "rights": (tr("权限表"), RightsSection)}
        return found

    def focus_first(self) -> None:
        """The chips have the focus."""
        self.chips.setFocus()

    def open(self, section: str) -> None:
        """Show one section."""
        self.current = section if section in self._kinds else self.current
        self.chips.set_current(self.current)
        if self.search.text():
            self.search.clear()
        else:
            self._filter("")

    def section(self, key: str) -> Section:
        """A section, made when it is asked for the first time."""
        if key not in self._made:
            made = self._kinds[key][1](self.desk)
            if isinstance(made, ComputerSection):
                made.language_changed.connect(self.languageChanged)
                made.appearance_changed.connect(self.appearanceChanged)
            self._made[key] = made
            place = sum(1 for one in self._kinds if one in self._made and self._before(one, key))
            self._column.insertWidget(place, made)
            made.refresh()
        return self._made[key]

    def _before(self, one: str, other: str) -> bool:
        order = list(self._kinds)
        return order.index(one) < order.index(other)

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        for key in self._kinds:
            if wanted:
                self.section(key).filter(wanted)
            elif key in self._made or key == self.current:
                self.section(key).filter("")
                self.section(key).setVisible(key == self.current)
        self._nothing.setVisible(bool(wanted) and all(section.isHidden() for section in self._made.values()))

    def refresh(self) -> None:
        """Read what is shown."""
        if self.current not in self._made:
            self._filter("")
            return
        for section in self._made.values():
            section.refresh()

    def find_text(self) -> None:
        """F3: search."""
        self.search.setFocus()
        self.search.selectAll()

    def add_line(self) -> None:
        """Ins: add a user."""
        if "users" in self._kinds:
            self.open("users")
            UserDialog(self.desk, None, self).exec()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the status bar."""
        own = [("F3", tr("查找"))]
        return [*own, ("Ins", tr("新增用户"))] if "users" in self._kinds else own
