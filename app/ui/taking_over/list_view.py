"""The list before anything is written: what every row takes over, its problems, the cells to correct."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process.form_preview import Earlier, PreviewRow
from app.process.take_over import ListPreview
from app.rules.problem import warning
from app.ui import theme
from app.ui.taking_over import words
from app.ui.taking_over.editor import RowEditor
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.chips import FilterChips
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb


class ListView(QWidget):
    """`corrected(row, column, text)` changes a cell; `agreed` makes the new classes; `wanted` takes over."""

    corrected = Signal(int, int, str)
    agreed = Signal()
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is shown yet."""
        super().__init__(parent)
        self.seen: ListPreview | None = None
        self._classes_agreed = False
        self.others: set[int] = set()  # rows that resemble somebody known and are other children
        self.earlier = Strip("amber", icon="warning")
        self.everywhere = Text("", "secondary", wrap=True)
        self.classes = Strip("amber", icon="chalkboard-teacher", verbs=[Verb("agree", tr("同意新建"))])
        self.classes.pressed.connect(lambda _: self.agreed.emit())
        self.chips = FilterChips()
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.take_button = Button(tr("接收"), "primary", "F9", "download", tall=True)
        self.take_button.clicked.connect(self.wanted)
        columns = [
            Column("name", tr("学员"), 150), Column("state", tr("要核对的"), 200, stretch=True),
            Column("class", tr("托管班"), 124), Column("services", tr("服务与剩余"), 112),
            Column("until", tr("已缴至"), 100), Column("money", tr("欠费 / 结余"), 116, align="right"),
        ]  # fmt: skip
        self.model = RowsModel(columns, self._cell)
        self.table = Table(self.model, columns)
        self.table.picked.connect(lambda _: self._show_row())
        self.card = TableCard(self.table, EmptyState("check-circle", tr("没有这样的行"), ""))
        self.editor = RowEditor()
        self.editor.corrected.connect(self._correct)
        self.editor.toldApart.connect(self._tell_apart)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for widget in (self.earlier, self.everywhere, self.classes):
            column.addWidget(widget)
        top = QHBoxLayout()
        top.addWidget(self.chips, 1)
        top.addWidget(self.take_button)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        row.addWidget(self.card, 1)
        row.addWidget(self.editor)
        column.addLayout(row, 1)

    def show_list(self, seen: ListPreview, *, classes_agreed: bool = False) -> None:
        """Show a list, or the same one after a correction: filter and place stay."""
        self.seen, self._classes_agreed = seen, classes_agreed
        self._show_strips(seen)
        texts = {
            "all": tr("全部"), "going": tr("可以接收"), "errors": tr("有错误"), "questions": tr("要核对"),
            "duplicates": tr("重复"),
        }  # fmt: skip
        current = self.chips.current() or "all"
        counts = {name: sum(words.fits(row, name, self.others) for row in seen.rows) for name in words.FILTERS}
        self.chips.set_chips([(name, texts[name], counts[name]) for name in words.FILTERS])
        self.chips.set_current(current)
        self.take_button.set_text(tr("接收 {n} 名学员", n=counts["going"]))
        self.take_button.setEnabled(bool(counts["going"]))
        self._show_rows()

    def _show_strips(self, seen: ListPreview) -> None:
        self.earlier.set(_earlier(seen.earlier[-1]) if seen.earlier else "")
        said = [sentence(warning("", code)) for code in seen.everywhere]
        told = tr("；").join(text.rstrip("。.") for text in said)
        self.everywhere.setText(tr("整份名单都没有，接收以后再补：{told}", told=told))
        self.everywhere.setVisible(bool(said))
        new = seen.new_classes
        if new and self._classes_agreed:
            self.classes.set_kind("green")
            self.classes.set(tr("接收时新建：{names}", names=tr("、").join(new)))
        else:
            self.classes.set_kind("amber")
            self.classes.set(
                tr("名单里的这些托管班还没有：{names}", names=tr("、").join(new)) if new else "",
                tr("同意后接收时一起新建；写错的班名请在右边改正。") if new else "",
            )
        for button in self.classes.buttons.values():
            button.setVisible(not self._classes_agreed)

    def _show_rows(self) -> None:
        if self.seen is None:
            return
        name = self.chips.current() or "all"
        chosen = self.row()
        rows = [row for row in self.seen.rows if words.fits(row, name, self.others)]
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        place = self.model.index_of(lambda row: chosen is not None and row.n == chosen.n)
        if rows:
            self.table.select_row(max(0, place))
        going = [self.seen.opening(row.n) for row in rows if words.goes(row, self.others)]
        debt, credit = sum(one.debt_fen for one in going), sum(one.credit_fen for one in going)
        self.card.set_footer(
            tr("{n} 行", n=len(rows)),
            tr("可以接收的：欠费 {debt}　结余 {credit}", debt=money_text(debt), credit=money_text(credit)),
        )
        self._show_row()

    def row(self) -> PreviewRow | None:
        """The chosen row, as it is now."""
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self.model.rows):
            return None
        found: PreviewRow = self.model.row_at(place)
        return found

    def _show_row(self) -> None:
        row = self.row()
        self.editor.show_row(self.seen, row, apart=row is not None and row.n in self.others)

    def _tell_apart(self, yes: bool) -> None:
        row = self.row()
        if row is not None and self.seen is not None:
            (self.others.add if yes else self.others.discard)(row.n)
            self.show_list(self.seen, classes_agreed=self._classes_agreed)

    def going(self) -> tuple[int, ...]:
        """The rows that are taken over."""
        return tuple(row.n for row in self.seen.rows if words.goes(row, self.others)) if self.seen else ()

    def _cell(self, row: PreviewRow, key: str) -> Cell:
        assert self.seen is not None  # noqa: S101 - rows come with it
        return words.cell(self.seen, row, key, self.others)

    def _correct(self, column: int, text: str) -> None:
        row = self.row()
        if row is not None and text != row.cells[column]:
            self.corrected.emit(row.n, column, text)


def _earlier(one: Earlier) -> str:
    at = one.at[:16].replace("T", " ")
    return tr("这份名单接收过：{at}，{who}，{n} 名学员。", at=at, who=one.who, n=one.imported)
