"""Walls round the data: no second way in, and nothing caught inside a unit of work."""

import ast
import logging
from pathlib import Path

import pytest

import app
from app.models import database

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
