"""Guardians, and further people who are called or fetch the child: one card each, as many as are needed."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.person import Contact, Guardian
from app.rules.problem import Problem
from app.ui import theme
from app.ui.sections.person_card import PersonCard, contact_card, guardian_card
from app.ui.sections.rare import name_note
from app.ui.sections.section import Found, Section, put_focus
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.text import Text

MOST = 12  # cards; more people than that are a slip of the finger


class PeopleSection(Section):
    """What guardians and contacts share: cards that come and go."""

    least = 0  # cards that are always there
    key = ""  # adds a card
    empty: Any = None

    def build(self) -> None:
        """The cards, a line about all of them, the button that adds one."""
        self.cards: list[PersonCard[Any]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(12))
        self.column.addLayout(self._list)
        self.note = Text("", "caption", "amber", wrap=True)
        self.note.setVisible(False)
        self.column.addWidget(self.note)
        self.add_button = Button(self.words_for_adding(), "link", self.key, icon="plus")
        self.add_button.clicked.connect(self.add)
        row = QHBoxLayout()
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        self.add_row = row
        self.column.addLayout(row)
        self._keep_least()

    @abstractmethod
    def words_for_adding(self) -> str:
        """What the button says."""

    @abstractmethod
    def new_card(self) -> PersonCard[Any]:
        """An empty card."""

    @abstractmethod
    def title(self, number: int) -> str:
        """Title of the card, counted from 1."""

    def newcomer(self) -> Any:  # noqa: ANN401 - a guardian or a contact
        """Whom an added card shows at first."""
        return self.empty

    # value ------------------------------------------------------------------------------------------------------------

    def set(self, part: Sequence[Any]) -> None:
        """Show these people."""
        while len(self.cards) > max(len(part), self.least):
            self._drop(self.cards[-1])
        while len(self.cards) < len(part):
            self._append(self.empty)
        for card, person in zip(self.cards, part, strict=False):
            card.set_value(person)
        for number in range(len(part), len(self.cards)):
            self.cards[number].set_value(self.first() if number == 0 else self.empty)
        self._number()

    def first(self) -> Any:  # noqa: ANN401 - as above
        """Whom an empty first card shows."""
        return self.empty

    def value(self) -> tuple[Any, ...]:
        """Everybody who was typed; blank cards at the end are left out."""
        people = [card.value() for card in self.cards]
        while people and self.cards[len(people) - 1].is_blank():
            people.pop()
        return tuple(people)

    def good(self, path: str, value: object) -> Found:
        """Ticks for names and phones that are right."""
        if path.endswith(".name"):
            return name_note(str(value))
        return ("ok", "") if path.endswith(".mobile") and value else None

    def place_of(self, path: str, code: str = "") -> str:
        """That somebody is missing stands at the first name."""
        return f"{self.part}.0.name" if path == self.part and code in {"guardian_missing", ""} else path

    def checked(self) -> None:
        """Say what is doubtful about all of them together."""
        found = self.problems().get(self.part) if self._visited else None
        self.note.setText(sentence(found) if found else "")
        self.note.setVisible(bool(found))

    # cards ------------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a card and begin in its name."""
        if len(self.cards) < MOST:
            card = self._append(self.newcomer())
            self._number()
            self.changed.emit()
            put_focus(card.fields["name"].editor)

    def remove(self, card: PersonCard[Any]) -> None:
        """Take a card away; what was typed can be brought back for a while."""
        place, person, blank = self.cards.index(card), card.value(), card.is_blank()
        self._drop(card)
        self._keep_least()
        self._number()
        self.changed.emit()
        self.left.emit()
        neighbour = self.cards[min(place, len(self.cards) - 1)] if self.cards else None
        (neighbour.fields["name"].editor if neighbour else self.add_button).setFocus()
        if not blank:
            self.desk.message(
                tr("已移除 {name}", name=person.name or self.title(place + 1)),
                "info",
                undo=self._bring_back(place, person),
            )

    def _bring_back(self, place: int, person: Any) -> Callable[[], None]:  # noqa: ANN401 - as above
        def back() -> None:
            people = list(self.value())
            people.insert(place, person)
            self.set(people)
            self.changed.emit()
            self.left.emit()

        return back

    def _keep_least(self) -> None:
        while len(self.cards) < self.least:
            self._append(self.first())
        self._number()

    def _append(self, person: Any) -> PersonCard[Any]:  # noqa: ANN401 - as above
        card = self.new_card()
        card.set_value(person)
        card.switched.connect(lambda name, card=card: self._switched(card, name))
        card.removeAsked.connect(lambda card=card: self.remove(card))
        self._list.addWidget(card)
        number = len(self.cards)
        self.cards.append(card)
        for name, field in card.fields.items():
            path = f"{self.part}.{number}.{name}"
            field.changed.connect(self._on_changed)
            field.left.connect(lambda field=field: self._on_left(field.key))
            self._fields[path] = field
        return card

    def _drop(self, card: PersonCard[Any]) -> None:
        self.cards.remove(card)
        self._list.removeWidget(card)
        card.hide()  # or a pending show would make a window of it
        card.setParent(None)
        card.deleteLater()

    def _number(self) -> None:
        """Titles and paths by the place of the card."""
        self.rename(
            {
                f"{self.part}.{place}.{name}": field
                for place, card in enumerate(self.cards)
                for name, field in card.fields.items()
            },
        )
        for place, card in enumerate(self.cards):
            card.set_title(self.title(place + 1))
            card.remove.setVisible(len(self.cards) > self.least)

    def _switched(self, card: PersonCard[Any], name: str) -> None:
        del card, name
        self._on_changed()
        self.left.emit()

    def first_field(self) -> QWidget | None:
        """The first name."""
        return self.cards[0].fields["name"].editor if self.cards else None


class GuardiansSection(PeopleSection):
    """The guardians; at least one."""

    part = "guardians"
    least = 1
    key = "Alt+G"
    empty = Guardian()

    def words_for_adding(self) -> str:
        return tr("添加监护人")

    def new_card(self) -> PersonCard[Guardian]:
        return guardian_card()

    def title(self, number: int) -> str:
        return tr("监护人 {number}", number=number)

    def open_fields(self, problem: Problem) -> int:
        """While there is nobody, every starred field of the first card waits."""
        if problem.code != "guardian_missing":
            return 1
        return sum(field.required and field.editor.is_empty() for field in self.cards[0].fields.values())

    def first(self) -> Guardian:
        """The first one usually pays."""
        return replace(self.empty, payer=True)

    def _switched(self, card: PersonCard[Any], name: str) -> None:
        """One of them pays: who is named now is it."""
        if name == "payer" and card.pills["payer"].value():
            for other in self.cards:
                if other is not card:
                    other.pills["payer"].set_value(value=False)
        super()._switched(card, name)


class ContactsSection(PeopleSection):
    """Who else is called in need or may fetch the child."""

    part = "contacts"
    key = "Alt+N"
    empty = Contact()

    def words_for_adding(self) -> str:
        return tr("添加接送人或紧急联系人")

    def new_card(self) -> PersonCard[Contact]:
        return contact_card()

    def title(self, number: int) -> str:
        return tr("接送人 / 紧急联系人 {number}", number=number)

    def newcomer(self) -> Contact:
        """Somebody who is added usually fetches the child."""
        return replace(self.empty, may_collect=True)

    def place_of(self, path: str, code: str = "") -> str:
        """That nobody can be called in need stands below the cards."""
        return path
