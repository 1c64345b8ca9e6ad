"""The parts of the settings page: cards of rows, each with its name, what it does, and the thing to change it by."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import office
from app.ui import theme
from app.ui.desk import Desk
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.text import Text

CONTROL_WIDTH = 340


class Editor(Protocol):
    """What every editor of the forms has."""

    def value(self) -> Any:  # noqa: ANN401 - the editor's own kind
        """Its value."""

    def set_value(self, value: Any) -> None:  # noqa: ANN401 - the editor's own kind
        """Show a value; no signal."""

    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen."""


class SettingRow(QWidget):
    """Name and explanation on the left, the control on the right; a problem is told below the control."""

    def __init__(self, title: str, explanation: str, control: QWidget, note: QWidget | None = None) -> None:
        """`note` stands below the control. `control` gets the title as accessible name where it has none."""
        super().__init__()
        self.title, self.control = title, control
        self.words = f"{title} {explanation}".casefold()
        if not control.accessibleName():
            control.setAccessibleName(title)
        control.setAccessibleDescription(explanation)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        row.setSpacing(theme.px(20))
        left = QVBoxLayout()
        left.setSpacing(theme.px(2))
        left.addWidget(Text(title, "name"))
        if explanation:
            left.addWidget(Text(explanation, "secondary", wrap=True))
        left.addStretch(1)
        row.addLayout(left, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.px(2))
        holder = QWidget()
        holder.setFixedWidth(theme.wide(CONTROL_WIDTH))
        holder.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(control)
        if note is not None:
            right.addWidget(note)
        self.problem = Text("", "caption", "red", wrap=True)
        self.problem.hide()
        right.addWidget(self.problem)
        right.addStretch(1)
        row.addWidget(holder)

    def tell(self, problem: str) -> None:
        """Show what is wrong with the value; empty for nothing."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


class SettingCard(Card):
    """A card of rows under a title. `restore`, where given, is offered as `恢复默认`."""

    def __init__(self, title: str, restore: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:
        """Rows are added with `add`."""
        super().__init__(padding=20, spacing=0, parent=parent, bottom=12)
        self.rows: list[SettingRow] = []
        self._lines: list[Hairline] = []
        self.head = QHBoxLayout()
        self.head.addWidget(Text(title, "card_title"), 1)
        if restore is not None:
            button = Button(tr("恢复默认"), "quiet", icon="arrow-counter-clockwise", small=True)
            button.clicked.connect(restore)
            self.head.addWidget(button)
        self.body.addLayout(self.head)
        self.body.addSpacing(theme.px(4))

    def add(self, row: SettingRow) -> SettingRow:
        """Append a row, with a hairline above all but the first."""
        if self.rows:
            line = Hairline()
            self._lines.append(line)
            self.body.addWidget(line)
        self.rows.append(row)
        self.body.addWidget(row)
        return row

    def filter(self, wanted: str) -> bool:
        """Show only rows that hold the words; True when one is left."""
        left = False
        for number, row in enumerate(self.rows):
            fits = wanted in row.words
            row.setVisible(fits)
            if number:
                self._lines[number - 1].setVisible(fits and left)
            left = left or fits
        self.setVisible(left)
        return left


class Section(QWidget):
    """One section of the settings; `refresh` reads it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """`build` makes the cards."""
        super().__init__(parent)
        self.desk = desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(14))
        self.cards: list[SettingCard] = []
        self.build()

    @abstractmethod
    def build(self) -> None:
        """Make the cards."""

    def refresh(self) -> None:
        """Read what holds now."""

    def card(self, title: str, restore: Callable[[], object] | None = None) -> SettingCard:
        """Append a card."""
        made = SettingCard(title, restore)
        self.cards.append(made)
        self.column.addWidget(made)
        return made

    def filter(self, wanted: str) -> bool:
        """Show only rows that hold the words; True when one is left."""
        left = [card.filter(wanted) for card in self.cards]
        self.setVisible(any(left))
        return any(left)


class CentreSection(Section):
    """Settings of the centre: each is saved when its field is left or its choice is made, and can be undone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Editors are bound to the names of settings."""
        self._bound: dict[str, tuple[SettingRow, Editor]] = {}
        self._saved: dict[str, str] = {}
        super().__init__(desk, parent)

    def bind(
        self,
        card: SettingCard,
        name: str,
        title: str,
        explanation: str,
        editor: Any,  # noqa: ANN401 - an editor and a widget at once
        control: QWidget | None = None,
        *,
        live: bool = False,
    ) -> SettingRow:
        """A row for one setting; `control` is the widget that holds the editor; `live` saves at every change."""
        editor.setAccessibleName(title)
        row = card.add(SettingRow(title, explanation, control or editor))
        self._bound[name] = (row, editor)
        (editor.changed if live else editor.left).connect(lambda: self.save(name))
        return row

    def refresh(self) -> None:
        """Show what holds; a field that is being typed into is left alone."""
        self._saved = self.desk.look(office.settings) or self._saved
        for name, (row, editor) in self._bound.items():
            if not self._typing(editor):
                editor.set_value(shown(editor, self._saved.get(name, "")))
                row.tell("")

    @staticmethod
    def _typing(editor: Any) -> bool:  # noqa: ANN401 - as above
        return bool(editor.hasFocus() and hasattr(editor, "selectAll"))

    def save(self, name: str) -> None:
        """Save one setting if it changed."""
        row, editor = self._bound[name]
        reason = str(getattr(editor, "reason", str)())
        value = kept(editor.value())
        if reason:
            row.tell(reason)
            return
        before = self._saved.get(name, "")
        if value == before or (not value and office.SETTINGS[name].isdigit()):  # a number that was wiped out comes back
            editor.set_value(shown(editor, before))
            row.tell("")
            return
        if self.change({name: value}, beside=row):
            row.tell("")
            undo = lambda: self.change({name: before})  # noqa: E731 - one line is plainer here
            self.desk.message(tr("已保存：{name}", name=row.title), undo=undo)

    def change(self, values: dict[str, str], beside: SettingRow | None = None) -> bool:
        """Change settings of the centre; a refusal stands at its row."""

        def tell(refused: Refused) -> bool:
            if beside is not None:
                beside.tell(sentence(refused))
            return beside is not None

        self.desk.do(office.change_settings, values, beside=tell)
        if self.desk.done_well:
            self._saved |= values
            self.refresh()
        return self.desk.done_well

    def restore(self) -> None:
        """Put every setting of this section back to what a new centre has."""
        values = {name: office.SETTINGS[name] for name in self._bound}
        changed = {name: value for name, value in values.items() if value != self._saved.get(name, "")}
        if not changed:
            self.desk.message(tr("已经是默认值"), "info")
            return
        before = {name: self._saved.get(name, "") for name in changed}
        if self.change(changed):
            self.desk.message(tr("已恢复默认"), undo=lambda: self.change(before))


def shown(editor: Any, value: str) -> Any:  # noqa: ANN401 - the editor's own kind
    """What an editor shows for a stored text: switches show "1" as on."""
    return value == "1" if isinstance(editor.value(), bool) else value


def kept(value: Any) -> str:  # noqa: ANN401 - the editor's own kind
    """The stored text for an editor's value."""
    return ("1" if value else "0") if isinstance(value, bool) else str(value or "")


def with_unit(editor: QWidget, unit: str) -> QWidget:
    """A short editor with its unit behind it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    editor.setFixedWidth(theme.px(96))
    row.addWidget(editor)
    row.addWidget(Text(unit, "secondary"))
    row.addStretch(1)
    holder.setFocusProxy(editor)
    return holder


def at_left(widget: QWidget) -> QWidget:
    """A control that keeps its own width, at the left of its place."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    holder.setFocusProxy(widget)
    return holder


def buttons(*made: Button) -> QWidget:
    """Buttons side by side as one control."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(10))
    for button in made:
        row.addWidget(button)
    row.addStretch(1)
    return holder
