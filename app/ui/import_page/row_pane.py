"""Beside the rows: the current one with its problems in words, and side by side with who it may be already."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process import application
from app.process.form_import import OTHER, RETURNS, SIBLING, Likeness, PreviewRow
from app.process.matches import Match
from app.rules.problem import ERROR
from app.ui import form_row_words, theme
from app.ui.desk import Desk
from app.ui.import_page.choice import SAME, Choice, answers_for
from app.ui.import_page.field_words import field_word
from app.ui.match_card import MatchCard
from app.ui.registration_view import clear
from app.ui.texts import sentence, tr
from app.ui.widgets.card import Card
from app.ui.widgets.chips import FilterChips
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import Text

WIDTH, NARROW = 344, 328


class RowPane(Card):
    """`answered(row, answer)`: who the row is; `studentRequested` to see the file of the other."""

    answered = Signal(int, str)
    studentRequested = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Empty until `show_row`."""
        super().__init__(padding=14, spacing=10, parent=parent)
        self.desk = desk
        self.row: PreviewRow | None = None
        self.name = Text("", "dialog_title", wrap=True)
        self.state = Pill()
        self.body.addWidget(self.name)
        self.body.addWidget(self.state)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, theme.px(2), 0)
        self._column.setSpacing(theme.px(10))
        self._parts = QVBoxLayout()
        self._parts.setSpacing(theme.px(10))
        self.answers = FilterChips()
        self.answers.chosen.connect(self._chosen)
        self._column.addLayout(self._parts)
        self._column.addWidget(self.answers)
        self._column.addStretch(1)
        self.body.addWidget(scrolled(holder), 1)

    def fit(self, page_width: int) -> None:
        """Take less room in a small window."""
        self.setFixedWidth(theme.wide(WIDTH if page_width >= theme.wide(1200) else NARROW))

    def show_row(self, choice: Choice, row: PreviewRow | None) -> None:
        """Show a row; None for nobody."""
        self.row = row
        clear(self._parts)
        self.answers.setVisible(False)
        if row is None:
            self.name.setText("")
            self.state.set("")
            return
        name = choice.seen.registration(row.n).child.name
        self.name.setText(tr("第 {n} 行　{name}", n=row.n, name=name))
        goes_in = choice.goes_in(row)
        self.state.set(tr("会导入") if goes_in else tr("不导入"), "green" if goes_in else "plain")
        for one in row.checked.problems:
            kind = "red" if one.strength == ERROR else "amber"
            self._parts.addWidget(Strip(kind, _field(one.field), sentence(one)))
        if not row.checked.problems and row.duplicate is None and row.sibling is None:
            self._parts.addWidget(Strip("green", tr("没有发现问题")))
        self._show_likeness(choice, row)

    def _show_likeness(self, choice: Choice, row: PreviewRow) -> None:
        like = row.duplicate or row.sibling
        if like is None:
            return
        whole = choice.seen.registration(row.n)
        said = form_row_words.duplicate_words(like) if row.duplicate else form_row_words.sibling_words(like)
        match = self._match(choice, row, like)
        if match is None:
            self._parts.addWidget(Strip("amber", said))
        else:
            card = MatchCard(whole, match)
            card.studentAsked.connect(self.studentRequested)
            self._parts.addWidget(card)
        offered = answers_for(row)
        words = {
            SAME: tr("同一个孩子，不导入"), RETURNS: tr("是本人，复托"), SIBLING: tr("兄弟姐妹，共用监护人"),
            OTHER: tr("是另外一个孩子") if row.duplicate else tr("不是兄弟姐妹"),
        }  # fmt: skip
        self.answers.set_chips([(key, words[key], None) for key in offered])
        self.answers.set_none()
        self.answers.set_current(choice.answers.get(row.n, SAME if row.duplicate else ""))
        self.answers.setVisible(bool(offered))
        if choice.stopped(row) and not row.has_error:
            words_stop = tr("证件号码相同，不会再导入。如果是另外一个孩子，请先改正证件号码。")
            self._parts.addWidget(Text(words_stop, "secondary", wrap=True))
        if row.sibling and not offered:
            words_later = tr("两个孩子都还没有录入；审核第二个孩子时可以共用监护人。")
            self._parts.addWidget(Text(words_later, "secondary", wrap=True))

    def _match(self, choice: Choice, row: PreviewRow, like: Likeness) -> Match | None:
        """The other one with the facts that stand beside: a record, or an earlier row of the file."""
        if like.row:
            other = choice.seen.registration(like.row)
            guardian = next((one for one in other.guardians if one.mobile == like.phone), None)
            guardian = guardian or next(iter(other.guardians), None)
            reached = (guardian.name, guardian.relation, guardian.mobile) if guardian else ("", "", "")
            child = other.child
            return Match(like.kind, None, None, child.name, child.birth_date, str(like.row), "", "", *reached)
        found = self.desk.look(application.matches, choice.seen.registration(row.n), beside=lambda _: True) or ()
        wanted = like.id if like.known == "student" else -like.id
        return next((one for one in found if one.key == wanted), None)

    def _chosen(self, said: str) -> None:
        if self.row is not None:
            self.answered.emit(self.row.n, said)


def _field(field: str) -> str:
    parts = field.split(".")
    return field_word(field) if parts[0] not in ("services", "pick_up") or field in _KNOWN else tr("服务与接送")


_KNOWN = frozenset({"services.start_date", "services.wanted", "pick_up.goes_home_alone"})
