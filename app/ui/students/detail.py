"""The pane beside the list: one student at a glance, allergies first, with the next steps."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.process import student_list
from app.process.hidden import NO_RIGHT
from app.process.student_list import StudentDetail
from app.rules import phones
from app.ui import theme
from app.ui.consent_words import closed_text
from app.ui.desk import Desk
from app.ui.students.cells import MARK_KINDS, STATE_KINDS, mark_text
from app.ui.texts import money_text, tr
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button, MenuButton
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import ElidedText, KeyFigure, Text
from app.ui.words import RELATION, SEX, STUDENT_STATE, word

WIDTH, NARROW = 344, 328  # design pixels; the second in a small window


class DetailPane(QWidget):
    """Follows the selection of the list."""

    studentRequested = Signal(int)
    paymentRequested = Signal(int)
    ledgerRequested = Signal(int)
    sheetRequested = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """An empty pane."""
        super().__init__(parent)
        self.desk = desk
        self.student_id: int | None = None
        self.setFixedWidth(theme.wide(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.card = Card(padding=20, spacing=12)
        column.addWidget(self.card)
        self._build_head()
        self._build_buttons()
        self._build_money()
        self.lists = QWidget()
        self._lists_layout = QVBoxLayout(self.lists)
        self._lists_layout.setContentsMargins(0, 0, 0, 0)
        self._lists_layout.setSpacing(theme.px(8))
        self.card.body.addWidget(scrolled(self.lists), 1)
        self.clear()

    def _build_head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        self.avatar = Avatar("", 56)
        row.addWidget(self.avatar)
        names = QVBoxLayout()
        names.setSpacing(theme.px(4))
        first = QHBoxLayout()
        first.setSpacing(theme.px(10))
        self.name = ElidedText("", "dialog_title")
        self.state = Pill()
        first.addWidget(self.name)
        first.addWidget(self.state)
        first.addStretch(1)
        self.facts = ElidedText("", "secondary")
        names.addLayout(first)
        names.addWidget(self.facts)
        row.addLayout(names, 1)
        self.card.body.addLayout(row)
        self.allergy = Strip("accent", icon="warning")
        self.card.body.addWidget(self.allergy)
        self.health = Strip("amber", icon="lock")
        self.card.body.addWidget(self.health)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.pay = Button(tr("收费"), "primary", "F7", "credit-card", bind=False)
        self.pay.clicked.connect(lambda: self._ask(self.paymentRequested))
        self.sheet = Button(tr("确认单"), "secondary", "", "printer")
        self.sheet.clicked.connect(lambda: self._ask(self.sheetRequested))
        self.more = MenuButton("dots-three", tr("更多"))
        self.more.menu.addAction(
            tr("打开学员档案　Enter"),
            lambda: self._ask(self.studentRequested),
        )
        self.ledger = self.more.menu.addAction(tr("收费流水"), lambda: self._ask(self.ledgerRequested))
        row.addWidget(self.pay, 1)
        row.addWidget(self.sheet, 1)
        row.addWidget(self.more)
        self.card.body.addLayout(row)

    def _ask(self, signal: SignalInstance) -> None:
        if self.student_id is not None:
            signal.emit(self.student_id)

    def _build_money(self) -> None:
        box = Card(padding=14, spacing=0)
        box.set_tint(True)
        self.balance = KeyFigure(tr("账户余额"))
        self.due = KeyFigure(tr("应收"))
        self.paid = KeyFigure(tr("已收"))
        self._figures = QGridLayout()
        box.body.addLayout(self._figures)
        self._arrange_figures()
        self.money = box
        self.card.body.addWidget(box)

    def _arrange_figures(self) -> None:
        """Three figures side by side; with large text the balance stands above the other two."""
        high = theme.percent() > 115
        self._figures.setHorizontalSpacing(theme.px(10))
        self._figures.setVerticalSpacing(theme.px(8))
        for place, figure in enumerate((self.balance, self.due, self.paid)):
            row, column = divmod(place + 1, 2) if high and place else (0, place)
            self._figures.addWidget(figure, row, column)

    def fit(self, page_width: int) -> None:
        """Take less room in a small window, and none where the list itself has too little."""
        self._arrange_figures()
        self.setVisible(page_width >= theme.wide(900))
        self.setFixedWidth(theme.wide(WIDTH if page_width >= theme.wide(1200) else NARROW))

    def clear(self) -> None:
        """Show nobody."""
        self.student_id = None
        self.card.setEnabled(False)
        for widget in (self.avatar, self.state, self.pay, self.sheet, self.more, self.money):
            widget.setVisible(False)
        self.name.setText("")
        self.facts.setText(tr("选一位学员看详情"))
        self.allergy.set("")
        self.health.set("")
        self._empty_lists()

    def show_student(self, student_id: int) -> None:
        """Read and show one student."""
        found = self.desk.look(student_list.detail, student_id)
        if found is None:
            self.clear()
            return
        self.student_id = student_id
        self.card.setEnabled(True)
        for widget in (self.avatar, self.state, self.more):
            widget.setVisible(True)
        self.pay.setVisible(self.desk.may("take_payment"))
        self.sheet.setVisible(self.desk.may("register"))
        self.ledger.setVisible(self.desk.may("see_ledger"))
        self._show_head(found)
        self._show_money(found)
        self._show_lists(found)

    def _show_money(self, found: StudentDetail) -> None:
        """Three figures, or nothing for somebody who may see no money."""
        self.money.setVisible(found.balance_fen is not None)
        if found.balance_fen is None or found.charged_fen is None or found.paid_fen is None:
            return
        self.balance.set_value(money_text(-found.balance_fen), "red" if found.balance_fen > 0 else "primary")
        self.due.set_value(money_text(found.charged_fen))
        self.paid.set_value(money_text(found.paid_fen))

    def _show_head(self, found: StudentDetail) -> None:
        self.avatar.set_name(found.name)
        self.name.setText(found.name)
        self.state.set(word(STUDENT_STATE, found.state), STATE_KINDS.get(found.state, "plain"))
        self.facts.setText("　".join(filter(None, (found.number, word(SEX, found.sex), _age(found.age)))))
        self.allergy.set(found.allergies)
        closed = found.health_closed not in {"", NO_RIGHT}
        self.health.set(tr("健康资料已关闭") if closed else "", closed_text(found.health_closed) if closed else "")

    def _empty_lists(self) -> None:
        while (item := self._lists_layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # or a pending show would make a window of it
                widget.setParent(None)
                widget.deleteLater()

    def _show_lists(self, found: StudentDetail) -> None:
        self._empty_lists()
        if found.marks:
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            holder = QWidget()
            holder.setLayout(row)
            for mark in found.marks:
                row.addWidget(Pill(mark_text(mark), MARK_KINDS.get(mark, "plain")))
            row.addStretch(1)
            self._lists_layout.addWidget(holder)
        self._block(tr("监护人与接送"))
        for one in found.people:
            relation = word(RELATION, one.relation)
            self._line(one.name, relation, phones.show(one.mobile), icon="phone" if one.emergency else "")
        if found.goes_home_alone:
            self._lists_layout.addWidget(Text(tr("自行回家 {time} 起", time=found.alone_from), "secondary"))
        self._lists_layout.addWidget(Hairline())
        self._block(tr("在办服务"))
        for line in found.lines:
            until = tr("至 {day}", day=line.to_date) if line.to_date else ""
            self._line(line.service, until, tr("剩 {n} 天", n=line.days_left) if line.days_left >= 0 else tr("已结束"))
        if not found.lines:
            self._lists_layout.addWidget(Text(tr("没有在办的服务"), "secondary"))
        self._lists_layout.addWidget(Hairline())
        self._block(tr("最近动态"))
        for event in found.events:
            self._event(event.text_code, event.text_value, event.at)
        self._lists_layout.addStretch(1)

    def _block(self, title: str) -> None:
        self._lists_layout.addWidget(Text(title, "block_title"))

    def _line(self, name: str, second: str, right: str, icon: str = "") -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Text(name, "name"))
        row.addWidget(ElidedText(second, "caption", "ink2"), 1)
        if icon:
            row.addWidget(IconLabel(icon, "accent", 16))
        row.addWidget(Text(right, "secondary"))
        self._lists_layout.addWidget(holder)

    def _event(self, code: str, value: str, at: str) -> None:
        from app.ui.log_words.actions import action_text
        from app.ui.log_words.fields import SECTIONS

        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(ElidedText(f"{action_text(code)}　{word(SECTIONS, value)}".strip("　")), 1)
        row.addWidget(Text(at[:16].replace("T", " "), "caption"))
        self._lists_layout.addWidget(holder)


def _age(age: tuple[int, int] | None) -> str:
    if age is None:
        return ""
    years, months = age
    return tr("{years} 岁 {months} 个月", years=years, months=months)
