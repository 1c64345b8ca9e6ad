"""Set Antuo up if need be, and start it: `python3 installer/run.py [--wheelhouse FOLDER] [arguments of the program]`.

Standard library only. The first time it makes `.venv`, installs what the lock file names, asks Debian for the libraries
that Qt needs, cuts the fonts and compiles the translations; afterwards it only looks whether all that is still there.
Without a screen it shows the main job all the same: `python -m app tour FOLDER`.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - older ones get here, and deserve a sentence
    sys.exit("Antuo needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from installer import environment, system_libraries  # noqa: E402 - found through the line above
from installer.trouble import SetupError  # noqa: E402

LONGEST_TOUR = 300  # seconds; it takes less than 50


def main(arguments: list[str]) -> int:
    """Set up, start, and give the program's exit code; 1 with a sentence when set-up cannot go on."""
    parser = argparse.ArgumentParser(
        prog="installer/run.py",
        description="Set Antuo up if need be, and start it.",
        epilog="Everything else is handed to the program: [--data FOLDER] [--user NAME] [command]. README.md lists the"
        " commands.",
        allow_abbrev=False,
    )
    parser.add_argument("--wheelhouse", type=Path, metavar="FOLDER", help="take the packages from there, offline")
    own, for_program = parser.parse_known_args(arguments)
    try:
        set_up(own.wheelhouse, for_program)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    if has_screen() or names_command(for_program):
        return start(for_program)
    return show_without_screen(for_program)


def set_up(wheelhouse: Path | None, for_program: list[str]) -> None:
    """Have everything that a start needs. Raises SetupError."""
    needs_screen = has_screen() and not names_command(for_program)
    system_libraries.ensure(system_libraries.QT + (system_libraries.SCREEN if needs_screen else ()))
    environment.ensure(environment.RUNTIME, wheelhouse)
    environment.make_things()


def names_command(for_program: list[str]) -> bool:
    """Whether anything but the folder and the user is named.

    A command needs no screen, and one that does not exist is the program's to tell.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--data")
    parser.add_argument("--user")
    try:
        return bool(parser.parse_known_args(for_program)[1])
    except argparse.ArgumentError:  # --data without its folder
        return True


def has_screen() -> bool:
    """Whether windows can be shown to somebody: always on Windows and macOS."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(for_program: list[str]) -> int:
    """Become the program (Windows: wait for it). It keeps the caller's folder, for paths on the command line."""
    command = [str(environment.PYTHON), "-P", "-m", "app", *for_program]
    variables = {**environment.clean_environment(), "PYTHONPATH": str(PROJECT)}
    if os.name != "nt":
        os.execve(command[0], command, variables)  # noqa: S606 - no shell is wanted
    return subprocess.run(command, env=variables, check=False).returncode


def show_without_screen(for_program: list[str]) -> int:
    """Walk through the main job in the real windows, unseen, and leave pictures and papers."""
    folder = _new_folder()
    print(f"There is no display here, so the main job is walked through unseen; pictures and papers go to {folder}")
    sys.stdout.flush()
    command = [str(environment.PYTHON), "-P", "-m", "app", *for_program, "tour", str(folder)]
    variables = {**environment.clean_environment(), "PYTHONPATH": str(PROJECT)}
    try:
        return subprocess.run(command, env=variables, check=False, timeout=LONGEST_TOUR).returncode
    except subprocess.TimeoutExpired:
        print(f"The walk did not end within {LONGEST_TOUR} seconds and was stopped.", file=sys.stderr)
        return 1


def _new_folder() -> Path:
    """A folder beside the caller that does not exist yet: nothing of an earlier walk is overwritten."""
    names = ("antuo-tour" if number == 1 else f"antuo-tour-{number}" for number in range(1, 10_000))
    return next(folder for name in names if not (folder := Path.cwd() / name).exists())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
