"""One program for one data folder: a second start raises the first one's window and ends."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal

from app.errors import Refused
from app.process import places

LOCK = "app.lock"
_TRIES, _TRY_MS = 4, 250


def lock(folder: Path, wait_ms: int = 0) -> QLockFile:
    """Take the lock of a data folder that is there; whoever has the folder open holds it.

    Raises Refused folder_busy, folder_not_writable.
    """
    taken = QLockFile(str(folder / LOCK))
    taken.setStaleLockTime(0)
    if not taken.tryLock(wait_ms):
        busy = taken.error() == QLockFile.LockError.LockFailedError  # any other error: no file could be made
        raise Refused("folder_busy" if busy else "folder_not_writable", folder=str(folder))
    return taken


class OneInstance(QObject):
    """`asked` when a second start wants the window of this one to be seen."""

    asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`take` takes the folder."""
        super().__init__(parent)
        self._folder = folder
        self._lock: QLockFile | None = None
        self._server: Any = None  # a QLocalServer; its module is read after the first window is on screen

    def take(self) -> bool:
        """Take the folder; False when another program has it, whose window was raised instead.

        Raises Refused folder_not_writable; folder_busy when whoever has it raises no window: a command in a terminal,
        or the program of another account of this computer.
        """
        places.make(self._folder)
        try:
            self._lock = lock(self._folder, 50)
        except Refused as refused:
            if refused.code == "folder_busy" and self._call_other():
                return False
            raise
        return True

    def listen(self) -> None:
        """From now on hear second starts; called after the first window is on screen."""
        from PySide6.QtNetwork import QLocalServer  # 5 to 15 ms that the first window need not wait for

        QLocalServer.removeServer(self._name())
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._heard)
        self._server.listen(self._name())

    def _name(self) -> str:
        import hashlib  # as above, and 4 MB

        return "antuo-" + hashlib.sha256(str(self._folder.resolve()).encode()).hexdigest()[:16]

    def _heard(self) -> None:
        self._server.nextPendingConnection().close()
        self.asked.emit()

    def _call_other(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket  # as above

        for _ in range(_TRIES):
            socket = QLocalSocket()
            socket.connectToServer(self._name())
            if socket.waitForConnected(_TRY_MS):
                socket.disconnectFromServer()
                return True
        return False

    def release(self) -> None:
        """Give the folder back."""
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.unlock()
