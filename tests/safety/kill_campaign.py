"""Kills processes with kill -9 while they do real work, many times, and tells as JSON what was lost.

    python -m tests.safety.kill_campaign KIND FOLDER TIMES        the key in hex on standard input

Children are made by fork from this one process, so that a hundred kills take seconds. KIND: payments, backups,
restores, passwords.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import Damaged, Refused
from app.process import backup_check, backups, data_folder, keys, pointer, restoring
from tests.conftest import PASSWORD
from tests.safety import ledger_state, payer

AT_ONCE = 100  # kills in one folder: what every check looks at must not grow for ever
Tell = Callable[[object], object]


def killed(work: Callable[[Tell], None], wait: Callable[[], float]) -> list[str]:
    """Run `work` in a child, kill it some seconds after its first word, and give the words that it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.setpgid(0, 0)
        with contextlib.suppress(BaseException):
            work(lambda word: os.write(writing, f"{word}\n".encode()))
        os._exit(1)
    os.close(writing)
    first = os.read(reading, 1 << 20)
    time.sleep(wait())
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = first
    while block := os.read(reading, 1 << 20):
        told += block
    os.close(reading)
    return whole_lines(told)


def whole_lines(told: bytes) -> list[str]:
    """The lines that were told to their end: a kill may tear the last one."""
    return told.decode().split("\n")[:-1]


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes here and now: on a busy computer a kill must wait longer to meet something."""
    start = time.monotonic()
    work()
    return time.monotonic() - start


def payments(folder: Path, key: bytes, times: int, chance: random.Random) -> dict[str, int]:
    """Kill while payments are taken: what was told must be there, without a gap, and everything must check clean."""
    counted = dict.fromkeys(("kills", "acknowledged", "lost", "gaps", "damaged", "alarms"), 0)
    for _ in range(times):
        told = killed(lambda tell: payer.pay(folder, key, tell), lambda: chance.uniform(0, 0.06))
        state = ledger_state.look(folder, key)
        counted["kills"] += 1
        counted["acknowledged"] += len(told)
        counted["lost"] += len({int(number) for number in told} - state.numbers)
        counted["gaps"] += len(state.gaps)
        counted["damaged"] += bool(state.damage)
        counted["alarms"] += bool(state.alarm)
    return counted


def made_backups(folder: Path, key: bytes, times: int, chance: random.Random) -> dict[str, int]:
    """Kill while backups are made: whatever bears a finished name is whole."""
    counted = dict.fromkeys(("kills", "finished", "bad"), 0)

    def work(tell: Tell) -> None:
        tell("begin")
        while True:
            tell(backups.make_of(folder, key, "by_hand").path.name)

    one = seconds(lambda: backups.make_of(folder, key, "by_hand"))
    known = set(backups.place(folder).glob("*.bak"))
    for _ in range(times):
        killed(work, lambda: chance.uniform(0, 3 * one))
        counted["kills"] += 1
        for path in sorted(set(backups.place(folder).glob("*.bak")) - known):
            if not path.name.startswith("."):
                known.add(path)
                counted["finished"] += 1
                counted["bad"] += not _is_whole(path, key)
    return counted


def _is_whole(path: Path, key: bytes) -> bool:
    try:
        backup_check.inspect(path, key)
    except Damaged:
        return False
    return True


def restores(folder: Path, key: bytes, times: int, chance: random.Random) -> dict[str, int]:
    """Kill while a backup is restored: the data are the old ones or the restored ones, whole, and nothing between."""
    counted = dict.fromkeys(("kills", "old", "restored", "mixed", "alarms"), 0)
    chosen = backups.make_of(folder, key, "by_hand").path
    one = seconds(lambda: restoring.rebuild(folder, chosen, key, "manager"))
    payer_told = killed(lambda tell: payer.pay(folder, key, tell, 3), lambda: 0.3)
    later = max(int(number) for number in payer_told)
    for _ in range(times):
        generation = pointer.current(folder).name

        def work(tell: Tell) -> None:
            tell("begin")
            restoring.rebuild(folder, chosen, key, "manager")

        killed(work, lambda: chance.uniform(0, 2 * one))
        state = ledger_state.look(folder, key)
        counted["kills"] += 1
        changed = pointer.current(folder).name != generation
        whole = not state.damage and not state.gaps
        counted["alarms"] += bool(state.alarm)
        counted["restored"] += changed and whole and not state.numbers
        counted["old"] += not changed and whole
        counted["mixed"] += not whole or (changed and later in state.numbers)
    return counted


def passwords(folder: Path, key: bytes, times: int, chance: random.Random) -> dict[str, int]:
    """Kill while a password is changed to and fro: one of the two always opens, and everybody else gets in too."""
    counted = dict.fromkeys(("kills", "changes", "locked out"), 0)
    both = (PASSWORD, "another password")

    def work(tell: Tell) -> None:
        tell("begin")
        while True:
            for password in both:
                keys.use_slot(folder, keys.slot_for(key, "finance", "许建国", password))
                tell("changed")

    one = seconds(lambda: keys.use_slot(folder, keys.slot_for(key, "finance", "许建国", PASSWORD)))
    for _ in range(times):
        told = killed(work, lambda: chance.uniform(0, 10 * one))
        counted["kills"] += 1
        counted["changes"] += told.count("changed")
        file = keys.path(folder)
        opened = [_opens(file, "finance", password, key) for password in both]
        counted["locked out"] += opened.count(True) != 1 or not _opens(file, "manager", PASSWORD, key)
    return counted


def _opens(file: Path, login: str, password: str, key: bytes) -> bool:
    try:
        return keys.open_file(file, login, password) == key
    except (Refused, Damaged):
        return False


KINDS: dict[str, Any] = {
    "payments": payments, "backups": made_backups, "restores": restores, "passwords": passwords,
}  # fmt: skip


def main(kind: str, folder: str, times: str) -> None:
    """Run one campaign, with a fresh copy of the folder for each hundred kills, and print what it counted."""
    key = bytes.fromhex(sys.stdin.readline())
    payer.warm_up()
    assert not data_folder.is_open()
    chance, counted = random.Random(7), Counter[str]()
    fresh = Path(f"{folder}-fresh")
    shutil.copytree(folder, fresh)
    for done in range(0, int(times), AT_ONCE):
        shutil.rmtree(folder)
        shutil.copytree(fresh, folder)
        counted.update(KINDS[kind](Path(folder), key, min(AT_ONCE, int(times) - done), chance))
    print(json.dumps(counted))


if __name__ == "__main__":
    main(*sys.argv[1:])
