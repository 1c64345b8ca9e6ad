"""Every function of process that writes takes the actor, is refused without the right, leaves exactly one log entry."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from app import process
from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process.actor import Actor
from app.rules.rights import RIGHTS
from tests.conftest import Centre
from tests.house.samples import Sample, all_samples

FOLDER = Path(process.__file__).parent
BEFORE_ANYBODY_SIGNED_IN = {
    "founding.create": "makes the first user",
    "founding.prepare": "as create",
    "data_folder.open": "gives the actor",
    "data_folder.close": "logs the end of whoever signed in",
    "data_folder.lock": "as close",
    "restoring.restore": "asks for the right and the password, and is tested in tests/process/test_backups.py",
    "restoring.restore_closed": "nobody can sign in; as restore",
    "restoring.rebuild": "the second half of both",
    "practice.fill": "makes an invented centre",
    "practice.make_practice": "makes an invented centre",
}
SAMPLES = all_samples()


def writing_functions() -> Iterator[str]:
    """Public functions of process that open a unit of work, themselves or through a function that they call."""
    bodies = dict(_functions())
    writing = {name for name, (called, _) in bodies.items() if "unit_of_work" in called}
    while more := {name for name, (called, _) in bodies.items() if name not in writing and called & writing}:
        writing |= more
    yield from sorted(name for name in writing if bodies[name][1] and name not in BEFORE_ANYBODY_SIGNED_IN)


def _functions() -> Iterator[tuple[str, tuple[set[str], bool]]]:
    """Name (module.function), what it calls, and whether it is public, of every function at the top of a module."""
    for path in sorted(FOLDER.rglob("*.py")):
        module = ".".join(path.relative_to(FOLDER).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = _imported(tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                calls = {_called(call.func, module, imported) for call in ast.walk(node) if isinstance(call, ast.Call)}
                yield f"{module}.{node.name}", (calls, not node.name.startswith("_"))


def _imported(tree: ast.Module) -> dict[str, str]:
    """Local name: a module of process (`from app.process import keys`), or a function imported out of one."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app.process"):
            inside = node.module.removeprefix("app.process").strip(".")
            names.update({a.asname or a.name: f"{inside}.{a.name}".strip(".") for a in node.names})
    return names


def _called(function: ast.expr, module: str, imported: dict[str, str]) -> str:
    if isinstance(function, ast.Name):
        if function.id == "unit_of_work":
            return "unit_of_work"
        return imported.get(function.id, f"{module}.{function.id}")
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        owner = imported.get(function.value.id, function.value.id)
        return f"{owner}.{function.attr}"
    return ""


@pytest.mark.clause("P13")
def test_every_writing_function_has_a_sample_call() -> None:
    missing = set(writing_functions()) - {one.function for one in SAMPLES}
    assert not missing, f"add sample calls under tests/house/sample_calls for: {', '.join(sorted(missing))}"


def test_the_table_names_only_functions_that_write() -> None:
    assert {one.function for one in SAMPLES} - set(writing_functions()) == set()


@pytest.mark.parametrize("name", sorted({one.function for one in SAMPLES}))
def test_the_actor_comes_first(name: str) -> None:
    module, function = name.rsplit(".", 1)
    called = getattr(import_module(f"app.process.{module}"), function)
    assert next(iter(inspect.signature(called).parameters)) == "actor"


@pytest.mark.clause("P13")
@pytest.mark.parametrize("one", [pytest.param(one, id=one.function) for one in SAMPLES])
def test_without_the_right_it_is_refused_and_changes_nothing(one: Sample, centre: Centre) -> None:
    call = one.prepare(centre)
    for right in one.rights:
        missing = right.split("|")[0]
        grant_teacher(set(RIGHTS) - set(right.split("|")))
        before = _content()
        with pytest.raises(Refused) as refused:
            call(centre.teacher)
        assert (refused.value.code, refused.value.values["right"]) == ("no_right", missing)
        assert _content() == before
    with pytest.raises(Refused):
        call(Actor(999, "nobody", "谁也不是"))


@pytest.mark.clause("P13")
@pytest.mark.parametrize("one", [pytest.param(one, id=one.function) for one in SAMPLES])
def test_with_the_right_alone_it_is_done_and_leaves_exactly_one_entry(one: Sample, centre: Centre) -> None:
    call = one.prepare(centre)
    grant_teacher({right.split("|")[0] for right in one.rights})
    before = _entries()
    call(centre.teacher)
    assert _entries() - before == (1 if one.logged else 0)


def grant_teacher(rights: set[str]) -> None:
    """Let the role teacher hold exactly these rights."""
    with unit_of_work():
        database.execute_sql("DELETE FROM right_grant WHERE role = 'teacher'")
        for right in sorted(rights):
            database.execute_sql('INSERT INTO right_grant (role, "right") VALUES (?, ?)', ("teacher", right))


def _entries() -> int:
    return int(database.execute_sql("SELECT count(*) FROM operation_log").fetchone()[0])


def _content() -> dict[str, list[object]]:
    tables = database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: database.execute_sql(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for (name,) in tables}
