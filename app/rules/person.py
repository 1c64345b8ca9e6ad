"""What a person types at registration: one frozen dataclass per section, edited as a copy.

Wizard, profile editor, import and process all speak these. Dates are ISO text, money is fen, an empty text means that
nothing was given. `to_plain` and `from_plain` turn a registration into JSON-able dicts and back (drafts, applications).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

SEXES = ("female", "male")
IDENTITY_KINDS = ("resident_id", "hk_macau_permit", "taiwan_permit", "passport", "birth_certificate", "other")
RELATIONS = (
    "mother", "father", "grandmother_m", "grandfather_m", "grandmother_p", "grandfather_p",
    "aunt", "uncle", "guardian", "nanny", "other",
)  # fmt: skip
GRADES = ("k1", "k2", "k3", "1", "2", "3", "4", "5", "6", "7", "8", "9")
HEALTH_MARKS = ("none_known", "food_allergy", "drug_allergy", "asthma", "medication", "halal", "other")
CONSENT_KINDS = ("privacy", "under_14", "photos", "emergency_treatment")
CHANNELS = ("counter", "paper", "online", "pdf")
SESSIONS = ("lunch", "after_school", "both", "holiday", "drop_in", "none")
WEEKDAYS_ALL = 0b0011111  # Monday is bit 0; care is Monday to Friday unless chosen otherwise


@dataclass(frozen=True)
class Child:
    """The child itself and where it lives and learns."""

    name: str = ""
    sex: str = ""
    birth_date: str = ""
    identity_kind: str = "resident_id"
    identity_number: str = ""
    school: str = ""
    grade: str = ""
    school_class: str = ""
    form_teacher: str = ""
    address: str = ""
    special_needs: str = ""
    heard_of: str = ""
    photo: str = ""  # SHA-256 of the picture in files.db


@dataclass(frozen=True)
class Guardian:
    """A guardian of this child. `id` names a guardian that is already known (brothers and sisters share one)."""

    name: str = ""
    relation: str = ""
    mobile: str = ""
    wechat: str = ""
    workplace: str = ""
    lives_with_child: bool = True
    may_collect: bool = True
    emergency: bool = True
    payer: bool = False
    id: int | None = None


@dataclass(frozen=True)
class Contact:
    """Somebody besides the guardians: an emergency contact, or a person who may fetch the child, or both."""

    name: str = ""
    relation: str = ""
    mobile: str = ""
    may_collect: bool = False
    emergency: bool = True


@dataclass(frozen=True)
class PickUp:
    """How the child leaves: 自行回家 with the time from which it may go."""

    goes_home_alone: bool = False
    alone_from: str = ""  # HH:MM
    note: str = ""


@dataclass(frozen=True)
class Health:
    """Health and diet, as far as the guardians tell."""

    marks: tuple[str, ...] = ()
    allergies: str = ""
    conditions: str = ""
    medication: str = ""
    diet: str = ""
    doctor_notes: str = ""
    insurance: str = ""


@dataclass(frozen=True)
class Consent:
    """One consent: what for, given or refused (None: not asked yet), which wording, when, by whom in what relation."""

    kind: str
    given: bool | None = None
    version: int = 1
    date: str = ""
    given_by: str = ""
    relation: str = ""


@dataclass(frozen=True)
class EnrolmentLine:
    """What is wanted: service x weekdays x session x period, with the price that was agreed.

    `quantity` counts `unit`s (5 months, 92 meals); `amount_fen` = unit_fen x quantity, never typed.
    """

    service_id: int = 0
    service_name: str = ""
    session: str = "none"
    weekdays: int = WEEKDAYS_ALL
    from_date: str = ""
    to_date: str = ""
    unit: str = "month"
    unit_fen: int = 0
    quantity: int = 1

    @property
    def paid_before(self) -> bool:
        """Whether it was taken over: its period was paid before the centre came to the program."""
        return self.quantity == 0 and self.unit_fen == 0

    @property
    def amount_fen(self) -> int:
        """Price of the line in fen."""
        return self.unit_fen * self.quantity


@dataclass(frozen=True)
class Discount:
    """A reduction: by a rule (`rule` names it) or by hand with a reason. `fen` is what is taken off, positive."""

    rule: str = ""
    reason: str = ""
    fen: int = 0


@dataclass(frozen=True)
class Services:
    """What is wanted from when, in which class of the centre."""

    lines: tuple[EnrolmentLine, ...] = ()
    discounts: tuple[Discount, ...] = ()
    start_date: str = ""
    class_id: int | None = None
    removed: tuple[Discount, ...] = ()  # proposals by rule that somebody took off, with the reason
    wanted: str = ""  # what a form said in the family's own words, until lines stand for it

    @property
    def total_fen(self) -> int:
        """What is due for entry, after discounts, in fen; never below zero."""
        return max(0, sum(line.amount_fen for line in self.lines) - sum(d.fen for d in self.discounts))


@dataclass(frozen=True)
class Registration:
    """The whole form."""

    child: Child = field(default_factory=Child)
    guardians: tuple[Guardian, ...] = ()
    contacts: tuple[Contact, ...] = ()
    pick_up: PickUp = field(default_factory=PickUp)
    health: Health = field(default_factory=Health)
    consents: tuple[Consent, ...] = ()
    services: Services = field(default_factory=Services)


def speaker(guardians: Sequence[Guardian]) -> tuple[str, str]:
    """Name and relation of the guardian who agrees or refuses where nobody else is named: who pays, else the first."""
    one = next((one for one in guardians if one.payer), guardians[0] if guardians else Guardian())
    return one.name, one.relation


def to_plain(registration: Registration) -> dict[str, Any]:
    """Give the registration as nested dicts and lists that JSON can hold."""
    return asdict(registration)


def from_plain(plain: Mapping[str, Any]) -> Registration:
    """Build a registration from what `to_plain` gave; unknown keys are ignored, missing ones get their default."""
    services = plain.get("services", {})
    health = _known(Health, plain.get("health", {}))
    health["marks"] = tuple(health.get("marks", ()))
    services_known = _known(Services, services)
    services_known["lines"] = tuple(EnrolmentLine(**_known(EnrolmentLine, line)) for line in services.get("lines", ()))
    for name in ("discounts", "removed"):
        services_known[name] = tuple(Discount(**_known(Discount, item)) for item in services.get(name, ()))
    return Registration(
        child=Child(**_known(Child, plain.get("child", {}))),
        guardians=tuple(Guardian(**_known(Guardian, one)) for one in plain.get("guardians", ())),
        contacts=tuple(Contact(**_known(Contact, one)) for one in plain.get("contacts", ())),
        pick_up=PickUp(**_known(PickUp, plain.get("pick_up", {}))),
        health=Health(**health),
        consents=tuple(Consent(**_known(Consent, one)) for one in plain.get("consents", ())),
        services=Services(**services_known),
    )


def _known(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: values[one.name] for one in fields(kind) if one.name in values}
