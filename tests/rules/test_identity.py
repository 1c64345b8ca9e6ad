from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import identity

pytestmark = pytest.mark.clause("P1")

TODAY = "2026-09-12"
FIRST_17 = st.builds(
    lambda area, born, order: f"{area:06d}{born:%Y%m%d}{order:03d}",
    st.integers(110000, 659999),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 9, 12)),
    st.integers(0, 999),
)
NUMBERS = FIRST_17.map(lambda first: first + identity.check_digit(first))


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [("11010519491231002X", "1949-12-31", "female"), ("440524188001010014", "1880-01-01", "male")],
)
def test_the_examples_of_the_standard_are_right(number: str, born: str, sex: str) -> None:
    assert identity.trouble(number, TODAY) is None
    assert identity.read(number) == identity.Resident(born, sex)


@pytest.mark.parametrize(
    ("number", "code", "values"),
    [
        ("1101051949123100", "identity_missing", {"missing": 2}),
        ("1", "identity_missing", {"missing": 17}),
        ("11010519491231002", "identity_missing", {"missing": 1}),
        ("110105491231002", "identity_birth_date", {}),
        ("11010519491231002X1", "identity_extra", {"extra": 1}),
        ("1101051949123100211", "identity_extra", {"extra": 1}),
        ("110105194912310021", "identity_check_digit", {}),
        ("110105194902300021", "identity_birth_date", {}),
        ("11010519490230", "identity_birth_date", {}),
        ("110105203001010015", "identity_birth_future", {}),
        ("11010519491231A02X", "identity_characters", {}),
        ("X10105194912310021", "identity_characters", {}),
        ("1101051949123X", "identity_characters", {}),
        ("张", "identity_characters", {}),
        ("１１", "identity_characters", {}),
    ],
)
def test_what_is_wrong_is_said_while_typing(number: str, code: str, values: dict[str, int]) -> None:
    trouble = identity.trouble(number, TODAY)
    assert trouble is not None
    assert (trouble.code, trouble.values) == (code, values)


def test_a_child_need_not_hold_a_card() -> None:
    assert identity.trouble("") is None
    assert identity.read("") is None


@given(NUMBERS)
def test_a_right_number_has_no_trouble_and_says_birth_date_and_sex(number: str) -> None:
    assert identity.trouble(number, TODAY) is None
    told = identity.read(number)
    assert told is not None
    assert told.birth_date.replace("-", "") == number[6:14]
    assert told.sex == ("male" if number[16] in "13579" else "female")


@given(NUMBERS)
def test_every_single_wrong_digit_is_noticed(number: str) -> None:
    for at, digit in enumerate(number):
        for other in "0123456789".replace(digit, ""):
            assert identity.trouble(number[:at] + other + number[at + 1 :]) is not None


@given(NUMBERS)
def test_every_swap_of_two_neighbours_is_noticed(number: str) -> None:
    for at in range(17):
        if number[at] != number[at + 1]:
            swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
            assert identity.trouble(swapped) is not None


@given(st.text(max_size=25) | st.text("0123456789X", max_size=20))
def test_anything_typed_gets_an_answer(text: str) -> None:
    number = identity.clean(text)
    right = identity.read(number) is not None
    assert right == (number != "" and identity.trouble(number) is None)


@pytest.mark.parametrize("typed", ["11010519491231002x", "110105 19491231 002X", "１１０１０５１９４９１２３１００２×"])
def test_a_typed_number_is_cleaned(typed: str) -> None:
    assert identity.clean(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    ("kind", "number", "usual"),
    [
        ("hk_macau_permit", "H12345678", True),
        ("hk_macau_permit", "H1234567890", True),
        ("hk_macau_permit", "12345678", False),
        ("taiwan_permit", "12345678", True),
        ("taiwan_permit", "1234567890A", True),
        ("taiwan_permit", "A123", False),
        ("passport", "E12345678", True),
        ("passport", "ABCDEFGH", False),
        ("passport", "E1", False),
        ("birth_certificate", "P330123456", True),
        ("birth_certificate", "330123456", False),
        ("other", "anything", True),
    ],
)
def test_other_documents_have_a_usual_shape(kind: str, number: str, usual: bool) -> None:
    assert identity.usual_shape(kind, number) is usual


@pytest.mark.parametrize(
    ("number", "shown"),
    [("330106201804160426", "3301**********0426"), ("H12345678", "H123*5678"), ("12345678", "********"), ("", "")],
)
def test_a_number_is_masked_on_the_screen(number: str, shown: str) -> None:
    assert identity.masked(number) == shown
