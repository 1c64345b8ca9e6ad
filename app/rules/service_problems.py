"""What can be wrong or doubtful about the services, their periods, prices and discounts (P1, P5)."""

from collections.abc import Iterator

from app.rules import dates
from app.rules.money import LIMIT_FEN
from app.rules.person import EnrolmentLine, Services
from app.rules.prices import RULES, UNITS, UNITS_WITHOUT_PERIOD
from app.rules.problem import Problem, error, warning


def of_services(services: Services, today: str) -> Iterator[Problem]:
    """Go through the problems of what is wanted and what it costs."""
    if not services.lines:
        yield warning("services.lines", "services_missing")
    for at, line in enumerate(services.lines):
        yield from _of_line(f"services.lines.{at}", line, today)
    yield from _twice(services.lines)
    if services.start_date and not dates.is_date(services.start_date):
        yield error("services.start_date", "start_date_invalid")
    yield from _of_discounts(services)


def _of_line(where: str, line: EnrolmentLine, today: str) -> Iterator[Problem]:
    if not line.service_id:
        yield error(f"{where}.service_id", "service_missing")
    if line.unit not in UNITS_WITHOUT_PERIOD or line.from_date or line.to_date:
        yield from _of_period(where, line, today)
    if line.unit not in UNITS_WITHOUT_PERIOD and not line.weekdays & 0b1111111:
        yield error(f"{where}.weekdays", "weekdays_missing")
    if line.unit not in UNITS:
        yield error(f"{where}.unit", "unit_unknown", unit=line.unit)
    if line.quantity <= 0 and not line.paid_before:
        yield error(f"{where}.quantity", "quantity_missing")
    if line.unit_fen < 0 or line.amount_fen > LIMIT_FEN:
        yield error(f"{where}.unit_fen", "price_impossible")
    elif line.unit_fen == 0 and line.service_id and not line.paid_before:
        yield warning(f"{where}.unit_fen", "price_missing")


def _of_period(where: str, line: EnrolmentLine, today: str) -> Iterator[Problem]:
    for name, day in (("from_date", line.from_date), ("to_date", line.to_date)):
        if not day:
            yield error(f"{where}.{name}", "period_missing")
        elif not dates.is_date(day):
            yield error(f"{where}.{name}", "period_invalid")
    if dates.is_date(line.from_date) and dates.is_date(line.to_date):
        if line.to_date < line.from_date:
            yield error(f"{where}.to_date", "period_reversed")
        elif line.to_date < today:
            yield warning(f"{where}.to_date", "period_past")


def _twice(lines: tuple[EnrolmentLine, ...]) -> Iterator[Problem]:
    for at, line in enumerate(lines):
        if any(_same_days(line, earlier) for earlier in lines[:at]):
            yield warning(f"services.lines.{at}.service_id", "service_twice", service=line.service_name)


def _same_days(one: EnrolmentLine, other: EnrolmentLine) -> bool:
    return (
        bool(one.service_id)
        and (one.service_id, one.session) == (other.service_id, other.session)
        and one.unit not in UNITS_WITHOUT_PERIOD
        and bool(one.weekdays & other.weekdays)
        and one.from_date <= other.to_date
        and other.from_date <= one.to_date
    )


def _of_discounts(services: Services) -> Iterator[Problem]:
    for at, discount in enumerate(services.discounts):
        if discount.fen <= 0:
            yield error(f"services.discounts.{at}.fen", "discount_amount_missing")
        if discount.rule not in ("", *RULES):
            yield error(f"services.discounts.{at}.rule", "discount_rule_unknown", rule=discount.rule)
        if not (discount.rule.strip() or discount.reason.strip()) or (
            discount.rule == "by_hand" and not discount.reason.strip()
        ):
            yield error(f"services.discounts.{at}.reason", "discount_reason_missing")
    if services.discounts and sum(one.fen for one in services.discounts) > sum(
        one.amount_fen for one in services.lines
    ):
        yield error(f"services.discounts.{len(services.discounts) - 1}.fen", "discount_too_large")
