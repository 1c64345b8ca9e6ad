"""Running numbers without gaps: of receipts, sheets, statements and students."""

from app.models.database import database


def next_number(counter: str) -> int:
    """Move the counter by one and give its new value: 1, 2, 3 … Inside a unit of work: a rollback takes it back."""
    if not database.in_transaction():
        message = "next_number outside a unit of work would leave a gap"
        raise RuntimeError(message)
    database.execute_sql("INSERT INTO counter (name, value) VALUES (?, 0) ON CONFLICT (name) DO NOTHING", (counter,))
    moved = "UPDATE counter SET value = value + 1 WHERE name = ? RETURNING value"
    return int(database.execute_sql(moved, (counter,)).fetchone()[0])
