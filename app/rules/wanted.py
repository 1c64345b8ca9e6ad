"""The services that a family asked for in its own words, as enrolment lines to propose (P1).

午托+晚托 · 午托 480.00 元/月（周一、周三）；晚餐 · 全托
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.rules import dates
from app.rules.opening.services import Known, World, asked
from app.rules.person import WEEKDAYS_ALL, EnrolmentLine

_PRICE = re.compile(r"[¥￥]?\s*\d[\d,]*(?:\.\d+)?\s*元(?:\s*[/／每]\s*[^\s（(；;、，,+]+)?")

_PERIOD = re.compile(r"[，,]?\s*(?:(\d{4}-\d\d-\d\d)\s*)?(?:至\s*(\d{4}-\d\d-\d\d)|(?<=\d)\s*起)")
_PARTS = re.compile("[；;]")


@dataclass(frozen=True)
class Proposal:
    """Lines without their price, and what was asked for that no service of the centre is."""

    lines: tuple[EnrolmentLine, ...]
    unknown: tuple[str, ...]


def propose(text: str, services: Sequence[Known], start: str) -> Proposal:
    """Find the services that `text` names, by name or by what else they are called.

    Their period is the one that stands beside them, else from `start` (ISO) to the end of the term. A price in the text
    is that of the day when the form was made, and is left out: the price list has today's.
    """
    world, lines, unknown = World(tuple(services), (), start), [], []
    for part in _PARTS.split(_PRICE.sub(" ", text)):
        first, last = _period(part, start)
        for one in asked(_PERIOD.sub("", part), WEEKDAYS_ALL, world):
            if one.service is None:
                unknown.append(one.text)
            else:
                known = one.service
                lines.append(
                    EnrolmentLine(known.id, known.name, known.session, one.weekdays, first, last, known.unit),
                )
    return Proposal(tuple(lines), tuple(unknown))


def _period(part: str, start: str) -> tuple[str, str]:
    found = _PERIOD.search(part)
    first, last = (found[1] or start, found[2] or "") if found else (start, "")
    if not dates.is_date(first):
        first = start
    return first, last if dates.is_date(last) and last >= first else dates.end_of_term(first)
