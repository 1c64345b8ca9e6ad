"""Who the registration may be already: an amber strip for each match, with two verbs, never a box."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process.matches import Match
from app.ui import theme
from app.ui.texts import phone_text, tr
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb
from app.ui.words import RELATION, word

SHOWN = 3


class KnownStrips(QWidget):
    """`familyChosen(student id)`, `returnChosen(student id)`, `otherChosen(match key)`."""

    familyChosen = Signal(int)
    returnChosen = Signal(int)
    otherChosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden while nobody is known."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._shown: tuple[Match, ...] = ()
        self.strips: list[Strip] = []
        self.hide()

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Show those that nobody has answered yet."""
        found = tuple(matches[:SHOWN])
        if found == self._shown:
            return
        self._shown = found
        for strip in self.strips:
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
            self.returnChosen.emit(match.student_id)
        else:
            self.otherChosen.emit(match.key)


def _kind(match: Match) -> str:
    return "red" if match.kind == "same_identity" else "amber"


def _words(match: Match) -> tuple[str, str]:
    facts = "　".join(filter(None, (match.number, match.class_name, match.birth_date)))
    if match.kind == "sibling":
        who = f"{word(RELATION, match.relation)} {match.guardian_name}"
        head = tr("手机 {mobile} 已登记为 {name} 的{who}", mobile=phone_text(match.mobile), name=match.name, who=who)
        return head, tr("可能是兄弟姐妹。选“同一家庭”将共用监护人和住址，并按规则给出多孩优惠。")
    if match.kind == "same_identity":
        return tr("证件号码和 {name} 相同", name=match.name), facts
    if match.kind == "same_name_and_birth":
        return tr("已有同名、同一天出生的 {name}", name=match.name), facts
    return tr("已有读音和手机相同的 {name}", name=match.name), facts


def _verbs(match: Match) -> list[Verb]:
    if match.kind == "sibling":
        return [Verb("family", tr("同一家庭"), "secondary", "Alt+S"), Verb("other", tr("不是"), "quiet")]
    if match.student_id and match.state in {"left", "archived"}:
        return [Verb("return", tr("是本人，复托")), Verb("other", tr("不是"), "quiet")]
    if match.kind == "same_identity":
        return []
    return [Verb("other", tr("不是同一个孩子"))]
