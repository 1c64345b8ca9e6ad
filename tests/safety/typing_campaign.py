"""Kills the program while a registration is typed, many times, and tells as JSON what was lost.

    python -m tests.safety.typing_campaign FOLDER TIMES        the key in hex on standard input

Children are made by fork from this one process, so that a hundred kills take a minute. `lost` counts fields that were
left before the kill and are not as they were left, in the draft or in the wizard that takes it up again; `torn` fields
in which somebody was typing and which hold neither what stood there before nor a beginning of what was typed;
`doubled` kills after which there was more than one draft, or a person twice.
"""

import json
import random
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

from app.process import data_folder, drafts
from app.rules.person import Registration
from tests.safety import typist
from tests.safety.kill_campaign import killed

KEPT = 6  # kills that one registration lives through, before another one is begun
PATHS = tuple(path for step in typist.TYPED for path in step)


class Told(NamedTuple):
    """What a child told: the fields as it took them up, those that it left, and the one in which it died."""

    shown: dict[str, str]
    left: dict[str, str]
    typing: tuple[str, str]
    times: int


def read(words: list[str]) -> Told:
    """Put together what a child told before it died."""
    shown: dict[str, str] = {}
    left: dict[str, str] = {}
    typing, times = ("", ""), 0
    for kind, *more in map(json.loads, words):
        assert kind != "broken", more
        if kind == "shown":
            shown[more[0]] = more[1]
        elif kind == "typing":
            typing = more[0], more[1]
        elif kind == "left":
            left[typing[0]], typing = typing[1], ("", "")
            times += 1
    return Told(shown, left, typing, times)


def campaign(folder: Path, key: bytes, times: int) -> dict[str, int]:
    """Kill so many times and count."""
    chance = random.Random(7)
    counted = dict.fromkeys(("kills", "left", "lost", "torn", "doubled"), 0)
    known: dict[str, str] = {}
    for turn in range(times):
        before = known
        told = read(killed(partial(typist.work, folder, key, turn), lambda: chance.uniform(0, 0.6)))
        known = known | told.left
        found, held = held_work(folder, key, drop=turn % KEPT == KEPT - 1)
        path, value = told.typing
        counted["kills"] += 1
        counted["left"] += told.times
        counted["lost"] += sum(found[one] != known.get(one, "") for one in PATHS if one != path)
        counted["lost"] += sum(told.shown[one] != before.get(one, "") for one in told.shown)
        counted["torn"] += bool(path) and found[path] != known.get(path, "") and not value.startswith(found[path])
        counted["doubled"] += held > 1
        known = {} if turn % KEPT == KEPT - 1 else found
    return counted


def held_work(folder: Path, key: bytes, *, drop: bool) -> tuple[dict[str, str], int]:
    """What the draft holds in every field, and how many drafts there are; afterwards it may be thrown away."""
    actor = data_folder.open(folder, key, "receptionist")
    held = drafts.drafts(actor)
    registration = drafts.open_draft(actor, held[0].id).registration if held else Registration()
    if drop:
        for one in held:
            drafts.drop_draft(actor, one.id)
    data_folder.close()
    people = (*registration.guardians, *registration.contacts)
    twice = len(people) - len(set(people))
    return {path: typist.value_of(registration, path) for path in PATHS}, len(held) + twice


def main(folder: str, times: str) -> None:
    """Run the campaign and print what it counted."""
    key = bytes.fromhex(sys.stdin.readline())
    typist.read_in()
    print(json.dumps(campaign(Path(folder), key, int(times))))


if __name__ == "__main__":
    main(*sys.argv[1:])
