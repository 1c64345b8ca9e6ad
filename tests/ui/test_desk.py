"""The desk: what is refused is told, what was done is seen by all, work in the background can be stopped."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.errors import Damaged, Refused
from app.process import office
from app.process.actor import Actor
from app.ui.desk import Desk, Message, Task
from app.ui.widgets import dialog
from app.ui.widgets.dialog import Question
from app.ui.widgets.verb import Verb


@pytest.fixture
def messages(desk: Desk) -> list[Message]:
    heard: list[Message] = []
    desk.offered.connect(heard.append)
    return heard


def test_what_was_done_is_told_to_everything_that_shows_data(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed):
        desk.do(office.change_settings, {"centre_phone": "0571-88001234"})
    assert desk.done_well


def test_looking_changes_nothing(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(desk.changed):
        assert desk.look(office.settings) is not None


@pytest.mark.clause("P13")
def test_a_refusal_is_told_in_its_sentence_and_nothing_changes(
    counter: Desk, qtbot: QtBot,
) -> None:
    heard: list[tuple[str, str]] = []
    counter.messaged.connect(lambda text, kind: heard.append((text, kind)))
    with qtbot.assertNotEmitted(counter.changed):
        assert counter.do(office.change_settings, {"centre_phone": "1"}) is None
    assert not counter.done_well
    assert heard == [("您没有做这一步的权限，请找负责人开通，或请有权限的同事来做。", "warning")]


def test_a_refusal_that_stands_beside_its_field_is_told_only_there(desk: Desk, messages: list[Message]) -> None:
    beside: list[str] = []

    def tell(refused: Refused) -> bool:
        beside.append(refused.code)
        return True

    desk.do(office.change_settings, {"centre_name": ""}, beside=tell)
    assert beside == ["bad_setting"]
    assert not messages


def test_a_damaged_file_is_told_too(desk: Desk, messages: list[Message]) -> None:
    def broken(_actor: Actor) -> None:
        raise Damaged("data_file_missing", name="data.db")

    desk.look(broken)
    assert messages[-1].kind == "problem"
    assert "data.db" in messages[-1].text


def test_a_bug_is_not_hidden(desk: Desk) -> None:
    def bug(_actor: Actor) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        desk.do(bug)


def test_work_in_the_background_ends_on_the_thread_of_the_windows(desk: Desk, qtbot: QtBot) -> None:
    here: list[object] = []
    steps: list[tuple[int, int]] = []

    def work(progress: Callable[[int, int], None]) -> int:
        progress(1, 2)
        here.append(threading.current_thread())
        return 42

    def done(result: int) -> None:
        here.extend((result, threading.current_thread()))

    desk.in_background(work, done, on_progress=lambda *one: steps.append(one))
    assert desk.busy()
    qtbot.waitUntil(lambda: not desk.busy())
    assert here[1:] == [42, threading.main_thread()]
    assert here[0] is not threading.main_thread()
    assert steps == [(1, 2)]


def test_work_that_is_stopped_ends_silently(desk: Desk, qtbot: QtBot, messages: list[Message]) -> None:
    done: list[object] = []

    def work(progress: Callable[[int, int], None]) -> None:
        while True:
            progress(0, 0)
            time.sleep(0.001)

    task = desk.in_background(work, done.append)
    task.cancel()
    qtbot.waitUntil(lambda: not desk.busy())
    assert not done
    assert not messages


def test_work_that_is_refused_is_told(desk: Desk, qtbot: QtBot, messages: list[Message]) -> None:
    def work() -> None:
        raise Refused("disk_full", free_mb=3)

    desk.in_background(work, lambda _: None)
    qtbot.waitUntil(lambda: bool(messages))
    assert "3 MB" in messages[0].text


def test_a_bug_in_the_background_comes_to_the_last_resort(desk: Desk, qtbot: QtBot) -> None:
    def work() -> None:
        raise KeyError

    with capture_exceptions() as caught:
        desk.in_background(work, lambda _: None)
        qtbot.waitUntil(lambda: not desk.busy())
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is KeyError


def test_work_whose_window_is_gone_ends_by_itself_and_quietly(qtbot: QtBot) -> None:
    window, begun, go_on, ended = QObject(), threading.Event(), threading.Event(), threading.Event()

    def work(progress: Callable[[int, int], None]) -> None:
        begun.set()
        go_on.wait(5)
        try:
            progress(1, 2)
        finally:
            ended.set()

    told: list[object] = []
    task = Task(work, window)
    task._done.connect(told.append)
    task._failed.connect(told.append)
    task.start()
    assert begun.wait(5)
    shiboken6.delete(window)
    assert shiboken6.isValid(task), "or its thread would send from what is no more"
    go_on.set()
    assert ended.wait(5)
    qtbot.wait(20)  # a fault in the thread would be seen by now, and fail the test
    assert told == []


def test_a_file_is_saved_where_the_last_one_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    proposed: list[str] = []

    def chosen(_parent: object, _title: str, place: str, _pattern: str) -> tuple[str, str]:
        proposed.append(place)
        return str(tmp_path / "papers" / "receipt.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    (tmp_path / "papers").mkdir()
    for _ in range(2):
        desk.choose_save("存为 PDF", "receipt.pdf")
    assert proposed == [str(tmp_path / "receipt.pdf"), str(tmp_path / "papers" / "receipt.pdf")]
    (tmp_path / "papers").rmdir()
    assert desk.save_folder() == tmp_path


def test_enter_answers_a_question_but_the_enter_of_a_scanner_does_not(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    verbs = [Verb("later", "以后再打", shortcut="Esc"), Verb("save", "存为 PDF", "primary")]
    box = Question(None, "没有打印成功", "单据已经存好。", verbs)
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClicks(box, "120260000999")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.chosen == ""
    monkeypatch.setattr(dialog, "QUIET_MS", 0)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.chosen == "save"
