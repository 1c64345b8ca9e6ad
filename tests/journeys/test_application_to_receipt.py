"""The main job through the real windows, with the program closed and opened again in between."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.process import confirmation, data_folder, papers, payment, student_file
from app.settings import Settings
from app.ui import printing_out, state, texts, theme
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.payment.page import PaymentPage
from app.ui.printing_out import RecordingPrinters
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.student_profile.page import StudentProfilePage
from app.ui.students.page import StudentsPage
from tests.builders import a_registration
from tests.conftest import Centre


@pytest.fixture
def printers(qapp: QApplication, centre: Centre, tmp_path: object) -> Iterator[RecordingPrinters]:
    settings = Settings(centre.folder.parent / "settings.json")
    state.use_settings(settings)
    theme.load_fonts("regular", "medium", "bold")
    texts.use_language("zh")
    theme.apply(qapp, "light", 100, practice=False)
    recording = RecordingPrinters(["HP"])
    printing_out.use(recording)
    for kind in ("sheet", "receipt"):
        settings.set_printer(kind, printer="HP", copies=1)
    yield recording
    printing_out.use(printing_out.SystemPrinters())


def start(qtbot: QtBot, centre: Centre, login: str) -> MainWindow:
    """Open the folder and the main window, as after a sign-in."""
    actor = centre.open(login) if not data_folder.is_open() else centre.reopen(login)
    window = MainWindow(Desk(actor, state.settings()))
    qtbot.addWidget(window)
    window.go("today")
    window.show()
    return window


def end(window: MainWindow) -> None:
    """Close the program."""
    window.hold_work()
    window.hide()
    data_folder.close()


@pytest.mark.clause("P1")
@pytest.mark.clause("P3")
@pytest.mark.clause("P4")
@pytest.mark.clause("P5")
@pytest.mark.clause("P6")
def test_from_the_application_to_the_receipt_with_a_closing_after_every_step(  # noqa: PLR0915 - one journey
    qtbot: QtBot,
    centre: Centre,
    printers: RecordingPrinters,
) -> None:
    # a registration is begun and the program closed in the middle of it
    window = start(qtbot, centre, "receptionist")
    window.register()
    wizard = window.page()
    assert isinstance(wizard, RegistrationPage)
    wizard.registration = a_registration(name="张琢晨")
    for step in wizard.steps:
        step.show_registration(wizard.registration)
    wizard.go_to(2)
    end(window)

    # it is taken up again, handed in and printed
    window = start(qtbot, centre, "receptionist")
    window.go("registration")
    wizard = window.page()
    assert isinstance(wizard, RegistrationPage)
    wizard.held.table.opened.emit(0)
    assert wizard.typed().child.name == "张琢晨"
    wizard.go_to(4)
    wizard.commit()
    admitted = wizard.admitted
    assert admitted is not None
    qtbot.waitUntil(lambda: len(printers.jobs) == 1 and not window.desk.busy())
    end(window)

    # the parents sign; the money is taken in two methods, with change
    window = start(qtbot, centre, "receptionist")
    sheet = papers.of(student_id=admitted.student_id)[0]
    name, relation, guardian = confirmation.signers(window.desk.actor, sheet.id)[0]
    window.desk.do(
        confirmation.mark_signed,
        sheet.id,
        signed_on="2026-09-12",
        signer=name,
        relation=relation,
        guardian_id=guardian,
    )
    window.go("payment", student_id=admitted.student_id)
    paying = window.page()
    assert isinstance(paying, PaymentPage)
    paying.methods.amounts["wechat"].set_value(300_000)
    paying.methods.use(1)
    paying.methods.given.set_value(100_000)
    paying.commit()
    assert paying.receipt is not None
    assert (paying.receipt.change_fen, paying.receipt.student_state) == (10_000, "paid")
    qtbot.waitUntil(lambda: len(printers.jobs) == 2 and not window.desk.busy())
    end(window)

    # the manager finds the child and corrects the file; the sheet is stale again
    window = start(qtbot, centre, "manager")
    window.go("students")
    students = window.page()
    assert isinstance(students, StudentsPage)
    students.search.setText("zzc")
    assert students.model.rowCount() == 1
    students.search.entered.emit()
    profile = window.page()
    assert isinstance(profile, StudentProfilePage)
    card = profile.cards["guardians"]
    card.edit()
    card.sections()[0]._fields["guardians.0.mobile"].set_value("13800009999")
    profile.commit()
    found = student_file.profile(window.desk.actor, admitted.student_id)
    assert found.registration.guardians[0].mobile == "13800009999"
    assert found.unsigned
    end(window)

    # everything is still there, and only once
    centre.open("manager")
    rows = payment.receipts(centre.manager)
    assert [(row.number, row.fen, row.prints) for row in rows] == [("SJ-2026-000001", 390_000, 1)]
    assert payment.open_items(centre.manager, admitted.student_id).balance_fen == 0
