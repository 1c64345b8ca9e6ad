"""Who the registration may be already: an amber strip for each match, with two verbs, never a box (look.md 11, 12)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process import application, data_folder
from app.process.matches import Match
from app.rules import phones
from app.rules.person import Registration
from app.ui import theme
from app.ui.desk import Desk
from app.ui.texts import tr
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb
from app.ui.words import RELATION, word

SHOWN = 3


class KnownStrips(QWidget):
    """Keeps what was answered. `familyChosen(student id)`; `answered` when a strip was dealt with."""

    familyChosen = Signal(int)
    answered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Hidden while nobody is known."""
        super().__init__(parent)
        self.desk = desk
        self.not_same: tuple[int, ...] = ()  # keys of the matches that are others
        self.returning: int | None = None  # the former student who comes back
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._shown: tuple[Match, ...] = ()
        self.strips: list[Strip] = []
        self.hide()

    def begin(self) -> None:
        """Another registration: nothing was answered yet."""
        self.not_same, self.returning = (), None
        self._show(())

    def look(self, whole: Registration, application_id: int | None) -> None:
        """Look for those who are known, and show whom nobody has answered yet."""
        if not data_folder.is_open():
            return  # locked meanwhile; it looks again when something is typed
        found = self.desk.look(application.matches, whole, application_id=application_id, beside=lambda _: True)
        shared = any(guardian.id for guardian in whole.guardians)
        self._show([match for match in found or () if not self._is_answered(match, shared=shared)])

    def _is_answered(self, match: Match, *, shared: bool) -> bool:
        if match.key in self.not_same or (match.student_id is not None and match.student_id == self.returning):
            return True
        return match.kind == "sibling" and (shared or match.student_id is None)

    def _show(self, matches: Sequence[Match]) -> None:
        found = tuple(matches[:SHOWN])
        if found == self._shown:
            return
        self._shown = found
        for strip in self.strips:
            strip.hide()  # or a pending show would make a window of it
            strip.setParent(None)
            strip.deleteLater()
        self.strips = []
        for match in found:
            strip = Strip(_kind(match), *_words(match), icon="users", verbs=_verbs(match))
            strip.pressed.connect(lambda key, match=match: self._pressed(key, match))
            self._column.addWidget(strip)
            self.strips.append(strip)
        self.setVisible(bool(found))

    def _pressed(self, key: str, match: Match) -> None:
        if key == "family" and match.student_id:
            self.familyChosen.emit(match.student_id)
        elif key == "return" and match.student_id:
            self.returning = match.student_id
        else:
            self.not_same = (*self.not_same, match.key)
        self.answered.emit()


def _kind(match: Match) -> str:
    return "red" if match.kind == "same_identity" else "amber"


def _words(match: Match) -> tuple[str, str]:
    facts = "　".join(filter(None, (match.number, match.class_name, match.birth_date)))
    if match.kind == "sibling":
        who = f"{word(RELATION, match.relation)} {match.guardian_name}".strip()
        whose = f"{match.name}（{match.class_name}）" if match.class_name else match.name
        head = tr("手机 {mobile} 已登记为 {name}的{who}", mobile=phones.show(match.mobile), name=whose, who=who)
        return head, tr("可能是兄弟姐妹。选“同一家庭”将共用监护人和住址，并按规则给出多孩优惠。")
    if match.kind == "same_identity":
        return tr("证件号码和 {name} 相同", name=match.name), facts
    if match.kind == "same_name_and_birth":
        return tr("已有同名、同一天出生的 {name}", name=match.name), facts
    return tr("已有读音和手机相同的 {name}", name=match.name), facts


def _verbs(match: Match) -> list[Verb]:
    other = Verb("other", tr("不是"))
    if match.kind == "sibling":
        return [Verb("family", tr("同一家庭"), "secondary", "Alt+S"), other]
    if match.former:
        returns = Verb("return", tr("是本人，复托"), "secondary", "Alt+S")
        return [returns] if match.kind == "same_identity" else [returns, other]
    if match.kind == "same_identity":
        return []
    return [Verb("other", tr("不是同一个孩子"))]
