"""What a check says: a code with its sentence in ui/sentences/safety.py, how bad it is, and values for the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DAMAGE = "damage"  # something is lost or was changed: restore a backup, call for help
WARNING = "warning"  # nothing is lost, but somebody has to do something
INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One thing that a check found."""

    code: str
    strength: str = DAMAGE
    values: Mapping[str, object] = field(default_factory=dict)
