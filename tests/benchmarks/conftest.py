"""What every benchmark may ask for."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import paths
from app.process import data_folder, keys
from app.process.actor import Actor
from app.rules import pinyin
from tests.benchmarks import samples

pinyin.use((paths.MADE / "pinyin.bin").read_bytes)
_CHOSEN = tuple(int(size) for size in os.environ.get("ANTUO_BENCHMARK_SIZES", "").split()) or samples.SIZES


@pytest.fixture(params=_CHOSEN, ids=lambda size: f"{size} students")
def size(request: pytest.FixtureRequest) -> int:
    """So many students: a benchmark that asks for it is run on every sample."""
    return int(request.param)


@pytest.fixture
def sample(size: int) -> Path:
    """The closed practice folder of that size, shared: only for reading."""
    return samples.folder(size)


@pytest.fixture
def own_sample(size: int, tmp_path: Path) -> Iterator[Path]:
    """A closed copy of it that may be written to; it is thrown away afterwards."""
    place = tmp_path / "Antuo"  # as the system names the default data folder
    shutil.copytree(samples.folder(size), place)
    yield place
    data_folder.abandon()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def manager(own_sample: Path) -> Actor:
    """The manager, signed in on the copy."""
    return data_folder.open(own_sample, keys.unlock(own_sample, "manager", samples.PASSWORD), "manager")


@pytest.fixture
def append(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """The floor of everything that must be on the disk: append 4 KiB and force it there."""
    with (tmp_path / "floor").open("ab", buffering=0) as file:
        block = os.urandom(4096)

        def run() -> None:
            file.write(block)
            getattr(os, "fdatasync", os.fsync)(file.fileno())

        yield run
