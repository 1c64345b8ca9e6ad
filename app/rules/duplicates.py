"""Whether a registration may be somebody who is known already, or a brother or sister (P1).

same_identity stops (or offers the return of a former student); same_name_and_birth and same_pinyin_and_phone ask;
sibling offers to share the guardian.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.rules import identity, normal, phones, pinyin
from app.rules.person import Registration

KINDS = ("same_identity", "same_name_and_birth", "same_pinyin_and_phone", "sibling")
"""From the strongest to the weakest."""



@dataclass(frozen=True)
class Known:
    """A student or an application that is there already; numbers and telephone numbers in their stored form."""

    id: int
    kind: str  # student, application
    name: str
    birth_date: str = ""
    identity_number: str = ""
    guardian_phones: tuple[str, ...] = ()
    other_phones: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True)
class Match:
    """Why somebody known may be the same child or of the same family; `phone` is the one that both have."""

    known: Known
    kind: str
    phone: str = ""

    @property
    def stops(self) -> bool:
        """Whether the registration cannot be saved as a new child."""
        return self.kind == "same_identity"

def match(registration: Registration, known: Known) -> Match | None:
    """Compare a registration with one who is known; the strongest reason counts."""
    return seeker(registration).match(known)


def matches(registration: Registration, candidates: Iterable[Known]) -> tuple[Match, ...]:
    """Compare with all candidates and give the matches, the strongest first, in the order in which they came."""
    sought = seeker(registration)
    found = [one for known in candidates if (one := sought.match(known)) is not None]
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


def seeker(registration: Registration) -> "Seeker":
    """The registration, cleaned once for many comparisons."""
    child = registration.child
    guardian_phones = _numbers(one.mobile for one in registration.guardians)
    return Seeker(
        normal.name(child.name), child.birth_date, identity.clean(child.identity_number), guardian_phones,
        guardian_phones | _numbers(one.mobile for one in registration.contacts),
    )  # fmt: skip


@dataclass(frozen=True)
class Seeker:
    """What of a registration is compared, everything in its stored form; `phones` are those of everybody."""

    name: str
    birth_date: str
    identity_number: str
    guardian_phones: frozenset[str]
    phones: frozenset[str]

    def match(self, known: Known) -> Match | None:
        """Compare with one who is known; the strongest reason counts."""
        if self.identity_number and self.identity_number == known.identity_number:
            return Match(known, "same_identity")
        if self.name and self.birth_date and (self.name, self.birth_date) == (known.name, known.birth_date):
            return Match(known, "same_name_and_birth")
        shared = self.phones & {*known.guardian_phones, *known.other_phones}
        if shared and self.sounds_like(known.name):
            return Match(known, "same_pinyin_and_phone", min(shared))
        family = self.guardian_phones & set(known.guardian_phones)
        return Match(known, "sibling", min(family)) if family else None

    def sounds_like(self, name: str) -> bool:
        """Tell whether two names can be read alike."""
        full = pinyin.keys(self.name).full
        return bool(full) and not set(full).isdisjoint(pinyin.keys(name).full)


def _numbers(typed: Iterable[str]) -> frozenset[str]:
    return frozenset(phones.clean(one) for one in typed if one.strip())
