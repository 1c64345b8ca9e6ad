"""Which data folder this process has open, and who signed in. Opened and closed by data_folder.py alone."""

from dataclasses import dataclass
from pathlib import Path

from app.process import operation_log
from app.process.actor import Actor


@dataclass(frozen=True)
class Opened:
    """An open data folder: its place, its generation in use, its key, who signed in, what the first look found."""

    folder: Path
    generation: Path
    key: bytes
    actor: Actor
    first_look: operation_log.Verified


_state: dict[str, Opened] = {}  # empty or {"open": …}: one data folder per process


def put(opened: Opened) -> None:
    """It is open now."""
    _state["open"] = opened


def forget() -> None:
    """Nothing is open any more; the key is let go."""
    _state.clear()


def is_open() -> bool:
    """Whether this process has a data folder open."""
    return "open" in _state


def folder() -> Path:
    """The open data folder."""
    return _opened().folder


def generation() -> Path:
    """The generation folder of the open data folder, with the databases."""
    return _opened().generation


def key() -> bytes:
    """The data key of the open data folder."""
    return _opened().key


def actor() -> Actor:
    """Who signed in."""
    return _opened().actor


def first_look() -> operation_log.Verified:
    """What the look at the newest log rows and the anchor found when the folder was opened."""
    return _opened().first_look


def _opened() -> Opened:
    if not is_open():
        message = "no data folder is open"
        raise RuntimeError(message)
    return _state["open"]
