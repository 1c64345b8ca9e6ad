"""The groups of states as conditions in SQL, of students and applications; they stand in rules/status.py."""

from collections.abc import Iterable

from app.rules import status


def _listed(states: Iterable[str]) -> str:
    return "('" + "', '".join(states) + "')"


IS_ACTIVE = f"state IN {_listed(status.ACTIVE)}"
IS_AT_THE_CENTRE = f"state IN {_listed(status.AT_THE_CENTRE)}"
IS_NOT_GONE = f"state NOT IN {_listed(status.NOT_HERE)}"
IS_OPEN = f"state IN {_listed(status.OPEN)}"
