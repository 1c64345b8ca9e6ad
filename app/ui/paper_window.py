"""A stored paper in a window of its own, over the page where one is."""

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from app.process import confirmation
from app.ui import theme
from app.ui.desk import Desk
from app.ui.paper_panel import PaperPanel
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog


class PaperWindow(Dialog):
    """A paper with what can be done with it; Ctrl+P prints."""

    def __init__(self, desk: Desk, paper_id: int, parent: QWidget | None = None) -> None:
        """`paper_id` names the stored paper."""
        super().__init__(parent, tr("单据"), 900)
        self.desk, self.paper_id = desk, paper_id
        self.panel = PaperPanel(desk)
        self.panel.student_button.hide()  # the page below cannot be changed while this window is over it
        self.panel.shown.connect(self._shown)
        close = Button(tr("关闭"), "quiet", "Esc", bind=False)
        close.clicked.connect(self.accept)
        self.panel.side.body.addWidget(close)
        self.body.addWidget(self.panel, 1)
        for key, answer in (("Ctrl+P", self.panel.print_now), ("Shift+F9", self.panel.choose_and_print)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(answer)
        room = parent.window().size() if parent is not None else None
        wide, high = theme.px(1060), theme.px(800)
        self.resize(min(wide, room.width() - 32) if room else wide, min(high, room.height() - 16) if room else high)
        self.found = self.panel.show_paper(paper_id)
        self._focus_first()

    def _focus_first(self) -> None:
        """On what comes next: to mark the signature; else on the pages, to read."""
        button = self.panel.sign_button
        (self.panel.preview if button.isHidden() else button).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """A dialog would take the first field."""
        super().showEvent(event)
        self._focus_first()

    def _shown(self, title: str) -> None:
        self.title.setText(title)
        self.setWindowTitle(title)
        self.panel.student_button.hide()

    @property
    def print_button(self) -> Button:
        """Prints."""
        return self.panel.print_button

    @property
    def sign_button(self) -> Button:
        """Marks as signed."""
        return self.panel.sign_button


def open_paper(desk: Desk, parent: QWidget | None, paper_id: int) -> None:
    """Show a stored paper."""
    window = PaperWindow(desk, paper_id, parent)
    if window.found:
        window.exec()
    window.deleteLater()


def open_sheet(
    desk: Desk, parent: QWidget | None, *, student_id: int | None = None, application_id: int | None = None,
) -> None:  # fmt: skip
    """Make the confirmation sheet, or take the newest when nothing changed, and show it."""
    found = desk.do(confirmation.make_sheet, student_id=student_id, application_id=application_id)
    if found is not None:
        open_paper(desk, parent, found.id)
