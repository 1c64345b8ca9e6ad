"""A charge that is reversed takes its discounts along: nobody gets credit that was not paid, and nothing is lost."""

import pytest

from app.process import checks, ledger, operation_log, payment
from app.process.payment import Paid
from tests.builders import a_charge, a_student, opid
from tests.conftest import Centre

DUE = 390_000


@pytest.fixture
def student(centre: Centre) -> int:
    return a_student(centre.manager)


def discount(centre: Centre, student: int, fen: int) -> int:
    return ledger.discount(centre.finance, student, fen=fen, rule="by_hand", reason="活动优惠", opid=opid())


def pay(centre: Centre, student: int, fen: int) -> None:
    payment.take(centre.finance, student_id=student, methods=[Paid("cash", fen)], opid=opid())


def first_charge(centre: Centre, student: int) -> int:
    return ledger.page(centre.finance, student).rows[0].id


def stands(centre: Centre, student: int) -> tuple[int, int, list[int]]:
    """Balance, credit and what is open; they always make up each other."""
    account = payment.open_items(centre.finance, student)
    still_open = [one.open_fen for one in account.items]
    assert account.balance_fen == sum(still_open) - account.credit_fen
    assert [one for one in checks.check(centre.folder, centre.key, backup=False) if one.strength == "damage"] == []
    return account.balance_fen, account.credit_fen, still_open


@pytest.mark.clause("P5")
def test_exactly_what_was_paid_becomes_credit(centre: Centre, student: int) -> None:
    used = discount(centre, student, 39_000)
    pay(centre, student, DUE - 39_000)
    told = ledger.goes_with(centre.finance, first_charge(centre, student))
    assert [(one.row_id, one.fen, one.rest_fen) for one in told] == [(used, 39_000, 0)]
    ledger.reverse(centre.finance, first_charge(centre, student), "不来了", opid=opid())
    assert stands(centre, student) == (-(DUE - 39_000), DUE - 39_000, [])
    entry = operation_log.entries(centre.manager, action="reverse_row")[0]
    assert (entry.details["discounts"], entry.details["discount_fen"]) == ([used], 39_000)


@pytest.mark.clause("P5")
def test_a_discount_that_no_payment_used_yet_goes_too(centre: Centre, student: int) -> None:
    discount(centre, student, 39_000)
    ledger.reverse(centre.finance, first_charge(centre, student), "登记错了", opid=opid())
    assert stands(centre, student) == (0, 0, [])


@pytest.mark.clause("P5")
@pytest.mark.parametrize("paid", [True, False])
def test_what_a_discount_took_off_another_charge_is_given_anew(centre: Centre, student: int, paid: bool) -> None:
    other = a_charge(centre.finance, student)
    discount(centre, student, DUE + 5_000)  # all of the first charge, and 50.00 of the other
    if paid:
        pay(centre, student, 15_000)
    assert [(one.fen, one.rest_fen) for one in ledger.goes_with(centre.finance, other)] == [(DUE + 5_000, DUE)]
    ledger.reverse(centre.finance, other, "不收了", opid=opid())
    balance, credit, _ = stands(centre, student)
    assert (balance, credit) == ((-15_000, 15_000) if paid else (0, 0))
    page = ledger.page(centre.finance, student)
    assert (page.charged_fen, page.discounted_fen) == (DUE, -DUE)
    assert [row.note for row in page.rows if row.kind == "discount"] == ["活动优惠", "活动优惠"]


@pytest.mark.clause("P5")
def test_the_discount_of_an_earlier_charge_stays_with_it(centre: Centre, student: int) -> None:
    discount(centre, student, 39_000)
    pay(centre, student, DUE - 39_000)
    later = a_charge(centre.finance, student)
    pay(centre, student, 20_000)
    assert ledger.goes_with(centre.finance, later) == ()
    ledger.reverse(centre.finance, later, "不收了", opid=opid())
    assert stands(centre, student) == (-20_000, 20_000, [])
    ledger.reverse(centre.finance, first_charge(centre, student), "不来了", opid=opid())
    assert stands(centre, student) == (-(DUE - 39_000) - 20_000, DUE - 39_000 + 20_000, [])


@pytest.mark.clause("P5")
def test_after_a_void_receipt_discount_and_charge_still_belong_together(centre: Centre, student: int) -> None:
    other = a_charge(centre.finance, student)
    discount(centre, student, 39_000)
    pay(centre, student, DUE)
    last = payment.receipts(centre.finance, student_id=student)[0]
    pay(centre, student, 1_000)
    payment.void(centre.manager, last.id, "收错了", opid=opid())
    ledger.reverse(centre.finance, other, "不收了", opid=opid())
    ledger.reverse(centre.finance, first_charge(centre, student), "不来了", opid=opid())
    assert stands(centre, student) == (-1_000, 1_000, [])


def test_pressed_twice_it_is_reversed_once(centre: Centre, student: int) -> None:
    discount(centre, student, 39_000)
    once, row = opid(), first_charge(centre, student)
    first = ledger.reverse(centre.finance, row, "不来了", opid=once)
    assert ledger.reverse(centre.finance, row, "不来了", opid=once) == first
    assert stands(centre, student) == (0, 0, [])
