"""Work in a child process: what keeps the processor busy must not make the window stutter. speed.md 13.

The child gets the name of the function and its arguments through a pipe, so that a key stands on no command line and in
no file. Functions must stand at the top of a module; arguments and result must be plain facts.
"""

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

from app.errors import Damaged, Refused

LONGEST = 30 * 60  # seconds
Result = TypeVar("Result")


@dataclass(frozen=True)
class Limits:
    """What a child that reads a stranger's file may use; where the system knows no such limits, the time remains."""

    seconds: int = 20
    memory: int = 1 << 30  # bytes


def run(
    work: Callable[..., Result],
    *arguments: object,
    wait: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits | None = None,
) -> Result:
    """Call `work(*arguments)` in a child process and give its result; blocks, so call it in a thread.

    `wait` is called several times a second; what it raises ends the child. With `progress`, the work gets one argument
    more, a function to tell `(done, total)` with, which arrives here; what `progress` raises ends the child too. What
    the child refuses or finds damaged is raised here. With `limits` it may not use more than those, and says nothing on
    the error output, where a library complains of a broken file. Raises ChildProcessError when the child ended without
    a word (killed, no memory, no time, a bug).
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_child, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    try:
        ours.send((work, arguments, limits, progress is not None))
        kind, answer = _answer(ours, wait, progress, limits.seconds if limits else LONGEST)
    except (EOFError, OSError) as error:
        raise ChildProcessError from error
    finally:
        ours.close()
        child.join(0.5)
        if child.is_alive():
            child.kill()
            child.join()
        child.close()
    if kind == "result":
        result: Result = answer
        return result
    code, values = answer
    raise (Refused if kind == "refused" else Damaged)(code, **values)


def _answer(
    pipe: Connection, wait: Callable[[], None], progress: Callable[[int, int], None] | None, seconds: int,
) -> tuple[str, Any]:  # fmt: skip
    end = time.monotonic() + seconds
    wait()  # once at least, however quick the child is
    while time.monotonic() < end:
        if not pipe.poll(0.1):
            wait()
            continue
        kind, answer = pipe.recv()
        if kind != "progress":
            return kind, answer
        if progress is not None:
            progress(*answer)
    raise EOFError


def _child(pipe: Connection) -> None:
    if hasattr(os, "nice"):
        os.nice(5)  # the window goes first
    try:
        work, arguments, limits, telling = pipe.recv()
        if limits:
            _limit(limits)
        if telling:
            arguments = (*arguments, lambda done, total: pipe.send(("progress", (done, total))))
        answer: tuple[str, Any] = ("result", work(*arguments))
    except BrokenPipeError:
        return  # whoever waited has stopped it
    except Refused as refused:
        answer = ("refused", (refused.code, refused.values))
    except Damaged as damaged:
        answer = ("damaged", (damaged.code, damaged.values))
    except Exception as error:  # noqa: BLE001 - a bug, which the parent is told by the pipe that closes
        _tell(error)
        raise SystemExit(1) from None
    with suppress(BrokenPipeError):
        pipe.send(answer)
    pipe.close()


def _tell(error: Exception) -> None:
    """Say on stderr what a bug was and where: never its text, which may hold what somebody typed."""
    places = " < ".join(f"{Path(at.filename).name}:{at.lineno}" for at in reversed(extract_tb(error.__traceback__)))
    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write(f"{type(error).__name__} at {places}\n")


def _limit(limits: Limits) -> None:
    gc.disable()  # it ends before there is anything to collect
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for kind, most in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.seconds)):
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, hard))
