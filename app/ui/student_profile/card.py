"""A card of the file: read view first; E or a double click edits it; save and cancel stand at the card itself."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.process.student_file import Profile
from app.rules.person import Registration
from app.ui import theme
from app.ui.sections.section import Section
from app.ui.student_profile.reading import Lines
from app.ui.texts import tr
from app.ui.widgets.button import Button, focus_ring
from app.ui.widgets.card import Card
from app.ui.widgets.notice import Strip
from app.ui.widgets.sticky_foot import StickyFoot
from app.ui.widgets.text import Text


class FileCard(Card):
    """One card with its sections. Signals name the card by its section."""

    saveAsked = Signal(str)
    historyAsked = Signal(str)
    revealAsked = Signal()
    consentAsked = Signal()
    cancelled = Signal()

    def __init__(
        self,
        section: str,
        title: str,
        read: Callable[[Profile], Lines],
        editors: Callable[[], Sequence[Section]],
        parent: QWidget | None = None,
    ) -> None:
        """`editors` makes the sections when the card is edited for the first time."""
        super().__init__(padding=20, spacing=10, parent=parent)
        self.section, self._read, self._make = section, read, editors
        self._sections: Sequence[Section] | None = None
        self._profile: Profile | None = None
        self._base: Registration | None = None
        self.editing = False
        self.prepare: Callable[[Registration], Registration] = lambda registration: registration
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self._build(title)

    def _build(self, title: str) -> None:
        head = QHBoxLayout()
        head.addWidget(Text(title, "card_title"))
        head.addStretch(1)
        self.reveal_button = Button(tr("显示证件号"), "link", icon="eye", small=True)
        self.reveal_button.clicked.connect(self.revealAsked)
        self.reveal_button.setVisible(False)
        self.history_button = Button(tr("修改记录"), "link", icon="clock-counter-clockwise", small=True)
        self.history_button.clicked.connect(lambda: self.historyAsked.emit(self.section))
        self.edit_button = Button(tr("修改"), "secondary", "E", "pencil-simple", small=True, bind=False)
        self.edit_button.clicked.connect(self.edit)
        self.consent_button = Button(tr("记录同意、撤回"), "link", icon="check-circle", small=True)
        self.consent_button.clicked.connect(self.consentAsked)
        self.consent_button.setVisible(False)
        for button in (self.consent_button, self.reveal_button, self.history_button, self.edit_button):
            head.addWidget(button)
        self.body.addLayout(head)
        self.problem = Strip("amber", icon="warning")
        self.body.addWidget(self.problem)
        self._build_body()
        self._build_foot()

    def _build_body(self) -> None:
        self.reading = QWidget()
        self._grid = QGridLayout(self.reading)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self.reading)
        self.writing = QWidget()
        self._editors = QVBoxLayout(self.writing)
        self._editors.setContentsMargins(0, 0, 0, 0)
        self._editors.setSpacing(theme.px(12))
        self.body.addWidget(self.writing)
        self.writing.setVisible(False)

    def _build_foot(self) -> None:
        self.foot = StickyFoot(self)
        cancel = Button(tr("取消"), "secondary", "Esc", bind=False)
        cancel.clicked.connect(self.cancel)
        save = Button(tr("保存"), "primary", "F9", bind=False)
        save.clicked.connect(lambda: self.saveAsked.emit(self.section))
        self.foot.row.addStretch(1)
        self.foot.row.addWidget(cancel)
        self.foot.row.addWidget(save)

    # reading --------------------------------------------------------------------------------------------------------

    def show_profile(self, profile: Profile, *, may_edit: bool) -> None:
        """Show the card's part of the file; what is being edited stays as it was typed."""
        self._profile = profile
        self.edit_button.setVisible(may_edit and not self.editing)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # or a pending show would make a window of it
                widget.setParent(None)
                widget.deleteLater()
        for place, (caption, value, _path) in enumerate(self._read(profile)):
            label = Text(caption, "secondary")
            label.setMinimumWidth(theme.px(112))
            self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            shown = Text(value or "—", "body" if value else "secondary", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(shown, place, 1)

    # editing --------------------------------------------------------------------------------------------------------

    def may_edit(self) -> bool:
        """Whether this person may change what stands here."""
        return self.editing or not self.edit_button.isHidden()

    def edit(self) -> None:
        """Show the sections, filled with what is stored."""
        if self._profile is None or self.editing or not self.may_edit():
            return
        self.start(self.prepare(self._profile.registration))

    def start(self, registration: Registration) -> None:
        """Edit this registration: what is stored, or what was left unsaved before."""
        if self._sections is None:
            self._sections = self._make()
            for section in self._sections:
                self._editors.addWidget(section)
        self._base = registration
        for section in self._sections:
            section.whole = self.typed
            if self._profile is not None:
                section.stand_on(self._profile.student_id, self._profile.registration)
                section.close_health(self._profile.health_closed)
            section.show_registration(registration)
        self._show_editing(True)
        self.focus_editor()

    def focus_editor(self) -> None:
        """Where one types first."""
        first = self._sections[0].first_field() if self._sections else None
        if first is not None:
            first.setFocus()

    def typed(self) -> Registration:
        """The registration with what was typed on this card."""
        whole = self._base or Registration()
        for section in self._sections or ():
            whole = section.into(whole)
        return whole

    def changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.editing and self.typed() != self._base

    def cancel(self) -> None:
        """Back to reading; what was typed is dropped."""
        self._show_editing(False)
        self.problem.set("")
        if self._profile is not None:
            self.show_profile(self._profile, may_edit=True)
        self.setFocus()
        self.cancelled.emit()

    def saved(self) -> None:
        """Back to reading after it was saved."""
        self._show_editing(False)
        self.problem.set("")

    def sections(self) -> Sequence[Section]:
        """The sections, once the card was edited."""
        return self._sections or ()

    def _show_editing(self, on: bool) -> None:
        self.editing = on
        self.reading.setVisible(not on)
        self.writing.setVisible(on)
        self.foot.set_shown(on=on)
        self.edit_button.setVisible(not on)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The surface, and the mark of the focus round it."""
        super().paintEvent(event)
        if self.hasFocus():
            focus_ring(QPainter(self), QRectF(self.rect()), theme.px(12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """E edits."""
        if event.key() == Qt.Key.Key_E and not self.editing and not event.modifiers():
            self.edit()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click edits."""
        self.edit()
        event.accept()
