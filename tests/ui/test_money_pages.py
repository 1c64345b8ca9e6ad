"""Ledger, receipt book and price list through their windows."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.process import ledger, papers, payment, prices
from app.process.payment import Paid
from app.ui import fee_words, texts
from app.ui.desk import Desk
from app.ui.ledger_page.page import LedgerPage
from app.ui.ledger_page.reverse_dialog import ReverseDialog
from app.ui.prices_page import PriceDialog, PricesPage, ServiceDialog
from app.ui.receipts_page import ReceiptsPage, VoidDialog
from tests.builders import a_student, opid
from tests.conftest import Centre


@pytest.fixture
def student(centre: Centre) -> int:
    return a_student(centre.manager)


@pytest.mark.clause("P5")
def test_the_ledger_of_a_student_shows_the_newest_row_first_with_its_balance(
    qtbot: QtBot,
    centre: Centre,
    desk: Desk,
    student: int,
) -> None:
    payment.take(centre.manager, student_id=student, methods=[Paid("wechat", 90_000)], opid=opid())
    page = LedgerPage(desk)
    qtbot.addWidget(page)
    page.open(student)
    texts = [[page.model.data(page.model.index(row, column)) for column in (1, 5, 6)] for row in range(2)]
    assert texts == [["实收", "−900.00", "−3,000.00"], ["应收", "3,900.00", "−3,900.00"]]
    assert page.balance.value() == "−3,000.00"
    with qtbot.waitSignal(page.receiptRequested):
        page.table.opened.emit(0)


@pytest.mark.clause("P5")
def test_a_row_is_reversed_with_a_reason(qtbot: QtBot, desk: Desk, student: int) -> None:
    row = ledger.page(desk.actor, student).rows[0]
    dialog = ReverseDialog(desk, row)
    qtbot.addWidget(dialog)
    dialog.pressed.emit("reverse")
    assert dialog.reason.message() == "请写冲销的原因"
    dialog.reason.set_value("重复记账")
    dialog.pressed.emit("reverse")
    assert ledger.page(desk.actor, student).balance_fen == 0


@pytest.mark.clause("P5")
def test_the_window_says_which_discount_is_reversed_along(qtbot: QtBot, desk: Desk, student: int) -> None:
    ledger.discount(desk.actor, student, fen=39_000, rule="siblings", reason="弟弟也在", opid=opid())
    row = ledger.page(desk.actor, student).rows[0]
    dialog = ReverseDialog(desk, row)
    qtbot.addWidget(dialog)
    assert "它的多孩优惠 390.00 会一起冲销。" in [label.text() for label in dialog.findChildren(QLabel)]


@pytest.mark.clause("P5")
def test_a_receipt_is_found_by_its_scanned_code_and_made_void_with_a_reason(
    qtbot: QtBot,
    centre: Centre,
    desk: Desk,
    student: int,
) -> None:
    receipt = payment.take(centre.manager, student_id=student, methods=[Paid("cash", 100)], opid=opid())
    page = ReceiptsPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.search.setText(receipt.code)
    assert [row.number for row in page.model.rows] == [receipt.number]
    dialog = VoidDialog(desk, page.model.row_at(0))
    qtbot.addWidget(dialog)
    dialog.pressed.emit("void")
    assert dialog.reason.message() == "请写作废的原因"
    dialog.reason.set_value("金额收错")
    dialog.pressed.emit("void")
    page.refresh()
    assert page.model.row_at(0).void
    assert not page.void_button.isEnabled()
    assert page.card.footer() == ("1 张，其中作废 1 张", "实收 0.00")
    assert page.why_void.text() == "2026-09-12 10:00 作废：金额收错"


@pytest.mark.clause("P5")
def test_a_receipt_that_was_never_printed_is_printed_and_only_then_printed_again(
    qtbot: QtBot, centre: Centre, desk: Desk, student: int,
) -> None:
    receipt = payment.take(centre.manager, student_id=student, methods=[Paid("cash", 100)], opid=opid())
    page = ReceiptsPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    assert page.print_button.text() == "打印"
    papers.record_print(desk.actor, receipt.paper_id, "HP")
    page.refresh()
    assert page.print_button.text() == "补打"


@pytest.mark.clause("P5")
def test_a_number_that_another_page_asked_for_does_not_stay_in_the_search(
    qtbot: QtBot, centre: Centre, desk: Desk, student: int,
) -> None:
    receipts = [
        payment.take(centre.manager, student_id=student, methods=[Paid("cash", fen)], opid=opid()) for fen in (1, 2)
    ]
    page = ReceiptsPage(desk)
    qtbot.addWidget(page)
    page.open(receipt_id=receipts[0].id)
    page.show()
    assert [row.number for row in page.model.rows] == [receipts[0].number]
    page.hide()
    page.show()
    assert page.search.value() == ""
    assert len(page.model.rows) == 2
    assert page.model.row_at(page.table.currentIndex().row()).id == receipts[0].id
    page.search.setText("SJ")
    page.hide()
    page.show()
    assert page.search.value() == "SJ"  # what a person typed stays


@pytest.mark.clause("P5")
def test_quantities_are_said_as_people_say_them() -> None:
    assert fee_words.price_text(129_000, 3, "month") == "1,290.00 × 3 个月"
    texts.use_language("en")
    assert fee_words.price_text(129_000, 3, "month") == "1,290.00 × 3 months"
    assert fee_words.price_text(129_000, 1, "month") == "1,290.00 × 1 month"
    assert fee_words.how_counted("month") == "begun months count in full"
    assert fee_words.how_counted("term") == ""


@pytest.mark.clause("P5")
def test_a_service_and_its_price_are_added_in_the_window(qtbot: QtBot, desk: Desk) -> None:
    service = ServiceDialog(desk, None)
    qtbot.addWidget(service)
    service.pressed.emit("save")
    assert service.name.message() == "请填服务的名称。"
    service.name.set_value("周末托管")
    service.pressed.emit("save")
    page = PricesPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    row = page.model.row_at(page.model.index_of(lambda one: one.service == "周末托管"))
    price = PriceDialog(desk, row)
    qtbot.addWidget(price)
    price.unit.set_value("day")
    price.price.set_value(12_000)
    price.pressed.emit("save")
    found = next(one for one in prices.price_list(desk.actor) if one.service == "周末托管")
    assert (found.unit, found.fen) == ("day", 12_000)
