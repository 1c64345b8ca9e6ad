"""Who an application may be, side by side, and the answers: the same child, brother or sister, somebody else."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process.matches import Match
from app.process.review import ApplicationView
from app.rules import phones
from app.rules.status import OPEN
from app.ui import theme
from app.ui.match_card import MatchCard
from app.ui.registration_view import clear
from app.ui.texts import tr
from app.ui.widgets.verb import Verb


class Matches(QWidget):
    """`answered(key, said)`; `rejectAsked(reason)`: it is a child that is here, or one that applied already."""

    answered = Signal(int, str)
    rejectAsked = Signal(str)
    studentRequested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_matches`."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))

    def show_matches(self, view: ApplicationView) -> None:
        """The unanswered ones first; the keys belong to the first of them."""
        clear(self._column)
        answered = {*view.not_same, view.returning}
        first = True
        for match in sorted(view.matches, key=lambda one: one.key in answered):
            done = match.key in answered
            verbs = _verbs(view, match, done=done, keys=first) if view.state in OPEN else []
            first = first and done
            card = MatchCard(view.registration, match, _answer(match, view), verbs)
            card.studentAsked.connect(self.studentRequested)
            card.pressed.connect(lambda said, match=match: self._pressed(match, said))
            self._column.addWidget(card)
        self.setVisible(bool(view.matches))

    def _pressed(self, match: Match, said: str) -> None:
        if said == "reject":
            who = tr("{name} {number}", name=match.name, number=match.number).strip()
            here = match.student_id is not None
            self.rejectAsked.emit(tr("已在托：{who}", who=who) if here else tr("重复报名：{who}", who=who))
        else:
            self.answered.emit(match.key, "" if said == "again" else said)


def _verbs(view: ApplicationView, match: Match, *, done: bool, keys: bool) -> list[Verb]:
    """What can be answered about a match."""
    if done:
        return [Verb("again", tr("改回答"))]
    if match.former:
        wanted = [("returning", tr("是本人，复托"))]
    elif match.student_id is not None:
        wanted = [("reject", tr("是本人，已在托"))]
    else:
        wanted = [("reject", tr("同一孩子，重复报名"))]
    if match.kind != "same_identity":
        if match.student_id is not None and _shares(view, match):
            wanted.append(("family", tr("兄弟姐妹")))
        wanted.append(("other", tr("不是同一人")))
    return [Verb(key, text, shortcut=f"Alt+{place}" if keys else "") for place, (key, text) in enumerate(wanted, 1)]


def _shares(view: ApplicationView, match: Match) -> bool:
    return match.mobile in {phones.clean(one.mobile) for one in view.registration.guardians}


def _answer(match: Match, view: ApplicationView) -> str:
    """What was said about a match; nothing while it was not asked."""
    if match.student_id is not None and match.student_id == view.returning:
        return tr("已确认：是本人，复托")
    return tr("已确认：不是同一人") if match.key in view.not_same else ""
