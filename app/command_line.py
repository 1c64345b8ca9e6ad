"""What can be asked for on the command line; without a command the program's windows start.

python -m app [--data FOLDER] [--user NAME] [sample | check | tour FOLDER | import FILE | take-over FILE]
python -m app --self-test

Only what the first window needs is imported here; everything else inside the command that needs it.
Exit codes: 0 done, 1 damage was found, 2 it was asked for wrongly or refused (told in one sentence).
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Damaged, Refused

if TYPE_CHECKING:
    from argparse import Namespace

    from app.process.actor import Actor

DONE, DAMAGE, WRONG = 0, 1, 2
PASSWORD_VARIABLE = "ANTUO_PASSWORD"  # noqa: S105 - the name of a variable


def main(arguments: Sequence[str]) -> int:
    """Do what is asked for and give the exit code; a refusal is one sentence in the language of the system."""
    try:
        if not arguments:
            return _windows(None, "")
        from app import arguments as parsing  # argparse only when something is asked for

        if {"-h", "--help"} & set(arguments):
            _speak()
        return _do(parsing.read(arguments))
    except Refused as refused:
        _tell(refused)
        return WRONG
    except Damaged as damaged:
        _tell(damaged)
        return DAMAGE
    except KeyboardInterrupt:
        return 130


def _do(asked: "Namespace") -> int:
    if not asked.command:
        return _windows(asked.data, asked.user)
    from app import log_file  # not before the first window

    log_file.open_log()
    log_file.LOGGER.info("%s begins", asked.command)
    code: object = "fault"
    try:
        code = {
            "sample": _sample, "check": _check, "tour": _tour, "import": _import, "take-over": _take_over,
            "self-test": _self_test,
        }[asked.command](asked)  # fmt: skip
    except Exception:
        log_file.LOGGER.exception("%s failed", asked.command)
        raise
    finally:
        log_file.LOGGER.info("%s ends: %s", asked.command, code)
        log_file.close_log()
    return int(code)


def _windows(folder: Path | None, user: str) -> int:
    """The program itself; nothing but what the sign-in window needs is imported before it is on the screen."""
    from app.ui import program

    if folder is None:
        from app import paths

        folder = paths.default_data_folder()
    return program.run(folder, user=user, shown=_begin_log)


def _begin_log() -> None:
    from app import log_file  # after the first paint

    log_file.open_log()
    log_file.LOGGER.info("the windows are open")


# the commands -------------------------------------------------------------------------------------------------------


def _sample(asked: "Namespace") -> int:
    from app.process import practice

    folder = asked.data or _practice_folder()
    practice.fill(folder, asked.students, asked.seed, _Percent())
    _say("练习数据在 {folder}。用户 manager、receptionist、finance、teacher，密码都是 practice。", folder=folder)
    return DONE


def _practice_folder() -> Path:
    """Beside the folder of the centre's own data, never in it: where the first start puts invented data too."""
    from app import paths

    own = paths.default_data_folder()
    return own.with_name(f"{own.name}-practice")


def _check(asked: "Namespace") -> int:
    from app.process import checks
    from app.process.findings import DAMAGE as DAMAGED
    from app.ui.texts import sentence

    folder = _ready_folder(asked)
    with _alone(folder):
        found = checks.check(folder, _sign_in(folder, asked.user))
    _speak()
    for finding in found:
        print(sentence(Damaged(finding.code, **finding.values)))
    damages = sum(finding.strength == DAMAGED for finding in found)
    if damages:
        _say("发现 {count} 处损坏。", count=damages)
        return DAMAGE
    _say("已检查全部数据，没有发现损坏。")
    return DONE


def _import(asked: "Namespace") -> int:
    from app import command_line_import

    return _with_a_file(asked, command_line_import.run)


def _take_over(asked: "Namespace") -> int:
    from app import command_line_take_over

    return _with_a_file(asked, command_line_take_over.run)


def _with_a_file(asked: "Namespace", work: "Callable[[Namespace, Actor], None]") -> int:
    """Open the folder as who is named, or who set it up, and do something with a file."""
    from app.process import data_folder, keys

    if asked.json and not asked.preview:
        raise Refused("argument_missing", name="--preview")
    folder = _ready_folder(asked)
    with _alone(folder):
        user = asked.user or keys.founder(folder)
        actor = data_folder.open(folder, _sign_in(folder, user), user)
        _speak()
        try:
            work(asked, actor)
        finally:
            data_folder.close()
    return DONE


def _tour(asked: "Namespace") -> int:
    from app.tour import walk

    made = walk.walk(asked.folder, told=lambda name: print(name, flush=True))
    _say("共 {count} 个文件，在 {folder}。", count=len(made), folder=asked.folder)
    return DONE


def _self_test(_asked: "Namespace") -> int:
    """For a packaged program: everything that it was packed with is used once."""
    import tempfile

    from app.tour import walk

    with tempfile.TemporaryDirectory(prefix="antuo-") as folder:
        made = walk.walk(Path(folder) / "tour")
    _say("自检通过：登记、收费、检查和 {count} 个画面与单据都正常。", count=len(made))
    return DONE


# what they share ----------------------------------------------------------------------------------------------------


def _ready_folder(asked: "Namespace") -> Path:
    """The data folder that is there. Raises Refused folder_missing, Damaged pointer_damaged or keys_damaged."""
    from app import paths
    from app.process import data_folder, keys

    folder: Path = asked.data or paths.default_data_folder()
    if data_folder.state(folder) == "missing":
        raise Refused("folder_missing", folder=folder)
    keys.people(folder)
    return folder


def _sign_in(folder: Path, user: str) -> bytes:
    """The data key for a user, with the password from the variable or the prompt."""
    import os

    from app.process import keys

    if not user:
        raise Refused("user_missing")
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        password = _ask_password(user)
    return keys.unlock(folder, user, password)


def _ask_password(user: str) -> str:
    import getpass

    from app.ui.texts import tr

    if not sys.stdin.isatty():
        raise Refused("password_missing", variable=PASSWORD_VARIABLE)
    _speak()
    return getpass.getpass(tr("{user} 的密码：", user=user))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which whoever has it open holds. Raises Refused folder_busy, folder_not_writable."""
    from app.ui import one_instance

    lock = one_instance.lock(folder)
    try:
        yield
    finally:
        lock.unlock()


class _Percent:
    """Shows how far it is, on one line of a terminal; nothing when the output goes elsewhere."""

    def __init__(self) -> None:
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // total
        if percent != self._shown and sys.stderr.isatty():
            self._shown = percent
            print(f"\r{percent:3d} %", end="\n" if percent == 100 else "", file=sys.stderr, flush=True)


def _tell(trouble: Refused | Damaged) -> None:
    from app.ui.texts import sentence

    _speak()
    print(sentence(trouble), file=sys.stderr)


def _say(text: str, **values: object) -> None:
    from app.ui.texts import tr

    _speak()
    print(tr(text, **values))


def _speak() -> None:
    """Speak the language of the system, on whatever the output can show."""
    from app.ui.texts import use_language

    use_language("system")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
