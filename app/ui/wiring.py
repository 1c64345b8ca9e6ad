"""All wiring between pages in one list: what a page asks for, and where it goes. Pages do not know each other."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.main_window import MainWindow


def connect(window: "MainWindow", page: QWidget) -> None:
    """Connect the signals that this page has."""
    answers: dict[str, Callable[..., object]] = {
        "studentRequested": lambda student: window.go("student", student_id=student),
        "paymentRequested": lambda student: window.go("payment", student_id=student),
        "ledgerRequested": lambda student: window.go("ledger", student_id=student),
        "registrationRequested": window.register,
        "paperFormRequested": lambda: window.go("registration", new=True, channel="paper"),
        "draftRequested": lambda draft: window.go("registration", draft_id=draft),
        "applicationRequested": lambda application: window.go("review", application_id=application),
        "receiptRequested": lambda receipt: window.go("receipts", receipt_id=receipt),
        "listRequested": lambda name: window.go("students", filter=name),
        "logRequested": lambda kind, subject: window.go("log", subject_kind=kind, subject_id=subject),
        "pageRequested": window.go,
        "backRequested": window.back,
        "sheetRequested": lambda student: _open_sheet(window, student_id=student),
        "applicationSheetRequested": lambda application: _open_sheet(window, application_id=application),
        "paperRequested": lambda paper: _open_paper(window, paper),
        "printRequested": lambda paper, dialog=False: _print(window, paper, ask=dialog),
        "keysChanged": lambda: window.show_keys(page),
        "restored": window.restored.emit,
        "languageChanged": window.speak_anew,
        "appearanceChanged": window.watch.look,
    }
    for name, answer in answers.items():
        signal = getattr(page, name, None)
        if signal is not None:
            signal.connect(answer)


def open_scanned(window: "MainWindow", code: str) -> None:
    """Open what a code stands for: a sheet with its signature to be marked, a receipt, the student of a card."""
    from app.process import papers

    told: list[Refused] = []

    def beside(refused: Refused) -> bool:
        told.append(refused)
        return True

    found = window.desk.look(papers.find, code, beside=beside)
    if found is not None:
        _open_paper(window, found.id)
    elif told[0].code == "card_is_no_paper" and "students" in window.keys_of_pages():
        window.go("students", text=told[0].values["number"])
    else:
        from app.ui.texts import sentence

        window.desk.message(sentence(told[0]), "warning")


def _open_sheet(window: "MainWindow", **wanted: int) -> None:
    from app.ui import paper_window

    paper_window.open_sheet(window.desk, window, **wanted)


def _open_paper(window: "MainWindow", paper_id: int) -> None:
    from app.ui import paper_window

    paper_window.open_paper(window.desk, window, paper_id)


def _print(window: "MainWindow", paper_id: int, *, ask: bool) -> None:
    from app.ui import printing_out

    printing_out.print_paper(window.desk, paper_id, parent=window, ask=ask)
