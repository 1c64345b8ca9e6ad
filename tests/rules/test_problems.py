from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import consents
from app.rules import problems as rule
from app.rules.person import (
    Child,
    Consent,
    Contact,
    Discount,
    EnrolmentLine,
    Guardian,
    Health,
    PickUp,
    Registration,
    Services,
)

pytestmark = pytest.mark.clause("P1")

TODAY = "2026-09-12"
LINE = EnrolmentLine(
    service_id=1, service_name="晚托", session="after_school", from_date="2026-09-14", to_date="2027-01-22",
    unit="month", unit_fen=78_000, quantity=5,
)  # fmt: skip
GOOD = Registration(
    Child("张琳晨", "female", "2018-04-16", "resident_id", "330106201804160423"),
    (Guardian("李晓月", "mother", "13957189042", payer=True),),
    (Contact("王秀英", "grandmother_m", "13738216650", may_collect=True),),
    PickUp(),
    Health(("none_known",)),
    (Consent("privacy", given=True, date=TODAY), Consent("under_14", given=True, date=TODAY)),
    Services((LINE,), start_date="2026-09-14"),
)


def child(**changes: Any) -> Registration:
    return replace(GOOD, child=replace(GOOD.child, **changes))


def guardian(**changes: Any) -> Registration:
    return replace(GOOD, guardians=(replace(GOOD.guardians[0], **changes),))


def two_guardians(second: Guardian) -> Registration:
    return replace(GOOD, guardians=(*GOOD.guardians, second))


def contact(**changes: Any) -> Registration:
    return replace(GOOD, contacts=(replace(GOOD.contacts[0], **changes),))


def health(**changes: Any) -> Registration:
    return replace(GOOD, health=replace(Health(), **changes))


def line(**changes: Any) -> Registration:
    return services(lines=(replace(LINE, **changes),))


def services(**changes: Any) -> Registration:
    return replace(GOOD, services=replace(GOOD.services, **changes))


def found(registration: Registration) -> set[tuple[str, str, str]]:
    return {(one.field, one.code, one.strength) for one in rule.problems(registration, TODAY)}


def test_a_complete_registration_has_no_problem() -> None:
    assert rule.problems(GOOD, TODAY) == ()
    assert rule.open_points(GOOD, TODAY) == ()


ERRORS: list[tuple[Registration, str, str]] = [
    (child(name=""), "child.name", "name_missing"),
    (child(name="  "), "child.name", "name_missing"),
    (child(birth_date="2018-02-30"), "child.birth_date", "birth_date_invalid"),
    (child(birth_date="去年", identity_number=""), "child.birth_date", "birth_date_invalid"),
    (child(birth_date="1899-12-31", identity_number=""), "child.birth_date", "birth_date_invalid"),
    (child(birth_date="2026-09-13", identity_number=""), "child.birth_date", "birth_date_future"),
    (child(identity_number="33010620180416042"), "child.identity_number", "identity_missing"),
    (child(identity_number="3301062018041604231"), "child.identity_number", "identity_extra"),
    (child(identity_number="330106201804160426"), "child.identity_number", "identity_check_digit"),
    (child(identity_number="330106201802300425"), "child.identity_number", "identity_birth_date"),
    (child(identity_number="33010620180416O425"), "child.identity_number", "identity_characters"),
    (replace(GOOD, guardians=()), "guardians", "guardian_missing"),
    (replace(GOOD, guardians=(Guardian(),)), "guardians", "guardian_missing"),
    (guardian(name=""), "guardians.0.name", "guardian_name_missing"),
    (guardian(relation=""), "guardians.0.relation", "guardian_relation_missing"),
    (guardian(mobile=""), "guardians.0.mobile", "guardian_phone_missing"),
    (guardian(mobile="139 5718 904"), "guardians.0.mobile", "phone_missing"),
    (guardian(mobile="没有"), "guardians.0.mobile", "phone_characters"),
    (guardian(mobile="0571-88"), "guardians.0.mobile", "landline_missing"),
    (contact(name=""), "contacts.0.name", "contact_name_missing"),
    (contact(mobile=""), "contacts.0.mobile", "contact_phone_missing"),
    (contact(mobile="123"), "contacts.0.mobile", "phone_prefix"),
    (replace(GOOD, pick_up=PickUp(goes_home_alone=True)), "pick_up.alone_from", "alone_from_missing"),
    (replace(GOOD, pick_up=PickUp(True, "25:00")), "pick_up.alone_from", "time_invalid"),
    (replace(GOOD, consents=(Consent("photos", date="yesterday"),)), "consents.photos", "consent_date_invalid"),
    (line(service_id=0), "services.lines.0.service_id", "service_missing"),
    (line(from_date=""), "services.lines.0.from_date", "period_missing"),
    (line(to_date=""), "services.lines.0.to_date", "period_missing"),
    (line(from_date="2026-9-1"), "services.lines.0.from_date", "period_invalid"),
    (line(to_date="2026-09-13"), "services.lines.0.to_date", "period_reversed"),
    (line(weekdays=0), "services.lines.0.weekdays", "weekdays_missing"),
    (line(unit="fortnight"), "services.lines.0.unit", "unit_unknown"),
    (line(quantity=0), "services.lines.0.quantity", "quantity_missing"),
    (line(unit_fen=-1), "services.lines.0.unit_fen", "price_impossible"),
    (line(unit_fen=10**12), "services.lines.0.unit_fen", "price_impossible"),
    (services(start_date="bald"), "services.start_date", "start_date_invalid"),
    (services(discounts=(Discount("siblings", "", 0),)), "services.discounts.0.fen", "discount_amount_missing"),
    (services(discounts=(Discount("给隔壁老王", "", 100),)), "services.discounts.0.rule", "discount_rule_unknown"),
    (services(discounts=(Discount("", "", 100),)), "services.discounts.0.reason", "discount_reason_missing"),
    (services(discounts=(Discount("by_hand", " ", 100),)), "services.discounts.0.reason", "discount_reason_missing"),
    (services(discounts=(Discount("staff", "", 390_001),)), "services.discounts.0.fen", "discount_too_large"),
]  # fmt: skip
WARNINGS: list[tuple[Registration, str, str]] = [
    (child(name="张3"), "child.name", "name_odd"),
    (child(name="张"), "child.name", "name_odd"),
    (child(name="Anna" + " Maria" * 7 + " Anna"), "child.name", "name_odd"),
    (child(name="张<三>"), "child.name", "name_odd"),
    (child(sex=""), "child.sex", "sex_missing"),
    (child(birth_date=""), "child.birth_date", "birth_date_missing"),
    (child(birth_date="2023-09-13", identity_number=""), "child.birth_date", "age_unusual"),
    (child(birth_date="2010-09-12", identity_number=""), "child.birth_date", "age_unusual"),
    (child(sex="male"), "child.sex", "sex_differs"),
    (child(birth_date="2018-04-17"), "child.birth_date", "birth_date_differs"),
    (child(identity_kind="passport", identity_number="ABC"), "child.identity_number", "identity_unusual"),
    (guardian(name="张妈妈"), "guardians.0.name", "name_odd"),
    (contact(mobile="139 5718 9042"), "contacts.0.mobile", "emergency_is_guardian"),
    (contact(relation=""), "contacts.0.relation", "contact_relation_missing"),
    (contact(mobile="", emergency=False), "contacts.0.mobile", "contact_phone_missing"),
    (two_guardians(Guardian("张志强", "father")), "guardians.1.mobile", "guardian_unreachable"),
    (two_guardians(Guardian("张志强", "father", "13957189042")), "guardians.1.mobile", "guardians_same_phone"),
    (replace(guardian(emergency=False), contacts=()), "contacts", "no_emergency"),
    (replace(guardian(may_collect=False), contacts=()), "guardians", "nobody_may_collect"),
    (health(), "health.marks", "health_not_asked"),
    (health(marks=("none_known", "asthma")), "health.marks", "health_contradicts"),
    (health(marks=("none_known",), allergies="花生"), "health.marks", "health_contradicts"),
    (health(marks=("food_allergy",)), "health.allergies", "allergy_not_named"),
    (health(marks=("medication",)), "health.medication", "medication_not_named"),
    (replace(GOOD, consents=()), "consents.privacy", "privacy_not_asked"),
    (replace(GOOD, consents=()), "consents.under_14", "under_14_not_asked"),
    (replace(GOOD, consents=(Consent("privacy", given=False),)), "consents.privacy", "privacy_refused"),
    (replace(GOOD, consents=(Consent("under_14", given=False),)), "consents.under_14", "under_14_refused"),
    (services(lines=()), "services.lines", "services_missing"),
    (line(unit_fen=0), "services.lines.0.unit_fen", "price_missing"),
    (line(from_date="2026-01-05", to_date="2026-01-30"), "services.lines.0.to_date", "period_past"),
    (services(lines=(LINE, replace(LINE, from_date="2027-01-22", to_date="2027-02-22"))),
     "services.lines.1.service_id", "service_twice"),
]  # fmt: skip


@pytest.mark.parametrize(("registration", "field", "code"), ERRORS, ids=[code for _, _, code in ERRORS])
def test_an_error_stops_the_step_at_its_field(registration: Registration, field: str, code: str) -> None:
    assert (field, code, "error") in found(registration)
    assert code in {one.code for one in rule.open_points(registration, TODAY, rule.section_of(field))}


@pytest.mark.parametrize(("registration", "field", "code"), WARNINGS, ids=[code for _, _, code in WARNINGS])
def test_a_warning_only_asks(registration: Registration, field: str, code: str) -> None:
    assert (field, code, "warning") in found(registration)
    assert rule.open_points(registration, TODAY) == ()


FINE: list[Registration] = [
    child(identity_number=""),
    child(identity_number="33010620180416 0423"),
    child(birth_date="2023-09-12", identity_number=""),
    child(birth_date="2010-09-13", identity_number=""),
    child(name="阿依古丽·买买提"),
    child(name="Anna M. O'Neill-Smith"),
    child(name="𬍛𠮷"),
    child(name="Anna" + " Maria" * 7 + " Ana"),
    guardian(mobile="0571-88001234"),
    guardian(mobile="+85291234567"),
    replace(GOOD, guardians=(Guardian(), *GOOD.guardians)),
    replace(GOOD, contacts=(*GOOD.contacts, Contact())),
    replace(GOOD, contacts=()),
    contact(mobile="13957189042", emergency=False),
    replace(guardian(may_collect=False), contacts=(), pick_up=PickUp(True, "16:30")),
    health(marks=("food_allergy",), allergies="花生"),
    replace(GOOD, consents=(*GOOD.consents, Consent("photos", given=False))),
    line(from_date=TODAY, to_date=TODAY, weekdays=0b1111111, unit="day", quantity=1),
    line(unit="once", from_date="", to_date="", weekdays=0, quantity=1),
    services(lines=(LINE, replace(LINE, from_date="2027-01-23", to_date="2027-02-22"))),
    services(lines=(replace(LINE, weekdays=0b00101), replace(LINE, weekdays=0b01010))),
    services(discounts=(Discount("siblings", "", 39_000), Discount("by_hand", "老师子女", 100))),
    services(discounts=(Discount("staff", "", 390_000),)),
]


@pytest.mark.parametrize("typed", [{"relation": "mother"}, {"wechat": "lin_xy"}, {"workplace": "纺织厂"}])
def test_whoever_was_begun_is_asked_for_the_name(typed: dict[str, Any]) -> None:
    begun = replace(GOOD, guardians=(*GOOD.guardians, replace(Guardian(), **typed)))
    assert ("guardians.1.name", "guardian_name_missing", "error") in found(begun)


@pytest.mark.parametrize("registration", FINE)
def test_what_is_right_is_not_asked_about(registration: Registration) -> None:
    assert found(registration) == set()


def test_the_missing_digits_are_counted_and_the_identity_number_says_its_birth_date() -> None:
    (phone,) = rule.problems(guardian(mobile="139 5718 904"), TODAY)
    assert phone.values == {"missing": 1}
    (born,) = rule.problems(child(birth_date="2018-04-17"), TODAY)
    assert born.values == {"identity_date": "2018-04-16"}
    (age,) = rule.problems(child(birth_date="2008-01-01", identity_number=""), TODAY)[:1]
    assert age.values == {"years": 18}


def test_problems_come_in_the_order_of_the_form_and_know_their_section() -> None:
    sections = [rule.section_of(one.field) for one in rule.problems(Registration(), TODAY)]
    assert sections == sorted(sections, key=rule.SECTIONS.index)
    assert set(sections) == {"child", "guardians", "health", "services"}
    assert rule.section_of("contacts.1.mobile") == "guardians"
    assert rule.section_of("consents.privacy") == "health"
    assert rule.section_of("pick_up.alone_from") == "pick_up"


@pytest.mark.parametrize(
    ("born", "needed"),
    [
        ("2012-09-13", ("privacy", "under_14")),
        ("2012-09-12", ("privacy",)),
        ("", ("privacy", "under_14")),
        ("2030-01-01", ("privacy", "under_14")),
    ],
)
def test_a_child_under_14_needs_a_separate_consent(born: str, needed: tuple[str, ...]) -> None:
    assert consents.needed(born, TODAY) == needed


TEXTS = st.text(max_size=12)


@given(
    st.builds(Child, name=TEXTS, sex=TEXTS, birth_date=TEXTS, identity_number=TEXTS),
    st.lists(st.builds(Guardian, name=TEXTS, relation=TEXTS, mobile=TEXTS), max_size=3),
    st.lists(st.builds(EnrolmentLine, from_date=TEXTS, to_date=TEXTS, quantity=st.integers(-3, 3)), max_size=3),
)
def test_whatever_was_typed_gets_an_answer(someone: Child, people: list[Guardian], wanted: list[EnrolmentLine]) -> None:
    whole = replace(GOOD, child=someone, guardians=tuple(people), services=Services(tuple(wanted)))
    for one in rule.problems(whole, TODAY):
        assert one.strength in {"error", "warning"}
        assert rule.section_of(one.field) in rule.SECTIONS
