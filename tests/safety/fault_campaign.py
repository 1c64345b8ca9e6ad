"""Fails every write, or every fsync, of one payment, one after the other, and tells as JSON what came of it.

    LD_PRELOAD=faults.so WATCH=WATCHED FERR=KIND python -m tests.safety.fault_campaign FOLDER WATCHED STEP

The key in hex on standard input. Each fault happens in a child of its own on a fresh copy of FOLDER in WATCHED. STEP 1
tries every point, 7 every seventh. A child takes a payment, one with the fault, the same once more (what the person at
the counter does), and another one: three receipts must be there, whatever failed.
"""

import ctypes
import json
import os
import shutil
import sys
from pathlib import Path

from app.errors import Damaged, Refused
from app.process import data_folder, payment
from app.process.actor import Actor
from tests.safety import ledger_state, payer

PAID, TOLD, BUG, NOT_HIT, BROKEN = 10, 11, 12, 13, 14  # how a child ends
_faults = ctypes.CDLL(None)


def take(manager: Actor, opid: str, fen: int) -> None:
    """Take a payment in cash from the first student."""
    payment.take(manager, student_id=1, methods=(payment.Paid("cash", fen),), payer="张志强", opid=opid)


def child(folder: Path, key: bytes, at: int) -> int:
    """Do the payments of one point, and give how the faulted one ended."""
    manager = data_folder.open(folder, key, "manager")
    take(manager, "before", 100)
    ended = PAID
    _faults.faults_arm(ctypes.c_long(at))
    try:
        take(manager, "faulted", 200)
    except (Refused, Damaged):
        ended = TOLD
    except BaseException as error:  # noqa: BLE001 - counted, and told
        os.write(2, f"{at}: {error!r}\n".encode())
        ended = BUG
    if not _faults.faults_hit():
        ended = NOT_HIT
    _faults.faults_arm(ctypes.c_long(0))
    take(manager, "faulted", 200)
    take(manager, "after", 300)
    data_folder.close()
    return ended


def run(folder: Path, key: bytes, at: int) -> int:
    """Run a child and give how it ended."""
    process = os.fork()
    if process == 0:
        ended = BROKEN
        try:
            ended = child(folder, key, at)
        except BaseException as error:  # noqa: BLE001 - counted, and told
            os.write(2, f"{at} afterwards: {error!r}\n".encode())
        finally:
            os._exit(ended)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def main(source: str, watched: str, step: str) -> None:
    """Sweep over the points and print what was counted."""
    key, folder = bytes.fromhex(sys.stdin.readline()), Path(watched)
    payer.warm_up()
    counted = dict.fromkeys(("points", "paid", "told", "bugs", "broken", "damaged", "wrong receipts", "alarms"), 0)
    ended, at = PAID, 1
    while ended != NOT_HIT:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
        ended = run(folder, key, at)
        state = ledger_state.look(folder, key)
        counted["points"] += ended != NOT_HIT
        for name, how in (("paid", PAID), ("told", TOLD), ("bugs", BUG)):
            counted[name] += ended == how
        counted["broken"] += ended not in (PAID, TOLD, BUG, NOT_HIT)
        counted["damaged"] += bool(state.damage)
        counted["wrong receipts"] += state.numbers != {1, 2, 3}
        counted["alarms"] += bool(state.alarm)
        at += int(step)
    print(json.dumps(counted))


if __name__ == "__main__":
    main(*sys.argv[1:])
