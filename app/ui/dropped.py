"""Files that are dropped on a window."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.dialog import Dialog


def dropped_files(event: QDropEvent) -> list[Path]:
    """The files of this computer that are dragged."""
    return [Path(place.toLocalFile()) for place in event.mimeData().urls() if place.isLocalFile()]


class DropDialog(Dialog):
    """A window for one file, which may be dropped on it: `take_file` gets it."""

    def __init__(self, parent: QWidget | None, title: str, width: int) -> None:
        """As every dialog."""
        super().__init__(parent, title, width)
        self.setAcceptDrops(True)

    def take_file(self, path: Path) -> None:
        """Do with the file what the window is for."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if len(dropped_files(event)) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        files = dropped_files(event)
        if len(files) == 1:
            event.acceptProposedAction()
            self.take_file(files[0])
