"""The main job through the real windows, with the program closed and started again in between.

It begins at the sign-in window every time and works as a person does: what keys can type is typed by keys, Chinese as
an input method gives it, buttons are clicked, dialogs answered. Only the printer is another one.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.process import data_folder, papers, payment, student_file
from app.settings import Settings
from app.tour.hands import Hands
from app.ui import printing_out, state, texts, theme
from app.ui.key_filter import KeyFilter
from app.ui.main_window import MainWindow
from app.ui.papers_page import PapersPage
from app.ui.payment.page import PaymentPage
from app.ui.printing_out import RecordingPrinters
from app.ui.program import Program
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.sections.health import HealthSection
from app.ui.sign_dialog import SignDialog
from app.ui.sign_in import SignIn
from app.ui.student_profile.page import StudentProfilePage
from app.ui.students.page import StudentsPage
from tests.conftest import PASSWORD, Centre

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CHILD = "张琢晨"


class Counter:
    """A person at the counter: starts the program, signs in, works, closes the window."""

    def __init__(self, app: QApplication, centre: Centre) -> None:
        self.app, self.centre = app, centre
        self.hands = Hands(app, centre.folder.parent, lambda _: None)
        self.program: Program | None = None
        self.main: MainWindow

    def start(self, login: str) -> None:
        """Start the program and sign in: the user by login name, the password, Enter."""
        self.program = program = Program(self.app, self.centre.folder, state.settings())
        assert program.begin()
        program.after_first_paint()
        window = program.window
        assert isinstance(window, SignIn)
        self._look_at(window)
        window.form.user.editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.hands.press(Qt.Key.Key_A, CONTROL)
        self.hands.type(login)
        self.hands.press(Qt.Key.Key_Return)
        assert window.form.user.value() == login
        self.hands.type(PASSWORD)
        self.hands.press(Qt.Key.Key_Return)
        self.hands.wait("nobody was signed in", lambda: isinstance(program.main, MainWindow))
        assert program.main is not None
        self.main = program.main
        self.hands.busy = self.main.desk.busy
        self._look_at(self.main)

    def end(self) -> None:
        """Close the main window: the program backs up and ends."""
        assert self.program is not None
        self.main.close()
        self.hands.wait("the program did not end", lambda: not data_folder.is_open())
        self.leave()

    def leave(self) -> None:
        """Forget the program that ended, as the end of its process does."""
        program, self.program = self.program, None
        self.hands.busy = lambda: False
        if program is None:
            return
        program._idle.stop()
        self.app.removeEventFilter(program)
        for watching in self.app.findChildren(KeyFilter):
            self.app.removeEventFilter(watching)
        program._instance.release()
        for window in [one for one in {program.window, program.main} if one is not None]:
            window.blockSignals(True)
            window.hide()
            window.deleteLater()
        program.deleteLater()
        self.hands.settle()

    def _look_at(self, window: QWidget) -> None:
        self.hands.window = window
        window.resize(1440, 900)
        self.hands.settle()
        window.activateWindow()
        self.hands.wait("the window does not take the focus", window.isActiveWindow)

    def wizard(self) -> RegistrationPage:
        """The registration on the screen."""
        page = self.main.page()
        assert isinstance(page, RegistrationPage)
        return page

    def next_step(self) -> None:
        """Ctrl+Enter."""
        wizard, step = self.wizard(), self.wizard().step
        self.hands.press(Qt.Key.Key_Return, CONTROL)
        self.hands.wait(f"step {step + 1} cannot be left", lambda: wizard.step == step + 1)


@pytest.fixture
def printers(qapp: QApplication, closed_centre: Centre) -> Iterator[RecordingPrinters]:
    settings = Settings(closed_centre.folder.parent / "settings.json")
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


@pytest.fixture
def counter(qapp: QApplication, closed_centre: Centre, printers: RecordingPrinters) -> Iterator[Counter]:
    working = Counter(qapp, closed_centre)
    yield working
    working.leave()


@pytest.mark.clause("P1")
@pytest.mark.clause("P3")
@pytest.mark.clause("P4")
@pytest.mark.clause("P5")
@pytest.mark.clause("P6")
def test_from_the_application_to_the_receipt_with_a_closing_after_every_step(
    counter: Counter, closed_centre: Centre, printers: RecordingPrinters,
) -> None:  # fmt: skip
    counter.start("receptionist")
    begin_a_registration(counter)
    counter.end()

    counter.start("receptionist")
    student_id = finish_it(counter, printers)
    counter.end()

    counter.start("receptionist")
    sign(counter, student_id)
    pay(counter, student_id, printers)
    counter.end()

    counter.start("manager")
    correct_the_phone(counter, student_id)
    counter.end()

    # everything is still there, and only once
    manager = closed_centre.open("manager")
    rows = payment.receipts(manager)
    assert [(row.number, row.fen, row.prints) for row in rows] == [("SJ-2026-000001", 390_000, 1)]
    assert payment.open_items(manager, student_id).balance_fen == 0


def begin_a_registration(counter: Counter) -> None:
    """F2, the child and a guardian; the program is closed in the middle of it."""
    hands = counter.hands
    hands.press(Qt.Key.Key_F2)
    hands.wait("the wizard did not open", lambda: isinstance(counter.main.page(), RegistrationPage))
    hands.fill_in(
        {
            "child.name": CHILD, "child.identity_number": "330106201804160044", "child.address": "文二西路 718 号",
            "child.school": "文新小学", "child.grade": "3",
        },
    )  # fmt: skip
    counter.next_step()
    hands.fill_in({"guardians.0.name": "张志强", "guardians.0.relation": "fq", "guardians.0.mobile": "13857112236"})
    counter.next_step()


def finish_it(counter: Counter, printers: RecordingPrinters) -> int:
    """It is taken up again, handed in by F9 and printed; gives the student."""
    hands = counter.hands
    hands.click(counter.main.sidebar.items["registration"])
    wizard = counter.wizard()
    wizard.held.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.wait("the draft did not open", lambda: wizard.typed().child.name == CHILD)
    assert wizard.typed().guardians[0].mobile == "13857112236"
    while wizard.step < 2:
        counter.next_step()
    hands.press(Qt.Key.Key_A, ALT)  # the parents agree to everything
    health = wizard.steps[2].sections[1]
    assert isinstance(health, HealthSection)
    hands.click(health.marks.pill("none_known"))
    counter.next_step()
    wizard.steps[3].sections[0].focus_field("services.lines.0.service_id")
    hands.fill_in({"services.lines.0.service_id": "晚托"})
    counter.next_step()
    hands.press(Qt.Key.Key_F9)
    hands.wait("the child was not entered", lambda: wizard.admitted is not None)
    hands.wait("the sheet was not printed", lambda: len(printers.jobs) == 1)
    assert wizard.admitted is not None
    return wizard.admitted.student_id


def sign(counter: Counter, student_id: int) -> None:
    """The parents signed: the scanner types the code of the sheet, the dialog is answered by F9."""
    (sheet,) = papers.of(student_id=student_id)
    hands = counter.hands
    hands.click(counter.main.sidebar.items["papers"])
    page = counter.main.page()
    assert isinstance(page, PapersPage)
    hands.press(Qt.Key.Key_F3)
    hands.type(sheet.code)
    hands.press(Qt.Key.Key_Return)
    hands.wait("the sheet is not shown", lambda: page.panel.paper_id == sheet.id)

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, SignDialog)
        assert dialog.who.signer.value() == "张志强"
        hands.press(Qt.Key.Key_F9)

    hands.during(lambda: hands.press(Qt.Key.Key_Q, ALT), answer)
    assert papers.of(student_id=student_id)[0].signed


def pay(counter: Counter, student_id: int, printers: RecordingPrinters) -> None:
    """F7: a part by WeChat, the rest in cash, with change; F9."""
    hands = counter.hands
    open_file(counter, student_id)
    hands.press(Qt.Key.Key_F7)
    hands.wait("the payment did not open", lambda: isinstance(counter.main.page(), PaymentPage))
    page = counter.main.page()
    assert isinstance(page, PaymentPage)
    assert page.current_student() == student_id
    hands.press(Qt.Key.Key_1, ALT)
    hands.type("3000")
    hands.press(Qt.Key.Key_2, ALT)
    hands.press(Qt.Key.Key_Return)
    hands.click(page.methods.given)
    hands.type("1000")
    hands.press(Qt.Key.Key_F9)
    hands.wait("no receipt was made", lambda: page.receipt is not None)
    hands.wait("the receipt was not printed", lambda: len(printers.jobs) == 2)
    assert page.receipt is not None
    assert (page.receipt.change_fen, page.receipt.student_state) == (10_000, "paid")


def correct_the_phone(counter: Counter, student_id: int) -> None:
    """The manager finds the child and corrects the file; the sheet is stale again."""
    hands = counter.hands
    open_file(counter, student_id)
    profile = counter.main.page()
    assert isinstance(profile, StudentProfilePage)
    card = profile.cards["guardians"]
    hands.click(card.edit_button)
    card.sections()[0].focus_field("guardians.0.mobile")
    hands.fill_in({"guardians.0.mobile": "=13800009999"})
    hands.press(Qt.Key.Key_F9)
    hands.wait("the correction was not saved", lambda: not card.editing)
    found = student_file.profile(counter.main.desk.actor, student_id)
    assert found.registration.guardians[0].mobile == "13800009999"
    assert found.unsigned


def open_file(counter: Counter, student_id: int) -> None:
    """The list, F3, three letters, Enter."""
    hands = counter.hands
    hands.click(counter.main.sidebar.items["students"])
    page = counter.main.page()
    assert isinstance(page, StudentsPage)
    hands.press(Qt.Key.Key_F3)
    hands.type("zzc")
    hands.wait("the child is not found", lambda: page.model.rowCount() == 1)
    hands.press(Qt.Key.Key_Return)
    hands.wait("the file did not open", lambda: isinstance(counter.main.page(), StudentProfilePage))
    profile = counter.main.page()
    assert isinstance(profile, StudentProfilePage)
    assert profile.current_student() == student_id
