"""What has grown too long: files past some 300 lines, functions past some 40. A report, not a test.

`python -m tests.house.lengths`; CONTRIBUTING.md says what to do about them.
"""

import ast
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
FILE_LINES = 300
FUNCTION_LINES = 40


def long_files() -> list[str]:
    """Every file of the program and the set-up that is longer than FILE_LINES."""
    lengths = [(len(path.read_text(encoding="utf-8").splitlines()), path) for path in _files()]
    longest = sorted((length, path) for length, path in lengths if length > FILE_LINES)[::-1]
    return [f"{path.relative_to(PROJECT)}: {length}" for length, path in longest]


def long_functions() -> list[str]:
    """Every function longer than FUNCTION_LINES, its docstring not counted."""
    found: list[tuple[int, str]] = []
    for path in _files():
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        lengths = [(_length(node), node.name) for node in tree if isinstance(node, ast.FunctionDef)]
        found += [(length, f"{path.relative_to(PROJECT)}: {name} {length}") for length, name in lengths]
    found = [one for one in found if one[0] > FUNCTION_LINES]
    return [text for _, text in sorted(found, reverse=True)]


def _files() -> list[Path]:
    return [path for folder in ("app", "installer") for path in sorted((PROJECT / folder).rglob("*.py"))]


def _length(node: ast.FunctionDef) -> int:
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    header = node.body[0].lineno - node.lineno
    return header + (node.end_lineno or node.lineno) - first.lineno + 1


def main() -> None:
    """Print both lists, the longest first."""
    for what, found in (("files over 300 lines", long_files()), ("functions over 40 lines", long_functions())):
        print(f"  {len(found)} {what}{': ' if found else ''}{'; '.join(found)}")


if __name__ == "__main__":
    main()
