"""The first page: what waits for this person, overdue first, one click or Enter to the work."""


from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process import reminders
from app.process.reminders import Group, Today, Waiting
from app.ui import theme
from app.ui.desk import Desk
from app.ui.texts import date_text, money_text, tr
from app.ui.today_words import health_text, line_right, line_title, title
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.page import Page, PageTitle, scrolled
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import ElidedText, KeyFigure, Text
from app.ui.widgets.verb import Verb

ICONS = {
    "backup": "database",
    "returned": "arrow-u-up-left",
    "review": "clipboard-text",
    "information": "chat-dots",
    "place_free": "door",
    "holds": "clock",
    "own_approved": "check-square",
    "drafts": "note-pencil",
    "unsigned": "pen-nib",
    "unpaid": "credit-card",
    "ending": "hourglass-medium",
}
COLUMNS = 2
APPLICATIONS = frozenset({"review", "returned", "information", "place_free", "holds"})


class TodayPage(Page):
    """Groups as cards in two columns; each row is a button."""

    studentRequested = Signal(int)
    paymentRequested = Signal(int)
    applicationRequested = Signal(int)
    draftRequested = Signal(int)
    sheetRequested = Signal(int)
    registrationRequested = Signal()
    pageRequested = Signal(str)
    listRequested = Signal(str)
    help_key = "today"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """An empty page; `refresh` fills it."""
        super().__init__(parent=parent)
        self.desk = desk
        self._shown: Today | None = None
        self._left_at = (0, "", 0)  # the line one was at: its place, kind and id
        self.title = PageTitle(tr("今日工作台"))
        self.new = Button(tr("报名登记"), "primary", "F2", "user-plus", bind=False)
        self.new.clicked.connect(self.registrationRequested)
        self.title.right.addWidget(self.new)
        self.body.addWidget(self.title)
        self.body.addWidget(self._build_figures())
        self.empty = EmptyState(
            "check-circle",
            tr("没有等着办的事"),
            tr("新的报名、待签字和欠费会自动出现在这里。"),
            Verb("register", tr("登记学员"), "primary", "F2"),
        )
        self.empty.pressed.connect(self.registrationRequested)
        self.body.addWidget(self.empty, 1)
        self.groups = QWidget()
        row = QHBoxLayout(self.groups)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(14))
        self._columns = [QVBoxLayout() for _ in range(COLUMNS)]
        for column in self._columns:
            column.setSpacing(theme.px(14))
            row.addLayout(column, 1)
        self.area = scrolled(self.groups)
        self.body.addWidget(self.area, 1)

    def _build_figures(self) -> Card:
        box = Card(padding=16, spacing=0)
        box.set_tint(True)
        row = QHBoxLayout()
        self.waiting = KeyFigure(tr("等着办"))
        self.overdue = KeyFigure(tr("其中已过期"))
        self.entered = KeyFigure(tr("今天录入"))
        self.taken = KeyFigure(tr("今天实收"))
        for figure in (self.waiting, self.overdue, self.entered, self.taken):
            row.addWidget(figure, 1)
        box.body.addLayout(row)
        return box

    def refresh(self) -> None:
        """Look again; nothing is drawn anew when nothing changed."""
        may = self.desk.may("register")
        self.new.setVisible(may)
        self.empty.offer(may)
        found = self.desk.look(reminders.today)
        if found is None or found == self._shown:
            return
        self._shown = found
        self.title.set_facts(date_text(found.day))
        overdue = sum(group.overdue for group in found.groups)
        self.waiting.set_value(tr("{n} 件", n=found.count))
        self.overdue.set_value(tr("{n} 件", n=overdue), "red" if overdue else "")
        self.entered.set_value(tr("{n} 人", n=found.entered_today))
        self.taken.setVisible(found.taken_today_fen is not None)
        self.taken.set_value(f"¥{money_text(found.taken_today_fen or 0)}")
        self.taken.set_caption(tr("今天实收　{n} 张收据", n=found.receipts_today))
        self._show_groups(found)

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [("F2", tr("登记")), ("F7", tr("收费")), ("Tab", tr("下一件")), ("Enter", tr("去办"))]

    def focus_first(self) -> None:
        """The line one came from, or that now stands in its place; else the first one."""
        lines = self._lines()
        place, kind, key = self._left_at
        same = [line for line in lines if (line.row.kind, line.row.id) == (kind, key)]
        if same or lines:
            (same or lines[min(place, len(lines) - 1) :])[0].setFocus()
        else:
            self.empty.focus_verb()

    def _lines(self) -> "list[WaitingLine]":
        """All lines as they are read: a column after the other."""
        items = [column.itemAt(at) for column in self._columns for at in range(column.count())]
        cards = [card for item in items if item is not None and (card := item.widget()) is not None]
        return [line for card in cards for line in card.findChildren(WaitingLine)]

    def _remember(self) -> bool:
        """Remember the line with the focus; false when none has it."""
        for place, line in enumerate(self._lines()):
            if line.hasFocus():
                self._left_at = (place, line.row.kind, line.row.id)
                return True
        return False

    def _show_groups(self, found: Today) -> None:
        there = self._remember()
        for column in self._columns:
            while (item := column.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()  # or a pending show would make a window of it
                    widget.setParent(None)
                    widget.deleteLater()
        heights = [0] * COLUMNS
        for group in found.groups:
            place = heights.index(min(heights))  # the shorter column takes the next card
            card = self._card(group, found.day)
            self._columns[place].addWidget(card)
            card.show()  # at once: what is shown only later cannot take the focus
            heights[place] += len(group.rows) + 2
        for column in self._columns:
            column.addStretch(1)
        self.area.setVisible(bool(found.groups))
        self.empty.setVisible(not found.groups)
        if there:
            self.focus_first()

    def _card(self, group: Group, day: str) -> Card:
        card = Card(padding=16, spacing=2)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(IconLabel(ICONS[group.kind], "red" if group.overdue else "primary", 20))
        head.addWidget(Text(title(group.kind), "block_title"))
        head.addWidget(Pill(str(group.count), "red" if group.overdue else "primary"))
        if group.overdue and group.kind != "backup":
            head.addWidget(Pill(tr("{n} 件过期", n=group.overdue), "red"))
        if group.fen:
            head.addWidget(Text(tr("共 {amount}", amount=money_text(-group.fen)), "secondary", "red"))
        head.addStretch(1)
        known = group.kind != "own_approved"
        if known and (group.count > len(group.rows) or group.kind in {"unsigned", "unpaid", "ending"}):
            more = Button(tr("全部"), "link", small=True)
            more.setAccessibleName(tr("全部{title}", title=title(group.kind)))
            more.clicked.connect(lambda _=False, kind=group.kind: self._open_all(kind))
            head.addWidget(more)
        card.body.addLayout(head)
        for row in group.rows:
            card.body.addWidget(Hairline())
            card.body.addWidget(WaitingLine(row, day, self._open))
        card.body.addStretch(1)
        return card

    def _open(self, row: Waiting) -> None:
        for place, line in enumerate(self._lines()):
            if line.row == row:
                self._left_at = (place, row.kind, row.id)
                line.setFocus()
        if row.kind == "backup":
            self.pageRequested.emit("backup")
        elif row.kind == "drafts":
            self.draftRequested.emit(row.id)
        elif row.kind in APPLICATIONS:
            self.applicationRequested.emit(row.id)
        elif row.kind == "unsigned":
            self.sheetRequested.emit(row.id)
        elif row.kind == "unpaid":
            self.paymentRequested.emit(row.id)
        else:
            self.studentRequested.emit(row.id)

    def _open_all(self, kind: str) -> None:
        if kind in APPLICATIONS:
            self.pageRequested.emit("review")
        elif kind == "drafts":
            self.pageRequested.emit("registration")
        else:
            self.listRequested.emit("arrears" if kind == "unpaid" else kind)


class WaitingLine(Button):
    """One thing that waits: a flat button over the whole line."""

    def __init__(self, row: Waiting, day: str, opened: "object") -> None:
        """`opened(row)` goes to the work."""
        super().__init__("", "quiet")
        self.row = row
        self.setMinimumHeight(theme.px(40))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(6), 0, theme.px(6), 0)
        line.setSpacing(theme.px(10))
        names = QVBoxLayout()
        names.setSpacing(0)
        name_text, right = line_title(row), line_right(row, day)
        name = ElidedText(name_text, "name")
        name.setFixedWidth(theme.wide(130))  # so that what stands beside the names begins at one edge
        line.addWidget(name)
        health = health_text(row, day)
        about = "　".join(filter(None, (row.note or row.who, health)))
        line.addWidget(ElidedText(about, "secondary", "red" if health and row.health_until < day else ""), 1)
        line.addWidget(Text(right, "secondary", "red" if row.overdue or row.fen else ""))
        if row.overdue:
            line.addWidget(Pill(tr("过期"), "red"))
        elif row.due:
            line.addWidget(Pill(tr("今天到期"), "amber"))
        self.setAccessibleName(f"{name_text} {about} {right}")
        self.clicked.connect(lambda: opened(row))  # type: ignore[operator]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the work; other buttons leave it alone, for a scanner sends one."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)
