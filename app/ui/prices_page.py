"""Services and what they cost from when. A new price never touches what was charged or printed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import clock, prices
from app.process.prices import PriceRow
from app.ui.desk import Desk
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.check_box import Switch
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import SERVICE_KIND, SESSION, UNIT, word


class PricesPage(Page):
    """One line per service and unit, with the price of today and the next one."""

    pageRequested = Signal(str)
    help_key = "prices"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self.title = PageTitle(tr("服务与价目"), tr("改价从某天起算，已经记的账不变"))
        service = Button(tr("新增服务"), "secondary", icon="plus")
        service.clicked.connect(self.add_line)
        self.change_button = Button(tr("修改服务"), "secondary", icon="pencil-simple")
        self.change_button.clicked.connect(self._change_service)
        self.price_button = Button(tr("定价 / 改价"), "primary", icon="tag")
        self.price_button.clicked.connect(self._set_price)
        for button in (service, self.change_button, self.price_button):
            self.title.right.addWidget(button)
        self.body.addWidget(self.title)
        columns = [
            Column("service", tr("服务"), 220, stretch=True),
            Column("kind", tr("种类"), 120),
            Column("session", tr("时段"), 160),
            Column("unit", tr("单位"), 90),
            Column("price", tr("现价"), 130, align="right"),
            Column("since", tr("起用日"), 120),
            Column("next", tr("下次改价"), 200, stretch=True),
        ]
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.table.opened.connect(lambda _: self._set_price())
        self.card = TableCard(self.table, EmptyState("tag", tr("还没有服务"), tr("先新增服务，再定价。")))
        self.body.addWidget(self.card, 1)

    def focus_first(self) -> None:
        """The list has the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the price list."""
        rows = self.desk.look(prices.price_list) or ()
        place = max(0, self.table.currentIndex().row())
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        self.card.set_footer(tr("{n} 项服务", n=len({row.service_id for row in rows})))
        if rows:
            self.table.select_row(min(place, len(rows) - 1))
        for button in (self.change_button, self.price_button):
            button.setEnabled(bool(rows))

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [("Ins", tr("新增服务")), ("Enter", tr("改价"))]

    def add_line(self) -> None:
        """Ins: add a service."""
        ServiceDialog(self.desk, None, self).exec()

    def _chosen(self) -> PriceRow | None:
        place = self.table.currentIndex().row()
        return self.model.row_at(place) if 0 <= place < len(self.model.rows) else None

    def _change_service(self) -> None:
        if (row := self._chosen()) is not None:
            ServiceDialog(self.desk, row, self).exec()

    def _set_price(self) -> None:
        if (row := self._chosen()) is not None:
            PriceDialog(self.desk, row, self).exec()


class ServiceDialog(Dialog):
    """Name, kind and session of a service."""

    def __init__(self, desk: Desk, row: PriceRow | None, parent: QWidget | None = None) -> None:
        """`row` is None for a new service."""
        super().__init__(parent, tr("修改服务") if row else tr("新增服务"))
        self.desk, self.row = desk, row
        self.name = Field(tr("名称"), LineEdit(tr("例如：晚托")), required=True)
        self.kind = Field(
            tr("种类"),
            PickList([(code, word(SERVICE_KIND, code)) for code in SERVICE_KIND]),
            required=True,
        )
        sessions = [(code, word(SESSION, code) or tr("不分时段")) for code in SESSION]
        self.session = Field(tr("时段"), PickList(sessions))
        self.hours = Field(tr("托管时间"), LineEdit(tr("例如：15:30–18:30")))
        self.active = Switch(tr("在用（登记时可选）"))
        self.body.addWidget(FormRow(self.name, self.kind))
        self.body.addWidget(FormRow(self.session, self.hours))
        self.body.addWidget(self.active)
        self.name.set_value(row.service if row else "")
        self.kind.set_value(row.kind if row else "care")
        self.session.set_value(row.session if row else "after_school")
        self.hours.set_value(row.hours if row else "")
        self.active.set_value(row.active if row else True)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("保存"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
            return
        self.desk.do(
            prices.save_service,
            self.row.service_id if self.row else None,
            str(self.name.value()).strip(),
            self.kind.value(),
            self.session.value(),
            str(self.hours.value()).strip(),
            self.active.value(),
            beside=self._beside,
        )
        if self.desk.done_well:
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.name.problem(sentence(refused))
        return True


class PriceDialog(Dialog):
    """A price per unit from a day on."""

    def __init__(self, desk: Desk, row: PriceRow, parent: QWidget | None = None) -> None:
        """`row` names the service; its unit is proposed."""
        super().__init__(parent, tr("定价：{service}", service=row.service))
        self.desk, self.row = desk, row
        self.unit = Field(tr("单位"), PickList([(code, word(UNIT, code)) for code in UNIT]), required=True)
        self.price = Field(tr("单价（元）"), AmountEdit(), required=True)
        self.since = Field(tr("起用日"), DateEdit(), required=True)
        self.problem = Strip("red", icon="warning-circle")
        self.unit.set_value(row.unit or "month")
        self.price.set_value(row.fen)
        self.since.set_value(clock.today())
        self.body.addWidget(
            Text(tr("已经记的应收和开出的收据不变，从起用日起的新登记按新价。"), "secondary", wrap=True),
        )
        self.body.addWidget(self.problem)
        self.body.addWidget(FormRow(self.unit, self.price, self.since))
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("保存价格"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
            return
        fen, since = self.price.value(), self.since.value()
        if fen is None:
            self.price.problem(tr("请填单价"))
            return
        if not since:
            self.since.problem(tr("请填起用日，例如 2026-09-01"))
            return
        self.desk.do(prices.set_price, self.row.service_id, self.unit.value(), fen, since, beside=self._beside)
        if self.desk.done_well:
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.problem.set(sentence(refused))
        return True


def _cell(row: PriceRow, key: str) -> Cell:
    tone = "" if row.active else "ink3"
    if key == "service":
        return Cell(row.service, second="" if row.active else tr("停用"), weight=500, tone=tone)
    if key == "kind":
        return Cell(word(SERVICE_KIND, row.kind), tone=tone)
    if key == "session":
        return Cell("　".join(filter(None, (word(SESSION, row.session), row.hours))) or "—", tone="ink2")
    if key == "unit":
        return Cell(word(UNIT, row.unit) or "—", tone=tone)
    if key == "price":
        return Cell("—" if row.fen is None else money_text(row.fen), weight=500, tone=tone)
    if key == "since":
        return Cell(row.valid_from or "—", tone="ink2")
    if row.next_fen is None:
        return Cell("—", tone="ink3")
    return Cell(tr("{day} 起 {price}", day=row.next_from, price=money_text(row.next_fen)), tone="accent")
