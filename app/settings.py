"""What belongs to this computer only: theme, language, text size, last user, window places, printers, second backup.

One JSON file, replaced atomically. A file that cannot be read is as good as none: nothing in it is worth a question.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from app import paths

DEFAULTS: dict[str, Any] = {
    "theme": "system",  # system | light | dark
    "language": "system",  # system | zh | en
    "text_percent": 100,
    "last_user": "",
    "geometry": "",  # of the main window, base64 as Qt gives it
    "printers": {},  # kind of paper -> {"printer": name, "copies": n, ...}
    "second_backup_folder": "",
    "save_folder": "",  # where a file was saved last
    "recent": {},  # pick list -> values, last used first
}
RECENT_KEPT = 12


class Settings:
    """The settings of this computer; every change is on disk when the call returns."""

    def __init__(self, path: Path | None = None) -> None:
        """Read `path`, by default the file that the system gives to the program."""
        self.path = path or paths.settings_file()
        self._values = dict(DEFAULTS) | _read(self.path)

    def get(self, name: str) -> Any:  # noqa: ANN401 - JSON values
        """Value of `name`; its default when it was never set or has the wrong kind."""
        value = self._values.get(name, DEFAULTS.get(name))
        default = DEFAULTS.get(name)
        return value if default is None or isinstance(value, type(default)) else default

    def text(self, name: str) -> str:
        """Value of a text setting."""
        return str(self.get(name) or "")

    def set(self, name: str, value: Any) -> None:  # noqa: ANN401 - JSON values
        """Keep `value`, which JSON must be able to hold. A disk that refuses loses only this comfort."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        with suppress(OSError):
            _write(self.path, self._values)

    def printer(self, kind: str) -> dict[str, Any]:
        """What was chosen for a kind of paper (`sheet`, `receipt`): printer, copies, ...; empty when nothing was."""
        chosen = self.get("printers").get(kind, {})
        return dict(chosen) if isinstance(chosen, dict) else {}

    def set_printer(self, kind: str, **chosen: Any) -> None:  # noqa: ANN401 - JSON values
        """Remember printer, copies and so on for a kind of paper."""
        self.set("printers", {**self.get("printers"), kind: {**self.printer(kind), **chosen}})

    def recent(self, name: str) -> list[str]:
        """Values of a pick list, last used first."""
        values = self.get("recent").get(name, [])
        return [str(value) for value in values] if isinstance(values, list) else []

    def use(self, name: str, value: str) -> None:
        """Put `value` first among the recent ones of a pick list."""
        rest = [one for one in self.recent(name) if one != value]
        self.set("recent", {**self.get("recent"), name: [value, *rest][:RECENT_KEPT]})


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _write(path: Path, values: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(values, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
