"""One enrolment line of the form: service, unit, period and weekdays; beside them the price with the day count."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from app.process.prices import Offer
from app.rules import dates
from app.rules.person import WEEKDAYS_ALL, EnrolmentLine
from app.rules.prices import UNITS_BY_DAY, UNITS_WITHOUT_PERIOD, count
from app.ui import state, theme
from app.ui.fee_words import how_counted, line_price
from app.ui.sections.section import Block
from app.ui.sections.wording import weekdays_text
from app.ui.texts import money_text, tr
from app.ui.widgets.button import IconButton
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import Option, PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.form.segments import WeekdayPicker
from app.ui.widgets.text import ElidedText, Text
from app.ui.words import UNIT, word

NAMES = ("service_id", "unit", "from_date", "to_date", "weekdays")


class LineCard(Block):
    """A card for one line. `removeAsked` when it shall go."""

    removeAsked = Signal()

    def __init__(self, offers: dict[int, Offer]) -> None:
        """`offers` are what can be chosen, by id."""
        super().__init__(bottom=14)
        self._offers = offers
        self._line = EnrolmentLine(weekdays=WEEKDAYS_ALL)
        self.fields = {
            "service_id": Field(tr("服务项目"), PickList(_options(offers), remember="service"), required=True),
            "unit": Field(tr("计费单位"), PickList([], remember="unit")),
            "from_date": Field(tr("从"), DateEdit(), required=True),
            "to_date": Field(tr("至"), DateEdit(), required=True),
            "weekdays": Field(tr("每周几"), WeekdayPicker(7), compact=True),
        }
        in_row = [self.fields[name] for name in NAMES[:4]]
        self.body.addWidget(FormRow(*in_row, stretches=[5, 3, 4, 4], least=560))
        self.body.addLayout(self._price_row())

    def _price_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        days = self.fields["weekdays"]
        days.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.words = ElidedText("", "secondary")
        self.amount = Text("", "figure")
        self.remove = IconButton("trash", tr("去掉这一项"))
        self.remove.clicked.connect(self.removeAsked)
        row.addWidget(days)
        row.addWidget(self.words, 1)
        row.addWidget(self.amount)
        row.addWidget(self.remove)
        return row

    def set_title(self, text: str) -> None:
        """Title of the line, spoken with every field."""
        for field in self.fields.values():
            field.editor.setAccessibleName(f"{text} {field.label.text()}")
        self.remove.set_name(tr("去掉{title}", title=text))

    def set_value(self, line: EnrolmentLine) -> None:
        """Show a line; no signal."""
        self._line = line
        self._show_units(line.service_id)
        self.fields["service_id"].set_value(line.service_id or None)
        for name in NAMES[1:]:
            self.fields[name].set_value(getattr(line, name))
        self.show_price(line)

    def value(self) -> EnrolmentLine:
        """The line as typed; a date that is none comes as it was typed, so that the rules can say so."""
        unit = self.fields["unit"].value() or self._line.unit
        typed: dict[str, Any] = {"service_id": self.fields["service_id"].value() or 0, "unit": unit}
        typed["weekdays"] = self.fields["weekdays"].value()
        for name in ("from_date", "to_date"):
            editor: DateEdit = self.fields[name].editor
            typed[name] = editor.value() or editor.raw()
        return replace(self._line, **typed)

    def follow(self, old: str, new: str) -> None:
        """The start of it all went from one day to another: a line that began then follows, and so does its end."""
        if self.fields["from_date"].value() != old:
            return
        self.fields["from_date"].set_value(new)
        if self.fields["to_date"].value() == dates.end_of_term(old):
            self.fields["to_date"].set_value(dates.end_of_term(new))

    def service_chosen(self) -> None:
        """Another service: its units, the one that was used last proposed."""
        chosen = int(self.fields["service_id"].value() or 0)
        self._show_units(chosen)
        offer = self._offers.get(chosen)
        units = [unit for unit, _ in offer.prices] if offer else []
        if units and self.fields["unit"].value() not in units:
            usual = next((unit for unit in state.settings().recent("unit") if unit in units), units[0])
            self.fields["unit"].set_value(usual)

    def _show_units(self, service_id: int) -> None:
        offer = self._offers.get(service_id)
        known = dict(offer.prices) if offer else {}
        units = [Option(unit, word(UNIT, unit), hint=money_text(fen)) for unit, fen in known.items()]
        if not known or (self._line.service_id == service_id and self._line.unit not in known):
            units.append(Option(self._line.unit, word(UNIT, self._line.unit)))  # agreed at a unit that is gone since
        kept = self.fields["unit"].value()
        self.fields["unit"].editor.set_options(units)
        self.fields["unit"].set_value(kept)

    def show_price(self, line: EnrolmentLine) -> None:
        """The price as it was computed, with the days behind it."""
        self._line = replace(
            self._line, unit=line.unit, unit_fen=line.unit_fen, quantity=line.quantity,
            service_name=line.service_name, session=line.session,
        )  # fmt: skip
        if self.fields["unit"].value() != line.unit:
            self.fields["unit"].set_value(line.unit)
        with_period = line.unit not in UNITS_WITHOUT_PERIOD
        for name in ("from_date", "to_date", "weekdays"):
            self.fields[name].setVisible(with_period)
        self.amount.setText(f"¥{money_text(line.amount_fen)}" if line.service_id else "")
        self.words.setText(price_words(line))

    def say(self, problem: str) -> None:
        """Beside the weekdays, which have no line of their own: what is wrong with them, else the price."""
        self.words.setText(problem or price_words(self.value()))
        self.words.set_tone("red" if problem else "")


def _options(offers: dict[int, Offer]) -> list[Option]:
    return [Option(offer.service_id, offer.name, hint=_hint(offer)) for offer in offers.values()]


def _hint(offer: Offer) -> str:
    """Hours and first price of a service, as the list shows them."""
    price = "".join(f"{money_text(fen)} / {word(UNIT, unit)}" for unit, fen in offer.prices[:1])
    return "　".join(filter(None, (offer.hours, price)))


def price_words(line: EnrolmentLine) -> str:
    """How the amount of a line comes about: price x quantity, weekdays, days of care."""
    if not line.service_id:
        return tr("选好服务和期间，费用会自动算出来")
    parts = [line_price(line)]
    if not line.paid_before and line.unit not in UNITS_BY_DAY and (rule := how_counted(line.unit)):
        parts[0] = tr("{price}（{rule}）", price=parts[0], rule=rule)
    if line.unit not in UNITS_WITHOUT_PERIOD and dates.is_date(line.from_date) and dates.is_date(line.to_date):
        days = count("day", line.from_date, line.to_date, line.weekdays).care_days
        parts.append(tr("{weekdays}　共 {n} 个托管日", weekdays=weekdays_text(line.weekdays), n=days))
    return "　".join(parts)
