"""A centre with one student who owes for a term, closed: what the safety tests kill, cut off and damage."""

import shutil
from pathlib import Path

import pytest

from app.process import checks
from tests import builders
from tests.conftest import Centre, make_centre


@pytest.fixture(scope="session")
def _paying_centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    made = make_centre(tmp_path_factory.mktemp("paying") / "data")
    made.open()
    builders.start_again()
    assert builders.a_student(made.manager) == 1
    made.close()
    return made


@pytest.fixture
def paying(_paying_centre: Centre, tmp_path: Path) -> Centre:
    """A copy of the closed centre of this test's own."""
    folder = tmp_path / "data"
    shutil.copytree(_paying_centre.folder, folder)
    return Centre(**{**vars(_paying_centre), "folder": folder})


def damage(centre: Centre) -> set[str]:
    """Codes of the damage that the check of the closed folder finds."""
    found = checks.check(centre.folder, centre.key, backup=False)
    return {one.code for one in found if one.strength == "damage"}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that nobody has open, by its name inside."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }


def put(folder: Path, files: dict[str, bytes]) -> None:
    """Make a folder hold exactly these files."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
