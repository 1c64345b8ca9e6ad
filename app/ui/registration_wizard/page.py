"""The registration wizard: five steps, by keyboard alone, saved by itself; it ends in a student and a sheet."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import application, clock, data_folder, drafts, review
from app.process.matches import Match
from app.rules import problems as rules
from app.rules.person import Guardian, Registration
from app.ui import theme
from app.ui.desk import Desk
from app.ui.registration_wizard.held import HeldWork
from app.ui.registration_wizard.known import KnownStrips
from app.ui.registration_wizard.last_step import LastStep
from app.ui.registration_wizard.rail import NARROW, StepRail
from app.ui.registration_wizard.step import Step, steps
from app.ui.sections.wording import grade_class_text
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.basic import Page, Text
from app.ui.widgets.button import Button
from app.ui.widgets.notice import Strip
from app.ui.words import SEX, word

if TYPE_CHECKING:
    from app.process.entry import Admitted

SAVE_MS, MATCH_MS = 400, 250


class RegistrationPage(Page):
    """`open(new=True)` begins, `open(draft_id=…)` goes on; without either the held work is shown."""

    studentRequested = Signal(int)
    paymentRequested = Signal(int)
    applicationRequested = Signal(int)
    printRequested = Signal(int, bool)
    backRequested = Signal()
    keysChanged = Signal()
    help_key = "registration"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(padding=(0, 0), spacing=0, parent=parent)
        self.desk = desk
        self.step = 0
        self._begin_empty()
        self._save_timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._save_timer.timeout.connect(self.save_now)
        self._match_timer = QTimer(self, singleShot=True, interval=MATCH_MS)
        self._match_timer.timeout.connect(self._look_for_known)
        self._pages = QStackedWidget()
        self.held = HeldWork(desk)
        self.held.draftChosen.connect(lambda draft: self.open(draft_id=draft))
        self.held.newAsked.connect(lambda: self.open(new=True))
        self._pages.addWidget(self.held)
        self._pages.addWidget(self._build_form())
        self.body.addWidget(self._pages)

    def _begin_empty(self) -> None:
        self.registration = Registration()
        self.draft_id: int | None = None
        self.application_id: int | None = None
        self.admitted: Admitted | None = None
        self._opid = uuid4().hex
        self._answered: dict[int, bool] = {}
        self._returning: int | None = None
        self._visited: set[int] = set()
        self._saved = self.registration

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that is narrow for its text size shows the rail as circles."""
        super().resizeEvent(event)
        self.rail.set_compact(event.size().width() < theme.px(NARROW))

    # what stands on the page ----------------------------------------------------------------------------------------

    def _build_form(self) -> QWidget:
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.steps: list[Step] = steps(self.desk)
        self.last = LastStep(self.desk)
        self.last.signed.connect(self._foot)
        self.rail = StepRail([*(one.title for one in self.steps), tr("核对并打印")])
        self.rail.chosen.connect(self.go_to)
        row.addWidget(self.rail)
        right = QVBoxLayout()
        right.setContentsMargins(theme.wide(34), theme.px(22), theme.wide(34), theme.px(18))
        right.setSpacing(theme.px(12))
        self.question = Text("", "page_title", wrap=True)
        self.hint = Text("", "secondary", wrap=True)
        self.known = KnownStrips()
        self.known.familyChosen.connect(self._share_family)
        self.known.returnChosen.connect(self._returns)
        self.known.otherChosen.connect(self._is_other)
        self.problem = Strip("red", icon="warning-circle")
        for widget in (self.question, self.hint, self.known, self.problem):
            right.addWidget(widget)
        self.stack = QStackedWidget()
        for one in self.steps:
            self.stack.addWidget(one.area)
            for section in one.sections:
                section.whole = self.typed
                section.changed.connect(self._changed)
                section.left.connect(self._left)
        self.stack.addWidget(self.last)
        right.addWidget(self.stack, 1)
        right.addLayout(self._build_foot())
        row.addLayout(right, 1)
        return form

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.hold_button = Button(tr("挂起"), "secondary", "Esc", tall=True, bind=False)
        self.hold_button.clicked.connect(self.hold)
        self.open_points = Button("", "link", icon="warning-circle")
        self.open_points.clicked.connect(self._to_first_problem)
        self.back_button = Button(tr("上一步"), "secondary", tall=True)
        self.back_button.clicked.connect(self.previous_step)
        self.next_button = Button("", "primary", "Ctrl+Enter", tall=True, bind=False)
        self.next_button.clicked.connect(self.finish_step)
        row.addWidget(self.hold_button)
        row.addStretch(1)
        row.addWidget(self.open_points)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        return row

    # opening --------------------------------------------------------------------------------------------------------

    def open(self, draft_id: int = 0, *, new: bool = False) -> None:
        """Begin a new registration, or go on with a held one."""
        self.save_now()
        self._begin_empty()
        step = 0
        if draft_id:
            found = self.desk.look(drafts.open_draft, draft_id)
            if found is None:
                self.start()
                return
            self.registration, step = found.registration, min(found.step, len(self.steps) - 1)
            self.draft_id, self.application_id = found.id, found.application_id
            self._visited = set(range(step + 1))
        elif not new:
            self.start()
            return
        self._saved = self.registration
        self.rail.say_saved("")
        self._pages.setCurrentIndex(1)
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

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        if self._pages.currentIndex() == 0:
            return [("F2", tr("新登记")), ("Enter", tr("继续"))]
        if self.step == len(self.steps):
            return [("F9", tr("完成并打印")), ("PgUp", tr("上一步")), ("Esc", tr("挂起"))]
        return [("Enter", tr("下一项")), ("Ctrl+Enter", tr("完成本步")), ("PgDn", tr("下一步")), ("Esc", tr("挂起"))]

    def current_student(self) -> int | None:
        """The student that was just entered."""
        return self.admitted.student_id if self.admitted else None

    # the steps ------------------------------------------------------------------------------------------------------

    def typed(self) -> Registration:
        """The registration as it is typed now, all steps together."""
        whole = self.registration
        for step in self.steps:
            if step.shown:
                for section in step.sections:
                    whole = section.into(whole)
        return whole

    def go_to(self, place: int) -> None:
        """Show a step; leaving one marks what is wrong with it."""
        if self.admitted is not None and place < len(self.steps):
            return
        self.registration = self.typed()
        if self.step != place and self.step < len(self.steps):
            self._mark_problems(self.step)
        self.save_now()
        self.step = place
        self._visited.add(place)
        if place < len(self.steps):
            step = self.steps[place]
            step.show_registration(self.registration)
            self.question.setText(step.question)
            self.hint.setText(step.hint)
            self.stack.setCurrentWidget(step.area)
            first = step.first_field()
            if first is not None:
                first.setFocus()
        else:
            self.question.setText(tr("请和家长一起核对，然后打印确认单"))
            self.hint.setText(tr("右边就是要打印的那一份。"))
            self.last.show_registration(self.registration, self._open_points(), tuple(self._answered), self._returning)
            self.stack.setCurrentWidget(self.last)
            self.next_button.setFocus()
        self.problem.set("")
        self._foot()
        self.keysChanged.emit()

    def next_step(self) -> None:
        """PgDn."""
        if self.step < len(self.steps):
            self.go_to(self.step + 1)

    def previous_step(self) -> None:
        """PgUp."""
        if self.step > 0:
            self.go_to(self.step - 1)

    def finish_step(self) -> None:
        """Ctrl+Enter: on to the next step; what is missing here comes first."""
        if self.step >= len(self.steps):
            self.commit()
            return
        self.registration = self.typed()
        wrong = self._open_points(self.step)
        if wrong:
            self._mark_problems(self.step)
            self._focus(wrong[0].field)
            self._foot()
            return
        self.next_step()

    def _open_points(self, place: int | None = None) -> tuple[rules.Problem, ...]:
        whole = self.typed()
        found = rules.open_points(whole, clock.today())
        if place is None:
            return found
        return tuple(one for one in found if self._step_of(one.field) == place)

    def _step_of(self, field: str) -> int:
        section = rules.section_of(field)
        return next((place for place, step in enumerate(self.steps) if section in step.covers), 0)

    def _mark_problems(self, place: int) -> None:
        step = self.steps[place]
        for section in step.sections:
            section.show_problems(self._open_points(place))

    def _to_first_problem(self) -> None:
        wrong = self._open_points(self.step) if self.step < len(self.steps) else ()
        wrong = wrong or self._open_points()
        if not wrong:
            return
        place = self._step_of(wrong[0].field)
        if place != self.step:
            self.go_to(place)
        self._mark_problems(place)
        self._focus(wrong[0].field)

    def _focus(self, field: str) -> None:
        step = self.steps[self.step]
        any(section.focus_field(field) for section in step.sections)

    def _foot(self) -> None:
        """Counts, titles and the rail."""
        at_end = self.step == len(self.steps)
        wrong = self._open_points() if at_end else self._open_points(self.step)
        self.open_points.set_text(tr("{n} 项待更正", n=len(wrong)))
        self.open_points.setVisible(bool(wrong) and (at_end or self.step in self._visited))
        self.back_button.setVisible(self.step > 0 and self.admitted is None)
        self.hold_button.setVisible(self.admitted is None)
        if self.admitted is not None:
            self.next_button.set_text(tr("收费"))
            self.next_button.set_key("F7")
        elif at_end:
            self.next_button.set_text(tr("提交并打印") if not self.last.may_enter else tr("录入并打印"))
            self.next_button.set_key("F9")
        else:
            following = self.rail.items[self.step + 1].accessibleName().split(" ", 1)[1]
            self.next_button.set_text(tr("下一步：{title}", title=following))
            self.next_button.set_key("Ctrl+Enter")
        whole = self.typed()
        for place, item in enumerate(self.rail.items):
            done = place in self._visited and place < len(self.steps) and not self._open_points(place)
            item.set_state(
                current=place == self.step,
                done=done,
                visited=place in self._visited or place == len(self.steps),
                fact=_fact(place, whole),
            )

    # saving ---------------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._save_timer.start()
        self._match_timer.start()
        self._foot()

    def _left(self) -> None:
        self.save_now()
        self._match_timer.start()

    def save_now(self) -> None:
        """Write the draft if something was typed since it was written last."""
        self._save_timer.stop()
        if self._pages.currentIndex() != 1 or self.admitted is not None or self.application_done():
            return
        whole = self.typed()
        if whole == self._saved or (self.draft_id is None and _is_blank(whole)):
            return
        draft = self.desk.look(
            drafts.save_draft,
            self.draft_id,
            whole,
            min(self.step, len(self.steps) - 1),
            application_id=self.application_id,
        )
        if draft is not None:
            self.draft_id, self._saved = draft, whole
            self.rail.say_saved(clock.now().strftime("%H:%M"))

    def application_done(self) -> bool:
        """Whether this registration was handed in from here already."""
        return self.last.handed_in

    def hold(self) -> None:
        """Esc, F6: keep it for later, no question asked."""
        self.save_now()
        if self.draft_id is not None and self.admitted is None:
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

    # who is known already -------------------------------------------------------------------------------------------

    def _look_for_known(self) -> None:
        if not data_folder.is_open():
            return  # locked meanwhile; it looks again when something is typed
        whole = self.typed()
        found = (
            self.desk.look(application.matches, whole, application_id=self.application_id, beside=lambda _: True) or ()
        )
        shared = {guardian.id for guardian in whole.guardians if guardian.id}
        self.known.show_matches([one for one in found if not self._is_answered(one, shared)])

    def _is_answered(self, match: Match, shared: set[int]) -> bool:
        if match.key in self._answered or (match.student_id and match.student_id == self._returning):
            return True
        return match.kind == "sibling" and bool(shared)

    def _is_other(self, key: int) -> None:
        self._answered[key] = True
        self._look_for_known()

    def _returns(self, student_id: int) -> None:
        self._returning = student_id
        self._look_for_known()

    def _share_family(self, student_id: int) -> None:
        """Take over guardians and address of a brother or sister; what was typed of the same person is replaced."""
        family = self.desk.look(application.family, student_id)
        if family is None:
            return
        whole = self.typed()
        known = {one.mobile for one in family.guardians}
        others = tuple(one for one in whole.guardians if one.mobile not in known and one != Guardian() and one.name)
        child = whole.child if whole.child.address else replace(whole.child, address=family.address)
        self.registration = replace(whole, guardians=(*family.guardians, *others), child=child)
        for step in self.steps:
            step.shown = False
        self.steps[self.step].show_registration(self.registration)
        self._changed()
        self.save_now()
        self._look_for_known()
        self.desk.message(tr("已共用 {name} 的监护人", name=family.child_name))

    # the end --------------------------------------------------------------------------------------------------------

    def commit(self, *, dialog: bool = False) -> None:
        """F9: hand in (and enter, where one may), then print the sheet. After that F9 takes nothing twice."""
        if self.step < len(self.steps):
            self.finish_step()
            return
        if self.admitted is not None:
            self.paymentRequested.emit(self.admitted.student_id)
            return
        wrong = self._open_points()
        if wrong:
            self._to_first_problem()
            return
        self.save_now()
        if self.last.may_enter:
            self._enter(dialog=dialog)
        else:
            self._submit(dialog=dialog)

    def commit_with_dialog(self) -> None:
        """Shift+F9."""
        self.commit(dialog=True)

    def _handing(self) -> dict[str, object]:
        return {
            "opid": self._opid,
            "draft_id": self.draft_id,
            "application_id": self.application_id,
            "not_same": tuple(self._answered),
            "returning": self._returning,
        }

    def _enter(self, *, dialog: bool) -> None:
        admitted = self.desk.do(review.submit_and_approve, self.typed(), **self._handing(), beside=self._refused)
        if admitted is None:
            if self._wants_another:
                self._submit(dialog=dialog)
            return
        self.admitted = admitted
        paper = self.last.show_student(admitted)
        self._finish(
            tr("已录入 {name}，学员编号 {number}", name=admitted.name, number=admitted.number),
            paper,
            dialog=dialog,
        )

    _wants_another = False

    def _refused(self, refused: Refused) -> bool:
        self._wants_another = refused.code == "approval_by_another"
        if not self._wants_another:
            self.problem.set(sentence(refused))
        return True

    def _submit(self, *, dialog: bool) -> None:
        submitted = self.desk.do(application.submit, self.typed(), **self._handing(), beside=self._refused)
        if submitted is None:
            return
        self.application_id = submitted.application_id
        paper = self.last.show_application(submitted.application_id)
        self._finish(tr("已提交，等待审核"), paper, dialog=dialog)

    def _finish(self, text: str, paper: int | None, *, dialog: bool) -> None:
        self.draft_id = None
        self.known.show_matches([])
        self.question.setText(text)
        self.hint.setText(tr("请家长在确认单上签字，签好后点“家长已签字”。"))
        self._foot()
        self.next_button.setVisible(self.admitted is not None)
        self.keysChanged.emit()
        if paper is not None:
            self.printRequested.emit(paper, dialog)


def _is_blank(whole: Registration) -> bool:
    return not whole.child.name.strip() and not any(one.name or one.mobile for one in whole.guardians)


def _fact(place: int, whole: Registration) -> str:
    """What the rail says of a step."""
    child = whole.child
    if place == 0:
        parts = (child.name, word(SEX, child.sex), grade_class_text(child.grade, child.school_class))
        return "　".join(filter(None, parts))
    if place == 1:
        names = tr("、").join(one.name for one in whole.guardians if one.name)
        return names or tr("至少 1 位")
    if place == 2:
        return whole.health.allergies
    if place == 3:
        return f"¥{money_text(whole.services.total_fen)}" if whole.services.lines else ""
    return ""
