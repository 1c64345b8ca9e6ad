"""Which column is which: what was proposed, two values of each, and a pick list to correct it; the header by hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.process.form_import import Preview, Top
from app.rules.form_columns.fields import JOINED, NOT_USED
from app.ui import theme
from app.ui.import_page.field_words import field_options, field_word
from app.ui.registration_view import clear
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chips import FlowLayout
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.pill import Pill
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import ElidedText, Text

NEEDED = ("child.name", "guardians.0.mobile")


class ColumnsStep(Card):
    """`finished`: go on to the rows; `headerAsked`: another line is the header."""

    finished = Signal()
    headerAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_preview`."""
        super().__init__(padding=20, spacing=12, parent=parent)
        self.picks: list[PickList] = []
        self.title = Text("", "card_title", wrap=True)
        self.missing = Strip("amber")
        self._pills: list[Pill] = []
        holder = QWidget()
        self._place = QVBoxLayout(holder)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self.body.addWidget(self.title)
        self.body.addWidget(self.missing)
        self.body.addWidget(scrolled(holder), 1)
        row = FlowLayout(10, right=True)
        self.header_button = Button(tr("表头不是这一行"), "secondary", "Alt+H")
        self.header_button.clicked.connect(self.headerAsked)
        self.next_button = Button(tr("看各行"), "primary", "Ctrl+Enter", bind=False, tall=True)
        self.next_button.clicked.connect(self.finished)
        row.addWidget(self.header_button)
        row.addWidget(self.next_button)
        self.body.addLayout(row)

    def show_preview(self, seen: Preview) -> None:
        """Show the columns of a file."""
        looked = seen.looked
        line = tr("表头在第 {line} 行，下面有 {n} 行报名", line=looked.line, n=len(seen.rows))
        self.title.setText(f"{looked.sheet}　{line}" if looked.sheet else line)
        self.header_button.setVisible(looked.line > 0)
        self._rebuild(seen)
        self._look()

    def _rebuild(self, seen: Preview) -> None:
        clear(self._place)
        table = QWidget()
        self._place.addWidget(table)
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, theme.px(12), 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))
        for place, stretch in enumerate((3, 2, 5, 0)):
            self._grid.setColumnStretch(place, stretch)
        for place, words in enumerate((tr("文件里的列"), tr("前两个值"), tr("导入为"))):
            self._grid.addWidget(Text(words, "caption", "ink2"), 0, place)
        self.picks, self._pills = [], []
        for at, text in enumerate(seen.looked.header):
            self._add(at, text, _samples(seen, at), seen.columns[at])
        self._grid.setRowStretch(len(self.picks) + 1, 1)

    def _add(self, at: int, text: str, samples: str, field: str) -> None:
        name = text.strip() or tr("第 {n} 列", n=at + 1)
        pick = PickList(field_options(field))
        pick.set_value(field)
        pick.setAccessibleName(tr("“{name}”导入为", name=name))
        pick.changed.connect(self._look)
        pick.left.connect(lambda: self._settle(pick))
        pill = Pill("", "plain")
        for place, widget in enumerate((ElidedText(name, "name"), ElidedText(samples, "secondary"), pick, pill)):
            self._grid.addWidget(widget, at + 1, place)
        self.picks.append(pick)
        self._pills.append(pill)

    def _settle(self, pick: PickList) -> None:
        """What is no field is left out, and says so."""
        if pick.value() is None:
            pick.set_value(NOT_USED)
        self._look()

    def columns(self) -> tuple[str, ...]:
        """The field of every column."""
        return tuple(pick.value() or NOT_USED for pick in self.picks)

    def twice(self) -> list[str]:
        """Fields that two columns are, and that cannot be joined."""
        used = [field for field in self.columns() if field and field not in JOINED]
        return sorted({field for field in used if used.count(field) > 1})

    def _look(self) -> None:
        """Say what is left out, what stands twice, and what is missing."""
        columns, twice = self.columns(), self.twice()
        for field, pill in zip(columns, self._pills, strict=True):
            said = tr("不导入") if not field else tr("两次") if field in twice else ""
            pill.set(said, "red" if field in twice else "plain")
        lacking = [field_word(field) for field in NEEDED if field not in columns]
        if twice:
            self.missing.set(tr("“{name}”选了两次，请改正其中一列", name=field_word(twice[0])))
        elif lacking:
            names = tr("、").join(lacking)
            self.missing.set(tr("还没有哪一列是{names}", names=names), tr("没有它，每一行都会有错误。"))
        else:
            self.missing.set("")

    def focus_first(self) -> None:
        """The first column that is left out has the focus; else the way on."""
        first = next((pick for pick in self.picks if not pick.value()), None)
        (first or self.next_button).setFocus()


def _samples(seen: Preview, at: int) -> str:
    found: list[str] = []
    for row in seen.looked.rows:
        text = " ".join(row[at].split())[:40]
        if text and text not in found:
            found.append(text)
        if len(found) == 2:
            break
    return "　/　".join(found)


class HeaderStep(Card):
    """The first lines of a file, to choose the header from: `chosen(place of the sheet, line)`."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_tops`."""
        super().__init__(padding=20, spacing=12, parent=parent)
        self.body.addWidget(Text(tr("哪一行是表头？表头是写着“姓名”“电话”这些字的那一行。"), "card_title", wrap=True))
        columns = [Column("line", tr("行"), 90), Column("cells", tr("内容"), 400, stretch=True)]
        self.model = RowsModel(columns, _line_cell)
        self.table = Table(self.model, columns)
        self.table.opened.connect(lambda _: self.choose())
        self.body.addWidget(TableCard(self.table), 1)
        self.button = Button(tr("这一行是表头"), "primary", "Ctrl+Enter", bind=False, tall=True)
        self.button.clicked.connect(self.choose)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)

    def show_tops(self, tops: Sequence[Top]) -> None:
        """Show lines that hold something."""
        self.model.set_rows(
            [(top, at, line) for top in tops for at, line in enumerate(top.lines, 1) if any(map(str.strip, line))],
        )
        self.table.select_row(0)
        self.table.setFocus()

    def choose(self) -> None:
        """Take the current line."""
        place = self.table.currentIndex().row()
        if 0 <= place < len(self.model.rows):
            top, line, _ = self.model.row_at(place)
            self.chosen.emit(top.place, line)


def _line_cell(row: tuple[Top, int, tuple[str, ...]], key: str) -> Cell:
    top, line, cells = row
    if key == "line":
        return Cell(str(line), second=top.sheet)
    return Cell("　|　".join(" ".join(one.split()) for one in cells if one.strip())[:400])
