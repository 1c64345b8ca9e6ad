"""The table of sample calls: how every function that writes is called once, and which rights it needs.

One file a subject under tests/house/sample_calls. Each sample prepares what the call needs and gives the call:

    @sample("office.save_class", "manage_centre")
    def save_class(centre: Centre) -> Call:
        teacher = centre.teacher.user_id
        return lambda actor: office.save_class(actor, None, "二年级晚托班", "203", 20, teacher)

`preparing` is done as the manager; `actor` is whoever the test lets try.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from app.process.actor import Actor
from tests.conftest import Centre
from tests.house import sample_calls

Call = Callable[[Actor], object]


@dataclass(frozen=True)
class Sample:
    """A call: of which function (`module.function`), the rights that it needs, and whether it leaves a log entry.

    `register|change_students` means that either is enough; a refusal names the first.
    """

    function: str
    rights: tuple[str, ...]
    logged: bool
    prepare: Callable[[Centre], Call]


_samples: list[Sample] = []


def sample(
    function: str, *rights: str, logged: bool = True,
) -> Callable[[Callable[[Centre], Call]], Callable[[Centre], Call]]:  # fmt: skip
    """Enter a sample call into the table. `logged=False`: drafts and view settings."""

    def enter(prepare: Callable[[Centre], Call]) -> Callable[[Centre], Call]:
        _samples.append(Sample(function, rights, logged, prepare))
        return prepare

    return enter


def all_samples() -> list[Sample]:
    """The whole table."""
    for module in iter_modules(sample_calls.__path__):
        import_module(f"{sample_calls.__name__}.{module.name}")
    return sorted(_samples, key=lambda one: (one.function, one.rights))
