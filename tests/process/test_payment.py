"""Taking payments, voiding receipts: at the counter, in the words of the counter."""

from typing import Any

import pytest
from peewee import OperationalError

from app.errors import Damaged, Refused
from app.models.database import database
from app.process import confirmation, ledger, office, operation_log, papers, payment
from app.process.payment import Paid
from tests.builders import a_charge, a_student, opid
from tests.conftest import Centre, Clock

DUE = 390_000  # five months of after-school care at 780.00


def take(centre: Centre, student: int, *methods: tuple[str, int], **more: Any) -> payment.Receipt:
    parts = tuple(Paid(method, fen) for method, fen in methods)
    given = {"opid": opid(), "payer": "张志强", "relation": "father", **more}
    return payment.take(centre.receptionist, student_id=student, methods=parts, **given)


def state(student: int) -> str:
    return str(database.execute_sql("SELECT state FROM student WHERE id = ?", (student,)).fetchone()[0])


@pytest.fixture
def student(centre: Centre) -> int:
    return a_student(centre.manager)


@pytest.mark.clause("P5")
def test_what_is_agreed_is_due_and_the_payer_is_proposed(centre: Centre, student: int) -> None:
    account = payment.open_items(centre.receptionist, student)
    assert (account.balance_fen, account.credit_fen, account.payer) == (DUE, 0, "张志强")
    assert [(one.name, one.open_fen, one.quantity, one.unit) for one in account.items] == [("晚托", DUE, 5, "month")]


@pytest.mark.clause("P5")
@pytest.mark.clause("P6")
def test_paying_in_full_by_two_methods_gives_a_receipt_and_makes_the_student_paid(centre: Centre, student: int) -> None:
    receipt = take(centre, student, ("wechat", 300_000), ("cash", 90_000), given_fen=100_000)
    assert (receipt.number, receipt.fen, receipt.change_fen, receipt.balance_fen) == ("SJ-2026-000001", DUE, 10_000, 0)
    assert receipt.student_state == state(student) == "paid"
    rows = ledger.page(centre.finance, student).rows
    assert [(row.kind, row.method, row.fen) for row in rows] == [
        ("charge", "", DUE),
        ("payment", "wechat", -300_000),
        ("payment", "cash", -90_000),
    ]
    assert payment.open_items(centre.receptionist, student).items == ()


@pytest.mark.clause("P5")
def test_the_receipt_is_kept_as_the_bytes_that_were_drawn_with_the_mark_of_its_log_entry(
    centre: Centre,
    student: int,
) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    receipt = take(centre, student, ("cash", DUE))
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(papers.content(centre.manager, receipt.paper_id))).pages
    )
    mac = database.execute_sql(
        "SELECT mac FROM operation_log WHERE seq = (SELECT log_seq FROM receipt WHERE id = ?)",
        (receipt.id,),
    ).fetchone()[0]
    plain = text.replace(" ", "").replace("\n", "").replace("-", "")
    assert operation_log.mark(bytes(mac)) in plain
    assert "叁仟玖佰元整" in plain
    assert "SJ2026000001" in plain


@pytest.mark.clause("P5")
def test_a_part_settles_the_oldest_first_and_the_rest_stays_due(centre: Centre, student: int) -> None:
    a_charge(centre.finance, student)
    receipt = take(centre, student, ("alipay", 380_000))
    assert receipt.balance_fen == 30_000
    assert state(student) == "entered"
    opened = {one.name: one.open_fen for one in payment.open_items(centre.receptionist, student).items}
    assert opened == {"晚托": 10_000, "材料费": 20_000}


@pytest.mark.clause("P5")
def test_the_family_may_choose_what_it_pays(centre: Centre, student: int) -> None:
    row = a_charge(centre.finance, student)
    take(centre, student, ("cash", 20_000), chosen=[row])
    assert [one.name for one in payment.open_items(centre.receptionist, student).items] == ["晚托"]


@pytest.mark.clause("P5")
def test_what_is_paid_too_much_stays_as_credit_and_is_used_before_new_money(centre: Centre, student: int) -> None:
    take(centre, student, ("card", DUE + 50_000))
    assert payment.open_items(centre.receptionist, student).credit_fen == 50_000
    a_charge(centre.finance, student, 60_000)
    take(centre, student, ("cash", 10_000))
    account = payment.open_items(centre.receptionist, student)
    assert (account.balance_fen, account.credit_fen, account.items) == (0, 0, ())


@pytest.mark.clause("P5")
def test_a_discount_is_named_on_the_account_and_used_up_by_the_payment(centre: Centre, student: int) -> None:
    ledger.discount(centre.finance, student, fen=20_000, rule="by_hand", reason="老生优惠", opid=opid())
    items = payment.open_items(centre.receptionist, student).items
    assert [(one.note, one.open_fen) for one in items if one.discount] == [("老生优惠", -20_000)]
    receipt = take(centre, student, ("wechat", DUE - 20_000))
    assert receipt.student_state == "paid"
    assert payment.open_items(centre.receptionist, student).items == ()


def test_payer_and_reference_are_put_in_order(centre: Centre, student: int) -> None:
    payment.take(
        centre.receptionist, student_id=student, methods=[Paid("wechat", 100, " ４２０\x00\ud800 ")], opid=opid(),
        payer=" 张 志强\ud800 ",
    )  # fmt: skip
    found = database.execute_sql("SELECT payer, reference FROM receipt_note").fetchone()
    assert found == ("张志强", "420")


@pytest.mark.clause("P13")
def test_two_parts_by_one_method_stand_as_their_sum_in_the_log(centre: Centre, student: int) -> None:
    take(centre, student, ("wechat", 100_000), ("wechat", 200_000))
    (entry,) = operation_log.entries(centre.manager, action="take_payment")
    assert entry.details["methods"] == {"wechat": 300_000}


def test_cash_on_the_counter_counts_for_nothing_when_nothing_is_paid_in_cash(centre: Centre, student: int) -> None:
    assert take(centre, student, ("wechat", 100_000), given_fen=5_000).change_fen == 0
    with pytest.raises(Refused, match="payment_too_large"):
        take(centre, student, ("cash", 100_000), given_fen=10**20)


def test_all_of_a_receipt_bears_one_time_also_when_the_year_ends_meanwhile(
    centre: Centre, student: int, the_clock: Clock,
) -> None:  # fmt: skip
    the_clock.set("2026-12-31 23:59:59.998")
    take(centre, student, ("cash", DUE))
    year, issued_at, number = database.execute_sql("SELECT year, issued_at, number FROM receipt").fetchone()
    (entered_at,) = database.execute_sql("SELECT entered_at FROM ledger WHERE kind = 'payment'").fetchone()
    assert (year, issued_at, number) == (2026, "2026-12-31T23:59:59", "SJ-2026-000001")
    assert entered_at == issued_at


@pytest.mark.clause("P5")
def test_pressing_twice_takes_the_money_once(centre: Centre, student: int) -> None:
    once = opid()
    first, second = (take(centre, student, ("cash", 10_000), opid=once) for _ in range(2))
    assert first.id == second.id
    assert len(payment.receipts(centre.finance)) == 1


@pytest.mark.clause("P5")
def test_the_same_sum_within_ten_minutes_is_noticed(centre: Centre, student: int, the_clock: Clock) -> None:
    receipt = take(centre, student, ("cash", 10_000))
    the_clock.go_on(minutes=9)
    found = payment.similar(centre.receptionist, student, 10_000)
    assert found is not None
    assert found.number == receipt.number
    the_clock.go_on(minutes=2)
    assert payment.similar(centre.receptionist, student, 10_000) is None
    assert payment.similar(centre.receptionist, student, 20_000) is None


@pytest.mark.clause("P5")
@pytest.mark.parametrize(
    ("methods", "more", "code"),
    [
        ((), {}, "nothing_paid"),
        ((("cash", -100),), {}, "nothing_paid"),
        ((("shells", 100),), {}, "unknown_method"),
        ((("cash", 10**15),), {}, "payment_too_large"),
        ((("cash", 10_000),), {"given_fen": 9_000}, "cash_too_little"),
        ((("cash", 10_000),), {"paid_on": "2026-09-13"}, "paid_on_in_future"),
        ((("cash", 10_000),), {"chosen": [999]}, "charge_not_open"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_taken(
    centre: Centre,
    student: int,
    methods: tuple[tuple[str, int], ...],
    more: dict[str, Any],
    code: str,
) -> None:
    with pytest.raises(Refused) as refused:
        take(centre, student, *methods, **more)
    assert refused.value.code == code
    assert payment.receipts(centre.finance) == ()
    assert payment.open_items(centre.receptionist, student).balance_fen == DUE


@pytest.mark.clause("P5")
def test_a_refused_payment_leaves_no_gap_in_the_numbers(centre: Centre, student: int) -> None:
    take(centre, student, ("cash", 10_000))
    with pytest.raises(Refused):
        take(centre, student, ("cash", 10_000), chosen=[999])
    assert take(centre, student, ("cash", 10_000)).number == "SJ-2026-000002"


@pytest.mark.clause("P5")
def test_numbers_begin_anew_with_the_year(centre: Centre, student: int, the_clock: Clock) -> None:
    take(centre, student, ("cash", 10_000))
    the_clock.set("2027-01-04")
    assert take(centre, student, ("cash", 10_000)).number == "SJ-2027-000001"


@pytest.mark.clause("P5")
@pytest.mark.clause("P6")
def test_a_void_receipt_keeps_its_number_and_the_money_is_due_again(centre: Centre, student: int) -> None:
    receipt = take(centre, student, ("wechat", 300_000), ("cash", 90_000))
    payment.void(centre.finance, receipt.id, "金额收错", opid=opid())
    row = payment.receipt(centre.finance, receipt.id)
    assert (row.void, row.void_reason, row.number) == (True, "金额收错", "SJ-2026-000001")
    account = payment.open_items(centre.receptionist, student)
    assert (account.balance_fen, [one.open_fen for one in account.items], state(student)) == (DUE, [DUE], "entered")
    assert take(centre, student, ("cash", DUE)).number == "SJ-2026-000002"


@pytest.mark.clause("P5")
def test_voiding_needs_a_right_and_a_reason_and_happens_once(centre: Centre, student: int) -> None:
    receipt = take(centre, student, ("cash", 10_000))
    for actor, reason, code in (
        (centre.receptionist, "收错", "no_right"),
        (centre.finance, "  ", "reason_missing"),
    ):
        with pytest.raises(Refused, match=code):
            payment.void(actor, receipt.id, reason, opid=opid())
    once = opid()
    payment.void(centre.finance, receipt.id, "收错", opid=once)
    payment.void(centre.finance, receipt.id, "收错", opid=once)
    with pytest.raises(Refused, match="already_void"):
        payment.void(centre.finance, receipt.id, "收错", opid=opid())
    assert payment.open_items(centre.receptionist, student).balance_fen == DUE


@pytest.mark.clause("P4")
def test_money_before_the_signature_is_refused_where_the_centre_wants_it_so(centre: Centre, student: int) -> None:
    office.change_settings(centre.manager, {"pay_before_signature": "refuse"})
    with pytest.raises(Refused, match="sheet_not_signed"):
        take(centre, student, ("cash", 10_000))


@pytest.mark.clause("P4")
def test_money_before_the_signature_is_taken_after_a_warning_where_the_centre_wants_one(
    centre: Centre, student: int,
) -> None:  # fmt: skip
    office.change_settings(centre.manager, {"pay_before_signature": "warn"})
    cash = [Paid("cash", 10_000)]
    with pytest.raises(Refused, match="sheet_not_signed_yet"):
        payment.take(centre.receptionist, student_id=student, methods=cash, opid=opid())
    payment.take(centre.receptionist, student_id=student, methods=cash, opid=opid(), warned=True)
    sheet = confirmation.make_sheet(centre.receptionist, student_id=student)
    name, relation, guardian = confirmation.signers(centre.receptionist, sheet.id)[0]
    confirmation.mark_signed(
        centre.receptionist, sheet.id, signed_on="2026-09-12", signer=name, relation=relation, guardian_id=guardian,
    )  # fmt: skip
    payment.take(centre.receptionist, student_id=student, methods=cash, opid=opid())


@pytest.mark.clause("P4")
def test_by_default_money_before_the_signature_is_only_reminded_of(centre: Centre, student: int) -> None:
    account = payment.open_items(centre.receptionist, student)
    assert (account.before_signature, account.signed) == ("remind", False)
    assert take(centre, student, ("cash", 10_000)).fen == 10_000


@pytest.mark.clause("P5")
def test_a_receipt_is_found_by_number_name_day_and_scanned_code(centre: Centre, student: int) -> None:
    receipt = take(centre, student, ("cash", 10_000))
    for text in (receipt.code, receipt.number, "000001", payment.receipt(centre.finance, receipt.id).student):
        assert [row.id for row in payment.receipts(centre.finance, text=text)] == [receipt.id]
    assert payment.receipts(centre.finance, text="没有这个人") == ()
    assert [row.id for row in payment.receipts(centre.finance, day="2026-09-12")] == [receipt.id]
    assert payment.receipts(centre.finance, day="2026-09-11") == ()


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
def test_a_commit_that_reports_a_fault_and_held_all_the_same_gives_its_receipt(
    centre: Centre, student: int, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    commit, faults = database.commit, ["disk I/O error"]

    def held_and_failed() -> None:
        commit()
        if faults:
            raise OperationalError(faults.pop())

    monkeypatch.setattr(database, "commit", held_and_failed)
    same = opid()
    receipt = take(centre, student, ("cash", DUE), opid=same)
    assert not faults, "the fault was met"
    assert (receipt.number, receipt.fen, receipt.balance_fen, receipt.student_state) == (
        "SJ-2026-000001", DUE, 0, "paid",
    )  # fmt: skip
    assert take(centre, student, ("cash", DUE), opid=same) == receipt
    assert [row.number for row in payment.receipts(centre.receptionist)] == [receipt.number]


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
def test_a_commit_that_failed_and_did_not_hold_is_told_and_the_same_payment_can_be_taken(
    centre: Centre, student: int, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    commit, faults = database.commit, ["disk I/O error"]

    def failed() -> None:
        if faults:
            raise OperationalError(faults.pop())
        commit()

    monkeypatch.setattr(database, "commit", failed)
    same = opid()
    with pytest.raises(Damaged) as stop:
        take(centre, student, ("cash", DUE), opid=same)
    assert stop.value.code == "disk_error"
    assert payment.receipts(centre.receptionist) == ()
    assert take(centre, student, ("cash", DUE), opid=same).number == "SJ-2026-000001"
