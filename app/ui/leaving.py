"""The end of the program: work in the background stops, then a backup with progress, which can be skipped."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Damaged, Refused
from app.process import backups
from app.process.backup_file import Backup
from app.ui import theme
from app.ui.desk import Cancelled, Desk, Task
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.job import Progress
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import Page
from app.ui.widgets.text import Text

BUSY_MS = 100  # between two looks whether work in the background has ended


class Ending(QObject):
    """`shown(window)` when there is something to look at meanwhile, `done` when the program may end."""

    shown = Signal(object)
    done = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """`desk` is that of the main window, which was closed."""
        super().__init__(parent)
        self._desk = desk

    def begin(self) -> None:
        """Stop what is under way; what it began is put away before anything else happens."""
        self._desk.stop()
        self._back_up()

    def _back_up(self) -> None:
        if self._desk.busy():
            QTimer.singleShot(BUSY_MS, self, self._back_up)
            return
        if not backups.needed():
            self.done.emit()
            return
        window = Leaving()
        window.done.connect(self.done)
        self.shown.emit(window)
        window.start()


class Leaving(Page):
    """`done` when the program may end."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """`start` begins the backup."""
        super().__init__(parent=parent)
        self.setWindowTitle(tr("安托"))
        self.setMinimumWidth(theme.px(460))
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        column.addWidget(Text(tr("正在退出"), "dialog_title"))
        column.addWidget(Text(tr("退出前把今天的数据备份一份，并打开核验。"), "secondary", wrap=True))
        self.problem = Strip("red", icon="warning-circle")
        column.addWidget(self.problem)
        self.progress = Progress(tr("正在备份并核验……"))
        self.progress.cancel_button.set_text(tr("不备份，直接退出"))
        column.addWidget(self.progress)
        self.leave = Button(tr("退出"), "primary", "Esc")
        self.leave.clicked.connect(self.done)
        self.leave.hide()
        column.addWidget(self.leave)
        self.body.addLayout(column)
        self.body.addStretch(1)
        self._task = Task(lambda progress: backups.make("exit", progress=progress), self)
        self._task.progressed.connect(self.progress.set)
        self._task._done.connect(self._made)  # noqa: SLF001 - one unit with Task
        self._task._failed.connect(self._failed)  # noqa: SLF001 - as above
        self.progress.cancelled.connect(self._task.cancel)

    def start(self) -> None:
        """Begin the backup in a thread."""
        self._task.start()

    def _made(self, made: Backup) -> None:
        if made.second in {"", "copied"}:
            self.done.emit()
            return
        self._stay(tr("备份已完成，但第二份没有放成。请检查 U 盘或移动硬盘。"))

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.done.emit()
        elif isinstance(error, Refused | Damaged):
            self._stay(sentence(error))
        else:
            self.done.emit()
            raise error

    def _stay(self, text: str) -> None:
        self.progress.hide()
        self.problem.set(text)
        self.leave.show()
        self.leave.setFocus()
