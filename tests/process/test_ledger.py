"""The ledger: charges, discounts and reversals by hand; and that any history adds up."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.models.database import database
from app.process import checks, data_folder, ledger, payment, review
from app.process.payment import Paid
from tests.builders import a_charge, a_line, a_registration, a_student, an_application, opid
from tests.conftest import Centre

DUE = 390_000


@pytest.fixture
def student(centre: Centre) -> int:
    return a_student(centre.manager)


@pytest.mark.clause("P5")
def test_the_page_of_a_student_shows_every_row_with_the_balance_after_it(centre: Centre, student: int) -> None:
    a_charge(centre.finance, student)
    ledger.discount(centre.finance, student, fen=5_000, rule="by_hand", reason="活动优惠", opid=opid())
    page = ledger.page(centre.receptionist, student)
    assert [(row.kind, row.fen, row.balance_fen) for row in page.rows] == [
        ("charge", DUE, DUE),
        ("charge", 20_000, DUE + 20_000),
        ("discount", -5_000, DUE + 15_000),
    ]
    assert (page.charged_fen, page.discounted_fen, page.paid_fen, page.balance_fen) == (410_000, -5_000, 0, 405_000)


@pytest.mark.clause("P5")
def test_a_mistake_is_reversed_by_a_mirror_row_and_both_stay(centre: Centre, student: int) -> None:
    row = a_charge(centre.finance, student)
    ledger.reverse(centre.finance, row, "重复记账", opid=opid())
    page = ledger.page(centre.finance, student)
    assert [(one.kind, one.fen, one.reversed) for one in page.rows[1:]] == [
        ("charge", 20_000, True),
        ("reversal", -20_000, False),
    ]
    assert page.rows[-1].note == "重复记账"
    assert page.balance_fen == DUE
    with pytest.raises(Refused, match="already_reversed"):
        ledger.reverse(centre.finance, row, "再来一次", opid=opid())


@pytest.mark.clause("P5")
def test_what_was_paid_of_a_reversed_charge_goes_to_what_is_still_due(centre: Centre, student: int) -> None:
    row = a_charge(centre.finance, student)
    payment.take(centre.finance, student_id=student, methods=[Paid("cash", 20_000)], chosen=[row], opid=opid())
    ledger.reverse(centre.finance, row, "不收了", opid=opid())
    account = payment.open_items(centre.finance, student)
    assert (account.credit_fen, [one.open_fen for one in account.items]) == (0, [DUE - 20_000])


@pytest.mark.clause("P5")
def test_a_used_discount_that_is_reversed_leaves_the_charge_open_again(centre: Centre, student: int) -> None:
    row = ledger.discount(centre.finance, student, fen=20_000, rule="by_hand", reason="活动优惠", opid=opid())
    payment.take(centre.finance, student_id=student, methods=[Paid("cash", DUE - 20_000)], opid=opid())
    ledger.reverse(centre.finance, row, "不符合条件", opid=opid())
    account = payment.open_items(centre.finance, student)
    assert (account.balance_fen, account.credit_fen, [one.open_fen for one in account.items]) == (20_000, 0, [20_000])
    assert account.state == "entered"


@pytest.mark.clause("P6")
def test_a_later_fee_does_not_throw_a_paid_student_back(centre: Centre, student: int) -> None:
    payment.take(centre.finance, student_id=student, methods=[Paid("cash", DUE)], opid=opid())
    a_charge(centre.finance, student)
    assert payment.open_items(centre.finance, student).state == "paid"


@pytest.mark.clause("P6")
def test_a_charge_that_was_corrected_by_hand_counts_for_entry(centre: Centre, student: int) -> None:
    (row,) = ledger.page(centre.finance, student).rows
    ledger.reverse(centre.finance, row.id, "记错", opid=opid())
    a_charge(centre.finance, student, DUE - 20_000)
    assert payment.open_items(centre.finance, student).state == "entered"
    payment.take(centre.finance, student_id=student, methods=[Paid("cash", DUE - 20_000)], opid=opid())
    assert payment.open_items(centre.finance, student).state == "paid"


@pytest.mark.clause("P6")
def test_a_free_place_stays_paid_whatever_is_charged_later(centre: Centre) -> None:
    form = a_registration(lines=(a_line(unit_fen=0),))
    student = review.approve(centre.manager, an_application(centre.receptionist, form), 1).student_id
    a_charge(centre.finance, student)
    payment.take(centre.finance, student_id=student, methods=[Paid("cash", 100)], opid=opid())
    assert payment.open_items(centre.finance, student).state == "paid"


@pytest.mark.clause("P5")
def test_a_payment_is_taken_back_by_voiding_its_receipt_only(centre: Centre, student: int) -> None:
    payment.take(centre.finance, student_id=student, methods=[Paid("cash", 20_000)], opid=opid())
    row = ledger.page(centre.finance, student).rows[-1]
    with pytest.raises(Refused, match="void_the_receipt"):
        ledger.reverse(centre.finance, row.id, "收错", opid=opid())


@pytest.mark.clause("P5")
def test_charging_by_hand_needs_the_right_a_sum_and_a_service(centre: Centre, student: int) -> None:
    given_now = {"unit": "once", "unit_fen": 100, "quantity": 1, "service_id": centre.services["材料费"]}
    for changes, actor, code in (
        ({}, centre.receptionist, "no_right"),
        ({"unit_fen": 0}, centre.finance, "nothing_charged"),
        ({"unit_fen": 10**15}, centre.finance, "charge_too_large"),
        ({"service_id": 999}, centre.finance, "unknown_service"),
        ({"unit": "给小明"}, centre.finance, "unknown_unit"),
        ({"period_from": "2026-10-01", "period_to": "2026-09-01"}, centre.finance, "period_reversed"),
    ):
        with pytest.raises(Refused, match=code):
            ledger.charge(actor, student, opid=opid(), **(given_now | changes))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="student_unknown"):
        ledger.charge(centre.finance, 999, opid=opid(), **given_now)  # type: ignore[arg-type]


@pytest.mark.clause("P5")
def test_a_discount_has_a_reason_and_is_never_more_than_what_is_due(centre: Centre, student: int) -> None:
    for fen, rule, reason, code in (
        (0, "by_hand", "优惠", "nothing_charged"),
        (100, "by_hand", " ", "reason_missing"),
        (100, "给小明", "优惠", "discount_rule_unknown"),
        (DUE + 1, "by_hand", "优惠", "discount_above_due"),
    ):
        with pytest.raises(Refused, match=code):
            ledger.discount(centre.finance, student, fen=fen, rule=rule, reason=reason, opid=opid())


@pytest.mark.clause("P5")
def test_the_ledger_of_all_is_paged_and_searched(centre: Centre, student: int) -> None:
    rows = [a_charge(centre.finance, student) for _ in range(5)]
    page = ledger.all_rows(centre.finance, limit=3)
    assert [row.id for row in page] == rows[:1:-1]
    assert [row.id for row in ledger.all_rows(centre.finance, limit=2, before=page[-1].id)] == [rows[1], rows[0]]
    assert ledger.all_rows(centre.finance, text="没有这个人") == ()
    assert len(ledger.all_rows(centre.finance, text=page[0].student)) == 6
    assert ledger.all_rows(centre.finance, to_date="2026-09-11") == ()


STEPS = st.lists(
    st.tuples(st.sampled_from(["charge", "pay", "discount", "void", "reverse"]), st.integers(1, 500_000)),
    min_size=1,
    max_size=14,
)


@pytest.mark.clause("P5")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_history_adds_up(centre: Centre, steps: list[tuple[str, int]]) -> None:
    """Balance = sum of rows = open items - credit; every number once and in order; the whole folder checks."""
    student = a_student(centre.manager, class_id=None)
    for step, fen in steps:
        try:
            _do(centre, student, step, fen)
        except Refused as refused:
            if refused.code not in {"discount_above_due", "already_reversed"}:
                raise
    page = ledger.page(centre.finance, student)
    account = payment.open_items(centre.finance, student)
    assert page.balance_fen == account.balance_fen == sum(row.fen for row in page.rows)
    assert account.balance_fen == sum(one.open_fen for one in account.items) - account.credit_fen
    numbers = [no for (no,) in database.execute_sql("SELECT no FROM receipt WHERE year = 2026 ORDER BY id")]
    assert numbers == list(range(1, len(numbers) + 1))
    state = database.execute_sql("SELECT state FROM student WHERE id = ?", (student,)).fetchone()[0]
    entry = [row for row in page.rows if row.kind == "charge" and row.service == "晚托" and not row.reversed]
    left = sum(one.open_fen for one in account.items if one.name == "晚托" or one.discount) - account.credit_fen
    assert state == ("paid" if (left if entry else account.balance_fen) <= 0 else "entered")


def _do(centre: Centre, student: int, step: str, fen: int) -> None:
    if step == "charge":
        a_charge(centre.finance, student, fen)
    elif step == "pay":
        payment.take(centre.finance, student_id=student, methods=[Paid("cash", fen)], opid=opid())
    elif step == "discount":
        ledger.discount(centre.finance, student, fen=fen, rule="by_hand", reason="优惠", opid=opid())
    elif step == "void":
        good = [row for row in payment.receipts(centre.finance, student_id=student) if not row.void]
        if good:
            payment.void(centre.finance, good[fen % len(good)].id, "收错", opid=opid())
    else:
        rows = [row for row in ledger.page(centre.finance, student).rows if row.kind in {"charge", "discount"}]
        if rows:
            ledger.reverse(centre.finance, rows[fen % len(rows)].id, "记错", opid=opid())


@pytest.mark.clause("P5")
def test_after_payments_and_a_void_the_whole_folder_checks(centre: Centre, student: int) -> None:
    receipt = payment.take(centre.finance, student_id=student, methods=[Paid("cash", 20_000)], opid=opid())
    payment.void(centre.finance, receipt.id, "收错", opid=opid())
    payment.take(centre.finance, student_id=student, methods=[Paid("cash", 20_000)], opid=opid())
    found = checks.check(data_folder.folder(), centre.key)
    assert [one for one in found if one.strength == "damage"] == []
