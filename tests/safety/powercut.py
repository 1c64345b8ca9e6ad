"""What is left after a power cut: record a process's writes, then rebuild the folder as it could look at any moment.

    events = record([sys.executable, "child.py", folder], folder)     # child prints one number per acknowledged commit
    for files, acknowledged in states(before, events, folder, trials=2000, seed=1):
        ...write `files` into an empty folder, open it, and count what was lost...

`before` is the content as {relative name: bytes} when the recording began. Model: what was fsynced is durable; of the
rest any subset may have arrived, a write may be torn at 512 bytes, and names appear, change or vanish in order, for
certain once their own folder is synced. Folders themselves are taken to exist. It does not model a drive that lies.
Files ending in -shm are left out: they are rebuilt. Linux with gcc only.
"""

import os
import random
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
STYLES = ("nothing more", "all", "some", "some", "torn")


class Event(NamedTuple):
    """What happened: w write, t truncate, s file synced, d folder synced, u unlink, r rename, a acknowledged."""

    kind: str
    path: str
    offset: int
    data: bytes


def record(command: list[str], folder: Path, send: str = "") -> list[Event]:
    """Run `command` under the recorder and return everything that it wrote below `folder`, in order."""
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as scratch:
        library, log = Path(scratch, "recorder.so"), Path(scratch, "log")
        compile_library(here / "powercut_recorder.c", library)
        environment = dict(os.environ, LD_PRELOAD=str(library), WATCH=str(folder), WLOG=str(log))
        subprocess.run(
            command, env=environment, input=send.encode(), stdout=subprocess.DEVNULL, check=True, timeout=300,
        )  # fmt: skip
        return parse(log.read_bytes())


def compile_library(source: Path, library: Path) -> None:
    """Compile one of the preloaded libraries of this folder."""
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source, "-ldl", "-lpthread"], check=True)


def parse(log: bytes) -> list[Event]:
    """The events of a recorder's log."""
    events, at = [], 0
    while at < len(log):
        kind = chr(log[at])
        name_length, offset, length = struct.unpack_from("<qqq", log, at + 8)
        at += 32
        name = log[at : at + name_length].decode()
        at += name_length
        data = log[at : at + length]
        at += length
        if not name.endswith("-shm"):
            events.append(Event(kind, name, offset, data))
    return events


def states(
    before: dict[str, bytes], events: list[Event], folder: Path, trials: int, seed: int,
) -> Iterator[tuple[dict[str, bytes], int]]:  # fmt: skip
    """Yield (files after the cut, highest acknowledged number before it)."""
    chance = random.Random(seed)
    for _ in range(trials):
        cut = chance.randint(1, len(events))
        yield Disk(before, folder, chance.choice(STYLES), chance).cut_after(events[:cut])


class Disk:
    """The folder as the disk has it: what is durable, and what is still on its way."""

    def __init__(self, before: dict[str, bytes], folder: Path, style: str, chance: random.Random) -> None:
        self.folder, self.style, self.chance = folder, style, chance
        self.durable = {number: bytearray(content) for number, content in enumerate(before.values())}
        self.pending: dict[int, list[Event]] = {number: [] for number in self.durable}
        self.names: dict[str, int | None] = {name: number for number, name in enumerate(before)}
        self.synced = dict(self.names)
        self.unsynced: list[tuple[str, int | None]] = []

    def cut_after(self, events: list[Event]) -> tuple[dict[str, bytes], int]:
        """Play the events and give what is found after the cut, with the highest number acknowledged before it."""
        acknowledged = 0
        for event in events:
            if event.kind == "a":
                words = event.data.split()
                acknowledged = max(acknowledged, int(words[-1])) if words else acknowledged
            else:
                self._play(event, os.path.relpath(event.path, self.folder))
        return self._found(), acknowledged

    def _play(self, event: Event, name: str) -> None:
        if event.kind == "d":
            self._sync_folder("" if name == "." else name)
        elif event.kind in "ur":
            self._rename_or_remove(event, name)
        elif event.kind == "s":
            number = self._number(name)
            for waiting in self.pending[number]:
                write(self.durable[number], waiting)
            self.pending[number] = []
        else:
            self.pending[self._number(name)].append(event)

    def _sync_folder(self, inside: str) -> None:
        self.synced.update((name, number) for name, number in self.unsynced if os.path.dirname(name) == inside)  # noqa: PTH120
        self.unsynced = [(name, number) for name, number in self.unsynced if os.path.dirname(name) != inside]  # noqa: PTH120

    def _rename_or_remove(self, event: Event, name: str) -> None:
        moved, self.names[name] = self.names.get(name), None
        if event.kind == "r":
            new = os.path.relpath(event.data.decode(), self.folder)
            self.names[new] = moved
            self.unsynced.append((new, moved))
        self.unsynced.append((name, None))

    def _number(self, name: str) -> int:
        number = self.names.get(name)
        if number is None:
            number = len(self.durable)
            self.durable[number], self.pending[number], self.names[name] = bytearray(), [], number
            self.unsynced.append((name, number))
        return number

    def _found(self) -> dict[str, bytes]:
        fixed = {"nothing more": 0, "all": len(self.unsynced)}
        arrived = fixed.get(self.style, self.chance.randint(0, len(self.unsynced)))
        self.synced.update(self.unsynced[:arrived])
        return {name: self._content(number) for name, number in self.synced.items() if number is not None}

    def _content(self, number: int) -> bytes:
        content = bytearray(self.durable[number])
        for waiting in self.pending[number]:
            if self.style == "all" or (self.style != "nothing more" and self.chance.random() < 0.5):
                torn = self.style == "torn" and waiting.kind == "w" and len(waiting.data) > SECTOR
                write(content, waiting, self.chance.randrange(0, len(waiting.data) + 1, SECTOR) if torn else None)
        return bytes(content)


def write(content: bytearray, event: Event, keep: int | None = None) -> None:
    """Put one write or truncation into a file's content; of a torn write only the first `keep` bytes."""
    if event.kind == "t":
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
        return
    data = event.data if keep is None else event.data[:keep]
    if len(content) < event.offset + len(data):
        content.extend(bytes(event.offset + len(data) - len(content)))
    content[event.offset : event.offset + len(data)] = data
