"""The command line as a terminal sees it: in Chinese, and with nothing at the places of this computer."""

from pathlib import Path

import pytest

from app import command_line, paths
from app.ui import texts
from tests.conftest import PASSWORD, Centre


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither log nor data go to the places of this computer; the system speaks Chinese."""
    monkeypatch.setattr(paths, "log_file", lambda: tmp_path / "log" / "antuo.log")
    monkeypatch.setattr(paths, "default_data_folder", lambda: tmp_path / "nothing here")
    monkeypatch.setattr(texts, "system_language", lambda: "zh")
    monkeypatch.delenv(command_line.PASSWORD_VARIABLE, raising=False)


@pytest.fixture
def password_given(own_places: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password of every user of the centre stands in the variable."""
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, PASSWORD)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code of a command line, and what it said on both outputs."""
    code = command_line.main([str(one) for one in arguments])
    out, error = capsys.readouterr()
    texts.use_language("zh")
    return code, out, error


def run_on(
    capsys: pytest.CaptureFixture[str], centre: Centre, user: str, *arguments: object,
) -> tuple[int, str, str]:  # fmt: skip
    """The same for a command on a centre's data folder, asked for by one of its users."""
    return run(capsys, "--data", centre.folder, "--user", user, *arguments)
