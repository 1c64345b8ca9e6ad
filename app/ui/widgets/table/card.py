"""A card with a table, a footer and an empty state."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QWidget

from app.ui import theme
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import ElidedText, Text


class TableCard(Card):
    """A card with a table, its footer, and what to say when there is nothing."""

    def __init__(self, table: Table, empty: EmptyState | None = None, parent: QWidget | None = None) -> None:
        """`empty` is shown instead of the table when `show_empty(True)`."""
        super().__init__(padding=1, spacing=0, parent=parent)
        self.table = table
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)  # first: a stack without a parent would show its page as a window
        self._stack.addWidget(table)
        if empty is not None:
            self._stack.addWidget(empty)
        self.body.addWidget(Hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(8))
        self._left = ElidedText("", "secondary")
        self._right = Text("", "strong")
        foot.addWidget(self._left, 1)
        foot.addWidget(self._right)
        self.body.addLayout(foot)

    def set_footer(self, left: str, right: str = "", right_tone: str = "") -> None:
        """Counts on the left, a sum on the right."""
        self._left.setText(left)
        self._right.setText(right)
        self._right.set_tone(right_tone)

    def footer(self) -> tuple[str, str]:
        """What the footer says."""
        return self._left.text(), self._right.text()

    def show_empty(self, empty: bool) -> None:
        """Show the empty state, or the table."""
        if self._stack.count() > 1:
            self._stack.setCurrentIndex(1 if empty else 0)
