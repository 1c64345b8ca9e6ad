"""What every test may ask for: a data folder of its own, people who signed in, and a clock that stands still."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import paths
from app.process import clock, data_folder, founding, keys
from app.process.actor import Actor
from app.rules import pinyin
from tests import builders

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Qt ends the whole run where there is no screen

PASSWORD = "practice"
START = datetime(2026, 9, 12, 10, 0)
PRODUCT_COST = keys.COST
pinyin.use((paths.MADE / "pinyin.bin").read_bytes)  # made by set-up, read at the first name
keys.COST = keys.Cost(1, 8192)  # argon2id in a millisecond; tests/process/test_keys.py looks at the product's own


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What cannot run on this platform is not collected here: nothing is ever skipped."""
    elsewhere = {"linux": sys.platform != "linux", "fork": sys.platform == "win32"}
    foreign = [item for item in items if any(elsewhere.get(mark.name) for mark in item.iter_markers())]
    if foreign:
        items[:] = [item for item in items if item not in foreign]
        config.hook.pytest_deselected(items=foreign)


class Clock:
    """The clock of process, standing still but for a millisecond at every look, so that what comes later is later."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    def set(self, iso: str) -> None:
        """Put it to a time ("2026-09-12 16:38"), or to 10:00 of a day ("2026-09-12")."""
        text = iso if len(iso) > 10 else f"{iso} 10:00"
        self.time = datetime.fromisoformat(text)

    def go_on(self, **passed: float) -> None:
        """Let time pass: `go_on(minutes=11)`."""
        self.time += timedelta(**passed)


@dataclass
class Centre:
    """An open data folder with its people, services (name: id) and classes (name: id). The manager is signed in."""

    folder: Path
    key: bytes
    manager: Actor
    receptionist: Actor
    finance: Actor
    teacher: Actor
    services: dict[str, int]
    classes: dict[str, int]

    def close(self) -> None:
        data_folder.close()

    def open(self, login: str = "manager") -> Actor:
        return data_folder.open(self.folder, self.key, login)

    def reopen(self, login: str = "manager") -> Actor:
        self.close()
        return self.open(login)


@pytest.fixture
def the_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of process, at 10:00 on Saturday, 12 September 2026."""
    standing = Clock(START)
    monkeypatch.setattr(clock, "now", standing.now)
    return standing


@pytest.fixture(scope="session")
def _made_centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    """One centre, made once a session and closed: tests get copies."""
    made = pytest.MonkeyPatch()
    made.setattr(clock, "now", Clock(START).now)
    try:
        return make_centre(tmp_path_factory.mktemp("centre") / "data")
    finally:
        made.undo()


@pytest.fixture
def closed_centre(_made_centre: Centre, tmp_path: Path, the_clock: Clock) -> Iterator[Centre]:
    """A centre of this test's own, not open; whatever the test opens is closed for it."""
    builders.start_again()
    folder = tmp_path / "data"
    shutil.copytree(_made_centre.folder, folder)
    own = Centre(**{**vars(_made_centre), "folder": folder})
    yield own
    data_folder.abandon()


@pytest.fixture
def centre(closed_centre: Centre) -> Centre:
    """An open centre of this test's own: 安托托管中心, four users with the password `practice`, services, classes."""
    closed_centre.open()
    return closed_centre


@pytest.fixture
def manager(centre: Centre) -> Actor:
    return centre.manager


@pytest.fixture
def receptionist(centre: Centre) -> Actor:
    return centre.receptionist


def make_centre(folder: Path, *, practice: bool = False) -> Centre:
    """Make the centre of the tests in an empty folder, and close it."""
    from app.process import office

    facts = founding.NewCentre(
        "安托托管中心", "杭州市西湖区文三路 188 号", "0571-88001234", practice=practice,
        english_name="ANTUO CARE CENTRE",
    )  # fmt: skip
    founding.create(folder, facts, "manager", "王丽华", PASSWORD)
    key = keys.unlock(folder, "manager", PASSWORD)
    manager = data_folder.open(folder, key, "manager")
    people = {
        login: Actor(office.add_user(manager, login, name, roles, PASSWORD), login, name)
        for login, name, roles in (
            ("receptionist", "林小婉", ("receptionist", "class_administrator")),
            ("finance", "许建国", ("finance",)),
            ("teacher", "周敏", ("teacher",)),
        )
    }
    classes = {
        name: office.save_class(manager, None, name, room, 20, people["teacher"].user_id)
        for name, room in (("三年级晚托班", "201"), ("一年级午托班", "102"))
    }
    _add_services()
    data_folder.close()
    return Centre(folder, key, manager, services=dict(builders.SERVICE), classes=classes, **people)


def _add_services() -> None:
    """Services and prices as rows, so that a change in process/prices.py cannot break every test at once."""
    from app.models.database import database, unit_of_work

    services = (
        ("晚托", "care", "after_school", "15:30-18:30", {"month": 78_000, "term": 360_000, "day": 5_000}),
        ("午托", "care", "lunch", "11:30-13:30", {"month": 60_000, "day": 3_500}),
        ("午晚托", "care", "both", "11:30-18:30", {"month": 120_000, "day": 8_000}),
        ("晚餐", "meal", "none", "17:30", {"meal": 1_500}),
        ("材料费", "fee", "none", "", {"once": 12_000}),
        ("暑假托管", "care", "holiday", "8:30-17:30", {"week": 68_000, "day": 15_000}),
        ("临时托管", "care", "drop_in", "15:30-18:30", {"session": 6_000, "hour": 2_500}),
        ("押金", "deposit", "none", "", {"once": 50_000}),
    )
    with unit_of_work():
        for number, (name, kind, session, hours, prices) in enumerate(services, start=1):
            database.execute_sql(
                "INSERT INTO service (id, name, kind, session, hours, position) VALUES (?, ?, ?, ?, ?, ?)",
                (number, name, kind, session, hours, number),
            )
            for unit, fen in prices.items():
                database.execute_sql(
                    "INSERT INTO price (service_id, unit, fen, valid_from) VALUES (?, ?, ?, '2026-01-01')",
                    (number, unit, fen),
                )
