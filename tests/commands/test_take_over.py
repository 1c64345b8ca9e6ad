"""The command `take-over`: JSON for other programs, a table for people, and the taking over itself (P19)."""

import json
from pathlib import Path
from random import Random

import pytest

from app.models.database import database
from tests import centre_lists
from tests.commands.conftest import run_on
from tests.conftest import Centre

pytestmark = pytest.mark.usefixtures("password_given")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    children = centre_lists.children(Random(3), 12)
    children[2]["mother_phone"] = "123"
    path = tmp_path / "在托.xlsx"
    path.write_bytes(centre_lists.by_class(Random(3), children))
    return path


def run(
    capsys: pytest.CaptureFixture[str], centre: Centre, *arguments: object, user: str = "manager",
) -> tuple[int, str, str]:  # fmt: skip
    return run_on(capsys, centre, user, "take-over", *arguments)


def students(centre: Centre) -> int:
    centre.open()
    (count,) = database.execute_sql("SELECT count(*) FROM student WHERE state = 'enrolled'").fetchone()
    centre.close()
    return int(count)


@pytest.mark.clause("P19")
def test_the_preview_prints_one_json_object_a_row_and_nothing_else(
    closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, out, error = run(capsys, closed_centre, file, "--preview", "--json", "--today", "2026-09-12")
    assert (code, error) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == 12
    assert set(rows[0]) == {"row", "problems", "duplicate_of", "sibling_of", "sheet", "line", "opening"}
    (wrong,) = (row for row in rows if any(one["strength"] == "error" for one in row["problems"]))
    assert (wrong["sheet"], wrong["problems"][0]["code"]) == ("四年级午晚托班", "phone_invalid")
    assert {row["opening"]["class"] for row in rows} == set(centre_lists.CLASSES)
    assert students(closed_centre) == 0


@pytest.mark.clause("P19")
def test_without_preview_they_are_enrolled_and_the_counts_are_told(
    closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, out, error = run(capsys, closed_centre, file)
    assert (code, out, students(closed_centre)) == (2, "", 0)
    assert error.startswith("这些托管班还没有：二年级晚托班")
    code, out, error = run(capsys, closed_centre, file, "--new-classes")
    assert (code, error) == (0, "")
    assert out.startswith("已接收 11 名学员、10 个家庭，名单共 12 行；有错误未接收 1 行，重复未接收 0 行。")
    assert students(closed_centre) == 11
    code, out, error = run(capsys, closed_centre, file, "--new-classes")
    assert (code, out, len(error.splitlines()), students(closed_centre)) == (2, "", 1, 11)


def test_the_preview_for_people_names_the_rows_that_ask_for_something(
    closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, out, _ = run(capsys, closed_centre, file, "--preview")
    lines = out.splitlines()
    assert code == 0
    assert lines[-2].startswith("还没有的托管班：")
    assert lines[-1].startswith("共 12 行：可以接收 11 行（其中 ")
    assert any(line.startswith("“四年级午晚托班”第 ") for line in lines)


@pytest.mark.clause("P13")
@pytest.mark.parametrize("user", ["receptionist", "teacher", "finance"])
def test_who_has_no_right_is_told(
    user: str, closed_centre: Centre, file: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, out, error = run(capsys, closed_centre, file, user=user)
    assert (code, out, len(error.splitlines()), students(closed_centre)) == (2, "", 1, 0)
