"""What is wanted and what it costs: enrolment lines with their period, discounts by rule and by hand, the sum."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.process import clock, families, office, prices
from app.rules import dates
from app.rules.person import WEEKDAYS_ALL, Discount, EnrolmentLine, Registration, Services
from app.rules.prices import AUTOMATIC
from app.ui import theme
from app.ui.sections.agreed import taken
from app.ui.sections.section import Block, Section, put_focus
from app.ui.sections.service_line import LineCard
from app.ui.sections.services_sum import ServicesSum
from app.ui.sections.wanted_strip import WantedStrip
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import Option, PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.reason_dialog import ReasonDialog
from app.ui.words import DISCOUNT, word


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
        self._names: tuple[str, ...] = ()  # brothers and sisters at the centre
        self.cards: list[LineCard] = []
        self._build_start()
        self.wanted = WantedStrip()
        self.wanted.pressed.connect(self.propose_wanted)
        self.column.addWidget(self.wanted)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(12))
        self.column.addLayout(self._lines)
        self.add_button = Button(tr("添加服务"), "link", "Alt+N", icon="plus")
        self.add_button.clicked.connect(self.add)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        self.discount_button = Button(tr("优惠 / 减免"), "link", "Alt+D", icon="tag")
        self.discount_button.clicked.connect(self._discount_by_hand)
        row.addWidget(self.discount_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.discount_button.setVisible(self.desk.may("charge"))
        self.sum = ServicesSum()
        self.sum.removeAsked.connect(self._remove_discount)
        self.sum.returnAsked.connect(self._give_back)
        self.column.addWidget(self.sum)

    def _build_start(self) -> None:
        card = Block(bare=self.bare)
        self.start_date = self.field("services.start_date", Field(tr("入托日期"), DateEdit()))
        classes = PickList(self._classes(), remember="care_class")
        self.care_class = self.field("services.class_id", Field(tr("托管班"), classes))
        card.body.addWidget(FormRow(self.start_date, self.care_class, least=300))
        self.column.addWidget(card)
        self._start = ""
        self.start_date.left.connect(self._move_lines)

    def _classes(self) -> list[Option]:
        """The classes with their places; the decision may wait."""
        found = [Option(0, tr("以后再分"))]
        for one in self.desk.look(office.classes) or ():
            places = f"{one.students} / {one.capacity}" if one.capacity else tr("{n} 人", n=one.students)
            full = tr("已满") if one.capacity and one.students >= one.capacity else ""
            found.append(Option(one.id, one.name, hint="　".join(filter(None, (places, full, one.teacher)))))
        return found

    def _move_lines(self) -> None:
        """Lines that begin with the care follow when it begins on another day."""
        new = self.start_date.value()
        if not new or new == self._start:
            return
        for card in self.cards:
            card.follow(self._start, new)
        self._start = new
        self.price()
        self.changed.emit()

    # the part ---------------------------------------------------------------------------------------------------------

    def set(self, part: Services) -> None:
        """Show what is wanted."""
        for card in list(self.cards):
            self._drop(card)
        fresh = self._student_id is None  # a file is not changed by looking at it
        self._start = part.start_date or (self._usual_start() if fresh and not part.lines else "")
        self.start_date.set_value(self._start)
        self.care_class.set_value(part.class_id or 0)
        self._discounts, self._removed = part.discounts, part.removed
        self.wanted.show_wanted(part.wanted)
        for line in part.lines or (self._newcomer(),):
            self._append(line)
        self._number()
        if fresh and part.lines:
            self.price()  # guardians may be shared since: that proposes a discount
        else:
            self.sum.show_sum(self.value().total_fen, self._discounts, self._removed, self._names)

    def value(self) -> Services:
        """What is wanted; a line without a service does not count."""
        lines = tuple(line for card in self.cards if (line := card.value()).service_id)
        begin = self.start_date.value() or self.start_date.editor.raw()
        chosen = self.care_class.value() or None
        return Services(lines, self._discounts, begin, chosen, self._removed, self.wanted.wanted)

    def _usual_start(self) -> str:
        """Today, or Monday when the centre is closed today."""
        today = clock.today()
        weekday = date.fromisoformat(today).weekday()
        return today if weekday < 5 else dates.add_days(today, 7 - weekday)

    def _newcomer(self) -> EnrolmentLine:
        begin = self.start_date.value() or clock.today()
        return EnrolmentLine(weekdays=WEEKDAYS_ALL, from_date=begin, to_date=dates.end_of_term(begin))

    def propose_wanted(self) -> None:
        """Fill in what the family asked for in its own words, beside what was chosen already, at the price of today."""
        found = self.wanted.proposal(self._offers.values(), self.start_date.value() or clock.today())
        chosen = {card.value().service_id for card in self.cards}
        fresh = [line for line in found.lines if line.service_id not in chosen]
        if fresh:
            for card in [card for card in self.cards if not card.value().service_id]:
                self._drop(card)
            for line in fresh:
                self._append(line)
            self._number()
            self._repriced()
            put_focus(self.cards[-len(fresh)].fields["service_id"].editor)
        if left_out := self.wanted.left_out(found):
            self.desk.message(left_out, "warning")

    # lines ------------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """One more service."""
        card = self._append(self._newcomer())
        self._number()
        put_focus(card.fields["service_id"].editor)

    def remove(self, card: LineCard) -> None:
        """Take a line away."""
        self._drop(card)
        if not self.cards:
            self._append(self._newcomer())
        self._number()
        self.price()
        put_focus(self.cards[-1].fields["service_id"].editor)
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
        card.hide()  # or a pending show would make a window of it
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

    def checked(self) -> None:
        """What is wrong with the weekdays stands beside them."""
        found = self.problems() if self._visited else {}
        for place, card in enumerate(self.cards):
            problem = found.get(f"services.lines.{place}.weekdays")
            card.say(sentence(problem) if problem else "")

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
        self._names = self._siblings()
        chosen = [card for card in self.cards if card.value().service_id]
        agreed = list(self._agreed.lines)
        standing = {card: line for card in chosen if (line := taken(agreed, card.value()))}
        fresh = [card for card in chosen if card not in standing]
        wanted = replace(self.value(), lines=tuple(card.value() for card in fresh), discounts=self._added_discounts())
        found = self.desk.look(
            prices.propose, wanted, siblings=len(self._names), today=clock.today(),
            removed=[one.rule for one in self._removed], beside=lambda _: True,
        )  # fmt: skip
        if found is None:
            return
        self._discounts = (*self._agreed.discounts, *found.discounts)
        for card, line in zip(fresh, found.lines, strict=True):
            card.show_price(line)
        for card, line in standing.items():
            card.show_price(replace(line, to_date=card.value().to_date))
        self.sum.show_sum(self.value().total_fen, self._discounts, self._removed, self._names)

    def _added_discounts(self) -> tuple[Discount, ...]:
        """The discounts beside those that are agreed."""
        agreed = list(self._agreed.discounts)
        return tuple(one for one in self._discounts if taken(agreed, one) is None)

    def _siblings(self) -> tuple[str, ...]:
        """Names of the brothers and sisters at the centre."""
        guardians = [one.id for one in self.whole().guardians if one.id]
        if not guardians:
            return ()
        asked = self.desk.look(
            families.brothers_and_sisters, guardians, student_id=self._student_id, beside=lambda _: True,
        )  # fmt: skip
        return asked or ()

    def _give_back(self, taken_off: Discount) -> None:
        self._removed = tuple(one for one in self._removed if one is not taken_off)
        self._repriced()

    def _remove_discount(self, discount: Discount) -> None:
        reason = ""
        if discount.rule in AUTOMATIC:
            dialog = self._ask_why(tr("去掉{name}", name=word(DISCOUNT, discount.rule)))
            if not dialog.exec():
                return
            reason = dialog.reason()
            self._removed = (*self._removed, Discount(discount.rule, reason))
        self._discounts = tuple(one for one in self._discounts if one is not discount)
        self._repriced()

    def _repriced(self) -> None:
        self.price()
        self.changed.emit()
        self.left.emit()

    def _ask_why(self, title: str, *, amount: bool = False) -> ReasonDialog:
        reasons = (tr("老生优惠"), tr("活动优惠"), tr("负责人批准减免"), tr("家长放弃"), tr("不符合条件"))
        missing = tr("请写原因，它会留在登记里")
        return ReasonDialog(
            self.window(), title, reasons, remember="discount_reason", missing=missing, amount=amount,
        )  # fmt: skip

    def _discount_by_hand(self) -> None:
        dialog = self._ask_why(tr("优惠 / 减免"), amount=True)
        if dialog.exec():
            self._discounts = (*self._discounts, Discount("by_hand", dialog.reason(), dialog.fen()))
            self._repriced()
