"""What was changed on a card: when, by whom, from what to what."""

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process.student_file import Change
from app.ui.log_words.fields import change_field_text, value_text
from app.ui.texts import tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb


class HistoryDialog(Dialog):
    """A table of changes, newest first."""

    def __init__(self, title: str, changes: tuple[Change, ...], parent: QWidget | None = None) -> None:
        """`title` names the card."""
        super().__init__(parent, tr("修改记录　{title}", title=title), 860)
        columns = [
            Column("at", tr("时间"), 150),
            Column("who", tr("操作人"), 110),
            Column("field", tr("项目"), 150),
            Column("before", tr("原来"), 180, stretch=True),
            Column("after", tr("改为"), 180, stretch=True),
        ]
        model = RowsModel(columns, _cell)
        model.set_rows(changes)
        self.model = model
        table = Table(model, columns)
        card = TableCard(
            table,
            EmptyState("clock-counter-clockwise", tr("还没有改过"), tr("录入以后的每一处修改都会记在这里。")),
        )
        card.setMinimumHeight(360)
        card.show_empty(not changes)
        card.set_footer(tr("{n} 处修改", n=len(changes)))
        self.body.addWidget(Text(tr("每一处修改都留有原值、操作人和时间。"), "secondary"))
        self.body.addWidget(card, 1)
        self.set_verbs([Verb("close", tr("关闭"), shortcut="Esc")])
        self.pressed.connect(lambda _: self.accept())


def _cell(row: Change, key: str) -> Cell:
    if key == "at":
        return Cell(row.at[:16].replace("T", " "), tone="ink2")
    if key == "who":
        return Cell(row.who)
    if key == "field":
        return Cell(change_field_text(row.field), weight=500)
    value = row.before if key == "before" else row.after
    return Cell(value_text(row.field, value) or tr("（空）"), tone="ink2" if key == "before" else "")


def both_values(refused: Refused) -> str:
    """A save over a newer change was refused: each field with what was typed here and what the other one saved."""
    changes = refused.values.get("changes")
    if refused.code != "newer_change" or not isinstance(changes, tuple):
        return ""
    return "；".join(
        tr(
            "{field}：您填“{yours}”，对方填“{theirs}”",
            field=change_field_text(field),
            yours=value_text(field, yours) or "—",
            theirs=value_text(field, theirs) or "—",
        )
        for field, yours, theirs in changes
    )
