"""The export of a form service is previewed, corrected and imported; who is known already is noticed (P1)."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import apart, application, form_import, review, student_record
from app.process.form_import import Preview
from app.rules import form_rows
from app.rules.person import from_plain
from app.rules.problem import ERROR
from tests import builders, exports
from tests.conftest import Centre

LISTED = {"name_odd", "birth_date_missing", "sex_missing", "age_unusual", "sex_differs"}


def a_file(folder: Path, rows: Sequence[Sequence[Any]], name: str = "报名.xlsx", **more: Any) -> Path:
    path = folder / name
    path.write_bytes(exports.workbook(rows, **more) if name.endswith("x") else exports.text(rows, **more))
    return path


def families(count: int, **changes: Any) -> list[exports.Answers]:
    return [{**one, **changes} for one in exports.family(Random(5), count)]


def seen(centre: Centre, tmp_path: Path, found: list[exports.Answers], layout: str = "survey",
    **more: Any) -> Preview:
    return form_import.preview(centre.receptionist, a_file(tmp_path, exports.table(layout, found, Random(5))), **more)


def said(preview: Preview, n: int) -> set[tuple[str, str]]:
    """Errors, and the warnings that every form must know, as the command line tells them."""
    problems = next(row for row in preview.rows if row.n == n).checked.problems
    return {
        (one.strength, form_rows.outside(one.code)) for one in problems if one.strength == ERROR or one.code in LISTED
    }


def applications() -> list[tuple[str, str, str]]:
    return [tuple(row) for row in database.execute_sql("SELECT name, channel, state FROM application ORDER BY id")]


# the preview --------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
@pytest.mark.parametrize("layout", exports.LAYOUTS)
def test_families_with_nothing_wrong_are_without_errors_in_every_layout(
    layout: str, centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    found = families(40)
    preview = seen(centre, tmp_path, found, layout)
    assert len(preview.rows) == 40
    assert {row.n: said(preview, row.n) for row in preview.rows if said(preview, row.n)} == {}
    assert preview.found == {}
    for row, one in zip(preview.rows, found, strict=True):
        child = preview.registration(row.n).child
        assert (child.name, child.sex, child.birth_date) == (one["name"], one["sex"], one["born"].isoformat())
        phones = {guardian.mobile for guardian in preview.registration(row.n).guardians}
        assert phones <= {one["father_phone"], one["mother_phone"]}
    assert applications() == []


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": ""}, ("error", "name_missing")),
        ({"born": "2018-02-30"}, ("error", "birth_date_invalid")),
        ({"born": "2027-05-01"}, ("error", "birth_date_future")),
        ({"identity": "330106201911213413"}, ("error", "identity_invalid")),
        ({"identity": "33010620191121"}, ("error", "identity_invalid")),
        ({"father_phone": "1365212714"}, ("error", "phone_invalid")),
        ({"father_phone": "123"}, ("error", "phone_invalid")),
        ({"father": "", "mother": ""}, ("error", "guardian_missing")),
        ({"name": '<b>董诗熙</b> & "董诗熙"'}, ("warning", "name_odd")),
        ({"born": ""}, ("warning", "birth_date_missing")),
        ({"sex": ""}, ("warning", "sex_missing")),
        ({"born": "2004-03-02"}, ("warning", "age_unusual")),
        ({"born": "2018-01-17", "sex": "male", "identity": "330105201801170267"}, ("warning", "sex_differs")),
    ],
)
def test_what_is_wrong_or_doubtful_is_told_by_its_code(
    change: dict[str, Any], expected: tuple[str, str], centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    base = {**families(3, identity="")[2], **change}
    row = [
        base["name"], {"male": "男", "female": "女", "": ""}[base["sex"]], str(base["born"]), base["identity"],
        base["father"], base["father_phone"], base["mother"], base["mother_phone"] if base["mother"] else "",
    ]  # fmt: skip
    header = ["孩子姓名", "性别", "出生日期", "身份证号", "父亲姓名", "父亲电话", "母亲姓名", "母亲电话"]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, [header, row]))
    assert said(preview, 1) == {expected}


@pytest.mark.clause("P1")
def test_an_empty_row_keeps_its_number_and_is_no_row(centre: Centre, tmp_path: Path) -> None:
    rows = exports.table("short", families(3), Random(5))
    rows.insert(2, [""] * len(rows[0]))
    for name in ("报名.xlsx", "报名.csv"):
        preview = form_import.preview(centre.receptionist, a_file(tmp_path, rows, name))
        assert [row.n for row in preview.rows] == [1, 3, 4]


@pytest.mark.clause("P1")
def test_the_same_child_and_a_brother_are_noticed_within_the_file(centre: Centre, tmp_path: Path) -> None:
    found = families(5)
    found[3] = {**found[0], "n": 4}
    found[4] = {**found[4], "father_phone": found[1]["father_phone"], "mother_phone": found[1]["mother_phone"]}
    rows = {row.n: row for row in seen(centre, tmp_path, found).rows}
    assert (rows[4].duplicate and rows[4].duplicate.row, rows[4].sibling) == (1, None)
    assert (rows[5].duplicate, rows[5].sibling and rows[5].sibling.row) == (None, 2)
    assert [n for n, row in rows.items() if row.duplicate or row.sibling] == [4, 5]


@pytest.mark.clause("P1")
def test_a_child_that_is_here_already_and_a_sister_of_one_are_noticed(centre: Centre, tmp_path: Path) -> None:
    known = builders.a_registration()
    student_id = builders.a_student(centre.manager, known)
    (number,) = database.execute_sql("SELECT number FROM student WHERE id = ?", (student_id,)).fetchone()
    same, sister = families(2)
    same |= {"name": known.child.name, "born": known.child.birth_date}
    sister |= {"father_phone": known.guardians[0].mobile}
    header = ["姓名", "生日", "家长", "电话"]
    rows = [[one["name"], str(one["born"]), one["father"], one["father_phone"]] for one in (same, sister)]
    first, second = form_import.preview(centre.receptionist, a_file(tmp_path, [header, *rows])).rows
    assert first.duplicate is not None
    assert (first.duplicate.known, first.duplicate.reference) == ("student", number)
    assert second.sibling is not None
    assert (second.sibling.known, second.sibling.id) == ("student", student_id)


def test_what_the_form_did_not_ask_is_said_once_and_not_of_every_row(centre: Centre, tmp_path: Path) -> None:
    preview = form_import.preview(
        centre.receptionist, a_file(tmp_path, exports.table("equal headers", families(3), Random(5))),
    )  # fmt: skip
    assert preview.everywhere == ("services_missing", "health_not_asked", "privacy_not_asked", "under_14_not_asked")
    assert not {one.code for row in preview.rows for one in row.checked.problems} & set(preview.everywhere)


def test_the_day_of_the_ages_can_be_set(centre: Centre, tmp_path: Path) -> None:
    found = families(1, identity="")
    path = a_file(tmp_path, exports.table("short", found, Random(5)))
    assert said(form_import.preview(centre.receptionist, path, today="2045-01-01"), 1) == {("warning", "age_unusual")}
    with pytest.raises(Refused, match="day_invalid"):
        form_import.preview(centre.receptionist, path, today="2045-02-30")


# correcting ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_a_cell_is_corrected_and_its_row_is_checked_again(centre: Centre, tmp_path: Path) -> None:
    found = families(3)
    found[1]["name"] = ""
    preview = seen(centre, tmp_path, found)
    column = preview.columns.index("child.name")
    corrected = preview.with_cell(2, column, "张珞晨")
    assert said(preview, 2) == {("error", "name_missing")}
    assert said(corrected, 2) == set()
    assert corrected.registration(2).child.name == "张珞晨"
    assert corrected.rows[1].cells[column] == "张珞晨"
    assert [row.n for row in corrected.rows] == [1, 2, 3]


@pytest.mark.clause("P1")
def test_columns_are_corrected_and_remembered_for_the_next_file_of_the_layout(centre: Centre, tmp_path: Path) -> None:
    header = ["姓名", "小名", "家长", "电话"]
    rows = [header, ["珞珞", "张珞晨", "张志强", "13812345678"]]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, rows))
    columns = ("", "child.name", "guardians.0.name", "guardians.0.mobile")
    assert preview.columns != columns
    corrected = preview.with_columns(columns)
    assert corrected.registration(1).child.name == "张珞晨"
    form_import.import_rows(centre.receptionist, corrected, opid=builders.opid())
    again = form_import.preview(
        centre.receptionist, a_file(tmp_path, [["1、姓名", "2、小名", "3、家长", "4、电话"], ["晨晨", "李沐阳",
            "李明", "13912345678"]]),
    )  # fmt: skip
    assert (again.columns, again.looked.remembered) == (columns, True)


def test_a_field_cannot_be_chosen_for_two_columns(centre: Centre, tmp_path: Path) -> None:
    preview = seen(centre, tmp_path, families(1), "short")
    with pytest.raises(Refused, match="import_columns_wrong"):
        preview.with_columns(("child.name", "child.name", *preview.columns[2:]))
    with pytest.raises(Refused, match="import_columns_wrong"):
        preview.with_columns(("student.name", *preview.columns[1:]))


# the import ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_rows_without_errors_become_applications_that_wait_for_review(centre: Centre, tmp_path: Path) -> None:
    found = families(6)
    found[2]["name"] = ""
    found[4] = {**found[0], "n": 5}
    preview = seen(centre, tmp_path, found)
    assert applications() == []
    done = form_import.import_rows(centre.receptionist, preview, opid=builders.opid())
    assert (done.rows, done.imported, done.with_errors, done.duplicates) == (6, 4, 1, 1)
    assert applications() == [(found[at]["name"], "online", "submitted") for at in (0, 1, 3, 5)]
    form = application.load(done.application_ids[0])
    child = form.registration.child
    assert (child.name, child.birth_date, child.school) == (
        found[0]["name"], found[0]["born"].isoformat(), found[0]["school"],
    )  # fmt: skip
    assert form.registration.services.wanted == found[0]["wanted"]
    assert [one.relation for one in form.registration.guardians] == ["father", "mother"]
    assert form.registration.consents[0].given is True
    assert review.waiting(centre.manager)[0].channel == "online"


@pytest.mark.clause("P1")
def test_the_log_tells_the_file_its_fingerprint_and_the_counts(centre: Centre, tmp_path: Path) -> None:
    preview = seen(centre, tmp_path, families(2))
    done = form_import.import_rows(centre.receptionist, preview, opid=builders.opid())
    action, kind, subject, details = database.execute_sql(
        "SELECT action, subject_kind, subject_id, details FROM operation_log ORDER BY seq DESC LIMIT 1",
    ).fetchone()
    assert (action, kind, subject) == ("import_applications", "import", done.batch_id)
    assert json.loads(details) == {
        "file": "报名.xlsx", "sha256": preview.sha256, "rows": 2, "imported": 2, "with_errors": 0, "duplicates": 0,
    }  # fmt: skip


@pytest.mark.clause("P1")
def test_the_same_file_again_is_noticed_and_doubles_nobody(centre: Centre, tmp_path: Path) -> None:
    path = a_file(tmp_path, exports.table("survey", families(3), Random(5)))
    form_import.import_rows(
        centre.receptionist, form_import.preview(centre.receptionist, path), opid=builders.opid(),
    )  # fmt: skip
    again = form_import.preview(centre.receptionist, path)
    assert [(one.file, one.who, one.imported) for one in again.earlier] == [("报名.xlsx", "林小婉", 3)]
    assert {row.duplicate and row.duplicate.kind for row in again.rows} == {"same_row"}
    with pytest.raises(Refused, match="nothing_to_import"):
        form_import.import_rows(centre.receptionist, again, opid=builders.opid())
    assert len(applications()) == 3


@pytest.mark.clause("P1")
def test_of_a_later_export_only_the_new_rows_go_in(centre: Centre, tmp_path: Path) -> None:
    found = families(5)
    form_import.import_rows(centre.receptionist, seen(centre, tmp_path, found[:3]), opid=builders.opid())
    later = seen(centre, tmp_path, found)
    assert later.earlier == ()
    assert form_import.import_rows(centre.receptionist, later, opid=builders.opid()).imported == 2


@pytest.mark.clause("P1")
def test_two_windows_with_the_same_file_do_not_import_it_twice(centre: Centre, tmp_path: Path) -> None:
    preview = seen(centre, tmp_path, families(3))
    form_import.import_rows(centre.receptionist, preview, opid=builders.opid())
    with pytest.raises(Refused, match="nothing_to_import"):
        form_import.import_rows(centre.manager, preview, opid=builders.opid())


def test_the_same_press_twice_imports_once(centre: Centre, tmp_path: Path) -> None:
    preview = seen(centre, tmp_path, families(3))
    opid = builders.opid()
    first = form_import.import_rows(centre.receptionist, preview, opid=opid)
    second = form_import.import_rows(centre.receptionist, preview, opid=opid)
    assert first.application_ids == second.application_ids
    assert len(applications()) == 3


@pytest.mark.clause("P1")
def test_a_double_that_somebody_found_to_be_another_child_goes_in(centre: Centre, tmp_path: Path) -> None:
    known = builders.a_registration()
    student_id = builders.a_student(centre.manager, known)
    header = ["姓名", "生日", "家长", "电话"]
    row = [known.child.name, known.child.birth_date, "刘强", "13700001111"]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, [header, row]))
    assert not preview.rows[0].goes_in
    done = form_import.import_rows(centre.receptionist, preview, opid=builders.opid(), take={1})
    assert application.load(done.application_ids[0]).not_same == (student_id,)


@pytest.mark.clause("P1")
def test_a_known_identity_number_never_goes_in_again(centre: Centre, tmp_path: Path) -> None:
    known = builders.a_registration()
    builders.a_student(centre.manager, known)
    header = ["姓名", "身份证", "家长", "电话"]
    row = ["另一个", known.child.identity_number, "刘强", "13700001111"]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, [header, row]))
    with pytest.raises(Refused, match="same_identity"):
        form_import.import_rows(centre.receptionist, preview, opid=builders.opid(), take={1})
    assert [one for one in applications() if one[1] == "online"] == []


@pytest.mark.clause("P1")
def test_a_former_student_with_the_same_number_comes_back(centre: Centre, tmp_path: Path) -> None:
    known = builders.a_registration()
    student_id = builders.a_student(centre.manager, known)
    with unit_of_work():
        database.execute_sql("UPDATE student SET state = 'left' WHERE id = ?", (student_id,))
    header = ["姓名", "身份证", "家长", "电话"]
    row = [known.child.name, known.child.identity_number, "刘强", "13700001111"]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, [header, row]))
    done = form_import.import_rows(centre.receptionist, preview, opid=builders.opid(), take={1})
    assert application.load(done.application_ids[0]).returning == student_id


@pytest.mark.clause("P1")
def test_a_brother_of_a_student_brings_the_known_guardian_along(centre: Centre, tmp_path: Path) -> None:
    known = builders.a_registration()
    student_id = builders.a_student(centre.manager, known)
    guardian = student_record.read(student_id, "2026-09-12").guardians[0]
    header = ["姓名", "生日", "家长", "关系", "电话", "家长2", "关系", "电话"]
    row = ["另一个", "2019-03-02", "王强", "爸爸", guardian.mobile, "李梅", "妈妈", guardian.mobile]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, [header, row]))
    assert preview.rows[0].sibling is not None
    done = form_import.import_rows(
        centre.receptionist, preview, opid=builders.opid(), take={1}, answers={1: form_import.SIBLING},
    )  # fmt: skip
    first, second = application.load(done.application_ids[0]).registration.guardians
    assert (first.id, first.name, first.relation) == (guardian.id, guardian.name, "father")
    assert (second.id, second.name) == (None, "李梅")  # the same phone twice: only one of them is the known guardian


@pytest.mark.clause("P1")
def test_a_child_that_somebody_found_to_be_no_brother_is_not_asked_about_again(
    centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    student_id = builders.a_student(centre.manager, builders.a_registration())
    mobile = student_record.read(student_id, "2026-09-12").guardians[0].mobile
    row = ["另一个", "2019-03-02", "王强", mobile]
    preview = form_import.preview(
        centre.receptionist, a_file(tmp_path, [["姓名", "生日", "家长", "电话"], row]),
    )  # fmt: skip
    done = form_import.import_rows(
        centre.receptionist, preview, opid=builders.opid(), take={1}, answers={1: form_import.OTHER},
    )  # fmt: skip
    assert application.load(done.application_ids[0]).not_same == (student_id,)


@pytest.mark.clause("P1")
def test_a_former_student_without_an_identity_number_comes_back_when_somebody_says_so(
    centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    known = builders.a_registration()
    student_id = builders.a_student(centre.manager, known)
    row = [known.child.name, known.child.birth_date, "刘强", "13700001111"]
    preview = form_import.preview(
        centre.receptionist, a_file(tmp_path, [["姓名", "生日", "家长", "电话"], row]),
    )  # fmt: skip
    answers = {1: form_import.RETURNS}
    with pytest.raises(Refused, match="not_a_former_student"):
        form_import.import_rows(centre.receptionist, preview, opid=builders.opid(), take={1}, answers=answers)
    with unit_of_work():
        database.execute_sql("UPDATE student SET state = 'left' WHERE id = ?", (student_id,))
    done = form_import.import_rows(centre.receptionist, preview, opid=builders.opid(), take={1}, answers=answers)
    assert application.load(done.application_ids[0]).returning == student_id


@pytest.mark.clause("P1")
def test_the_header_can_be_chosen_by_hand(centre: Centre, tmp_path: Path) -> None:
    rows = [["2026 秋季报名"], ["谁", "何时", "哪里"], ["张小明", "2018-03-02", "13812345678"]]
    reading = form_import.begin(centre.receptionist, a_file(tmp_path, rows))
    with pytest.raises(Refused, match="import_header_missing"):
        reading.look()
    (top,) = reading.tops()
    assert [line[0] for line in top.lines] == ["2026 秋季报名", "谁", "张小明"]
    chosen = replace(reading, header=(top.place, 2))
    preview = form_import.finish(centre.receptionist, chosen, chosen.look())
    assert (preview.looked.line, preview.looked.header, len(preview.rows)) == (2, ("谁", "何时", "哪里"), 1)
    with pytest.raises(Refused, match="import_header_missing"):
        replace(reading, header=(0, 9)).look()


@pytest.mark.clause("P1")
def test_one_row_with_an_error_among_the_chosen_stops_them_all(centre: Centre, tmp_path: Path) -> None:
    found = families(3)
    found[2]["name"] = ""
    preview = seen(centre, tmp_path, found)
    with pytest.raises(Refused) as told:
        form_import.import_rows(centre.receptionist, preview, opid=builders.opid(), take={1, 2, 3})
    assert (told.value.code, told.value.values) == ("rows_have_errors", {"row": 3})
    assert applications() == []
    assert database.execute_sql("SELECT count(*) FROM import_batch").fetchone() == (0,)


def test_a_preview_that_was_tampered_with_is_checked_again(centre: Centre, tmp_path: Path) -> None:
    found = families(1)
    found[0]["name"] = ""
    preview = seen(centre, tmp_path, found)
    lying = replace(preview, checked=tuple(one._replace(problems=()) for one in preview.checked))
    with pytest.raises(Refused, match="rows_have_errors"):
        form_import.import_rows(centre.receptionist, lying, opid=builders.opid())


def test_what_was_left_blank_is_taken_from_the_identity_number_and_the_question_stays(
    centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    header = ["姓名", "性别", "生日", "身份证", "家长", "电话"]
    row = ["张珞晨", "", "", "330105201801170267", "张志强", "13812345678"]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, [header, row]))
    assert said(preview, 1) == {("warning", "sex_missing"), ("warning", "birth_date_missing")}
    child = preview.registration(1).child
    assert (child.sex, child.birth_date) == ("female", "2018-01-17")


# what was left out --------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_rows_left_out_are_saved_with_a_reason_and_formulas_stay_text(centre: Centre, tmp_path: Path) -> None:
    found = families(3, needs="=cmd|' /C calc'!A0")
    found[1]["name"] = ""
    preview = seen(centre, tmp_path, found)
    path = form_import.save_left_out(
        centre.receptionist, preview, [2], tmp_path / "未导入.xlsx", "原因", lambda row: "没有姓名",
    )  # fmt: skip
    page = openpyxl.load_workbook(path).active
    assert page is not None
    lines = [[cell.value for cell in row] for row in page.iter_rows()]
    assert lines[0][:2] == ["原因", "序号"]
    assert (len(lines), lines[1][0]) == (2, "没有姓名")
    cell = next(cell for cell in page[2] if str(cell.value).startswith("=cmd"))
    assert cell.data_type == "s"


# hostile files ------------------------------------------------------------------------------------------------------


def whole() -> dict[str, int]:
    tables = ("application", "import_batch", "import_row", "import_layout", "operation_log")
    return {name: database.execute_sql(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def spread_out() -> bytes:
    """A workbook of some hundred bytes whose two cells lie 17,000,000,000 cells apart."""
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(exports.workbook([["姓名", "电话"]]))) as good, zipfile.ZipFile(content, "w") as bad:
        for member in good.infolist():
            inside = good.read(member)
            if member.filename.endswith("sheet1.xml"):
                cell = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
                inside = inside.replace(b"</sheetData>", cell)
            bad.writestr(member, inside)
    return content.getvalue()


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("content", "codes"),
    [
        pytest.param(spread_out(), {"file_unreadable", "too_many_import_columns"}, id="two cells far apart"),
        pytest.param(exports.workbook([["姓名", "电话"]])[:-200], {"file_unreadable"}, id="truncated"),
        pytest.param(b"\x89PNG\r\n\x1a\n", {"file_is_no_table"}, id="wrong kind"),
        pytest.param(b"%PDF-1.7", {"form_file_damaged"}, id="a broken form of ours"),
        pytest.param(exports.text([["水果", "价格"], ["苹果", "3"]]), {"import_header_missing"}, id="another table"),
        pytest.param(('"' + "x" * 3_000_000).encode(), {"file_unreadable", "file_is_no_table"},
        id="one endless line"),
    ],
)
def test_a_hostile_file_is_refused_in_one_word_and_changes_nothing(
    content: bytes, codes: set[str], centre: Centre, tmp_path: Path, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / "报名.xlsx"
    path.write_bytes(content)
    before = whole()
    with pytest.raises(Refused) as told:
        form_import.preview(centre.receptionist, path)
    assert told.value.code in codes
    assert whole() == before
    assert capfd.readouterr() == ("", "")


def test_a_file_that_takes_too_long_is_given_up(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(form_import, "LIMITS", apart.Limits(seconds=0))
    with pytest.raises(Refused, match="file_unreadable"):
        seen(centre, tmp_path, families(2))


def test_a_missing_file_is_told(centre: Centre, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_not_found"):
        form_import.preview(centre.receptionist, tmp_path / "nothing.xlsx")


@pytest.mark.clause("P13")
def test_a_teacher_may_neither_look_nor_import(centre: Centre, tmp_path: Path) -> None:
    path = a_file(tmp_path, exports.table("short", families(1), Random(5)))
    with pytest.raises(Refused, match="no_right"):
        form_import.preview(centre.teacher, path)


def test_a_stored_form_of_before_this_import_is_still_read() -> None:
    assert from_plain({"services": {"start_date": "2026-09-01"}}).services.wanted == ""


# which cell a problem speaks of ---------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_every_problem_leads_to_the_cell_that_it_speaks_of(centre: Centre, tmp_path: Path) -> None:
    header = ["姓名", "性别", "生日", "爸爸姓名", "爸爸电话", "妈妈姓名", "妈妈电话", "紧急联系人", "紧急联系电话"]
    rows = [
        header,
        ["", "男", "2018-02-30", "", "", "林晓月", "1365212714", "陈秀英", "12"],
        ["张珞晨", "", "2018-03-05", "", "", "", "", "陈秀英", "13900001111"],
    ]  # fmt: skip
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, rows))

    def marked(n: int) -> set[tuple[str, str]]:
        told = {one.code: preview.column_of(n, one.field) for one in preview.rows[n - 1].checked.problems}
        return {(code, header[at]) for code, at in told.items() if at is not None}

    assert marked(1) >= {("name_missing", "姓名"), ("birth_date_invalid", "生日"), ("phone_missing", "妈妈电话")}
    assert marked(2) >= {("sex_missing", "性别"), ("guardian_missing", "爸爸姓名")}
    assert preview.column_of(1, "contacts.0.mobile") == header.index("紧急联系电话")


@pytest.mark.clause("P1")
def test_a_second_phone_without_a_name_is_a_number_to_call_and_no_guardian(centre: Centre, tmp_path: Path) -> None:
    rows = [["姓名", "家长姓名", "联系电话1", "联系电话2"], ["张珞晨", "张志强", "13812345678", "13912345678"]]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, rows))
    whole = preview.registration(1)
    assert not preview.rows[0].has_error
    assert [one.mobile for one in whole.guardians] == ["13812345678"]
    assert [one.mobile for one in whole.contacts] == ["13912345678"]
    assert "contact_name_missing" in {one.code for one in preview.rows[0].checked.problems}


def test_what_a_family_says_of_the_way_home_is_kept(centre: Centre, tmp_path: Path) -> None:
    header = ["姓名", "家长", "电话", "是否自行回家"]
    said = ["16:30 以后可以", "坐校车", "否", "是"]
    rows = [[f"张珞{one}", "张志强", f"1381234567{n}", one] for n, one in enumerate(said)]
    preview = form_import.preview(centre.receptionist, a_file(tmp_path, [header, *rows]))
    ways = [preview.registration(n).pick_up for n in (1, 2, 3, 4)]
    assert [(one.goes_home_alone, one.alone_from) for one in ways] == [(True, "16:30"), *[(False, "")] * 3]
    assert [one.note for one in ways] == ["", "坐校车", "", "是"]


def test_somebody_pays_even_when_the_first_phone_has_no_name(centre: Centre, tmp_path: Path) -> None:
    header = ["姓名", "父亲姓名", "父亲电话", "母亲姓名", "母亲电话"]
    rows = [header, ["张珞晨", "", "13812345678", "林晓月", "13912345678"]]
    (payer,) = form_import.preview(centre.receptionist, a_file(tmp_path, rows)).registration(1).guardians
    assert (payer.name, payer.payer) == ("林晓月", True)
