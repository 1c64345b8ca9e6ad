"""The foot of the wizard: hold, what is missing, back, on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Hairline


class NextButton(Button):
    """Enter on it goes on too, as from field to field; where it hands something in, only its key and the mouse do."""

    by_enter = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, unless the button commits something."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.by_enter and not event.isAutoRepeat() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.click()
            return
        super().keyPressEvent(event)


class Foot(QWidget):
    """The buttons, and the count of open points, which leads to the first of them."""

    held = Signal()
    back = Signal()
    on = Signal()
    openPointsAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Filled by `show_step` and `show_end`."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addWidget(Hairline("line"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.hold_button = Button(tr("挂起"), "secondary", "Esc", tall=True, bind=False)
        self.open_points = Button("", "alert", icon="warning-circle")
        self.back_button = Button(tr("上一步"), "secondary", tall=True)
        self.next_button = NextButton("", "primary", "Ctrl+Enter", tall=True, bind=False)
        self.hold_button.clicked.connect(self.held)
        self.open_points.clicked.connect(self.openPointsAsked)
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.on)
        row.addWidget(self.hold_button)
        row.addStretch(1)
        for button in (self.open_points, self.back_button, self.next_button):
            row.addWidget(button)
        column.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Behind the last field comes the way on; an order that is set before it stands in its window is lost."""
        super().showEvent(event)
        for before, after in (
            (self.next_button, self.back_button),
            (self.back_button, self.open_points),
            (self.open_points, self.hold_button),
        ):
            QWidget.setTabOrder(before, after)

    def say_open(self, count: int, *, marked: bool) -> None:
        """How much is missing: a plain number while nobody typed wrongly, red once something is marked."""
        self.open_points.setVisible(count > 0)
        self.open_points.set_kind("alert" if marked else "quiet")
        self.open_points.set_icon("warning-circle" if marked else "")
        text = tr("{n} 项待更正", n=count) if marked else tr("还有 {n} 项必填", n=count)
        self.open_points.set_text(text)

    def show_step(self, following: str, *, first: bool) -> None:
        """A step with another one after it."""
        self._show(tr("下一步：{title}", title=following), "Ctrl+Enter", by_enter=True)
        self.back_button.setVisible(not first)

    def show_check(self, *, may_enter: bool) -> None:
        """The last step, before anything is handed in."""
        self._show(tr("录入并打印") if may_enter else tr("提交并打印"), "F9", by_enter=False)
        self.back_button.show()

    def show_done(self, *, entered: bool, paid: bool = False) -> None:
        """Handed in: the money may follow; after it the next child."""
        if paid:
            self._show(tr("登记下一位"), "F2", by_enter=False)
        else:
            self._show(tr("收费"), "F7", by_enter=False)
        self.next_button.setVisible(entered)
        self.back_button.hide()
        self.hold_button.hide()
        self.open_points.hide()

    def _show(self, text: str, key: str, *, by_enter: bool) -> None:
        self.hold_button.show()
        self.next_button.show()
        self.next_button.set_text(text)
        self.next_button.set_key(key)
        self.next_button.by_enter = by_enter
