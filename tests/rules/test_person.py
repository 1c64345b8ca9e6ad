import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.person import (
    Child,
    Consent,
    Contact,
    Discount,
    EnrolmentLine,
    Guardian,
    Health,
    Registration,
    Services,
    from_plain,
    to_plain,
)

pytestmark = pytest.mark.clause("P1")

TEXTS = st.text(max_size=10)
REGISTRATIONS = st.builds(
    Registration,
    child=st.builds(Child, name=TEXTS, birth_date=TEXTS, address=TEXTS),
    guardians=st.lists(st.builds(Guardian, name=TEXTS, id=st.none() | st.integers(1, 9)), max_size=3).map(tuple),
    contacts=st.lists(st.builds(Contact, name=TEXTS, may_collect=st.booleans()), max_size=3).map(tuple),
    health=st.builds(Health, marks=st.lists(TEXTS, max_size=3).map(tuple), allergies=TEXTS),
    consents=st.lists(st.builds(Consent, TEXTS, st.none() | st.booleans()), max_size=3).map(tuple),
    services=st.builds(
        Services,
        lines=st.lists(st.builds(EnrolmentLine, unit_fen=st.integers(0, 10**9)), max_size=3).map(tuple),
        discounts=st.lists(st.builds(Discount, rule=TEXTS, fen=st.integers(0, 10**9)), max_size=3).map(tuple),
        class_id=st.none() | st.integers(1, 9),
    ),
)


@given(REGISTRATIONS)
def test_a_draft_comes_back_as_it_was_typed(registration: Registration) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(registration)))) == registration


def test_a_draft_of_another_version_loses_only_what_is_unknown() -> None:
    plain = {"child": {"name": "张三", "shoe_size": 33}, "guardians": [{"name": "李四", "fax": "1"}], "hobbies": []}
    registration = from_plain(plain)
    assert registration == Registration(Child("张三"), (Guardian("李四"),))


def test_the_total_is_what_the_lines_cost_without_discounts_and_never_below_zero() -> None:
    line = EnrolmentLine(unit_fen=78_000, quantity=5)
    assert Services((line, line), (Discount("siblings", "", 39_000),)).total_fen == 741_000
    assert Services((line,), (Discount("staff", "", 400_000),)).total_fen == 0
    assert Services().total_fen == 0
