"""The review: the queue on the left, one application with its findings on the right, and what may be decided."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import clock, review
from app.process.matches import Match
from app.process.review import ApplicationView, WaitingRow
from app.rules.person import Registration
from app.ui import theme
from app.ui.desk import Desk
from app.ui.sections.wording import grade_class_text
from app.ui.texts import money_text, phone_text, sentence, time_text, tr
from app.ui.widgets.basic import Card, Hairline, Page, PageTitle, Pill, Text, scrolled
from app.ui.widgets.button import Button
from app.ui.widgets.chips import FlowLayout
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.table import Cell, Column, RowsModel, Table, TableCard
from app.ui.widgets.verb import Verb
from app.ui.words import APPLICATION_STATE, CHANNEL, HEALTH_MARK, RELATION, SEX, UNIT, word

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
        self.title = PageTitle(tr("审核"))
        self.body.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self._build_queue(), 5)
        row.addWidget(self._build_detail(), 6)
        self.body.addLayout(row, 1)

    def _build_queue(self) -> TableCard:
        columns = [
            Column("name", tr("学员"), 170, stretch=True),
            Column("services", tr("服务"), 110),
            Column("at", tr("提交"), 120),
            Column("state", tr("状态"), 110),
        ]
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.table.picked.connect(self._picked)
        empty = EmptyState("clipboard-text", tr("没有等待审核的报名"), tr("新提交的报名会出现在这里。"))
        self.card = TableCard(self.table, empty)
        return self.card

    def _build_detail(self) -> Card:
        self.detail = Card(padding=20, spacing=10)
        head = QHBoxLayout()
        self.name = Text("", "dialog_title")
        self.state = Pill()
        head.addWidget(self.name)
        head.addWidget(self.state)
        head.addStretch(1)
        self.detail.body.addLayout(head)
        self.facts = Text("", "secondary", wrap=True)
        self.detail.body.addWidget(self.facts)
        self.problem = Strip("red", icon="warning-circle")
        self.detail.body.addWidget(self.problem)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.findings = QVBoxLayout()
        self.findings.setSpacing(theme.px(6))
        column.addLayout(self.findings)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(14))
        self.grid.setVerticalSpacing(theme.px(6))
        self.grid.setColumnStretch(1, 1)
        column.addLayout(self.grid)
        column.addStretch(1)
        self.detail.body.addWidget(scrolled(holder), 1)
        self.detail.body.addWidget(Hairline())
        self.detail.body.addLayout(self._build_verbs())
        return self.detail

    def _build_verbs(self) -> FlowLayout:
        row = FlowLayout(10, right=True)  # on two lines where a large text leaves no room for one
        self.withdraw_button = Button(tr("撤回报名"), "quiet")
        self.sheet_button = Button(tr("确认单"), "secondary", "Ctrl+P", "printer", bind=False)
        self.back_button = Button(tr("退回修改"), "secondary", icon="arrow-u-up-left")
        self.edit_button = Button(tr("打开修改"), "secondary", icon="pencil-simple")
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

    # looking --------------------------------------------------------------------------------------------------------

    def open(self, application_id: int = 0) -> None:
        """Show the queue with one application chosen."""
        self.refresh()
        place = self.model.index_of(lambda row: row.application_id == application_id)
        if place >= 0:
            self.table.select_row(place)
            self._picked(place)

    def refresh(self) -> None:
        """Read the queue again, keeping the place."""
        chosen = self.view.application_id if self.view else 0
        rows = self.desk.look(review.waiting) or ()
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        waiting = sum(row.state == "submitted" for row in rows)
        self.title.set_facts(
            tr("待审核 {waiting} 份　退回 {returned} 份", waiting=waiting, returned=len(rows) - waiting),
        )
        self.card.set_footer(tr("{n} 份", n=len(rows)))
        place = max(0, self.model.index_of(lambda row: row.application_id == chosen))
        self.detail.setVisible(bool(rows))
        if rows:
            self.table.select_row(place)
            self._picked(place)
        else:
            self.view = None

    def focus_first(self) -> None:
        """The queue has the focus."""
        self.table.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [("↑ ↓", tr("选报名")), ("F9", tr("通过并录入")), ("Ctrl+P", tr("确认单"))]

    def _picked(self, place: int) -> None:
        if not 0 <= place < len(self.model.rows):
            return
        self.view = self.desk.look(review.look_at, self.model.row_at(place).application_id)
        self.problem.set("")
        if self.view is not None:
            self._show(self.view)

    def _show(self, view: ApplicationView) -> None:
        child = view.registration.child
        self.name.setText(child.name)
        self.state.set(word(APPLICATION_STATE, view.state), STATE_KINDS[view.state])
        facts = [
            word(CHANNEL, view.channel),
            tr("登记 {who}", who=view.keyed_by),
            time_text(view.submitted_at, clock.today()),
        ]
        if view.reason:
            facts.append(tr("退回原因：{reason}", reason=view.reason))
        self.facts.setText("　".join(facts))
        _clear(self.findings)
        for problem in view.problems:
            self.findings.addWidget(Strip("red" if problem.strength == "error" else "amber", sentence(problem)))
        for match in view.matches:
            self.findings.addWidget(Strip("blue", _match_text(match), icon="users"))
        if not view.problems and not view.matches:
            self.findings.addWidget(Strip("green", tr("没有发现缺项、疑点或重复"), icon="check-circle"))
        _clear(self.grid)
        for place, (caption, value) in enumerate(_lines(view.registration)):
            self.grid.addWidget(Text(caption, "secondary"), place, 0)
            self.grid.addWidget(Text(value or "—", "body", wrap=True), place, 1)
        waits = view.state == "submitted"
        self.approve_button.setVisible(waits)
        self.approve_button.setEnabled(view.may_approve)
        self.approve_button.setToolTip("" if view.may_approve else tr("有疑点的报名要由另一位有审核权限的人通过"))
        self.back_button.setVisible(waits)
        self.edit_button.setVisible(view.state == "returned")

    # deciding -------------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """F9: approve and enter the student."""
        if self.view is None or self.view.state != "submitted":
            return
        if not self.view.may_approve:
            self.problem.set(self.approve_button.toolTip())
            return
        admitted = self.desk.do(review.approve, self.view.application_id, beside=self._beside)
        if admitted is not None:
            text = tr("已录入 {name}，学员编号 {number}", name=admitted.name, number=admitted.number)
            student = admitted.student_id
            self.desk.message(text, undo=lambda: self.studentRequested.emit(student), verb=tr("打开档案"))

    def _beside(self, refused: Refused) -> bool:
        self.problem.set(sentence(refused))
        return True

    def _with_reason(self, verb: str) -> None:
        if self.view is None:
            return
        dialog = ReasonDialog(verb, self)
        if dialog.exec():
            use = review.send_back if verb == "back" else review.withdraw
            self.desk.do(use, self.view.application_id, dialog.reason(), beside=self._beside)

    def _edit(self) -> None:
        if self.view is not None:
            draft = self.desk.do(review.reopen, self.view.application_id, beside=self._beside)
            if draft is not None:
                self.draftRequested.emit(draft)

    def print_sheet(self) -> None:
        """Ctrl+P: the sheet of this application."""
        if self.view is not None:
            self.applicationSheetRequested.emit(self.view.application_id)


class ReasonDialog(Dialog):
    """Why an application is sent back or withdrawn."""

    def __init__(self, verb: str, parent: QWidget | None = None) -> None:
        """`verb` is back or withdraw."""
        back = verb == "back"
        super().__init__(parent, tr("退回修改") if back else tr("撤回报名"))
        texts = (
            (tr("电话打不通"), tr("资料不全"), tr("证件号码有误"), tr("服务期间不对"))
            if back
            else (tr("家长改变主意"), tr("重复报名"), tr("名额已满"))
        )
        self._reason = Field(
            tr("原因"), PickList([(text, text) for text in texts], free=True, remember=f"review_{verb}"), required=True,
        )
        self.body.addWidget(self._reason)
        done = Verb("done", tr("退回") if back else tr("撤回"), "primary" if back else "danger", "F9")
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), done])
        self.pressed.connect(self._pressed)

    def reason(self) -> str:
        """The reason."""
        return str(self._reason.value() or "").strip()

    def _pressed(self, key: str) -> None:
        if key != "done":
            self.reject()
        elif not self.reason():
            self._reason.problem(tr("请写原因，登记的人会看到"))
        else:
            self.accept()


def _clear(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.setParent(None)
            widget.deleteLater()


def _match_text(match: Match) -> str:
    facts = "　".join(filter(None, (match.number, match.class_name, match.birth_date)))
    texts = {
        "same_identity": tr("证件号码和 {name} 相同", name=match.name),
        "same_name_and_birth": tr("已有同名、同一天出生的 {name}", name=match.name),
        "same_pinyin_and_phone": tr("已有读音和手机相同的 {name}", name=match.name),
        "sibling": tr("和 {name} 有同一位监护人，可能是兄弟姐妹", name=match.name),
    }
    return f"{texts[match.kind]}　{facts}"


def _lines(whole: Registration) -> list[tuple[str, str]]:
    child = whole.child
    lines = [
        (tr("性别、生日"), "　".join(filter(None, (word(SEX, child.sex), child.birth_date)))),
        (tr("证件号码"), child.identity_number),
        (tr("就读学校"), "　".join(filter(None, (child.school, grade_class_text(child.grade, child.school_class))))),
        (tr("家庭住址"), child.address),
    ]
    lines += [(word(RELATION, one.relation), f"{one.name}　{phone_text(one.mobile)}") for one in whole.guardians]
    lines += [
        (word(RELATION, one.relation) or tr("联系人"), f"{one.name}　{phone_text(one.mobile)}")
        for one in whole.contacts
    ]
    if whole.pick_up.goes_home_alone:
        lines.append((tr("自行回家"), tr("{time} 起", time=whole.pick_up.alone_from)))
    marks = tr("、").join(word(HEALTH_MARK, one) for one in whole.health.marks)
    lines.append((tr("健康"), "　".join(filter(None, (marks, whole.health.allergies, whole.health.medication)))))
    for line in whole.services.lines:
        period = tr("{first} 至 {last}", first=line.from_date, last=line.to_date) if line.from_date else ""
        price = f"{money_text(line.unit_fen)} × {line.quantity} {word(UNIT, line.unit)}"
        lines.append((line.service_name, "　".join(filter(None, (period, price)))))
    lines.append((tr("入托应缴"), f"¥{money_text(whole.services.total_fen)}"))
    return lines


def _cell(row: WaitingRow, key: str) -> Cell:
    if key == "name":
        return Cell(row.name, second=f"{row.guardian}　{phone_text(row.mobile)}", weight=500, avatar=row.name)
    if key == "services":
        return Cell(row.services_text or "—", tone="ink2")
    if key == "at":
        return Cell(time_text(row.submitted_at, clock.today()), second=row.keyed_by, tone="ink2")
    if row.state == "returned":
        return Cell("", pills=((tr("退回"), "accent"),))
    pill = (tr("{n} 处疑点", n=row.findings), "amber") if row.findings else (tr("无疑点"), "green")
    return Cell("", pills=(pill,))
