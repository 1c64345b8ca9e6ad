"""The walls between the rooms (architecture.md): import contracts, and what each room may import from outside."""

import subprocess
import sys
import tomllib

from tests.house import source

ROOMS = {  # third-party packages by room; whoever adds one says in CONTRIBUTING.md why
    "app/rules": set(),
    "app/models": {"peewee", "playhouse", "sqlcipher3"},
    "app/printing": {"reportlab", "segno"},
    "app/exchange": {"PIL", "pypdfium2", "python_calamine", "xlsxwriter"},
    "app/process": {"nacl", "peewee", "playhouse"},
    "app/ui": {"PySide6", "pypdfium2", "shiboken6"},
}
FREE_ROOMS = ("app/__main__.py", "app/command_line", "app/tour")  # they plug everything together
ALONE = {"app/paths.py": {"platformdirs"}}


def test_import_contracts_hold() -> None:
    """In a process of its own: import-linter turns every logger off that it meets."""
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=source.PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_page_stands_in_the_contract_that_keeps_pages_apart() -> None:
    project = tomllib.loads((source.PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    apart = next(set(one["modules"]) for one in contracts if one["id"] == "pages-stand-alone")
    (made,) = (module for module in source.modules() if module.name == "app/ui/pages.py")
    inside = [name.split(".") for function in source.functions(made.tree) for _, name in source.imported(function)]
    pages = {".".join(parts[:3]) for parts in inside}
    assert len(pages) > 10
    source.expect_none(sorted(pages - apart), "pages that may be imported by others")


def test_each_room_imports_only_what_belongs_to_it() -> None:
    strangers = []
    for module in source.modules():
        if module.name.startswith(FREE_ROOMS):
            continue
        allowed = {"app", *sys.stdlib_module_names, *ALONE.get(module.name, ())}
        allowed |= next((names for room, names in ROOMS.items() if module.name.startswith(f"{room}/")), set())
        strangers += [
            f"{module.at(node)}: {name}"
            for node, name in source.imported(module.tree)
            if name.partition(".")[0] not in allowed
        ]
    source.expect_none(strangers, "strangers")


def test_no_module_needs_itself_by_way_of_others() -> None:
    """Imports inside functions count too: they hide a circle and do not open it. Names for types alone do not."""
    names = {module.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for module in source.modules()}
    needs = {
        module.name.removesuffix(".py").replace("/", "."): {
            known
            for _, name in source.imported(source.without_types(module.tree))
            for known in (name, name.rpartition(".")[0])
            if known in names
        }
        for module in source.modules()
    }
    while ends := [name for name, needed in needs.items() if not needed & needs.keys()]:
        for name in ends:
            del needs[name]
    source.expect_none(sorted(needs), "modules in a circle, or in front of one")


def test_only_the_three_doors_know_the_database_library() -> None:
    doors = ("app/models/database.py", "app/models/guards.py", "app/models/upgrades/", "app/process/backup")
    strangers = [
        f"{module.at(node)}: {name}"
        for module in source.modules()
        for node, name in source.imported(module.tree)
        if name.partition(".")[0] == "sqlcipher3" and not module.name.startswith(doors)
    ]
    source.expect_none(strangers, "strangers")


def test_init_files_are_empty() -> None:
    written = [
        path.relative_to(source.PROJECT).as_posix()
        for folder in ("app", "tests", "installer")
        for path in (source.PROJECT / folder).rglob("__init__.py")
        if path.read_text(encoding="utf-8").strip()
    ]
    assert not written


def test_no_file_has_a_name_that_says_nothing() -> None:
    nothing = {"utils", "util", "common", "helpers", "helper", "manager", "misc"}
    named = [
        path.relative_to(source.PROJECT).as_posix()
        for folder in ("app", "tests", "installer")
        for path in (source.PROJECT / folder).rglob("*.py")
        if nothing & {path.stem, *path.relative_to(source.PROJECT).parts}
    ]
    assert not named
