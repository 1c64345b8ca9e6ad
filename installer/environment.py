"""The Python environment of the project: `.venv`, with exactly the packages that a lock file names and hashes.

A stamp in `.venv` says which lock file it was filled from, so the next start has nothing to ask of the network. The
wheels are all fetched before `.venv` is touched: whoever runs the tests for the first time without a network keeps a
program that starts. While packages are being put in, a marker lies in `.venv`: who finds it knows that the one before
was stopped half-way, and starts afresh. Only one set-up works at a time; its lock is held by pip too, so that a pip
whose starter was killed is waited for and not worked against.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from installer.trouble import SetupError

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = ENVIRONMENT / "antuo-unfinished"
WHEELS = PROJECT / ".made" / "wheels"
IN_USE = PROJECT / ".made" / "set-up.lock"

_NO_NETWORK = re.compile(r"NewConnectionError|NameResolution|ConnectTimeout|ReadTimeout|ProxyError|from versions: none")


@dataclass(frozen=True)
class PackageSet:
    """A lock file beside this one, and the sets that are whole when it is installed."""

    name: str
    lock: Path
    holds: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """What the stamp says: the lock file's content, the Python, the kind of machine."""
        content = hashlib.sha256(self.lock.read_bytes()).hexdigest()
        version = ".".join(str(part) for part in sys.version_info[:2])
        return f"{content} {sys.implementation.name} {version} {sys.platform} {platform.machine()}\n"

    @property
    def stamp(self) -> Path:
        """Where the stamp of this set lies."""
        return ENVIRONMENT / f"antuo-{self.name}.stamp"

    def is_current(self) -> bool:
        """Whether `.venv` holds this set as the lock file has it today."""
        return not UNFINISHED.exists() and PYTHON.exists() and _text(self.stamp) == self.fingerprint


RUNTIME = PackageSet("runtime", PROJECT / "installer" / "requirements.lock", ("runtime",))
TEST = PackageSet("test", PROJECT / "installer" / "test-requirements.lock", ("runtime", "test"))
SETS = {"runtime": RUNTIME, "test": TEST}


def ensure(packages: PackageSet, wheelhouse: Path | None = None) -> None:
    """Have `.venv` with `packages`, from the package index or from the folder `wheelhouse`. Raises SetupError."""
    if packages.is_current():
        return
    if wheelhouse is not None and not wheelhouse.is_dir():
        raise SetupError(f"The folder of wheels does not exist: {wheelhouse}")
    with _alone() as lock:
        if packages.is_current():  # whoever we waited for has done it
            return
        if not _is_usable(lock):
            _make(lock)
        _fetch(packages, wheelhouse, lock)
        if any(one.stamp.exists() and not one.is_current() for one in SETS.values()):
            _make(lock)  # another lock file's packages are in there: none of them may stay behind
        _install(packages, lock)
        shutil.rmtree(WHEELS)


def clean_environment() -> dict[str, str]:
    """The variables for a child that shall see `.venv` alone, not what the caller's shell adds to Python."""
    unwanted = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PYTHONUTF8": "1", "PIP_USER": "0"}


def _is_usable(lock: IO[str]) -> bool:
    """Whether `.venv` is whole, and of the Python that runs us."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    answer = _run([str(PYTHON), "-c", "import sys, pip; print(*sys.version_info[:2])"], lock)
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _make(lock: IO[str]) -> None:
    print("Python environment: making .venv ...", flush=True)
    try:
        if ENVIRONMENT.exists():
            shutil.rmtree(ENVIRONMENT)
        ENVIRONMENT.mkdir()
        UNFINISHED.touch()
    except OSError as error:
        raise SetupError(f"{ENVIRONMENT} cannot be made anew: {error.strerror}. Is Antuo still running?") from error
    base = str(getattr(sys, "_base_executable", sys.executable))  # when we run from the very .venv that is replaced
    done = _run([base, "-m", "venv", str(ENVIRONMENT)], lock)
    if done.returncode:
        raise SetupError(
            "Python could not make a virtual environment. On Debian the package python3-venv is needed:\n"
            f"  sudo apt-get install python3-venv\nPython said:\n{_end_of(done.stdout)}",
        )


def _fetch(packages: PackageSet, wheelhouse: Path | None, lock: IO[str]) -> None:
    """Have every wheel in WHEELS, hash checked, from the package index or from `wheelhouse`."""
    count = len(re.findall(r"^[\w.-]+==", packages.lock.read_text(encoding="utf-8"), re.MULTILINE))
    print(f"Python environment: fetching the {packages.name} packages (at most {count}) ...", flush=True)
    where = ["--retries", "2"] if wheelhouse is None else ["--no-index", "--find-links", str(wheelhouse)]
    done = _run([*_pip("download"), *where, "--dest", str(WHEELS), "-r", str(packages.lock)], lock)
    if done.returncode:
        raise SetupError(_why_not(done.stdout, wheelhouse))


def _install(packages: PackageSet, lock: IO[str]) -> None:
    """Put the fetched wheels into `.venv` and stamp it."""
    print(f"Python environment: installing the {packages.name} packages ...", flush=True)
    UNFINISHED.touch()
    where = ["--no-index", "--find-links", str(WHEELS), "--no-warn-script-location"]
    done = _run([*_pip("install"), *where, "-r", str(packages.lock)], lock)
    if done.returncode:
        raise SetupError(f"pip could not install the packages. It said:\n{_end_of(done.stdout)}")
    for name in packages.holds:
        SETS[name].stamp.write_text(SETS[name].fingerprint, encoding="utf-8")
    UNFINISHED.unlink()


def _pip(verb: str) -> list[str]:
    quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    return [str(PYTHON), "-m", "pip", verb, *quiet, "--require-hashes", "--only-binary", ":all:"]


def _why_not(output: str, wheelhouse: Path | None) -> str:
    if "DO NOT MATCH THE HASHES" in output:
        return f"A package is not the one that the lock file names, so nothing of it was used.\n{_end_of(output, 12)}"
    if wheelhouse is not None:
        return f"A package is missing in the folder of wheels {wheelhouse}:\n{_end_of(output)}"
    if _NO_NETWORK.search(output):
        return (
            "The Python packages could not be fetched: the first start needs the network once.\n"
            "Connect this computer and start again, or give a folder that holds the wheels: --wheelhouse FOLDER"
        )
    return f"pip could not install the packages. It said:\n{_end_of(output)}"


def _run(command: list[str], lock: IO[str]) -> "subprocess.CompletedProcess[str]":
    """Run `command` to its end; it holds the set-up's lock as long as it lives, even if we are killed."""
    return subprocess.run(
        command,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        pass_fds=() if os.name == "nt" else (lock.fileno(),),
    )


@contextmanager
def _alone() -> Iterator[IO[str]]:
    """Hold the one lock of the set-up, after waiting for whoever has it."""
    IN_USE.parent.mkdir(exist_ok=True)
    with IN_USE.open("a+", encoding="utf-8") as lock:
        if not _take(lock, wait=False):
            print("Another set-up is at work here: waiting for it ...", flush=True)
            _take(lock, wait=True)
        yield lock


if sys.platform == "win32":
    import msvcrt
    import time

    def _take(lock: IO[str], *, wait: bool) -> bool:
        while True:
            try:
                lock.seek(0)
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.5)
            else:
                return True

else:
    import fcntl

    def _take(lock: IO[str], *, wait: bool) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _end_of(output: str, lines: int = 8) -> str:
    return "\n".join(f"  {line}" for line in output.strip().splitlines()[-lines:])


def make_things() -> None:
    """Cut fonts, compile translations and the like, where they are missing or out of date. Raises SetupError."""
    done = subprocess.run(
        [str(PYTHON), "-P", str(PROJECT / "installer" / "made_things.py")],
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,  # its progress goes straight to the screen
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SetupError(f"Fonts and translations could not be made:\n{_end_of(done.stderr, 3)}")
