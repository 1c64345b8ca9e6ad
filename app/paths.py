"""Where things lie: what came with the program, what set-up made, and where a centre's data is by default."""

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
    from platformdirs import user_data_path  # only when needed: the start of the program is measured

    return user_data_path("Antuo", appauthor=False)


def settings_file() -> Path:
    """The file with what belongs to this computer only (window places, printers, language, theme)."""
    from platformdirs import user_config_path  # as above

    return user_config_path("Antuo", appauthor=False) / "settings.json"


def log_file() -> Path:
    """The file for technical support: starts, ends and faults, nothing personal."""
    from platformdirs import user_log_path  # as above

    return user_log_path("Antuo", appauthor=False) / "antuo.log"
