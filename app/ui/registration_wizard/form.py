"""The form of the wizard: rail, question, steps and foot, and going from step to step. The page keeps what is typed."""

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.process import clock
from app.rules import problems as rules
from app.rules.person import Registration
from app.rules.problem import ERROR
from app.ui import theme
from app.ui.desk import Desk
from app.ui.registration_wizard.foot import Foot
from app.ui.registration_wizard.handing_in import HandingIn
from app.ui.registration_wizard.known import KnownStrips
from app.ui.registration_wizard.last_step import LastStep
from app.ui.registration_wizard.rail import NARROW, WizardRail, facts
from app.ui.registration_wizard.step import Step, steps
from app.ui.sections.section import put_focus
from app.ui.texts import tr
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import Page
from app.ui.widgets.text import Text


class WizardForm(Page):
    """The five steps; `registration` is what was typed before the fields that are shown now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(padding=(0, 0), spacing=0, parent=parent)
        self.desk = desk
        self.step = 0
        self.registration = Registration()
        self.handing = HandingIn(desk)
        self._visited: set[int] = set()
        self.form = self._build_form()

    # for the page to say ----------------------------------------------------------------------------------------------

    @abstractmethod
    def changed(self) -> None:
        """Something was typed."""

    @abstractmethod
    def left(self) -> None:
        """A field was left: time to save."""

    @abstractmethod
    def save_now(self) -> None:
        """Write what is typed."""

    @abstractmethod
    def commit(self, *, dialog: bool = False) -> None:
        """Hand it in."""

    @abstractmethod
    def keys_changed(self) -> None:
        """Other keys hold on this step."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that is narrow for its text size shows the rail as circles."""
        super().resizeEvent(event)
        self.rail.set_compact(event.size().width() < theme.px(NARROW))

    # what stands on the page ------------------------------------------------------------------------------------------

    def _build_form(self) -> QWidget:
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.steps: list[Step] = steps(self.desk)
        self.last = LastStep(self.desk)
        self.last.signed.connect(self._signed)
        self.last.editAsked.connect(self._edit)
        self.rail = WizardRail([*(one.title for one in self.steps), tr("核对并打印")])
        self.rail.chosen.connect(self.go_to)
        row.addWidget(self.rail)
        right = QVBoxLayout()
        right.setContentsMargins(theme.wide(34), theme.px(22), theme.wide(34), theme.px(18))
        right.setSpacing(theme.px(12))
        for widget in self._build_head():
            right.addWidget(widget)
        right.addWidget(self._build_stack(), 1)
        right.addWidget(self._build_foot())
        row.addLayout(right, 1)
        return form

    def _build_head(self) -> tuple[QWidget, ...]:
        self.question = Text("", "page_title", wrap=True)
        self.hint = Text("", "secondary", wrap=True)
        self.known = KnownStrips(self.desk)
        self.problem = Strip("red", icon="warning-circle")
        return self.question, self.hint, self.known, self.problem

    def _build_stack(self) -> QStackedWidget:
        self.stack = QStackedWidget()
        for one in self.steps:
            self.stack.addWidget(one.area)
            for section in one.sections:
                section.whole = self.typed
                section.changed.connect(self.changed)
                section.left.connect(self.left)
        self.stack.addWidget(self.last)
        return self.stack

    def _build_foot(self) -> Foot:
        self.foot = Foot()
        self.foot.back.connect(self.previous_step)
        self.foot.on.connect(self.go_on)
        self.foot.openPointsAsked.connect(self._to_first_problem)
        self.next_button, self.open_points = self.foot.next_button, self.foot.open_points
        return self.foot

    # the steps --------------------------------------------------------------------------------------------------------

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
        if self.handing.done and place < len(self.steps):
            self.desk.message(tr("已经提交，不能在这里改。要改请打开档案或审核。"), "info")
            return
        self.registration = self.typed()
        if self.step != place and self.step < len(self.steps):
            self._mark_problems(self.step)
        self.step = place
        self.save_now()
        self._visited.add(place)
        if place < len(self.steps):
            self._show_step(self.steps[place])
        elif not self.handing.done:
            self._show_check()
        self.problem.set("")
        self._show_foot()
        self.keys_changed()

    def _signed(self) -> None:
        """The button that had the focus is gone."""
        self._show_foot()
        self.focus_done()

    def _show_step(self, step: Step) -> None:
        step.show_registration(self.registration)
        self.question.setText(step.question)
        self.hint.setText(step.hint)
        self.stack.setCurrentWidget(step.area)
        step.area.ensureVisible(0, 0)
        first = step.first_field()
        if first is not None:
            put_focus(first)

    def _show_check(self) -> None:
        self.question.setText(tr("请和家长一起核对，然后打印确认单"))
        self.hint.setText(tr("右边就是要打印的那一份；左边每一块都可以回去修改。"))
        wrong = self._open_points()
        known, channel = self.known, self.handing.channel
        self.last.show_registration(self.registration, wrong, known.not_same, known.returning, channel)
        self.stack.setCurrentWidget(self.last)
        self.next_button.setFocus()

    def _focus_step(self) -> None:
        """Back to the field where one was."""
        if self.handing.done:
            self.focus_done()
            return
        if self.step == len(self.steps):
            self.next_button.setFocus()
            return
        area = self.steps[self.step].area
        before: QWidget | None = area.focusWidget()
        field = before if before is not None and before is not area else self.steps[self.step].first_field()
        if field is not None:
            put_focus(field)

    def next_step(self) -> None:
        """PgDn."""
        if self.step < len(self.steps):
            self.go_to(self.step + 1)

    def previous_step(self) -> None:
        """PgUp."""
        if self.step > 0:
            self.go_to(self.step - 1)

    def add_line(self) -> None:
        """Ins: one more person, or one more service."""
        step = self.steps[self.step] if self.step < len(self.steps) else None
        section = next((one for one in reversed(step.sections) if hasattr(one, "add")), None) if step else None
        if section is not None:
            section.add()

    def go_on(self) -> None:
        """The button at the end of the foot was pressed: on the last step that is the act itself."""
        if self.step >= len(self.steps):
            self.commit()
        else:
            self.finish_step()

    def finish_step(self) -> None:
        """Ctrl+Enter: on to the next step; what is missing here comes first. It never hands anything in."""
        if self.step >= len(self.steps):
            self._point_to_the_end()
            return
        wrong = self._open_points(self.step)
        if wrong:
            self._mark_problems(self.step)
            self._focus(wrong[0].field)
            self._show_foot()
            return
        self.next_step()

    def _point_to_the_end(self) -> None:
        """Nothing follows but handing in, which wants its own key: show where, and say which."""
        if self.handing.done:
            self.focus_done()
        elif self._open_points():
            self._to_first_problem()
        else:
            self.next_button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.desk.message(tr("核对好了，请按 F9：{verb}", verb=self.next_button.text()), "info")

    def focus_done(self) -> None:
        """Handed in: the focus stands at what is to be done next."""
        for button in (self.last.sign_button, self.next_button, self.last.done.next_button):
            if button.isVisibleTo(self) and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # what is missing --------------------------------------------------------------------------------------------------

    def _open_points(self, place: int | None = None) -> tuple[rules.Problem, ...]:
        return tuple(one for one in self._problems(place) if one.strength == ERROR)

    def _problems(self, place: int | None = None) -> tuple[rules.Problem, ...]:
        found = rules.problems(self.typed(), clock.today())
        return tuple(one for one in found if place is None or self._step_of(one.field) == place)

    def _step_of(self, field: str) -> int:
        section = rules.section_of(field)
        return next((place for place, step in enumerate(self.steps) if section in step.covers), 0)

    def _mark_problems(self, place: int) -> None:
        found = self._problems(place)
        for section in self.steps[place].sections:
            section.show_problems(found)

    def _to_first_problem(self) -> None:
        wrong = self._open_points(self.step) if self.step < len(self.steps) else ()
        wrong = wrong or self._open_points()
        if wrong:
            self._edit(wrong[0].field)

    def _edit(self, field: str) -> None:
        """Go to a field, or to the first one of a section."""
        place = self._step_of(field)
        if place != self.step:
            self.go_to(place)
        if "." in field or field == "guardians":
            self._mark_problems(place)
            self._focus(field)
        self._show_foot()

    def _focus(self, field: str) -> None:
        any(section.focus_field(field) for section in self.steps[self.step].sections)

    def _show_foot(self) -> None:
        """Counts, titles and the rail."""
        whole = self.typed()
        every = rules.problems(whole, clock.today())
        found = [one for one in every if one.strength == ERROR]
        wrong, doubts = self._count(found), self._count([one for one in every if one.strength != ERROR])
        if self.handing.done:
            self.foot.show_done(entered=self.handing.admitted is not None, paid=self.last.paid)
        elif self.step == len(self.steps):
            self.foot.say_open(sum(wrong), marked=True)
            self.foot.show_check(may_enter=self.last.may_enter)
        else:
            self.foot.say_open(wrong[self.step], marked=self.steps[self.step].marked())
            self.foot.show_step(self.rail.items[self.step + 1].title, first=self.step == 0)
        self.rail.show_state(self.step, self._visited, wrong, doubts, facts(whole), handed_in=self.handing.done)

    def _count(self, found: Sequence[rules.Problem]) -> list[int]:
        """How many of these there are in each step."""
        counts = [0] * len(self.steps)
        for one in found:
            place = self._step_of(one.field)
            counts[place] += max(section.open_fields(one) for section in self.steps[place].sections)
        return counts
