"""Signing at the counter: the pad, scans of the paper, the proof of an original, a scanner from anywhere."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEventPoint, QInputDevice, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.process import confirmation, office, papers, scans, screen_signature, student_file
from app.process.papers import PaperFact
from app.rules import numbers
from app.ui import paper_window
from app.ui.desk import Desk
from app.ui.key_filter import KeyFilter
from app.ui.main_window import MainWindow
from app.ui.paper_panel import PaperPanel
from app.ui.paper_window import PaperWindow
from app.ui.proof_dialog import ProofDialog
from app.ui.scan_dialog import ScanDialog
from app.ui.scan_window import ScanWindow
from app.ui.screen_sign_dialog import ScreenSignDialog
from app.ui.signature_pad import SignaturePad
from app.ui.student_profile.page import StudentProfilePage
from app.ui.widgets.text import ElidedText
from tests import builders, scanned
from tests.conftest import Centre
from tests.ui.dropping import drop


@pytest.fixture
def sheet(centre: Centre) -> PaperFact:
    return confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager, name="张琢晨"))


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(600, 200)
    return made


def draw(qtbot: QtBot, pad: QWidget, *spots: tuple[int, int]) -> None:
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*spots[0]))
    for spot in spots[1:]:
        qtbot.mouseMove(pad, QPoint(*spot))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*spots[-1]))


# the pad ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P4")
def test_what_the_mouse_draws_is_a_stroke_and_can_be_taken_back(pad: SignaturePad, qtbot: QtBot) -> None:
    pad.show()
    with qtbot.waitSignal(pad.changed):
        draw(qtbot, pad, (60, 50), (120, 100), (300, 60))
    draw(qtbot, pad, (400, 50), (500, 150))
    first, second = pad.strokes()
    assert [point[:2] for point in first] == [(1_000, 833), (2_000, 1_667), (5_000, 1_000)]
    assert first[-1][2] <= second[0][2]
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    assert pad.strokes() == (first,)
    pad.clear()
    assert pad.strokes() == ()


@pytest.mark.clause("P4")
def test_a_finger_writes_and_does_not_write_twice(pad: SignaturePad, qtbot: QtBot) -> None:
    pad.show()
    finger = QTest.createTouchDevice()
    QTest.touchEvent(pad, finger).press(0, QPoint(60, 50), pad).commit()
    QTest.touchEvent(pad, finger).move(0, QPoint(300, 100), pad).commit()
    QTest.touchEvent(pad, finger).release(0, QPoint(300, 100), pad).commit()
    assert [[point[:2] for point in stroke] for stroke in pad.strokes()] == [[(1_000, 833), (5_000, 1_667)]]
    point = QEventPoint(0, QEventPoint.State.Pressed, QPointF(60, 50), QPointF(60, 50))
    touch = QTouchEvent(QEvent.Type.TouchBegin, finger, Qt.KeyboardModifier.NoModifier, [point])
    touch.ignore()
    QApplication.sendEvent(pad, touch)
    assert touch.isAccepted()  # or Qt would send the same line as a mouse


@pytest.mark.clause("P4")
def test_a_pen_writes(pad: SignaturePad) -> None:
    stylus, pen = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
    device = QPointingDevice("pen", 7, stylus, pen, QInputDevice.Capability.Position, 1, 1)
    for kind, spot in (
        (QEvent.Type.TabletPress, (60, 50)), (QEvent.Type.TabletMove, (300, 100)),
        (QEvent.Type.TabletRelease, (300, 100)),
    ):  # fmt: skip
        QApplication.sendEvent(pad, pen_event(device, kind, *spot))
    assert [[point[:2] for point in stroke] for stroke in pad.strokes()] == [[(1_000, 833), (5_000, 1_667)]]


def pen_event(device: QPointingDevice, kind: QEvent.Type, x: int, y: int) -> QTabletEvent:
    """The device must outlive the event: Qt keeps its address alone."""
    spot, nothing = QPointF(x, y), Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    return QTabletEvent(kind, device, spot, spot, 0.5, 0, 0, 0, 0, 0, nothing, left, left)


@pytest.mark.clause("P4")
def test_place_by_place_is_signed_and_kept_in_the_sheet(counter: Desk, sheet: PaperFact, qtbot: QtBot) -> None:
    dialog = ScreenSignDialog(counter, screen_signature.begin(counter.actor, sheet.id))
    qtbot.addWidget(dialog)
    dialog.buttons["next"].click()
    assert "还没有写下签字" in dialog.strip.text()
    dialog.pad.set_strokes(scanned.signature())
    dialog.buttons["next"].click()
    assert dialog.place.text() == "2 / 2　未满 14 周岁：监护人单独同意"
    assert dialog.pad.strokes() == ()
    dialog.buttons["back"].click()
    assert dialog.pad.strokes() == scanned.signature()
    dialog.buttons["next"].click()
    dialog.pad.set_strokes(scanned.signature(1))
    dialog.buttons["done"].click()
    assert papers.fact(sheet.id).signed_sha256
    assert dialog.result() == 1


@pytest.mark.clause("P4")
def test_somebody_who_is_no_guardian_signs_on_the_screen_only_after_a_warning(
    counter: Desk, sheet: PaperFact, qtbot: QtBot,
) -> None:  # fmt: skip
    dialog = ScreenSignDialog(counter, screen_signature.begin(counter.actor, sheet.id))
    qtbot.addWidget(dialog)
    for _ in dialog.offer.places:
        dialog.pad.set_strokes(scanned.signature())
        dialog.who.signer.set_value("王秀英")
        dialog.who.relation.set_value("grandmother_m")
        (dialog.buttons.get("next") or dialog.buttons["done"]).click()
    assert "不是登记的监护人" in dialog.strip.text()
    dialog.buttons["done"].click()
    assert papers.fact(sheet.id).signer == "王秀英"


@pytest.mark.clause("P4")
def test_the_pad_is_offered_only_where_the_centre_wants_it(
    counter: Desk, centre: Centre, sheet: PaperFact, qtbot: QtBot,
) -> None:  # fmt: skip
    panel = PaperPanel(counter)
    qtbot.addWidget(panel)
    panel.show_paper(sheet.id)
    assert not panel.screen_button.isHidden()
    office.change_settings(centre.manager, {"screen_signature": "0"})
    panel.refresh()
    assert panel.screen_button.isHidden()


@pytest.mark.clause("P4")
def test_a_sheet_that_a_later_one_replaced_says_which(
    counter: Desk, centre: Centre, sheet: PaperFact, qtbot: QtBot,
) -> None:  # fmt: skip
    profile = student_file.profile(centre.manager, sheet.student_id or 0)
    form = builders.changed(profile.registration, mobile="13912345678")
    student_file.save_section(centre.manager, sheet.student_id or 0, "guardians", form, profile.version)
    newest = confirmation.make_sheet(centre.manager, student_id=sheet.student_id)
    panel = PaperPanel(counter)
    qtbot.addWidget(panel)
    panel.show_paper(sheet.id)
    assert panel.newer.text() == "这是第 1 版，已经有更新的第 2 版"
    assert newest.number in panel.newer.detail()
    panel.newer.buttons["newest"].click()
    assert panel.paper_id == newest.id
    assert panel.newer.text() == ""


# scans --------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P4")
def test_a_photo_is_read_turned_and_attached(counter: Desk, sheet: PaperFact, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(scanned.phone_photo())
    dialog = ScanDialog(counter, sheet)
    qtbot.addWidget(dialog)
    assert not dialog.buttons["attach"].isEnabled()
    assert drop(dialog, path)
    qtbot.waitUntil(lambda: dialog.prepared is not None, timeout=20_000)
    high = dialog._image.height()
    dialog.right.click()
    assert dialog._image.width() == high
    dialog.buttons["attach"].click()
    assert dialog.attached == 1
    (scan,) = scans.of(counter.actor, sheet.id)
    window = ScanWindow(counter, sheet)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(window._pages))
    assert "林小婉" in window.facts.text()
    assert scan.kind == "jpeg"


@pytest.mark.clause("P4")
def test_a_heic_photo_is_refused_in_one_sentence(counter: Desk, sheet: PaperFact, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    path.write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(60))
    dialog = ScanDialog(counter, sheet)
    qtbot.addWidget(dialog)
    dialog.take_file(path)
    qtbot.waitUntil(lambda: "HEIC" in dialog.strip.text(), timeout=5_000)
    assert dialog.buttons["choose"].isEnabled()
    assert not dialog.buttons["attach"].isEnabled()


@pytest.mark.clause("P4")
def test_a_scan_is_taken_off_with_a_reason(
    counter: Desk, sheet: PaperFact, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    scans.attach(counter.actor, sheet.id, scanned.jpeg())
    window = ScanWindow(counter, sheet)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(window._pages))
    monkeypatch.setattr("app.ui.scan_window.ReasonDialog.exec", lambda _: 1)
    monkeypatch.setattr("app.ui.scan_window.ReasonDialog.reason", lambda _: "附错了孩子")
    window.buttons["off"].click()
    assert window.facts.text() == "没有扫描件了。"
    assert scans.of(counter.actor, sheet.id) == ()


# proofs -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P4")
def test_an_original_is_verified_and_a_file_compared(
    counter: Desk, sheet: PaperFact, qtbot: QtBot, tmp_path: Path,
) -> None:  # fmt: skip
    dialog = ProofDialog(counter, sheet)
    qtbot.addWidget(dialog)
    assert dialog.proved.text() == "自 2026-09-12 10:00 以来没有变过"
    assert dialog.digest.accessibleName() == sheet.sha256
    path = tmp_path / "sheet.pdf"
    path.write_bytes(papers.content(counter.actor, sheet.id))
    dialog.take_file(path)
    assert dialog.compared.text() == "逐字节相同，就是这份原件"
    path.write_bytes(b"%PDF-1.4")
    assert not drop(dialog, path, path), "one file at a time"
    assert drop(dialog, path)
    assert dialog.compared.text() == "不是这份原件，或被改动过"
    dialog.take_file(tmp_path / "gone.pdf")
    assert "打不开" in dialog.compared.text()


# a scanner is a keyboard --------------------------------------------------------------------------------------------


@pytest.fixture
def window(counter: Desk, sheet: PaperFact, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The list of students with the one whose sheet it is."""
    watching = KeyFilter(qapp)
    qapp.installEventFilter(watching)
    made = MainWindow(counter)
    qtbot.addWidget(made)
    made.show()
    made.go("students", filter="all")
    yield made
    qapp.removeEventFilter(watching)
    made.watch.stop()


def scan(qtbot: QtBot, widget: QWidget, code: str) -> None:
    widget.setFocus()
    qtbot.keyClicks(widget, code)
    qtbot.keyClick(widget, Qt.Key.Key_Return)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(paper_window, "open_paper", lambda desk, parent, paper_id: found.append(paper_id))
    return found


@pytest.mark.clause("P4")
def test_a_code_scanned_over_a_list_opens_the_sheet(
    window: MainWindow, sheet: PaperFact, qtbot: QtBot, opened: list[int],
) -> None:  # fmt: skip
    scan(qtbot, window.page().table, sheet.code)  # type: ignore[union-attr]
    assert opened == [sheet.id]
    assert window.current == "students"


@pytest.mark.clause("P4")
def test_a_code_with_a_wrong_digit_or_of_nothing_is_told(
    window: MainWindow, sheet: PaperFact, qtbot: QtBot, opened: list[int],
) -> None:  # fmt: skip
    told: list[str] = []
    window.desk.messaged.connect(lambda text, _kind: told.append(text))
    wrong = str((int(sheet.code[-1]) + 1) % 10)
    scan(qtbot, window.page().table, sheet.code[:-1] + wrong)  # type: ignore[union-attr]
    scan(qtbot, window.page().table, numbers.code_for_sheet(2026, 99))  # type: ignore[union-attr]
    assert opened == []
    assert len(told) == 2
    assert "没有找到这张单据" in told[1]


@pytest.mark.clause("P4")
def test_digits_that_a_person_types_are_no_code(
    window: MainWindow, sheet: PaperFact, qtbot: QtBot, opened: list[int], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("app.ui.scanner.GAP_MS", 3)
    table = window.page().table  # type: ignore[union-attr]
    table.setFocus()
    for digit in sheet.code:
        qtbot.keyClicks(table, digit)
        time.sleep(0.006)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == []


@pytest.mark.clause("P4")
def test_a_code_scanned_into_the_find_field_opens_the_sheet_too(
    window: MainWindow, sheet: PaperFact, qtbot: QtBot, opened: list[int],
) -> None:  # fmt: skip
    scan(qtbot, window.page().search, sheet.code)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: opened == [sheet.id])


@pytest.mark.clause("P4")
def test_a_sheet_in_its_window_waits_for_the_mark(counter: Desk, sheet: PaperFact, qtbot: QtBot) -> None:
    made = PaperWindow(counter, sheet.id)
    qtbot.addWidget(made)
    made.show()
    assert made.focusWidget() is made.sign_button


@pytest.mark.clause("P4")
@pytest.mark.clause("P10")
def test_the_students_file_shows_the_sheets_with_their_signatures_and_scans(
    desk: Desk, sheet: PaperFact, qtbot: QtBot,
) -> None:  # fmt: skip
    scans.attach(desk.actor, sheet.id, scanned.jpeg())
    page = StudentProfilePage(desk)
    qtbot.addWidget(page)
    page.open(sheet.student_id or 0)
    assert not page.papers.isHidden()
    assert page.papers.findChildren(ElidedText)[0].text().endswith("扫描件 1 个")
    with qtbot.waitSignal(page.paperRequested) as asked:
        page.papers.buttons[0].click()
    assert asked.args == [sheet.id]
