"""Runs the upgrade steps: one transaction a step and database, counted by `user_version`. architecture.md, The schema.

Always on a new file or on a copy, never on the file in use: process/upgrading.py makes the copy and the backup before.
"""

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

import sqlcipher3

from app.errors import Damaged

STEPS = ("v001_first", "v002_after_a_restore", "v003_intake")
"""One frozen module a step, in order: the scripts SCHEMA and FILES_SCHEMA, and `data(connection)` if rows must move."""


def newest() -> int:
    """The schema that this program speaks."""
    return len(STEPS)


def version(connection: Any) -> int:  # noqa: ANN401 - any connection
    """The schema of an open database."""
    run = getattr(connection, "execute_sql", None) or connection.execute
    return int(run("PRAGMA user_version").fetchone()[0])


def check(connection: Any) -> int:  # noqa: ANN401 - any connection
    """The schema of an open database. Raises Damaged newer_program_needed when a later program wrote it."""
    found = version(connection)
    if found > newest():
        raise Damaged("newer_program_needed", schema=found, known=newest())
    return found


def run(data: Any, files: Any) -> None:  # noqa: ANN401 - raw connections
    """Bring both databases to the newest schema. Everything of a step is in one transaction per database."""
    run_files(files)
    for number, step in _steps():
        if version(data) < number:
            _one(data, step.SCHEMA, getattr(step, "data", None), number)


def run_files(files: Any) -> None:  # noqa: ANN401 - raw connection
    """Bring a files.db alone to the newest schema."""
    for number, step in _steps():
        if version(files) < number:
            _one(files, step.FILES_SCHEMA, None, number)


@lru_cache(maxsize=4)
def made_by(schema: int) -> tuple[dict[str, str], dict[str, str]]:
    """The tables and indexes that the steps up to `schema` make in a data.db and in a files.db: name and statement."""
    data, files = sqlcipher3.connect(":memory:"), sqlcipher3.connect(":memory:")
    with contextlib.closing(data), contextlib.closing(files):
        for number, step in _steps():
            if number <= schema:
                _one(data, step.SCHEMA, getattr(step, "data", None), number)
                _one(files, step.FILES_SCHEMA, None, number)
        return tables(data), tables(files)


def tables(connection: Any) -> dict[str, str]:  # noqa: ANN401 - any connection
    """The tables and indexes of an open database: name, and the statement that made it, in one line."""
    run = getattr(connection, "execute_sql", None) or connection.execute
    rows = run("SELECT name, sql FROM sqlite_master WHERE type <> 'trigger' AND sql <> ''").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith("sqlite_")}


def _steps() -> Iterator[tuple[int, Any]]:
    for number, name in enumerate(STEPS, start=1):
        yield number, import_module(f"app.models.upgrades.{name}")


def _one(connection: Any, script: str, moves: Any, number: int) -> None:  # noqa: ANN401 - as above
    connection.execute("PRAGMA foreign_keys = 0")  # a rebuilt table would take its children along
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(script):
            connection.execute(statement)
        if moves:
            moves(connection)
        _stop_if_broken(connection, number)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = 1")


def _stop_if_broken(connection: Any, number: int) -> None:  # noqa: ANN401 - as above
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Damaged("upgrade_failed", schema=number)


def statements(script: str) -> list[str]:
    """The single statements of a script (executescript would commit before it starts)."""
    found, text = [], ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlcipher3.complete_statement(text):
            found.append(text.strip())
            text = ""
    return [statement for statement in found if statement]
