"""Who acts, and what they may do. The rights are read from the database inside the transaction, never from a window."""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database
from app.process import clock

_RIGHTS_NOW = """
    FROM user JOIN user_role ON user_role.user_id = user.id JOIN right_grant ON right_grant.role = user_role.role
    WHERE user.id = ? AND user.active = 1
      AND (user_role.from_date = '' OR user_role.from_date <= ?) AND (user_role.to_date = '' OR user_role.to_date >= ?)
"""


@dataclass(frozen=True)
class Actor:
    """The person who signed in: every use case takes one as its first argument."""

    user_id: int
    login: str
    name: str


def require(actor: Actor, right: str) -> None:
    """Go on only if the actor holds the right today; raises Refused no_right. Call it inside the transaction."""
    today = clock.today()
    found = database.execute_sql(
        f"SELECT 1 {_RIGHTS_NOW} AND right_grant.right = ? LIMIT 1",
        (actor.user_id, today, today, right),
    ).fetchone()
    if not found:
        raise Refused("no_right", right=right)


def require_any(actor: Actor, *rights: str) -> None:
    """Go on if the actor holds at least one of the rights today; raises Refused no_right, naming the first."""
    if not rights_of(actor) & set(rights):
        raise Refused("no_right", right=rights[0])


def rights_of(actor: Actor) -> frozenset[str]:
    """All rights that the actor holds today."""
    today = clock.today()
    rows = database.execute_sql(
        f"SELECT DISTINCT right_grant.right {_RIGHTS_NOW}",
        (actor.user_id, today, today),
    )
    return frozenset(right for (right,) in rows)
