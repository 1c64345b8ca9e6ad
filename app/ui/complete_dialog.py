"""'Please complete …': the texts for many families, copied all at once or one by one for WeChat (product.md P1)."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from app.errors import Refused
from app.process import completing, office
from app.process.completing import FamilyText
from app.rules import phones
from app.ui import theme
from app.ui.desk import Desk
from app.ui.texts import sentence, tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.field import Field
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb


class CompleteDialog(Dialog):
    """A list of families, the text of the current one, and copying; what was copied is ticked and logged at the end."""

    def __init__(
        self, desk: Desk, make: Callable[..., Sequence[FamilyText]], note: Callable[[list[int]], object],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`make(actor, template=…)` gives the texts, `note(ids)` keeps in the log whose were copied."""
        super().__init__(parent, tr("请家长补充"), 860)
        self.desk, self._make, self._note = desk, make, note
        self.copied: dict[int, None] = {}
        self.texts: Sequence[FamilyText] = ()
        about = tr("每家一段，写明还缺什么。复制后到微信里粘贴，家长看到的是中文。")
        self.body.addWidget(Text(about, "secondary", wrap=True))
        self.wording = Field(tr("写法（【孩子】【缺项】【中心】【电话】会自动换）"), TextArea(lines=3, most=4))
        self.wording.set_value(office.setting(completing.TEMPLATE))
        self.wording.changed.connect(self._read)
        self.body.addWidget(self.wording)
        columns = [
            Column("name", tr("学员"), 150, avatar=True), Column("to", tr("发给"), 190),
            Column("items", tr("缺什么"), 300, stretch=True),
        ]  # fmt: skip
        self.model = RowsModel(columns, self._cell)
        self.table = Table(self.model, columns, ticks=True)
        self.table.picked.connect(lambda _: self._show())
        self.table.opened.connect(lambda _: self.copy_one())
        self.table.selection_changed.connect(self._count)
        self.card = TableCard(self.table, EmptyState("check-circle", tr("没有要家长补充的")))
        self.card.setMinimumHeight(theme.px(180))
        self.body.addWidget(self.card, 1)
        self.shown = Text("", "body", wrap=True)
        self.shown.setMinimumHeight(theme.px(96))
        self.body.addWidget(self.shown)
        self._verbs()
        self.pressed.connect(self._press)
        self._read()
        self.table.select_row(0)

    def _verbs(self) -> None:
        self.set_verbs([
            Verb("close", tr("关闭"), shortcut="Esc"), Verb("one", tr("复制这一家"), shortcut="Alt+1"),
            Verb("all", tr("复制全部"), "primary", "Alt+A"),
        ])  # fmt: skip

    def _read(self) -> None:
        """The texts in this wording; what is wrong with it stands below it."""
        try:
            self.texts = self._make(self.desk.actor, template=self.wording.value() or "")
        except Refused as refused:
            self.wording.problem(sentence(refused))
            return
        self.wording.clear()
        self.model.set_rows(self.texts)
        self.card.show_empty(not self.texts)
        self._count()
        self._show()

    def _cell(self, one: FamilyText, key: str) -> Cell:
        if key == "name":
            name = one.name or tr("没有姓名")
            return Cell(name, second=tr("已复制") if one.id in self.copied else "", second_tone="green", avatar=name)
        if key == "to":
            return Cell(one.guardian or "—", second=phones.show(one.mobile))
        return Cell("；".join(one.items))

    def _current(self) -> FamilyText | None:
        place = self.table.currentIndex().row()
        return self.texts[place] if 0 <= place < len(self.texts) else None

    def _show(self) -> None:
        one = self._current()
        self.shown.setText(one.text if one else "")

    def _chosen(self) -> list[FamilyText]:
        ticked = self.table.selected_rows()
        return [self.texts[place] for place in ticked if place < len(self.texts)] or list(self.texts)

    def _count(self) -> None:
        ticked = len(self.table.selected_rows())
        self.card.set_footer(tr("共 {n} 家　已复制 {done} 家", n=len(self.texts), done=len(self.copied)))
        text = tr("复制选中的 {n} 家", n=ticked) if ticked else tr("复制全部 {n} 家", n=len(self.texts))
        if "all" in self.buttons:
            self.buttons["all"].set_text(text)
            for key in ("all", "one"):
                self.buttons[key].setEnabled(bool(self.texts))

    def _press(self, key: str) -> None:
        if key == "close":
            self.reject()
        elif key == "one":
            self.copy_one()
        else:
            self._copy(self._chosen())

    def copy_one(self) -> None:
        """Copy the text of the current family, and go on to the next one."""
        one = self._current()
        if one is not None:
            self._copy([one])
            self.table.select_row(min(self.table.currentIndex().row() + 1, len(self.texts) - 1))

    def _copy(self, chosen: Sequence[FamilyText]) -> None:
        QApplication.clipboard().setText("\n\n".join(one.text for one in chosen))
        self.copied.update(dict.fromkeys(one.id for one in chosen))
        self.table.viewport().update()
        self._count()

    def done(self, result: int) -> None:
        """Closed: one entry in the log for all that was copied."""
        if self.copied:
            self._note(list(self.copied))
            self.copied = {}
        super().done(result)


def of_applications(desk: Desk, parent: QWidget, ids: Sequence[int] | None = None) -> CompleteDialog:
    """Texts for the waiting applications (of `ids`, or all) in which the family can complete something."""
    return CompleteDialog(
        desk, lambda actor, template: completing.of_applications(actor, ids, template=template),
        lambda copied: desk.look(completing.copied, applications=copied), parent,
    )  # fmt: skip
