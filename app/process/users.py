"""Users, their roles and passwords, and the table right x role. Reached as `office.users`, `office.add_user` …."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import clock, data_folder, keys, operation_log
from app.process.actor import HELD_TODAY, Actor, require, require_any
from app.rules.rights import RIGHTS, ROLES


@dataclass(frozen=True)
class UserRow:
    """A user as the settings page shows one."""

    id: int
    login: str
    name: str
    roles: tuple[str, ...]
    active: bool


def users(actor: Actor) -> tuple[UserRow, ...]:
    """All users, those who left too. Needs manage_users or manage_centre (teachers of classes)."""
    require_any(actor, "manage_users", "manage_centre")
    rows = database.execute_sql("SELECT id, login, name, active FROM user ORDER BY active DESC, name, id").fetchall()
    return tuple(UserRow(one, login, name, roles_of(one), bool(active)) for one, login, name, active in rows)


def roles_of(user_id: int) -> tuple[str, ...]:
    """The roles a user holds today, in the order of rules/rights.py."""
    rows = database.execute_sql(
        f"SELECT role FROM user_role WHERE user_id = :user AND {HELD_TODAY}",  # noqa: S608 - a constant
        {"user": user_id, "today": clock.today()},
    )
    held = {role for (role,) in rows}
    return tuple(role for role in ROLES if role in held)


@dataclass(frozen=True)
class NewUser:
    """A user on the way in: `derive()` in any thread, then `enter_user` with what it gives."""

    login: str
    name: str
    roles: tuple[str, ...]
    key: bytes = field(repr=False)
    password: str = field(repr=False)

    def derive(self) -> "DerivedUser":
        """Derive from the password: slow on purpose. Touches no database, writes no keys."""
        slot = keys.slot_for(self.key, self.login, self.name, self.password)
        return DerivedUser(self.login, self.name, self.roles, slot)


@dataclass(frozen=True)
class DerivedUser:
    """A user, ready to be entered."""

    login: str
    name: str
    roles: tuple[str, ...]
    slot: keys.Slot


def begin_user(actor: Actor, login: str, name: str, roles: Iterable[str], password: str) -> NewUser:
    """A new user with a password. Needs manage_users; nothing is written yet.

    Raises Refused no_right, login_missing, login_taken, name_missing, unknown_role, and those of keys.check_password.
    """
    login, name, chosen = login.strip(), name.strip(), _known_roles(roles)
    if not login:
        raise Refused("login_missing")
    if not name:
        raise Refused("name_missing")
    keys.check_password(password)
    require(actor, "manage_users")
    _refuse_taken(login)
    return NewUser(login, name, tuple(chosen), data_folder.key(), password)


def enter_user(actor: Actor, ready: DerivedUser) -> int:
    """Let a new user sign in from now on, and give the id. Needs manage_users. Raises Refused login_taken."""
    with unit_of_work():
        require(actor, "manage_users")
        _refuse_taken(ready.login)
        (user_id,) = database.execute_sql(
            "INSERT INTO user (login, name, created_at) VALUES (?, ?, ?) RETURNING id",
            (ready.login, ready.name, clock.stamp()),
        ).fetchone()
        _write_roles(user_id, list(ready.roles))
        operation_log.record(
            actor, "add_user", "user", user_id, details={"roles": list(ready.roles)},
            values={"login": ("", ready.login), "name": ("", ready.name)},
        )  # fmt: skip
        # last: if the commit fails, a slot without a user is left over, and nobody gets in with it
        keys.use_slot(data_folder.folder(), ready.slot)
    return int(user_id)


def add_user(actor: Actor, login: str, name: str, roles: Iterable[str], password: str) -> int:
    """`begin_user`, `derive` and `enter_user` in one go; a window lets the slow part run beside."""
    return enter_user(actor, begin_user(actor, login, name, roles, password).derive())


def _refuse_taken(login: str) -> None:
    """keys.json would take two logins for one that differ in case alone."""
    if login.casefold() in {known.casefold() for (known,) in database.execute_sql("SELECT login FROM user")}:
        raise Refused("login_taken", login=login)


def set_roles(actor: Actor, user_id: int, roles: Iterable[str]) -> None:
    """Give a user exactly these roles, without limit of time. Needs manage_users.

    Raises Refused last_manager, unknown_role, unknown_user.
    """
    chosen = _known_roles(roles)
    with unit_of_work():
        require(actor, "manage_users")
        _user(user_id)
        before = list(roles_of(user_id))
        database.execute_sql("DELETE FROM user_role WHERE user_id = ?", (user_id,))
        _write_roles(user_id, chosen)
        _somebody_manages()
        operation_log.record(actor, "set_roles", "user", user_id, details={"before": before, "after": chosen})


def set_active(actor: Actor, user_id: int, active: bool) -> None:  # noqa: FBT001 - the state itself
    """Let a user in again, or close the door: then the slot goes and the password is worth nothing. Needs manage_users.

    Who comes back needs a new password (set_password). Raises Refused last_manager, own_account.
    """
    with unit_of_work():
        require(actor, "manage_users")
        login, _ = _user(user_id)
        if user_id == actor.user_id:
            raise Refused("own_account")
        database.execute_sql("UPDATE user SET active = ? WHERE id = ?", (int(active), user_id))
        _somebody_manages()
        operation_log.record(actor, "set_active", "user", user_id, details={"active": bool(active)})
        if not active:
            keys.remove_slot(data_folder.folder(), login)


@dataclass(frozen=True)
class NewPassword:
    """A new password on its way: `derive()` in any thread, then `use_password` with what it gives.

    `old` is None when somebody else's password is set.
    """

    user_id: int
    login: str
    name: str
    folder: Path
    key: bytes = field(repr=False)
    password: str = field(repr=False)
    old: str | None = field(repr=False)

    def derive(self) -> "DerivedPassword":
        """Check the old password and derive from the new one: slow on purpose. Touches no database, writes no keys.

        Raises Refused wrong_password, locked_out.
        """
        if self.old is not None:
            keys.unlock(self.folder, self.login, self.old)
        return DerivedPassword(self.user_id, keys.slot_for(self.key, self.login, self.name, self.password))


@dataclass(frozen=True)
class DerivedPassword:
    """A new password, ready to be used."""

    user_id: int
    slot: keys.Slot


def begin_password(actor: Actor, user_id: int, password: str, *, old: str = "") -> NewPassword:
    """A new password for a user (forgotten, or come back): needs manage_users. Oneself: needs the `old` password.

    Whoever passes an open window cannot take the account over with it; wrong ones count as at the sign-in.
    Raises Refused no_right, unknown_user, user_not_active, and those of keys.check_password; `NewPassword.derive` those
    of the old password.
    """
    keys.check_password(password)
    login, name = _whose_password(actor, user_id)
    own = user_id == actor.user_id
    return NewPassword(
        user_id, login, name, data_folder.folder(), data_folder.key(), password, old if own else None,
    )  # fmt: skip


def use_password(actor: Actor, derived: DerivedPassword) -> None:
    """Let a user in with the new password from now on. Raises Refused no_right, unknown_user, user_not_active."""
    with unit_of_work():
        _whose_password(actor, derived.user_id)
        operation_log.record(actor, "set_password", "user", derived.user_id)
        keys.use_slot(data_folder.folder(), derived.slot)


def set_password(actor: Actor, user_id: int, password: str, *, old: str = "") -> None:
    """`begin_password`, `derive` and `use_password` in one go; a window lets the slow part run beside."""
    use_password(actor, begin_password(actor, user_id, password, old=old).derive())


def _whose_password(actor: Actor, user_id: int) -> tuple[str, str]:
    """Login and name of the user whose password the actor may set."""
    if user_id != actor.user_id:
        require(actor, "manage_users")
    login, name = _user(user_id)
    if not database.execute_sql("SELECT active FROM user WHERE id = ?", (user_id,)).fetchone()[0]:
        raise Refused("user_not_active", name=name)
    return login, name


@dataclass(frozen=True)
class NewRecoveryKey:
    """A new recovery key on its way: `printed` goes on paper, `derive()` in any thread, then `use_recovery_key`."""

    printed: str = field(repr=False)
    key: bytes = field(repr=False)

    def derive(self) -> "DerivedRecoveryKey":
        """Derive from the new key: slow on purpose. Touches no database, writes no keys."""
        return DerivedRecoveryKey(keys.recovery_slot_for(self.key, self.printed))


@dataclass(frozen=True)
class DerivedRecoveryKey:
    """A new recovery key, ready to be used."""

    slot: keys.Slot


def begin_recovery_key(actor: Actor) -> NewRecoveryKey:
    """A new recovery key to be printed and typed back; until `use_recovery_key` the paper that is there holds.

    Needs manage_users.
    """
    require(actor, "manage_users")
    return NewRecoveryKey(keys.new_recovery_key(), data_folder.key())


def use_recovery_key(actor: Actor, derived: DerivedRecoveryKey) -> None:
    """From now on the new paper opens the data, and the old one nothing any more. Needs manage_users.

    The slot comes after the commit: whatever fails in between, the old paper or the new one opens, never neither, and
    the check of the folder tells that the new one is not in use (recovery_key_not_replaced). Raises Refused disk_full.
    """
    with unit_of_work():
        require(actor, "manage_users")
        operation_log.record(actor, "new_recovery_key", "centre", details={"slot": derived.slot.mark})
    keys.use_slot(data_folder.folder(), derived.slot)


def grants(actor: Actor) -> dict[str, frozenset[str]]:
    """The table right x role: for every role its rights. Needs manage_users."""
    require(actor, "manage_users")
    table: dict[str, set[str]] = {role: set() for role in ROLES}
    for role, right in database.execute_sql('SELECT role, "right" FROM right_grant'):
        table.setdefault(role, set()).add(right)
    return {role: frozenset(rights) for role, rights in table.items()}


def set_grants(actor: Actor, role: str, rights: Iterable[str]) -> None:
    """Give a role exactly these rights. Needs manage_users.

    Raises Refused unknown_role, unknown_right, last_manager.
    """
    chosen = sorted(set(rights))
    _known_roles([role])
    for right in chosen:
        if right not in RIGHTS:
            raise Refused("unknown_right", right=right)
    with unit_of_work():
        before = sorted(grants(actor)[role])
        database.execute_sql("DELETE FROM right_grant WHERE role = ?", (role,))
        for right in chosen:
            database.execute_sql('INSERT INTO right_grant (role, "right") VALUES (?, ?)', (role, right))
        _somebody_manages()
        details = {"role": role, "given": sorted(set(chosen) - set(before)), "taken": sorted(set(before) - set(chosen))}
        operation_log.record(actor, "set_grants", "rights", details=details)


def _user(user_id: int) -> tuple[str, str]:
    row = database.execute_sql("SELECT login, name FROM user WHERE id = ?", (user_id,)).fetchone()
    if row is None:
        raise Refused("unknown_user")
    return row[0], row[1]


def _known_roles(roles: Iterable[str]) -> list[str]:
    chosen = sorted(set(roles))
    for role in chosen:
        if role not in ROLES:
            raise Refused("unknown_role", role=role)
    return chosen


def _write_roles(user_id: int, roles: list[str]) -> None:
    for role in roles:
        database.execute_sql("INSERT INTO user_role (user_id, role) VALUES (?, ?)", (user_id, role))


def _somebody_manages() -> None:
    """Refuse what would leave nobody who may manage users for ever."""
    found = database.execute_sql(
        "SELECT 1 FROM user JOIN user_role ON user_role.user_id = user.id"
        " JOIN right_grant ON right_grant.role = user_role.role"
        " WHERE user.active = 1 AND user_role.from_date = '' AND user_role.to_date = ''"
        " AND right_grant.\"right\" = 'manage_users' LIMIT 1",
    ).fetchone()
    if not found:
        raise Refused("last_manager")
