"""One program for one data folder: a second start raises the first one's window and ends."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal

LOCK = "app.lock"
_TRIES, _TRY_MS = 4, 250


class OneInstance(QObject):
    """`asked` when a second start wants the window of this one to be seen."""

    asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`take` takes the folder."""
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder / LOCK))
        self._server: Any = None  # a QLocalServer; its module is read after the first window is on screen

    def take(self) -> bool:
        """Take the folder; False when another program has it, whose window was raised instead."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.setStaleLockTime(0)
        if self._lock.tryLock(50):
            return True
        self._call_other()
        return False

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

    def _call_other(self) -> None:
        from PySide6.QtNetwork import QLocalSocket  # as above

        for _ in range(_TRIES):
            socket = QLocalSocket()
            socket.connectToServer(self._name())
            if socket.waitForConnected(_TRY_MS):
                socket.disconnectFromServer()
                return

    def release(self) -> None:
        """Give the folder back."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()
