"""What proves a clause: `python -m tests.house.clauses [P5 ...]` counts or lists the tests that are marked with it."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


def proofs() -> dict[str, list[str]]:
    """Clause to the tests that are marked with it, as pytest names them; P1 before P10."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for clause, test in _marked(tree, ()):
            found[clause].append(f"{path.relative_to(PROJECT).as_posix()}::{test}")
    return {clause: found[clause] for clause in sorted(found, key=_order)}


def _marked(scope: ast.Module | ast.ClassDef, inherited: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    module_wide = [node.value for node in scope.body if isinstance(node, ast.Assign) and _is_pytestmark(node)]
    inherited += tuple(clause for value in module_wide for clause in _clauses(value))
    for node in scope.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = tuple(clause for decorator in node.decorator_list for clause in _clauses(decorator))
            yield from ((clause, node.name) for clause in dict.fromkeys(inherited + own))
        elif isinstance(node, ast.ClassDef):
            own = tuple(clause for decorator in node.decorator_list for clause in _clauses(decorator))
            yield from ((clause, f"{node.name}::{test}") for clause, test in _marked(node, inherited + own))


def _is_pytestmark(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _clauses(expression: ast.expr) -> Iterator[str]:
    for call in ast.walk(expression):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "clause":
            yield from (str(argument.value) for argument in call.args if isinstance(argument, ast.Constant))


def _order(clause: str) -> tuple[int, str]:
    number = re.search(r"\d+", clause)
    return int(number.group()) if number else 0, clause


def main(wanted: list[str]) -> None:
    """Print the count of each clause, or the tests of those that are named."""
    for clause, tests in proofs().items():
        if not wanted:
            print(f"{clause:<4} {len(tests)}")
        elif clause in wanted:
            print("\n".join([f"{clause}:", *(f"  {test}" for test in tests)]))


if __name__ == "__main__":
    main(sys.argv[1:])
