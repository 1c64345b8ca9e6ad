"""The wordings of papers: every version stays as it was landed, every gap is known, every character prints."""

import hashlib
import re

import pytest

from app import paths
from app.printing import coverage, wording
from app.rules.person import CONSENT_KINDS

FILES = sorted((paths.RESOURCES / "texts").glob("*.txt"))
LANDED = {  # first 16 hex digits of the SHA-256 of each version; a new version adds a row, none is ever changed
    "declaration.1.txt": "bf4be6eae009c7c6",
    "emergency_treatment.1.txt": "aeb0c3b66ede62d2",
    "goes_home_alone.1.txt": "972c7d5a352462fd",
    "photos.1.txt": "a12d503a702d4187",
    "privacy.1.txt": "561ad8079032ce0d",
    "receipt.1.txt": "b538bf0338818d9f",
    "recovery_key.1.txt": "8af2708358d2c33b",
    "under_14.1.txt": "8f48af4557758720",
}
GAPS = {"centre", "time"}


@pytest.mark.clause("P1")
@pytest.mark.parametrize("kind", CONSENT_KINDS)
def test_every_kind_of_consent_has_a_wording(kind: str) -> None:
    text = wording.wording(kind, centre="晨光托管中心")
    assert text.version == wording.latest(kind) >= 1
    assert text.title
    assert text.paragraphs
    assert "{" not in "".join(text.paragraphs)


@pytest.mark.clause("P1")
def test_a_wording_that_was_landed_is_never_changed() -> None:
    """Parents signed it. Write a new version in a new file, and add its row to LANDED."""
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in FILES} == LANDED


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_wording_prints_and_has_no_unknown_gap(file: object) -> None:
    text = (paths.RESOURCES / "texts" / str(file)).read_text("utf-8")
    assert not coverage.missing(text)
    assert set(re.findall(r"{(\w+)}", text)) <= GAPS
    assert re.fullmatch(r"[a-z0-9_]+\.[1-9]\d*\.txt", (paths.RESOURCES / "texts" / str(file)).name)


def test_a_version_that_never_was_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        wording.wording("privacy", 99)
    with pytest.raises(ValueError):
        wording.latest("no_such_wording")
