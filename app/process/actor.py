"""Who acts, and what they may do. The rights are read from the database inside the transaction, never from a window."""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database
from app.process import clock

HELD_TODAY = (
    "(user_role.from_date = '' OR user_role.from_date <= :today)"
    " AND (user_role.to_date = '' OR user_role.to_date >= :today)"
)
"""A role may be lent from a day to a day: this says in SQL that it is held on :today."""

_RIGHTS_NOW = f"""
    FROM user JOIN user_role ON user_role.user_id = user.id JOIN right_grant ON right_grant.role = user_role.role
    WHERE user.id = :user AND user.active = 1 AND {HELD_TODAY}
"""


@dataclass(frozen=True)
class Actor:
    """The person who signed in: every use case takes one as its first argument."""

    user_id: int
    login: str
    name: str


def require(actor: Actor, right: str) -> None:
    """Go on only if the actor holds the right today; raises Refused no_right. Call it inside the transaction."""
    require_any(actor, right)


def require_any(actor: Actor, *rights: str) -> None:
    """Go on if the actor holds at least one of the rights today; raises Refused no_right, naming the first."""
    if not rights_of(actor) & set(rights):
        raise Refused("no_right", right=rights[0])


def rights_of(actor: Actor) -> frozenset[str]:
    """All rights that the actor holds today."""
    rows = database.execute_sql(f"SELECT DISTINCT right_grant.right {_RIGHTS_NOW}", _asked(actor))
    return frozenset(right for (right,) in rows)


def roles_with(actor: Actor, *rights: str) -> frozenset[str]:
    """The roles through which the actor holds one of these rights today."""
    rows = database.execute_sql(f"SELECT DISTINCT right_grant.role, right_grant.right {_RIGHTS_NOW}", _asked(actor))
    return frozenset(role for role, right in rows if right in rights)


def _asked(actor: Actor) -> dict[str, object]:
    return {"user": actor.user_id, "today": clock.today()}
