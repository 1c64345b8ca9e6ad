"""The groups of states of a student as conditions in SQL; the groups themselves stand in rules/status.py."""

from collections.abc import Iterable

from app.rules import status


def _listed(states: Iterable[str]) -> str:
    return "('" + "', '".join(states) + "')"


IS_ACTIVE = f"state IN {_listed(status.ACTIVE)}"
IS_AT_THE_CENTRE = f"state IN {_listed(status.AT_THE_CENTRE)}"
IS_NOT_GONE = f"state NOT IN {_listed(status.GONE)}"
