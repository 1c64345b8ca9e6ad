"""The invented centres that the figures are taken on: made once, kept in a folder that is no part of the project."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
SIZES = (500, 5_000, 100_000)
PASSWORD = "practice"
_SOURCES = ("app/process/practice.py", "app/process/practice_centre", "app/models")


def cache() -> Path:
    """Where they are kept: the variable ANTUO_BENCHMARK_DATA, or .benchmarks in the project."""
    return Path(os.environ.get("ANTUO_BENCHMARK_DATA") or PROJECT / ".benchmarks" / "data")


def folder(students: int) -> Path:
    """The centre of so many students, made if it is not there or was made by other code. Never to be written to."""
    place = cache() / f"students-{students}"
    stamp, wanted = cache() / f"students-{students}.stamp", _stamp()
    if not place.exists() or not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "app", "--data", str(place), "sample", "--students", f"{students}"]
        subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        stamp.write_text(wanted)
    return place


def _stamp() -> str:
    digest = hashlib.sha256()
    for source in _SOURCES:
        for path in sorted((PROJECT / source).rglob("*.py")) or [PROJECT / source]:
            digest.update(path.read_bytes())
    return digest.hexdigest()
