"""Papers by their code, and signatures that are still missing."""

import pytest
from pytestqt.qtbot import QtBot

from app.process import confirmation, office, papers, payment
from app.process.payment import Paid
from app.ui.desk import Desk, Message
from app.ui.papers_page import PapersPage
from app.ui.sign_dialog import SignDialog
from app.ui.unsign_dialog import UnsignDialog
from tests.builders import a_student, opid
from tests.conftest import Centre, Clock


@pytest.fixture
def page(qtbot: QtBot, counter: Desk) -> PapersPage:
    made = PapersPage(counter)
    qtbot.addWidget(made)
    made.resize(1228, 868)
    made.refresh()
    return made


def scan(page: PapersPage, code: str) -> None:
    """What a scanner does: it types the code and presses Enter."""
    page.search.set_value(code)
    page.search.entered.emit()


@pytest.mark.clause("P4")
def test_a_scanned_sheet_is_shown_and_marked_as_signed(
    page: PapersPage, centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = confirmation.make_sheet(centre.manager, student_id=a_student(centre.manager, name="张琢晨"))
    page.refresh()
    assert [row.name for row in page.model.rows] == ["张琢晨"]
    scan(page, sheet.code)
    assert page.panel.fact == papers.fact(sheet.id)
    assert page.panel.preview.pages
    monkeypatch.setattr(SignDialog, "exec", lambda dialog: dialog.pressed.emit("sign") or 1)
    page.panel.sign_button.click()
    assert papers.fact(sheet.id).signed
    page.refresh()
    assert list(page.model.rows) == []
    assert page.panel.sign_button.isHidden()


@pytest.mark.clause("P5")
def test_a_receipt_is_found_by_the_number_that_people_type(page: PapersPage, centre: Centre) -> None:
    student = a_student(centre.manager)
    receipt = payment.take(centre.manager, student_id=student, methods=[Paid("cash", 100)], opid=opid())
    scan(page, receipt.number.lower())
    assert page.panel.fact is not None
    assert page.panel.fact.id == receipt.paper_id
    assert page.panel.sign_button.isHidden()


@pytest.mark.clause("P4")
def test_a_code_of_nobody_says_what_to_do_and_a_name_takes_the_sheet(page: PapersPage, centre: Centre) -> None:
    sheet = confirmation.make_sheet(centre.manager, student_id=a_student(centre.manager, name="张琢晨"))
    page.refresh()
    scan(page, "120260000999")
    assert "不是本程序印出的编号" in page.problem.text()
    assert page.panel.paper_id == 0
    scan(page, "琢晨")
    assert page.problem.text() == ""
    assert page.panel.paper_id == sheet.id


@pytest.mark.clause("P4")
def test_a_wrong_mark_is_taken_back_with_a_reason(
    page: PapersPage, centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = confirmation.make_sheet(centre.manager, student_id=a_student(centre.manager))
    name, relation, key = confirmation.signers(centre.manager, sheet.id)[0]
    confirmation.mark_signed(
        centre.manager, sheet.id, signed_on="2026-09-12", signer=name, relation=relation, guardian_id=key,
    )  # fmt: skip
    page.open(paper_id=sheet.id)
    assert not page.panel.unsign_button.isHidden()
    monkeypatch.setattr(UnsignDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(UnsignDialog, "reason", lambda dialog: "标错了一张")
    page.panel.unsign_button.click()
    assert not papers.fact(sheet.id).signed
    assert page.panel.state.text() == "待签字"


@pytest.mark.clause("P4")
def test_who_waits_longer_than_the_centre_allows_stands_out(
    qtbot: QtBot, page: PapersPage, centre: Centre, the_clock: Clock,
) -> None:
    a_student(centre.manager, name="张琢晨")
    the_clock.set("2026-10-01")
    page.refresh()
    assert page._cell(page.model.row_at(0), "waits").tone == "red"
    page.table.select_row(0)
    page._picked(0)
    assert page.stack.currentWidget() is page.not_made
    page.not_made.pressed.emit()
    assert page.panel.fact is not None
    assert page.panel.fact.kind == "sheet"


@pytest.mark.clause("P13")
def test_a_sheet_with_what_is_hidden_is_not_shown_and_still_marked_as_signed(
    page: PapersPage, centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = confirmation.make_sheet(centre.manager, student_id=a_student(centre.manager))
    receipt = payment.take(centre.manager, student_id=1, methods=[Paid("cash", 100)], opid=opid())
    office.set_roles(centre.manager, centre.receptionist.user_id, ["receptionist"])
    office.set_grants(centre.manager, "receptionist", ["sign", "take_payment"])
    told: list[Message] = []
    page.desk.offered.connect(told.append)
    page.show()
    scan(page, sheet.code)
    panel = page.panel
    assert (panel.kept_back.isVisible(), panel.preview.isVisible(), panel.preview.pages) == (True, False, [])
    assert not any(one.isVisible() for one in (panel.print_button, panel.choose_button, panel.save_button))
    monkeypatch.setattr(SignDialog, "exec", lambda dialog: dialog.pressed.emit("sign") or 1)
    panel.sign_button.click()
    assert papers.fact(sheet.id).signed
    scan(page, receipt.number)
    assert (panel.kept_back.isVisible(), panel.preview.isVisible(), panel.print_button.isVisible()) == (
        False, True, True,
    )  # fmt: skip
    assert [message.text for message in told] == ["已标记签字"]
