"""The command `import`: JSON for other programs, a table for people, and the import itself."""

import json
from pathlib import Path
from random import Random

import pytest

from app import command_line
from app.models.database import database
from app.printing import application_form
from tests import exports
from tests.commands.conftest import run_on
from tests.conftest import PASSWORD, Centre
from tests.printing import samples
from tests.printing.filling import filled

pytestmark = pytest.mark.usefixtures("password_given")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = exports.family(Random(5), 6)
    found[1]["name"] = ""
    found[3] = {**found[0], "n": 4}
    found[4] |= {"father_phone": found[2]["father_phone"], "mother_phone": found[2]["mother_phone"]}
    rows = exports.table("survey", found, Random(5))
    rows.insert(6, [""] * len(rows[0]))
    path = tmp_path / "报名.xlsx"
    path.write_bytes(exports.workbook(rows))
    return path


def run(
    capsys: pytest.CaptureFixture[str], centre: Centre, *arguments: object, user: str = "receptionist",
) -> tuple[int, str, str]:  # fmt: skip
    return run_on(capsys, centre, user, "import", *arguments)


def count(centre: Centre) -> int:
    centre.open()
    found = database.execute_sql("SELECT count(*) FROM application WHERE channel = 'online'").fetchone()[0]
    centre.close()
    return int(found)


@pytest.mark.clause("P1")
def test_the_preview_prints_one_json_object_a_row_and_nothing_else(
    closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, out, error = run(capsys, closed_centre, file, "--preview", "--json", "--today", "2026-09-12")
    assert (code, error) == (0, "")
    rows = {row["row"]: row for row in map(json.loads, out.splitlines())}
    assert list(rows) == [1, 2, 3, 4, 5, 7]
    assert {"field": "child.name", "code": "name_missing", "strength": "error"} in rows[2]["problems"]
    assert (rows[4]["duplicate_of"], rows[5]["sibling_of"]) == (1, 3)
    assert set(rows[1]) == {"row", "problems", "duplicate_of", "sibling_of"}
    assert count(closed_centre) == 0


@pytest.mark.clause("P1")
def test_without_preview_the_rows_go_in_and_the_counts_are_told(
    closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, out, _ = run(capsys, closed_centre, file)
    assert code == 0
    assert out == "已导入 4 行，共 6 行；有错误未导入 1 行，重复未导入 1 行。\n"
    assert count(closed_centre) == 4
    _, out, _ = run(capsys, closed_centre, file, "--preview", "--json")
    again = {row["row"]: row["duplicate_of"] for row in map(json.loads, out.splitlines())}
    assert str(again[1]).startswith("application ")
    code, out, error = run(capsys, closed_centre, file)
    assert (code, out) == (2, "")
    assert len(error.splitlines()) == 1
    assert count(closed_centre) == 4


def test_the_preview_for_people_names_the_rows_that_ask_for_something(
    closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, out, _ = run(capsys, closed_centre, file, "--preview")
    lines = out.splitlines()
    assert code == 0
    assert any(line.startswith("第 2 行") for line in lines)
    assert any("与第 1 行重复" in line for line in lines)
    assert lines[-1] == "共 6 行：可以导入 4 行，有错误 1 行，重复 1 行。"


def test_without_a_name_it_is_whoever_set_the_folder_up(
    closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert command_line.main(["--data", str(closed_centre.folder), "import", str(file), "--preview", "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 6


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    "arguments",
    [("gone.xlsx",), ("gone.xlsx", "--preview", "--json"), (), ("a.xlsx", "b.xlsx"), ("a.xlsx", "--json"),
        ("a.xlsx", "--today")],
)  # fmt: skip
def test_what_is_asked_for_wrongly_is_one_sentence(
    arguments: tuple[str, ...], closed_centre: Centre, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, out, error = run(capsys, closed_centre, *arguments)
    assert (code, out, len(error.splitlines())) == (2, "", 1)
    assert error.strip().endswith(("。", "."))


@pytest.mark.clause("P13")
def test_who_has_no_right_and_who_has_no_password_are_told(
    closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for user, password in (("teacher", PASSWORD), ("receptionist", "not the one")):
        monkeypatch.setenv(command_line.PASSWORD_VARIABLE, password)
        code, out, error = run(capsys, closed_centre, file, user=user)
        assert (code, out, len(error.splitlines())) == (2, "", 1)
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, PASSWORD)
    assert count(closed_centre) == 0


@pytest.mark.clause("P1")
def test_a_folder_of_filled_forms_is_imported_and_what_cannot_be_read_is_named(
    closed_centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder, form = tmp_path / "表", application_form.fillable(samples.FORM)
    folder.mkdir()
    family = {
        "child.name": "张珺晨", "child.birth_date": "2018-04-16", "child.sex": "女", "guardians.0.name": "李明",
        "guardians.0.relation": "父亲", "guardians.0.mobile": "13805712236",
    }  # fmt: skip
    (folder / "1.pdf").write_bytes(filled(form, family))
    (folder / "2.pdf").write_bytes(form)
    code, out, error = run(capsys, closed_centre, folder, "--today", "2026-09-12")
    assert (code, error) == (0, "2.pdf: 这份报名表还是空白的。请让家长填好、保存后再发来。\n")
    assert out.startswith("已导入 1 行")
