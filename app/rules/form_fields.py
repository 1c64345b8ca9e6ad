"""The fields of a registration by name: what differs between two, what a signature covers, and how to go back.

A field's name says where it stands: `child.address`, `guardians.12.mobile` (12 = id of the guardian; `new1` while it
has none; the position when ids do not count), `contacts.1.name`, `pick_up.alone_from`, `health.allergies`,
`consents.photos.given`, `services.lines.1.to_date`, `services.discounts.1.fen`. Values are text as the operation log
keeps them: yes and no are "1" and "0", nothing is "", several are joined by a comma. Something that is in a list has
at least one value; something that is not has none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar, get_origin

from app.rules.person import Child, Consent, Contact, Guardian, Health, PickUp, Registration

T = TypeVar("T")
Changes = dict[str, tuple[str, str]]

_COVERED = ("guardians.", "contacts.", "pick_up.", "health.", "consents.", "services.lines.", "services.discounts.")
_COVERED_OF_CHILD = frozenset({
    "child.name", "child.sex", "child.birth_date", "child.identity_kind", "child.identity_number",
    "child.special_needs",
})  # fmt: skip
_NOT_COVERED = (".position", ".id", ".service_name")
HEALTH = ("health.", "child.special_needs")
"""How the fields begin that only those with the right see_health are shown."""
IDENTITY = "child.identity_number"
"""The field that is shown in full only to those with the right see_identity."""


def flat(registration: Registration, *, by_id: bool = True) -> dict[str, str]:
    """All fields of a registration with their values; guardians by id, or by place when ids do not count."""
    found: dict[str, str] = {}
    _put(found, "child", registration.child)
    for place, guardian in enumerate(registration.guardians, 1):
        name = f"guardians.{(guardian.id or f'new{place}') if by_id else place}"
        _put(found, name, guardian, leave_out=("id",))
        found[f"{name}.position"] = str(place)
    for place, contact in enumerate(registration.contacts, 1):
        _put(found, f"contacts.{place}", contact)
    _put(found, "pick_up", registration.pick_up)
    _put(found, "health", registration.health)
    for consent in registration.consents:
        if consent.given is not None:
            _put(found, f"consents.{consent.kind}", consent, leave_out=("kind",))
    found["services.start_date"] = registration.services.start_date
    found["services.class_id"] = _text(registration.services.class_id)
    for place, line in enumerate(registration.services.lines, 1):
        _put(found, f"services.lines.{place}", line, leave_out=() if by_id else ("service_name",))
    for place, discount in enumerate(registration.services.discounts, 1):
        _put(found, f"services.discounts.{place}", discount)
    return found


def differences(before: Registration, after: Registration, *, by_id: bool = True) -> Changes:
    """The fields whose values differ, as (before, after)."""
    old, new = flat(before, by_id=by_id), flat(after, by_id=by_id)
    names = [*old, *(name for name in new if name not in old)]
    return {name: (old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")}


def covered_by_signature(field: str) -> bool:
    """Tell whether a change of this field makes the signed confirmation stale (product.md P4).

    Guardians, contacts and phones, pick-up, health, consents, services and fees; of the child itself who it is. Not
    what moves by itself at the change of a school year (school, grade, class), nor the class of the centre.
    """
    return (field in _COVERED_OF_CHILD or field.startswith(_COVERED)) and not field.endswith(_NOT_COVERED)


def with_values(registration: Registration, values: Mapping[str, str]) -> Registration:
    """The registration with some fields set to other values, as an undo needs it; services are left as they are."""
    merged = flat(registration) | dict(values)
    return Registration(
        child=_built(Child, "child", merged),
        guardians=tuple(
            _built(Guardian, f"guardians.{key}", merged, id=int(key) if key.isdigit() else None)
            for key in sorted(_keys("guardians", merged), key=lambda key: _place(key, merged))
        ),
        contacts=tuple(
            _built(Contact, f"contacts.{key}", merged) for key in sorted(_keys("contacts", merged), key=int)
        ),
        pick_up=_built(PickUp, "pick_up", merged),
        health=_built(Health, "health", merged),
        consents=tuple(_built(Consent, f"consents.{key}", merged, kind=key) for key in _keys("consents", merged)),
        services=registration.services,
    )


def _place(key: str, values: Mapping[str, str]) -> int:
    return int(values.get(f"guardians.{key}.position") or 0)


def _keys(section: str, values: Mapping[str, str]) -> list[str]:
    found: dict[str, None] = {}
    for name, value in values.items():
        if value and name.startswith(f"{section}."):
            found[name.split(".")[1]] = None
    return list(found)


def _put(found: dict[str, str], name: str, thing: Any, leave_out: Iterable[str] = ()) -> None:  # noqa: ANN401 - any section
    for one in fields(thing):
        if one.name not in leave_out:
            found[f"{name}.{one.name}"] = _text(getattr(thing, one.name))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)


def _built(kind: type[T], name: str, values: Mapping[str, str], /, **more: object) -> T:
    given = {one.name: _value(one.type, values.get(f"{name}.{one.name}", "")) for one in fields(kind)}  # type: ignore[arg-type]
    return kind(**(given | more))


def _value(kind: Any, text: str) -> object:  # noqa: ANN401 - a type as dataclasses give it
    if kind is str:
        return text
    if kind is bool:
        return text == "1"
    if kind is int:
        return int(text or 0)
    if get_origin(kind) is tuple:
        return tuple(part for part in text.split(",") if part)
    if not text:
        return None
    return text == "1" if "bool" in str(kind) else int(text)
