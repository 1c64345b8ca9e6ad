"""The confirmation sheets of a student, newest first: version, who signed and how, and what was scanned."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process.papers import PaperFact
from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import ElidedText, Text
from app.ui.words import RELATION, word


class PapersCard(Card):
    """`opened(paper_id)`."""

    opened = Signal(int)

    def __init__(self) -> None:
        """No sheets yet: hidden."""
        super().__init__(padding=20, spacing=8)
        self.body.addWidget(Text(tr("确认单与扫描件"), "card_title"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(8))
        self.body.addLayout(self._lines)
        self._shown: tuple[PaperFact, ...] = ()
        self.buttons: list[Button] = []
        self.hide()

    def show_papers(self, found: Sequence[PaperFact]) -> None:
        """Show these sheets; nothing is made anew when they are the same."""
        if tuple(found) == self._shown:
            return
        self._shown, self.buttons = tuple(found), []
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in found:
            self._lines.addWidget(Hairline())
            self._lines.addWidget(self._line(one))
        self.setVisible(bool(found))

    def _line(self, one: PaperFact) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        number = Text(one.number, "name")
        row.addWidget(number)
        row.addWidget(Text(tr("第 {version} 版", version=one.version), "secondary"))
        pill = Pill()
        pill.set(*_state(one))
        row.addWidget(pill)
        row.addWidget(ElidedText(_facts(one), "secondary"), 1)
        button = Button(tr("查看"), "link", small=True)
        button.setAccessibleName(f"{tr('查看')} {one.number}")
        button.clicked.connect(lambda: self.opened.emit(one.id))
        self.buttons.append(button)
        row.addWidget(button)
        return line


def _state(one: PaperFact) -> tuple[str, str]:
    if not one.signed:
        return tr("待签字"), "blue"
    return (tr("屏幕签字"), "green") if one.signed_sha256 else (tr("已签字"), "green")


def _facts(one: PaperFact) -> str:
    who = f"{one.signer}（{word(RELATION, one.relation)}）　{one.signed_on}" if one.signed else one.made_at[:10]
    return "　".join(filter(None, (who, tr("扫描件 {n} 个", n=one.scans) if one.scans else "")))

