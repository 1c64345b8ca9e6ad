"""The program's source as syntax trees, for the tests that walk it."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Module:
    """One file of the program, parsed."""

    name: str  # app/process/payment.py
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Where `node` stands, as an editor understands it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def expect_none(found: Iterable[str], what: str) -> None:
    """Fail with a line for each that was found, and nothing else."""
    lines = list(found)
    if lines:
        pytest.fail(f"{len(lines)} {what}:\n" + "\n".join(lines), pytrace=False)


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Every file under app/."""
    paths = sorted((PROJECT / "app").rglob("*.py"))
    return tuple(
        Module(path.relative_to(PROJECT).as_posix(), ast.parse(path.read_text(encoding="utf-8"), str(path)))
        for path in paths
    )


def under(folder: str) -> tuple[Module, ...]:
    """The files under `folder` (app/ui)."""
    return tuple(module for module in modules() if module.name == folder or module.name.startswith(f"{folder}/"))


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Calls of functions or methods with one of these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in names:
            yield node


def called(call: ast.Call) -> str:
    """The last name of what is called: `take` of `payment.take(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every module that is imported anywhere in the file, with its full name; `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def without_types(tree: ast.Module) -> ast.Module:
    """The file without what it imports for the checker of types alone."""
    kept = [node for node in tree.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))]
    return ast.Module(kept, tree.type_ignores)


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """The nodes of bare strings: docstrings and the notes under constants."""
    bare = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {value for value in bare if isinstance(value, ast.Constant)}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
