"""A forgotten password: whoever has the recovery key on paper sets a new one and signs in with it."""

from pathlib import Path

from app.errors import Refused
from app.process import keys


def set_password(folder: Path, recovery_key: str, login: str, password: str) -> bytes:
    """Set a user's password with the recovery key on paper, and give the data key. Slow on purpose, as signing in.

    Nobody is signed in, so that there is no actor: the paper is the right. The log tells of it when the folder is then
    opened (`data_folder.open(..., recovered=True)`). Raises Refused unknown_user, wrong_recovery_key and those of its
    form, and those of keys.check_password; Damaged keys_damaged, pointer_damaged.
    """
    keys.check_password(password)
    key = keys.unlock_with_recovery(folder, recovery_key)
    name = next((one.name for one in keys.people(folder) if one.login == login), "")
    if not name:
        raise Refused("unknown_user")
    keys.use_slot(folder, keys.slot_for(key, login, name, password))
    return key
