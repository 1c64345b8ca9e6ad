"""The arguments of the command line, and what is wrong with them in one sentence."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app.errors import Refused

_WRONG = (  # what argparse says, and the code of our sentence with the names of its gaps
    (r"unrecognized arguments: (?P<text>.+)", "argument_unknown"),
    (r"the following arguments are required: (?P<name>.+)", "argument_missing"),
    (r"argument .*: invalid choice: '?(?P<text>.*?)'? \(.*", "command_unknown"),
    (r"argument (?P<name>\S+): expected one argument", "argument_without_value"),
    (r"argument (?P<name>\S+): invalid int value: '(?P<text>.*)'", "argument_no_number"),
    (r"argument (?P<name>\S+): (?P<text>.*)", "argument_wrong"),
)


class _Parser(argparse.ArgumentParser):
    """Refuses in our own words."""

    def error(self, message: str) -> NoReturn:
        """What is wrong, as a refusal with its sentence."""
        for pattern, code in _WRONG:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                raise Refused(code, **found.groupdict())
        raise Refused("argument_unknown", text=message)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments by name: data, user, command ("" for the windows) and what belongs to it.

    Raises Refused with the sentence of what is wrong.
    """
    found = _parser().parse_args(arguments)
    if found.self_test:
        if found.command:
            raise Refused("argument_unknown", text=found.command)
        found.command = "self-test"
    return found


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m app", description="Antuo 安托：托管中心的前台程序 / the program of an after-school care centre",
        allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="数据文件夹 / the data folder")
    parser.add_argument("--user", default="", metavar="NAME", help="登录名 / who signs in")
    parser.add_argument("--self-test", action="store_true", help="安装后的自检 / test a packaged program")
    commands = parser.add_subparsers(dest="command", metavar="sample | check | tour", parser_class=_Parser)
    sample = commands.add_parser("sample", help="做一份练习数据 / invent a centre", allow_abbrev=False)
    sample.add_argument("--students", type=int, default=500, metavar="N")
    sample.add_argument("--seed", type=int, default=1, metavar="S")
    commands.add_parser("check", help="检查整个数据文件夹 / verify the whole data folder", allow_abbrev=False)
    tour = commands.add_parser("tour", help="走一遍主要流程并截图 / walk through the main job", allow_abbrev=False)
    tour.add_argument("folder", type=Path, metavar="FOLDER")
    return parser
