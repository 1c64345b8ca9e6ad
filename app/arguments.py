"""The arguments of the command line, and what is wrong with them in one sentence."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from app.errors import Refused
from app.ui.texts import tr

_WRONG = (  # what argparse says, and the code of our sentence with the names of its gaps
    (r"unrecognized arguments: (?P<text>.+)", "argument_unknown"),
    (r"the following arguments are required: (?P<name>.+)", "argument_missing"),
    (r"argument .*: invalid choice: '?(?P<text>.*?)'? \(.*", "command_unknown"),
    (r"argument (?P<name>\S+): expected one argument", "argument_without_value"),
    (r"argument (?P<name>\S+): invalid int value: '(?P<text>.*)'", "argument_no_number"),
    (r"argument (?P<name>\S+): (?P<text>.*)", "argument_wrong"),
)


class _Formatter(argparse.HelpFormatter):
    """Says "usage" in the language of the system."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401 - as argparse
        """As argparse does, behind our own word."""
        super().add_usage(usage, actions, groups, tr("用法：") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Helps and refuses in our own words."""

    def __init__(self, description: str = "", **given: Any) -> None:  # noqa: ANN401 - as argparse
        """What argparse names by itself gets our names: the headings and --help."""
        super().__init__(
            description=description, formatter_class=_Formatter, add_help=False, allow_abbrev=False, **given,
        )  # fmt: skip
        self._positionals.title, self._optionals.title = tr("参数"), tr("选项")
        self.add_argument("-h", "--help", action="help", help=tr("显示这份说明"))

    def error(self, message: str) -> NoReturn:
        """What is wrong, as a refusal with its sentence."""
        for pattern, code in _WRONG:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                raise Refused(code, **found.groupdict())
        raise Refused("argument_unknown", text=message)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments by name: data, user, command ("" for the windows) and what belongs to it.

    --help prints and ends, in the language that `texts` speaks.
    Raises Refused with the sentence of what is wrong.
    """
    parser = _parser()
    try:
        found = parser.parse_args(arguments)
    except Refused as refused:
        if refused.code == "command_unknown" and (option := _unknown_option(parser, arguments)):
            raise Refused("argument_unknown", text=option) from refused  # what follows it was taken for the command
        raise
    if found.self_test:
        if found.command:
            raise Refused("argument_unknown", text=found.command)
        found.command = "self-test"
    return found


def _unknown_option(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> str:
    """The first option that there is none of, or ""."""
    known = parser._option_string_actions  # noqa: SLF001 - argparse offers no other way to ask
    given = (one.partition("=")[0] for one in arguments if one.startswith("-"))
    return next((one for one in given if one not in known), "")


def _data_folder(text: str) -> Path:
    """The folder after --data: an empty text would quietly mean the folder that one happens to stand in."""
    if not text.strip():
        raise Refused("argument_without_value", name="--data")
    return Path(text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(tr("安托：托管中心前台用的程序。不写命令就打开窗口。"), prog="python -m app")
    data = tr("数据文件夹；不写就用这台电脑上自己的那一个")
    parser.add_argument("--data", type=_data_folder, metavar="FOLDER", help=data)
    parser.add_argument("--user", default="", metavar="NAME", help=tr("登录名；检查数据时必须写"))
    parser.add_argument("--self-test", action="store_true", help=tr("检查打包好的程序是否完整"))
    parser.epilog = tr(
        "密码在终端里输入，或放进环境变量 ANTUO_PASSWORD。退出码：0 完成，1 有损坏，2 参数不对或做不了。",
    )  # fmt: skip
    commands = parser.add_subparsers(
        dest="command", title=tr("命令"), metavar="[sample | check | tour | import | take-over]", parser_class=_Parser,
    )  # fmt: skip
    _sample(commands)
    check = tr("检查整个数据文件夹，说出发现了什么")
    commands.add_parser("check", description=check, help=check)
    walk = tr("在一个新的练习中心里走一遍主要流程，留下画面和单据")
    tour = commands.add_parser("tour", description=walk, help=walk)
    tour.add_argument("folder", type=Path, metavar="FOLDER", help=tr("放画面和单据的文件夹，必须是空的或还没有"))
    _import(commands)
    _take_over(commands)
    return parser


def _sample(commands: "argparse._SubParsersAction[_Parser]") -> None:
    what = tr("在新文件夹里造一家虚构的中心，用来练习")
    sample = commands.add_parser("sample", description=what, help=what)
    sample.add_argument(
        "--students", type=int, default=500, metavar="N", help=tr("学员人数，不写就是 {count}", count=500),
    )  # fmt: skip
    sample.add_argument(
        "--seed", type=int, default=1, metavar="S", help=tr("随机种子：同一天用同一个数，造出来的中心一样"),
    )  # fmt: skip


def _import(commands: "argparse._SubParsersAction[_Parser]") -> None:
    what = tr("导入报名平台导出的报名表（.xlsx、.xls 或 .csv）或填好的 PDF 报名表")
    taken = commands.add_parser("import", description=what, help=what)
    which = tr("报名平台导出的文件，PDF 报名表，或放着 PDF 报名表的文件夹")
    taken.add_argument("file", type=Path, metavar="FILE", help=which)
    taken.add_argument("--preview", action="store_true", help=tr("只看每一行有什么问题，不写入"))
    taken.add_argument("--json", action="store_true", help=tr("预览时每行输出一个 JSON 对象"))
    taken.add_argument("--today", default="", metavar="DATE", help=tr("按这一天算年龄，如 2026-09-12；不写就是今天"))


def _take_over(commands: "argparse._SubParsersAction[_Parser]") -> None:
    what = tr("接收中心自己的在托学员名单：学员、班级、服务、已缴至、剩余、欠费和结余")
    taken = commands.add_parser("take-over", description=what, help=what)
    taken.add_argument("file", type=Path, metavar="FILE", help=tr("学员名单（.xlsx、.xls 或 .csv）"))
    taken.add_argument("--preview", action="store_true", help=tr("只看每一行有什么问题，不写入"))
    taken.add_argument("--json", action="store_true", help=tr("预览时每行输出一个 JSON 对象"))
    taken.add_argument("--new-classes", action="store_true", help=tr("同意新建名单里还没有的托管班"))
    day = tr("名单以哪一天为准，如 2026-09-12；不写就是今天")
    taken.add_argument("--today", default="", metavar="DATE", help=day)
