"""What is wanted and what it costs: enrolment lines with their period, discounts by rule and by hand, the sum."""

from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.process import clock, families, office, prices
from app.process.prices import Offer
from app.rules import dates
from app.rules.money import capitals
from app.rules.person import WEEKDAYS_ALL, Discount, EnrolmentLine, Registration, Services
from app.rules.prices import AUTOMATIC, UNITS_WITHOUT_PERIOD, count
from app.ui import theme
from app.ui.sections.section import Block, Section
from app.ui.sections.wording import weekdays_text
from app.ui.texts import money_text, tr
from app.ui.widgets.basic import Card, Hairline, Text
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.choice import WeekdayPicker
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.verb import Verb
from app.ui.words import DISCOUNT, UNIT, word

T = TypeVar("T", EnrolmentLine, Discount)
NAMES = ("service_id", "weekdays", "from_date", "to_date", "unit")


class LineCard(Block):
    """One enrolment line: service, weekdays, period, unit; below it the price with the day count."""

    removeAsked = Signal()

    def __init__(self, offers: dict[int, Offer], *, bare: bool = False) -> None:
        """`offers` are what can be chosen, by id."""
        super().__init__(bare=False)
        self._offers = offers
        self._line = EnrolmentLine(weekdays=WEEKDAYS_ALL)
        del bare
        head = QHBoxLayout()
        self.title = Text("", "block_title")
        self.remove = IconButton("trash", tr("去掉这一项"))
        self.remove.clicked.connect(self.removeAsked)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.remove)
        self.body.addLayout(head)
        services = [(offer.service_id, offer.name) for offer in offers.values()]
        self.fields = {
            "service_id": Field(tr("服务"), PickList(services, remember="service"), required=True),
            "weekdays": Field(tr("星期"), WeekdayPicker(7)),
            "from_date": Field(tr("从"), DateEdit(), required=True),
            "to_date": Field(tr("至"), DateEdit(), required=True),
            "unit": Field(tr("按"), PickList([])),
        }
        first = FormRow(self.fields["service_id"], self.fields["unit"], self.fields["weekdays"], stretches=[4, 2, 5])
        second = FormRow(self.fields["from_date"], self.fields["to_date"], stretches=[1, 1])
        self.body.addWidget(first)
        self.body.addWidget(second)
        row = QHBoxLayout()
        self.words = Text("", "secondary")
        self.amount = Text("", "strong")
        row.addWidget(self.words, 1)
        row.addWidget(self.amount)
        self.body.addLayout(row)

    def set_title(self, text: str) -> None:
        """Title of the card, spoken with every field."""
        self.title.setText(text)
        for field in self.fields.values():
            field.editor.setAccessibleName(f"{text} {field.label.text()}")

    def set_value(self, line: EnrolmentLine) -> None:
        """Show a line; no signal."""
        self._line = line
        self._show_units(line.service_id)
        self.fields["service_id"].set_value(line.service_id or None)
        for name in NAMES[1:]:
            self.fields[name].set_value(getattr(line, name))
        self.show_price(line)

    def value(self) -> EnrolmentLine:
        """The line as typed."""
        typed = {name: self.fields[name].value() for name in NAMES}
        typed["service_id"] = typed["service_id"] or 0
        typed["unit"] = typed["unit"] or self._line.unit
        return replace(self._line, **typed)

    def service_chosen(self) -> None:
        """Another service: its units, the first of them proposed."""
        chosen = int(self.fields["service_id"].value() or 0)
        self._show_units(chosen)
        offer = self._offers.get(chosen)
        if offer and offer.prices and self.fields["unit"].value() not in dict(offer.prices):
            self.fields["unit"].set_value(offer.prices[0][0])

    def _show_units(self, service_id: int) -> None:
        offer = self._offers.get(service_id)
        units = [unit for unit, _ in offer.prices] if offer else [self._line.unit]
        kept = self.fields["unit"].value()
        self.fields["unit"].editor.set_options([(unit, word(UNIT, unit)) for unit in units])
        self.fields["unit"].set_value(kept)

    def show_price(self, line: EnrolmentLine) -> None:
        """The price as it was computed, with the days behind it."""
        self._line = replace(
            self._line,
            unit=line.unit,
            unit_fen=line.unit_fen,
            quantity=line.quantity,
            service_name=line.service_name,
            session=line.session,
        )
        if self.fields["unit"].value() != line.unit:
            self.fields["unit"].set_value(line.unit)
        self.amount.setText(f"¥{money_text(line.amount_fen)}" if line.service_id else "")
        self.words.setText(_price_words(line))


def _taken(agreed: list[T], one: T) -> T | None:
    """The agreed one that this is (a line may end on another day), taken out of the list; None if there is none."""
    found = next((other for other in agreed if _known_by(other) == _known_by(one)), None)
    if found is not None:
        agreed.remove(found)
    return found


def _known_by(one: EnrolmentLine | Discount) -> tuple[object, ...]:
    if isinstance(one, Discount):
        return one.rule, one.reason, one.fen
    return one.service_id, one.session, one.weekdays, one.from_date, one.unit


def _price_words(line: EnrolmentLine) -> str:
    if not line.service_id:
        return tr("选好服务和期间，费用会自动算出来")
    parts = [f"{money_text(line.unit_fen)} × {line.quantity} {word(UNIT, line.unit)}"]
    if line.unit not in UNITS_WITHOUT_PERIOD and dates.is_date(line.from_date) and dates.is_date(line.to_date):
        days = count("day", line.from_date, line.to_date, line.weekdays).care_days
        parts.append(tr("{weekdays}　共 {n} 个托管日", weekdays=weekdays_text(line.weekdays), n=days))
    return "　".join(parts)


class ServicesSection(Section):
    """Start and class, a card for each line, the discounts, the sum."""

    part = "services"
    _student_id: int | None = None
    _agreed = Services()  # what stands in the file: it keeps its prices and discounts, whatever the list says now

    def stand_on(self, student_id: int, stored: Registration) -> None:
        """What is agreed is not priced again, only what is added to it."""
        self._student_id, self._agreed = student_id, stored.services

    def build(self) -> None:
        """Everything but the lines, which come and go."""
        found = self.desk.look(prices.offers, clock.today()) or ()
        self._offers = {offer.service_id: offer for offer in found}
        self._discounts: tuple[Discount, ...] = ()
        self._removed: tuple[Discount, ...] = ()
        self.cards: list[LineCard] = []
        self._build_start()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(12))
        self.column.addLayout(self._lines)
        self.add_button = Button(tr("添加服务"), "link", "Alt+N", icon="plus")
        self.add_button.clicked.connect(self.add)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        self.discount_button = Button(tr("优惠 / 减免"), "link", "Alt+D", icon="tag")
        self.discount_button.clicked.connect(self._discount_by_hand)
        self.discount_button.setVisible("charge" in office.rights_of(self.desk.actor))
        row.addWidget(self.discount_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self._build_sum()

    def _build_start(self) -> None:
        card = Block(bare=self.bare)
        classes = [(one.id, one.name) for one in self.desk.look(office.classes) or ()]
        self.start_date = self.field("services.start_date", Field(tr("入托日期"), DateEdit()))
        self.care_class = self.field(
            "services.class_id",
            Field(tr("托管班"), PickList([(0, tr("以后再分")), *classes])),
        )
        card.body.addWidget(FormRow(self.start_date, self.care_class))
        self.column.addWidget(card)

    def _build_sum(self) -> None:
        self.sum = Card(padding=16, spacing=6)
        self.sum.set_tint(True)
        self._discount_rows = QVBoxLayout()
        self.sum.body.addLayout(self._discount_rows)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(Text(tr("入托应缴"), "label", "primary"))
        self.capitals = Text("", "label", "primary", wrap=True)
        words.addWidget(self.capitals)
        row.addLayout(words, 1)
        self.total = Text("", "amount", "primary")
        row.addWidget(self.total)
        self.sum.body.addLayout(row)
        self.column.addWidget(self.sum)

    # the part ---------------------------------------------------------------------------------------------------------

    def set(self, part: Services) -> None:
        """Show what is wanted."""
        for card in list(self.cards):
            self._drop(card)
        self.start_date.set_value(part.start_date)
        self.care_class.set_value(part.class_id or 0)
        self._discounts, self._removed = part.discounts, part.removed
        for line in part.lines or (self._newcomer(),):
            self._append(line)
        self._number()
        self._show_sum()

    def value(self) -> Services:
        """What is wanted; a line without a service does not count."""
        lines = tuple(line for card in self.cards if (line := card.value()).service_id or len(self.cards) > 1)
        return Services(
            tuple(line for line in lines if line.service_id), self._discounts, self.start_date.value(),
            self.care_class.value() or None, self._removed,
        )  # fmt: skip

    def _newcomer(self) -> EnrolmentLine:
        begin = self.start_date.value() or clock.today()
        return EnrolmentLine(weekdays=WEEKDAYS_ALL, from_date=begin, to_date=dates.end_of_term(begin))

    # lines ------------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """One more service."""
        card = self._append(self._newcomer())
        self._number()
        card.fields["service_id"].editor.setFocus()

    def remove(self, card: LineCard) -> None:
        """Take a line away."""
        self._drop(card)
        if not self.cards:
            self._append(self._newcomer())
        self._number()
        self.price()
        self.cards[-1].fields["service_id"].editor.setFocus()
        self.changed.emit()
        self.left.emit()

    def _append(self, line: EnrolmentLine) -> LineCard:
        card = LineCard(self._offers)
        card.set_value(line)
        card.removeAsked.connect(partial(self.remove, card))
        card.fields["service_id"].changed.connect(card.service_chosen)
        for field in card.fields.values():
            field.changed.connect(self._on_changed)
            field.changed.connect(self.price)
            field.left.connect(lambda field=field: self._on_left(field.key))
        self._lines.addWidget(card)
        self.cards.append(card)
        return card

    def _drop(self, card: LineCard) -> None:
        self.cards.remove(card)
        self._lines.removeWidget(card)
        card.setParent(None)
        card.deleteLater()

    def _number(self) -> None:
        own = {"services.start_date": self.start_date, "services.class_id": self.care_class}
        lines = {
            f"services.lines.{place}.{name}": field
            for place, card in enumerate(self.cards)
            for name, field in card.fields.items()
        }
        self.rename({**own, **lines})
        for place, card in enumerate(self.cards):
            card.set_title(tr("服务 {n}", n=place + 1))
            card.remove.setVisible(len(self.cards) > 1 or bool(card.value().service_id))

    def place_of(self, path: str, code: str = "") -> str:
        """Quantity and price stand with the period, a list's own problem with its first field."""
        del code
        if path == "services.lines":
            return "services.lines.0.service_id"
        head, _, last = path.rpartition(".")
        if last in {"quantity", "unit_fen"}:
            return f"{head}.to_date" if last == "quantity" else f"{head}.unit"
        return path

    # prices -----------------------------------------------------------------------------------------------------------

    def price(self) -> None:
        """Compute prices, quantities and discounts anew, of what is not agreed already."""
        chosen = [card for card in self.cards if card.value().service_id]
        agreed = list(self._agreed.lines)
        standing = {card: line for card in chosen if (line := _taken(agreed, card.value()))}
        fresh = [card for card in chosen if card not in standing]
        wanted = replace(self.value(), lines=tuple(card.value() for card in fresh), discounts=self._added_discounts())
        found = self.desk.look(
            prices.propose, wanted, siblings=self._siblings(), today=clock.today(),
            removed=[one.rule for one in self._removed], beside=lambda _: True,
        )  # fmt: skip
        if found is None:
            return
        self._discounts = (*self._agreed.discounts, *found.discounts)
        for card, line in zip(fresh, found.lines, strict=True):
            card.show_price(line)
        for card, line in standing.items():
            card.show_price(replace(line, to_date=card.value().to_date))
        self._show_sum()

    def _added_discounts(self) -> tuple[Discount, ...]:
        """The discounts beside those that are agreed."""
        agreed = list(self._agreed.discounts)
        return tuple(one for one in self._discounts if _taken(agreed, one) is None)

    def _siblings(self) -> int:
        guardians = [one.id for one in self.whole().guardians if one.id]
        asked = self.desk.look(
            families.brothers_and_sisters, guardians, student_id=self._student_id, beside=lambda _: True,
        ) if guardians else None  # fmt: skip
        return len(asked or ())

    def _show_sum(self) -> None:
        while (item := self._discount_rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for discount in self._discounts:
            self._discount_rows.addWidget(self._discount_row(discount))
        if self._discounts:
            self._discount_rows.addWidget(Hairline("line"))
        total = self.value().total_fen
        self.total.setText(f"¥{money_text(total)}")
        self.capitals.setText(f"人民币{capitals(total)}")

    def _discount_row(self, discount: Discount) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        name = word(DISCOUNT, discount.rule)
        text = f"{name}　{discount.reason}" if discount.reason else tr("{name}（自动）", name=name)
        row.addWidget(Text(text, "body", "accent"), 1)
        row.addWidget(Text(money_text(-discount.fen), "name", "accent"))
        remove = IconButton("x", tr("去掉{name}", name=name), size=28)
        remove.clicked.connect(partial(self._remove_discount, discount))
        row.addWidget(remove)
        return holder

    def _remove_discount(self, discount: Discount) -> None:
        reason = ""
        if discount.rule in AUTOMATIC:
            dialog = ReasonDialog(tr("去掉{name}", name=word(DISCOUNT, discount.rule)), self.window())
            if not dialog.exec():
                return
            reason = dialog.reason()
            self._removed = (*self._removed, Discount(discount.rule, reason))
        self._discounts = tuple(one for one in self._discounts if one is not discount)
        self.price()
        self.changed.emit()
        self.left.emit()

    def _discount_by_hand(self) -> None:
        dialog = ReasonDialog(tr("优惠 / 减免"), self.window(), amount=True)
        if dialog.exec():
            self._discounts = (*self._discounts, Discount("by_hand", dialog.reason(), dialog.fen()))
            self.price()
            self.changed.emit()
            self.left.emit()


class ReasonDialog(Dialog):
    """A reason, and with `amount` how much is taken off."""

    def __init__(self, title: str, parent: QWidget | None = None, *, amount: bool = False) -> None:
        """Both are needed."""
        super().__init__(parent, title)
        reasons = [
            (text, text)
            for text in (tr("老生优惠"), tr("活动优惠"), tr("负责人批准减免"), tr("家长放弃"), tr("不符合条件"))
        ]
        self._amount = Field(tr("减多少"), AmountEdit(), required=True) if amount else None
        self._reason = Field(tr("原因"), PickList(reasons, free=True, remember="discount_reason"), required=True)
        if self._amount is not None:
            self.body.addWidget(self._amount)
        self.body.addWidget(self._reason)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("确定"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def reason(self) -> str:
        """Why."""
        return str(self._reason.value() or "").strip()

    def fen(self) -> int:
        """How much, in fen."""
        return int(self._amount.value() or 0) if self._amount is not None else 0

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
        elif self._amount is not None and not self.fen():
            self._amount.problem(tr("请填减免的金额"))
        elif not self.reason():
            self._reason.problem(tr("请写原因，它会留在登记里"))
        else:
            self.accept()
