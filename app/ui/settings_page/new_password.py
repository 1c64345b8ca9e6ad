"""Passwords with the slow part beside: argon2id takes its time on purpose, and the window goes on."""

from collections.abc import Callable
from typing import TypeVar

from app.errors import Refused
from app.process import data_folder, office
from app.ui.desk import Desk
from app.ui.widgets.dialog import Dialog

T = TypeVar("T")
Beside = Callable[[Refused], bool]


def _nowhere(_refused: Refused) -> bool:
    return False


def set_password(
    desk: Desk, dialog: Dialog, user_id: int, new: str, *, said: str, old: str = "", beside: Beside = _nowhere,
) -> None:  # fmt: skip
    """Set a password; `said` and the end of the dialog when it holds, nothing after Esc."""
    begun = desk.look(office.begin_password, user_id, new, old=old, beside=beside)
    if begun is not None:
        _derive(desk, dialog, begun.derive, office.use_password, said, beside)


def add_user(
    desk: Desk, dialog: Dialog, login: str, name: str, roles: tuple[str, ...], password: str, *, said: str,
    beside: Beside,
) -> None:  # fmt: skip
    """Enter a user with a password; `said` and the end of the dialog when it holds, nothing after Esc."""
    begun = desk.look(office.begin_user, login, name, roles, password, beside=beside)
    if begun is not None:
        _derive(desk, dialog, begun.derive, office.enter_user, said, beside)


def _derive(
    desk: Desk, dialog: Dialog, derive: Callable[[], T], use: Callable[..., object], said: str, beside: Beside,
) -> None:  # fmt: skip
    gone: list[bool] = []
    dialog.rejected.connect(lambda: gone.append(True))
    dialog.buttons["save"].set_busy(True)

    def derived(ready: T) -> None:
        if gone or not data_folder.is_open():
            return
        dialog.buttons["save"].set_busy(False)
        desk.do(use, ready, beside=beside)
        if desk.done_well:
            desk.message(said)
            dialog.accept()

    def failed(error: BaseException) -> None:
        if gone:
            return
        dialog.buttons["save"].set_busy(False)
        if not (isinstance(error, Refused) and beside(error)):
            desk.tell(error)

    desk.in_background(derive, derived, failed)
