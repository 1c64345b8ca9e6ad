"""A student's file: read view first, one card edited at a time, history per field, undo of the last save."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import clock, office, student_file
from app.process.student_file import Profile
from app.rules import problems
from app.rules.person import Registration
from app.ui import theme
from app.ui.desk import Desk
from app.ui.log_words import change_field_text, value_text
from app.ui.sections.child import ChildSection
from app.ui.sections.consents import ConsentsSection
from app.ui.sections.guardians import ContactsSection, GuardiansSection
from app.ui.sections.health import HealthSection
from app.ui.sections.pickup import PickUpSection
from app.ui.sections.services import ServicesSection
from app.ui.student_profile import reading
from app.ui.student_profile.card import FileCard
from app.ui.student_profile.history import HistoryDialog
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.basic import Avatar, ElidedText, Page, Pill, Text, scrolled
from app.ui.widgets.button import Button
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb
from app.ui.words import STUDENT_STATE, word

COVERS = {
    "child": ("child",), "guardians": ("guardians", "pick_up"), "health": ("health",), "services": ("services",),
}  # fmt: skip
STATE_KINDS = {"entered": "blue", "paid": "green", "enrolled": "green", "suspended": "amber"}


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
        self._held: dict[tuple[int, str], tuple[Registration, int]] = {}
        self._version = 0
        self.body.addLayout(self._build_head())
        self.unsigned = Strip("amber", icon="pen-nib", verbs=[Verb("sheet", tr("看确认单"), shortcut="Ctrl+P")])
        self.unsigned.pressed.connect(lambda _: self.print_sheet())
        self.allergy = Strip("accent", icon="warning")
        self.body.addWidget(self.allergy)
        self.body.addWidget(self.unsigned)
        self.body.addWidget(scrolled(self._build_cards()), 1)

    # what stands on the page ----------------------------------------------------------------------------------------

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        self.avatar = Avatar("", 56)
        row.addWidget(self.avatar)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        first = QHBoxLayout()
        self.name = Text("", "page_title")
        self.state = Pill()
        self.balance = Pill()
        for widget in (self.name, self.state, self.balance):
            first.addWidget(widget)
        first.addStretch(1)
        self.facts = ElidedText("", "secondary")
        words.addLayout(first)
        words.addWidget(self.facts)
        row.addLayout(words, 1)
        pay = Button(tr("收费"), "primary", "F7", "credit-card", bind=False)
        pay.clicked.connect(lambda: self._with(self.paymentRequested))
        sheet = Button(tr("确认单"), "secondary", "Ctrl+P", "printer", bind=False)
        sheet.clicked.connect(self.print_sheet)
        ledger = Button(tr("收费流水"), "secondary", icon="list-bullets")
        ledger.clicked.connect(lambda: self._with(self.ledgerRequested))
        back = Button(tr("返回"), "quiet", "Esc", bind=False)
        back.clicked.connect(self.go_back)
        for button in (pay, sheet, ledger, back):
            row.addWidget(button)
        return row

    def _build_cards(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        desk = self.desk
        self.cards = {
            card.section: card
            for card in (
                FileCard("child", tr("学员资料"), reading.child_lines, lambda: [ChildSection(desk, bare=True)]),
                FileCard(
                    "guardians",
                    tr("监护人与接送"),
                    reading.people_lines,
                    lambda: [
                        GuardiansSection(desk, bare=True),
                        ContactsSection(desk, bare=True),
                        PickUpSection(desk, bare=True),
                    ],
                ),
                FileCard(
                    "health",
                    tr("健康、饮食与同意"),
                    reading.health_lines,
                    lambda: [HealthSection(desk, bare=True), ConsentsSection(desk, bare=True)],
                ),
                FileCard(
                    "services",
                    tr("服务与托管班"),
                    reading.service_lines,
                    lambda: [ServicesSection(desk, bare=True)],
                ),
            )
        }
        for card in self.cards.values():
            card.saveAsked.connect(self._save)
            card.historyAsked.connect(self._history)
            column.addWidget(card)
        self.cards["child"].revealAsked.connect(self._reveal)
        self.cards["child"].prepare = self._with_identity
        self.family = Text("", "secondary", wrap=True)
        self.origin = Text("", "caption", wrap=True)
        column.addWidget(self.family)
        column.addWidget(self.origin)
        column.addStretch(1)
        return holder

    # opening --------------------------------------------------------------------------------------------------------

    def open(self, student_id: int = 0) -> None:
        """Show a student; what was typed for another one is kept."""
        self._hold()
        found = self.desk.look(student_file.profile, student_id)
        if found is None:
            self.backRequested.emit()
            return
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

    def current_student(self) -> int | None:
        """The student whose file is open."""
        return self.profile.student_id if self.profile else None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [
            ("E", tr("修改")),
            ("F9", tr("保存")),
            ("Ctrl+Z", tr("撤销上次保存")),
            ("F7", tr("收费")),
            ("Ctrl+P", tr("确认单")),
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
        self.avatar.set_name(child.name)
        self.name.setText(child.name)
        self.state.set(word(STUDENT_STATE, found.state), STATE_KINDS.get(found.state, "plain"))
        owes = found.balance_fen > 0
        self.balance.set(tr("余额 {amount}", amount=money_text(-found.balance_fen)), "red" if owes else "primary")
        self.facts.setText("　".join(filter(None, (found.number, found.class_name, child.school))))
        self.allergy.set(found.registration.health.allergies)
        stale = bool(found.papers) and any(paper.signed for paper in found.papers)
        texts = tr("签字后又改过资料，要请家长重新签确认单") if stale else tr("确认单还没有家长签字")
        self.unsigned.set(texts if found.unsigned else "")
        rights = office.rights_of(self.desk.actor)
        for section, card in self.cards.items():
            hidden = section == "health" and found.health_hidden
            card.show_profile(found, may_edit="change_students" in rights and not hidden)
        self.cards["child"].reveal_button.setVisible("see_identity" in rights and bool(child.identity_number))
        names = tr("、").join(
            f"{one.name}（{one.class_name or word(STUDENT_STATE, one.state)}）" for one in found.siblings
        )
        self.family.setText(tr("兄弟姐妹：{names}", names=names) if names else "")
        self.origin.setText(
            tr(
                "{day} 录入　登记 {keyed}　审核 {approved}　录入 {entered}",
                day=found.entered_on,
                keyed=found.keyed_by or "—",
                approved=found.approved_by or "—",
                entered=found.entered_by,
            ),
        )

    # keeping what was typed -----------------------------------------------------------------------------------------

    def _hold(self) -> None:
        if self.profile is None:
            return
        for section, card in self.cards.items():
            key = (self.profile.student_id, section)
            self._held.pop(key, None)
            if card.changed():
                self._held[key] = (card.typed(), self._version)

    def _take_up(self) -> None:
        if self.profile is None:
            return
        for section, card in self.cards.items():
            held = self._held.pop((self.profile.student_id, section), None)
            if held is not None:
                card.start(held[0])
                self._version = held[1]
                card.problem.set(tr("这是上次没有保存的修改，核对后按 F9 保存，或按 Esc 放弃。"))

    # saving ---------------------------------------------------------------------------------------------------------

    def _save(self, section: str) -> None:
        card, profile = self.cards[section], self.profile
        if profile is None:
            return
        whole = card.typed()
        if section == "child" and "see_identity" not in office.rights_of(self.desk.actor):
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
        may = "see_identity" in office.rights_of(self.desk.actor)
        if may and registration.child.identity_number and self.profile is not None:
            number = self.desk.look(student_file.reveal_identity, self.profile.student_id)
            if number:
                registration = replace(registration, child=replace(registration.child, identity_number=number))
        return registration

    def _beside(self, card: FileCard, refused: Refused) -> bool:
        detail = ""
        if refused.code == "newer_change":
            changes = refused.values.get("changes")
            if isinstance(changes, tuple):
                detail = "；".join(
                    tr(
                        "{field}：您填“{yours}”，对方填“{theirs}”",
                        field=change_field_text(field),
                        yours=value_text(field, yours) or "—",
                        theirs=value_text(field, theirs) or "—",
                    )
                    for field, yours, theirs in changes
                )
        card.problem.set(sentence(refused), detail)
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

    def _history(self, section: str) -> None:
        if self.profile is None:
            return
        groups = {
            "child": ("child",),
            "guardians": ("guardians", "contacts", "pick_up"),
            "health": ("health", "consents"),
        }
        changes = self.desk.look(student_file.history, self.profile.student_id) or ()
        wanted = groups.get(section, (section,))
        shown = tuple(one for one in changes if one.field.split(".")[0] in wanted)
        HistoryDialog(self.cards[section].accessibleName(), shown, self).exec()

    def _reveal(self) -> None:
        if self.profile is None:
            return
        number = self.desk.look(student_file.reveal_identity, self.profile.student_id)
        if number:
            self.desk.message(tr("证件号 {number}（查看已记入日志）", number=number), "info")
