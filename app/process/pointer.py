"""Which generation folder holds the data: `current.json`. reliability.md 2.1 and decision 1.

A restore or an upgrade builds a new generation beside the old one and then replaces this one small file.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from app.errors import Damaged
from app.process import disk

NAME = "current.json"
_FORM = re.compile(r"gen-\d{6}")


def exists(folder: Path) -> bool:
    """Whether the folder holds data of this program."""
    return (folder / NAME).exists()


def current(folder: Path) -> Path:
    """The generation folder in use. Raises Damaged pointer_damaged; pointer_missing where the start mends it."""
    name = _name(folder)
    if not exists(folder) and len(_whole(folder)) == 1:
        raise Damaged("pointer_missing", name=NAME)
    if not name or not (folder / name).is_dir():
        raise Damaged("pointer_damaged", name=NAME)
    return folder / name


def _name(folder: Path) -> str:
    """The name in the pointer, or "" when it cannot be read."""
    try:
        name = disk.read_json(folder / NAME, "pointer_damaged").get("generation")
    except Damaged:
        return ""
    return name if isinstance(name, str) and _FORM.fullmatch(name) else ""


def is_practice(folder: Path) -> bool:
    """Whether the folder holds invented data; known before anybody signs in. False when nothing can be read."""
    try:
        return disk.read_json(folder / NAME, "pointer_damaged").get("practice") is True
    except Damaged:
        return False


def point(folder: Path, generation: Path, *, practice: bool) -> None:
    """Make `generation` the one in use; the old one stays beside it."""
    disk.sync_folder(generation)
    disk.write_json(folder / NAME, {"generation": generation.name, "practice": practice})


def mend(folder: Path) -> None:
    """Take up a first start that was cut off in its last step: its one generation is whole, and is the one in use.

    Where the pointer is gone and more than one generation is there, nobody can know which; nothing is changed then.
    """
    if exists(folder):
        return
    for path in generations(folder):
        if not any(path.iterdir()):
            path.rmdir()
    whole = _whole(folder)
    if len(whole) == 1:
        point(folder, whole[0], practice=False)


def _whole(folder: Path) -> list[Path]:
    """The generation folders that hold anything."""
    return [path for path in generations(folder) if any(path.iterdir())]


def new_generation(folder: Path) -> Path:
    """Make an empty folder for the next generation."""
    named = _name(folder)  # never the one that is pointed at, even if somebody removed it
    used = [int(name[4:]) for name in (*(path.name for path in generations(folder)), named) if name]
    path = folder / f"gen-{max(used, default=0) + 1:06d}"
    path.mkdir(mode=0o700)
    disk.sync_folder(folder)
    return path


def generations(folder: Path) -> Iterable[Path]:
    """All generation folders, in order."""
    return sorted(path for path in folder.glob("gen-*") if _FORM.fullmatch(path.name) and path.is_dir())


def remove_others(folder: Path) -> None:
    """Remove every generation but the one in use. Only after a verified backup."""
    keep = current(folder)
    for path in generations(folder):
        if path != keep:
            shutil.rmtree(path, ignore_errors=True)
