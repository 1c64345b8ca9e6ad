"""Fails a disk in every way during one payment, again and again, and tells as JSON what came of it.

    LD_PRELOAD=faults.so WATCH=WATCHED FERR=KIND python -m tests.safety.fault_campaign FOLDER WATCHED writes STEP
    python -m tests.safety.fault_campaign FOLDER WATCHED room STEP

The key in hex on standard input. `writes`: every STEP-th write (or fsync) fails, once, or with STICKY=1 all from there
on, as on a full disk. `room`: no file may grow beyond STEP bytes, twice as many, and so on up to the largest file; the
write that meets the limit is done in part. Each fault happens in a child of its own on a fresh copy of FOLDER in
WATCHED: it takes a payment, one with the fault, looks at the account, takes the same payment once more (what the person
at the counter does), and another one: three receipts must be there, whatever failed.
"""

import ctypes
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

from app.errors import Damaged, Refused
from app.process import data_folder, payment
from app.process.actor import Actor
from tests.safety import ledger_state, payer

PAID, FULL, ERROR, BUG, NOT_HIT, BROKEN = 10, 11, 12, 13, 14, 15  # how a child ends
UNSEEN = 64  # added when not even the account could be looked at
TOLD = {"disk_full": FULL, "disk_error": ERROR}
ENDS = {PAID: "paid", FULL: "full", ERROR: "error", BUG: "bugs"}
_faults = ctypes.CDLL(None)


class Fault(Protocol):
    """What goes wrong between `arm` and `disarm`; `hit` tells whether it did."""

    def arm(self) -> None: ...
    def hit(self) -> bool: ...
    def disarm(self) -> None: ...


class Write:
    """The k-th write or fsync fails; which, and whether the later ones do, stands in the environment."""

    def __init__(self, at: int) -> None:
        self._at = at

    def arm(self) -> None:
        _faults.faults_arm(ctypes.c_long(self._at))

    def hit(self) -> bool:
        return bool(_faults.faults_hit())

    def disarm(self) -> None:
        _faults.faults_arm(ctypes.c_long(0))


class Room:
    """No file grows beyond so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most

    def arm(self) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._most, resource.RLIM_INFINITY))

    def hit(self) -> bool:
        return True

    def disarm(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def take(manager: Actor, opid: str, fen: int) -> None:
    """Take a payment in cash from the first student."""
    payment.take(manager, student_id=1, methods=(payment.Paid("cash", fen),), payer="张志强", opid=opid)


def can_look(manager: Actor) -> bool:
    """Whether the account can be looked at; if not, that is told."""
    try:
        payment.open_items(manager, 1)
    except Damaged:
        return False
    return True


def child(folder: Path, key: bytes, fault: Fault) -> int:
    """Do the payments of one fault, and give how the faulted one ended."""
    manager = data_folder.open(folder, key, "manager")
    take(manager, "before", 100)
    fault.arm()
    try:
        take(manager, "faulted", 200)
        ended = PAID
    except (Refused, Damaged) as told:
        ended = TOLD.get(told.code, BUG)
        os.write(2, f"{told.code} {dict(told.values)}\n".encode())
    except BaseException as error:  # noqa: BLE001 - counted, and told
        os.write(2, f"{error!r}\n".encode())
        ended = BUG
    if not fault.hit():
        ended = NOT_HIT
    ended += 0 if can_look(manager) else UNSEEN
    fault.disarm()
    take(manager, "faulted", 200)
    take(manager, "after", 300)
    data_folder.close()
    return ended


def run(folder: Path, key: bytes, fault: Fault) -> int:
    """Run a child and give how it ended."""
    process = os.fork()
    if process == 0:
        ended = BROKEN
        try:
            ended = child(folder, key, fault)
        except BaseException as error:  # noqa: BLE001 - counted, and told
            os.write(2, f"afterwards: {error!r}\n".encode())
        finally:
            os._exit(ended)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def faults(kind: str, step: int, source: Path) -> Iterator[Fault]:
    """The faults of a campaign, in order; those of writes have no end of their own."""
    if kind == "writes":
        return (Write(at) for at in count(1, step))
    largest = max(path.stat().st_size for path in source.rglob("*") if path.is_file())
    return (Room(most) for most in range(step, largest + 2 * step, step))


def main(source: str, watched: str, kind: str, step: str) -> None:
    """Go through the faults and print what was counted."""
    key, folder = bytes.fromhex(sys.stdin.readline()), Path(watched)
    payer.warm_up()
    counted = dict.fromkeys(
        ("points", *ENDS.values(), "broken", "unseen", "damaged", "wrong receipts", "alarms"), 0,
    )  # fmt: skip
    for fault in faults(kind, int(step), Path(source)):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
        ended = run(folder, key, fault)
        state = ledger_state.look(folder, key)
        counted["unseen"] += ended // UNSEEN
        counted["damaged"] += bool(state.damage)
        counted["wrong receipts"] += state.numbers != {1, 2, 3}
        counted["alarms"] += bool(state.alarm)
        if ended == NOT_HIT:
            break
        counted["points"] += 1
        counted[ENDS.get(ended % UNSEEN, "broken")] += 1
    print(json.dumps(counted))


if __name__ == "__main__":
    main(*sys.argv[1:])
