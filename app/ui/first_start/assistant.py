"""The first start: a short assistant that asks for what is needed, makes the data folder, and hands over the key."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import paths
from app.errors import Damaged, Refused
from app.process import data_folder, founding, practice, recovery_paper
from app.rules import pinyin
from app.settings import Settings
from app.ui import texts, theme
from app.ui.desk import Task
from app.ui.first_start.key_step import KeyStep
from app.ui.first_start.stay import asks_to_stay
from app.ui.first_start.step import Answers, Problem, StepPage
from app.ui.first_start.steps import CentreStep, LanguageStep, ManagerStep, WorkStep
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Hairline
from app.ui.widgets.job import Progress
from app.ui.widgets.mark import Mark
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import Page, scrolled
from app.ui.widgets.step_rail import StepRail
from app.ui.widgets.text import Text

WIDTH = 760  # of what is filled in
KEY = 4  # place of the step with the recovery key


class FirstStart(Page):
    """`finished(login, password)`; `practice_made(folder)`; `closed` when the window was closed by its frame."""

    finished = Signal(str, str)
    practice_made = Signal(object)
    closed = Signal()

    def __init__(self, folder: Path, settings: Settings, parent: QWidget | None = None) -> None:
        """Nothing is made before the fourth step is done, and nothing is in use before the key was typed back."""
        super().__init__(padding=(0, 0), spacing=0, parent=parent)
        self.folder, self.settings = folder, settings
        self.answers = Answers(language=texts.language())
        self.place, self._reached, self.key = 0, 0, ""
        self._done = False
        self._task: Task | None = None
        self._holder: QWidget | None = None
        pinyin.use((paths.MADE / "pinyin.bin").read_bytes)
        self.setMinimumSize(900, 620)
        self.resize(min(theme.wide(1180), 1340), min(theme.wide(760), 760))
        for key, step in (("PgDown", 1), ("PgUp", -1)):
            QShortcut(key, self).activated.connect(lambda step=step: self.forward() if step > 0 else self.back())
        self._build()

    # the window -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """Build rail, steps and foot in the language of now, with what was typed."""
        old, self._holder = self._holder, QWidget()
        if old is not None:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.setWindowTitle(tr("安托：开始使用"))
        row = QHBoxLayout(self._holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = StepRail([tr("语言"), tr("中心"), tr("负责人"), tr("审核与备份"), tr("恢复密钥")], focus=True)
        self.rail.head.addWidget(Mark(size=44))
        self.rail.head.addSpacing(theme.px(8))
        self.rail.head.addWidget(Text(tr("开始使用安托"), "dialog_title"))
        self.rail.head.addWidget(Text(tr("约 3 分钟"), "caption"))
        self.rail.head.addSpacing(theme.px(12))
        self.rail.chosen.connect(self.go)
        row.addWidget(self.rail)
        row.addLayout(self._right(), 1)
        self.body.addWidget(self._holder)
        self.go(self.place)

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(theme.px(34), theme.px(26), theme.px(34), theme.px(20))
        column.setSpacing(theme.px(6))
        self.title = Text("", "page_title")
        self.line = Text("", "secondary", wrap=True)
        self.strip = Strip("red")
        column.addWidget(self.title)
        column.addWidget(self.line)
        column.addSpacing(theme.px(8))
        column.addWidget(self.strip)
        self.stack = QStackedWidget()
        self.steps: list[StepPage] = []
        for step in self._make_steps():
            self._add_step(step)
        column.addWidget(self.stack, 1)
        self.progress = Progress("", cancellable=False)
        self.progress.hide()
        column.addWidget(self.progress)
        column.addSpacing(theme.px(8))
        column.addWidget(Hairline("line"))
        column.addSpacing(theme.px(8))
        column.addLayout(self._foot())
        return column

    def _make_steps(self) -> list[StepPage]:
        language = LanguageStep(self.answers)
        language.language_chosen.connect(self._use_language)
        language.practice_asked.connect(self._practise)
        return [language, CentreStep(self.answers), ManagerStep(self.answers), WorkStep(self.answers, self.folder)]

    def _add_step(self, step: StepPage) -> None:
        step.changed.connect(self._show_open)
        step.setMaximumWidth(theme.wide(WIDTH))
        self.steps.append(step)
        self.stack.addWidget(scrolled(step))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.back_button = Button(tr("上一步"), "secondary", tall=True)
        self.back_button.clicked.connect(self.back)
        self.open_button = Button("", "alert", small=True)
        self.open_button.clicked.connect(self._to_first_open)
        self.next_button = Button("", "primary", "Ctrl+Enter", tall=True)
        self.next_button.clicked.connect(self.forward)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.open_button)
        row.addWidget(self.next_button)
        return row

    def _use_language(self, language: str) -> None:
        self.answers.language = language
        self.settings.set("language", language)
        texts.use_language(language)
        QTimer.singleShot(0, self, self._build)  # not while the choice itself is still at work

    # going ----------------------------------------------------------------------------------------------------------

    def go(self, place: int) -> None:
        """Show a step that was reached before."""
        if place > self._reached or (self.key and place != KEY):
            return
        self.place = place
        self.stack.setCurrentIndex(place)
        step = self.steps[place]
        self.title.setText(step.title)
        self.line.setText(step.line)
        self.strip.set("")
        for number, item in enumerate(self.rail.items):
            known = number < len(self.steps) and number <= self._reached
            said = self.steps[number].detail() if known else ""
            item.set_state(current=number == place, done=known and number != place, reachable=known, fact=said)
        self.back_button.setVisible(0 < place < KEY)
        self._show_open()
        first = step.first_field()
        if first is not None:
            first.setFocus()

    def back(self) -> None:
        """One step back; what was typed stays."""
        if self.place and not self.key:
            self.go(self.place - 1)

    def forward(self) -> None:
        """Finish the step; what is missing is said at its field."""
        if self._task is not None:
            return
        step = self.steps[self.place]
        if isinstance(step, KeyStep) and not step.is_typing():
            step.show_typing(on=True)
            return
        found = step.problems()
        if found:
            self._tell(found)
            return
        if self.place == KEY:
            self._finish()
        elif self.place == KEY - 1:
            self._create()
        else:
            self._reached = max(self._reached, self.place + 1)
            self.go(self.place + 1)

    def _tell(self, found: list[Problem]) -> None:
        for field, words in found:
            field.problem(words)
        found[0][0].setFocus()
        self._show_open()

    def _to_first_open(self) -> None:
        found = self.steps[self.place].problems()
        if found:
            self._tell(found)

    def _show_open(self) -> None:
        """Name the next step on the button, and how much is missing beside it."""
        step = self.steps[self.place]
        shown = [field for field in step.fields.values() if field.state == "problem"]
        self.open_button.set_text(tr("{n} 项待更正", n=len(shown)) if shown else "")
        self.open_button.setVisible(bool(shown))
        if isinstance(step, KeyStep):
            self.next_button.set_text(tr("开始使用") if step.is_typing() else tr("已印好，输一遍核对"))
        elif self.place == KEY - 1:
            self.next_button.set_text(tr("建立中心"))
        else:
            self.next_button.set_text(tr("下一步：{title}", title=self.rail.items[self.place + 1].title))

    # making ---------------------------------------------------------------------------------------------------------

    def _create(self) -> None:
        folder, centre, one = self.folder, self.answers.centre(), self.answers
        login, name, password = one.login.strip(), one.manager.strip(), one.password
        self._run(
            tr("正在建立加密的数据……"),
            lambda: founding.prepare(folder, centre, login, name, password),
            self._created,
        )

    def _created(self, key: str) -> None:
        self.key = key
        centre, name = self.answers.centre(), self.answers.manager.strip()
        self._add_step(KeyStep(self.answers, key, lambda: recovery_paper.sheet(key, centre, name)))
        self._reached = KEY
        self.go(KEY)

    def _practise(self) -> None:
        folder = practice_folder(self.folder)
        if data_folder.state(folder) == "ready":
            self._leave_for(folder)
            return
        self._run(
            tr("正在编一个练习用的中心……"),
            lambda progress: practice.fill(folder, practice.SMALL, 1, progress),
            lambda _: self._leave_for(folder),
        )

    def _leave_for(self, folder: Path) -> None:
        self._done = True
        self.practice_made.emit(folder)

    def _run(self, text: str, work: object, done: object) -> None:
        self.strip.set("")
        self.progress.set_text(text)
        self.progress.show()
        self.stack.setEnabled(False)
        self.next_button.set_busy(True)
        task = Task(work)  # type: ignore[arg-type]
        task.progressed.connect(self.progress.set)
        task._done.connect(lambda result: self._ended(done, result))  # noqa: SLF001 - one unit with Task
        task._failed.connect(lambda error: self._ended(self._failed, error))  # noqa: SLF001 - as above
        self._task = task
        task.start()

    def _ended(self, then: object, value: object) -> None:
        self._task = None
        self.progress.hide()
        self.stack.setEnabled(True)
        self.next_button.set_busy(False)
        then(value)  # type: ignore[operator]

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused | Damaged):
            self.strip.set(tr("还没有建成"), sentence(error))
        elif isinstance(error, OSError):
            self.strip.set(
                tr("还没有建成"), tr("{folder} 写不进去，请检查磁盘空间和权限。", folder=str(self.folder)),
            )  # fmt: skip
        else:
            raise error

    def _finish(self) -> None:
        """The key was typed back: from now on the centre can be opened."""
        founding.put_in_use(self.folder)
        self._done = True
        self.finished.emit(self.answers.login.strip(), self.answers.password)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A key that nobody typed back opens nothing: leaving now is asked about, and begins again the next time."""
        if self._task is not None:
            event.ignore()
            return
        if self.key and not self._done and asks_to_stay(self):
            event.ignore()
            return
        if not self._done:
            founding.give_up(self.folder)
        super().closeEvent(event)
        self.closed.emit()


def practice_folder(folder: Path) -> Path:
    """Where the invented centre lies: beside the real one, never in it."""
    return folder.with_name(f"{folder.name}-practice")
