"""What no code of ours may do to the live databases; reliability.md, test 25."""

import ast
import importlib
import logging
from collections.abc import Iterator

from tests.house import source
from tests.house.source import Module

LIVE_NAMES = {"data.db", "files.db", "data.db-wal", "files.db-wal", "data.db-shm", "files.db-shm"}
LIVE_CONSTANTS = {"DATA", "FILES"}  # models/database.py names the files once
RAW_ACCESS = {
    "open", "read_bytes", "read_text", "write_bytes", "write_text", "copy", "copy2", "copyfile", "copyfileobj",
    "copytree", "move", "file_digest", "digest", "sha256", "ZipFile", "write", "make_archive", "link", "hardlink_to",
}  # fmt: skip
CLOSED_FILES = {"app/process/backups.py:_make": "packs the copy that the backup API made, which no connection has open"}
"""Functions that touch a database file that no connection has open, `app/x.py:function`, each with the reason."""


def test_no_other_sqlite_is_ever_imported() -> None:
    others = {"sqlite3", "PySide6.QtSql", "apsw", "pysqlite3", "pysqlcipher3"}
    found = [
        f"{module.at(node)}: {name}"
        for module in source.modules()
        for node, name in source.imported(module.tree)
        if any(name == other or name.startswith(f"{other}.") for other in others)
    ]
    source.expect_none(found, "found")


def test_the_live_files_are_named_in_one_place() -> None:
    found = [
        f"{module.at(node)}: {node.value}"
        for module in source.modules()
        if module.name != "app/models/database.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and node.value in LIVE_NAMES
    ]
    source.expect_none(found, "found")


def test_the_live_files_are_never_opened_copied_or_hashed() -> None:
    found = [
        f"{module.at(call)}: {source.called(call)}"
        for module in source.modules()
        for function in source.functions(module.tree)
        if f"{module.name}:{function.name}" not in CLOSED_FILES
        for call in _raw_access(function)
    ]
    source.expect_none(found, "found")


def test_every_exception_to_the_rule_still_stands() -> None:
    written = source.modules()
    names = {f"{module.name}:{one.name}" for module in written for one in source.functions(module.tree)}
    assert set(CLOSED_FILES) <= names


def test_the_walls_see_what_they_are_built_against() -> None:
    copying = """
def copy(folder):
    path = folder / db.DATA
    for name in (db.DATA, db.FILES):
        shutil.copyfile(folder / name, "x")
    path.read_bytes()
    with unit_of_work():
        try:
            write()
        except ValueError:
            pass
"""
    tree = ast.parse(copying)
    reached = {source.called(call) for function in source.functions(tree) for call in _raw_access(function)}
    assert reached == {"copyfile", "read_bytes"}
    assert len(list(_caught_inside(Module("x.py", tree)))) == 1


def test_nothing_is_caught_inside_a_unit_of_work() -> None:
    found = [module.at(node) for module in source.modules() for node in _caught_inside(module)]
    source.expect_none(found, "found")


def test_writing_uses_units_of_work_and_never_plain_atomic() -> None:
    found = [
        module.at(call)
        for module in source.modules()
        if module.name != "app/models/database.py"
        for call in source.calls(module.tree, "atomic", "manual_commit", "transaction", "savepoint")
    ]
    source.expect_none(found, "found")


def test_the_logger_that_prints_parameters_stays_off() -> None:
    importlib.import_module("app.models.database")
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)  # even if somebody wants to see everything
    try:
        assert not logging.getLogger("peewee").isEnabledFor(logging.DEBUG)
    finally:
        root.setLevel(level)


def test_no_code_turns_debug_logging_on() -> None:
    found = [
        module.at(call)
        for module in source.modules()
        for call in source.calls(module.tree, "basicConfig", "setLevel")
        if "DEBUG" in ast.dump(call)
    ]
    source.expect_none(found, "found")


def _raw_access(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """Calls that reach for a database file as for any file, by its name or by a variable that was made from it."""
    known: set[str] = set()
    for _ in range(3):  # a variable of a variable of a variable is enough
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and _mentions(node.value, known):
                known |= {name.id for one in node.targets for name in ast.walk(one) if isinstance(name, ast.Name)}
            elif isinstance(node, ast.For) and _mentions(node.iter, known):
                known |= {name.id for name in ast.walk(node.target) if isinstance(name, ast.Name)}
    for call in source.calls(function, *RAW_ACCESS):
        reached = [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(call.func, ast.Attribute):
            reached.append(call.func.value)
        if any(_mentions(one, known) for one in reached):
            yield call


def _mentions(expression: ast.expr, known: set[str]) -> bool:
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and node.value in LIVE_NAMES:
            return True
        if isinstance(node, ast.Attribute) and node.attr in LIVE_CONSTANTS and _is_database(node.value):
            return True
        if isinstance(node, ast.Name) and node.id in known:
            return True
    return False


def _is_database(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"db", "database"}


def _caught_inside(module: Module) -> Iterator[ast.AST]:
    for block in ast.walk(module.tree):
        if isinstance(block, ast.With) and any(_is_unit_of_work(item.context_expr) for item in block.items):
            for statement in block.body:
                yield from (node for node in ast.walk(statement) if _catches(node))


def _is_unit_of_work(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Call) and source.called(expression) == "unit_of_work"


def _catches(node: ast.AST) -> bool:
    if isinstance(node, ast.Try | ast.TryStar):
        return bool(node.handlers)
    return isinstance(node, ast.Call) and source.called(node) == "suppress"
