import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.rules.money import LIMIT_FEN, capitals, half_up, parse_amount, yuan

pytestmark = pytest.mark.clause("P5")

OFFICIAL = {
    "1409.50": {"壹仟肆佰零玖元伍角"},
    "6007.14": {"陆仟零柒元壹角肆分"},
    "1680.32": {"壹仟陆佰捌拾元零叁角贰分", "壹仟陆佰捌拾元叁角贰分"},
    "107000.53": {"壹拾万柒仟元零伍角叁分", "壹拾万零柒仟元伍角叁分"},
    "16409.02": {"壹万陆仟肆佰零玖元零贰分"},
    "325.04": {"叁佰贰拾伍元零肆分"},
}
TRAPS = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角",
    "0.55": "伍角伍分",
    "1": "壹元整",
    "10": "壹拾元整",
    "10.50": "壹拾元零伍角",
    "10.05": "壹拾元零伍分",
    "350": "叁佰伍拾元整",
    "12000.01": "壹万贰仟元零壹分",
    "103453": "壹拾万叁仟肆佰伍拾叁元整",
    "54106.38": "伍万肆仟壹佰零陆元叁角捌分",
    "100010": "壹拾万零壹拾元整",
    "200000000": "贰亿元整",
    "100000001": "壹亿零壹元整",
    "100010000": "壹亿零壹万元整",
    "101000000": "壹亿零壹佰万元整",
    "110000000": "壹亿壹仟万元整",
    "100001000": "壹亿零壹仟元整",
    "1000000000000": "壹万亿元整",
    "1000100000000": "壹万零壹亿元整",
    "10000000000": "壹佰亿元整",
    "6280": "陆仟贰佰捌拾元整",
    "1001001.01": "壹佰万壹仟零壹元零壹分",
}


def fen_of(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


@pytest.mark.parametrize("figure", OFFICIAL)
def test_the_official_examples_stand_in_capitals_as_the_annex_writes_them(figure: str) -> None:
    assert capitals(fen_of(figure)) in OFFICIAL[figure]


@pytest.mark.parametrize("figure", TRAPS)
def test_the_known_traps_of_capitals(figure: str) -> None:
    assert capitals(fen_of(figure)) == TRAPS[figure]


@pytest.mark.parametrize("fen", [-1, -100, 10**18])
def test_no_capitals_for_a_negative_or_absurd_amount(fen: int) -> None:
    with pytest.raises(ValueError):
        capitals(fen)


def read_back(text: str) -> int:
    """An independent reader: adds up what the characters say, from the left."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = part = digit = fen = 0
    for sign in text.removesuffix("整"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in units:
            part, digit = part + digit * units[sign], 0
        elif sign in "万亿元":
            size = {"万": 10_000, "亿": 100_000_000, "元": 1}[sign]
            part, digit = part + digit, 0
            if sign == "亿":
                total, part = (total + part) * size, 0
            else:
                total, part = total + part * size, 0
        else:
            fen += digit * {"角": 10, "分": 1}[sign]
            digit = 0
    return total * 100 + fen


AMOUNTS = st.one_of(
    st.integers(0, LIMIT_FEN),
    st.integers(0, 20_000),
    st.lists(st.sampled_from("000015"), min_size=1, max_size=12).map(lambda digits: int("".join(digits))),
)


@given(AMOUNTS)
def test_capitals_read_back_give_the_same_fen(fen: int) -> None:
    assert read_back(capitals(fen)) == fen


@given(AMOUNTS)
def test_capitals_keep_the_form_of_the_annex(fen: int) -> None:
    text = capitals(fen)
    assert "零零" not in text
    assert not text.startswith("零") or text == "零元整"
    assert text.endswith("整") == (fen % 100 == 0)
    assert not any(wrong in text for wrong in ("零拾", "零佰", "零仟", "零万", "零亿", "亿万"))
    assert "零元" not in text or text == "零元整"
    assert ("元零" in text) == (fen >= 100 and fen % 100 != 0 and (fen % 100 < 10 or fen // 100 % 10 == 0))


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (156000, "1,560.00"), (-48000, "−480.00"), (-1, "−0.01"), (10**12, "10,000,000,000.00")],
)
def test_figures_have_thousands_two_decimals_and_a_true_minus(fen: int, text: str) -> None:
    assert yuan(fen) == text


@given(st.integers(0, LIMIT_FEN))
def test_a_shown_amount_typed_again_is_the_same(fen: int) -> None:
    assert parse_amount(yuan(fen)) == fen
    assert parse_amount(yuan(fen).replace(",", "")) == fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1280", 128000),
        ("1280.5", 128050),
        (" 1280.50 ", 128050),
        ("1,280", 128000),
        ("１２８０．５０", 128050),
        ("1280。5", 128050),
        ("¥1,280.00", 128000),
        ("￥1280", 128000),
        ("1280元", 128000),
        (".5", 50),
        ("5.", 500),
        ("007", 700),
        ("0", 0),
        ("+3", 300),
        ("1200+80", 128000),
        ("1200 + 80 =", 128000),
        ("780*5+15×92", 528000),
        ("780＊5＋15＊92", 528000),
        ("1560*0.85", 132600),
        ("1560*0.875", 136500),
        ("100/8", 1250),
        ("100÷8", 1250),
        ("(1200+80)*2-0.01", 255999),
        ("（1200＋80）×2", 256000),
        ("10-2-3", 500),
        ("100/5/2", 1000),
        ("-5+10", 500),
        ("2*-3+10", 400),
        ("10−4", 600),
        ("100/3*3", 10000),
        ("0.1+0.2", 30),
        ("10000000000", LIMIT_FEN),
    ],
)
def test_an_amount_may_be_typed_as_a_sum_and_in_full_width(typed: str, fen: int) -> None:
    assert parse_amount(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount_missing"),
        ("  ", "amount_missing"),
        ("¥", "amount_missing"),
        ("元", "amount_missing"),
        ("1.005", "amount_decimals"),
        ("12.345", "amount_decimals"),
        ("1.560", "amount_decimals"),
        ("-1.005", "amount_decimals"),
        ("100/3", "amount_not_whole"),
        ("0.01*0.5", "amount_not_whole"),
        ("-5", "amount_negative"),
        ("－5", "amount_negative"),
        ("5-10", "amount_negative"),
        ("壹佰元整", "amount_capitals"),
        ("一百二十", "amount_capitals"),
        ("1万", "amount_capitals"),
        ("abc", "amount_unclear"),
        ("1e5", "amount_unclear"),
        ("0x10-", "amount_unclear"),
        ("1,28", "amount_unclear"),
        ("1,2345", "amount_unclear"),
        ("1.2.3", "amount_unclear"),
        (".", "amount_unclear"),
        ("12 34", "amount_unclear"),
        ("5+", "amount_unclear"),
        ("*5", "amount_unclear"),
        ("(5", "amount_unclear"),
        ("5)", "amount_unclear"),
        ("()", "amount_unclear"),
        ("2**3", "amount_unclear"),
        ("5//2", "amount_unclear"),
        ("٣", "amount_unclear"),
        ("½", "amount_unclear"),
        ("nan", "amount_unclear"),
        ("1_000", "amount_unclear"),
        ("1" * 101, "amount_unclear"),
        ("10000000000.01", "amount_too_large"),
        ("9" * 60, "amount_too_large"),
        ("5/0", "amount_divided_by_zero"),
        ("5/(2-2)", "amount_divided_by_zero"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_amount(typed)
    assert refused.value.code == code


def test_a_sum_that_is_no_whole_fen_names_the_nearest_amount() -> None:
    with pytest.raises(Refused) as refused:
        parse_amount("100/3")
    assert refused.value.values == {"near": "33.33"}


@given(st.text(max_size=30) | st.text(alphabet="0123456789.,+-*/() ", max_size=30))
def test_anything_typed_gives_fen_or_a_refusal(typed: str) -> None:
    try:
        fen = parse_amount(typed)
    except Refused as refused:
        assert refused.code.startswith("amount_")  # noqa: PT017 - both ways are right
    else:
        assert isinstance(fen, int)
        assert 0 <= fen <= LIMIT_FEN


@pytest.mark.parametrize(
    ("above", "below", "rounded"),
    [(5, 2, 3), (-5, 2, -3), (5, -2, -3), (7, 3, 2), (8, 3, 3), (0, 7, 0), (1, 3, 0)],
)
def test_a_half_is_rounded_away_from_zero(above: int, below: int, rounded: int) -> None:
    assert half_up(above, below) == rounded
