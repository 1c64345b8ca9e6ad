"""The office: settings of the centre, pick-list memory, views and classes.

Users and the table of rights are in `users.py`; both are reached through this module by those who use them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Refused
from app.models import stored_files
from app.models.database import database, unit_of_work
from app.process import clock, operation_log
from app.process.actor import Actor, require, require_any, rights_of
from app.process.student_states import IS_NOT_GONE
from app.process.users import (
    UserRow,
    add_user,
    begin_password,
    begin_recovery_key,
    begin_user,
    enter_user,
    grants,
    roles_of,
    set_active,
    set_grants,
    set_password,
    set_roles,
    use_password,
    use_recovery_key,
    users,
)
from app.rules import completing, numbers

__all__ = [
    "Actor", "CareClass", "Centre", "UserRow", "add_user", "begin_password", "begin_recovery_key", "begin_user",
    "centre", "change_logo", "change_settings", "classes", "enter_user", "grants", "remember_values", "require",
    "require_any", "rights_of", "roles_of", "save_class", "save_view", "set_active", "set_grants", "set_password",
    "set_roles", "setting", "settings", "use_password", "use_recovery_key", "used_values", "users", "view",
]  # fmt: skip

SETTINGS = {  # name: what holds until somebody changes it
    "centre_name": "",
    "centre_english": "",
    "centre_address": "",
    "centre_phone": "",
    "centre_logo": "",  # SHA-256 of the picture in files.db; changed by change_logo
    "language": "",  # "zh", "en", or "" as the computer's own
    "one_person_may_approve": "1",
    "keyed_may_approve_clean": "1",
    "pay_before_signature": "remind",  # remind, warn, refuse
    "screen_signature": "1",  # whether parents may sign on the screen; paper is the stronger form
    "student_number_form": "{year}{no:04d}",
    "sibling_discount_percent": "10",
    "idle_lock_minutes": "5",
    "practice": "0",
    "review_days": "2",  # working days
    "answer_days": "3",  # working days in which a family is asked to answer
    "review_items": "证件真实 联系方式有效 健康信息完整",  # what a reviewer ticks, with spaces between
    "unsigned_days": "3",
    "consent_paper_days": "7",  # so long a consent given at the counter opens health without a signed sheet
    "ending_soon_days": "14",
    "second_backup": "",  # a folder on another disk
    "complete_text": completing.TEXT,  # asks families to complete their application
}
_FIXED = frozenset({"practice", "centre_logo"})  # not changed by change_settings
_CHOICES = {"pay_before_signature": ("remind", "warn", "refuse"), "language": ("", "zh", "en")}
_SWITCHES = frozenset({"one_person_may_approve", "keyed_may_approve_clean", "screen_signature"})
_NUMBERS = {
    "sibling_discount_percent": (0, 100), "idle_lock_minutes": (0, 240), "review_days": (0, 60),
    "answer_days": (0, 60),
    "unsigned_days": (0, 60), "consent_paper_days": (0, 60), "ending_soon_days": (0, 90),
}  # fmt: skip
_REMEMBERED = 50  # values shown in a pick list


@dataclass(frozen=True)
class Centre:
    """Who prints the papers. `logo` is the bytes of a picture, or empty."""

    name: str
    english_name: str
    address: str
    phone: str
    logo: bytes


@dataclass(frozen=True)
class CareClass:
    """A class of the centre (托管班) with its teacher's name and how many students are in it."""

    id: int
    name: str
    room: str
    capacity: int
    teacher: str
    students: int
    teacher_id: int | None = None


# settings -----------------------------------------------------------------------------------------------------------


def setting(name: str, default: str = "") -> str:
    """One setting of the centre: what was saved, else what holds for everybody, else `default`."""
    row = database.execute_sql("SELECT value FROM centre_setting WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else SETTINGS.get(name, "") or default


def settings(actor: Actor) -> dict[str, str]:
    """All settings by name. Whoever is signed in may read them."""
    _signed_in(actor)
    saved = dict(database.execute_sql("SELECT name, value FROM centre_setting").fetchall())
    return {name: str(saved.get(name, default)) for name, default in SETTINGS.items()}


def change_settings(actor: Actor, changes: Mapping[str, str]) -> None:
    """Change settings of the centre; they hold at once. Needs manage_centre.

    Raises Refused unknown_setting, bad_setting (value outside its choices or limits), and those of
    numbers.check_student_form.
    """
    with unit_of_work():
        require(actor, "manage_centre")
        before = {name: setting(name) for name in changes}
        for name, value in changes.items():
            _check_setting(name, value)
            _save_setting(name, value)
        operation_log.record(
            actor, "change_settings", "centre", values={name: (before[name], value) for name, value in changes.items()},
        )  # fmt: skip


def change_logo(actor: Actor, picture: bytes) -> None:
    """Set the picture on papers (empty bytes: none). Needs manage_centre. Raises Refused logo_too_big(megabytes)."""
    most = 2_000_000
    if len(picture) > most:
        raise Refused("logo_too_big", megabytes=most // 1_000_000)
    with unit_of_work():
        require(actor, "manage_centre")
        before, digest = setting("centre_logo"), stored_files.store("logo", picture, clock.now()) if picture else ""
        _save_setting("centre_logo", digest)
        operation_log.record(actor, "change_logo", "centre", details={"before": before[:16], "after": digest[:16]})


def centre() -> Centre:
    """Name, address, phone and logo, as papers show them."""
    digest = setting("centre_logo")
    return Centre(
        setting("centre_name"), setting("centre_english"), setting("centre_address"), setting("centre_phone"),
        stored_files.content(digest) if digest else b"",
    )  # fmt: skip


def _check_setting(name: str, value: str) -> None:
    if name not in SETTINGS or name in _FIXED:
        raise Refused("unknown_setting", name=name)
    fits = True
    if name == "student_number_form":  # one that gives the same number twice would let nobody in any more
        numbers.check_student_form(value)
    elif name in _CHOICES:
        fits = value in _CHOICES[name]
    elif name in _SWITCHES:
        fits = value in ("0", "1")
    elif name in _NUMBERS:
        low, high = _NUMBERS[name]
        fits = value.isascii() and value.isdigit() and low <= int(value) <= high
    elif name == "complete_text":
        completing.check_template(value)
    elif name == "centre_name":
        fits = bool(value.strip())
    if not fits:
        raise Refused("bad_setting", name=name, value=value)


def _save_setting(name: str, value: str) -> None:
    database.execute_sql(
        "INSERT INTO centre_setting (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _signed_in(actor: Actor) -> None:
    if not database.execute_sql("SELECT 1 FROM user WHERE id = ? AND active = 1", (actor.user_id,)).fetchone():
        raise Refused("not_signed_in")


# what is remembered for a person or a field -------------------------------------------------------------------------


def view(actor: Actor, name: str) -> str:
    """What the actor last saved for a view (columns, filters), or ""."""
    row = database.execute_sql(
        "SELECT value FROM user_view WHERE user_id = ? AND name = ?", (actor.user_id, name),
    ).fetchone()  # fmt: skip
    return str(row[0]) if row else ""


def save_view(actor: Actor, name: str, value: str) -> None:
    """Keep a view setting of the actor. Needs no right and leaves no log entry: it changes nothing for anybody else."""
    with unit_of_work():
        _signed_in(actor)
        database.execute_sql(
            "INSERT INTO user_view (user_id, name, value) VALUES (?, ?, ?)"
            " ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value",
            (actor.user_id, name, value),
        )


def used_values(actor: Actor, field: str) -> tuple[str, ...]:
    """What was typed in a pick list before, last used first."""
    _signed_in(actor)
    rows = database.execute_sql(
        "SELECT value FROM used_value WHERE field = ? ORDER BY last_used DESC, value LIMIT ?", (field, _REMEMBERED),
    )  # fmt: skip
    return tuple(value for (value,) in rows)


def remember_values(values: Mapping[str, str]) -> None:
    """Remember what was typed in each field, inside the unit of work that used it. Empty ones are left out."""
    at = clock.now().isoformat(timespec="microseconds")
    for field, value in values.items():
        if value:
            database.execute_sql(
                "INSERT INTO used_value (field, value, last_used) VALUES (?, ?, ?)"
                " ON CONFLICT (field, value) DO UPDATE SET last_used = excluded.last_used",
                (field, value, at),
            )


# classes ------------------------------------------------------------------------------------------------------------


def classes(actor: Actor) -> tuple[CareClass, ...]:
    """The classes in use, in their order, with the number of students who are not gone."""
    _signed_in(actor)
    rows = database.execute_sql(
        "SELECT c.id, c.name, c.room, c.capacity, coalesce(u.name, ''), (SELECT count(*) FROM student"  # noqa: S608 - constants
        f" WHERE student.class_id = c.id AND student.{IS_NOT_GONE}), c.teacher_id"
        " FROM care_class c LEFT JOIN user u ON u.id = c.teacher_id WHERE c.active = 1 ORDER BY c.position, c.id",
    )
    return tuple(CareClass(*row) for row in rows)


def save_class(
    actor: Actor, class_id: int | None, name: str, room: str, capacity: int, teacher_id: int | None,
) -> int:  # fmt: skip
    """Add a class (class_id None) or change one, and give its id. Needs manage_centre. `capacity` 0: no limit.

    Raises Refused class_name_missing, class_name_taken, bad_capacity, unknown_class, unknown_user.
    """
    name = name.strip()
    with unit_of_work():
        require(actor, "manage_centre")
        _check_class(class_id, name, capacity, teacher_id)
        before = (
            database.execute_sql("SELECT name, room, capacity, teacher_id FROM care_class WHERE id = ?", (class_id,))
            .fetchone() if class_id else None
        )  # fmt: skip
        if class_id is None:
            (class_id,) = database.execute_sql(
                "INSERT INTO care_class (name, room, capacity, teacher_id, position) VALUES"
                " (?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM care_class)) RETURNING id",
                (name, room, capacity, teacher_id),
            ).fetchone()
        else:
            database.execute_sql(
                "UPDATE care_class SET name = ?, room = ?, capacity = ?, teacher_id = ? WHERE id = ?",
                (name, room, capacity, teacher_id, class_id),
            )
        details = {"before": list(before) if before else None, "after": [name, room, capacity, teacher_id]}
        operation_log.record(actor, "save_class", "class", class_id, details=details)
    return class_id


def _check_class(class_id: int | None, name: str, capacity: int, teacher_id: int | None) -> None:
    if not name:
        raise Refused("class_name_missing")
    if capacity < 0:
        raise Refused("bad_capacity")
    known = database.execute_sql("SELECT id FROM care_class WHERE name = ?", (name,)).fetchone()
    if known and known[0] != class_id:
        raise Refused("class_name_taken", name=name)
    if class_id and not database.execute_sql("SELECT 1 FROM care_class WHERE id = ?", (class_id,)).fetchone():
        raise Refused("unknown_class")
    if teacher_id and not database.execute_sql("SELECT 1 FROM user WHERE id = ?", (teacher_id,)).fetchone():
        raise Refused("unknown_user")
