"""A student's file: read view first, one card edited at a time, history per field, undo of the last save."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Refused
from app.process import clock, merged, student_file
from app.process.hidden import NO_RIGHT
from app.process.student_file import Profile
from app.rules import problems
from app.rules.person import Registration
from app.ui import theme
from app.ui.desk import Desk
from app.ui.student_profile.card import FileCard
from app.ui.student_profile.cards import COVERS, HISTORY_OF, make_cards
from app.ui.student_profile.consent_dialog import ConsentDialog
from app.ui.student_profile.head import FileHead
from app.ui.student_profile.health_strip import HealthStrip
from app.ui.student_profile.history import HistoryDialog, both_values
from app.ui.student_profile.merge import MergeDialog
from app.ui.student_profile.origin import Origin
from app.ui.student_profile.papers_card import PapersCard
from app.ui.student_profile.unsaved import UnsavedCards
from app.ui.texts import sentence, tr
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import Page, scrolled
from app.ui.widgets.verb import Verb


class StudentProfilePage(Page):
    """`open(student_id=…)`. What was typed and not saved is kept until one comes back."""

    studentRequested = Signal(int)
    paymentRequested = Signal(int)
    ledgerRequested = Signal(int)
    sheetRequested = Signal(int)
    paperRequested = Signal(int)
    logRequested = Signal(str, int)
    backRequested = Signal()
    help_key = "student"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """An empty file."""
        super().__init__(parent=parent)
        self.desk = desk
        self.profile: Profile | None = None
        self._unsaved = UnsavedCards(desk)
        self._version = 0
        self.body.addWidget(self._build_head())
        self.unsigned = Strip("amber", icon="pen-nib", verbs=[Verb("sheet", tr("看确认单"), shortcut="Ctrl+P")])
        self.unsigned.pressed.connect(lambda _: self.print_sheet())
        self.health = HealthStrip()
        self.health.pressed.connect(lambda key: self._consent() if key == "consent" else self.print_sheet())
        self.allergy = Strip("accent", icon="warning")
        self.body.addWidget(self.allergy)
        self.body.addWidget(self.unsigned)
        self.body.addWidget(self.health)
        self.body.addWidget(scrolled(self._build_cards()), 1)

    # what stands on the page ----------------------------------------------------------------------------------------

    def _build_head(self) -> FileHead:
        self.head = FileHead()
        self.head.payAsked.connect(lambda: self._with(self.paymentRequested))
        self.head.sheetAsked.connect(self.print_sheet)
        self.head.ledgerAsked.connect(lambda: self._with(self.ledgerRequested))
        self.head.logAsked.connect(lambda: self.logRequested.emit("student", self.current_student() or 0))
        self.head.mergeAsked.connect(self._merge)
        self.head.backAsked.connect(self.go_back)
        return self.head

    def _build_cards(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        self.cards = make_cards(self.desk)
        for card in self.cards.values():
            card.saveAsked.connect(self._save)
            card.historyAsked.connect(self._history)
            card.cancelled.connect(self.save_now)
            column.addWidget(card)
        self.cards["child"].revealAsked.connect(self._reveal)
        self.cards["health"].consentAsked.connect(self._consent)
        self.cards["child"].prepare = self._with_identity
        self.origin = Origin()
        self.papers = PapersCard()
        self.papers.opened.connect(self.paperRequested)
        column.addWidget(self.papers)
        column.addWidget(self.origin)
        column.addStretch(1)
        return holder

    # opening --------------------------------------------------------------------------------------------------------

    def open(self, student_id: int = 0) -> None:
        """Show a student; what was typed for another one is kept. A record that went into another one leads there."""
        self.save_now()
        found = self.desk.look(student_file.profile, merged.stays(student_id) if student_id else 0)
        if found is None:
            self.backRequested.emit()
            return
        if found.student_id != student_id:
            self.desk.message(tr("这个编号的档案已并入 {number}", number=found.number), "info")
        for card in self.cards.values():
            card.saved()
        self._show(found)
        self._take_up()

    def refresh(self) -> None:
        """Look again; a card that is being edited stays as it was typed."""
        if self.profile is None:
            return
        found = self.desk.look(student_file.profile, self.profile.student_id)
        if found is not None:
            self._show(found, keep_version=any(card.editing for card in self.cards.values()))

    def focus_first(self) -> None:
        """The card that is being edited, else the first one: E edits it."""
        editing = next((card for card in self.cards.values() if card.editing), None)
        if editing is not None:
            editing.focus_editor()
        else:
            self.cards["child"].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """E beside the cards edits the first one."""
        if event.key() == Qt.Key.Key_E and not event.modifiers() and not any(c.editing for c in self.cards.values()):
            self.cards["child"].edit()
            return
        super().keyPressEvent(event)

    def current_student(self) -> int | None:
        """The student whose file is open."""
        return self.profile.student_id if self.profile else None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        changing = [("E", tr("修改")), ("F9", tr("保存")), ("Ctrl+Z", tr("撤销上次保存"))]
        sheet = [("Ctrl+P", tr("确认单"))]
        return [
            *(changing if self.desk.may("change_students") else []),
            ("F7", tr("收费")),
            *(sheet if self.desk.may("register") else []),
        ]

    def go_back(self) -> None:
        """Esc: leave the card that is edited, else the file."""
        editing = [card for card in self.cards.values() if card.editing]
        if editing:
            editing[-1].cancel()
        else:
            self.backRequested.emit()

    def commit(self) -> None:
        """F9: save the card that is edited."""
        for card in self.cards.values():
            if card.editing:
                self._save(card.section)
                return

    def print_sheet(self) -> None:
        """Ctrl+P: the confirmation sheet."""
        self._with(self.sheetRequested)

    def _with(self, signal: object) -> None:
        if self.profile is not None:
            signal.emit(self.profile.student_id)  # type: ignore[attr-defined]

    def _show(self, found: Profile, *, keep_version: bool = False) -> None:
        self.profile = found
        if not keep_version:
            self._version = found.version
        child = found.registration.child
        self.head.show_profile(found)
        self.allergy.set(found.allergies)
        stale = bool(found.papers) and any(paper.signed for paper in found.papers)
        texts = tr("签字后又改过资料，要请家长重新签确认单") if stale else tr("确认单还没有家长签字")
        self.unsigned.set(texts if found.unsigned else "")
        may_change, may_print = self.desk.may("change_students"), self.desk.may("register")
        self.head.offer(self.desk.may)
        self.unsigned.buttons["sheet"].setVisible(may_print)
        for section, card in self.cards.items():
            hidden = section == "health" and found.health_closed == NO_RIGHT
            card.show_profile(found, may_edit=may_change and not hidden)
        self.cards["child"].reveal_button.setVisible(bool(child.identity_number) and self.desk.may("see_identity"))
        self.cards["health"].consent_button.setVisible(may_change)
        self.health.show_profile(found, may_consent=may_change, may_print=may_print)
        self.papers.show_papers(found.papers)
        self.origin.show_profile(found)

    # keeping what was typed -----------------------------------------------------------------------------------------

    def save_now(self) -> None:
        """Keep what was typed on the cards: before another student, the lock and the end of the program."""
        if self.profile is not None:
            typed = {section: card.typed() for section, card in self.cards.items() if card.changed()}
            self._unsaved.keep(self.profile.student_id, typed, self._version)

    def _take_up(self) -> None:
        if self.profile is None:
            return
        typed, version = self._unsaved.of(self.profile.student_id)
        for section, registration in typed.items():
            card = self.cards[section]
            if not card.may_edit():
                continue
            card.start(registration)
            self._version = version
            card.problem.set(tr("这是上次没有保存的修改，核对后按 F9 保存，或按 Esc 放弃。"))

    # saving ---------------------------------------------------------------------------------------------------------

    def _save(self, section: str) -> None:
        card, profile = self.cards[section], self.profile
        if profile is None:
            return
        whole = card.typed()
        if section == "child" and not self.desk.may("see_identity"):
            masked = profile.registration.child.identity_number
            whole = replace(whole, child=replace(whole.child, identity_number=masked))
        wrong = [
            one
            for one in problems.open_points(whole, clock.today())
            if self._concerns(section, one.field, whole, profile)
        ]
        if wrong:
            for part in card.sections():
                part.show_problems(wrong)
            next((part for part in card.sections() if part.focus_field(wrong[0].field)), None)
            return
        version = self.desk.do(
            student_file.save_section,
            profile.student_id,
            section,
            whole,
            self._version,
            beside=partial(self._beside, card),
        )
        if version is None:
            return
        changed = version != self._version
        card.saved()
        self.refresh()
        self.save_now()
        card.setFocus()
        if changed:
            undo = None if section == "services" else partial(self._undo, version)
            self.desk.message(tr("已保存"), undo=undo)

    def _concerns(self, section: str, field: str, whole: Registration, profile: Profile) -> bool:
        """Whether an error stands on this card; a number that is masked cannot be wrong here."""
        if field == "child.identity_number":
            return section == "child" and whole.child.identity_number != profile.registration.child.identity_number
        return problems.section_of(field) in COVERS[section]

    def _with_identity(self, registration: Registration) -> Registration:
        """For editing the number stands in full, which is logged; without the right its field is not shown."""
        may = self.desk.may("see_identity")
        if may and registration.child.identity_number and self.profile is not None:
            number = self.desk.look(student_file.reveal_identity, self.profile.student_id)
            if number:
                registration = replace(registration, child=replace(registration.child, identity_number=number))
        return registration

    def _beside(self, card: FileCard, refused: Refused) -> bool:
        card.problem.set(sentence(refused), both_values(refused))
        return True

    def _undo(self, version: int) -> None:
        if self.profile is not None:
            self.desk.do(student_file.undo_last, self.profile.student_id, version)
            if self.desk.done_well:
                self.desk.message(tr("已撤销上次保存"))
                self.refresh()

    def undo(self) -> None:
        """Ctrl+Z: take the last save back."""
        self._undo(self._version)

    def _merge(self) -> None:
        """Alt+M: another record of this child goes into this one, or this one into the other."""
        if self.profile is None:
            return
        dialog = MergeDialog(self.desk, self.profile.student_id, self.profile.registration.child.name, self)
        if dialog.exec():
            self.open(dialog.stays_id)

    def _history(self, section: str) -> None:
        if self.profile is None:
            return
        changes = self.desk.look(student_file.history, self.profile.student_id) or ()
        shown = tuple(one for one in changes if one.field.split(".")[0] in HISTORY_OF.get(section, (section,)))
        HistoryDialog(self.cards[section].accessibleName(), shown, self).exec()

    def _consent(self) -> None:
        """Record that a guardian agrees, or takes an agreement back."""
        if self.profile is not None and ConsentDialog(self.desk, self.profile, self).exec():
            self.refresh()

    def _reveal(self) -> None:
        if self.profile is None:
            return
        number = self.desk.look(student_file.reveal_identity, self.profile.student_id)
        if number:
            self.desk.message(tr("证件号 {number}（查看已记入日志）", number=number), "info")
