"""The last step: what was typed at a glance, and beside it the paper itself; afterwards signing and what follows."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process import clock, confirmation, data_folder, papers, payment, screen_signature, sheet_preview
from app.process.entry import Admitted
from app.process.papers import PaperFact
from app.rules import problems as rules
from app.rules.consents import trouble
from app.rules.person import Registration
from app.rules.problem import Problem
from app.ui import printing_out, theme
from app.ui.desk import Desk
from app.ui.paper_preview import PaperPreview
from app.ui.registration_view import RegistrationView
from app.ui.registration_wizard.done_card import DoneCard
from app.ui.screen_sign_dialog import sign_on_screen
from app.ui.sign_dialog import mark_signed
from app.ui.texts import money_text, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import ElidedText, Text

KIND = "sheet"


class LastStep(QWidget):
    """`signed` when the sheet was marked so, `editAsked(path)` to change something, `pressed(key)` afterwards."""

    signed = Signal()
    editAsked = Signal(str)
    pressed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Empty until `show_registration`."""
        super().__init__(parent)
        self.desk = desk
        self.may_enter = False
        self.handed_in = False
        self.paper_id: int | None = None
        self.student_id: int | None = None  # who was entered
        self._note = ""  # what stays beside the money
        self.paid = False  # what was due for the entry is settled
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(20))
        row.addWidget(self._build_facts(), 5)
        row.addLayout(self._build_paper(), 6)
        desk.changed.connect(self.look_again)

    def _build_facts(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(12))
        self.done = DoneCard()
        self.done.pressed.connect(self._pressed)
        self.warnings = Strip("amber", icon="warning")
        card = Card(padding=20, spacing=4)
        self.view = RegistrationView(editable=True)
        self.view.editAsked.connect(self.editAsked)
        card.body.addWidget(self.view)
        for widget in (self.done, self.warnings, card):
            column.addWidget(widget)
        column.addStretch(1)
        return scrolled(holder)

    def _build_paper(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        self.caption = ElidedText("", "name")
        self.copies = Field(tr("份数"), LineEdit(digits=2), compact=True)
        self.copies.setFixedWidth(theme.px(56))
        self.copies.set_value(str(printing_out.copies_of(self.desk, KIND)))
        self.copies.editor.left.connect(self._keep_copies)
        self.printer_button = Button("", "link", icon="printer", small=True)
        self.printer_button.clicked.connect(self._choose_printer)
        head.addWidget(self.printer_button)
        head.addStretch(1)
        head.addWidget(Text(tr("份数"), "label"))
        head.addWidget(self.copies)
        column.addWidget(self.caption)
        column.addLayout(head)
        self.preview = PaperPreview()
        column.addWidget(self.preview, 1)
        return column

    # what is shown ------------------------------------------------------------------------------------------------

    @property
    def sign_button(self) -> Button:
        """The button that marks the sheet as signed."""
        return self.done.sign_button

    def reset(self) -> None:
        """Forget the paper of the registration before."""
        self.paper_id, self.handed_in, self.student_id, self.paid = None, False, None, False
        self.done.hide()

    def show_registration(
        self,
        registration: Registration,
        wrong: Sequence[Problem],
        not_same: tuple[int, ...] = (),
        returning: int | None = None,
        channel: str = "counter",
    ) -> None:
        """Show what was typed, and the paper as it would be."""
        self.reset()
        found = self.desk.look(
            sheet_preview.preview, registration, not_same=not_same, returning=returning, channel=channel,
        )  # fmt: skip
        self.may_enter = bool(found and found.may_enter)
        said = [*wrong, *(found.warnings if found else ())]
        self.view.set_editable(editable=True)
        self.view.show_registration(registration, said, health_closed=_closed(registration))
        self.warnings.set_kind("red" if wrong else "amber")
        detail = tr("改好以后才能提交。") if wrong else self._what_follows()
        self.warnings.set(tr("还有 {n} 处要看一下", n=len(said)) if said else "", detail)
        self.caption.setText(tr("确认单　预览，提交后编号"))
        self._show_printer()
        printing_out.ask_names(self.desk, lambda _: self._show_printer(), self)
        self.preview.set_pdf(found.content if found else b"")

    def _what_follows(self) -> str:
        return "" if self.may_enter else tr("可以提交，由另一位有审核权限的人通过。")

    def _show_printer(self) -> None:
        self.copies.set_value(str(printing_out.copies_of(self.desk, KIND)))
        text, tone = printing_out.printer_line(self.desk, KIND)
        self.printer_button.set_text(text)
        self.printer_button.set_kind("alert" if tone == "amber" else "link")
        self.printer_button.setToolTip(tr("选打印机、份数"))

    def _choose_printer(self) -> None:
        printing_out.choose_printer(self.desk, KIND, self.window(), self._show_printer)

    def _keep_copies(self) -> None:
        wanted = max(1, int(self.copies.value() or 0))
        self.copies.set_value(str(wanted))
        self.desk.settings.set_printer(KIND, copies=wanted)

    # after it was handed in ---------------------------------------------------------------------------------------

    def show_student(self, admitted: Admitted, registration: Registration) -> int | None:
        """The sheet of the new student; gives the paper."""
        self._note = tr("复托，沿用原来的编号") if admitted.returned else ""
        facts = self._noted(tr("入托应缴 {amount}", amount=money_text(admitted.due_fen)))
        self.done.show_done(tr("学员编号 {number}", number=admitted.number), facts, entered=True)
        self.student_id = admitted.student_id
        return self._show_sheet(registration, student_id=admitted.student_id)

    def show_application(self, application_id: int, registration: Registration) -> int | None:
        """The sheet of the application; gives the paper."""
        facts = tr("由另一位有审核权限的人通过后录入。确认单可以先打印、签字。")
        self.done.show_done(tr("等待审核"), facts, entered=False)
        return self._show_sheet(registration, application_id=application_id)

    def _show_sheet(
        self, registration: Registration, *, student_id: int | None = None, application_id: int | None = None,
    ) -> int | None:
        self.handed_in = True
        self.warnings.set("")
        self.view.set_editable(editable=False)
        self.view.show_registration(registration, _doubts(registration), health_closed=_closed(registration))
        made = self.desk.do(confirmation.make_sheet, student_id=student_id, application_id=application_id)
        if made is None:
            return None
        self.paper_id = made.id
        self._show_paper(made)
        content = self.desk.look(papers.preview, made.id)
        if content is not None:
            self.preview.set_pdf(content)
        return made.id

    def look_again(self) -> None:
        """Something changed: perhaps the sheet was printed or signed, or the money was taken."""
        if not data_folder.is_open():
            return
        found = self.desk.look(papers.look_up, self.paper_id, beside=lambda _: True) if self.paper_id else None
        if found is not None:
            self._show_paper(found)
        if self.student_id is not None:
            account = self.desk.look(payment.open_items, self.student_id, beside=lambda _: True)
            if account is not None:
                self._show_money(account.balance_fen)

    def _show_money(self, balance_fen: int) -> None:
        """What is owed now; `paid` once nothing is."""
        self.paid = balance_fen <= 0
        text = tr("已缴清") if self.paid else tr("还应缴 {amount}", amount=money_text(balance_fen))
        self.done.show_money(self._noted(text), paid=self.paid)

    def _noted(self, text: str) -> str:
        return "　".join(filter(None, (self._note, text)))

    def _show_paper(self, paper: PaperFact) -> None:
        self.caption.setText(paper.number)
        self.done.show_paper(paper, pad=screen_signature.offered())

    def _pressed(self, key: str) -> None:
        if key == "sign":
            if self.paper_id is not None and mark_signed(self.desk, self.window(), self.paper_id):
                self.look_again()
                self.signed.emit()
        elif key == "screen":
            if self.paper_id is not None and sign_on_screen(self.desk, self.window(), self.paper_id):
                self.look_again()
                self.preview.set_pdf(self.desk.look(papers.preview, self.paper_id) or b"")
                self.signed.emit()
        else:
            self.pressed.emit(key)


def _doubts(registration: Registration) -> tuple[Problem, ...]:
    return rules.problems(registration, clock.today())


def _closed(registration: Registration) -> str:
    """Why health is not shown: the answers to the consents do not open it."""
    return trouble(registration.consents, registration.child.birth_date, clock.today())
