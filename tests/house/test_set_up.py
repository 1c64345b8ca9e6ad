"""Locks that name every package by hash, and an environment that repairs itself."""

import base64
import hashlib
import re
import subprocess
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from installer import environment
from installer.environment import PackageSet
from installer.trouble import SetupError
from tests.house import source

LOCKS = (environment.RUNTIME.lock, environment.TEST.lock)


def pins(lock: Path) -> dict[str, str]:
    """Package to everything that a lock file says of it: version, condition, hashes."""
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    return {normal(entry): entry for entry in entries}


def normal(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[=<>!~\[; ]", requirement)[0]).lower()


def installed_names() -> set[str]:
    return {normal(one.metadata["Name"]) for one in metadata.distributions()}


def extra(requirement: str) -> str:
    return requirement.partition("[")[2].partition("]")[0]


# locks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_index_and_every_hash(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in pins(lock).values())


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((source.PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = {normal(one) for one in project["dependencies"]}
    for_tests = {normal(one) for one in project["optional-dependencies"]["dev"]}
    assert runtime <= set(pins(environment.RUNTIME.lock))
    assert runtime | for_tests <= set(pins(environment.TEST.lock))


def test_what_a_package_asks_with_an_extra_is_pinned_with_it() -> None:
    """Pip 23.0 (Debian 12) looks for `coverage[toml]` apart from a pinned `coverage` and takes the newest."""
    locked = pins(environment.TEST.lock)
    wants = [one for name in set(locked) & installed_names() for one in metadata.requires(name) or []]
    asked = [one for one in wants if "[" in one.partition(";")[0] and "extra ==" not in one]
    assert asked  # pytest-cov asks for coverage[toml]
    missing = [one for one in asked if not re.match(r"[\w.-]+\[" + extra(one) + r"\]==", locked[normal(one)])]
    assert not missing


def test_the_test_set_has_the_very_packages_of_the_program() -> None:
    ours, theirs = pins(environment.RUNTIME.lock), pins(environment.TEST.lock)
    assert {name: theirs.get(name) for name in ours} == ours


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((source.PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    table = (source.PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").lower().rpartition("## dependencies")[2]
    asked = [normal(one) for one in (*project["dependencies"], *project["optional-dependencies"]["dev"])]
    assert not [name for name in asked if name.removeprefix("pytest") not in table]


# the environment ----------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackageSet:
    """A project with a blank and Chinese in its path that needs one small package; wheels lie in `wheels` beside it."""
    project = tmp_path / "安 托"
    (tmp_path / "wheels").mkdir()
    project.mkdir()
    monkeypatch.setattr(environment, "ENVIRONMENT", project / ".venv")
    monkeypatch.setattr(environment, "PYTHON", project / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "UNFINISHED", project / ".venv" / "antuo-unfinished")
    monkeypatch.setattr(environment, "WHEELS", project / ".made" / "wheels")
    monkeypatch.setattr(environment, "IN_USE", project / ".made" / "set-up.lock")
    packages = PackageSet("runtime", project / "requirements.lock", ("runtime",))
    monkeypatch.setattr(environment, "SETS", {"runtime": packages})
    write_lock(packages, wheel(tmp_path / "wheels", "1.0"), "1.0")
    return packages


def wheel(folder: Path, version: str) -> str:
    """Write a wheel of the package `smallest` and give its hash."""
    path, info = folder / f"smallest-{version}-py3-none-any.whl", f"smallest-{version}.dist-info"
    files = {
        "smallest.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: smallest\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as packed:
        record = ""
        for name, text in files.items():
            packed.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
            record += f"{name},sha256={digest},{len(text)}\n"
        packed.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_lock(packages: PackageSet, digest: str, version: str) -> None:
    packages.lock.write_text(f"smallest=={version} \\\n    --hash=sha256:{digest}\n", encoding="utf-8")


def installed() -> str:
    command = [str(environment.PYTHON), "-c", "import smallest; print(smallest.VERSION)"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_set_up_works_without_network_stays_and_repairs_itself(
    small: PackageSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    wheels = tmp_path / "wheels"
    environment.ensure(small, wheels)
    assert installed() == "1.0"
    assert small.is_current()

    with monkeypatch.context() as idle:  # nothing is run the second time
        idle.setattr(subprocess, "run", lambda *_, **__: pytest.fail("the second start ran something"))
        environment.ensure(small)

    environment.UNFINISHED.touch()  # killed while pip was at work, which left a package half-written
    next(environment.ENVIRONMENT.rglob("smallest.py")).write_text("VERSION = ", encoding="utf-8")
    assert not small.is_current()
    environment.ensure(small, wheels)
    assert installed() == "1.0"

    write_lock(small, wheel(wheels, "2.0"), "2.0")  # the program was updated
    environment.ensure(small, wheels)
    assert installed() == "2.0"
    assert not environment.WHEELS.exists()


def test_a_failed_fetch_leaves_the_environment_that_works(small: PackageSet, tmp_path: Path) -> None:
    environment.ensure(small, tmp_path / "wheels")
    true_lock = small.lock.read_text(encoding="utf-8")
    write_lock(small, "0" * 64, "1.0")
    with pytest.raises(SetupError, match="not the one that the lock file names"):
        environment.ensure(small, tmp_path / "wheels")
    assert installed() == "1.0"
    small.lock.write_text(true_lock, encoding="utf-8")
    assert small.is_current()


def test_without_network_and_packages_one_is_told_what_to_do(
    small: PackageSet, monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(SetupError, match="--wheelhouse FOLDER"):
        environment.ensure(small)


def test_a_wheelhouse_that_does_not_exist_is_named(small: PackageSet, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="nowhere"):
        environment.ensure(small, tmp_path / "nowhere")
