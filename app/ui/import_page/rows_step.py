"""All rows before anything is written: filters, the table with problems beside the cells, one row at the side."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import form_import
from app.process.form_import import Preview, PreviewRow
from app.ui import theme
from app.ui.desk import Desk
from app.ui.import_page.cells import WORDS, cell, columns_of
from app.ui.import_page.choice import ALL, DUPLICATES, ERRORS, QUESTIONS, Choice
from app.ui.import_page.row_pane import RowPane
from app.ui.import_page.rows_table import RowsTable, SheetModel
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.chips import FilterChips
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell


class RowsStep(QWidget):
    """`changed`: another number of rows goes in."""

    changed = Signal()
    studentRequested = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Empty until `show_choice`."""
        super().__init__(parent)
        self.desk = desk
        self.choice: Choice | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(12))
        self.earlier = Strip("amber")
        self.unread = Strip("amber")
        self.everywhere = Strip("blue")
        for strip in (self.earlier, self.unread, self.everywhere):
            self.column.addWidget(strip)
        self.column.addLayout(self._build_filters())
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        row.addWidget(self._build_table(), 1)
        self.pane = RowPane(desk)
        self.pane.answered.connect(self._answered)
        self.pane.studentRequested.connect(self.studentRequested)
        row.addWidget(self.pane)
        self.column.addLayout(row, 1)
        self._follow = QTimer(self, interval=0, singleShot=True)
        self._follow.timeout.connect(self._show_picked)

    def _build_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.chips = FilterChips()
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.next_button = Button(tr("下一处问题"), "secondary", "Alt+Down", "arrow-down", small=True)
        self.next_button.clicked.connect(self.next_problem)
        row.addWidget(self.chips, 1)
        row.addWidget(self.next_button)
        return row

    def _build_table(self) -> TableCard:
        self.model = SheetModel([], lambda row, key: cell(self.choice, row, key) if self.choice else Cell(""))
        self.table = RowsTable(self.model, [], self._is_in, lambda row, at: row.cells[at])
        self.table.picked.connect(lambda _: self._follow.start())
        self.table.edited.connect(lambda *told: QTimer.singleShot(0, self, lambda: self._edited(*told)))
        self.table.toggled.connect(self._toggled)
        self.card = TableCard(self.table, EmptyState("check-circle", tr("这里没有"), tr("换一个筛选看看。")))
        return self.card

    def _is_in(self, row: PreviewRow) -> bool:
        return self.choice is not None and self.choice.goes_in(row)

    # looking ----------------------------------------------------------------------------------------------------------

    def show_choice(self, choice: Choice) -> None:
        """Show the rows of a file."""
        self.choice = choice
        columns = columns_of(choice)
        self.model.set_columns(columns)
        self.table.set_columns(columns)
        self._show_strips(choice.seen)
        self._show_rows()
        self.table.go_to(0, 1)

    def _show_strips(self, seen: Preview) -> None:
        last = seen.earlier[-1] if seen.earlier else None
        told = last and tr("这个文件 {at} 由 {who} 导入过（{n} 行）", at=last.at[:16], who=last.who, n=last.imported)
        self.earlier.set(told or "", tr("已经导入过的行不会再导入。") if told else "")
        unread = seen.looked.unread
        detail = "　".join(f"{one.name}：{sentence(Refused(one.trouble, **one.of))}" for one in unread[:3])
        self.unread.set(tr("{n} 份报名表读不出来", n=len(unread)) if unread else "", detail)
        asked = [sentence(Refused(code)).rstrip("。.") for code in seen.everywhere]
        self.everywhere.set(tr("这份表没有问：{words}", words="；".join(asked)) if asked else "", tr("审核时再补。"))

    def _show_rows(self) -> None:
        if self.choice is None:
            return
        chosen = self.current()
        counts = self.choice.counts()
        words = {ALL: tr("全部"), ERRORS: tr("有错误"), QUESTIONS: tr("要确认"), DUPLICATES: tr("重复和兄弟姐妹")}
        self.chips.set_chips([(key, words[key], counts[key]) for key in words])
        rows = self.choice.rows(self.chips.current())
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        self.next_button.setEnabled(counts[ERRORS] + counts[QUESTIONS] > 0)
        if chosen is not None:
            place = next((at for at, row in enumerate(rows) if row.n >= chosen.n), len(rows) - 1)
            self.table.go_to(place, self.table.currentIndex().column())
        self._foot()
        self._show_picked()

    def _foot(self) -> None:
        if self.choice is not None:
            taken, every = len(self.choice.taken()), len(self.choice.seen.rows)
            words = tr("导入 {n} 行　不导入 {left} 行　共 {all} 行", n=taken, left=every - taken, all=every)
            self.card.set_footer(words)
            self.changed.emit()

    def current(self) -> PreviewRow | None:
        """The row where the keys are."""
        place = self.table.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def _show_picked(self) -> None:
        if self.choice is not None:
            self.pane.show_row(self.choice, self.current())

    def focus_first(self) -> None:
        """The table has the focus."""
        self.table.setFocus()

    # deciding ---------------------------------------------------------------------------------------------------------

    def _edited(self, place: int, at: int, text: str) -> None:
        """A cell was corrected: its row is checked at once; who it may be by now is looked up once that is painted."""
        if self.choice is None or not 0 <= place < len(self.model.rows):
            return
        before = self.model.rows[place]
        changed = self.choice.seen.with_cell(before.n, at, text)
        self.use(changed)
        now = next((row for row in changed.rows if row.n == before.n), None)
        if now is None or now.checked.keys != before.checked.keys:
            QTimer.singleShot(0, self, self.look_again)

    def look_again(self) -> None:
        """Look up who the rows may be: after a correction, or when others worked meanwhile."""
        if self.choice is not None:
            self.use(self.desk.look(form_import.refresh, self.choice.seen) or self.choice.seen)

    def use(self, seen: Preview) -> None:
        """Go on with this preview; answers and place stay."""
        if self.choice is not None:
            self.choice.use(seen)
            self._show_rows()

    def _toggled(self, place: int) -> None:
        row = self.model.rows[place]
        if self.choice is not None and not self.choice.toggle(row):
            words = tr("第 {n} 行还有错误，改好才能导入", n=row.n)
            self.desk.message(words if row.has_error else tr("证件号码已有学员在用，不能再导入"), "warning")
        self._after(row)

    def _answered(self, n: int, said: str) -> None:
        if self.choice is not None:
            self.choice.answer(n, said)
            self._after(None)

    def _after(self, row: PreviewRow | None) -> None:
        del row
        self.table.viewport().update()
        self._foot()
        self._show_picked()

    def next_problem(self) -> None:
        """Alt+Down: the next cell that is wrong, or the next row with something to say; from the end on to the top."""
        rows = self.model.rows
        if self.choice is None or not rows:
            return
        here, column = max(0, self.table.currentIndex().row()), self.table.currentIndex().column()
        for distance in range(len(rows) + 1):
            place = (here + distance) % len(rows)
            spots = self._spots(place)
            if not distance:
                spots = [one for one in spots if one > column]
            if spots:
                self.table.go_to(place, spots[0])
                self.table.setFocus()
                return

    def _spots(self, place: int) -> list[int]:
        row = self.model.rows[place]
        if not (row.checked.problems or row.duplicate or row.sibling):
            return []
        words = next(at for at, column in enumerate(self.table.columns) if column.key == WORDS)
        return self.table.wrong_cells(place) or [words]
