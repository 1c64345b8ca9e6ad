"""Looking at papers, printing them, and marking them as signed."""

import tempfile
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.models.database import database, unit_of_work
from app.process import confirmation, operation_log, papers, payment, sheet_preview
from app.process.payment import Paid
from app.ui import printers as transports
from app.ui import printing_out
from app.ui.desk import Desk
from app.ui.paper_preview import PaperPreview
from app.ui.paper_window import PaperWindow
from app.ui.print_dialog import PrintDialog
from app.ui.printing_out import RecordingPrinters
from app.ui.sign_dialog import SignDialog
from app.ui.unsign_dialog import UnsignDialog
from app.ui.widgets.verb import Verb
from tests.builders import a_registration, a_student, opid
from tests.conftest import Centre


@pytest.fixture
def printers(desk: Desk) -> RecordingPrinters:
    recording = RecordingPrinters(["HP M208dw", "EPSON L8050"])
    printing_out.use(recording)
    for kind in ("sheet", "receipt"):
        desk.settings.set_printer(kind, printer="HP M208dw", copies=1)
    return recording


@pytest.fixture
def sheet(centre: Centre) -> papers.PaperFact:
    return confirmation.make_sheet(centre.manager, student_id=a_student(centre.manager))


def text(content: bytes) -> str:
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return "".join(words.split())


def printed(printers: RecordingPrinters, paper_id: int, times: int) -> bool:
    return len(printers.jobs) == papers.fact(paper_id).prints == times


@pytest.mark.clause("P4")
def test_what_is_shown_is_what_is_printed_and_a_second_print_says_so(
    qtbot: QtBot,
    desk: Desk,
    printers: RecordingPrinters,
    sheet: papers.PaperFact,
) -> None:
    window = PaperWindow(desk, sheet.id)
    qtbot.addWidget(window)
    assert len(window.panel.preview.pages) == len(PdfReader(BytesIO(papers.content(desk.actor, sheet.id))).pages)
    for expected in (1, 2):
        window.print_button.click()
        qtbot.waitUntil(partial(printed, printers, sheet.id, expected))
    assert "补打" not in text(printers.jobs[0].content)
    assert "补打第2次" in text(printers.jobs[1].content)
    assert printers.jobs[0].content.startswith(papers.content(desk.actor, sheet.id)[:1000])
    assert window.print_button.text() == "补打第 3 次"


@pytest.mark.clause("P5")
def test_a_printer_that_fails_loses_and_doubles_nothing_and_a_file_is_no_print(
    qtbot: QtBot,
    centre: Centre,
    desk: Desk,
    printers: RecordingPrinters,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    receipt = payment.take(
        centre.manager,
        student_id=a_student(centre.manager),
        methods=[Paid("cash", 100)],
        opid=opid(),
    )
    printers.broken = True
    asked: list[str] = []

    def ask(title: str, words: str, verbs: object) -> str:
        asked.append(words)
        return "save"

    monkeypatch.setattr(desk, "ask", ask)
    target = tmp_path / "receipt.pdf"
    monkeypatch.setattr(desk, "choose_save", lambda *_: target)
    printing_out.print_paper(desk, receipt.paper_id)
    qtbot.waitUntil(target.exists)
    assert "HP M208dw" in asked[0]
    assert papers.files(centre.manager, receipt.paper_id) == 1
    (entry,) = operation_log.entries(centre.manager, action="save_paper")
    assert entry.details["number"] == receipt.number
    assert "电子版" in text(target.read_bytes())
    printers.broken = False
    printing_out.print_paper(desk, receipt.paper_id)
    qtbot.waitUntil(lambda: papers.fact(receipt.paper_id).prints == 1)
    assert "第1次打印" in text(printers.jobs[0].content)
    assert [row.fen for row in payment.receipts(centre.manager)] == [100]


@pytest.mark.clause("P5")
def test_a_printer_that_is_gone_is_named_and_another_is_offered_and_remembered(
    qtbot: QtBot,
    desk: Desk,
    printers: RecordingPrinters,
    sheet: papers.PaperFact,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printers.there = ["EPSON L8050"]
    notes: list[str] = []

    def accept(dialog: PrintDialog) -> int:
        notes.append(dialog.note.text())
        return 1

    monkeypatch.setattr(PrintDialog, "exec", accept)
    printing_out.print_paper(desk, sheet.id)
    qtbot.waitUntil(lambda: len(printers.jobs) == 1)
    assert notes == ["HP M208dw 不在了，请选另一台。"]
    assert printers.jobs[0].printer == desk.settings.printer("sheet")["printer"] == "EPSON L8050"


@pytest.mark.clause("P5")
def test_the_bytes_reach_lp_as_they_are_and_by_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = tmp_path / "tmp"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    for name, body in (
        ("lp", f'ls {spool} > {tmp_path}/left; echo "$@" > {tmp_path}/arguments; cat > {tmp_path}/file'),
        ("lpstat", "echo HP"),
    ):
        script = tmp_path / name
        script.write_text(f"#!/bin/bash\n{body}\n")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    system = printing_out.SystemPrinters()
    assert system.names() == ["HP"]
    system.send(printing_out.Job("HP", 2, "SJ-2026-000001", b"%PDF-1.4 these bytes"))
    assert (tmp_path / "file").read_bytes() == b"%PDF-1.4 these bytes"
    assert (tmp_path / "left").read_text() == ""  # nothing in clear on the disk while lp runs
    assert (tmp_path / "arguments").read_text() == "-d HP -n 2 -t SJ-2026-000001\n"


def test_the_default_printer_stands_first_and_a_service_that_is_silent_names_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = tmp_path / "lpstat"
    says = 'if [ "$1" = -d ]; then echo "system default destination: EPSON"; else echo HP; echo EPSON; fi'
    script.write_text(f"#!/bin/sh\n{says}\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert printing_out.SystemPrinters().names() == ["EPSON", "HP"]
    script.write_text("#!/bin/sh\nsleep 5\n")
    monkeypatch.setattr(transports, "SECONDS_FOR_NAMES", 0.1)
    assert printing_out.SystemPrinters().names() == []


@pytest.mark.clause("P5")
def test_elsewhere_the_pages_are_drawn_each_at_its_own_size(
    centre: Centre, sheet: papers.PaperFact, tmp_path: Path,
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    receipt = payment.take(
        centre.manager, student_id=sheet.student_id or 0, methods=[Paid("cash", 100)], opid=opid(),
    )  # fmt: skip
    for paper_id, expected in ((sheet.id, (595, 842)), (receipt.paper_id, (595, 420))):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "drawn.pdf"))
        content = papers.content(centre.manager, paper_id)
        assert transports.draw_pages(content, printer)
        drawn = PdfReader(tmp_path / "drawn.pdf")
        assert len(drawn.pages) == len(PdfReader(BytesIO(content)).pages)
        box = drawn.pages[0].mediabox
        assert (round(float(box.width)), round(float(box.height))) == pytest.approx(expected, abs=1)


@pytest.mark.clause("P5")
def test_another_printer_is_offered_where_one_takes_nothing(
    qtbot: QtBot, desk: Desk, printers: RecordingPrinters, sheet: papers.PaperFact, monkeypatch: pytest.MonkeyPatch,
) -> None:
    printers.broken = True

    def ask(title: str, words: str, verbs: list[Verb]) -> str:
        printers.broken = False
        return "other" if "other" in [verb.key for verb in verbs] else ""

    monkeypatch.setattr(desk, "ask", ask)
    monkeypatch.setattr(PrintDialog, "exec", lambda dialog: dialog._printer.set_value("EPSON L8050") or 1)
    printing_out.print_paper(desk, sheet.id)
    qtbot.waitUntil(lambda: len(printers.jobs) == 1)
    assert printers.jobs[0].printer == "EPSON L8050"


def test_the_preview_zooms_by_keys_and_stays_as_wide_as_its_window(
    qtbot: QtBot, desk: Desk, sheet: papers.PaperFact,
) -> None:
    preview = PaperPreview()
    qtbot.addWidget(preview)
    preview.resize(600, 500)
    preview.set_pdf(papers.content(desk.actor, sheet.id))
    preview.show()
    fits = preview.pages[0].pixmap().width()
    assert 560 <= fits <= 600
    qtbot.keyClick(preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages[0].pixmap().width() == pytest.approx(fits * 1.25, abs=2)
    qtbot.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages[0].pixmap().width() == fits
    preview.resize(900, 500)
    qtbot.waitUntil(lambda: preview.pages[0].pixmap().width() > 850)


@pytest.mark.clause("P4")
def test_the_key_on_save_as_pdf_saves_and_the_next_print_is_still_the_first(
    qtbot: QtBot, desk: Desk, sheet: papers.PaperFact, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = PaperWindow(desk, sheet.id)
    qtbot.addWidget(window)
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(desk, "choose_save", lambda *_: target)
    window.show()
    window.panel.save_button._by_key()
    assert target.exists()
    assert window.panel.facts.text().splitlines()[-3:-1] == ["还没有打印", "存为 PDF 1 次"]
    assert window.print_button.text() == "打印"


@pytest.mark.clause("P17")
def test_the_sheet_that_is_shown_before_it_is_handed_in_bears_practice_too(centre: Centre) -> None:
    with unit_of_work():
        database.execute_sql("UPDATE centre_setting SET value = '1' WHERE name = 'practice'")
    found = sheet_preview.preview(centre.manager, a_registration())
    assert "PRACTICE" in text(found.content)


@pytest.mark.clause("P4")
def test_a_signature_that_was_marked_wrongly_is_taken_back_in_the_window_of_the_students_sheet(
    qtbot: QtBot, centre: Centre, desk: Desk, sheet: papers.PaperFact, monkeypatch: pytest.MonkeyPatch,
) -> None:
    confirmation.mark_signed(
        centre.manager, sheet.id, signed_on="2026-09-12", signer="张志强", relation="father",
    )  # fmt: skip
    window = PaperWindow(desk, confirmation.make_sheet(centre.manager, student_id=sheet.student_id).id)
    qtbot.addWidget(window)

    def answer(dialog: UnsignDialog) -> int:
        dialog.pressed.emit("done")
        assert dialog._reason.message() == "请写原因，它会留在操作日志里"
        dialog._reason.set_value("标错了一张")
        dialog.pressed.emit("done")
        return dialog.result()

    monkeypatch.setattr(UnsignDialog, "exec", answer)
    window.panel.unsign_button.click()
    assert not papers.fact(sheet.id).signed
    assert not window.sign_button.isHidden()


@pytest.mark.clause("P4")
def test_a_guardian_is_marked_as_signer_with_the_relation(qtbot: QtBot, desk: Desk, sheet: papers.PaperFact) -> None:
    dialog = SignDialog(desk, sheet.id)
    qtbot.addWidget(dialog)
    assert (dialog.who.signer.value(), dialog.who.relation.value()) == ("张志强", "father")
    dialog.pressed.emit("sign")
    signed = papers.fact(sheet.id)
    assert (signed.signer, signed.relation, signed.signed_on) == ("张志强", "father", "2026-09-12")


@pytest.mark.clause("P4")
def test_somebody_who_is_no_guardian_signs_only_after_a_warning(
    qtbot: QtBot,
    desk: Desk,
    sheet: papers.PaperFact,
) -> None:
    dialog = SignDialog(desk, sheet.id)
    qtbot.addWidget(dialog)
    dialog.who.signer.set_value("陈邻居")
    dialog.who.relation.set_value("other")
    dialog.pressed.emit("sign")
    assert "不是登记的监护人" in dialog.strip.text()
    assert not papers.fact(sheet.id).signed
    dialog.pressed.emit("sign")
    assert papers.fact(sheet.id).signer == "陈邻居"


def test_the_window_of_a_paper_is_freed(qtbot: QtBot, desk: Desk, sheet: papers.PaperFact) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = PaperWindow(desk, sheet.id, parent)
    gone: list[int] = []
    window.destroyed.connect(lambda: gone.append(1))
    window.deleteLater()
    qtbot.waitUntil(lambda: gone == [1])
