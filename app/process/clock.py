"""The clock of the use cases: one place, so that a test can set the day."""

from datetime import datetime


def now() -> datetime:
    """Local time of this computer, without a zone: what stands on the papers."""
    return datetime.now()  # noqa: DTZ005 - wall clock of the counter


def today() -> str:
    """Today as ISO date."""
    return now().date().isoformat()


def stamp() -> str:
    """Now as ISO text to the second, as the tables keep it."""
    return now().isoformat(timespec="seconds")
