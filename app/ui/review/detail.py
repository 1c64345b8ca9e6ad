"""One application: head, findings, answers, ticks, contacts and data, and the verbs below."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process import clock
from app.process.papers import PaperFact
from app.process.review import ApplicationView
from app.rules.status import OPEN
from app.ui import theme
from app.ui.registration_view import RegistrationView
from app.ui.review.contacts import Contacts
from app.ui.review.matches import Matches
from app.ui.review.places import places_text
from app.ui.review.verifying import Verifying
from app.ui.texts import time_text, tr
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button, MenuButton
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.chips import FlowLayout
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import Text
from app.ui.words import APPLICATION_STATE, CHANNEL, RELATION, word

STATE_KINDS = {
    "submitted": "amber", "needs_information": "blue", "returned": "accent", "waiting_list": "blue",
    "approved": "green", "rejected": "red", "withdrawn": "plain",
}  # fmt: skip


class Detail(Card):
    """The page connects the verbs; `show_view` says which of them there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_view`."""
        super().__init__(padding=20, spacing=12, parent=parent)
        self.body.addLayout(self._build_head())
        self.problem = Strip("red", icon="warning-circle")
        self.body.addWidget(self.problem)
        self.body.addWidget(scrolled(self._build_middle()), 1)
        self.body.addWidget(Hairline())
        self.body.addLayout(self._build_verbs())

    def _build_middle(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(12))
        self.reason = Strip("accent", icon="chat-dots")
        self.summary = Strip("amber")
        self.hold = Strip("blue", icon="clock")
        self.places = Text("", "secondary", wrap=True)
        self.matches = Matches()
        self.verifying = Verifying()
        self.contacts = Contacts()
        self.data = RegistrationView()
        for widget in (self.reason, self.hold, self.summary, self.matches, self.verifying, self.contacts, self.places):
            column.addWidget(widget)
        column.addWidget(self.data)
        column.addStretch(1)
        return holder

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
        self.more = MenuButton("dots-three", tr("更多"))
        self.reject_action = self._action(tr("不予通过"), "Alt+N")
        self.withdraw_action = self._action(tr("撤回报名"), "Alt+W")
        self.hold_action = self._action(tr("保留名额"), "Alt+K")
        self.list_button = Button(tr("转入候补"), "secondary", "Alt+H")
        self.sheet_button = Button(tr("确认单"), "secondary", "Ctrl+P", "printer", bind=False)
        self.contact_button = Button(tr("联系家长"), "secondary", "Alt+C", "phone")
        self.edit_button = Button(tr("修改"), "secondary", "Alt+E")
        self.back_button = Button(tr("退回"), "secondary", "Alt+B")
        self.approve_button = Button(tr("通过并录入"), "primary", "F9", "check", bind=False)
        for button in (
            self.more, self.list_button, self.sheet_button, self.contact_button, self.edit_button, self.back_button,
            self.approve_button,
        ):  # fmt: skip
            row.addWidget(button)
        return row

    def _action(self, text: str, key: str) -> QAction:
        """What is needed seldom stands in the menu, with its key."""
        action = self.more.menu.addAction(text)
        action.setShortcut(key)
        self.addAction(action)  # the key holds while the menu is closed
        return action

    def show_view(self, view: ApplicationView, rights: frozenset[str], class_name: str) -> None:
        """Show an application, with the verbs that its state and these rights leave."""
        child, today = view.registration.child, clock.today()
        self.avatar.set_name(child.name)
        self.name.setText(child.name)
        self.state.set(word(APPLICATION_STATE, view.state), STATE_KINDS[view.state])
        self.sheet.set(*_sheet_words(view.paper))
        keyed = tr("{who} 登记", who=view.keyed_by)
        facts = [word(CHANNEL, view.channel), keyed, time_text(view.submitted_at, today)]
        if view.imported:
            facts.append(tr("{file} 第 {n} 行", file=view.imported[0], n=view.imported[1]))
        if view.due_on:
            facts.append(tr("期限 {day}", day=view.due_on))
        self.facts.setText("　".join(facts))
        self.reason.set(_reason_text(view))
        self.hold.set(*_hold_text(view, today))
        self.places.setText(places_text(view.places))
        self.places.setVisible(bool(view.places))
        self._show_findings(view)
        self.verifying.show_ticks(view.ticks, today, open_=view.state in OPEN)
        self.contacts.show_contacts(view.contacts, today)
        self.data.show_registration(view.registration, view.problems, class_name, health_closed=view.health_closed)
        self._show_verbs(view, rights)

    def _show_findings(self, view: ApplicationView) -> None:
        self.matches.show_matches(view)
        answered = {*view.not_same, view.returning}
        number = len(view.problems) + sum(match.key not in answered for match in view.matches)
        if not number:
            self.summary.set_kind("green")
            self.summary.set(tr("没有发现缺项、疑点或重复"))
            return
        alone = view.may_approve or view.state != "submitted"
        other = "" if alone else tr("有疑点的报名要由另一位有审核权限的人通过")
        self.summary.set_kind("amber")
        self.summary.set(tr("{n} 处要看一下，写在下面各项旁边", n=number), other)

    def _show_verbs(self, view: ApplicationView, rights: frozenset[str]) -> None:
        waits, is_open = view.state == "submitted", view.state in OPEN
        reviews, registers, listed = "review" in rights, "register" in rights, view.state == "waiting_list"
        full = any(one.full for one in view.places)
        self.approve_button.setVisible(waits or (listed and reviews) or view.state == "needs_information")
        self.approve_button.set_text(
            tr("录取") if listed else tr("记下答复") if view.state == "needs_information" else tr("通过并录入"),
        )
        self.back_button.setVisible(reviews and view.state in {"submitted", "needs_information"})
        self.list_button.setVisible(reviews and full and view.state in {"submitted", "needs_information"})
        self.contact_button.setVisible(is_open)
        for action, there in (
            (self.reject_action, reviews), (self.withdraw_action, registers), (self.hold_action, True),
        ):  # fmt: skip
            action.setVisible(there and is_open)
            action.setEnabled(there and is_open)
        self.more.setVisible(is_open)
        self.sheet_button.setVisible(view.state not in {"rejected", "withdrawn"})
        self.edit_button.setVisible(registers and not listed)
        self.edit_button.set_text(tr("修改") if is_open else tr("重新报名"))


def _reason_text(view: ApplicationView) -> str:
    texts = {
        "returned": tr("退回原因：{reason}", reason=view.reason),
        "needs_information": tr("等家长答复：{reason}", reason=view.reason),
        "waiting_list": tr("候补第 {n} 位：{reason}", n=view.list_place, reason=view.reason),
        "rejected": tr("未通过：{reason}", reason=view.reason),
    }
    return texts.get(view.state, view.reason) if view.reason else ""


def _hold_text(view: ApplicationView, today: str) -> tuple[str, str]:
    if view.hold is None:
        return "", ""
    if view.hold.until < today:
        return tr("名额只保留到 {day}，已经过期", day=view.hold.until), view.hold.note
    return tr("名额保留到 {day}", day=view.hold.until), view.hold.note


def _sheet_words(paper: PaperFact | None) -> tuple[str, str]:
    """Whether the sheet was made and signed meanwhile, as a pill."""
    if paper is None:
        return "", "plain"
    if paper.signed:
        return tr("已签字 {who}", who=f"{paper.signer}（{word(RELATION, paper.relation)}）"), "green"
    return (tr("确认单已打印"), "blue") if paper.prints else (tr("确认单已生成"), "plain")
