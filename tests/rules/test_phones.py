import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import phones

pytestmark = pytest.mark.clause("P1")

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "stored", "kind", "shown"),
    [
        ("13805712236", "13805712236", "mobile", "138 0571 2236"),
        ("138 0571 2236", "13805712236", "mobile", "138 0571 2236"),
        ("138-0571-2236", "13805712236", "mobile", "138 0571 2236"),
        ("１３８０５７１２２３６", "13805712236", "mobile", "138 0571 2236"),
        ("+86 138 0571 2236", "13805712236", "mobile", "138 0571 2236"),
        ("+86-13805712236", "13805712236", "mobile", "138 0571 2236"),
        ("8613805712236", "13805712236", "mobile", "138 0571 2236"),
        ("008613805712236", "13805712236", "mobile", "138 0571 2236"),
        ("(+86) 13805712236", "13805712236", "mobile", "138 0571 2236"),
        ("16612345678", "16612345678", "mobile", "166 1234 5678"),
        ("19912345678", "19912345678", "mobile", "199 1234 5678"),
        ("0571-88001234", "0571-88001234", "landline", "0571-8800 1234"),
        ("0571 8800 1234", "0571-88001234", "landline", "0571-8800 1234"),
        ("(0571)88001234", "0571-88001234", "landline", "0571-8800 1234"),
        ("（０５７１）８８００１２３４", "0571-88001234", "landline", "0571-8800 1234"),
        ("057188001234", "0571-88001234", "landline", "0571-8800 1234"),
        ("010-62345678", "010-62345678", "landline", "010-6234 5678"),
        ("021 62345678", "021-62345678", "landline", "021-6234 5678"),
        ("0571-8800123", "0571-8800123", "landline", "0571-880 0123"),
        ("+86 571 88001234", "0571-88001234", "landline", "0571-8800 1234"),
        ("+86 10 62345678", "010-62345678", "landline", "010-6234 5678"),
        ("+86 0571 88001234", "0571-88001234", "landline", "0571-8800 1234"),
        ("0571-88001234-801", "0571-88001234-801", "landline", "0571-8800 1234-801"),
        ("0571-88001234转801", "0571-88001234-801", "landline", "0571-8800 1234-801"),
        ("0571-88001234 ext. 801", "0571-88001234-801", "landline", "0571-8800 1234-801"),
        ("0571-8800-1234", "0571-88001234", "landline", "0571-8800 1234"),
        ("88001234", "88001234", "landline", "8800 1234"),
        ("8800-1234", "88001234", "landline", "8800 1234"),
        ("400-800-1234", "4008001234", "service", "400 800 1234"),
        ("95588", "95588", "service", "95588"),
        ("+852 9123 4567", "+85291234567", "foreign", "+852 91234567"),
        ("00852-91234567", "+85291234567", "foreign", "+852 91234567"),
        ("+1 (415) 555-2671", "+14155552671", "foreign", "+1 4155552671"),
        ("+44 20 7946 0958", "+442079460958", "foreign", "+44 2079460958"),
        ("+81 90-1234-5678", "+819012345678", "foreign", "+81 9012345678"),
        ("＋８８６ ９１２３４５６７８", "+886912345678", "foreign", "+886 912345678"),
        ("", "", "", ""),
    ],
)
def test_every_kind_of_number_is_accepted_in_its_own_form(typed: str, stored: str, kind: str, shown: str) -> None:
    assert phones.clean(typed) == stored
    assert phones.kind(stored) == kind
    assert phones.show(stored) == shown
    assert phones.clean(shown) == stored
    assert phones.trouble(typed) is None


@pytest.mark.parametrize(
    ("typed", "code", "values"),
    [
        ("139 5718 904", "phone_missing", {"missing": 1}),
        ("1", "phone_missing", {"missing": 10}),
        ("138057122361", "phone_extra", {"extra": 1}),
        ("12805712236", "phone_prefix", {}),
        ("11", "phone_prefix", {}),
        ("110", "phone_prefix", {}),
        ("1380571223a", "phone_characters", {}),
        ("没有", "phone_characters", {}),
        ("-", "phone_unclear", {}),
        ("0571-88", "landline_missing", {"missing": 5}),
        ("010-623456", "landline_missing", {"missing": 1}),
        ("0571-880012", "landline_missing", {"missing": 1}),
        ("0571-988001234", "landline_extra", {"extra": 1}),
        ("0571-18001234", "phone_unclear", {}),
        ("+852", "foreign_length", {}),
        ("+1234567890123456", "foreign_length", {}),
        ("2345", "phone_unclear", {}),
        ("000", "landline_missing", {"missing": 8}),
        ("+", "phone_characters", {}),
        ("1380571²236", "phone_characters", {}),
        ("١٣٨٠٥٧١٢٢٣٦", "phone_characters", {}),
    ],
)
def test_what_is_no_number_is_said_while_typing(typed: str, code: str, values: dict[str, int]) -> None:
    trouble = phones.trouble(typed)
    assert trouble is not None
    assert (trouble.code, trouble.values) == (code, values)


@given(MOBILES)
def test_a_mobile_shown_and_typed_again_is_the_same(number: str) -> None:
    assert phones.trouble(number) is None
    assert phones.clean(phones.show(number)) == number
    assert phones.clean(f"+86 {phones.show(number)}") == number
    for length in range(1, 11):
        trouble = phones.trouble(number[:length])
        assert trouble is not None
        assert trouble.values == {"missing": 11 - length}


@given(st.text(max_size=25) | st.text("0123456789+- ()转", max_size=20))
def test_cleaning_twice_is_cleaning_once_and_nothing_breaks(text: str) -> None:
    once = phones.clean(text)
    assert phones.clean(once) == once
    assert (phones.kind(once) != "") == (phones.trouble(text) is None and once != "")
    phones.show(once)


def test_the_search_column_holds_digits_alone() -> None:
    assert phones.digits("+85291234567") == "85291234567"
    assert phones.digits("0571-88001234-801") == "057188001234801"
