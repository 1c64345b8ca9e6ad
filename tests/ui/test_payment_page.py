"""Taking money at the counter, through the real page."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Damaged
from app.process import office, papers, payment
from app.process.actor import Actor
from app.ui import texts, theme
from app.ui.desk import Desk, Message
from app.ui.main_window import MainWindow
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
    assert (page.methods.cash.caption.text(), page.methods.cash.change.text()) == ("还差", "100.00")
    assert not page.pay_button.isEnabled()
    page.commit()
    assert page.due.problem.text() == "收到的现金还差 100.00"
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
@pytest.mark.clause("P13")
def test_f9_again_after_a_fault_of_the_disk_gives_the_one_receipt_of_this_payment(
    page: PaymentPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    take, faults = payment.take, [Damaged("disk_error")]

    def held_and_failed(actor: Actor, **asked: Any) -> payment.Receipt:
        receipt = take(actor, **asked)
        if faults:
            raise faults.pop()
        return receipt

    monkeypatch.setattr(payment, "take", held_and_failed)
    page.methods.use(0)
    page.commit()
    assert page.receipt is None
    with qtbot.waitSignal(page.printRequested) as printed:
        page.commit()
    (row,) = payment.receipts(page.desk.actor)
    assert printed.args == [row.paper_id, False]
    assert (page.receipt is not None, page.done.balance.text()) == (True, "已结清")


@pytest.mark.clause("P5")
def test_the_same_sum_again_within_ten_minutes_asks_first(page: PaymentPage, qtbot: QtBot) -> None:
    student = page.current_student()
    assert student is not None
    for _ in range(2):
        page.open(student)
        type_amount(page, qtbot, "wechat", "100")
        page.commit()
    assert "刚收过一笔 100.00" in page.due.similar.text()
    assert len(payment.receipts(page.desk.actor)) == 1
    qtbot.mouseClick(page.due.similar.buttons["again"], Qt.MouseButton.LeftButton)
    assert len(payment.receipts(page.desk.actor)) == 2


@pytest.mark.clause("P5")
def test_what_is_paid_too_much_becomes_credit_only_when_somebody_says_so(page: PaymentPage, qtbot: QtBot) -> None:
    type_amount(page, qtbot, "card", "4000")
    assert page.methods.difference.text() == "多收 100.00"
    page.commit()
    page.commit()
    assert page.due.over.text() == "多收 100.00，记为结余吗？"
    assert payment.receipts(page.desk.actor) == ()
    qtbot.mouseClick(page.due.over.buttons["keep"], Qt.MouseButton.LeftButton)
    assert page.done.balance.text() == "已结清，结余 100.00"


@pytest.mark.clause("P5")
def test_more_cash_than_is_due_typed_as_the_amount_is_cash_given_with_change(page: PaymentPage, qtbot: QtBot) -> None:
    field = page.methods.amounts["cash"]
    field.setFocus()
    qtbot.keyClicks(field, "4000")
    assert (page.methods.cash.caption.text(), page.methods.cash.change.text()) == ("找零", "100.00")
    assert page.pay_button.text() == "收款 3,900.00 并打印"
    page.commit()
    (row,) = payment.receipts(page.desk.actor)
    assert (row.fen, row.given_fen, row.change_fen) == (DUE, 400_000, 10_000)
    assert (field.text(), page.methods.given.text()) == ("3,900.00", "4,000.00")


@pytest.mark.clause("P5")
def test_change_that_the_family_leaves_stays_as_credit_by_one_button(page: PaymentPage, qtbot: QtBot) -> None:
    type_amount(page, qtbot, "cash", "4000")
    assert page.methods.change_fen() == 10_000
    page.methods.keep_button.click()
    assert page.methods.change_fen() == 0
    page.commit()
    (row,) = payment.receipts(page.desk.actor)
    assert (row.fen, row.change_fen) == (400_000, 0)
    assert page.done.balance.text() == "已结清，结余 100.00"


@pytest.mark.clause("P5")
def test_one_button_pays_what_is_due_in_cash(page: PaymentPage) -> None:
    assert [button.text() for button in page.methods.cash.quick] == ["正好", "4,000", "4,100", "4,200"]
    page.methods.cash.quick[1].click()
    assert (page.methods.amounts["cash"].value(), page.methods.change_fen()) == (DUE, 10_000)


@pytest.mark.clause("P5")
def test_after_the_payment_the_page_offers_what_comes_next(
    page: PaymentPage, desk: Desk, qtbot: QtBot,
) -> None:
    type_amount(page, qtbot, "card", "3900")
    page.commit()
    assert page.receipt is not None
    assert page.current_student() is None  # F7 asks for the next one
    assert page.keys()[:2] == [("F7", "收下一位"), ("Ctrl+P", "打印收据")]
    assert (page.due.balance.text(), page.total.caption.text()) == ("账户余额 0.00", "本次实收")
    papers.record_print(page.desk.actor, page.receipt.paper_id, "HP")
    page.refresh()
    assert page.done.printing.text() == "收据已打印"
    assert page.keys()[1] == ("Ctrl+P", "补打第 2 次")
    assert page.say(Message("SJ-2026-000001 已送到 HP"))
    assert page.done.message.text() == "SJ-2026-000001 已送到 HP"
    page.pay_button.click()
    assert page.account is None
    assert page.find_student.empty._text.text() == "现在没有人欠费"
    assert page.keys()[0] == ("F3", "查找")


@pytest.mark.clause("P5")
def test_a_search_is_gone_when_one_comes_back(page: PaymentPage) -> None:
    page.open(0)
    page.find_student.search.setText("zzz")
    assert page.find_student.empty._text.text() == "没有找到学员"
    page.go_back()
    assert page.find_student.search.value() == ""


@pytest.mark.clause("P5")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("percent", [100, 115, 130, 150])
def test_amounts_cash_and_change_are_in_view_in_a_small_window_with_large_text(
    qtbot: QtBot, qapp: QApplication, centre: Centre, counter: Desk, language: str, percent: int,
) -> None:
    texts.use_language(language)
    theme.apply(qapp, "light", percent, practice=False)
    made = MainWindow(counter)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.go("payment", student_id=a_student(centre.manager))
    made.show()
    page = made.page()
    assert isinstance(page, PaymentPage)
    qtbot.wait(1)
    before = [_box(one, made) for one in (*page.methods.amounts.values(), page.methods.given)]
    page.methods.use(1)
    page.methods.given.set_value(400_000)
    page.methods.given.changed.emit()
    qtbot.wait(1)
    amounts = (*page.methods.amounts.values(), page.methods.given)
    assert [_box(one, made) for one in amounts] == before  # nothing jumps
    for one in (*amounts, page.methods.cash.change, *page.methods.cash.quick, page.pay_button, page.methods.allocated):
        assert one.visibleRegion().boundingRect() == one.rect(), one.accessibleName()
    assert page.pay_button.geometry().bottom() < page.height()


def _box(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


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
    assert page.due.signature.text() == "确认单还没有家长签字"
    office.change_settings(centre.manager, {"pay_before_signature": "refuse"})
    type_amount(page, qtbot, "wechat", "100")
    page.commit()
    assert "还没有家长签字，按本中心的设置不能先收费" in page.due.problem.text()
    assert payment.receipts(page.desk.actor) == ()


@pytest.mark.clause("P4")
def test_an_unsigned_sheet_asks_once_more_where_the_centre_wants_a_warning(
    page: PaymentPage, qtbot: QtBot, centre: Centre,
) -> None:
    office.change_settings(centre.manager, {"pay_before_signature": "warn"})
    type_amount(page, qtbot, "wechat", "100")
    page.commit()
    assert "还没有家长签字" in page.due.unsigned.text()
    assert payment.receipts(page.desk.actor) == ()
    page.due.unsigned.buttons["take"].click()
    assert [row.fen for row in payment.receipts(page.desk.actor)] == [10_000]
    assert page.due.unsigned.text() == ""


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
