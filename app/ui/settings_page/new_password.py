"""Setting a password with the slow part beside: argon2id takes its time on purpose, and the window goes on."""

from collections.abc import Callable

from app.errors import Refused
from app.process import data_folder, office
from app.process.users import DerivedPassword
from app.ui.desk import Desk
from app.ui.widgets.dialog import Dialog


def set_password(
    desk: Desk, dialog: Dialog, user_id: int, new: str, *, said: str, old: str = "",
    beside: Callable[[Refused], bool] = lambda _: False,
) -> None:  # fmt: skip
    """Set a password, the slow part in a thread; `said` and the end of the dialog when it holds, nothing after Esc."""
    begun = desk.look(office.begin_password, user_id, new, old=old, beside=beside)
    if begun is None:
        return
    gone: list[bool] = []
    dialog.rejected.connect(lambda: gone.append(True))
    dialog.buttons["save"].set_busy(True)

    def derived(ready: DerivedPassword) -> None:
        if gone or not data_folder.is_open():
            return
        dialog.buttons["save"].set_busy(False)
        desk.do(office.use_password, ready, beside=beside)
        if desk.done_well:
            desk.message(said)
            dialog.accept()

    def failed(error: BaseException) -> None:
        if gone:
            return
        dialog.buttons["save"].set_busy(False)
        if not (isinstance(error, Refused) and beside(error)):
            desk.tell(error)

    desk.in_background(begun.derive, derived, failed)
