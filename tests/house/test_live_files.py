"""What only SQLite knows stays in app/models, and no live database is read past the library."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house import source
from tests.house.source import Module

ONLY_SQLITE = re.compile(r"\b(PRAGMA|ATTACH|DETACH|VACUUM|REINDEX|sqlite_(master|schema|sequence|stat1))\b")
DOORS = {  # where a file is read, written, copied or hashed past the library, and which that is
    "app/exchange/form_pdf.py: _bytes": "a form that was chosen",
    "app/exchange/spreadsheets.py: _write_csv": "a list that is written",
    "app/printing/coverage.py: glyphs": "a font",
    "app/printing/wording.py: shipped": "a text of the program",
    "app/process/anchor.py: append": "anchor.log",
    "app/process/anchor.py: read": "anchor.log",
    "app/process/apart.py: _limit": "where a child process says nothing",
    "app/process/backup_file.py: _copy_member": "a member of a backup, into a generation that nobody opened yet",
    "app/process/backup_file.py: digest": "a backup, or the copy that goes into it",
    "app/process/backups.py: _copy_to_second": "a finished backup",
    "app/process/data_folder.py: open": "the table of pinyin",
    "app/process/disk.py: read_json": "a JSON file",
    "app/process/disk.py: sync_file": "a copy that is finished and closed",
    "app/process/disk.py: sync_folder": "a folder",
    "app/process/disk.py: write_json": "a JSON file",
    "app/process/form_import.py: file_content": "a file that was chosen",
    "app/process/form_papers.py: _digest": "a form that was chosen",
    "app/process/places.py: _file_system": "what the system has mounted",
    "app/process/restoring.py: _keep_todays_keys": "keys.json",
    "app/process/upgrading.py: upgrade": "keys.json",
    "app/settings.py: _read": "settings.json",
    "app/settings.py: _write": "settings.json",
    "app/tour/hands.py: file": "a paper that is kept",
    "app/ui/first_start/assistant.py: __init__": "the table of pinyin",
    "app/ui/forms_page.py: save": "a form that is saved",
    "app/ui/last_resort.py: keep": "what was typed when an error was not expected",
    "app/ui/printing_out.py: save_pdf": "a paper that is saved",
    "app/ui/proof_dialog.py: take_file": "a paper that was chosen",
    "app/ui/recovery_paper.py: save": "a paper that is saved",
    "app/ui/scan_dialog.py: _prepared": "a picture that was chosen",
    "app/ui/sign_in_form.py: use_initials": "the table of pinyin",
    "app/ui/texts.py: _read": "the words of a language",
}
READING = frozenset(
    {"read_bytes", "read_text", "write_bytes", "write_text", "file_digest", "hardlink_to", "symlink_to"},
)
HARMLESS = frozenset({"rmtree", "disk_usage", "which"})  # of shutil
OS_READING = frozenset({"open", "link", "symlink", "sendfile", "copy_file_range"})


@pytest.mark.clause("P13")
def test_what_only_sqlite_knows_stands_in_the_models_alone() -> None:
    found = [
        f"{module.at(node)}: {node.value[:40]}"
        for module in source.modules()
        if not module.name.startswith("app/models/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ONLY_SQLITE.search(node.value)
        if node not in source.docstrings(module.tree)
    ]
    source.expect_none(found, "that belong behind a function of models/database.py")


@pytest.mark.clause("P13")
def test_the_backup_of_the_library_is_called_in_one_place() -> None:
    where = {module.name for module in source.modules() for _ in source.calls(module.tree, "backup")}
    assert where == {"app/process/backups.py"}


@pytest.mark.clause("P13")
def test_no_file_is_read_written_or_copied_but_at_the_doors_that_are_named() -> None:
    """Whoever opens and closes a live database file takes the locks of the library away, and reads half a commit."""
    found = {door for module in source.modules() for door in _doors(module)}
    source.expect_none(sorted(found - DOORS.keys()), "new doors; say in DOORS which file it is, never a live database")
    source.expect_none(sorted(DOORS.keys() - found), "doors that are named and not there any more")


def _doors(module: Module) -> Iterator[str]:
    inside = {node: function.name for function in source.functions(module.tree) for node in ast.walk(function)}
    for node in ast.walk(module.tree):
        if _reads(node):
            yield f"{module.name}: {inside.get(node, '')}"


def _reads(node: ast.AST) -> bool:
    """Whether this reads, copies or hashes a file: by shutil, os, a path or `open`."""
    if isinstance(node, ast.ImportFrom) and node.module in ("shutil", "os"):
        return any(alias.name not in HARMLESS | {"PathLike"} for alias in node.names)
    if isinstance(node, ast.Attribute):
        of = node.value.id if isinstance(node.value, ast.Name) else ""
        if of == "shutil":
            return node.attr not in HARMLESS
        return node.attr in READING or (of == "os" and node.attr in OS_READING)
    return isinstance(node, ast.Call) and source.called(node) == "open" and _opens_a_file(node)


def _opens_a_file(call: ast.Call) -> bool:
    """The function `open`, or a method `open` that is told a mode or an encoding: pages and dialogs open too."""
    told = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    modes = any(one and set(one) <= set("rwabxt+") for one in told)
    return isinstance(call.func, ast.Name) or modes or any(one.arg in ("mode", "encoding") for one in call.keywords)
