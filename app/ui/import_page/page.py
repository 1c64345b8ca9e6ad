"""Import: choose files, say which column is which, look at every row and correct it, and take them in at once (P1)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import Damaged, Refused
from app.process import form_import, form_papers
from app.process.form_import import Imported, Preview, Reading
from app.ui.desk import Cancelled, Desk
from app.ui.dropped import dropped_files
from app.ui.import_page.afterwards import ask_parents, save_left_out, texts
from app.ui.import_page.choice import Choice
from app.ui.import_page.choosing import Choosing
from app.ui.import_page.columns_step import ColumnsStep, HeaderStep
from app.ui.import_page.done_card import DoneCard
from app.ui.import_page.rows_step import RowsStep
from app.ui.import_page.step_keys import COLUMNS, DONE, HEADER, ROWS, step_keys
from app.ui.import_page.work import Work
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.job import busy_cursor
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.verb import Verb

_DIED = Refused("file_unreadable")


class ImportPage(Page):
    """One file, or one batch of filled forms, from choosing to the result. `open(paths=…)` begins at once."""

    pageRequested = Signal(str)
    studentRequested = Signal(int)
    keysChanged = Signal()
    help_key = "import"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page at its beginning."""
        super().__init__(parent=parent)
        self.desk = desk
        self.reading: Reading | None = None
        self.choice: Choice | None = None
        self.done: Imported | None = None
        self._opid = ""
        self.setAcceptDrops(True)
        self._build_head()
        self.choosing = Choosing(desk)
        self.header = HeaderStep()
        self.columns = ColumnsStep()
        self.rows = RowsStep(desk)
        self.result = DoneCard()
        self.stack = QStackedWidget()
        for step in (self.choosing, self.header, self.columns, self.rows, self.result):
            self.stack.addWidget(step)
        self.body.addWidget(self.stack, 1)
        self.progress.held = self.stack
        self._connect()
        self._show(self.choosing)

    def _build_head(self) -> None:
        self.title = PageTitle(tr("导入报名"))
        self.columns_button = Button(tr("列的对应"), "secondary", "Alt+L", "columns")
        self.again_button = Button(tr("换一个文件"), "secondary", "Alt+N", "upload")
        self.import_button = Button("", "primary", "F9", "check", bind=False)
        for button, answer in (
            (self.columns_button, self.to_columns), (self.again_button, self.start_again),
            (self.import_button, self.commit),
        ):  # fmt: skip
            button.clicked.connect(answer)
            self.title.right.addWidget(button)
        self.problem = Strip("red", closable=True)
        self.again = Strip("amber", verbs=[Verb("header", tr("自己指出表头"), "secondary")])
        self.again.pressed.connect(lambda _: self.ask_header())
        self.progress = Work(desk=self.desk)
        self.progress.cancelled.connect(self.stop)
        for widget in (self.title, self.problem, self.again, self.progress):
            self.body.addWidget(widget)

    def _connect(self) -> None:
        self.choosing.chosen.connect(self.take)
        self.header.chosen.connect(self._header_chosen)
        self.columns.finished.connect(self.finish_step)
        self.columns.headerAsked.connect(self.ask_header)
        self.rows.changed.connect(self._count)
        self.rows.studentRequested.connect(self.studentRequested)
        self.result.reviewAsked.connect(lambda: self.pageRequested.emit("review"))
        self.result.saveAsked.connect(self.save_left_out)
        self.result.textsAsked.connect(self.ask_parents)
        self.result.againAsked.connect(self.start_again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pane takes less room in a small window."""
        super().resizeEvent(event)
        self.rows.pane.fit(self.width())

    # the steps --------------------------------------------------------------------------------------------------------

    def _show(self, step: QWidget) -> None:
        self.stack.setCurrentWidget(step)
        self.columns_button.setVisible(step is self.rows and bool(self.choice and self.choice.seen.looked.layout))
        self.again_button.setVisible(step not in (self.choosing, self.result))
        self.import_button.setVisible(step is self.rows)
        seen = self.choice.seen if self.choice else None
        self.title.set_facts(seen.name if seen and step is not self.choosing else "")
        self.keysChanged.emit()
        self.focus_first()

    def open(self, paths: Sequence[Path] = ()) -> None:
        """Begin with these files."""
        if paths:
            self.take(list(paths))

    def start_again(self) -> None:
        """Back to the beginning; nothing of the file stays."""
        self.stop()
        self.reading, self.choice, self.done = None, None, None
        self.problem.set("")
        self.again.set("")
        self._show(self.choosing)

    def refresh(self) -> None:
        """Look again who the rows may be: others worked meanwhile."""
        if self.choice is not None and self.stack.currentWidget() is self.rows:
            self.rows.look_again()

    def focus_first(self) -> None:
        """Where the work of this step begins."""
        step = self.stack.currentWidget()
        if step is self.rows:
            self.rows.focus_first()
        elif step is self.columns:
            self.columns.focus_first()
        elif step is self.header:
            self.header.table.setFocus()
        else:
            (self.result.review_button if step is self.result else self.choosing.file_button).setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this step for the status bar."""
        step = self.stack.currentWidget()
        named = ((self.rows, ROWS), (self.columns, COLUMNS), (self.header, HEADER), (self.result, DONE))
        return step_keys(next((name for one, name in named if one is step), ""))

    # reading ----------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the page."""
        if dropped_files(event) and self.stack.currentWidget() in (self.choosing, self.result):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        paths = dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.take(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Read a table, filled forms or a folder of them, in another process."""
        if self.progress.busy():
            return
        self.problem.set("")
        self.again.set("")
        forms = [path for path in paths if path.is_dir() or path.suffix.lower() == ".pdf"]
        if len(forms) not in (0, len(paths)) or (not forms and len(paths) > 1):
            self.problem.set(tr("表格请一个一个导入；电子报名表（PDF）可以一次选很多份。"))
            return
        what: list[Path] | Path = list(paths) if forms else paths[0]
        begin: Callable[..., Reading] = form_papers.begin_forms if forms else form_import.begin
        self.reading = self.desk.look(begin, what, beside=self._refused)
        if self.reading is not None:
            self._look(self.reading)

    def _look(self, reading: Reading) -> None:
        self.progress.run(
            tr("正在读 {name}……", name=reading.name), reading.look,
            lambda looked: self._looked(form_import.finish, reading, looked), self._failed,
        )  # fmt: skip

    def stop(self) -> None:
        """Stop reading."""
        if self.progress.busy():
            self.progress.stop()
            self.focus_first()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, Refused | Damaged | ChildProcessError):
            raise error
        trouble = error if isinstance(error, Refused | Damaged) else _DIED
        if trouble.code == "import_header_missing":
            self.again.set(sentence(trouble))
        else:
            self.problem.set(sentence(trouble))
        self.focus_first()

    def _refused(self, refused: Refused) -> bool:
        self.problem.set(sentence(refused))
        return True

    def _looked(self, finish: Callable[..., Preview], *facts: object) -> None:
        seen = self.desk.look(finish, *facts, beside=self._refused)
        if seen is None:
            return
        self._opid = uuid4().hex
        self.choice = Choice(seen)
        if seen.looked.remembered:
            self._to_rows()
        else:
            self.to_columns()

    # header and columns -----------------------------------------------------------------------------------------------

    def ask_header(self) -> None:
        """Show the first lines, for the header was not found, or wrongly."""
        reading = self.reading
        if reading is not None and not self.progress.busy():
            self.again.set("")
            self.progress.run(tr("正在读 {name}……", name=reading.name), reading.tops, self._show_tops, self._failed)

    def _show_tops(self, tops: Sequence[form_import.Top]) -> None:
        self._show(self.header)
        self.header.show_tops(tops)

    def _header_chosen(self, place: int, line: int) -> None:
        if self.reading is not None:
            self.reading = replace(self.reading, header=(place, line))
            self._look(self.reading)

    def to_columns(self) -> None:
        """Show which column is which."""
        if self.choice is not None:
            self.columns.show_preview(self.choice.seen)
            self._show(self.columns)

    def finish_step(self) -> None:
        """Ctrl+Enter: from the header to the columns, from the columns to the rows, from the result to the review."""
        step = self.stack.currentWidget()
        if step is self.header:
            self.header.choose()
        elif step is self.columns:
            self._columns_done()
        elif step is self.result:
            self.pageRequested.emit("review")

    def _columns_done(self) -> None:
        choice, columns = self.choice, self.columns.columns()
        if choice is None or self.progress.busy():
            return
        if columns == choice.seen.columns:
            self._to_rows()
            return
        seen = choice.seen
        self.progress.run(
            tr("正在检查各行……"), lambda _: seen.with_columns(columns), self._columns_checked, self._failed,
        )  # fmt: skip

    def _columns_checked(self, seen: Preview) -> None:
        self.problem.set("")
        self._looked(form_import.refresh, seen)
        self._to_rows()

    def _to_rows(self) -> None:
        if self.choice is not None:
            self._show(self.rows)
            self.rows.show_choice(self.choice)
            self._show(self.rows)

    def go_back(self) -> None:
        """Esc: a step back; from the beginning nowhere."""
        step = self.stack.currentWidget()
        if self.progress.busy():
            self.stop()
        elif step is self.rows and self.columns_button.isVisibleTo(self):
            self.to_columns()
        elif step in (self.columns, self.header):
            self.start_again()

    # the import -------------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        if self.choice is not None:
            taken, every = len(self.choice.taken()), len(self.choice.seen.rows)
            self.import_button.set_text(tr("导入 {all} 行中的 {n} 行", n=taken, all=every))
            self.import_button.setEnabled(taken > 0)

    def commit(self) -> None:
        """F9: everything that is chosen goes in, in one transaction, or nothing."""
        choice = self.choice
        if choice is None or self.stack.currentWidget() is not self.rows:
            return
        self.problem.set("")
        with busy_cursor():
            self.done = self.desk.do(
                form_import.import_rows, choice.seen, opid=self._opid, take=set(choice.taken()),
                answers=choice.told(), beside=self._refused,
            )  # fmt: skip
        if self.done is not None:
            self.result.show_done(self.done)
            self.result.texts_button.setVisible(bool(texts(choice)(self.desk.actor)))
            self._show(self.result)

    def save_left_out(self) -> None:
        """Write the rows that did not go in to a workbook, the reason of each in the first column."""
        if self.choice is not None:
            save_left_out(self.desk, self.choice, self._refused)

    def ask_parents(self) -> None:
        """Texts for the families in whose rows something is missing."""
        if self.choice is not None and self.done is not None:
            ask_parents(self.desk, self.choice, self.done.batch_id, self)
