"""What one problem of a registration is."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as part

from app.errors import Refused

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Problem:
    """Something wrong (`error`: the step cannot be finished) or doubtful (`warning`: somebody should ask).

    `field` is a path into the registration: 'child.name', 'guardians.0.mobile', 'consents.privacy' (by kind),
    'services.lines.0.to_date', or the list itself ('guardians'). `code` and `values` name the sentence as those of a
    refusal do.
    """

    field: str
    code: str
    strength: str
    values: Mapping[str, object] = part(default_factory=dict)


def error(where: str, code: str, /, **values: object) -> Problem:
    """Make a problem that stops the step."""
    return Problem(where, code, ERROR, values)


def warning(where: str, code: str, /, **values: object) -> Problem:
    """Make a problem that only asks."""
    return Problem(where, code, WARNING, values)


def from_trouble(where: str, trouble: Refused | None) -> tuple[Problem, ...]:
    """Turn what a `trouble` function gave into an error of a field."""
    return () if trouble is None else (Problem(where, trouble.code, ERROR, trouble.values),)
