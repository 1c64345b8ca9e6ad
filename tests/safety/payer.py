"""A process that takes payments and prints the number of each receipt after its commit: killed, cut off, and faulted.

    python -m tests.safety.payer FOLDER COUNT [normal] [no-checkpoint] [die]        the key in hex on standard input

`normal` uses synchronous=NORMAL; `no-checkpoint` leaves the WAL file as it is after money (only the anchor is written);
`die` ends by kill -9 instead of closing.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from app.models import database as db
from app.process import data_folder, operation_log, payment
from tests import builders


def main(folder: str, number: str, *how: str) -> None:
    """Open the folder, take so many payments, and close it (or die)."""
    key = bytes.fromhex(sys.stdin.readline())
    if "normal" in how:
        db.PRAGMAS["synchronous"] = "normal"
    if "no-checkpoint" in how:
        operation_log.after_money = operation_log.anchor_now
    pay(Path(folder), key, lambda no: os.write(1, f"{no}\n".encode()), int(number))
    if "die" in how:
        os.kill(os.getpid(), signal.SIGKILL)
    data_folder.close()


def pay(folder: Path, key: bytes, acknowledge: Callable[[int], object], most: int | None = None) -> None:
    """Open the folder as the manager and take payments from the first student, telling each after its commit."""
    manager = data_folder.open(folder, key, "manager")
    for turn in count() if most is None else range(most):
        methods = (payment.Paid("cash", 100 + turn), payment.Paid("wechat", 200))
        taken = payment.take(manager, student_id=1, methods=methods, payer="张志强", relation="father", opid=opid(turn))
        acknowledge(int(taken.number.rsplit("-", 1)[-1]))


def opid(turn: int) -> str:
    """The once-only id of the payment of this turn in this process."""
    return f"{os.getpid()}-{turn}-{builders.opid()[:8]}"


def warm_up() -> None:
    """Import what a payment needs, so that children made by fork start quickly."""
    from app.printing import receipt  # its fonts and libraries cost the most

    assert receipt.__name__


if __name__ == "__main__":
    main(*sys.argv[1:])
