"""A second start of the program on the same data folder raises the first one's window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui import one_instance
from app.ui.one_instance import OneInstance


def test_a_second_start_is_refused_and_the_first_is_asked_to_show_itself(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = OneInstance(tmp_path / "data"), OneInstance(tmp_path / "data")
    assert first.take()
    first.listen()
    with qtbot.waitSignal(first.asked):
        assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_a_second_start_gives_up_quietly_when_the_first_does_not_hear_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(one_instance, "_TRY_MS", 1)
    first, second = OneInstance(tmp_path / "data"), OneInstance(tmp_path / "data")
    assert first.take()
    assert not second.take()
    first.release()


def test_two_data_folders_may_be_open_side_by_side(tmp_path: Path) -> None:
    first, second = OneInstance(tmp_path / "one"), OneInstance(tmp_path / "two")
    assert first.take()
    assert second.take()
    first.release()
    second.release()
