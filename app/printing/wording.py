"""The wordings that stand on papers: consents, the privacy notice, explanations. A version is never changed.

Version 1 of each is a file of the program (`photos.1.txt`) and stays so for ever: the program ships no second one. From
version 2 on they are the centre's own, written by its manager; process/wordings.py keeps them, and a paper gets them
among its facts. What a family agreed to bears its version, and so do papers. The first line of a text is its title;
every other one a paragraph, a line that starts with '# ' is a heading; {centre} and the like are filled in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from app import paths

HEADING = "# "
NAMES = ("privacy", "under_14", "photos", "emergency_treatment", "declaration", "goes_home_alone", "receipt")
"""Those that the centre may write anew, in the order of the form."""
GAPS = {
    "privacy": ("centre",), "under_14": ("centre",), "photos": ("centre",), "emergency_treatment": ("centre",),
    "declaration": ("centre",), "goes_home_alone": ("time",), "receipt": (),
}  # fmt: skip
"""What a paper fills in for each."""
_GAP = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Wording:
    """One version of a wording."""

    name: str
    version: int
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Wordings:
    """The wordings of a centre: the files of the program, and `later`, its own versions by name and number."""

    later: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def latest(self, name: str) -> int:
        """The number of the newest version."""
        return max((version for own, version in self.later if own == name), default=1)

    def text(self, name: str, version: int = 0) -> str:
        """A version as it was written, gaps and all (0: the newest). KeyError for one that never was."""
        number = version or self.latest(name)
        return shipped(name) if number == 1 else self.later[name, number]

    def wording(self, name: str, version: int = 0, **values: str) -> Wording:
        """A version with its gaps filled (0: the newest; so for a number that never was, as a form might claim)."""
        number = version if version == 1 or (name, version) in self.later else self.latest(name)
        title, *paragraphs = (line.strip() for line in self.text(name, number).splitlines() if line.strip())
        for gap, value in values.items():
            paragraphs = [text.replace(f"{{{gap}}}", value) for text in paragraphs]
        return Wording(name, number, title, tuple(paragraphs))


@cache
def shipped(name: str) -> str:
    """Version 1. FileNotFoundError if there is no wording of that name."""
    return (paths.RESOURCES / "texts" / f"{name}.1.txt").read_text("utf-8")


def gaps(text: str) -> tuple[str, ...]:
    """The names of the gaps in a text, each once; a brace that opens none counts as a gap without a name."""
    found = _GAP.findall(text)
    stray = [""] * bool(set("{}") & set(_GAP.sub("", text)))
    return tuple(dict.fromkeys([*found, *stray]))


SHIPPED = Wordings()
