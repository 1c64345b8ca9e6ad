"""What is agreed already among what is shown: it is not priced again."""

from typing import TypeVar

from app.rules.person import Discount, EnrolmentLine

T = TypeVar("T", EnrolmentLine, Discount)


def taken(agreed: list[T], one: T) -> T | None:
    """The agreed one that this is (a line may end on another day), taken out of the list; None if there is none."""
    found = next((other for other in agreed if _known_by(other) == _known_by(one)), None)
    if found is not None:
        agreed.remove(found)
    return found


def _known_by(one: EnrolmentLine | Discount) -> tuple[object, ...]:
    if isinstance(one, Discount):
        return one.rule, one.reason, one.fen
    return one.service_id, one.session, one.weekdays, one.from_date, one.unit
