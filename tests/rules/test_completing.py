"""Every problem is asked for in the words of parents, or is known to be the centre's own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.process import form_check
from app.rules import completing, problems
from app.rules.problem import error, warning
from tests.rules.test_sentences_of_rules import RULES, codes_in


def codes_of_registrations() -> set[str]:
    """What the rules and the tables say of a registration or a row."""
    files = [RULES / name for name in ("problems.py", "child_problems.py", "service_problems.py", "phones.py",
        "identity.py")]  # fmt: skip
    found = {code for file in (*files, *RULES.glob("form_values/*.py")) for code in codes_in(file)}
    found |= set(codes_in(Path(form_check.__file__)))
    found |= {code for table in (problems._NOT_ASKED, problems._REFUSED) for code in table.values()}
    return found - {"registration_has_errors", "approval_by_another", "date_unclear"}  # the last is refused inside


@pytest.mark.clause("P1")
def test_every_problem_has_words_for_parents_or_is_our_own() -> None:
    found = codes_of_registrations()
    assert len(found) > 50
    assert found - set(completing.ASKED) - completing.OUR_OWN == set()
    assert set(completing.ASKED) & completing.OUR_OWN == set()


@pytest.mark.clause("P1")
def test_each_thing_is_asked_once_and_of_the_right_person() -> None:
    found = [
        error("guardians.1.mobile", "phone_missing", missing=1), error("contacts.0.mobile", "phone_extra", extra=1),
        warning("child.name", "name_odd"), error("child.identity_number", "identity_check_digit"),
        error("child.identity_number", "identity_characters"), warning("consents.privacy", "privacy_refused"),
    ]  # fmt: skip
    assert completing.asked(found) == (
        "第二位监护人的电话有误，请核对", "紧急联系人的电话有误，请核对", "孩子的姓名，请核对",
        "孩子的证件号码有误，请逐位核对",
    )  # fmt: skip


def test_a_child_without_a_name_is_addressed_all_the_same() -> None:
    assert completing.text("【孩子】的家长", "", ["孩子的姓名"], "", "") == "孩子的家长"


@given(st.text(), st.text(), st.text())
def test_what_is_filled_in_is_never_taken_for_a_gap(child: str, centre: str, phone: str) -> None:
    text = completing.text(completing.TEXT, child, ["甲"], centre, phone)
    assert text.count("1. 甲") == 1 + sum(one.count("1. 甲") for one in (child, centre, phone))


def test_a_template_says_what_is_missing() -> None:
    completing.check_template(completing.TEXT)
    with pytest.raises(Refused, match="template_without_items"):
        completing.check_template("请补充")
    with pytest.raises(Refused, match="template_too_long"):
        completing.check_template("【缺项】" + "很" * 1000)
