"""The cells of one row of a list, to correct, each with what is wrong with it below."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.process.form_preview import PreviewRow
from app.process.take_over import ListPreview
from app.rules.problem import ERROR
from app.ui import theme
from app.ui.form_row_words import duplicate_words, place_text, sibling_words
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import Text

WIDTH = 320


class RowEditor(Card):
    """Shows a row; `corrected(column, text)` when a cell was changed and left.

    `toldApart(yes)`: whom the row resembles is another child, or the same one after all.
    """

    corrected = Signal(int, str)
    toldApart = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is chosen yet."""
        super().__init__(padding=16, spacing=8, parent=parent)
        self.setFixedWidth(theme.wide(WIDTH))
        self.name = Text("", "card_title", wrap=True)
        self.place = Text("", "secondary", wrap=True)
        self.whole = Text("", "secondary", "red", wrap=True)
        self.fields: dict[int, Field] = {}
        self._apart = False
        self._shown = 0  # the row; while it is corrected its fields keep their order, and the focus stays
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, theme.px(8), 0)
        self._column.setSpacing(theme.px(2))
        self.alike = Text("", "secondary", "amber", wrap=True)
        self.apart_button = Button(tr("是另一个孩子，照样接收"), "secondary", small=True)
        self.apart_button.clicked.connect(lambda: self.toldApart.emit(not self._apart))
        for widget in (self.name, self.place, self.whole, self.alike, self.apart_button):
            self.body.addWidget(widget)
        self.body.addWidget(scrolled(self._inside), 1)
        self.show_row(None, None)

    def show_row(self, seen: ListPreview | None, row: PreviewRow | None, *, apart: bool = False) -> None:
        """Show a row with its problems; None: nothing is chosen. `apart`: whom it resembles is another child."""
        self._show_alike(seen, row, apart=apart)
        if seen is None or row is None:
            self._shown = 0
            self._build((), lambda _: "")
            self.name.setText(tr("没有选中的行"))
            self.place.setText("")
            self.whole.setText("")
            return
        header = seen.looked.header
        if row.n != self._shown:
            self._shown = row.n
            wrong = {seen.column_of(row.n, one.field) for one in row.checked.problems}
            used = [at for at, title in enumerate(header) if title.strip() and seen.columns[at]]
            self._build(tuple(sorted(used, key=lambda at: at not in wrong)), lambda at: header[at])
        self.name.setText(row.checked.keys.name or tr("（没有姓名）"))
        self.place.setText(place_text(seen.place(row.n)))
        for at, field in self.fields.items():
            field.editor.set_value(row.cells[at])
            field.clear()
        self._say(seen, row)

    def _show_alike(self, seen: ListPreview | None, row: PreviewRow | None, *, apart: bool) -> None:
        """Who the row may be already. The same identity number, or the same row again, is no other child."""
        self._apart = apart
        like = row.duplicate if row else None
        family = row.sibling if row else None


        def where(n: int) -> str:
            return place_text(seen.place(n)) if seen else ""

        said = duplicate_words(like, where) if like else sibling_words(family, where) if family else ""
        self.alike.setText(said)
        self.alike.setVisible(bool(said))
        self.apart_button.setVisible(like is not None and like.kind not in ("same_identity", "same_row"))
        self.apart_button.set_text(tr("还是同一个，不接收") if apart else tr("是另一个孩子，照样接收"))

    def _say(self, seen: ListPreview, row: PreviewRow) -> None:
        beside = []
        for one in sorted(row.checked.problems, key=lambda one: one.strength == ERROR):
            at = seen.column_of(row.n, one.field)
            field = self.fields.get(-1 if at is None else at)
            text = sentence(one)
            if field is None:
                beside.append(text)
            elif one.strength == ERROR:
                field.problem(text)
            else:
                field.warning(text)
        self.whole.setText("\n".join(beside))
        self.whole.setVisible(bool(beside))

    def _build(self, places: tuple[int, ...], title: Callable[[int], str]) -> None:
        """A field for each column; those that are there already are kept, so that the focus stays."""
        if tuple(self.fields) == places:
            return
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self.fields = {}
        for at in places:
            field = Field(title(at), LineEdit())
            field.left.connect(lambda at=at: self.corrected.emit(at, self.fields[at].editor.text()))
            self.fields[at] = field
            self._column.addWidget(field)
        self._column.addStretch(1)
