"""Where things lie: what came with the program, what set-up made, and where a centre's data is by default."""

import os
import sys
from pathlib import Path

PROGRAM = Path(getattr(sys, "_MEIPASS", "") or Path(__file__).resolve().parent.parent)
RESOURCES = PROGRAM / "resources"
MADE = PROGRAM / ".made"  # cut fonts, compiled translations, packed pinyin: made by installer/run.py, never committed


def font(weight: str) -> Path:
    """Path of a cut font: `regular`, `medium`, `bold`, or `fallback-sc`, `-tc`, `-jp`, `-kr` for rare characters."""
    return MADE / "fonts" / f"antuo-{weight}.ttf"


def default_data_folder() -> Path:
    """The folder of the centre's data when none is named."""
    return _own_folder("data")


def settings_file() -> Path:
    """The file with what belongs to this computer only (window places, printers, language, theme)."""
    return _own_folder("config") / "settings.json"


def log_file() -> Path:
    """The file for technical support: starts, ends and faults, nothing personal."""
    return _own_folder("log") / "antuo.log"


_LINUX = {"data": ("XDG_DATA_HOME", ".local/share", ""), "config": ("XDG_CONFIG_HOME", ".config", "")}
_LINUX["log"] = ("XDG_STATE_HOME", ".local/state", "log")


def _own_folder(kind: str) -> Path:
    """Where the system keeps a program's `data`, `config` or `log`."""
    system: str = sys.platform
    if system == "linux":  # as platformdirs has it, whose import costs the first window 2 ms and 1 MB
        variable, usual, below = _LINUX[kind]
        named = os.environ.get(variable, "").strip()
        return (Path(named) if named else Path.home() / usual) / "Antuo" / below
    import platformdirs

    if kind == "log":
        return platformdirs.user_log_path("Antuo", appauthor=False)
    if kind == "config":
        return platformdirs.user_config_path("Antuo", appauthor=False)
    return platformdirs.user_data_path("Antuo", appauthor=False)
