"""The review: the queue on the left, one application with its findings on the right, and what may be decided."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import Refused
from app.process import match_answers, office, review, ticks, waiting_list
from app.process.review import ApplicationView, WaitingRow
from app.ui import theme
from app.ui.complete_dialog import of_applications
from app.ui.desk import Desk
from app.ui.review.bulk import BulkApproval
from app.ui.review.contacts import ContactDialog
from app.ui.review.detail import Detail
from app.ui.review.places import PlaceDialog
from app.ui.review.queue import Queue
from app.ui.review.reasons import reason_dialog
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.chips import FilterChips
from app.ui.widgets.job import Progress
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import Page, PageTitle


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
        self._days, self._rights = 0, frozenset[str]()
        self.title = PageTitle(tr("审核"))
        self.texts_button = Button(tr("请家长补充"), "secondary", "Alt+M", "chat-dots")
        self.texts_button.clicked.connect(self.ask_parents)
        self.title.right.addWidget(self.texts_button)
        self.chips = FilterChips()
        self.chips.chosen.connect(lambda _: self.show_rows())
        self.told = Strip("green", closable=True)
        self.progress = Progress(tr("正在逐份录入"))
        self.progress.hide()
        for widget in (self.title, self.chips, self.told, self.progress):
            self.body.addWidget(widget)
        self.queue, self.detail = Queue(desk, self.chips), Detail()
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self.queue, 5)
        row.addWidget(self.detail, 6)
        self.body.addLayout(row, 1)
        self._connect()

    def _connect(self) -> None:
        detail = self.detail
        self.bulk = BulkApproval(self.desk, self)
        self.queue.picked.connect(self._picked)
        self.queue.counted.connect(self._read)
        self.queue.bulkAsked.connect(self._approve_several)
        self.bulk.progressed.connect(self.progress.set)
        self.bulk.finished.connect(self._approved_several)
        self.progress.cancelled.connect(self.bulk.stop)
        detail.matches.studentRequested.connect(self.studentRequested)
        detail.matches.answered.connect(self._answer)
        detail.matches.rejectAsked.connect(lambda reason: self._with_reason("reject", reason))
        detail.verifying.ticked.connect(self._tick)
        detail.withdraw_action.triggered.connect(lambda: self._with_reason("withdraw"))
        detail.reject_action.triggered.connect(lambda: self._with_reason("reject"))
        detail.list_button.clicked.connect(lambda: self._with_reason("list"))
        detail.back_button.clicked.connect(lambda: self._with_reason("back"))
        detail.hold_action.triggered.connect(lambda: self._place(offer=False))
        detail.contact_button.clicked.connect(self._contact)
        detail.sheet_button.clicked.connect(self.print_sheet)
        detail.edit_button.clicked.connect(self._edit)
        detail.approve_button.clicked.connect(self.commit)

    # looking ----------------------------------------------------------------------------------------------------------

    def open(self, application_id: int = 0) -> None:
        """Show the queue with one application chosen."""
        self.chips.set_current("all")
        self.refresh()
        self.queue.choose(application_id)

    def refresh(self) -> None:
        """Read the queue again, keeping the place."""
        if self.bulk.running:
            return
        self._rights = office.rights_of(self.desk.actor)
        self._read()

    def _read(self) -> None:
        rows = self.desk.look(review.waiting) or ()
        self._days = int(office.setting("review_days") or 0)
        late = sum(row.late for row in rows if row.state == "submitted")
        self.title.set_facts(tr("其中 {n} 份已过 {days} 天的期限", n=late, days=self._days) if late else "")
        self.texts_button.setVisible(bool(rows))
        self.queue.show_rows(rows)
        self._keep_place()

    def show_rows(self) -> None:
        """Show the rows of the chosen filter."""
        self.queue.filter()
        self._keep_place()

    def _keep_place(self) -> None:
        rows = self.queue.model.rows
        chosen = self.view.application_id if self.view else 0
        self.detail.setVisible(bool(rows))
        self.view = None if not rows else self.view
        if rows:
            self.queue.choose(chosen, else_first=True)

    def ask_parents(self) -> None:
        """Texts that ask the families of the ticked applications, or of all, for what is missing."""
        ticked = [row.application_id for row in self.queue.ticked()]
        of_applications(self.desk, self, ticked or None).exec()

    def focus_first(self) -> None:
        """The queue has the focus."""
        self.queue.table.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [
            ("↑ ↓", tr("选报名")), ("Space", tr("多选")), ("F9", tr("通过并录入")), ("Alt+C", tr("联系家长")),
            ("Ctrl+P", tr("确认单")),
        ]  # fmt: skip

    def _picked(self, application_id: int) -> None:
        self.view = self.desk.look(review.look_at, application_id)
        self.detail.problem.set("")
        if self.view is not None:
            self.detail.show_view(self.view, self._rights, self._class_name(self.view))

    def _class_name(self, view: ApplicationView) -> str:
        wanted = view.registration.services.class_id
        return next((one.name for one in self.desk.look(office.classes) or () if one.id == wanted), "")

    # deciding ---------------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """F9: what comes next: approve, note the answer of the family, or give a free place."""
        if self.view is None:
            return
        if self.view.state == "needs_information":
            self._contact()
        elif self.view.state == "waiting_list":
            self._place(offer=True)
        elif self.view.state == "submitted":
            self._approve(self.view)

    def _approve(self, view: ApplicationView) -> None:
        admitted = self.desk.do(review.approve, view.application_id, view.version, beside=self._beside)
        if admitted is not None:
            text = tr("已录入 {name}，学员编号 {number}", name=admitted.name, number=admitted.number)
            student = admitted.student_id
            self.desk.message(text, undo=lambda: self.studentRequested.emit(student), verb=tr("打开档案"))

    def _approve_several(self, rows: list[WaitingRow]) -> None:
        self.told.set("")
        if not self.bulk.running:
            self.progress.setVisible(self.bulk.ask(rows))

    def _approved_several(self, approved: tuple[str, ...], refused: tuple[tuple[str, str], ...]) -> None:
        self.progress.hide()
        self.told.set_kind("amber" if refused else "green")
        not_done = "\n".join(tr("{name} 没有通过：{why}", name=name, why=why) for name, why in refused)
        self.told.set(tr("已录入 {n} 份", n=len(approved)), not_done)

    def _beside(self, refused: Refused) -> bool:
        if refused.code == "application_changed":
            self.refresh()
        self.detail.problem.set(sentence(refused))
        return True

    def _with_reason(self, verb: str, reason: str = "") -> None:
        if self.view is None:
            return
        looked_at = self.view
        dialog = reason_dialog(verb, self, reason=reason)
        if dialog.exec():
            uses = {
                "back": review.send_back, "withdraw": review.withdraw, "reject": review.reject,
                "list": waiting_list.put,
            }  # fmt: skip
            self.desk.do(
                uses[verb], looked_at.application_id, looked_at.version, dialog.reason(), beside=self._beside,
            )  # fmt: skip

    def _contact(self) -> None:
        if self.view is not None:
            ContactDialog(self.desk, self.view, self).exec()

    def _place(self, *, offer: bool) -> None:
        if self.view is not None:
            PlaceDialog(self.desk, self.view, offer=offer, parent=self).exec()

    def _answer(self, key: int, said: str) -> None:
        if self.view is not None:
            view = self.view
            self.desk.do(
                match_answers.answer, view.application_id, view.version, key, said, beside=self._beside,
            )  # fmt: skip

    def _tick(self, item: str, done: bool) -> None:
        if self.view is not None:
            self.desk.do(
                ticks.tick, self.view.application_id, self.view.version, item, done=done, beside=self._beside,
            )  # fmt: skip

    def _edit(self) -> None:
        if self.view is not None:
            draft = self.desk.do(review.reopen, self.view.application_id, beside=self._beside)
            if draft is not None:
                self.draftRequested.emit(draft)

    def print_sheet(self) -> None:
        """Ctrl+P: the sheet of this application."""
        if self.view is not None:
            self.applicationSheetRequested.emit(self.view.application_id)
