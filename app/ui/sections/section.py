"""What all sections of the form share: they edit one part of a registration as a copy, and say what is wrong with it.

Wizard and profile editor show the same sections. What is wrong comes from `rules.problems` alone; a field is silent
while it is typed for the first time, is checked when it is left, and is corrected live afterwards.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.process import clock
from app.rules import problems as rules
from app.rules.person import Registration
from app.rules.problem import ERROR, Problem
from app.ui import theme
from app.ui.desk import Desk
from app.ui.texts import sentence
from app.ui.theme import Themed
from app.ui.widgets.card import Card
from app.ui.widgets.form.field import Field
from app.ui.widgets.text import Text

Found = tuple[str, str] | None


def put_focus(editor: QWidget) -> None:
    """Put the focus into an editor as Tab does: what stands in it is selected, so that typing replaces it."""
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    line = editor.focusProxy() or editor
    if isinstance(line, QLineEdit):
        line.selectAll()  # Qt does it only where the focus was elsewhere before


class Block(Card):
    """A card of a section; `bare` leaves surface, line and padding to the card of the page it stands in."""

    def __init__(self, title: str = "", *, bare: bool = False, bottom: int = 6) -> None:
        """`title` stands on top of a card of its own."""
        self._bare = bare
        super().__init__(padding=0 if bare else 20, spacing=2, bottom=0 if bare else bottom)
        if title and not bare:
            self.body.addWidget(Text(title, "block_title"))
            self.body.addSpacing(theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bare:
            super().paintEvent(event)


class Section(Themed, QWidget):
    """One part of a registration. `changed` comes with every edit, `left` when it is time to save."""

    changed = Signal()
    left = Signal()
    part = ""  # name of the part in Registration

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, bare: bool = False) -> None:
        """`bare`: without cards of its own, for a card of the profile."""
        super().__init__(parent)
        self.desk, self.bare = desk, bare
        self.whole: Callable[[], Registration] = lambda: self.into(self._registration)
        self._registration = Registration()
        self._fields: dict[str, Field] = {}
        self._visited: set[str] = set()
        self._known: tuple[Registration, dict[str, Problem]] | None = None
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._check_visited)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.build()
        self.restyle()

    # for each section to say ------------------------------------------------------------------------------------------

    @abstractmethod
    def build(self) -> None:
        """Make the fields."""

    @abstractmethod
    def set(self, part: Any) -> None:  # noqa: ANN401 - each section has a part of its own kind
        """Show a part of a registration; no signal."""

    @abstractmethod
    def value(self) -> Any:  # noqa: ANN401 - as above
        """The part as it is typed now."""

    def good(self, path: str, value: Any) -> Found:  # noqa: ANN401 - as above
        """What a field says that has no problem; by default nothing."""
        del path, value
        return None

    def stand_on(self, student_id: int, stored: Registration) -> None:
        """Tell that the file of a student is edited, and what is stored in it; before it is shown."""

    def close_health(self, reason: str) -> None:
        """Health is closed, for a reason that has a sentence ('': it is open); for the section that shows it."""

    # the registration round it ----------------------------------------------------------------------------------------

    def show_registration(self, registration: Registration) -> None:
        """Show this section's part of a registration; no signal."""
        self._registration = registration
        self._visited.clear()
        for field in self._fields.values():
            field.set_visited(False)
        self.set(getattr(registration, self.part))

    def into(self, registration: Registration) -> Registration:
        """The registration with this section's part as it is typed."""
        changed: Registration = replace(registration, **{self.part: self.value()})
        return changed

    # fields and their problems ----------------------------------------------------------------------------------------

    def field(self, path: str, field: Field) -> Field:
        """Take a field into the section: `path` as the rules name it ("child.name")."""
        self._fields[path] = field
        field.key = path
        field.set_check(lambda value, path=path: self._found(path, value))  # type: ignore[misc]
        field.changed.connect(self._on_changed)
        field.left.connect(lambda path=path: self._on_left(path))
        return field

    def forget(self, path: str) -> None:
        """Let a field go that is removed from the section."""
        self._fields.pop(path, None)
        self._visited.discard(path)

    def rename(self, paths: dict[str, Field]) -> None:
        """Give the fields other paths, when a row before them was removed."""
        visited = {id(self._fields[path]) for path in self._visited if path in self._fields}
        self._fields = dict(paths)
        self._visited = {path for path, field in paths.items() if id(field) in visited}
        for path, field in paths.items():
            field.key = path
            field.set_check(lambda value, path=path: self._found(path, value))  # type: ignore[misc]

    def place_of(self, path: str, code: str = "") -> str:
        """Path of the field that shows a problem; an error of a whole list stands at its first field."""
        del code
        return path

    def problems(self) -> dict[str, Problem]:
        """The worst problem of every field, by the path of the field that shows it."""
        whole = self.whole()
        if self._known is None or self._known[0] != whole:
            self._known = (whole, self._by_place(rules.problems(whole, clock.today())))
        return self._known[1]

    def _by_place(self, found: Iterable[Problem]) -> dict[str, Problem]:
        worst: dict[str, Problem] = {}
        for problem in found:
            place = self.place_of(problem.field, problem.code)
            if place not in worst or (problem.strength == ERROR and worst[place].strength != ERROR):
                worst[place] = problem
        return worst

    def _found(self, path: str, value: Any) -> Found:  # noqa: ANN401 - as above
        problem = self.problems().get(path)
        if problem is None:
            return self.good(path, value)
        return "problem" if problem.strength == ERROR else "warning", sentence(problem)

    def _on_changed(self) -> None:
        self.changed.emit()
        self._again.start()

    def _on_left(self, path: str) -> None:
        field = self._fields.get(path)
        if field is not None and not (field.editor.is_empty() and path not in self._visited and self._may_wait(path)):
            self._visited.add(path)
            field.set_visited(True)
            field.check_now()
            self.checked()
        self.left.emit()

    def _may_wait(self, path: str) -> bool:
        """A field that was only passed by: an empty optional one says nothing yet."""
        problem = self.problems().get(path)
        return problem is None or problem.strength != ERROR

    def _check_visited(self) -> None:
        for path in self._visited:
            if path in self._fields:
                self._fields[path].check_now()
        self.checked()

    def checked(self) -> None:
        """Every visited field was looked at again; for sections that also say something about the whole."""

    def show_problems(self, found: Iterable[Problem]) -> None:
        """Mark the fields of these problems, also those that nobody has been in yet."""
        for path in self._by_place(found):
            field = self._fields.get(path)
            if field is not None:
                self._visited.add(path)
                field.set_visited(True)
                field.check_now()
        self.checked()

    def open_fields(self, problem: Problem) -> int:
        """How many fields wait because of a problem; one, where a section does not know better."""
        del problem
        return 1

    def marked(self) -> bool:
        """Whether a field is marked as wrong."""
        return any(field.state == "problem" for field in self._fields.values())

    def focus_field(self, path: str) -> bool:
        """Put the focus into the field of a problem; False when it is not in this section."""
        field = self._fields.get(self.place_of(path))
        if field is None:
            return False
        put_focus(field.editor)
        return True

    def first_field(self) -> QWidget | None:
        """The editor where typing begins."""
        return next((field.editor for field in self._fields.values()), None)

    def restyle(self) -> None:
        """Gaps by the text size."""
        self.column.setSpacing(theme.px(12))
