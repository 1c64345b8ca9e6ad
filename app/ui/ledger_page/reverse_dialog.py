"""Reversing a row of the ledger: why, and what becomes of it."""

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import clock, ledger
from app.process.ledger import GoesWith, LedgerRow
from app.ui.desk import Desk
from app.ui.ledger_page.cells import what_text
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import DISCOUNT, word


class ReverseDialog(Dialog):
    """Why a row is reversed; the row itself stays."""

    def __init__(self, desk: Desk, row: LedgerRow, parent: QWidget | None = None) -> None:
        """`row` is the one that is taken back."""
        super().__init__(parent, tr("冲销"))
        self.desk, self.row, self._opid = desk, row, uuid4().hex
        facts = f"{row.date}　{what_text(row)}　{money_text(row.fen)}"
        self.problem = Strip("red", icon="warning-circle")
        self.reason = Field(tr("原因"), LineEdit(tr("例如：重复记账")), required=True)
        self.body.addWidget(Text(facts, "name", wrap=True))
        self.body.addWidget(
            Text(
                tr("原来的一笔保留不动，另记一笔相反的。日期是今天（{day}）。", day=clock.today()),
                "secondary",
                wrap=True,
            ),
        )
        for one in desk.look(ledger.goes_with, row.id) or ():
            self.body.addWidget(Text(_goes_with_text(one), "body", wrap=True))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.reason)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("reverse", tr("冲销"), "danger", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "reverse":
            self.reject()
            return
        reason = str(self.reason.value()).strip()
        if not reason:
            self.reason.problem(tr("请写冲销的原因"))
            return
        self.desk.do(ledger.reverse, self.row.id, reason, opid=self._opid, beside=self._beside)
        if self.desk.done_well:
            self.desk.message(tr("已冲销"))
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.problem.set(sentence(refused))
        return True


def _goes_with_text(one: GoesWith) -> str:
    """Which discount is taken back with its charge, and what of it stays for others."""
    name = word(DISCOUNT, one.rule)
    if not one.rest_fen:
        return tr("它的{name} {amount} 会一起冲销。", name=name, amount=money_text(one.fen))
    return tr(
        "它的{name} {amount} 会一起冲销；其中 {rest} 属于别的应收，会重新记上。",
        name=name, amount=money_text(one.fen), rest=money_text(one.rest_fen),
    )  # fmt: skip
