"""The recovery key on paper, and the privacy notice."""

import pytest

from app.printing import notice, recovery_key_sheet
from app.printing.notice import NoticeFacts
from app.printing.recovery_key_sheet import RecoveryFacts
from app.printing.wording import SHIPPED
from app.process import recovery_key
from tests.printing import reading, samples


@pytest.mark.clause("P13")
def test_the_recovery_key_stands_on_paper_to_be_typed_and_to_be_scanned() -> None:
    key = recovery_key.new()
    paper = recovery_key_sheet.draw(RecoveryFacts(key, samples.CENTRE, "2026-09-01T08:30:00", "周敏"))
    words = reading.words(paper)
    for place, group in enumerate(key.split("-"), 1):
        assert f"{place}{group}" in words
    assert reading.codes(paper) == [key]
    assert recovery_key.check(reading.codes(paper)[0]) == recovery_key.check(key)


@pytest.mark.clause("P13")
def test_it_says_what_the_key_is_for_and_where_to_keep_it() -> None:
    facts = RecoveryFacts(recovery_key.new(), samples.LONG_CENTRE, "2026-09-01T08:30:00", "周敏")
    paper = recovery_key_sheet.draw(facts)
    words = reading.words(paper)
    for paragraph in SHIPPED.wording("recovery_key").paragraphs:
        assert reading.bare(paragraph.removeprefix("# ")) in words
    assert reading.pages(paper) == 1
    assert not reading.outside(paper)
    assert not reading.overlapping(paper)
    assert all(reading.fonts(paper).values())
    assert recovery_key_sheet.draw(facts) == paper


@pytest.mark.clause("P1")
def test_the_privacy_notice_prints_with_the_centres_name_and_its_version() -> None:
    paper = notice.draw(NoticeFacts(samples.LONG_CENTRE, "2026-09-01T08:30:00", "周敏"))
    words = reading.words(paper)
    for paragraph in SHIPPED.wording("privacy", centre=samples.LONG_CENTRE.name).paragraphs:
        assert reading.bare(paragraph.removeprefix("# ")) in words
    assert f"第{SHIPPED.latest('privacy')}版" in words
    assert "{" not in words
    assert not reading.outside(paper)
    assert all(reading.fonts(paper).values())
