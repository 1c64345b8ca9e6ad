"""Services, weekdays and classes as a centre writes them in its own list, found among those that it has in the program.

午托 · 午晚托 · 全托（周一至周五） · 晚托周一三五 · 午托+晚托 · 晚托（至2026-12-31）
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.rules.form_values import answers
from app.rules.normal import half_width, line
from app.rules.person import WEEKDAYS_ALL

_TOGETHER = {"both": ("lunch", "after_school")}
_SPLIT = re.compile(r"[、,;+/&\n]|以及|和|及|(?<=托)\s+(?=[^\s周星每礼(])")
_AMONG_DAYS = re.compile("(?<=[一二三四五六日])[、,和及](?=(?:周|星期)?[一二三四五六日])")
_UNTIL = re.compile(r"\(?(?:交|缴)?至\s*([0-9]+[年月./-][0-9年月./-]*日?)\)?")
_DAYS = "一二三四五六日天1-7"
_RANGE = re.compile(rf"(?:每?(?:周|星期|礼拜))?([{_DAYS}])\s*(?:至|到|-|~)\s*(?:周|星期|礼拜)?([{_DAYS}])")
_SEVERAL = re.compile(rf"(?:每?(?:周|星期|礼拜))([{_DAYS}](?:[、,和 ]?(?:周|星期)?[{_DAYS}])*)(?!\s*[次天])")
_BARE = re.compile(rf"[{_DAYS}](?:[、,. ]?[{_DAYS}])*")
_EVERY = re.compile("每天|每日|天天|全周|整周|工作日|周中")
_BRACKETS = re.compile(r"\(([^)]*)\)")
_DAY_OF = {**{sign: at for at, sign in enumerate("一二三四五六日")}, "天": 6, **{str(at + 1): at for at in range(7)}}
_NOT_A_NAME = re.compile(r"[\s\-_()\[\]【】]+")


@dataclass(frozen=True)
class Known:
    """A service of the centre: what is needed to find it and to write a line of it."""

    id: int
    name: str
    kind: str
    session: str
    unit: str


@dataclass(frozen=True)
class Asked:
    """A service that a cell names: found (`service`), or not; on which days, and until when if that stands beside it.

    `guessed`: several services have this session, the first was taken.
    """

    text: str
    service: Known | None
    weekdays: int
    until: str = ""
    guessed: bool = False


@dataclass(frozen=True)
class World:
    """What the program has already: services in use, names of the classes; and the day of the taking over."""

    services: tuple[Known, ...]
    classes: tuple[str, ...]
    today: str


def asked(text: str, weekdays: int, world: World) -> tuple[Asked, ...]:
    """Read a cell of services. `weekdays`: those of a column of its own, for services that name none."""
    found: list[Asked] = []
    for part in _parts(text):
        found += _of_part(part, weekdays, world)
    joined: dict[int, Asked] = {}
    for one in found:
        if one.service is not None:
            first = joined.setdefault(one.service.id, one)
            if one.until and not first.until:  # ticked in one column, its last day in another
                joined[one.service.id] = replace(first, until=one.until)
    return (*joined.values(), *(one for one in found if one.service is None))


def _parts(text: str) -> Iterator[str]:
    """Services are parted by signs, but what stands in brackets belongs to the one before it."""
    plain_text = _AMONG_DAYS.sub("", half_width(line(text)))
    kept = _BRACKETS.sub(lambda one: f"({_SPLIT.sub('.', one[1])})", plain_text)
    yield from (part.strip() for part in _SPLIT.split(kept) if part.strip() and not answers.is_nothing(part.strip()))


def _of_part(part: str, weekdays: int, world: World) -> Iterator[Asked]:
    until = _UNTIL.search(part)
    named = _UNTIL.sub("", part) if until else part
    days, end = days_of(named) or weekdays or WEEKDAYS_ALL, until[1] if until else ""
    name = _without_days(named)
    if exact := [one for one in world.services if plain(one.name) == plain(name)]:
        yield Asked(part, exact[0], days, end)
        return
    session = "both" if "午晚" in name else answers.session(name)
    wanted = (session,) if _with_session(session, world) else _TOGETHER.get(session, ())
    for one in wanted:
        fitting = _with_session(one, world)
        yield Asked(part, fitting[0] if fitting else None, days, end, guessed=len(fitting) > 1)
    if wanted:  # 午托含午餐
        meals = [one for one in world.services if one.kind == "meal" and plain(one.name) in plain(name)]
        yield from (Asked(part, one, days, end) for one in meals)
    if not wanted:
        holding = [one for one in world.services if plain(name) and plain(name) in plain(one.name)]
        yield Asked(part, holding[0] if len(holding) == 1 else None, days, end)


def _with_session(session: str, world: World) -> list[Known]:
    return [one for one in world.services if session and one.session == session and one.kind in ("care", "holiday")]


@lru_cache(maxsize=1024)
def days_of(text: str) -> int:
    """Read weekdays: a mask, Monday is bit 0; 0 where there are none. 周一至周五, 周一三五, 135, 每天."""
    wanted = half_width(text)
    if found := _RANGE.search(wanted):
        first, last = _DAY_OF[found[1]], _DAY_OF[found[2]]
        return sum(1 << day for day in range(first, last + 1)) if first <= last else 0
    several = _SEVERAL.search(wanted)
    inside = next((one for one in (wanted, *_BRACKETS.findall(wanted)) if _BARE.fullmatch(one.strip())), "")
    figures = several[1] if several else inside
    if figures:
        days = {_DAY_OF[sign] for sign in figures if sign in _DAY_OF}
        return sum(1 << day for day in days)
    return WEEKDAYS_ALL if _EVERY.search(wanted) else 0


def _without_days(text: str) -> str:
    kept = _BRACKETS.sub(lambda one: "" if days_of(one[1]) else one[0], text)
    for shape in (_RANGE, _SEVERAL, _EVERY):
        kept = shape.sub("", kept)
    return kept.strip(" ()")


def is_service(text: str, world_names: Sequence[str]) -> bool:
    """Whether the words above a column are the name of a service and nothing else: its cells then tick it."""
    wanted = plain(text)
    return wanted in {plain(name) for name in world_names} or wanted in _SERVICE_WORDS


_SERVICE_WORDS = frozenset({
    "午托", "晚托", "午晚托", "全托", "全天托", "日托", "午餐", "托管", "中午托", "晚辅", "作业托",
})  # fmt: skip


@lru_cache(maxsize=2048)
def plain(name: str) -> str:
    """A name of a class or service as it is compared: half width, without blanks, dashes and brackets."""
    return _NOT_A_NAME.sub("", half_width(line(name))).casefold()


def known_class(name: str, world: World) -> str:
    """The name of the class that is there already, or the name in order for one that is not."""
    wanted = plain(name)
    return next((one for one in world.classes if plain(one) == wanted), line(name))
