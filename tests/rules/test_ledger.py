import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import ledger
from app.rules.ledger import OpenCharge, Settlement, settle

pytestmark = pytest.mark.clause("P5")

CARE = OpenCharge(1, 390_000, 390_000, "2026-09-12")
MEALS = OpenCharge(2, 138_000, 138_000, "2026-09-12")
CLASS = OpenCharge(3, 120_000, 120_000, "2026-10-01")


def test_a_payment_settles_the_oldest_charges_first_and_the_rest_stays_as_credit() -> None:
    charges = (CLASS, MEALS, CARE)
    assert settle(charges, 400_000) == (Settlement(1, 390_000), Settlement(2, 10_000))
    assert settle(charges, 0) == ()
    assert settle(charges, 700_000) == (Settlement(1, 390_000), Settlement(2, 138_000), Settlement(3, 120_000))


def test_only_what_is_still_open_is_settled() -> None:
    half, whole = OpenCharge(1, 390_000, 90_000, "2026-09-12"), OpenCharge(2, 100, 0, "2026-09-12")
    assert settle((half, whole, CLASS), 100_000) == (Settlement(1, 90_000), Settlement(3, 10_000))


def test_a_negative_payment_is_a_bug() -> None:
    with pytest.raises(ValueError):
        settle((CARE,), -1)


OPEN = st.builds(
    lambda open_fen, rest, day: (open_fen, rest, day),
    st.integers(0, 10**7), st.integers(0, 10**7), st.sampled_from(["2026-09-01", "2026-09-12", "2026-10-01"]),
)  # fmt: skip


@given(st.lists(OPEN, max_size=12), st.integers(0, 10**8))
def test_every_fen_is_settled_once_and_nothing_newer_before_something_older(
    drawn: list[tuple[int, int, str]], paid: int,
) -> None:  # fmt: skip
    charges = [OpenCharge(key, fen + rest, fen, day) for key, (fen, rest, day) in enumerate(drawn)]
    settled = {one.charge_id: one.fen for one in settle(charges, paid)}
    assert sum(settled.values()) == min(paid, sum(one.open_fen for one in charges))
    assert all(0 < settled.get(one.charge_id, 1) <= max(1, one.open_fen) for one in charges)
    left = [one for one in charges if settled.get(one.charge_id, 0) < one.open_fen]
    oldest = min((one.date, one.charge_id) for one in left) if left else ("9", 0)
    assert all((one.date, one.charge_id) <= oldest for one in charges if one.charge_id in settled)


@pytest.mark.parametrize(
    ("yuan", "buttons"),
    [
        (1280, (1280, 1300, 1400, 1500)),
        (1234, (1234, 1240, 1250, 1300)),
        (100, (100, 200, 300, 400)),
        (5, (5, 10, 50, 100)),
        (0, ()),
    ],
)
def test_the_quick_buttons_offer_the_exact_sum_and_round_ones(yuan: int, buttons: tuple[int, ...]) -> None:
    assert ledger.quick_cash(yuan * 100) == tuple(one * 100 for one in buttons)


@given(st.integers(1, 10**9))
def test_quick_buttons_begin_exact_and_rise(fen: int) -> None:
    buttons = ledger.quick_cash(fen)
    assert buttons[0] == fen
    assert len(buttons) == 4
    assert list(buttons) == sorted(set(buttons))


@pytest.mark.clause("P5")
@pytest.mark.parametrize(
    ("typed", "given", "rest", "parts"),
    [
        (390_000, None, 390_000, (390_000, None)),
        (400_000, None, 390_000, (390_000, 400_000)),  # more than is due was handed over, not paid
        (100_000, None, 390_000, (100_000, None)),
        (100_000, None, 0, (100_000, None)),  # nothing is open: paid beforehand
        (0, 400_000, 390_000, (390_000, 400_000)),
        (0, 100_000, 390_000, (100_000, 100_000)),
        (0, 100_000, 0, (100_000, 100_000)),
        (390_000, 380_000, 390_000, (390_000, 380_000)),  # too little, which the window tells
    ],
)
def test_cash_that_was_typed_is_told_from_cash_that_was_given(
    typed: int, given: int | None, rest: int, parts: tuple[int, int | None],
) -> None:
    assert ledger.cash_parts(typed, given, rest) == parts
