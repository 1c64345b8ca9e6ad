"""Drafts: registrations that are still being typed. One small write each, no log entry. Reached as `application.…`."""

import json
from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import clock, hidden
from app.process.actor import Actor, require, rights_of
from app.rules.person import Registration, from_plain


@dataclass(frozen=True)
class DraftRow:
    """A registration that is still being typed: held work, with its author."""

    id: int
    title: str
    step: int
    author: str
    mine: bool
    updated_at: str
    application_id: int | None


@dataclass(frozen=True)
class Draft:
    """An opened draft."""

    id: int
    registration: Registration
    step: int
    application_id: int | None
    updated_at: str
    version: int = 0  # of the application that was taken up
    channel: str = "counter"


def save_draft(
    actor: Actor,
    draft_id: int | None,
    registration: Registration,
    step: int,
    *,
    application_id: int | None = None,
    version: int = 0,
    channel: str = "counter",
) -> int:
    """Keep what is typed so far; gives the id of the draft. One row is written: a kill costs one field at most.

    A draft that is gone meanwhile is made anew: what was typed is worth more than the number. The author stays who
    began it. Of an application that was taken up, `version` is the one that is being changed. `channel` is how it
    came: at the counter, or on a paper form that is typed in. Needs register.
    """
    form, title = _storable(as_text(registration, version=version, channel=channel)), _storable(registration.child.name)
    now = clock.now().isoformat(timespec="milliseconds")
    with unit_of_work():
        require(actor, "register")
        changed = database.execute_sql(
            "UPDATE draft SET form = ?, step = ?, title = ?, updated_at = ? WHERE id = ? RETURNING id",
            (form, step, title, now, draft_id),
        ).fetchone()
        if changed is None:
            changed = database.execute_sql(
                "INSERT INTO draft (author_id, application_id, step, title, form, created_at, updated_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                (actor.user_id, application_id, step, title, form, now, now),
            ).fetchone()
    return int(changed[0])


def drafts(actor: Actor) -> tuple[DraftRow, ...]:
    """All held work, the latest first, that of others too. Needs register."""
    require(actor, "register")
    rows = database.execute_sql(
        "SELECT d.id, d.title, d.step, user.name, d.author_id, d.updated_at, d.application_id"
        " FROM draft d JOIN user ON user.id = d.author_id ORDER BY d.updated_at DESC, d.id DESC",
    )
    return tuple(
        DraftRow(draft_id, title, step, author, author_id == actor.user_id, updated_at, application_id)
        for draft_id, title, step, author, author_id, updated_at, application_id in rows
    )


def open_draft(actor: Actor, draft_id: int) -> Draft:
    """Take up held work where it was left. Needs register, and for that of others the rights to see what is in it.

    Raises Refused no_right, draft_unknown.
    """
    require(actor, "register")
    row = database.execute_sql(
        "SELECT id, form, step, application_id, updated_at, author_id FROM draft WHERE id = ?", (draft_id,),
    ).fetchone()  # fmt: skip
    if row is None:
        raise Refused("draft_unknown")
    key, form, step, application_id, updated_at, author_id = row
    plain = json.loads(form)
    registration = from_plain(plain)
    hidden.require_whole(actor, registration, author_id)
    version, channel = plain.get("version", 0), plain.get("channel", "counter")
    return Draft(key, registration, step, application_id, updated_at, version, channel)


def drop_draft(actor: Actor, draft_id: int) -> None:
    """Throw held work away: one's own with the right register, anybody's with review too.

    Raises Refused no_right, draft_of_another.
    """
    with unit_of_work():
        require(actor, "register")
        row = database.execute_sql(
            "SELECT d.author_id, user.name FROM draft d JOIN user ON user.id = d.author_id WHERE d.id = ?", (draft_id,),
        ).fetchone()  # fmt: skip
        if row and row[0] != actor.user_id and "review" not in rights_of(actor):
            raise Refused("draft_of_another", author=row[1])
        database.execute_sql("DELETE FROM draft WHERE id = ?", (draft_id,))


def as_text(registration: Registration, **more: object) -> str:
    """A registration as it is stored: compact JSON, with what goes along."""
    parts = vars(registration) | more
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=vars)  # a fifth of what asdict takes


def _storable(text: str) -> str:
    """A text as it is typed may hold half a character (a broken paste); it must not stop the saving."""
    return text.encode("utf-8", "replace").decode()
