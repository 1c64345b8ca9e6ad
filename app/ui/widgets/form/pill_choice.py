"""Choosing several, or one, of a few as round pills."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.widgets.chips import FlowLayout, PillButton


class CheckPill(PillButton):
    """A yes or no as a pill, as `可接送`."""

    changed = Signal()
    left = Signal()

    def __init__(self, text: str, checked: bool = False, parent: QWidget | None = None) -> None:
        """`checked` is on."""
        super().__init__(text, parent, 32)
        self.setChecked(checked)
        self.clicked.connect(self.changed)

    def value(self) -> bool:
        """On or off."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Switch; no `changed`."""
        self.setChecked(bool(value))

    def is_empty(self) -> bool:
        """Off."""
        return not self.isChecked()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person left."""
        super().focusOutEvent(event)
        self.left.emit()


class PillChoice(QWidget):
    """A row of pills; `several` may be on, or one."""

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        options: Sequence[tuple[Any, str]],
        several: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`options` are value and text."""
        super().__init__(parent)
        self._several = several
        self._flow = FlowLayout(8, self)
        self._pills: dict[Any, CheckPill] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer these; what is on stays on."""
        on = self.value()
        for pill in self._pills.values():
            self._flow.removeWidget(pill)
            pill.deleteLater()
        self._pills = {}
        for value, text in options:
            pill = CheckPill(text, value in on, self)
            pill.clicked.connect(lambda _=False, value=value: self._clicked(value))
            pill.left.connect(self._left)
            self._pills[value] = pill
            self._flow.addWidget(pill)
        if self._pills:
            self.setFocusProxy(next(iter(self._pills.values())))

    def _clicked(self, value: Any) -> None:  # noqa: ANN401 - the option's own kind
        if not self._several:
            for other, pill in self._pills.items():
                pill.setChecked(other == value and pill.isChecked())
        self.changed.emit()

    def _left(self) -> None:
        if not any(pill.hasFocus() for pill in self._pills.values()):
            self.left.emit()

    def value(self) -> tuple[Any, ...]:
        """Values that are on, in their order."""
        return tuple(value for value, pill in self._pills.items() if pill.isChecked())

    def set_value(self, value: Sequence[Any]) -> None:
        """Switch these on; no signal."""
        for one, pill in self._pills.items():
            pill.setChecked(one in value)

    def is_empty(self) -> bool:
        """None is on."""
        return not self.value()

    def pill(self, value: Any) -> CheckPill:  # noqa: ANN401 - the option's own kind
        """The pill of a value."""
        return self._pills[value]
