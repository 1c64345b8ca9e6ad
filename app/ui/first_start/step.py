"""What every step of the first start is: fields bound to the answers, which survive going back."""

from abc import abstractmethod
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process.founding import NewCentre
from app.ui import theme
from app.ui.widgets.form.field import Field

Problem = tuple[Field, str]


@dataclass
class Answers:
    """What was typed so far; it survives going back and the change of language."""

    language: str = "zh"
    name: str = ""
    english_name: str = ""
    address: str = ""
    phone: str = ""
    logo: bytes = b""
    manager: str = ""
    login: str = ""
    password: str = ""
    again: str = ""
    one_person: bool = True
    second_backup: str = ""

    def centre(self) -> NewCentre:
        """The centre as it was typed."""
        return NewCentre(
            self.name.strip(), self.address.strip(), self.phone.strip(), self.logo, self.language, self.one_person,
            self.second_backup, english_name=self.english_name.strip(),
        )  # fmt: skip


class StepPage(QWidget):
    """One step: a title as a question, a line below it, fields. `changed` whenever something was typed."""

    changed = Signal()
    title = ""
    line = ""

    def __init__(self, answers: Answers, parent: QWidget | None = None) -> None:
        """Shows what was typed before."""
        super().__init__(parent)
        self.answers = answers
        self.fields: dict[str, Field] = {}
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))
        self.build()
        self.body.addStretch(1)

    @abstractmethod
    def build(self) -> None:
        """Make the fields."""

    def add(self, name: str, field: Field) -> Field:
        """Bind a field to an answer of this name."""
        self.fields[name] = field
        field.set_value(getattr(self.answers, name))
        field.changed.connect(lambda: self._took(name))
        field.left.connect(lambda: self._took(name))
        return field

    def _took(self, name: str) -> None:
        setattr(self.answers, name, self.fields[name].value())
        self.changed.emit()

    def problems(self) -> list[Problem]:
        """What is missing or wrong, in order: field and words."""
        return []

    def detail(self) -> str:
        """A few words for the rail once the step is done."""
        return ""

    def first_field(self) -> QWidget | None:
        """Where the focus begins."""
        return next(iter(self.fields.values()), None)
