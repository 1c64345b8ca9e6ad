from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.rules import pinyin
from app.rules.duplicates import Known, match, matches
from app.rules.person import Child, Contact, Guardian, Registration
from installer import pinyin_table

pytestmark = pytest.mark.clause("P1")

TYPED = Registration(
    Child("单雪", "female", "2018-04-16", identity_number="330106 20180416 0425"),
    (Guardian("单志强", "father", "138 0571 2236"),),
    (Contact("王秀英", "grandmother_m", "0571 8800 1234"),),
)
STRANGER = Known(1, "student", "张琳晨", "2017-01-01", "330106201701010011", ("13900000000",))


@pytest.fixture(scope="module", autouse=True)
def _table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = pinyin._Source.read
    folder = tmp_path_factory.mktemp("made")
    pinyin_table.make(folder)
    pinyin.use((folder / "pinyin.bin").read_bytes)
    yield
    if before is not None:
        pinyin.use(before)


def known(**changes: Any) -> Known:
    return replace(STRANGER, **changes)


@pytest.mark.parametrize(
    ("someone", "kind"),
    [
        (known(identity_number="330106201804160425"), "same_identity"),
        (known(name="单雪", birth_date="2018-04-16"), "same_name_and_birth"),
        (known(name="山学", guardian_phones=("13805712236",)), "same_pinyin_and_phone"),
        (known(name="单雪", guardian_phones=("13805712236",)), "same_pinyin_and_phone"),
        (known(name="丹雪", other_phones=("0571-88001234",)), "same_pinyin_and_phone"),
        (known(guardian_phones=("13900000000", "13805712236")), "sibling"),
    ],
)
def test_a_duplicate_or_a_sibling_is_found(someone: Known, kind: str) -> None:
    found = match(TYPED, someone)
    assert found is not None
    assert found.kind == kind
    assert found.stops == (kind == "same_identity")


@pytest.mark.parametrize(
    "someone",
    [
        STRANGER,
        known(name="单雪"),
        known(birth_date="2018-04-16"),
        known(name="山学"),
        known(other_phones=("13805712236",)),
        known(guardian_phones=("0571-88001234",)),
    ],
)
def test_strangers_are_left_alone(someone: Known) -> None:
    assert match(TYPED, someone) is None


def test_nothing_typed_matches_nobody() -> None:
    blank = Known(2, "application", "", "", "")
    assert match(Registration(), blank) is None
    assert match(replace(TYPED, child=Child(), guardians=(Guardian(),), contacts=()), blank) is None


def test_the_strongest_match_comes_first() -> None:
    sister = known(id=2, guardian_phones=("13805712236",))
    same = known(id=3, name="单雪", birth_date="2018-04-16")
    found = matches(TYPED, (sister, STRANGER, same))
    assert [one.known.id for one in found] == [3, 2]
    assert found[1].phone == "13805712236"
