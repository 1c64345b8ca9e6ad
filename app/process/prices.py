"""Services and prices with valid-from dates, and what a registration costs by them (P5)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import clock, office, operation_log
from app.process.actor import Actor, require, require_any
from app.rules import dates, prices
from app.rules.person import SESSIONS, EnrolmentLine, Services
from app.rules.prices import UNITS, DiscountRule, Price

KINDS = ("care", "meal", "holiday", "fee", "deposit")
MOST_FEN = 1_000_000_00


@dataclass(frozen=True)
class Offer:
    """A service that can be chosen on a day, with the price of each of its units: (unit, fen)."""

    service_id: int
    name: str
    kind: str
    session: str
    hours: str
    prices: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class PriceRow:
    """A line of the price list: a service and unit with the price of today and the next one, if there is one."""

    service_id: int
    service: str
    kind: str
    session: str
    hours: str
    active: bool
    unit: str
    fen: int | None
    valid_from: str
    next_fen: int | None
    next_from: str


def offers(actor: Actor, on: str) -> tuple[Offer, ...]:
    """The services in use with the prices that hold on a day (ISO), in their order."""
    require_any(actor, "register", "take_payment", "see_ledger", "edit_prices", "change_students", "see_students")
    rows = database.execute_sql(
        "SELECT id, name, kind, session, hours FROM service WHERE active = 1 ORDER BY position, id",
    )
    known = _prices()
    return tuple(
        Offer(service_id, name, kind, session, hours, tuple(prices.prices_on(known.get(service_id, ()), on).items()))
        for service_id, name, kind, session, hours in rows
    )


def price_list(actor: Actor, today: str | None = None) -> tuple[PriceRow, ...]:
    """All services with their units, one line at least. Needs edit_prices, see_ledger, register."""
    require_any(actor, "edit_prices", "see_ledger", "register")
    day = today or clock.today()
    known = _prices()
    services = database.execute_sql(
        "SELECT id, name, kind, session, hours, active FROM service ORDER BY active DESC, position, id",
    ).fetchall()
    found = []
    for service_id, name, kind, session, hours, active in services:
        ours = known.get(service_id, ())
        units = [unit for unit in UNITS if any(price.unit == unit for price in ours)] or [""]
        for unit in units:
            now, following = _now_and_next(ours, unit, day)
            found.append(
                PriceRow(
                    service_id,
                    name,
                    kind,
                    session,
                    hours,
                    bool(active),
                    unit,
                    now.fen if now else None,
                    now.valid_from if now else "",
                    following.fen if following else None,
                    following.valid_from if following else "",
                ),
            )
    return tuple(found)


def save_service(
    actor: Actor,
    service_id: int | None,
    name: str,
    kind: str,
    session: str,
    hours: str,
    active: bool = True,  # noqa: FBT001, FBT002 - a field of the form
) -> int:
    """Add a service (None) or change one, and give its id. Needs edit_prices.

    Raises Refused service_name_missing, service_name_taken(name), unknown_service_kind, unknown_service.
    """
    name = name.strip()
    with unit_of_work():
        require(actor, "edit_prices")
        if not name:
            raise Refused("service_name_missing")
        if kind not in KINDS or session not in SESSIONS:
            raise Refused("unknown_service_kind")
        taken = database.execute_sql("SELECT id FROM service WHERE name = ?", (name,)).fetchone()
        if taken and taken[0] != service_id:
            raise Refused("service_name_taken", name=name)
        before = _service(service_id) if service_id else None
        if service_id is None:
            (service_id,) = database.execute_sql(
                "INSERT INTO service (name, kind, session, hours, active, position) VALUES"
                " (?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM service)) RETURNING id",
                (name, kind, session, hours, int(active)),
            ).fetchone()
        else:
            database.execute_sql(
                "UPDATE service SET name = ?, kind = ?, session = ?, hours = ?, active = ? WHERE id = ?",
                (name, kind, session, hours, int(active), service_id),
            )
        details = {
            "name": name,
            "before": list(before) if before else None,
            "after": [name, kind, session, hours, int(active)],
        }
        operation_log.record(actor, "save_service", "service", service_id, details=details)
    return service_id


def set_price(actor: Actor, service_id: int, unit: str, fen: int, valid_from: str) -> None:
    """Let a unit of a service cost `fen` from a day on; what was charged stays. Needs edit_prices.

    A price from the same day is replaced. Raises Refused unknown_service, unknown_unit, price_out_of_range(limit_fen),
    valid_from_missing.
    """
    with unit_of_work():
        require(actor, "edit_prices")
        _service(service_id)
        if unit not in UNITS:
            raise Refused("unknown_unit", unit=unit)
        if not 0 <= fen <= MOST_FEN:
            raise Refused("price_out_of_range", limit_fen=MOST_FEN)
        if not dates.is_date(valid_from):
            raise Refused("valid_from_missing")
        before = [
            price for price in _prices().get(service_id, ()) if price.unit == unit and price.valid_from <= valid_from
        ]
        database.execute_sql(
            "INSERT INTO price (service_id, unit, fen, valid_from) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (service_id, unit, valid_from) DO UPDATE SET fen = excluded.fen",
            (service_id, unit, fen, valid_from),
        )
        details = {
            "unit": unit,
            "from": valid_from,
            "fen": fen,
            "before_fen": max(before, key=lambda p: p.valid_from).fen if before else None,
        }
        operation_log.record(actor, "set_price", "service", service_id, details=details)


def propose(
    actor: Actor,
    services: Services,
    *,
    siblings: int,
    today: str,
    removed: Iterable[str] = (),
) -> Services:
    """Fill in prices, quantities by the days of the period, names and sessions, and propose the discounts by rule.

    `siblings`: how many brothers and sisters are at the centre. `removed`: rules that somebody took off. Discounts by
    hand stay; those by rule are computed anew.
    """
    day = services.start_date or today
    known = {offer.service_id: offer for offer in offers(actor, day)}
    price_list_of = _prices()
    lines = tuple(_priced(line, known.get(line.service_id), price_list_of, day) for line in services.lines)
    percent = int(office.setting("sibling_discount_percent") or 0)
    rules = [DiscountRule("siblings", share=100 * percent)] if siblings and percent else []
    return prices.propose(replace(services, lines=lines), rules, removed)


def _priced(line: EnrolmentLine, offer: Offer | None, known: dict[int, list[Price]], day: str) -> EnrolmentLine:
    if offer is None:
        return line
    named = replace(line, service_name=offer.name, session=offer.session)
    return prices.priced(named, known.get(line.service_id, ()), day)


def _prices() -> dict[int, list[Price]]:
    found: dict[int, list[Price]] = {}
    for service_id, unit, fen, valid_from in database.execute_sql(
        "SELECT service_id, unit, fen, valid_from FROM price",
    ):
        found.setdefault(service_id, []).append(Price(unit, fen, valid_from))
    return found


def _now_and_next(ours: Iterable[Price], unit: str, day: str) -> tuple[Price | None, Price | None]:
    own = sorted((price for price in ours if price.unit == unit), key=lambda price: price.valid_from)
    past = [price for price in own if price.valid_from <= day]
    coming = [price for price in own if price.valid_from > day]
    return (past[-1] if past else None), (coming[0] if coming else None)


def _service(service_id: int) -> tuple[str, str, str, str, int]:
    row = database.execute_sql(
        "SELECT name, kind, session, hours, active FROM service WHERE id = ?",
        (service_id,),
    ).fetchone()
    if row is None:
        raise Refused("unknown_service")
    return (*row,)
