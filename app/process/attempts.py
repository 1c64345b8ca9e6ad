"""Wrong passwords: after five, wait 30 seconds, doubled with each further one up to 15 minutes. reliability.md 2.3.

Kept in a small file beside the data, since nothing of the data is open yet. A clock that was set back starts the wait
afresh. What was counted goes into the operation log at the next sign-in. The real defence is the cost of argon2id.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

from app.errors import Damaged, Refused
from app.process import clock, disk

NAME = "sign_in.json"
FREE = 5
FIRST_WAIT = 30
LONGEST_WAIT = 15 * 60
UNKNOWN = "*"  # all logins that nobody has are counted together


def wait(folder: Path, login: str) -> int:
    """Seconds until the next try is allowed for this login; 0: now."""
    entry = _entry(_read(folder), login)
    needed = _needed(entry["failures"])
    if not needed:
        return 0
    passed = int(clock.now().timestamp()) - entry["at"]
    return max(0, needed - passed) if passed >= 0 else needed


def begin(folder: Path, login: str) -> None:
    """Count a try before it is made: ending the program in the middle wins nothing. Raises Refused locked_out."""
    content = _read(folder)
    entry = _entry(content, login)
    now = int(clock.now().timestamp())
    if entry["at"] > now and _needed(entry["failures"]):  # the clock was set back
        entry["at"] = now
        _write(folder, content, login, entry)
    seconds = wait(folder, login)
    if seconds:
        raise Refused("locked_out", seconds=seconds)
    _write(folder, content, login, {"failures": entry["failures"] + 1, "since": entry["since"] + 1, "at": now})


def succeeded(folder: Path, login: str) -> None:
    """The password was right: the next wrong one starts from the first again. What failed stays counted for the log."""
    content = _read(folder)
    entry = _entry(content, login)
    if entry["failures"]:
        _write(folder, content, login, {"failures": 0, "since": max(0, entry["since"] - 1), "at": entry["at"]})


def take_failures(folder: Path, login: str) -> int:
    """How many tries failed since the last sign-in of this login; they are forgotten by this call."""
    content = _read(folder)
    failures: int = _entry(content, login)["since"]
    if _key(login) in content:
        del content[_key(login)]
        _save(folder, content)
    return failures


def _needed(failures: int) -> int:
    return 0 if failures < FREE else min(LONGEST_WAIT, FIRST_WAIT << min(failures - FREE, 10))


def _key(login: str) -> str:
    return login.strip().casefold()


def _read(folder: Path) -> dict[str, Any]:
    try:
        return disk.read_json(folder / NAME, "sign_in_file_damaged")
    except Damaged:
        return {}


def _entry(content: dict[str, Any], login: str) -> dict[str, int]:
    found = content.get(_key(login))
    names = ("failures", "since", "at")
    if isinstance(found, dict) and all(isinstance(found.get(name), int) for name in names):
        return {name: found[name] for name in names}
    return {"failures": 0, "since": 0, "at": 0}


def _write(folder: Path, content: dict[str, Any], login: str, entry: dict[str, int]) -> None:
    _save(folder, {**content, _key(login): entry})


def _save(folder: Path, content: dict[str, Any]) -> None:
    """On a full disk nothing is counted: reading must stay possible, and argon2id is the real defence."""
    with suppress(OSError):
        disk.write_json(folder / NAME, content)
