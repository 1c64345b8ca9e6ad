"""The review: the queue on the left, one application with its findings on the right, and what may be decided."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import clock, office, review
from app.process.matches import Match
from app.process.papers import PaperFact
from app.process.review import ApplicationView, WaitingRow
from app.rules import phones
from app.ui import theme
from app.ui.desk import Desk
from app.ui.match_card import MatchCard
from app.ui.registration_view import RegistrationView, clear
from app.ui.review_reason import reason_dialog
from app.ui.texts import sentence, time_text, tr
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.chips import FilterChips, FlowLayout
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.page import Page, PageTitle, scrolled
from app.ui.widgets.pill import Pill
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text
from app.ui.words import APPLICATION_STATE, CHANNEL, RELATION, word

NARROW = 1000  # design pixels of the page, below which the queue shows less
STATE_KINDS = {"submitted": "amber", "returned": "accent", "approved": "green", "withdrawn": "plain"}


class ReviewPage(Page):
    """`open(application_id=…)` chooses one."""

    studentRequested = Signal(int)
    paymentRequested = Signal(int)
    draftRequested = Signal(int)
    applicationSheetRequested = Signal(int)
    help_key = "review"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self.view: ApplicationView | None = None
        self._rows: tuple[WaitingRow, ...] = ()
        self._days, self._rights = 0, frozenset[str]()
        self.title = PageTitle(tr("审核"))
        self.chips = FilterChips()
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.body.addWidget(self.title)
        self.body.addWidget(self.chips)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self._build_queue(), 5)
        row.addWidget(self._build_detail(), 6)
        self.body.addLayout(row, 1)

    def _build_queue(self) -> TableCard:
        columns = [
            Column("name", tr("学员"), 150, stretch=True, avatar=True),
            Column("services", tr("服务"), 96),
            Column("waits", tr("等待"), 92),
            Column("state", tr("状态"), 104),
        ]
        self._columns = columns
        self.model = RowsModel(columns, self._cell)
        self.table = Table(self.model, columns)
        self.table.picked.connect(self._picked)
        empty = EmptyState("clipboard-text", tr("没有等待审核的报名"), tr("新提交的报名会出现在这里。"))
        self.card = TableCard(self.table, empty)
        return self.card

    def _build_detail(self) -> Card:
        self.detail = Card(padding=20, spacing=12)
        self.detail.body.addLayout(self._build_head())
        self.problem = Strip("red", icon="warning-circle")
        self.detail.body.addWidget(self.problem)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(12))
        self.reason = Strip("accent", icon="chat-dots")
        self.summary = Strip("amber")
        self.matches = QVBoxLayout()
        self.matches.setSpacing(theme.px(8))
        self.data = RegistrationView()
        column.addWidget(self.reason)
        column.addWidget(self.summary)
        column.addLayout(self.matches)
        column.addWidget(self.data)
        column.addStretch(1)
        self.detail.body.addWidget(scrolled(holder), 1)
        self.detail.body.addWidget(Hairline())
        self.detail.body.addLayout(self._build_verbs())
        return self.detail

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.avatar = Avatar(size=44)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        first = QHBoxLayout()
        first.setSpacing(theme.px(10))
        self.name = Text("", "dialog_title")
        self.state = Pill()
        self.sheet = Pill()
        first.addWidget(self.name)
        first.addWidget(self.state)
        first.addWidget(self.sheet)
        first.addStretch(1)
        self.facts = Text("", "secondary", wrap=True)
        words.addLayout(first)
        words.addWidget(self.facts)
        row.addWidget(self.avatar)
        row.addLayout(words, 1)
        return row

    def _build_verbs(self) -> FlowLayout:
        row = FlowLayout(8, right=True)  # on two lines where a large text leaves no room for one
        self.withdraw_button = Button(tr("撤回报名"), "quiet")
        self.sheet_button = Button(tr("确认单"), "secondary", "Ctrl+P", "printer", bind=False)
        self.edit_button = Button(tr("修改"), "secondary")
        self.back_button = Button(tr("退回"), "secondary")
        self.approve_button = Button(tr("通过并录入"), "primary", "F9", "check", bind=False)
        self.withdraw_button.clicked.connect(lambda: self._with_reason("withdraw"))
        self.sheet_button.clicked.connect(self.print_sheet)
        self.back_button.clicked.connect(lambda: self._with_reason("back"))
        self.edit_button.clicked.connect(self._edit)
        self.approve_button.clicked.connect(self.commit)
        other = (self.withdraw_button, self.sheet_button, self.edit_button, self.back_button)
        for button in (*other, self.approve_button):
            row.addWidget(button)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a page that is narrow for its text size the services stand in the detail only."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(NARROW)
        wanted = [one for one in self._columns if not (narrow and one.key == "services")]
        if len(wanted) != self.model.columnCount():
            self.model.set_columns(wanted)
            self.table.set_columns(wanted)
            self._show_rows()

    # looking ----------------------------------------------------------------------------------------------------------

    def open(self, application_id: int = 0) -> None:
        """Show the queue with one application chosen."""
        self.chips.set_current("all")
        self.refresh()
        self._choose(application_id)

    def refresh(self) -> None:
        """Read the queue again, keeping the place."""
        self._rows = self.desk.look(review.waiting) or ()
        self._days = int(office.setting("review_days") or 0)
        self._rights = office.rights_of(self.desk.actor)
        waiting = sum(row.state == "submitted" for row in self._rows)
        late = sum(self._is_late(row) for row in self._rows)
        self.title.set_facts(tr("其中 {n} 份已过 {days} 天的期限", n=late, days=self._days) if late else "")
        self.chips.set_chips(
            [
                ("all", tr("全部"), len(self._rows)),
                ("submitted", word(APPLICATION_STATE, "submitted"), waiting),
                ("returned", word(APPLICATION_STATE, "returned"), len(self._rows) - waiting),
            ],
        )
        self._show_rows()

    def _show_rows(self) -> None:
        wanted = self.chips.current()
        rows = [row for row in self._rows if wanted in ("", "all", row.state)]
        chosen = self.view.application_id if self.view else 0
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        self.card.set_footer(tr("{n} 份", n=len(rows)))
        self.detail.setVisible(bool(rows))
        self.view = None if not rows else self.view
        if rows:
            self._choose(chosen, else_first=True)

    def _choose(self, application_id: int, *, else_first: bool = False) -> None:
        place = self.model.index_of(lambda row: row.application_id == application_id)
        if place < 0 and else_first:
            place = 0
        if place >= 0:
            self.table.select_row(place)
            self._picked(place)

    def focus_first(self) -> None:
        """The queue has the focus."""
        self.table.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [("↑ ↓", tr("选报名")), ("F9", tr("通过并录入")), ("Ctrl+P", tr("确认单"))]

    def _is_late(self, row: WaitingRow) -> bool:
        return row.state == "submitted" and row.days > self._days

    def _cell(self, row: WaitingRow, key: str) -> Cell:
        if key == "name":
            return Cell(row.name, second=f"{row.guardian}　{phones.show(row.mobile)}", weight=500, avatar=row.name)
        if key == "services":
            return Cell(row.services_text or "—", tone="ink2")
        if key == "waits":
            waits = tr("{n} 天", n=row.days) if row.days else tr("今天")
            late = self._is_late(row)
            second = tr("已过期限") if late else row.submitted_at[5:10]
            return Cell(waits, second=second, tone="red" if late else "ink2", second_tone="red" if late else "")
        if row.state == "returned":
            return Cell("", pills=((word(APPLICATION_STATE, "returned"), "accent"),))
        found = (tr("{n} 处疑点", n=row.findings), "amber") if row.findings else (tr("无疑点"), "green")
        return Cell("", pills=(found,))

    def _picked(self, place: int) -> None:
        if not 0 <= place < len(self.model.rows):
            return
        self.view = self.desk.look(review.look_at, self.model.row_at(place).application_id)
        self.problem.set("")
        if self.view is not None:
            self._show(self.view)

    def _show(self, view: ApplicationView) -> None:
        child = view.registration.child
        self.avatar.set_name(child.name)
        self.name.setText(child.name)
        self.state.set(word(APPLICATION_STATE, view.state), STATE_KINDS[view.state])
        self.sheet.set(*_sheet_words(view.paper))
        keyed = tr("{who} 登记", who=view.keyed_by)
        at = time_text(view.submitted_at, clock.today())
        self.facts.setText("　".join((word(CHANNEL, view.channel), keyed, at)))
        self.reason.set(tr("退回原因：{reason}", reason=view.reason) if view.reason else "")
        self._show_findings(view)
        self.data.show_registration(
            view.registration, view.problems, self._class_name(view), health_hidden=view.health_hidden,
        )  # fmt: skip
        waits = view.state == "submitted"
        self.approve_button.setVisible(waits)
        self.back_button.setVisible(waits and "review" in self._rights)
        self.edit_button.setVisible("register" in self._rights)

    def _class_name(self, view: ApplicationView) -> str:
        wanted = view.registration.services.class_id
        return next((one.name for one in self.desk.look(office.classes) or () if one.id == wanted), "")

    def _show_findings(self, view: ApplicationView) -> None:
        clear(self.matches)
        answered = {*view.not_same, view.returning}
        for match in sorted(view.matches, key=lambda one: one.key in answered):
            card = MatchCard(view.registration, match, _answer(match, view))
            card.studentAsked.connect(self.studentRequested)
            self.matches.addWidget(card)
        number = len(view.problems) + sum(match.key not in answered for match in view.matches)
        if not number:
            self.summary.set_kind("green")
            self.summary.set(tr("没有发现缺项、疑点或重复"))
            return
        alone = view.may_approve or view.state != "submitted"
        other = "" if alone else tr("有疑点的报名要由另一位有审核权限的人通过")
        self.summary.set_kind("amber")
        self.summary.set(tr("{n} 处要看一下，写在下面各项旁边", n=number), other)

    # deciding ---------------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """F9: approve and enter the student."""
        if self.view is None or self.view.state != "submitted":
            return
        admitted = self.desk.do(review.approve, self.view.application_id, self.view.version, beside=self._beside)
        if admitted is not None:
            text = tr("已录入 {name}，学员编号 {number}", name=admitted.name, number=admitted.number)
            student = admitted.student_id
            self.desk.message(text, undo=lambda: self.studentRequested.emit(student), verb=tr("打开档案"))

    def _beside(self, refused: Refused) -> bool:
        if refused.code == "application_changed":
            self.refresh()
        self.problem.set(sentence(refused))
        return True

    def _with_reason(self, verb: str) -> None:
        if self.view is None:
            return
        looked_at = self.view
        dialog = reason_dialog(verb, self)
        if dialog.exec():
            use = review.send_back if verb == "back" else review.withdraw
            self.desk.do(use, looked_at.application_id, looked_at.version, dialog.reason(), beside=self._beside)

    def _edit(self) -> None:
        if self.view is not None:
            draft = self.desk.do(review.reopen, self.view.application_id, beside=self._beside)
            if draft is not None:
                self.draftRequested.emit(draft)

    def print_sheet(self) -> None:
        """Ctrl+P: the sheet of this application."""
        if self.view is not None:
            self.applicationSheetRequested.emit(self.view.application_id)


def _answer(match: Match, view: ApplicationView) -> str:
    """What whoever registered said about a match; nothing while it was not asked."""
    if match.student_id is not None and match.student_id == view.returning:
        return tr("登记时已确认：是本人，复托")
    return tr("登记时已确认：不是") if match.key in view.not_same else ""


def _sheet_words(paper: PaperFact | None) -> tuple[str, str]:
    """Whether the sheet was made and signed meanwhile, as a pill."""
    if paper is None:
        return "", "plain"
    if paper.signed:
        return tr("已签字 {who}", who=f"{paper.signer}（{word(RELATION, paper.relation)}）"), "green"
    return (tr("确认单已打印"), "blue") if paper.prints else (tr("确认单已生成"), "plain")
