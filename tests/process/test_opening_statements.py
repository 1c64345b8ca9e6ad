"""Every family that was taken over gets one sheet to check and sign (P19)."""

from pathlib import Path

import pytest

from app.errors import Refused
from app.models.database import database
from app.process import checks, confirmation, ledger, merging, opening_statements, papers
from app.process.opening_statements import Family
from tests import builders
from tests.conftest import Centre
from tests.printing.reading import bare, words
from tests.process.test_take_over import a_row, taken


@pytest.fixture
def families(centre: Centre, tmp_path: Path) -> tuple[Family, ...]:
    """A mother with two children, and another family."""
    taken(
        centre, tmp_path, a_row(欠费="300", 剩餐="5.5", 学号="VIP-1"),
        a_row(姓名="张一诺", 托管类型="午托周一三五", 余额="20"),
        a_row(姓名="李可馨", 家长="王芳", 电话="13900000009"),
    )  # fmt: skip
    return opening_statements.families(centre.manager)


@pytest.mark.clause("P19")
def test_there_is_one_statement_for_a_family_with_all_its_children(centre: Centre, families: tuple[Family,
...]) -> None:
    assert [one.names for one in families] == [("张珞晨", "张一诺"), ("李可馨",)]
    made = opening_statements.make(centre.manager, families[0])
    said = words(papers.content(centre.manager, made.id))
    for word in (
        "期初核对单", "QC-2026-000001", "张珞晨", "张一诺", "林晓月", "138 0000 0001", "2026-12-31", "三年级晚托班",
        "VIP-1",
        "300.00", "20.00", "叁佰元整", "贰拾元整", "5.5", "周一、三、五",
    ):
        assert bare(word) in said, word
    assert "李可馨" not in said
    assert {one.id for key in families[0].student_ids for one in papers.of(student_id=key, kind="opening")} == {made.id}


@pytest.mark.clause("P19")
def test_it_is_kept_and_drawn_anew_only_when_it_says_something_else(centre: Centre, families: tuple[Family,
...]) -> None:
    made = opening_statements.make(centre.manager, families[0])
    assert opening_statements.make(centre.manager, families[0]) == made
    debt = next(row for row in ledger.page(centre.manager, families[0].student_ids[0]).rows if row.fen > 0)
    ledger.reverse(centre.manager, debt.id, "已经交过", opid="back")
    again = opening_statements.make(centre.manager, families[0])
    assert (again.number, again.id > made.id) == ("QC-2026-000002", True)
    assert "300.00" not in words(papers.content(centre.manager, again.id))
    newest = opening_statements.families(centre.manager)[0].statement
    assert newest is not None
    assert newest.id == again.id


@pytest.mark.clause("P19")
def test_it_is_found_by_its_code_printed_and_marked_as_signed(centre: Centre, families: tuple[Family, ...]) -> None:
    made = opening_statements.make(centre.manager, families[0])
    assert papers.find(centre.manager, made.code).id == made.id
    assert papers.find(centre.manager, made.number).id == made.id
    assert papers.record_print(centre.manager, made.id, "A4") == 1
    signed = confirmation.mark_signed(
        centre.manager, made.id, signed_on="2026-09-12", signer="林晓月", relation="guardian",
    )  # fmt: skip
    assert signed.signed
    first = families[0].student_ids[0]
    unsigned = database.execute_sql("SELECT unsigned FROM student WHERE id = ?", (first,)).fetchone()
    assert unsigned == (1,)  # the confirmation sheet is a paper of its own
    centre.close()
    assert [one.code for one in checks.check(centre.folder, centre.key) if one.strength == "damage"] == []


@pytest.mark.clause("P13")
def test_it_is_made_by_who_may_take_over_and_by_nobody_else(centre: Centre, families: tuple[Family, ...]) -> None:
    for actor in (centre.receptionist, centre.finance, centre.teacher):
        with pytest.raises(Refused, match="no_right"):
            opening_statements.families(actor)
        with pytest.raises(Refused, match="no_right"):
            opening_statements.make(actor, families[0])


def test_a_family_that_was_not_taken_over_has_none(centre: Centre) -> None:
    nobody = Family(1, 1, (999,), ("谁",), ("",), (), None)
    with pytest.raises(Refused, match="family_unknown"):
        opening_statements.make(centre.manager, nobody)


@pytest.mark.clause("P2")
def test_after_a_merge_it_still_names_the_guardians_and_is_found_under_the_number_that_stays(
    centre: Centre, families: tuple[Family, ...],
) -> None:
    goes = families[1].student_ids[0]
    stays = builders.a_student(centre.manager)
    seen = merging.preview(centre.manager, goes, stays)
    versions = (seen.goes.version, seen.stays.version)
    merging.merge(centre.manager, goes, stays, versions, "登记了两次", opid=builders.opid())
    made = opening_statements.make(centre.manager, opening_statements.families(centre.manager)[1])
    said = words(papers.content(centre.manager, made.id))
    assert bare("王芳") in said
    assert [one.id for one in papers.of(student_id=stays, kind="opening")] == [made.id]
