"""The system's own libraries and programs that Qt and the tests need, on Linux. Windows and macOS bring theirs.

What is missing is found by asking the loader itself (`ctypes.CDLL`), for a missing xcb library gives no Python error:
Qt aborts. Debian's names are asked from apt when we are root; else the exact line is shown.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from installer.trouble import SetupError

APT_UPDATE = ("apt-get", "update", "-q")
APT_INSTALL = ("apt-get", "install", "-q", "-y", "--no-install-recommends")
WAIT_FOR_APT = ("-o", "DPkg::Lock::Timeout=120")


@dataclass(frozen=True)
class Piece:
    """A library (`libEGL.so.1`), program (`gcc`) or file (`/usr/include/stdio.h`), and the package that brings it."""

    name: str
    package: str

    @property
    def is_here(self) -> bool:
        """Whether it can be loaded or found now."""
        if self.name.startswith("/"):
            return Path(self.name).exists()
        if ".so." not in self.name:
            return shutil.which(self.name) is not None
        try:
            ctypes.CDLL(self.name)
        except OSError:
            return False
        return True


QT = (
    Piece("libEGL.so.1", "libegl1"),
    Piece("libGL.so.1", "libgl1"),
    Piece("libglib-2.0.so.0", "libglib2.0-0"),
    Piece("libdbus-1.so.3", "libdbus-1-3"),
    Piece("libfontconfig.so.1", "libfontconfig1"),
    Piece("libxkbcommon.so.0", "libxkbcommon0"),
    Piece("libgssapi_krb5.so.2", "libgssapi-krb5-2"),  # QtNetwork, which sees to one program at a time
)
SCREEN = (
    Piece("libxcb-cursor.so.0", "libxcb-cursor0"),
    Piece("libxcb-icccm.so.4", "libxcb-icccm4"),
    Piece("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Piece("libxcb-shape.so.0", "libxcb-shape0"),
    Piece("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Piece("libwayland-cursor.so.0", "libwayland-cursor0"),
    Piece("libcups.so.2", "libcups2"),
)
TESTS = (
    Piece("gcc", "gcc"),  # the recorder and the fault injector of the power-cut tests are small C programs
    Piece("/usr/include/stdio.h", "libc6-dev"),
    Piece("pdftotext", "poppler-utils"),
    Piece("Xvfb", "xvfb"),
)


def missing(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Those of `pieces` that are not on this computer; none on Windows and macOS."""
    if sys.platform != "linux":
        return ()
    return tuple(piece for piece in pieces if not piece.is_here)


def install_line(pieces: tuple[Piece, ...]) -> str:
    """The command that a person types to get `pieces` on Debian."""
    packages = " ".join(piece.package for piece in pieces)
    return f"sudo apt-get update && sudo apt-get install --no-install-recommends {packages}"


def ensure(pieces: tuple[Piece, ...]) -> None:
    """Have all `pieces`: from apt when we are root, else say what to type. Raises SetupError."""
    wanted = missing(pieces)
    if not wanted:
        return
    names = ", ".join(piece.name for piece in wanted)
    if shutil.which("apt-get") is None:
        raise SetupError(f"This system lacks {names}. Install them with its own package manager, then start again.")
    if os.geteuid() != 0:
        raise SetupError(f"This system lacks {names}. Please run this line and start again:\n  {install_line(wanted)}")
    print(f"System libraries: {' '.join(piece.package for piece in wanted)} ...", flush=True)
    _apt(wanted)
    still = missing(wanted)
    if still:
        raise SetupError(f"apt-get ended well, yet {', '.join(piece.name for piece in still)} cannot be loaded.")


def _apt(wanted: tuple[Piece, ...]) -> None:
    packages = [piece.package for piece in wanted]
    _quietly([*APT_UPDATE, *WAIT_FOR_APT])  # if it fails, the lists of before may still do
    done = _quietly([*APT_INSTALL, *WAIT_FOR_APT, *packages])
    if done.returncode:
        last = "\n  ".join(done.stdout.strip().splitlines()[-6:])
        raise SetupError(
            f"apt-get could not install {' '.join(packages)}. Is this computer connected? It said:\n  {last}",
        )


def _quietly(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
