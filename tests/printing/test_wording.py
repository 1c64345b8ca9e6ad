"""The wordings of papers: every version stays as it was landed, every gap is known, every character prints."""

import hashlib

import pytest

from app import paths
from app.printing import coverage, wording
from app.printing.wording import SHIPPED, Wordings
from app.rules.person import CONSENT_KINDS

FILES = sorted((paths.RESOURCES / "texts").glob("*.txt"))
LANDED = {  # first 16 hex digits of the SHA-256 of each version; none is ever changed
    "declaration.1.txt": "bf4be6eae009c7c6",
    "emergency_treatment.1.txt": "aeb0c3b66ede62d2",
    "goes_home_alone.1.txt": "972c7d5a352462fd",
    "photos.1.txt": "a12d503a702d4187",
    "privacy.1.txt": "561ad8079032ce0d",
    "receipt.1.txt": "b538bf0338818d9f",
    "recovery_key.1.txt": "8af2708358d2c33b",
    "under_14.1.txt": "8f48af4557758720",
}


@pytest.mark.clause("P1")
@pytest.mark.parametrize("kind", CONSENT_KINDS)
def test_every_kind_of_consent_has_a_wording(kind: str) -> None:
    text = SHIPPED.wording(kind, centre="晨光托管中心")
    assert text.version == SHIPPED.latest(kind) == 1
    assert text.title
    assert text.paragraphs
    assert "{" not in "".join(text.paragraphs)


@pytest.mark.clause("P1")
def test_a_wording_that_was_landed_is_never_changed() -> None:
    """Parents signed it, and the centre's own versions go on from 2."""
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in FILES} == LANDED


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_wording_prints_and_has_no_unknown_gap(file: object) -> None:
    text = (paths.RESOURCES / "texts" / str(file)).read_text("utf-8")
    assert not coverage.missing(text)
    name, version, _ = (paths.RESOURCES / "texts" / str(file)).name.split(".")
    assert set(wording.gaps(text)) <= set(wording.GAPS.get(name, ()))
    assert version == "1"


def test_a_wording_that_never_was_is_an_error() -> None:
    with pytest.raises(KeyError):
        SHIPPED.text("privacy", 99)
    with pytest.raises(FileNotFoundError):
        SHIPPED.text("no_such_wording")


@pytest.mark.clause("P1")
def test_the_version_that_a_form_claims_but_nobody_wrote_is_the_newest() -> None:
    assert Wordings({("photos", 2): "照片\n只用于班级群。"}).wording("photos", 99).version == 2


@pytest.mark.clause("P4")
def test_an_own_version_of_the_centre_follows_the_shipped_one_and_changes_nothing_of_it() -> None:
    own = Wordings({("photos", 2): "照片\n\n只用于{centre}的班级群。\n"})
    assert (own.latest("photos"), own.latest("privacy")) == (2, 1)
    assert own.wording("photos", centre="晨光").paragraphs == ("只用于晨光的班级群。",)
    assert own.wording("photos", 1) == SHIPPED.wording("photos")


@pytest.mark.parametrize(
    ("text", "found"),
    [("同意{centre}处理", ("centre",)), ("{a}{b}{a}", ("a", "b")), ("半个{括号", ("",)), ("没有", ()), ("{}", ("",))],
)
def test_the_gaps_of_a_text_are_found(text: str, found: tuple[str, ...]) -> None:
    assert wording.gaps(text) == found
