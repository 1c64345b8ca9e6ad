"""Where the program keeps what is its own: as the system wants it."""

import platformdirs
import pytest

from app import paths


@pytest.mark.parametrize("named", [False, True])
def test_own_folders_lie_where_the_system_has_them(named: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        if named:
            monkeypatch.setenv(variable, f"/elsewhere/{variable}")
        else:
            monkeypatch.delenv(variable, raising=False)
    assert paths.default_data_folder() == platformdirs.user_data_path("Antuo", appauthor=False)
    assert paths.settings_file().parent == platformdirs.user_config_path("Antuo", appauthor=False)
    assert paths.log_file().parent == platformdirs.user_log_path("Antuo", appauthor=False)
