"""What a reviewer verified: that the papers are authentic, the family was reached, the health data complete (P2).

The items are a setting of the centre, so that it can have others. A tick belongs to the version that was looked at:
what is handed in anew is verified anew.
"""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, clock, office, operation_log
from app.process.actor import Actor, require_any


@dataclass(frozen=True)
class Tick:
    """An item with who verified it and when; both empty while nobody did."""

    item: str
    who: str = ""
    at: str = ""


def items() -> tuple[str, ...]:
    """What is to be verified, as the centre words it."""
    return tuple(dict.fromkeys(one for one in office.setting("review_items").split() if one))


def of(application_id: int, version: int) -> tuple[Tick, ...]:
    """The items of this version of an application: those of the setting, then others that were ticked before."""
    rows = database.execute_sql(
        "SELECT item, user.name, ticked_at FROM review_tick JOIN user ON user.id = ticked_by"
        " WHERE application_id = ? AND version = ? ORDER BY ticked_at, item",
        (application_id, version),
    )
    done = {item: Tick(item, who, at) for item, who, at in rows}
    return (*(done.pop(item, Tick(item)) for item in items()), *done.values())


def ticked(application_id: int, version: int) -> list[str]:
    """The items that were verified, for the log of a decision."""
    return [one.item for one in of(application_id, version) if one.at]


def tick(actor: Actor, application_id: int, version: int, item: str, *, done: bool = True) -> None:
    """Say that an item was verified, or that it was not after all. Needs review or register.

    Raises Refused application_unknown, application_changed, application_decided, item_unknown.
    """
    with unit_of_work():
        require_any(actor, "review", "register")
        form = application.load(application_id)
        application.refuse_older(form, version)
        application.refuse_decided(form)
        if item not in {one.item for one in of(application_id, version)}:
            raise Refused("item_unknown", item=item)
        database.execute_sql(
            "DELETE FROM review_tick WHERE application_id = ? AND version = ? AND item = ?",
            (application_id, version, item),
        )
        if done:
            database.execute_sql(
                "INSERT INTO review_tick (application_id, version, item, ticked_by, ticked_at) VALUES (?, ?, ?, ?, ?)",
                (application_id, version, item, actor.user_id, clock.stamp()),
            )
        details = {"version": version, "item": item, "done": done}
        operation_log.record(actor, "tick_application", "application", application_id, details=details)


def carry_over(application_id: int, before: int, now: int) -> None:
    """Keep the ticks where only an answer about a match made the new version: nothing that was verified changed."""
    database.execute_sql(
        "INSERT INTO review_tick (application_id, version, item, ticked_by, ticked_at)"
        " SELECT application_id, ?, item, ticked_by, ticked_at FROM review_tick"
        " WHERE application_id = ? AND version = ?",
        (now, application_id, before),
    )
