"""Blank forms and the recipe: made by who registers, with the centre's services, prices and schools of today."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.printing import application_form
from app.process import apart, form_import, form_papers, office
from app.rules.person import Consent, Contact, Guardian, Health, PickUp, Registration, from_plain
from tests import builders
from tests.conftest import Centre
from tests.printing import reading, samples
from tests.printing.filling import fields, filled


@pytest.fixture(autouse=True)
def schools(centre: Centre) -> None:
    with unit_of_work():
        office.remember_values({"school": "文三街小学"})


@pytest.mark.clause("P1")
def test_the_form_bears_the_centre_and_its_prices(centre: Centre) -> None:
    words = reading.words(form_papers.blank_form(centre.receptionist))
    name, fen = database.execute_sql(
        "SELECT name, fen FROM service JOIN price ON price.service_id = service.id ORDER BY service.position LIMIT 1",
    ).fetchone()
    assert office.centre().name in words
    assert reading.bare(name) in words
    assert f"{fen // 100:,}.{fen % 100:02d}元/" in words


@pytest.mark.clause("P1")
def test_the_fillable_form_lets_choose_the_schools_that_were_typed_before(centre: Centre) -> None:
    assert "文三街小学" in fields(form_papers.fillable_form(centre.receptionist))["child.school"]["/Opt"]


@pytest.mark.clause("P1")
def test_the_recipe_is_a_paper_and_a_text_with_the_same_questions(centre: Centre) -> None:
    made = form_papers.recipe(centre.receptionist)
    words = reading.words(made.paper)
    titles = [line.split(". ", 1)[1].split("［")[0] for line in made.text.splitlines() if "［" in line]
    assert len(titles) == made.questions
    assert all(reading.bare(title) in words for title in titles)
    assert "文三街小学" in made.text
    assert reading.in_order(words, *titles)
    assert all(reading.fonts(made.paper).values())
    assert not reading.outside(made.paper)


@pytest.mark.clause("P13")
@pytest.mark.parametrize("make", [form_papers.blank_form, form_papers.fillable_form, form_papers.recipe])
def test_who_may_not_register_gets_no_form(centre: Centre, make: object) -> None:
    assert callable(make)
    with pytest.raises(Refused, match="no_right"):
        make(centre.teacher)


@pytest.mark.clause("P17")
def test_in_practice_mode_every_form_says_so(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = office.setting
    monkeypatch.setattr(office, "setting", lambda name, default="": "1" if name == "practice" else plain(name, default))
    made = form_papers.recipe(centre.receptionist).paper
    for paper in (form_papers.blank_form(centre.receptionist), form_papers.fillable_form(centre.receptionist), made):
        assert "练习PRACTICE" in reading.words(paper)


# reading filled ones ------------------------------------------------------------------------------------------------

TODAY = "2026-09-01"
FAMILY = {
    "child.name": "张𠮷晨", "child.sex": "女", "child.birth_date": "2018年4月16日", "child.identity_kind": "居民身份证",
    "child.identity_number": "330106201804160028", "child.school": "文三街小学", "child.grade": "三年级",
    "child.school_class": "2", "child.form_teacher": "周敏", "child.address": "嘉绿苑 12 幢 <3 单元> & 501",
    "guardians.0.name": "张志强", "guardians.0.relation": "父亲", "guardians.0.mobile": "138 0571 2236",
    "guardians.0.lives_with_child": "yes", "guardians.0.may_collect": "yes", "guardians.0.payer": "yes",
    "guardians.1.name": "阿依古丽·买买提", "guardians.1.relation": "母亲", "guardians.1.mobile": "13957189042",
    "guardians.1.wechat": "ayi_88", "guardians.1.workplace": "浙江省立同德医院", "guardians.1.emergency": "yes",
    "contacts.2.name": "王秀英", "contacts.2.relation": "外婆", "contacts.2.mobile": "13738216650",
    "contacts.2.may_collect": "yes", "contacts.2.emergency": "yes",
    "pick_up.goes_home_alone": "yes", "pick_up.alone_from": "17:30", "pick_up.note": "下雨天由父亲接",
    "health.marks.food_allergy": "yes", "health.marks.asthma": "yes", "health.allergies": "花生、腰果\n虾",
    "health.insurance": "学平险", "child.special_needs": "戴助听器", "form.more": "第四位监护人：王强 13805710000",
    "services.lines.0.service": "午托 480.00 元/月", "services.lines.0.weekdays.0": "yes",
    "services.start_date": "2026-09-14", "consents.privacy": "given", "consents.under_14": "given",
    "consents.photos": "refused",
}  # fmt: skip


@cache
def form() -> bytes:
    return application_form.fillable(samples.FORM)


def files(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def family(number: int, **changes: str) -> bytes:
    """The form of another family, with nothing wrong."""
    return filled(form(), {
        "child.name": f"孩子{'甲乙丙丁戊'[number]}", "child.birth_date": f"2018-04-1{number}", "child.sex": "男",
        "guardians.0.name": "李明", "guardians.0.relation": "父亲", "guardians.0.mobile": f"1380571223{number}",
        **changes,
    })  # fmt: skip


def stored() -> list[tuple[str, Registration]]:
    rows = database.execute_sql("SELECT channel, form FROM application ORDER BY id")
    return [(channel, from_plain(json.loads(text))) for channel, text in rows]


@pytest.mark.clause("P1")
def test_a_filled_form_becomes_the_application_that_the_family_wrote(centre: Centre, tmp_path: Path) -> None:
    paths = files(tmp_path, {"张.pdf": filled(form(), FAMILY)})
    preview = form_papers.read_forms(centre.receptionist, paths, today=TODAY)
    assert [row.has_error for row in preview.rows] == [False], preview.rows[0].checked.problems
    assert stored() == []
    done = form_import.import_rows(centre.receptionist, preview, opid=builders.opid())
    ((channel, whole),) = stored()
    assert (done.imported, channel) == (1, "pdf")
    child = whole.child
    assert (child.name, child.sex, child.birth_date, child.grade, child.school_class, child.form_teacher) == (
        "张𠮷晨", "female", "2018-04-16", "3", "（2）班", "周敏",
    )  # fmt: skip
    assert (child.address, child.identity_kind) == (FAMILY["child.address"], "resident_id")
    assert child.special_needs == "戴助听器；第四位监护人：王强 13805710000"
    assert whole.guardians == (
        Guardian("张志强", "father", "13805712236", "", "", True, True, False, True),
        Guardian("阿依古丽·买买提", "mother", "13957189042", "ayi_88", "浙江省立同德医院", False, False, True, False),
    )
    assert whole.contacts == (Contact("王秀英", "grandmother_m", "13738216650", True, True),)
    assert whole.pick_up == PickUp(True, "17:30", "下雨天由父亲接")
    assert whole.health == Health(("food_allergy", "asthma"), "花生、腰果\n虾", insurance="学平险")
    assert set(whole.consents) == {
        Consent("privacy", True, 1, TODAY, "张志强", "father"), Consent("under_14", True, 1, TODAY, "张志强", "father"),
        Consent("photos", False, 1, TODAY, "张志强", "father"),
    }  # fmt: skip
    assert (whole.services.wanted, whole.services.start_date) == ("午托 480.00 元/月（周一）", "2026-09-14")


@pytest.mark.clause("P1")
def test_a_folder_of_forms_is_one_preview_and_what_cannot_be_read_is_told_by_name(
    centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    files(tmp_path, {
        "1.pdf": family(0), "2.PDF": family(1), "3.pdf": form(), "4.pdf": b"%PDF-1.7 broken", "5.txt": b"no form",
    })  # fmt: skip
    preview = form_papers.read_forms(centre.receptionist, [tmp_path], today=TODAY)
    assert [row.cells[0] for row in preview.rows] == ["1.pdf", "2.PDF"]
    assert [(one.name, one.trouble) for one in preview.looked.unread] == [
        ("3.pdf", "form_file_not_filled"), ("4.pdf", "form_file_damaged"),
    ]  # fmt: skip
    done = form_import.import_rows(centre.receptionist, preview, opid=builders.opid())
    assert (done.rows, done.imported) == (2, 2)


@pytest.mark.clause("P1")
def test_a_wrong_cell_is_corrected_in_the_preview(centre: Centre, tmp_path: Path) -> None:
    paths = files(tmp_path, {"1.pdf": family(0, **{"guardians.0.mobile": "1380571"})})
    preview = form_papers.read_forms(centre.receptionist, paths, today=TODAY)
    (row,) = preview.rows
    assert [one.code for one in row.checked.problems if one.strength == "error"] == ["phone_missing"]
    column = preview.columns.index("guardians.0.mobile")
    assert preview.looked.header[column] == "监护人一手机"
    corrected = preview.with_cell(row.n, column, "13805712236")
    assert not corrected.rows[0].has_error


@pytest.mark.clause("P1")
def test_the_same_form_again_is_noticed(centre: Centre, tmp_path: Path) -> None:
    paths = files(tmp_path, {"1.pdf": family(0), "1 (2).pdf": family(0), "2.pdf": family(1)})
    preview = form_papers.read_forms(centre.receptionist, paths, today=TODAY)
    assert [bool(row.duplicate) for row in preview.rows] == [False, True, False]
    form_import.import_rows(centre.receptionist, preview, opid=builders.opid())
    again = form_papers.read_forms(centre.receptionist, paths, today="2026-09-02")
    assert all(row.duplicate for row in again.rows)
    assert [one.imported for one in again.earlier] == [2]


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("name", "code"),
    [("空.pdf", "form_file_not_filled"), ("gone.pdf", "form_file_gone"), ("", "no_forms_found")],
)
def test_a_single_file_that_is_no_filled_form_is_refused(name: str, code: str, centre: Centre, tmp_path: Path) -> None:
    if name == "空.pdf":
        files(tmp_path, {name: form()})
    with pytest.raises(Refused) as refused:
        form_papers.read_forms(centre.receptionist, [tmp_path / name], today=TODAY)
    assert refused.value.code == code
    assert stored() == []


@pytest.mark.clause("P1")
def test_more_forms_than_can_be_looked_through_are_refused(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(form_papers, "MOST_FORMS", 1)
    files(tmp_path, {"1.pdf": b"%PDF-", "2.pdf": b"%PDF-"})
    with pytest.raises(Refused, match="too_many_forms"):
        form_papers.begin_forms(centre.receptionist, [tmp_path])


@pytest.mark.clause("P13")
def test_who_may_not_import_reads_no_forms(centre: Centre, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no_right"):
        form_papers.begin_forms(centre.teacher, files(tmp_path, {"1.pdf": form()}))


@pytest.mark.clause("P1")
def test_a_form_that_brings_its_reader_down_takes_no_other_with_it(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    plain: Callable[..., Any] = apart.run

    def run(work: Callable[..., Any], paths: tuple[str, ...], **more: Any) -> Any:
        if any("bomb" in path for path in paths):
            raise ChildProcessError
        return plain(work, paths, **more)

    monkeypatch.setattr(apart, "run", run)
    paths = files(tmp_path, {"1.pdf": family(0), "bomb.pdf": b"%PDF-", "2.pdf": family(1)})
    preview = form_papers.read_forms(centre.receptionist, paths, today=TODAY)
    assert len(preview.rows) == 2
    assert [(one.name, one.trouble) for one in preview.looked.unread] == [("bomb.pdf", "form_file_damaged")]


@pytest.mark.clause("P1")
def test_one_form_goes_the_way_of_any_other_file(centre: Centre, tmp_path: Path) -> None:
    """Whoever opens it where form exports are opened gets the same preview."""
    (path,) = files(tmp_path, {"1.pdf": family(0)})
    preview = form_import.preview(centre.receptionist, path, today=TODAY)
    form_import.import_rows(centre.receptionist, preview, opid=builders.opid())
    assert [channel for channel, _ in stored()] == ["pdf"]
