"""How the rows of a table are read: prepared once, for thousands of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.rules.form_columns import columns as proposing
from app.rules.form_columns.fields import (
    COLLECTORS,
    CONTACT_BOXES,
    CONTACTS,
    GUARDIAN_BOXES,
    GUARDIANS,
    JOINED,
    SUBMITTED_AT,
)
from app.rules.form_values import days
from app.rules.person import CONSENT_KINDS

_BOXES = tuple(f".{box}" for box in (*GUARDIAN_BOXES, *CONTACT_BOXES))
_GUARDIAN_KEYS = tuple(
    tuple(f"guardians.{at}.{part}" for part in ("name", "relation", "mobile", "wechat", "workplace"))
    for at in range(GUARDIANS)
)
_CONTACT_KEYS = tuple(
    tuple(f"{people_of}.{at}.{part}" for part in ("name", "relation", "mobile"))
    for people_of, most in (("contacts", CONTACTS), ("collectors", COLLECTORS))
    for at in range(most)
)



@dataclass(frozen=True)
class Plan:
    """How the rows of a table are read: the field of every used column, and what the whole column tells.

    `relations`: what a guardian is by the header alone (父亲姓名). `orders`: how a column of days is read. `answers`:
    the columns by which a row is known again, in an order that is not that of the sheet. `unasked`: problems that no
    row can help. `boxes`: whether it is a form of ours, which asks what each person may do. The rest are the keys of
    those parts that have a column.
    """

    columns: tuple[str, ...]
    used: tuple[tuple[int, str], ...]
    relations: Mapping[int, str]
    orders: Mapping[str, str]
    today: str
    has_grade: bool
    guardians: tuple[tuple[int, tuple[str, ...]], ...]
    contacts: tuple[tuple[str, ...], ...]
    consents: tuple[tuple[str, str], ...]
    answers: tuple[int, ...]
    unasked: frozenset[str]
    boxes: bool


def plan(
    header: Sequence[str], columns: tuple[str, ...], rows: Sequence[Sequence[str]], today: str,
    unasked: frozenset[str] = frozenset(),
) -> Plan:  # fmt: skip
    """Prepare the reading of a table."""
    used = tuple((at, field) for at, field in enumerate(columns) if field)
    orders = {
        field: days.order(row[at] for row in rows)
        for at, field in used
        if field in ("child.birth_date", "services.start_date", SUBMITTED_AT)
    }
    present = set(columns)
    return Plan(
        columns, used, proposing.parents(header, columns), orders, today, "child.grade" in columns,
        tuple((at, keys) for at, keys in enumerate(_GUARDIAN_KEYS) if not present.isdisjoint(keys)),
        tuple(keys for keys in _CONTACT_KEYS if not present.isdisjoint(keys)),
        tuple((kind, f"consents.{kind}") for kind in CONSENT_KINDS if f"consents.{kind}" in present),
        tuple(at for field, at in sorted((field, at) for at, field in used) if field != SUBMITTED_AT),
        unasked, any(field.endswith(_BOXES) for field in present),
    )  # fmt: skip


def values(row: Sequence[str], reading: Plan) -> dict[str, str]:
    """The filled cells by field; those of several columns of one field joined."""
    found: dict[str, str] = {}
    for at, field in reading.used:
        if (text := row[at]) and not text.isspace():
            found[field] = f"{found[field]}；{text}" if field in found and field in JOINED else text
    return found
