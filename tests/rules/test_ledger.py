from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import ledger
from app.rules.ledger import OpenCharge, Row, Settlement, account, settle

pytestmark = pytest.mark.clause("P5")

CARE = Row(1, "charge", 390_000, "2026-09-12")
MEALS = Row(2, "charge", 138_000, "2026-09-12")
CLASS = Row(3, "charge", 120_000, "2026-10-01")


def opened(*rows: Row, settled: dict[int, int] | None = None) -> dict[int, int]:
    return {one.charge_id: one.open_fen for one in account(rows, settled).charges}


def test_a_payment_settles_the_oldest_charges_first_and_the_rest_stays_as_credit() -> None:
    charges = account((CLASS, MEALS, CARE)).open
    assert settle(charges, 400_000) == (Settlement(1, 390_000), Settlement(2, 10_000))
    assert settle(charges, 0) == ()
    whole = settle(charges, 700_000)
    assert whole == (Settlement(1, 390_000), Settlement(2, 138_000), Settlement(3, 120_000))
    assert ledger.rest(700_000, whole) == 52_000


def test_a_payment_settles_only_the_chosen_charges() -> None:
    charges = account((CARE, MEALS, CLASS)).open
    assert settle(charges, 200_000, chosen=(3, 2)) == (Settlement(2, 138_000), Settlement(3, 62_000))
    assert settle(charges, 200_000, chosen=(3,)) == (Settlement(3, 120_000),)
    assert settle(charges, 200_000, chosen=()) == ()


@pytest.mark.parametrize(("paid", "chosen"), [(-1, None), (100, (9,))])
def test_a_negative_payment_or_an_unknown_charge_is_a_bug(paid: int, chosen: tuple[int, ...] | None) -> None:
    with pytest.raises(ValueError):
        settle(account((CARE,)).open, paid, chosen)


def test_a_discount_and_earlier_credit_lower_what_is_open() -> None:
    discount = Row(4, "discount", -200_00, "2026-09-12")
    assert opened(CARE, MEALS, discount) == {1: 370_000, 2: 138_000}
    payment = Row(5, "payment", -400_000, "2026-09-12")
    assert opened(CARE, MEALS, discount, payment, settled={1: 370_000, 2: 30_000}) == {1: 0, 2: 108_000}
    prepaid = Row(6, "payment", -500_000, "2026-09-01")
    state = account((prepaid, CARE))
    assert state.open == ()
    assert (state.balance_fen, state.credit_fen, state.due_fen) == (-110_000, 110_000, 0)
    assert opened(prepaid, CARE, MEALS) == {1: 0, 2: 28_000}


def test_a_reversed_charge_and_a_voided_payment_are_as_if_they_had_never_been() -> None:
    wrong = Row(7, "charge", 500_000, "2026-09-12")
    undone = Row(8, "reversal", -500_000, "2026-09-13", reverses=7)
    assert opened(CARE, wrong, undone) == {1: 390_000}
    payment = Row(9, "payment", -390_000, "2026-09-12")
    void = Row(10, "reversal", 390_000, "2026-09-14", reverses=9)
    assert account((CARE, payment), {1: 390_000}).open == ()
    assert opened(CARE, payment, void, settled={1: 0}) == {1: 390_000}


def test_money_of_a_reversed_charge_is_free_for_the_others() -> None:
    payment = Row(5, "payment", -390_000, "2026-09-12")
    undone = Row(8, "reversal", -390_000, "2026-09-13", reverses=1)
    state = account((CARE, MEALS, payment, undone), {1: 390_000})
    assert [one.open_fen for one in state.charges] == [0]
    assert state.credit_fen == 252_000


def test_a_refund_uses_up_the_credit() -> None:
    state = account((Row(1, "payment", -50_000, "2026-09-01"), Row(2, "refund", 30_000, "2026-09-02")))
    assert state.open == ()
    assert state.credit_fen == 20_000


def test_a_payment_stays_with_the_charge_that_it_was_paid_for() -> None:
    payment = Row(5, "payment", -138_000, "2026-09-12")
    assert opened(CARE, MEALS, payment, settled={2: 138_000}) == {1: 390_000, 2: 0}


def test_what_was_paid_back_cannot_settle_an_older_charge() -> None:
    paid, back = Row(5, "payment", -50_000, "2026-10-02"), Row(6, "refund", 30_000, "2026-10-03")
    assert opened(CLASS, paid, back) == {3: 100_000, 6: 0}


def test_charges_of_one_day_keep_their_order() -> None:
    charges = (OpenCharge(2, 100, 100, "2026-09-12"), OpenCharge(1, 100, 100, "2026-09-12"))
    assert settle(charges, 150) == (Settlement(1, 100), Settlement(2, 50))


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["charge", "discount", "payment", "credit", "refund", "correction", "opening"]),
        st.integers(1, 10**7),
        st.sampled_from(["2026-09-01", "2026-09-12", "2026-10-01"]),
        st.booleans(),
    ),
    max_size=12,
)


def rows_of(drawn: list[tuple[str, int, str, bool]]) -> list[Row]:
    rows: list[Row] = []
    for kind, fen, day, undo in drawn:
        sign = -1 if kind in {"discount", "payment", "credit"} else 1
        rows.append(Row(len(rows) + 1, kind, sign * fen, day))
        if undo:
            rows.append(Row(len(rows) + 1, "reversal", -sign * fen, day, reverses=len(rows)))
    return rows


@given(ROWS, st.dictionaries(st.integers(1, 12), st.integers(0, 10**7), max_size=6))
def test_open_amounts_and_credit_always_make_up_the_balance(
    drawn: list[tuple[str, int, str, bool]], settled: dict[int, int],
) -> None:  # fmt: skip
    rows = rows_of(drawn)
    state = account(rows, settled)
    assert state.balance_fen == sum(row.fen for row in rows)
    assert sum(one.open_fen for one in state.open) - state.credit_fen in {state.balance_fen, state.due_fen}
    assert sum(one.open_fen for one in state.open) == state.due_fen
    assert all(0 <= one.open_fen <= one.fen for one in state.charges)


@given(ROWS, st.lists(st.integers(0, 10**7), max_size=6))
def test_payments_one_after_another_settle_every_fen_once(
    drawn: list[tuple[str, int, str, bool]], payments: list[int],
) -> None:  # fmt: skip
    rows, settled = rows_of(drawn), Counter[int]()
    for paid in payments:
        before = account(rows, settled)
        parts = settle(before.open, paid)
        settled.update({one.charge_id: one.fen for one in parts})
        rows.append(Row(len(rows) + 1, "payment", -paid, "2026-11-01"))
        after = account(rows, settled)
        assert after.balance_fen == before.balance_fen - paid
        assert sum(one.fen for one in parts) == min(paid, before.due_fen)
        assert ledger.rest(paid, parts) == max(0, paid - before.due_fen)
        assert sum(one.open_fen for one in after.open) == after.due_fen


def test_the_balance_after_every_row() -> None:
    assert ledger.running((390_000, -20_000, -370_000)) == (390_000, 370_000, 0)
    assert ledger.balance((390_000, -20_000)) == 370_000
    assert ledger.running(()) == ()


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


def test_the_change_says_how_much_is_missing() -> None:
    assert ledger.change(130_000, 128_000) == 2_000
    assert ledger.change(120_000, 128_000) == -8_000
