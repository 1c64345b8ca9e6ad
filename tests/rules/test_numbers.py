import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.rules import numbers
from app.rules.numbers import Code, code_for_card, code_for_receipt, code_for_sheet, read_code

YEARS = st.integers(2000, 2199)
RUNNING = st.integers(1, 999_999)
CODES = st.one_of(
    st.builds(code_for_sheet, YEARS, RUNNING),
    st.builds(code_for_receipt, YEARS, RUNNING),
    st.builds(numbers.code_for_opening, YEARS, RUNNING),
    st.builds(code_for_card, st.text("0123456789", min_size=1, max_size=16)),
    st.builds(code_for_card, st.text("0123456789ABZ-", min_size=1, max_size=16)),
    st.builds(numbers.code_for_form, st.integers(1, 9999)),
)


@pytest.mark.clause("P4")
@given(YEARS, RUNNING)
def test_the_code_of_a_sheet_reads_back(year: int, no: int) -> None:
    code = code_for_sheet(year, no)
    assert len(code) == 12
    assert code.startswith(f"1{year}{no:06d}")
    assert read_code(code) == Code("sheet", year, no)
    assert read_code(numbers.sheet_number(year, no)) == Code("sheet", year, no)


@pytest.mark.clause("P5")
@given(YEARS, RUNNING)
def test_the_code_of_a_receipt_reads_back(year: int, no: int) -> None:
    code = code_for_receipt(year, no)
    assert code.startswith(f"2{year}{no:06d}")
    assert read_code(code) == Code("receipt", year, no)
    assert read_code(code).number == numbers.receipt_number(year, no)


@pytest.mark.clause("P19")
@given(YEARS, RUNNING)
def test_the_code_of_an_opening_statement_reads_back(year: int, no: int) -> None:
    assert read_code(numbers.code_for_opening(year, no)) == Code("opening", year, no)
    assert read_code(numbers.opening_number(year, no)) == Code("opening", year, no)
    assert read_code(numbers.code_for_opening(year, no)).number == numbers.opening_number(year, no)


@pytest.mark.clause("P6")
@given(st.text("0123456789ABCXYZ-", min_size=1, max_size=16))
def test_the_code_of_a_card_is_digits_and_reads_back(number: str) -> None:
    code = code_for_card(number)
    assert code.isdigit()
    assert read_code(code) == Code("card", student_number=number)
    assert read_code(code).number == number


@pytest.mark.clause("P1")
@given(st.integers(1, 9999))
def test_the_code_of_a_blank_form_reads_back(layout: int) -> None:
    code = numbers.code_for_form(layout)
    assert code.startswith(f"5{layout:04d}")
    assert read_code(code) == Code("form", no=layout)
    assert read_code(numbers.form_number(layout).lower()) == Code("form", no=layout)


def test_there_is_no_form_of_layout_zero() -> None:
    for text in ("BB-0000", "5000" + "0" + numbers.check_digit("50000")):
        with pytest.raises(Refused, match="code_unknown"):
            read_code(text)
    with pytest.raises(ValueError):
        numbers.code_for_form(0)


@given(CODES)
def test_every_single_wrong_digit_is_noticed(code: str) -> None:
    for at, digit in enumerate(code):
        for other in "0123456789".replace(digit, ""):
            assert numbers.check_digit(code[:at] + other + code[at + 1 :]) != "0"


@given(CODES)
def test_every_swap_of_two_neighbours_is_noticed(code: str) -> None:
    for at in range(len(code) - 1):
        if code[at] != code[at + 1]:
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            with pytest.raises(Refused):
                read_code(swapped)


def test_the_table_of_check_digits_is_a_totally_anti_symmetric_quasigroup() -> None:
    table = [[int(digit) for digit in row] for row in numbers._DAMM]
    digits = range(10)
    assert all(sorted(row) == list(digits) for row in table)
    assert all(sorted(row[x] for row in table) == list(digits) for x in digits)
    assert all(table[x][x] == 0 for x in digits)
    for c in digits:
        for x in digits:
            for y in digits:
                if x != y:
                    assert table[table[c][x]][y] != table[table[c][y]][x]


@pytest.mark.clause("P4")
def test_numbers_for_people_look_as_on_the_papers() -> None:
    assert numbers.sheet_number(2026, 34) == "BM-2026-000034"
    assert numbers.receipt_number(2026, 3421) == "SJ-2026-003421"


@pytest.mark.parametrize("typed", ["BM-2026-000034", "bm-2026-34", "ＢＭ－２０２６－００００３４", " bm2026000034 "])
def test_a_sheet_is_found_by_its_typed_number(typed: str) -> None:
    assert read_code(typed) == Code("sheet", 2026, 34)


def test_a_scanner_may_type_blanks_and_full_width_digits() -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code_for_receipt(2026, 3421))
    assert read_code(f" {wide}\r\n") == Code("receipt", 2026, 3421)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1", "00", "000000000000", "张三", "13805712236", "6901234567892", "BM-2026-0", "XX-2026-1"),
        *("4" + "9" * 12, "https://example.org/1", "٢٠٢٦", "1" * 300),
    ],
)
def test_what_is_no_code_of_ours_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_code(text)
    assert refused.value.code == "code_unknown"


@given(st.text(max_size=40) | st.text("0123456789", max_size=40))
def test_any_scanned_text_gives_a_code_or_a_refusal(text: str) -> None:
    try:
        code = read_code(text)
    except Refused as refused:
        assert refused.code == "code_unknown"  # noqa: PT017 - both ways are right
    else:
        assert code.kind in {"sheet", "receipt", "card"}


@pytest.mark.parametrize(("year", "no"), [(1000, 1), (9999, 999_999)])
def test_the_smallest_and_the_largest_number_fit(year: int, no: int) -> None:
    assert read_code(code_for_sheet(year, no)) == Code("sheet", year, no)


@pytest.mark.parametrize(("year", "no"), [(2026, 0), (2026, 1_000_000), (999, 1), (10_000, 1), (2026, -1)])
def test_numbers_that_do_not_fit_are_a_bug(year: int, no: int) -> None:
    with pytest.raises(ValueError):
        code_for_sheet(year, no)


@pytest.mark.parametrize("number", ["", "张三", "a1", "1" * 17])
def test_a_card_holds_only_what_a_form_can_give(number: str) -> None:
    with pytest.raises(ValueError):
        code_for_card(number)


@pytest.mark.clause("P3")
@pytest.mark.parametrize(
    ("form", "number", "counter"),
    [
        ("{year}{no:04d}", "20260318", "student-2026"),
        ("{yy}{no:03d}", "26318", "student-2026"),
        ("AT-{no:06d}", "AT-000318", "student"),
        ("{no}", "318", "student"),
        ("T{year}-{no}", "T2026-318", "student-2026"),
        ("ABCDEF{year}{no:06d}", "ABCDEF2026000318", "student-2026"),
    ],
)
def test_the_form_of_the_student_number_can_be_set(form: str, number: str, counter: str) -> None:
    numbers.check_student_form(form)
    assert numbers.student_number(form, 2026, 318) == number
    assert numbers.student_counter(form, 2026) == counter
    assert read_code(code_for_card(number)).student_number == number


@pytest.mark.clause("P3")
@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("{year}", "number_form_no_running"),
        ("", "number_form_no_running"),
        ("{no}{no}", "number_form_no_running"),
        ("{no", "number_form_unclear"),
        ("{name}{no}", "number_form_unclear"),
        ("{no:4d}", "number_form_unclear"),
        ("{no!r}", "number_form_unclear"),
        ("{no.__class__}", "number_form_unclear"),
        ("学{no}", "number_form_unclear"),
        ("a{no}", "number_form_unclear"),
        ("{{no}}", "number_form_unclear"),
        ("{year}{no:09d}ABCD", "number_form_too_long"),
        ("ABCDEFG{year}{no}", "number_form_too_long"),
    ],
)
def test_a_form_that_cannot_work_is_refused(form: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        numbers.check_student_form(form)
    assert refused.value.code == code


@pytest.mark.clause("P3")
def test_a_form_never_gives_the_same_number_twice() -> None:
    for form in ("{year}{no}", "{no}{year}", "{yy}{no:02d}", "{no:02d}{yy}", "A{no}"):
        years = (2026, 2027) if "y" in form else (2026,)
        made = [numbers.student_number(form, year, no) for year in years for no in range(1, 3000)]
        assert len(set(made)) == len(made)
