"""The families that were taken over: their opening statements and confirmation sheets, printed in one go."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process import confirmation, opening_statements
from app.process.opening_statements import Family
from app.ui import printing_out, theme
from app.ui.desk import Desk
from app.ui.taking_over.batch import Batch, Make
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.chips import FlowLayout
from app.ui.widgets.job import Progress
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.verb import Verb

PRINTED_AS = "sheet"  # both papers are A4: printer and copies are those of the confirmation sheet


class StatementsView(QWidget):
    """`paperRequested` shows a paper."""

    paperRequested = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the view; `refresh` reads it."""
        super().__init__(parent)
        self.desk = desk
        self.batch: Batch | None = None
        self._first = 0  # the place in the list where what is being printed began
        self._sheets = False
        columns = [
            Column("no", tr("序"), 56, align="right"), Column("children", tr("孩子"), 220, stretch=True),
            Column("classes", tr("托管班"), 200, stretch=True), Column("number", tr("核对单"), 160),
            Column("state", tr("状态"), 224),
        ]  # fmt: skip
        self.model = RowsModel(columns, self._cell)
        self.table = Table(self.model, columns)
        self.table.opened.connect(lambda _: self.show_statement())
        self.table.picked.connect(lambda _: self._offer())
        empty = EmptyState("users", tr("还没有接收学员"), tr("先在“名单”里选文件并接收，再回这里打印给家长签字。"))
        self.card = TableCard(self.table, empty)
        self.trouble = Strip("amber", icon="printer", verbs=[Verb("on", tr("接着打"), "primary")], closable=True)
        self.trouble.pressed.connect(lambda _: self._print(self._first, sheets=self._sheets))
        self.progress = Progress(tr("正在打印"))
        self.progress.cancelled.connect(self._stop)
        self.progress.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        self.all_button = Button(tr("打印全部核对单"), "primary", "Ctrl+P", "printer", bind=False)
        self.from_button = Button(tr("从选中的起打印"), "secondary", icon="printer")
        self.sheets_button = Button(tr("打印全部确认单"), "secondary", icon="printer")
        self.show_button = Button(tr("查看"), "secondary", "Enter", "eye", bind=False)
        self.all_button.clicked.connect(self.print_sheet)
        self.from_button.clicked.connect(lambda: self._print(max(0, self.table.currentIndex().row()), sheets=False))
        self.sheets_button.clicked.connect(lambda: self._print(0, sheets=True))
        self.show_button.clicked.connect(self.show_statement)
        buttons = QWidget()
        flow = FlowLayout(parent=buttons, right=True)
        for button in (self.show_button, self.sheets_button, self.from_button, self.all_button):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for widget in (self.trouble, self.progress, buttons):
            column.addWidget(widget)
        column.addWidget(self.card, 1)

    def refresh(self) -> int:
        """Read the families again; gives how many there are."""
        rows = self.desk.look(opening_statements.families) or ()
        chosen = self._chosen()
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        if rows:
            self.table.select_row(self.model.index_of(lambda row: chosen is not None and _key(row) == _key(chosen)))
            if self.table.currentIndex().row() < 0:
                self.table.select_row(0)
        printed = sum(1 for row in rows if row.statement and row.statement.prints)
        signed = sum(1 for row in rows if row.statement and row.statement.signed)
        self.card.set_footer(
            tr("{n} 个家庭，{children} 名学员", n=len(rows), children=sum(len(row.student_ids) for row in rows)),
            tr("已打印 {printed}　已签字 {signed}", printed=printed, signed=signed),
        )
        self._offer()
        return len(rows)

    def _offer(self) -> None:
        busy, row = self.batch is not None, self._chosen()
        for button in (self.all_button, self.from_button, self.sheets_button):
            button.setEnabled(not busy and row is not None)
        self.show_button.setEnabled(not busy and row is not None)

    def _chosen(self) -> Family | None:
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self.model.rows):
            return None
        found: Family = self.model.row_at(place)
        return found

    def show_statement(self) -> None:
        """Show the statement of the chosen family; it is drawn if it is not there yet."""
        row = self._chosen()
        made = self.desk.do(opening_statements.make, row) if row else None
        if made is not None:
            self.paperRequested.emit(made.id)

    # printing ---------------------------------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Ctrl+P: all statements, the first one first."""
        self._print(0, sheets=False)

    def _print(self, first: int, *, sheets: bool) -> None:
        """Print from a place of the list on, on the remembered printer; without one it is asked for."""
        if self.batch is not None or not self.model.rows:
            return
        self.trouble.set("")
        self._first, self._sheets = first, sheets

        def told(names: tuple[str, ...]) -> None:
            printer = str(self.desk.settings.printer(PRINTED_AS).get("printer", ""))
            if printer in names:
                self._begin(printer)
            else:
                printing_out.choose_printer(self.desk, PRINTED_AS, self.window(), self._chosen_now)

        printing_out.ask_names(self.desk, told, self)

    def _chosen_now(self) -> None:
        self._begin(str(self.desk.settings.printer(PRINTED_AS).get("printer", "")))

    def _begin(self, printer: str) -> None:
        makes = self._sheet_makes() if self._sheets else self._statement_makes()
        copies = printing_out.copies_of(self.desk, PRINTED_AS)
        self.batch = Batch(self.desk, makes[self._first :], printer, copies, self)
        self.batch.progressed.connect(self._tell)
        self.batch.ended.connect(self._end)
        self.progress.set_text(tr("正在打印确认单") if self._sheets else tr("正在打印核对单"))
        self.progress.show()
        self._offer()
        self.batch.start()

    def _stop(self) -> None:
        if self.batch is not None:
            self.batch.stop()

    def _statement_makes(self) -> Sequence[Make]:
        rows: Sequence[Family] = self.model.rows
        return [partial(self.desk.look, opening_statements.make, row) for row in rows]

    def _sheet_makes(self) -> Sequence[Make]:
        rows: Sequence[Family] = self.model.rows
        ids = [student_id for row in rows for student_id in row.student_ids]
        return [partial(self.desk.look, confirmation.make_sheet, student_id=student_id) for student_id in ids]

    def _tell(self, done: int, total: int) -> None:
        self.progress.set(done, total)

    def _end(self, done: int, trouble: str) -> None:
        self.batch = None
        self.progress.hide()
        if trouble:
            self.show_trouble(self._first + done, trouble)
        else:
            self.desk.message(tr("已送出 {n} 份", n=done))
        self.refresh()
        self.desk.changed.emit()  # the others look again once, not after every paper

    def show_trouble(self, first: int, trouble: str) -> None:
        """Say where the printing stopped (counted from 0) and offer to go on there."""
        self._first = first
        texts = {
            "printer": tr("打印机没有接受第 {n} 份，前面的都已打好。", n=first + 1),
            "stopped": tr("停在第 {n} 份，前面的都已打好。", n=first + 1),
            "refused": tr("第 {n} 份没有打成，前面的都已打好。", n=first + 1),
        }
        self.trouble.set(texts[trouble], tr("接着打就从这一份开始，不会重打前面的。"))

    def _cell(self, row: Family, key: str) -> Cell:
        if key == "no":
            return Cell(str(self.model.index_of(lambda other: other is row) + 1), tone="ink3")
        if key == "children":
            return Cell(tr("、").join(row.names), tr("、").join(row.numbers), weight=500)
        if key == "classes":
            return Cell(tr("、").join(row.classes) or "—", tone="ink2")
        made = row.statement
        if key == "number":
            return Cell(made.number if made else "—", tone="ink2" if made else "ink3")
        if made is None or not made.prints:
            return Cell("", pills=((tr("还没打印"), "plain"),))
        if made.signed:
            return Cell("", pills=((tr("已签字"), "green"),))
        return Cell("", pills=((tr("打印过 {n} 次", n=made.prints), "plain"), (tr("待签字"), "blue")))


def _key(row: Family) -> tuple[int, int]:
    return row.take_over_id, row.family
