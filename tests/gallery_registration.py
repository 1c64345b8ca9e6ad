"""Scenes of registering after it was handed in, of review with findings, and of papers."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from PySide6.QtWidgets import QWidget

from app.process import application, confirmation, student_list
from app.process.student_list import Query
from app.rules import dates
from app.rules.person import Health, Registration
from app.ui import printing_out
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.paper_window import PaperWindow
from app.ui.papers_page import PapersPage
from app.ui.print_dialog import PrintDialog
from app.ui.printing_out import RecordingPrinters
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.review.page import ReviewPage
from app.ui.review.reasons import reason_dialog
from app.ui.sign_dialog import SignDialog
from app.ui.unsign_dialog import UnsignDialog
from tests import builders
from tests.gallery_pages import full, show

NAMES = (
    "wizard-findings", "wizard-entered", "wizard-submitted", "review-twin", "papers", "papers-nothing",
    "papers-unknown", "paper-window", "sign-dialog", "unsign-dialog", "print-dialog", "review-reason",
)  # fmt: skip
NARROW = ("wizard-findings", "wizard-entered", "review-twin", "papers", "paper-window", "sign-dialog")
SIZES: dict[str, tuple[int, int] | None] = dict.fromkeys(
    ("paper-window", "sign-dialog", "unsign-dialog", "print-dialog", "review-reason"),
)
NEW = "陈李张王赵孙周吴郑冯褚卫蒋沈韩杨朱秦尤许何吕施孔曹严华金魏陶姜"
_turn = count()


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    printing_out.use(RecordingPrinters(["HP M208dw", "EPSON L8050"]))
    desk.settings.set_printer("sheet", printer="HP M208dw", copies=2)
    return {
        "wizard-findings": lambda: _findings(desk),
        "wizard-entered": lambda: _handed_in(desk, clean=True),
        "wizard-submitted": lambda: _handed_in(desk, clean=False),
        "review-twin": lambda: _twin(desk),
        "papers": lambda: _papers(desk),
        "papers-nothing": lambda: _page(desk, "papers")[0],
        "papers-unknown": lambda: _papers(desk, "120260000999"),
        "paper-window": lambda: PaperWindow(desk, _sheet(desk)),
        "sign-dialog": lambda: _stranger(desk),
        "unsign-dialog": lambda: UnsignDialog(None),
        "print-dialog": lambda: PrintDialog(
            None, "BM-2026-000034", ["HP M208dw", "EPSON L8050"], "HP M208dw", 2, "EPSON L8050",
        ),
        "review-reason": lambda: reason_dialog("back"),
    }  # fmt: skip


def _page(desk: Desk, key: str, **wanted: object) -> tuple[MainWindow, QWidget]:
    window = MainWindow(desk)
    window.go(key, **wanted)
    page = window.page()
    assert page is not None
    return window, page


def _newcomer(desk: Desk) -> Registration:
    """Somebody whom nobody knows yet; every look has another one, born on another day."""
    turn = next(_turn)
    whole = full(desk)
    name, born = f"{NEW[turn % len(NEW)]}珞晨", dates.add_days("2016-09-01", turn)
    child = replace(whole.child, name=name, identity_number="", birth_date=born)
    guardians = tuple(replace(one, mobile=f"1{35 + place}{turn:08d}") for place, one in enumerate(whole.guardians))
    contacts = tuple(replace(one, mobile=f"1{55 + place}{turn:08d}") for place, one in enumerate(whole.contacts))
    return replace(whole, child=child, guardians=guardians, contacts=contacts)


def _findings(desk: Desk) -> QWidget:
    window, page = _page(desk, "registration", new=True)
    assert isinstance(page, RegistrationPage)
    whole = _newcomer(desk)
    child = replace(whole.child, sex="", birth_date="2010-04-16")
    whole = replace(whole, child=child, health=Health(("food_allergy",)), consents=())
    show(page, whole, 4)
    return window


def _handed_in(desk: Desk, *, clean: bool) -> QWidget:
    window, page = _page(desk, "registration", new=True)
    assert isinstance(page, RegistrationPage)
    show(page, _newcomer(desk), 4)
    page.last.may_enter = clean
    page.commit()
    return window


def _twin(desk: Desk) -> QWidget:
    """An application of somebody who seems to be at the centre already."""
    known = student_list.rows(desk.actor, student_list.search(desk.actor, Query()).first()[:1])[0]
    whole = replace(_newcomer(desk), health=Health(("drug_allergy",)))
    whole = replace(whole, child=replace(whole.child, name=known.name), guardians=(
        replace(whole.guardians[0], name=known.guardian, mobile=known.mobile), *whole.guardians[1:],
    ))  # fmt: skip
    found = application.matches(desk.actor, whole)
    submitted = application.submit(
        desk.actor, whole, opid=builders.opid(), not_same=tuple(one.key for one in found),
    )  # fmt: skip
    window, page = _page(desk, "review", application_id=submitted.application_id)
    assert isinstance(page, ReviewPage)
    return window


def _sheet(desk: Desk) -> int:
    student = int(student_list.search(desk.actor, Query()).first()[3])
    return confirmation.make_sheet(desk.actor, student_id=student).id


def _papers(desk: Desk, code: str = "") -> QWidget:
    window, page = _page(desk, "papers")
    assert isinstance(page, PapersPage)
    if code:
        page.search.set_value(code)
        page.search.entered.emit()
    else:
        page.open(paper_id=_sheet(desk))
    return window


def _stranger(desk: Desk) -> QWidget:
    dialog = SignDialog(desk, _sheet(desk))
    dialog.who.signer.set_value("陈邻居")
    dialog.who.signer.changed.emit()
    dialog.who.relation.set_value("other")
    dialog.pressed.emit("sign")
    return dialog
