"""The wordings that the manager writes: versions that only grow, on every paper from then on."""

from typing import Any

import pytest
from peewee import DatabaseError

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.printing.wording import NAMES, SHIPPED
from app.process import confirmation, form_papers, operation_log, papers, payment, review, student_file, wordings
from tests import builders
from tests.conftest import Centre
from tests.printing import reading

PHOTOS = "同意把{centre}活动的照片用于班级群和门口的展板。"


def refused(call: Any, *args: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args)
    return found.value


@pytest.mark.clause("P1")
def test_a_new_version_stands_on_papers_from_then_on_and_the_old_one_stays_to_be_read(centre: Centre) -> None:
    form = builders.a_registration()
    before = builders.a_student(centre.manager, form)
    assert wordings.save(centre.manager, "under_14", "单独同意", "我单独同意{centre}处理孩子的信息。", 1) == 2
    unasked = builders.an_application(centre.receptionist, builders.a_registration(consents=()))
    after = review.approve(centre.manager, unasked, 1).student_id
    old, new = (
        reading.words(papers.content(centre.manager, confirmation.make_sheet(centre.manager, student_id=one).id))
        for one in (before, after)
    )
    assert "我单独同意安托托管中心处理孩子的信息。" in new
    assert "单独同意第2版" in new
    assert SHIPPED.wording("under_14").title.replace(" ", "") in old, "they agreed to the first version"
    first = wordings.consent(centre.receptionist, "under_14", 1)
    assert first.paragraphs == SHIPPED.wording("under_14", centre="安托托管中心").paragraphs
    assert wordings.latest("under_14") == 2


@pytest.mark.clause("P1")
def test_receipts_and_blank_forms_bear_what_the_manager_wrote(centre: Centre) -> None:
    wordings.save(centre.manager, "receipt", "收据说明", "请妥善保管，本收据不是发票。", 1)
    wordings.save(centre.manager, "photos", "照片", PHOTOS, 1)
    student_id = builders.a_student(centre.manager)
    receipt = payment.take(
        centre.manager, student_id=student_id, methods=[payment.Paid("cash", 1_000)], opid=builders.opid(),
    )  # fmt: skip
    assert "请妥善保管，本收据不是发票。" in reading.words(papers.content(centre.manager, receipt.paper_id))
    form = reading.words(form_papers.blank_form(centre.receptionist))
    assert "同意把安托托管中心活动的照片用于班级群和门口的展板。（第2版）" in form


@pytest.mark.clause("P13")
def test_the_log_keeps_both_texts_and_no_version_is_ever_changed(centre: Centre) -> None:
    wordings.save(centre.manager, "photos", "照片", f"  {PHOTOS}\n\n\n请随时告知。  ", 1)
    row = operation_log.entries(centre.manager, action="save_wording")[0]
    assert row.details == {"wording": "photos", "version": 2}
    values = {field: (before, after) for field, before, after in row.changes}
    assert values["title"] == ("活动照片", "照片")
    assert values["text"][1] == f"{PHOTOS}\n请随时告知。"
    for statement in ("UPDATE wording SET text = 'x'", "DELETE FROM wording"):
        with pytest.raises(DatabaseError, match="not authorized"), unit_of_work():
            database.execute_sql(statement)


@pytest.mark.clause("P1")
def test_all_versions_can_be_read_with_who_wrote_them(centre: Centre) -> None:
    wordings.save(centre.manager, "photos", "照片", PHOTOS, 1)
    found = wordings.versions(centre.manager, "photos")
    assert [(one.version, one.title, one.made_at[:10], one.made_by) for one in found] == [
        (2, "照片", "2026-09-12", "王丽华"), (1, "活动照片", "", ""),
    ]  # fmt: skip
    assert [one.name for one in wordings.newest(centre.manager)] == list(NAMES)
    shown = reading.words(wordings.paper(centre.manager, "photos", 1))
    assert "活动照片" in shown
    assert "第1版" in shown


@pytest.mark.clause("P1")
def test_the_preview_is_the_paper_with_the_text_that_is_being_typed(centre: Centre) -> None:
    shown = reading.words(wordings.preview(centre.manager, "photos", "照片", PHOTOS))
    assert "同意把安托托管中心活动的照片用于班级群和门口的展板。" in shown
    assert "第2版" in shown
    assert wordings.latest("photos") == 1


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("name", "title", "text", "code"),
    [
        ("photos", "照片", "同意{center}使用", "wording_gap_unknown"),
        ("photos", "{centre}", "同意", "wording_gap_unknown"),
        ("photos", "照片", "同意{centre使用", "wording_gap_unknown"),
        ("goes_home_alone", "自行回家", "我同意孩子自己走。", "wording_gap_missing"),
        ("photos", " ", "同意", "wording_title_missing"),
        ("photos", "照片", " \n ", "wording_missing"),
        ("photos", "照片", "长" * 601, "wording_too_long"),
        ("photos", "照片", "同意\U0001f600", "wording_unprintable"),
        ("photos", "活动照片", SHIPPED.text("photos").partition("\n")[2], "wording_unchanged"),
        ("recovery_key", "密钥", "给大家看", "unknown_wording"),
        ("../receipt", "x", "y", "unknown_wording"),
    ],
)
def test_a_text_that_papers_could_not_bear_is_refused(
    centre: Centre, name: str, title: str, text: str, code: str,
) -> None:  # fmt: skip
    assert refused(wordings.save, centre.manager, name, title, text, 1).code == code


@pytest.mark.clause("P13")
def test_a_text_that_somebody_else_wrote_meanwhile_is_not_written_over(centre: Centre) -> None:
    wordings.save(centre.manager, "photos", "照片", PHOTOS, 1)
    found = refused(wordings.save, centre.manager, "photos", "照片", "别的", 1)
    assert (found.code, found.values["version"]) == ("wording_changed_meanwhile", 2)


@pytest.mark.clause("P13")
def test_texts_are_the_managers(centre: Centre) -> None:
    for call in (
        wordings.newest,
        lambda who: wordings.versions(who, "photos"),
        lambda who: wordings.paper(who, "photos", 1),
        lambda who: wordings.preview(who, "photos", "照片", PHOTOS),
        lambda who: wordings.save(who, "photos", "照片", PHOTOS, 1),
    ):
        assert refused(call, centre.receptionist).values["right"] == "manage_centre"


@pytest.mark.clause("P13")
def test_a_new_version_makes_no_consent_void_and_no_sheet_stale(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    sheet = confirmation.make_sheet(centre.manager, student_id=student_id)
    (name, relation, key), *_ = confirmation.signers(centre.manager, sheet.id)
    confirmation.mark_signed(
        centre.manager, sheet.id, signed_on="2026-09-12", signer=name, relation=relation, guardian_id=key,
    )  # fmt: skip
    for one in ("privacy", "under_14"):
        wordings.save(centre.manager, one, "新的文本", "我同意{centre}处理信息。", 1)
    found = student_file.profile(centre.manager, student_id)
    assert (found.unsigned, found.health_closed) == (False, "")
    assert {one.kind: (one.version, one.newest) for one in found.consents}["privacy"] == (1, 2)
