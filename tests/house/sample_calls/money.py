from app.process import ledger, payment, prices
from app.process.payment import Paid
from tests.builders import a_charge, a_student, opid
from tests.conftest import Centre
from tests.house.samples import Call, sample


@sample("payment.take", "take_payment")
def take(centre: Centre) -> Call:
    student = a_student(centre.manager)
    return lambda actor: payment.take(actor, student_id=student, methods=[Paid("cash", 100)], opid=opid())


@sample("receipts.void", "void_receipt")
def void(centre: Centre) -> Call:
    receipt = payment.take(
        centre.manager, student_id=a_student(centre.manager), methods=[Paid("cash", 100)], opid=opid(),
    )
    return lambda actor: payment.void(actor, receipt.id, "收错", opid=opid())


@sample("ledger.charge", "charge")
def charge(centre: Centre) -> Call:
    student = a_student(centre.manager)
    return lambda actor: a_charge(actor, student, 100)


@sample("ledger.discount", "charge")
def discount(centre: Centre) -> Call:
    student = a_student(centre.manager)
    return lambda actor: ledger.discount(actor, student, fen=100, rule="by_hand", reason="优惠", opid=opid())


@sample("reversal.reverse", "charge")
def reverse(centre: Centre) -> Call:
    row = ledger.page(centre.manager, a_student(centre.manager)).rows[0]
    return lambda actor: ledger.reverse(actor, row.id, "记错", opid=opid())


@sample("prices.save_service", "edit_prices")
def save_service(centre: Centre) -> Call:
    return lambda actor: prices.save_service(actor, None, "周末托管", "care", "drop_in", "", active=True)


@sample("prices.set_price", "edit_prices")
def set_price(centre: Centre) -> Call:
    return lambda actor: prices.set_price(actor, centre.services["晚托"], "month", 88_000, "2027-02-01")
