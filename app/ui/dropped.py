"""One file that is dropped on a window."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped_file(event: QDropEvent) -> Path | None:
    """The file that is dragged, if it is a single one of this computer."""
    places = event.mimeData().urls()
    return Path(places[0].toLocalFile()) if len(places) == 1 and places[0].isLocalFile() else None


def may_drop(event: QDropEvent) -> bool:
    """Whether such a file is dragged."""
    return dropped_file(event) is not None
