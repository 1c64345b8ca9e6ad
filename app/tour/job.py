"""The main job, step by step, as the person at the counter does it."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.process import data_folder
from app.tour.hands import SIZE, Hands, TourError
from app.ui.main_window import MainWindow
from app.ui.paper_window import PaperWindow
from app.ui.payment.page import PaymentPage
from app.ui.printing_out import RecordingPrinters
from app.ui.program import Program
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.review.page import ReviewPage
from app.ui.sections.health import HealthSection
from app.ui.sign_in import SignIn
from app.ui.student_profile.page import StudentProfilePage
from app.ui.students.page import StudentsPage

Kind = TypeVar("Kind", bound=QWidget)
PASSWORD = "practice"  # noqa: S105 - of invented people
PRINTER = "练习打印机"
CHILD = "张珞晨"
CHILD_KEYS = "zlc"
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Job:
    """From the sign-in window to the corrected file."""

    def __init__(self, program: Program, hands: Hands, printers: RecordingPrinters) -> None:
        """Nothing is shown yet."""
        self.program, self.hands, self.printers = program, hands, printers
        self.main: MainWindow

    def run(self) -> None:
        """All of it; the data folder is closed afterwards."""
        try:
            self.sign_in()
            self.register()
            self.sign()
            self.pay()
            self.find_again()
            self.correct()
            self.approve_another()
            self.look_at_today()
        finally:
            self._close()

    def _close(self) -> None:
        window = self.program.window
        if window is not None:
            window.hide()
        if data_folder.is_open():
            data_folder.close()

    # the steps ------------------------------------------------------------------------------------------------------

    def sign_in(self) -> None:
        """The last user is chosen already; only the password is typed."""
        if not self.program.begin():
            raise TourError("the data folder is in use")
        self.program.after_first_paint()
        window = self.program.window
        assert isinstance(window, SignIn)  # noqa: S101 - the folder was made just now
        self._show(window)
        window.focus_first()
        self.hands.settle(0.4)
        self.hands.type(PASSWORD)
        self.hands.picture("sign-in")
        self.hands.press(Qt.Key.Key_Return)
        self.hands.wait("nobody was signed in", lambda: isinstance(self.program.main, MainWindow))
        main = self.program.main
        assert isinstance(main, MainWindow)  # noqa: S101 - waited for
        self.main = main
        self.hands.busy = main.desk.busy
        self._show(main)
        self.hands.settle(0.5)
        self.hands.picture("today")

    def register(self) -> None:
        """F2, and then by the keyboard alone: Enter from field to field, Ctrl+Enter to the next step, F9 at the end."""
        hands = self.hands
        hands.press(Qt.Key.Key_F2)
        hands.wait("the wizard did not open", lambda: isinstance(self.main.page(), RegistrationPage))
        hands.fill_in(
            {
                "child.name": CHILD, "child.identity_number": "330106201804160044",
                "child.address": "杭州市西湖区文二西路 718 号嘉绿苑 3 幢 2 单元 502 室",
                "child.school": "文岚小学", "child.grade": "3", "child.school_class": "（2）班",
            },
        )  # fmt: skip
        hands.picture("registration-child")
        self._next_step()
        hands.fill_in(
            {
                "guardians.0.name": "李龑", "guardians.0.relation": "mq", "guardians.0.mobile": "13905718904",
                "guardians.0.workplace": "文鼎中学",
            },
        )  # fmt: skip
        hands.picture("registration-guardians")
        self._next_step()
        self._health()
        self._next_step()
        self._services()
        self._next_step()
        hands.wait("the sheet was not drawn", lambda: bool(self._page(RegistrationPage).last.preview.pages))
        hands.picture("registration-check")
        hands.press(Qt.Key.Key_F9)
        hands.wait("the child was not entered", lambda: self._page(RegistrationPage).admitted is not None)
        hands.wait("the sheet was not printed", lambda: len(self.printers.jobs) == 1)
        hands.picture("registration-printed")
        self._keep_paper()

    def _health(self) -> None:
        """All consents with one key, a mark with the space bar, the allergy in words."""
        hands = self.hands
        hands.press(Qt.Key.Key_A, _ALT)
        section = self._page(RegistrationPage).steps[2].sections[1]
        assert isinstance(section, HealthSection)  # noqa: S101 - the third step
        hands.click(section.marks.pill("food_allergy"))
        section.focus_field("health.allergies")
        hands.fill_in({"health.allergies": "花生、腰果过敏，点心避免坚果"})
        hands.picture("registration-health")

    def _services(self) -> None:
        """After-school care for the rest of the term; the price comes by itself."""
        hands = self.hands
        section = self._page(RegistrationPage).steps[3].sections[0]
        section.focus_field("services.class_id")
        hands.fill_in({"services.class_id": "=三年级托管 1", "services.lines.0.service_id": "晚托"})
        hands.press(Qt.Key.Key_N, _ALT)
        hands.fill_in({"services.lines.1.service_id": "晚餐"})
        hands.picture("registration-services")

    def sign(self) -> None:
        """The parent signed on paper: marked with one dialog."""
        page = self._page(RegistrationPage)

        def marked(_: QWidget) -> None:
            self.hands.picture("sign")
            self.hands.press(Qt.Key.Key_F9)

        self.hands.during(lambda: self.hands.click(page.last.sign_button), marked)
        self.hands.wait("the sheet was not marked as signed", lambda: not page.last.sign_button.isVisible())

    def pay(self) -> None:
        """F7: a part by WeChat, the rest in cash with change, F9; then the receipt."""
        hands, student = self.hands, self._page(RegistrationPage).current_student()
        hands.press(Qt.Key.Key_F7)
        hands.wait("the payment did not open", lambda: isinstance(self.main.page(), PaymentPage))
        page = self._page(PaymentPage)
        if page.current_student() != student:
            raise TourError("the payment is of another student")
        hands.press(Qt.Key.Key_1, _ALT)
        hands.type("2000")
        hands.press(Qt.Key.Key_2, _ALT)
        hands.press(Qt.Key.Key_Return)
        page.methods.given.setFocus()
        cash = page.methods.amounts["cash"].value() or 0
        hands.type(str(-(-cash // 10_000) * 100))
        hands.picture("payment")
        hands.press(Qt.Key.Key_F9)
        hands.wait("no receipt was made", lambda: page.receipt is not None)
        hands.wait("the receipt was not printed", lambda: len(self.printers.jobs) == 2)
        hands.picture("payment-done")
        self._keep_paper()

        def look(dialog: QWidget) -> None:
            if not (isinstance(dialog, PaperWindow) and dialog.panel.preview.pages):
                raise TourError("the receipt is not shown")
            hands.picture("receipt")

        hands.during(lambda: page.done.pressed.emit("preview"), look)

    def find_again(self) -> None:
        """The list: F3, three letters, Enter."""
        hands = self.hands
        hands.click(self.main.sidebar.items["students"])
        self._page(StudentsPage)
        hands.picture("students")
        hands.press(Qt.Key.Key_F3)
        hands.type(CHILD_KEYS)
        hands.settle(0.3)
        hands.picture("students-search")
        hands.press(Qt.Key.Key_Return)
        hands.wait("the file did not open", lambda: isinstance(self.main.page(), StudentProfilePage))
        hands.picture("student")

    def correct(self) -> None:
        """The form teacher was left out: written into the file, saved with F9, and to be seen in the history."""
        hands, page = self.hands, self._page(StudentProfilePage)
        card = page.cards["child"]
        hands.click(card.edit_button)
        hands.fill_in({"child.form_teacher": "周老师"})
        hands.picture("student-edit")
        hands.press(Qt.Key.Key_F9)
        hands.wait("the correction was not saved", lambda: not card.editing)
        hands.during(lambda: hands.click(card.history_button), lambda _: hands.picture("student-history"))

    def approve_another(self) -> None:
        """An application that waits is looked at and approved: the next student."""
        hands = self.hands
        hands.click(self.main.sidebar.items["review"])
        page = self._page(ReviewPage)
        waiting = len(page.queue.model.rows)
        hands.picture("review")
        hands.press(Qt.Key.Key_F9)
        hands.wait("the application was not approved", lambda: len(page.queue.model.rows) == waiting - 1)

    def look_at_today(self) -> None:
        """What still waits."""
        self.hands.click(self.main.sidebar.items["today"])
        self.hands.picture("today-afterwards")

    # what they share ------------------------------------------------------------------------------------------------

    def _show(self, window: QWidget) -> None:
        self.hands.window = window
        window.resize(*SIZE)
        self.hands.settle()  # until the window before is gone, which would take the focus along
        window.activateWindow()
        self.hands.wait("the window does not take the focus", window.isActiveWindow)

    def _next_step(self) -> None:
        page = self._page(RegistrationPage)
        step = page.step
        self.hands.press(Qt.Key.Key_Return, _CONTROL)
        self.hands.wait(f"step {step + 1} cannot be left", lambda: page.step == step + 1)

    def _page(self, kind: type[Kind]) -> Kind:
        page = self.main.page()
        if not isinstance(page, kind):
            raise TourError(f"{kind.__name__} is not on the screen")
        return page

    def _keep_paper(self) -> None:
        """The very bytes that went to the printer."""
        job = self.printers.jobs[-1]
        self.hands.file(f"{job.title}.pdf", job.content)
