"""The registration wizard: five steps, by keyboard alone, saved by itself; it ends in a student and a sheet."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import Refused
from app.process import application, clock, data_folder, drafts
from app.rules.person import Guardian, Registration
from app.ui.desk import Desk
from app.ui.registration_wizard.form import WizardForm
from app.ui.registration_wizard.handing_in import HandingIn
from app.ui.registration_wizard.held import HeldWork
from app.ui.texts import sentence, tr

if TYPE_CHECKING:
    from app.process.entry import Admitted

SAVE_MS, MATCH_MS = 400, 250


class RegistrationPage(WizardForm):
    """`open(new=True)` begins, `open(draft_id=…)` goes on; without either the held work is shown."""

    studentRequested = Signal(int)
    paymentRequested = Signal(int)
    printRequested = Signal(int, bool)
    backRequested = Signal()
    keysChanged = Signal()
    help_key = "registration"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(desk, parent)
        self._saved = self.registration
        self._save_timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._save_timer.timeout.connect(self.save_now)
        self._match_timer = QTimer(self, singleShot=True, interval=MATCH_MS)
        self._match_timer.timeout.connect(self._look_for_known)
        self._pages = QStackedWidget()
        self.held = HeldWork(desk)
        self._pages.addWidget(self.held)
        self._pages.addWidget(self.form)
        self.body.addWidget(self._pages)
        self._connect()

    def _connect(self) -> None:
        self.held.draftChosen.connect(lambda draft: self.open(draft_id=draft))
        self.held.newAsked.connect(lambda: self.open(new=True))
        self.known.familyChosen.connect(self._share_family)
        self.known.answered.connect(self._answered)
        self.last.pressed.connect(self._pressed)
        self.foot.held.connect(self.hold)

    def _begin_empty(self) -> None:
        self.registration = Registration()
        self.handing = HandingIn(self.desk)
        self.known.begin()
        self._visited = set()
        self._saved = self.registration

    # opening ----------------------------------------------------------------------------------------------------------

    def open(self, draft_id: int = 0, *, new: bool = False, channel: str = "counter") -> None:
        """Begin a new registration, or go on with a held one. `channel` paper: it is typed in from a paper form."""
        self.save_now()
        step, saved = 0, ""
        if draft_id:
            found = self.desk.look(drafts.open_draft, draft_id)
            if found is None:
                self.start()
                return
            self._begin_empty()
            self.registration, step = found.registration, min(found.step, len(self.steps) - 1)
            saved = found.updated_at[11:16]
            self.handing.draft_id, self.handing.application_id = found.id, found.application_id
            self.handing.version, self.handing.channel = found.version, found.channel
            self._visited = set(range(step + 1))
        elif new:
            self._begin_empty()
            self.handing.channel = channel
        else:
            self.start()
            return
        self._saved = self.registration
        for one in self.steps:
            one.shown = False
        self.last.reset()
        self.rail.say_saved(saved)
        self._pages.setCurrentIndex(1)
        self.step = step
        self.go_to(step)
        self._look_for_known()

    def start(self) -> None:
        """Show held work if there is some, else an empty form."""
        held = self.desk.look(drafts.drafts) or ()
        if not held:
            self.open(new=True)
            return
        self.held.refresh()
        self._pages.setCurrentIndex(0)
        self.keysChanged.emit()

    def refresh(self) -> None:
        """Held work may have changed; what is being typed stays."""
        if self._pages.currentIndex() == 0:
            self.held.refresh()
        elif self.handing.done:  # perhaps the sheet was printed or signed, or the money was taken
            self.last.look_again()
            self._show_foot()
            self.keysChanged.emit()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        if self._pages.currentIndex() == 0:
            return [("F2", tr("新登记")), ("Enter", tr("继续"))]
        if self.handing.done:
            done = self.last.done
            pay = [("F7", tr("收费"))] if self.admitted is not None and not self.last.paid else []
            sign = [("Alt+Q", tr("家长已签字"))] if not done.sign_button.isHidden() else []
            return [("Ctrl+P", done.print_button.text()), *sign, *pay, ("F2", tr("登记下一位"))]
        if self.step == len(self.steps):
            return [("F9", tr("完成并打印")), ("Shift+F9", tr("选打印机")), ("PgUp", tr("上一步")), ("Esc", tr("挂起"))]
        return [("Enter", tr("下一项")), ("Ctrl+Enter", tr("完成本步")), ("PgDn", tr("下一步")), ("Esc", tr("挂起"))]

    @property
    def admitted(self) -> "Admitted | None":
        """The student that was just entered."""
        return self.handing.admitted

    @property
    def draft_id(self) -> int | None:
        """The draft that holds what is typed; None before anything was."""
        return self.handing.draft_id

    def current_student(self) -> int | None:
        """The student that was just entered."""
        return self.admitted.student_id if self.admitted else None

    def focus_first(self) -> None:
        """The page is shown (again): go on where one was."""
        if self._pages.currentIndex() == 0:
            self.held.table.setFocus()
        else:
            self._focus_step()

    def keys_changed(self) -> None:
        """Other keys hold on this step."""
        self.keysChanged.emit()

    # saving -----------------------------------------------------------------------------------------------------------

    def changed(self) -> None:
        self._save_timer.start()
        self._match_timer.start()
        self._show_foot()

    def left(self) -> None:
        self.save_now()
        self._match_timer.start()
        self._show_foot()

    def save_now(self) -> None:
        """Write the draft if something was typed since it was written last."""
        self._save_timer.stop()
        if self._pages.currentIndex() != 1 or self.handing.done or not data_folder.is_open():
            return
        whole = self.typed()
        if whole == self._saved or (self.draft_id is None and _is_blank(whole)):
            return
        place = min(self.step, len(self.steps) - 1)
        draft = self.desk.look(
            drafts.save_draft, self.draft_id, whole, place, application_id=self.handing.application_id,
            version=self.handing.version, channel=self.handing.channel,
        )  # fmt: skip
        if draft is None:
            self.rail.say_not_saved()
            return
        self.handing.draft_id, self._saved = draft, whole
        self.rail.say_saved(clock.now().strftime("%H:%M"))

    def hold(self) -> None:
        """Esc, F6: keep it for later, no question asked."""
        self.save_now()
        if self.draft_id is not None and not self.handing.done:
            self.desk.message(tr("已挂起，按 Shift+F6 继续"), "info")
            self.desk.changed.emit()
        self.last.reset()
        self._begin_empty()
        self._pages.setCurrentIndex(0)
        self.held.refresh()
        self.backRequested.emit()

    def go_back(self) -> None:
        """Esc."""
        self.hold()

    # who is known already ---------------------------------------------------------------------------------------------

    def _look_for_known(self) -> None:
        if not self.handing.done and self._pages.currentIndex() == 1:
            self.known.look(self.typed(), self.handing.application_id)

    def _answered(self) -> None:
        self._look_for_known()
        if self.step == len(self.steps):
            self._show_check()
            self._show_foot()
        else:
            self._focus_step()

    def _share_family(self, student_id: int) -> None:
        """Take over guardians and address of a brother or sister; what was typed of the same person is replaced."""
        family = self.desk.look(application.family, student_id)
        if family is None:
            return
        whole = self.typed()
        phones = {one.mobile for one in family.guardians}
        others = tuple(one for one in whole.guardians if one.mobile not in phones and one != Guardian() and one.name)
        child = whole.child if whole.child.address else replace(whole.child, address=family.address)
        self.registration = replace(whole, guardians=(*family.guardians, *others), child=child)
        for step in self.steps:
            step.shown = False
        if self.step < len(self.steps):
            self.steps[self.step].show_registration(self.registration)
        self.changed()
        self.save_now()
        self.desk.message(tr("已共用 {name} 的监护人", name=family.child_name))

    # the end ----------------------------------------------------------------------------------------------------------

    def commit(self, *, dialog: bool = False) -> None:
        """F9: hand in (and enter, where one may), then print the sheet. After that F9 takes nothing twice."""
        if self.step < len(self.steps):
            self.finish_step()
            return
        if self.handing.done:
            if self.last.paid:
                self.open(new=True)
            elif self.admitted is not None:
                self.paymentRequested.emit(self.admitted.student_id)
            return
        if self._open_points():
            self._to_first_problem()
            return
        self.save_now()
        self.problem.set("")
        whole = self.typed()
        if self.handing.hand_in(
            whole, enter=self.last.may_enter, not_same=self.known.not_same, returning=self.known.returning,
            refused=self._refused,
        ):  # fmt: skip
            self._finish(whole, dialog=dialog)

    def commit_with_dialog(self) -> None:
        """Shift+F9."""
        self.commit(dialog=True)

    def print_sheet(self) -> None:
        """Ctrl+P: print the sheet (again), once there is one."""
        if self.last.paper_id is not None:
            self.printRequested.emit(self.last.paper_id, False)

    def _refused(self, refused: Refused) -> None:
        self.problem.set(sentence(refused))
        self._look_for_known()

    def _finish(self, whole: Registration, *, dialog: bool) -> None:
        self.known.begin()
        admitted = self.admitted
        if admitted is not None:
            paper = self.last.show_student(admitted, whole)
            self.question.setText(tr("已录入 {name}，学员编号 {number}", name=admitted.name, number=admitted.number))
        else:
            paper = self.last.show_application(self.handing.application_id or 0, whole)
            self.question.setText(tr("已提交，等待审核"))
        self.hint.setText(tr("请家长在确认单上签字，签好后点“家长已签字”。"))
        self._show_foot()
        self.keysChanged.emit()
        self.focus_done()
        if paper is not None:
            self.printRequested.emit(paper, dialog)

    def _pressed(self, key: str) -> None:
        if key == "print":
            self.print_sheet()
        elif key == "student" and self.admitted is not None:
            self.studentRequested.emit(self.admitted.student_id)
        elif key == "next":
            self.open(new=True)


def _is_blank(whole: Registration) -> bool:
    """Whether nobody typed anything, in whatever field; the day of entry is proposed."""
    return replace(whole, services=replace(whole.services, start_date="")) == Registration()
