"""Taking money at the counter, through the real page."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.process import office, payment
from app.ui.desk import Desk
from app.ui.payment.page import PaymentPage
from tests.builders import a_student
from tests.conftest import Centre

DUE = 390_000


@pytest.fixture
def page(qtbot: QtBot, centre: Centre, counter: Desk) -> PaymentPage:
    made = PaymentPage(counter)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.open(a_student(centre.manager))
    made.show()
    return made


def type_amount(page: PaymentPage, qtbot: QtBot, method: str, text: str) -> None:
    field = page.methods.amounts[method]
    field.selectAll()
    qtbot.keyClicks(field, text)
    field.clearFocus()
    field.left.emit()


@pytest.mark.clause("P5")
def test_alt_and_a_digit_puts_what_is_open_into_a_method(page: PaymentPage, qtbot: QtBot) -> None:
    type_amount(page, qtbot, "wechat", "3000")
    page.methods.use(1)
    assert page.methods.amounts["cash"].value() == 90_000
    assert page.methods.allocated.text() == "已分配 3,900.00 / 3,900.00"
    assert page.total.capitals.text() == "人民币叁仟玖佰元整"


@pytest.mark.clause("P5")
def test_too_little_cash_is_told_and_blocks_the_payment(page: PaymentPage, qtbot: QtBot) -> None:
    page.methods.use(1)
    qtbot.keyClicks(page.methods.given, "3800")
    assert (page.methods.change_caption.text(), page.methods.change.text()) == ("还差", "100.00")
    assert not page.pay_button.isEnabled()
    page.commit()
    assert page.problem.text() == "收到的现金还差 100.00"
    assert payment.receipts(page.desk.actor) == ()


@pytest.mark.clause("P5")
def test_f9_takes_the_money_once_and_asks_for_the_receipt_to_be_printed(page: PaymentPage, qtbot: QtBot) -> None:
    page.methods.use(1)
    qtbot.keyClicks(page.methods.given, "4000")
    with qtbot.waitSignal(page.printRequested) as printed:
        page.commit()
    page.commit()
    rows = payment.receipts(page.desk.actor)
    assert [(row.fen, row.given_fen, row.change_fen, row.payer) for row in rows] == [(DUE, 400_000, 10_000, "张志强")]
    assert printed.args == [rows[0].paper_id, False]
    assert page.done.change.text() == "100.00"
    assert page.done.balance.text() == "已结清"


@pytest.mark.clause("P5")
def test_the_same_sum_again_within_ten_minutes_asks_first(page: PaymentPage, qtbot: QtBot) -> None:
    student = page.current_student()
    assert student is not None
    for _ in range(2):
        page.open(student)
        type_amount(page, qtbot, "wechat", "100")
        page.commit()
    assert "刚收过一笔 100.00" in page.similar.text()
    assert len(payment.receipts(page.desk.actor)) == 1
    qtbot.mouseClick(page.similar.buttons["again"], Qt.MouseButton.LeftButton)
    assert len(payment.receipts(page.desk.actor)) == 2


@pytest.mark.clause("P5")
def test_what_is_paid_too_much_is_told_as_credit(page: PaymentPage, qtbot: QtBot) -> None:
    type_amount(page, qtbot, "card", "4000")
    assert page.methods.difference.text() == "多收 100.00 记为结余"
    page.commit()
    assert page.done.balance.text() == "已结清，结余 100.00"


@pytest.mark.clause("P5")
def test_a_sum_can_be_typed_and_nonsense_is_refused(page: PaymentPage, qtbot: QtBot) -> None:
    type_amount(page, qtbot, "wechat", "1200+80")
    assert page.methods.amounts["wechat"].value() == 128_000
    type_amount(page, qtbot, "wechat", "12.345")
    assert not page.pay_button.isEnabled()
    assert "两位小数" in page.pay_button.toolTip()


@pytest.mark.clause("P4")
def test_an_unsigned_sheet_is_reminded_of_and_refused_where_the_centre_wants_it(
    page: PaymentPage, qtbot: QtBot, centre: Centre,
) -> None:
    assert page.signature.text() == "确认单还没有家长签字"
    office.change_settings(centre.manager, {"pay_before_signature": "refuse"})
    type_amount(page, qtbot, "wechat", "100")
    page.commit()
    assert "还没有家长签字，按本中心的设置不能先收费" in page.problem.text()
    assert payment.receipts(page.desk.actor) == ()


@pytest.mark.clause("P5")
def test_without_a_student_those_who_owe_are_offered(page: PaymentPage, qtbot: QtBot) -> None:
    page.open(0)
    assert len(page.find_student.model.rows) == 1
    with qtbot.waitSignal(page.find_student.chosen):
        qtbot.keyClick(page.find_student.table, Qt.Key.Key_Return)
    assert page.account is not None


@pytest.mark.clause("P5")
def test_charges_and_discounts_are_offered_only_to_those_who_may(page: PaymentPage, desk: Desk, qtbot: QtBot) -> None:
    assert not page.items.charge_button.isVisible()
    managers = PaymentPage(desk)
    qtbot.addWidget(managers)
    managers.open(page.current_student() or 0)
    managers.show()
    assert managers.items.charge_button.isVisible()
