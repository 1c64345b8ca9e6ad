"""The lock by idle time: after as many minutes without a key, a click or a touch as the centre wants."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_TYPE = QEvent.Type
USER_EVENTS = frozenset({
    _TYPE.KeyPress, _TYPE.MouseButtonPress, _TYPE.Wheel, _TYPE.MouseMove, _TYPE.TouchBegin, _TYPE.TouchUpdate,
    _TYPE.TabletPress, _TYPE.TabletMove,
})  # fmt: skip


class IdleLock(QTimer):
    """Its `timeout` comes when nobody did anything for that long."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        """Asleep until `watch`."""
        super().__init__(parent)
        self._app = app

    def watch(self) -> None:
        """Look at the setting again and count from now; call it after signing in and after every change."""
        from app.process import data_folder, office  # not before the first window

        if not data_folder.is_open():
            return
        minutes = int(office.setting("idle_lock_minutes") or 0)
        if minutes:
            self._app.installEventFilter(self)
            self.start(minutes * 60_000)
        else:
            self.stop()

    def stop(self) -> None:
        """Nobody sits here, or the lock is not wanted."""
        self._app.removeEventFilter(self)
        super().stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever the person does puts the lock off."""
        if event.type() in USER_EVENTS and self.isActive():
            self.start()
        return False
