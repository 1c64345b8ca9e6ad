"""The last step: what was typed at a glance, and beside it the paper itself; afterwards signing and what follows."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.process import confirmation, papers, sheet_preview
from app.process.entry import Admitted
from app.rules.person import Registration
from app.rules.problem import Problem
from app.ui import theme
from app.ui.desk import Desk
from app.ui.paper_preview import PaperPreview
from app.ui.sections.wording import grade_class_text
from app.ui.sign_dialog import mark_signed
from app.ui.texts import money_text, phone_text, sentence, tr
from app.ui.widgets.basic import Card, Text, scrolled
from app.ui.widgets.button import Button
from app.ui.widgets.notice import Strip
from app.ui.words import HEALTH_MARK, RELATION, SEX, UNIT, word


class LastStep(QWidget):
    """`signed` when the sheet was marked as signed."""

    signed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Empty until `show_registration`."""
        super().__init__(parent)
        self.desk = desk
        self.may_enter = False
        self.handed_in = False
        self.paper_id: int | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        left = QVBoxLayout()
        self.warnings = Strip("amber", icon="warning")
        left.addWidget(self.warnings)
        self.sign_button = Button(tr("家长已签字"), "primary", "Alt+Q", "check-circle", tall=True)
        self.sign_button.clicked.connect(self._sign)
        self.sign_button.hide()
        left.addWidget(self.sign_button)
        self.card = Card(padding=18, spacing=4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self.card.body.addLayout(self._grid)
        self.card.body.addStretch(1)
        left.addWidget(scrolled(self.card), 1)
        row.addLayout(left, 5)
        self.preview = PaperPreview()
        row.addWidget(self.preview, 6)

    def reset(self) -> None:
        """Forget the paper of the registration before."""
        self.paper_id, self.handed_in = None, False
        self.sign_button.hide()

    def show_registration(
        self,
        registration: Registration,
        wrong: Sequence[Problem],
        not_same: tuple[int, ...] = (),
        returning: int | None = None,
    ) -> None:
        """Show what was typed, and the paper as it would be."""
        self.reset()
        found = self.desk.look(sheet_preview.preview, registration, not_same=not_same, returning=returning)
        self.may_enter = bool(found and found.may_enter)
        said = [*wrong, *(found.warnings if found else ())]
        self.warnings.set(
            tr("还有 {n} 处要看一下", n=len(said)) if said else "",
            "　".join(sentence(one) for one in said[:4]),
        )
        self._fill(registration)
        self.preview.set_pdf(found.content if found else b"")

    def _fill(self, whole: Registration) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for place, (caption, value) in enumerate(_summary(whole)):
            self._grid.addWidget(Text(caption, "secondary"), place, 0)
            self._grid.addWidget(Text(value or "—", "body", wrap=True), place, 1)

    def show_student(self, admitted: Admitted) -> int | None:
        """The sheet of the new student; gives the paper."""
        return self._show_sheet(student_id=admitted.student_id)

    def show_application(self, application_id: int) -> int | None:
        """The sheet of the application; gives the paper."""
        return self._show_sheet(application_id=application_id)

    def _show_sheet(self, *, student_id: int | None = None, application_id: int | None = None) -> int | None:
        self.handed_in = True
        made = self.desk.do(confirmation.make_sheet, student_id=student_id, application_id=application_id)
        if made is None:
            return None
        self.paper_id = made.id
        content = self.desk.look(papers.preview, made.id)
        if content is not None:
            self.preview.set_pdf(content)
        self.warnings.set("")
        self.sign_button.setVisible(not made.signed)
        return made.id

    def _sign(self) -> None:
        if self.paper_id is not None and mark_signed(self.desk, self.window(), self.paper_id):
            self.sign_button.hide()
            self.signed.emit()


def _summary(whole: Registration) -> list[tuple[str, str]]:
    child, services = whole.child, whole.services
    lines = [
        (tr("姓名"), "　".join(filter(None, (child.name, word(SEX, child.sex), child.birth_date)))),
        (tr("证件号码"), child.identity_number),
        (tr("就读学校"), "　".join(filter(None, (child.school, grade_class_text(child.grade, child.school_class))))),
        (tr("家庭住址"), child.address),
    ]
    lines += [(word(RELATION, one.relation), f"{one.name}　{phone_text(one.mobile)}") for one in whole.guardians]
    lines += [
        (word(RELATION, one.relation) or tr("联系人"), f"{one.name}　{phone_text(one.mobile)}")
        for one in whole.contacts
    ]
    marks = tr("、").join(word(HEALTH_MARK, one) for one in whole.health.marks)
    lines.append((tr("健康"), "　".join(filter(None, (marks, whole.health.allergies)))))
    for line in services.lines:
        price = f"{money_text(line.unit_fen)} × {line.quantity} {word(UNIT, line.unit)}"
        lines.append(
            (line.service_name, f"{tr('{first} 至 {last}', first=line.from_date, last=line.to_date)}　{price}"),
        )
    lines.append((tr("入托应缴"), f"¥{money_text(services.total_fen)}"))
    return lines
