"""The fields of a registration by name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import form_fields
from app.rules.person import Consent, Contact, EnrolmentLine, Guardian, Health, PickUp, Registration, Services
from tests import builders

MOTHER, FATHER = Guardian("李龑", "mother", "13900001111", id=3), Guardian("张志强", "father", "13800002222", id=9)
WHOLE = replace(builders.a_registration(), guardians=(MOTHER, FATHER))


def test_a_changed_phone_is_named_by_its_guardian() -> None:
    moved = replace(WHOLE, guardians=(MOTHER, replace(FATHER, mobile="13700003333")))
    assert form_fields.differences(WHOLE, moved) == {"guardians.9.mobile": ("13800002222", "13700003333")}
    assert form_fields.differences(WHOLE, moved, by_id=False) == {"guardians.2.mobile": ("13800002222", "13700003333")}


def test_nothing_changed_is_nothing() -> None:
    assert form_fields.differences(WHOLE, WHOLE) == {}


def test_yes_no_and_nothing_are_told_apart() -> None:
    found = form_fields.flat(replace(WHOLE, pick_up=PickUp(goes_home_alone=True, alone_from="17:30")))
    assert (found["pick_up.goes_home_alone"], found["pick_up.note"], found["guardians.3.payer"]) == ("1", "", "0")


def test_a_consent_that_nobody_asked_for_is_no_field() -> None:
    asked = replace(WHOLE, consents=(Consent("photos", given=None), Consent("privacy", given=False)))
    assert {name for name in form_fields.flat(asked) if name.startswith("consents.")} == {
        "consents.privacy.given", "consents.privacy.version", "consents.privacy.date", "consents.privacy.given_by",
        "consents.privacy.relation",
    }  # fmt: skip


@pytest.mark.clause("P4")
@pytest.mark.parametrize(
    ("field", "covered"),
    [
        ("guardians.9.mobile", True),
        ("contacts.1.name", True),
        ("pick_up.goes_home_alone", True),
        ("health.allergies", True),
        ("services.lines.1.to_date", True),
        ("services.discounts.1.fen", True),
        ("child.name", True),
        ("child.identity_number", True),
        ("child.grade", False),
        ("child.school_class", False),
        ("child.school", False),
        ("child.photo", False),
        ("services.class_id", False),
        ("guardians.9.position", False),
    ],
)
def test_what_matters_for_the_signature_and_what_a_year_change_moves(field: str, covered: bool) -> None:
    assert form_fields.covered_by_signature(field) is covered


def test_going_back_to_the_values_before_gives_the_registration_before() -> None:
    after = replace(
        WHOLE,
        child=replace(WHOLE.child, address="新华路 1 号", photo="ab"),
        guardians=(replace(FATHER, payer=True), Guardian("王秀英", "grandmother_m", "13711112222", id=12)),
        contacts=(),
        health=Health(("asthma", "halal"), allergies="花生"),
        consents=(*WHOLE.consents, Consent("photos", given=False, date="2026-09-12")),
    )
    changed = form_fields.differences(WHOLE, after)
    assert form_fields.with_values(after, {name: pair[0] for name, pair in changed.items()}) == WHOLE


_TEXT = st.text(alphabet="张李abc 019·", max_size=6)
_GUARDIANS = st.lists(st.tuples(_TEXT, st.booleans(), st.integers(1, 40)), unique_by=lambda one: one[2], max_size=5)


@given(_GUARDIANS, _GUARDIANS, st.lists(_TEXT.filter(bool), max_size=3), _TEXT)
def test_any_change_can_be_taken_back(
    before: list[tuple[str, bool, int]], after: list[tuple[str, bool, int]], contacts: list[str], note: str,
) -> None:  # fmt: skip
    def whole(people: list[tuple[str, bool, int]], note: str, contacts: list[str]) -> Registration:
        guardians = tuple(Guardian(name, "mother", name, payer=payer, id=key) for name, payer, key in people)
        return Registration(
            guardians=guardians, contacts=tuple(Contact(name) for name in contacts), pick_up=PickUp(note=note),
            services=Services((EnrolmentLine(1),)),
        )  # fmt: skip

    old, new = whole(before, note, contacts), whole(after, "", [])
    changed = form_fields.differences(old, new)
    assert form_fields.with_values(new, {name: pair[0] for name, pair in changed.items()}) == old
