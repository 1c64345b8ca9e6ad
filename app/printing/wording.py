"""The wordings that stand on papers: consents, the privacy notice, explanations. Each version is a file of its own.

A wording that parents have signed is never edited: a better one gets the next number (`photos.2.txt`), and the papers
and consents remember which one they bore. The first line of a file is its title; every other one a paragraph, a line
that starts with '# ' is a heading; {centre} and the like are filled in.
"""

from dataclasses import dataclass
from functools import cache

from app import paths

HEADING = "# "


@dataclass(frozen=True)
class Wording:
    """One version of a wording."""

    name: str
    version: int
    title: str
    paragraphs: tuple[str, ...]


@cache
def latest(name: str) -> int:
    """The number of the newest version of a wording. ValueError if there is none of that name."""
    return max(int(file.name.split(".")[1]) for file in (paths.RESOURCES / "texts").glob(f"{name}.*.txt"))


def wording(name: str, version: int = 0, **values: str) -> Wording:
    """Give a version of a wording (0: the newest), its gaps filled. FileNotFoundError for a version that never was."""
    number = version or latest(name)
    title, *paragraphs = _file(name, number)
    for gap, value in values.items():
        paragraphs = [text.replace(f"{{{gap}}}", value) for text in paragraphs]
    return Wording(name, number, title, tuple(paragraphs))


@cache
def _file(name: str, version: int) -> tuple[str, ...]:
    text = (paths.RESOURCES / "texts" / f"{name}.{version}.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip())
