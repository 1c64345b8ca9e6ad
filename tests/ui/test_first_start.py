"""The first start, from the language to the recovery key typed back, through the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import Damaged, Refused
from app.process import checks, data_folder, keys, office, pointer
from app.ui import printing_out, state, texts
from app.ui.first_start import stay
from app.ui.first_start.assistant import KEY, FirstStart
from app.ui.first_start.key_step import KeyStep
from app.ui.print_dialog import PrintDialog
from app.ui.printing_out import RecordingPrinters
from tests.conftest import Clock

PASSWORD = "four words together"


@pytest.fixture
def assistant(qtbot: QtBot, tmp_path: Path, the_clock: Clock) -> FirstStart:
    made = FirstStart(tmp_path / "data", state.settings())
    qtbot.addWidget(made, before_close_func=lambda _: setattr(made, "_done", True))  # else closing it asks
    made.show()
    return made


def fill_in(made: FirstStart) -> None:
    """Type everything up to the step that makes the folder."""
    made.forward()
    for name, value in (("name", "晨光托管中心"), ("address", "文三路 188 号"), ("phone", "0571-88001234")):
        put(made, 1, name, value)
    made.forward()
    for name, value in (("manager", "王丽华"), ("login", "wang"), ("password", PASSWORD), ("again", PASSWORD)):
        put(made, 2, name, value)
    made.forward()
    assert made.place == 3


def put(made: FirstStart, place: int, name: str, value: str) -> None:
    field = made.steps[place].fields[name]
    field.editor.setText(value)
    field.editor.changed.emit()


def created(qtbot: QtBot, made: FirstStart) -> KeyStep:
    fill_in(made)
    made.forward()
    qtbot.waitUntil(lambda: made.place == KEY, timeout=20_000)
    step = made.steps[KEY]
    assert isinstance(step, KeyStep)
    return step


@pytest.mark.clause("P13")
def test_the_whole_assistant_ends_in_a_centre_that_its_manager_opens(qtbot: QtBot, assistant: FirstStart) -> None:
    step = created(qtbot, assistant)
    assistant.forward()
    assert step.is_typing()
    for group, letters in zip(step.typed.editor.groups, step.key.split("-"), strict=True):
        qtbot.keyClicks(group, letters.lower())
    with qtbot.waitSignal(assistant.finished) as finished:
        assistant.forward()
    assert finished.args == ["wang", PASSWORD]
    actor = data_folder.open(assistant.folder, keys.unlock(assistant.folder, "wang", PASSWORD), "wang")
    try:
        centre = office.centre()
        assert (centre.name, centre.address, centre.phone) == ("晨光托管中心", "文三路 188 号", "0571-88001234")
        assert actor.name == "王丽华"
        assert office.setting("one_person_may_approve") == "1"
        assert office.roles_of(actor.user_id) == ("manager",)
    finally:
        data_folder.abandon()


def test_what_is_missing_is_said_at_its_field_and_counted(assistant: FirstStart) -> None:
    assistant.forward()
    assistant.forward()
    assert assistant.place == 1
    assert assistant.steps[1].fields["name"].message() == "请填中心名称"
    assert assistant.open_button.text() == "1 项待更正"
    put(assistant, 1, "name", "晨光托管中心")
    assert not assistant.open_button.isVisible()


def test_two_passwords_that_differ_go_no_further(assistant: FirstStart) -> None:
    assistant.forward()
    put(assistant, 1, "name", "晨光")
    assistant.forward()
    for name, value in (("manager", "王丽华"), ("login", "wang"), ("password", PASSWORD), ("again", "something else")):
        put(assistant, 2, name, value)
    assistant.forward()
    assert assistant.place == 2
    assert assistant.steps[2].fields["again"].message() == "两次输入的不一样"


def test_the_login_is_proposed_from_the_name(assistant: FirstStart) -> None:
    assistant.forward()
    put(assistant, 1, "name", "晨光")
    assistant.forward()
    put(assistant, 2, "manager", "王丽华")
    assistant.steps[2].fields["manager"].editor.left.emit()
    assert assistant.answers.login == "wanglihua"


def test_what_was_typed_survives_going_back_and_another_language(qtbot: QtBot, assistant: FirstStart) -> None:
    fill_in(assistant)
    assistant.go(0)
    assistant.steps[0].choice._press(1)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: assistant.title.text() != "窗口用哪种语言？")
    assert texts.language() == "en"
    assert assistant.steps[1].fields["name"].value() == "晨光托管中心"
    assert assistant.steps[2].fields["manager"].value() == "王丽华"
    assert assistant.rail.items[3].is_done()


def test_the_key_must_be_typed_and_cannot_be_pasted(qtbot: QtBot, assistant: FirstStart) -> None:
    step = created(qtbot, assistant)
    assistant.forward()
    assert not step.paper.isVisible()
    QApplication.clipboard().setText(step.key)
    qtbot.keyClick(step.typed.editor.groups[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert step.typed.editor.is_empty()
    assert step.typed.message() == "请照着纸输入，不要粘贴"
    qtbot.keyClicks(step.typed.editor.groups[0], "AAAAA")
    assistant.forward()
    assert assistant.place == KEY
    assert step.typed.state == "problem"


def test_the_recovery_key_is_printed_and_saved(
    qtbot: QtBot, assistant: FirstStart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    step = created(qtbot, assistant)
    printers = RecordingPrinters(["HP"])
    before = printing_out.printers()
    printing_out.use(printers)
    monkeypatch.setattr(PrintDialog, "exec", lambda _: 1)
    with qtbot.waitSignal(step.paper.kept):
        step.paper.print()
    printing_out.use(before)
    assert printers.jobs[0].content.startswith(b"%PDF")
    step.paper.save(tmp_path / "key.pdf")
    assert (tmp_path / "key.pdf").read_bytes().startswith(b"%PDF")
    assert "key.pdf" in step.paper.strip.text()


def test_a_logo_becomes_a_small_png_and_rubbish_is_told(assistant: FirstStart, tmp_path: Path) -> None:
    assistant.forward()
    picture = tmp_path / "logo.jpg"
    image = QImage(2000, 1000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(picture))
    editor = assistant.steps[1].fields["logo"].editor
    editor.use_file(picture)
    assert assistant.answers.logo.startswith(b"\x89PNG")
    assert QImage.fromData(assistant.answers.logo).width() == 512
    (tmp_path / "not.png").write_bytes(b"not a picture")
    editor.use_file(tmp_path / "not.png")
    assert "不是能用的图片" in editor.note.text()


def test_a_folder_that_cannot_be_used_is_told_and_nothing_is_lost(qtbot: QtBot, assistant: FirstStart) -> None:
    assistant.folder.write_text("a file is in the way", encoding="utf-8")
    fill_in(assistant)
    assistant.forward()
    qtbot.waitUntil(lambda: bool(assistant.strip.text()))
    assert assistant.strip.text() == "还没有建成"
    assert assistant.answers.name == "晨光托管中心"


def test_leaving_before_the_key_was_checked_is_asked_about(
    qtbot: QtBot, assistant: FirstStart, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    created(qtbot, assistant)
    monkeypatch.setattr(stay, "ask", lambda *_: "stay")
    assert not assistant.close()
    monkeypatch.setattr(stay, "ask", lambda *_: "leave")
    with qtbot.waitSignal(assistant.closed):
        assert assistant.close()
    assert data_folder.state(assistant.folder) == "missing"


@pytest.mark.clause("P13")
@pytest.mark.parametrize("how", ["closed", "killed"])
def test_a_start_whose_key_nobody_typed_back_begins_again_with_another_key(
    qtbot: QtBot, assistant: FirstStart, monkeypatch: pytest.MonkeyPatch, how: str,
) -> None:  # fmt: skip
    first = created(qtbot, assistant).key
    with pytest.raises(Damaged):  # nobody can open what has no confirmed key
        keys.unlock(assistant.folder, "wang", PASSWORD)
    if how == "closed":
        monkeypatch.setattr(stay, "ask", lambda *_: "leave")
        assistant.close()
        assert not [path.name for path in assistant.folder.iterdir()]
    again = FirstStart(assistant.folder, state.settings())
    qtbot.addWidget(again, before_close_func=lambda _: setattr(again, "_done", True))
    again.show()
    step = created(qtbot, again)
    assert step.key != first
    again.forward()
    for group, letters in zip(step.typed.editor.groups, step.key.split("-"), strict=True):
        qtbot.keyClicks(group, letters.lower())
    with qtbot.waitSignal(again.finished):
        again.forward()
    key = keys.unlock(again.folder, "wang", PASSWORD)
    assert [one.code for one in checks.check(again.folder, key)] == ["backup_missing"]
    with pytest.raises(Refused):
        keys.unlock_with_recovery(again.folder, first)
    assert keys.unlock_with_recovery(again.folder, step.key) == key


@pytest.mark.clause("P17")
def test_invented_children_lie_in_a_folder_of_their_own(qtbot: QtBot, tmp_path: Path, assistant: FirstStart) -> None:
    first = assistant.steps[0]
    with qtbot.waitSignal(assistant.practice_made, timeout=60_000) as made:
        first.practice.click()  # type: ignore[attr-defined]
    assert made.args == [tmp_path / "data-practice"]
    assert pointer.is_practice(tmp_path / "data-practice")
    assert not pointer.exists(tmp_path / "data")
