"""A second start of the program on the same data folder raises the first one's window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.errors import Refused
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


@pytest.mark.clause("P13")
def test_a_second_start_says_that_the_folder_is_in_use_when_nobody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(one_instance, "_TRY_MS", 1)
    first, second = OneInstance(tmp_path / "data"), OneInstance(tmp_path / "data")
    assert first.take()
    with pytest.raises(Refused, match=r"^folder_busy$"):
        second.take()
    first.release()
    assert second.take()
    second.release()


@pytest.mark.clause("P13")
def test_a_folder_that_cannot_be_written_to_is_not_taken_for_one_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(one_instance, "LOCK", "n" * 300)  # a file that no disk makes, for whomever
    with pytest.raises(Refused, match=r"^folder_not_writable$"):
        OneInstance(tmp_path / "data").take()


@pytest.mark.clause("P13")
def test_a_file_and_a_place_below_a_file_are_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(Refused, match=r"^folder_is_file$"):
        OneInstance(tmp_path / "file").take()
    with pytest.raises(Refused, match=r"^folder_not_writable$"):
        OneInstance(tmp_path / "file" / "data").take()


def test_two_data_folders_may_be_open_side_by_side(tmp_path: Path) -> None:
    first, second = OneInstance(tmp_path / "one"), OneInstance(tmp_path / "two")
    assert first.take()
    assert second.take()
    first.release()
    second.release()
