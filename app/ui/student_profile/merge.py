"""Merging another record of the same child into this one: finding it, what would be moved, choosing, and doing it."""

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import merging, student_list
from app.process.merging import Differing, MergePreview, Side
from app.process.student_list import Query, StudentRow
from app.rules.person import EnrolmentLine
from app.ui import theme
from app.ui.desk import Desk
from app.ui.log_words.fields import change_field_text, value_text
from app.ui.registration_view import clear
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.card import Card
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import SearchBox
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.pill_choice import PillChoice
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import STUDENT_STATE, word

HITS = 20


class MergeDialog(Dialog):
    """`stays_id` is the record that was open; `swap` lets the other one stay."""

    def __init__(self, desk: Desk, student_id: int, name: str, parent: QWidget | None = None) -> None:
        """Those of the same name are offered first."""
        super().__init__(parent, tr("合并同一孩子的两份档案"), 760)
        self.desk, self.own_id, self.stays_id = desk, student_id, student_id
        self.seen: MergePreview | None = None
        self._opid = uuid4().hex
        self.choices: dict[str, PillChoice] = {}
        self.strip = Strip("red")
        self.search = SearchBox(tr("另一份档案：姓名、拼音、手机或学员编号"))
        self.search.typed.connect(lambda _: self._look())
        columns = [
            Column("name", tr("学员"), 200, stretch=True), Column("number", tr("学员编号"), 120),
            Column("guardian", tr("监护人"), 160, stretch=True), Column("state", tr("状态"), 90),
        ]  # fmt: skip
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.table.setFixedHeight(theme.px(104))
        self.table.setAccessibleName(tr("另一份档案"))
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._pick)  # Enter
        self.table.clicked.connect(lambda index: self._pick(index.row()))  # the first one is current already
        self.search.down.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.told = QVBoxLayout()
        self.told.setSpacing(theme.px(8))
        holder = QWidget()
        holder.setLayout(self.told)
        self.area = scrolled(holder)
        self.area.setMinimumHeight(theme.px(120))
        reasons = [(one, one) for one in (tr("登记了两次"), tr("复托时另建了档案"))]
        self.reason = Field(tr("原因"), PickList(reasons, free=True, remember="merge"), required=True)
        for widget in (self.strip, self.search, self.table, self.area, self.reason):
            self.body.addWidget(widget)
        self.set_verbs([
            Verb("cancel", tr("取消"), shortcut="Esc"), Verb("swap", tr("反过来合并"), shortcut="Alt+S"),
            Verb("merge", tr("合并"), "danger", "F9"),
        ])  # fmt: skip
        self.pressed.connect(self._pressed)
        self.search.set_value(name)
        self._look()
        self.keep_low()

    def _look(self) -> None:
        found = self.desk.look(student_list.search, Query(text=self.search.value()))
        ids = [key for key in (found.first() if found else ()) if key != self.own_id][:HITS]
        rows = [row for row in self.desk.look(student_list.rows, ids) or () if row.state != "merged"]
        self.table.blockSignals(True)  # the first row becomes the current one by itself, before anybody chose it
        self.model.set_rows(rows)
        self.table.blockSignals(False)
        self._show(None)
        if len(rows) == 1:
            self.table.select_row(0)
            self._pick(0)

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self.model.rows):
            self.stays_id = self.own_id
            self._preview(self.model.row_at(place).id, self.own_id)

    def _preview(self, goes_id: int, stays_id: int) -> None:
        self.strip.set("")
        self._show(self.desk.look(merging.preview, goes_id, stays_id, beside=self._beside))

    def _show(self, seen: MergePreview | None) -> None:
        self.seen = seen
        clear(self.told)
        self.choices = {}
        self.area.setVisible(seen is not None)
        for key in ("swap", "merge"):
            if key in self.buttons:
                self.buttons[key].setEnabled(seen is not None)
        if seen is None:
            return
        self.told.addWidget(_sides(seen))
        for text, tone in _told(seen):
            self.told.addWidget(Text(text, "body", tone, wrap=True))
        for one in seen.differing:
            self._show_differing(one)
        self.told.addStretch(1)

    def _show_differing(self, one: Differing) -> None:
        caption = change_field_text(one.field)
        values = value_text(one.field, one.stays), value_text(one.field, one.goes)
        if one.both:
            text = tr("{field}：两份都保留（{stays}；{goes}）", field=caption, stays=values[0], goes=values[1])
            self.told.addWidget(Text(text, "body", wrap=True))
            return
        choice = PillChoice([("stays", values[0]), ("goes", values[1])], several=False)
        choice.set_value(("stays",))
        self.choices[one.field] = choice
        self.told.addWidget(Field(tr("{field}不同，用哪一个", field=caption), choice))

    def taking(self) -> frozenset[str]:
        """The fields that are taken from the record that goes."""
        return frozenset(field for field, choice in self.choices.items() if choice.value() == ("goes",))

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
        elif self.seen is None:
            self.strip.set(tr("请先选另一份档案"))
        elif key == "swap":
            self._preview(self.seen.stays.student_id, self.seen.goes.student_id)
        elif not str(self.reason.value() or "").strip():
            self.reason.problem(tr("请写为什么合并"))
        else:
            self._merge(self.seen)

    def _merge(self, seen: MergePreview) -> None:
        stays = self.desk.do(
            merging.merge, seen.goes.student_id, seen.stays.student_id, (seen.goes.version, seen.stays.version),
            str(self.reason.value()), opid=self._opid, taking=self.taking(), beside=self._beside,
        )  # fmt: skip
        if stays is not None:
            self.stays_id = stays
            text = tr("{old} 已并入 {number}，两个编号都能查到", old=seen.goes.number, number=seen.stays.number)
            self.desk.message(text)
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.strip.set(sentence(refused))
        return True


def _sides(seen: MergePreview) -> QWidget:
    """Both records side by side."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(12))
    for title, side, tint in ((tr("保留"), seen.stays, "green_tint"), (tr("并入"), seen.goes, "")):
        card = Card(padding=14, spacing=4)
        if tint:
            card.set_tint(tint)
        card.body.addWidget(Text(title, "secondary"))
        card.body.addWidget(Text(f"{side.name}　{side.number}", "strong", wrap=True))
        card.body.addWidget(Text(_side_text(side), "secondary", wrap=True))
        row.addWidget(card, 1)
    return holder


def _side_text(side: Side) -> str:
    facts = [word(STUDENT_STATE, side.state), side.class_name, tr("{day} 录入", day=side.entered_on)]
    return "　".join([*filter(None, facts), tr("余额 {amount}", amount=money_text(-side.balance_fen))])


def _told(seen: MergePreview) -> list[tuple[str, str]]:
    """What will be done, in sentences, each with its tone."""
    comma = tr("、")
    told = []
    if seen.same_lines:
        lines = comma.join(_line_text(one) for one in seen.same_lines)
        told.append((tr("两份都有：{lines}。应收记了两次，请先在收费流水里冲销一份。", lines=lines), "amber"))
    if seen.filled:
        filled = comma.join(f"{change_field_text(name)} {value_text(name, value)}" for name, value in seen.filled)
        told.append((tr("补上空白：{filled}", filled=filled), ""))
    for caption, names in ((tr("家长"), seen.guardians), (tr("联系人"), seen.contacts)):
        if names:
            told.append((tr("移过去的{caption}：{names}", caption=caption, names=comma.join(names)), ""))
    if seen.lines:
        told.append((tr("移过去的服务：{lines}", lines=comma.join(_line_text(one) for one in seen.lines)), ""))
    if seen.balance_fen:
        told.append((tr("转过去的余额：{amount}", amount=money_text(-seen.balance_fen)), ""))
    counts = {"consents": seen.consents, "applications": seen.applications}
    told.append((tr("同意书 {consents} 份、报名 {applications} 份移过去。", **counts), ""))
    kept = {"papers": seen.papers, "receipts": seen.receipts, "rows": seen.ledger_rows, "number": seen.goes.number}
    text = tr("单据 {papers} 张、收据 {receipts} 张、流水 {rows} 行留在 {number} 下，用两个编号都能查到。", **kept)
    return [*told, (text, ""), (tr("合并以后不能撤销。"), "red")]


def _line_text(line: EnrolmentLine) -> str:
    return f"{line.service_name} {line.from_date} – {line.to_date}"


def _cell(row: StudentRow, key: str) -> Cell:
    values = {"name": row.name, "number": row.number, "guardian": row.guardian, "state": word(STUDENT_STATE, row.state)}
    return Cell(values[key], weight=500 if key == "name" else 400)
