"""What the frame keeps an eye on beside the pages: what waits, the last backup, the printers, damage to the data."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import Damaged
from app.process import backups, clock, data_folder, reminders
from app.ui.desk import Desk, Task
from app.ui.navigation import Sidebar
from app.ui.status_bar import StatusBar
from app.ui.texts import sentence, tr
from app.ui.widgets.notice import Strip

if TYPE_CHECKING:
    from app.process.findings import Finding

SOON_MS = 300
CHECK_MS = 4000  # after the first page, so that it does not hold up what is done first
PRINTERS = {"sheet": "A4", "receipt": "A5"}  # kind of paper: what the status bar calls its printer


class Watch(QObject):
    """Shows what it finds in the navigation, the status bar and the red bar over the pages."""

    def __init__(self, desk: Desk, sidebar: Sidebar, status: StatusBar, alarm: Strip, parent: QObject) -> None:
        """Looks at once, and again soon after every `soon`."""
        super().__init__(parent)
        self.desk, self.sidebar, self.status, self.alarm = desk, sidebar, status, alarm
        self._check: Task | None = None
        self._printers: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._count)
        self.look()
        self._tell_first_look()
        self.soon()
        QTimer.singleShot(CHECK_MS, self, self._check_beside)

    def soon(self) -> None:
        """Something changed: count again in a moment."""
        self._soon.start()

    def stop(self) -> None:
        """The window closes."""
        self._soon.stop()
        if self._check is not None:
            self._check.cancel()

    def look(self) -> None:
        """Look at the last backup and the printers."""
        if not data_folder.is_open():
            return
        self._show_printers()
        last = backups.last_made(data_folder.folder())
        if not last:
            self.status.set_backup(tr("还没有备份"), well=False)
        elif last[:10] == clock.today():
            self.status.set_backup(tr("今日 {time} 已备份", time=last[11:16]), well=True)
        else:
            self.status.set_backup(tr("{day} 备份", day=last[:10]), well=False)

    def _count(self) -> None:
        if not data_folder.is_open():
            return
        found = self.desk.look(reminders.today, beside=lambda _: True)
        counts = {group.kind: group for group in found.groups} if found else {}
        review = counts.get("review")
        self.sidebar.set_badge("review", review.count if review else 0)
        self.sidebar.set_badge("today", sum(group.overdue for group in counts.values()))
        self.look()

    # printers -------------------------------------------------------------------------------------------------------

    def _show_printers(self) -> None:
        """Whether the printers that were chosen are there; asked in a thread, a printer server may be slow."""
        chosen = {size: str(self.desk.settings.printer(kind).get("printer", "")) for kind, size in PRINTERS.items()}
        chosen = {size: printer for size, printer in chosen.items() if printer}
        if not chosen:
            self.status.set_printers("")
        elif self._printers is None:
            self._printers = Task(_names, self)
            self._printers._done.connect(lambda names: self._printers_told(chosen, names))  # noqa: SLF001 - one unit
            self._printers._failed.connect(lambda _: self._printers_told(chosen, ()))  # noqa: SLF001 - as above
            self._printers.start()

    def _printers_told(self, chosen: dict[str, str], names: tuple[str, ...]) -> None:
        self._printers = None
        words = [
            tr("{size} {printer} 就绪", size=size, printer=printer)
            if printer in names
            else tr("{size} {printer} 不在", size=size, printer=printer)
            for size, printer in chosen.items()
        ]
        missing = [printer for printer in chosen.values() if printer not in names]
        self.status.set_printers("\u3000".join(words), "amber" if missing else "ink2")

    # damage ---------------------------------------------------------------------------------------------------------

    def _tell_first_look(self) -> None:
        found = data_folder.first_look()
        if found.trouble:
            self.alarm.set(sentence(Damaged(found.trouble, seq=found.bad_seq)))

    def _check_beside(self) -> None:
        """Check all data in a child process; damage is told in the red bar (reliability.md, decision 10)."""
        from app.process import checks

        if self._check is not None or not data_folder.is_open():
            return
        folder, key = data_folder.folder(), data_folder.key()
        # not through the desk: the check needs no connection of ours, so locking need not wait for it
        self._check = Task(lambda progress: checks.check_apart(folder, key, wait=lambda: progress(0, 0)), self)
        self._check._done.connect(self.tell_damage)  # noqa: SLF001 - one unit with Task
        self._check.start()

    def tell_damage(self, found: "tuple[Finding, ...]") -> None:
        """Tell damage in the red bar; warnings are told by the backup page and `check`."""
        told = [sentence(Damaged(one.code, **one.values)) for one in found if one.strength == "damage"]
        if told:
            self.alarm.set(told[0], tr("还有 {n} 处不对。", n=len(told) - 1) if len(told) > 1 else "")


def _names() -> tuple[str, ...]:
    """Printers that are there now; called in a thread."""
    from app.ui import printing_out

    return tuple(printing_out.printers().names())
