"""Walls round the data: no second way in, and nothing caught inside a unit of work."""

import ast
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from app.models import database
from tests.house import source

SOURCES = sorted(Path(app.__file__).parent.rglob("*.py"))


def trees() -> list[tuple[str, ast.Module]]:
    return [(str(path), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


@pytest.mark.clause("P13")
def test_nothing_else_opens_a_database() -> None:
    wrong = [
        f"{path}: {name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        for name in _imported(node)
        if name.split(".")[0] in ("sqlite3", "apsw") or name.startswith("PySide6.QtSql")
    ]
    assert wrong == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{one.name}" for one in node.names]
    return []


@pytest.mark.clause("P13")
def test_no_error_is_caught_inside_a_unit_of_work() -> None:
    wrong = [
        f"{path}:{inner.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.With) and any(_calls(item.context_expr, "unit_of_work") for item in node.items)
        for inner in ast.walk(node)
        if (isinstance(inner, ast.Try) and inner.handlers)
        or (isinstance(inner, ast.Call) and _calls(inner, "suppress"))
    ]
    assert wrong == []


def _calls(node: ast.expr, name: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return called == name


@pytest.mark.clause("P13")
def test_only_the_storage_says_begin_and_commit() -> None:
    """Everybody else writes through unit_of_work: `atomic` and `BEGIN` stand in a few files only."""
    allowed = (
        "models/database.py",
        "models/guards.py",
        "models/bulk.py",
        "models/upgrades/runner.py",
        "process/paper_store.py",
    )
    wrong = []
    for path, tree in trees():
        for node in ast.walk(tree):
            word = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if isinstance(node, ast.Attribute) and node.attr == "atomic":
                word = "BEGIN"
            if word.startswith(("BEGIN", "COMMIT", "SAVEPOINT")) and not path.endswith(allowed):
                wrong.append(f"{path}: {word[:40]}")
    assert wrong == []


@pytest.mark.clause("P13")
def test_the_log_of_statements_stays_off() -> None:
    """Peewee's logger tells parameters at DEBUG, which are names and phones; models/database.py alone sets it."""
    assert database.__name__
    assert logging.getLogger("peewee").getEffectiveLevel() >= logging.WARNING
    named = [
        path
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _calls(node, "getLogger")
        if any(isinstance(one, ast.Constant) and one.value == "peewee" for one in node.args)
    ]
    assert [Path(path).name for path in named] == ["database.py"]


@pytest.mark.clause("P13")
def test_windows_ask_the_keys_and_never_change_them() -> None:
    strangers = [
        f"{module.at(node)}: keys.{name}"
        for module in source.under("app/ui")
        for node, name in _of_keys(module)
        if not (name.startswith(("unlock", "check_")) or name in {"people", "Person", "SHORTEST_PASSWORD"})
    ]
    source.expect_none(strangers, "uses of the keys that windows may not make")


@pytest.mark.clause("P13")
def test_only_use_cases_write_the_file_of_the_keys() -> None:
    """Those of users.py stand in the table of sample calls; the other two come before anybody is signed in."""
    writers = {"use_slot", "remove_slot", "new_keyring"}
    users = {"app/process/users.py", "app/process/founding.py", "app/process/recovering.py"}
    strangers = [
        f"{module.at(node)}: keys.{name}"
        for module in source.modules()
        for node, name in _of_keys(module)
        if name in writers and module.name not in users
    ]
    source.expect_none(strangers, "who write keys.json")


def _of_keys(module: source.Module) -> Iterator[tuple[ast.AST, str]]:
    """What a module takes from app/process/keys.py, by `keys.name` or by importing the name."""
    taken = {name for _, name in source.imported(module.tree)}
    if "app.process.keys" in taken:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "keys":
                yield node, node.attr
    for statement, name in source.imported(module.tree):
        if name.startswith("app.process.keys."):
            yield statement, name.removeprefix("app.process.keys.")
