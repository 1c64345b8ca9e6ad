"""Signing in, also when the screen was locked: pick or type the user, type the password, Enter.

Nothing heavy is imported before the window is on screen (speed.md): no database, no cipher, no paper. The password is
checked in a thread, because argon2id takes its time on purpose.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import Damaged, Refused
from app.process import keys, pointer
from app.settings import Settings
from app.ui import theme
from app.ui.desk import Task
from app.ui.sign_in_form import SignInForm
from app.ui.texts import sentence, tr
from app.ui.theme import Themed
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.mark import Mark
from app.ui.widgets.page import Page, scrolled
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.process.restoring import Restored

SIDE, FORM = 340, 400
INITIALS_MS = 60  # after the window is on screen: the table of pinyin is read then


class Side(Themed, QWidget):
    """What stands at the left: the program, practice data said plainly, and where the data are."""

    def __init__(self, *, practice: bool, parent: QWidget | None = None) -> None:
        """`practice`: the data are invented."""
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Mark(size=52))
        self._column.addSpacing(theme.px(8))
        self._column.addWidget(Text(tr("安托"), "page_title"))
        self._column.addWidget(Text(tr("托管中心前台：报名、收费、档案"), "secondary", wrap=True))
        if practice:
            self._column.addSpacing(theme.px(16))
            self._column.addWidget(Pill(tr("练习 PRACTICE"), "primary"), 0, Qt.AlignmentFlag.AlignLeft)
            self._column.addWidget(
                Text(tr("这里的孩子和家长都是虚构的，可以随便试。每个人的密码都是 practice。"), "secondary", wrap=True),
            )
        self._column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(IconLabel("shield-check", "green", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(tr("数据加密存放在这台电脑上，不联网。"), "caption", "ink2", wrap=True), 1)
        self._column.addLayout(row)
        self.restyle()

    def restyle(self) -> None:
        """Ground, width and margins by theme and text size."""
        palette = self.palette()  # filled by Qt: QPainter.fillRect reads in every kind of gradient first, 1 ms
        palette.setColor(QPalette.ColorRole.Window, theme.colour("side"))
        self.setPalette(palette)
        self.setFixedWidth(theme.wide(SIDE))
        pad = theme.px(32)
        self._column.setContentsMargins(pad, theme.px(40), pad, theme.px(28))
        self._column.setSpacing(theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge."""
        del event
        painter = QPainter(self)
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())


class SignIn(Page):
    """`signed_in(key, login, by recovery key)`; `closed` when the window was closed by its frame."""

    signed_in = Signal(object, str, bool)
    closed = Signal()

    def __init__(
        self, folder: Path, settings: Settings, parent: QWidget | None = None, *, locked_by: str = "",
    ) -> None:  # fmt: skip
        """`locked_by`: the name of who sat here when the screen was locked."""
        super().__init__(padding=(0, 0), spacing=0, parent=parent)
        self.folder, self.settings, self._locked_by = folder, settings, locked_by
        self._task: Task | None = None
        self.panel: QWidget | None = None
        self._shown = False
        self.setWindowTitle(tr("安托"))
        least = theme.wide(SIDE + FORM) + 2 * theme.px(32) + theme.px(16)
        self.setMinimumSize(least, 560)
        self.resize(max(least, theme.wide(980)), min(theme.wide(640), 740))
        if locked_by and settings.text("geometry"):
            from PySide6.QtCore import QByteArray  # only where the screen was locked

            self.restoreGeometry(QByteArray.fromBase64(settings.text("geometry").encode()))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(Side(practice=pointer.is_practice(folder)))
        self.stack = QStackedWidget()
        row.addWidget(self.stack, 1)
        self.body.addLayout(row)
        self._build_form()

    def _build_form(self) -> None:
        try:
            people = keys.people(self.folder)
            damaged = None
        except Damaged as error:
            people, damaged = (), error
        self.form = SignInForm(people, self.settings.text("last_user"), self._locked_by)
        self.form.submitted.connect(self._try)
        self.form.forgotten.connect(self.show_forgotten)
        self.form.restoreAsked.connect(self.show_restore)
        self.stack.addWidget(centred(self.form))
        if damaged is not None:
            self.form.show_trouble(sentence(damaged), restore=True)

    def showEvent(self, event: QShowEvent) -> None:
        """The focus stands in the last user's password."""
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            self.focus_first()
            QTimer.singleShot(INITIALS_MS, self.form, self.form.use_initials)

    def focus_first(self) -> None:
        """The password when somebody is chosen, else the user."""
        (self.form.password if self.form.user.value() else self.form.user).setFocus()

    # the password ---------------------------------------------------------------------------------------------------

    def _try(self, login: str, password: str) -> None:
        folder = self.folder
        self.run(lambda: keys.unlock(folder, login, password), lambda key: self._opened(key, login), self.form.refuse)

    def _opened(self, key: object, login: str) -> None:
        self.form.password.set_value("")
        self.signed_in.emit(key, login, False)

    def run(self, work: object, done: object, refuse: object) -> None:
        """Do `work` in a thread; a refusal goes to `refuse`, a damaged file to the strip, a bug further up."""

        def failed(error: BaseException) -> None:
            if isinstance(error, Damaged):
                self.show_trouble(sentence(error))
            elif isinstance(error, Refused):
                refuse(error)  # type: ignore[operator]
            else:
                self.form.set_busy(False)
                raise error

        self._task = Task(work)  # type: ignore[arg-type]
        self._task._done.connect(done)  # noqa: SLF001 - one unit with Task
        self._task._failed.connect(failed)  # noqa: SLF001 - as above
        self._task.start()

    def show_trouble(self, text: str) -> None:
        """Say why the data did not open although the password was right, and offer the backups."""
        self.show_form()
        self.form.show_trouble(text, restore=True)

    # other ways in --------------------------------------------------------------------------------------------------

    def show_form(self) -> None:
        """Back to user and password."""
        self.stack.setCurrentIndex(0)
        self.focus_first()

    def show_forgotten(self) -> None:
        """A forgotten password: what to do, and the manager's way with the recovery key."""
        from app.ui.sign_in_forgotten import Forgotten

        panel = Forgotten(self.folder, self.form.people, self.form.user.value() or "")
        panel.backAsked.connect(self._drop_panel)
        panel.opened.connect(lambda key, login: self.signed_in.emit(key, login, True))
        self._show_panel(panel)

    def show_restore(self) -> None:
        """Data that do not open: put a backup back."""
        from app.ui.sign_in_restore import RestorePanel

        panel = RestorePanel(self.folder, self.form.user.value() or self.settings.text("last_user"))
        panel.backAsked.connect(self._drop_panel)
        panel.restored.connect(self._restored)
        self._show_panel(panel)

    def _show_panel(self, panel: QWidget) -> None:
        holder = centred(panel)
        self.panel = panel
        self.stack.addWidget(holder)
        self.stack.setCurrentWidget(holder)
        panel.setFocus()

    def _drop_panel(self) -> None:
        holder = self.stack.currentWidget()
        self.show_form()
        if holder is not None and holder is not self.stack.widget(0):
            self.stack.removeWidget(holder)
            holder.deleteLater()

    def _restored(self, result: "Restored") -> None:
        """Read the people of the backup and let them sign in; what is left to do is named at once."""
        from app.ui.restored_words import restored_text  # with the words of the log: only after a restore

        for old in [self.stack.widget(place) for place in range(self.stack.count())]:
            if old is not None:
                self.stack.removeWidget(old)
                old.deleteLater()
        self._build_form()
        self.form.use_initials()
        self.form.lock_note.set(tr("备份已恢复，请用当时的密码登录。"), restored_text(result))
        self.focus_first()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the person gave up."""
        super().closeEvent(event)
        self.closed.emit()


def centred(inside: QWidget) -> QWidget:
    """`inside` in the middle, as wide as a form, scrolling when the window is low."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(theme.px(32), theme.px(24), theme.px(32), theme.px(24))
    row = QHBoxLayout()
    inside.setFixedWidth(theme.wide(FORM))
    row.addStretch(1)
    row.addWidget(inside)
    row.addStretch(1)
    column.addStretch(2)
    column.addLayout(row)
    column.addStretch(3)
    return scrolled(holder)
