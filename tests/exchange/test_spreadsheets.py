"""Spreadsheets: what was typed stays text, nothing half written, big ones by a child process."""

import csv
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.errors import Refused
from app.exchange import spreadsheets
from app.exchange.spreadsheets import Column, Sheet

HOSTILE = (
    "=1+1", "+86 138", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")', "http://example.org", "007", "1e5",
    "20260318", "真·名", "𠮷野", "a\nb", '"', "'", "\x00\x01x", "x" * 40_000,
)  # fmt: skip


def sheet(*rows: tuple[Any, ...]) -> Sheet:
    return Sheet("学员名单", (Column("姓名"), Column("余额", "money"), Column("人数", "number")), rows)


def read(path: Path) -> list[tuple[Any, ...]]:
    return list(load_workbook(path).active.iter_rows(values_only=True))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_text_and_no_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    spreadsheets.write(path, sheet((text, 0, 1)))
    cell = load_workbook(path).active["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    clean = "".join(sign for sign in text if sign not in "\x00\x01")[: spreadsheets.LONGEST_CELL]
    assert cell.value.replace("\r", "\n") == clean.replace("\r", "\n")


def test_money_is_a_number_with_two_decimals(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    spreadsheets.write(path, sheet(("张珞晨", -156_000, 3), ("李沐阳", 58_050, None), ("", None, 0)))
    assert read(path)[1:] == [("张珞晨", -1560, 3), ("李沐阳", 580.5, None), (None, None, 0)]
    assert load_workbook(path).active["B2"].number_format.startswith("#,##0.00")


def test_csv_opens_in_excel_and_calculates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    spreadsheets.write(path, sheet(("=1+1", -48_005, 2), ("张珞晨", 5, None)))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["姓名", "余额", "人数"], ["'=1+1", "-480.05", "2"], ["张珞晨", "0.05", ""]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.integers(-(10**12), 10**12), st.integers(0, 9)), max_size=5))
def test_any_text_can_be_written(tmp_path: Path, rows: list[tuple[str, int, int]]) -> None:
    for name in ("a.xlsx", "a.csv"):
        spreadsheets.write(tmp_path / name, sheet(*rows))
    if rows:
        assert [row[1] for row in read(tmp_path / "a.xlsx")[1:]] == [fen / 100 for _, fen, _ in rows]


def test_a_big_list_is_written_by_a_child_process_that_tells_how_far_it_is(tmp_path: Path) -> None:
    path, told = tmp_path / "big.xlsx", []
    rows = tuple((f"学员{at}", at, at) for at in range(spreadsheets.ALONE_FROM))
    spreadsheets.write(path, sheet(*rows), lambda done, total: told.append((done, total)))
    assert len(read(path)) == len(rows) + 1
    assert told == [(done, 2_000) for done in (500, 1_000, 1_500, 2_000)]


class CancelledError(Exception):
    pass


@pytest.mark.parametrize("count", [600, spreadsheets.ALONE_FROM])
def test_cancelled_leaves_nothing_behind(tmp_path: Path, count: int) -> None:
    def cancel(done: int, total: int) -> None:
        raise CancelledError

    before = tmp_path / "a.xlsx"
    before.write_bytes(b"the list of yesterday")
    with pytest.raises(CancelledError):
        spreadsheets.write(before, sheet(*[("x", 1, 1)] * count), cancel)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.xlsx", b"the list of yesterday")]


@pytest.mark.parametrize("count", [1, spreadsheets.ALONE_FROM])
def test_a_folder_that_is_not_there_is_said_with_the_name(tmp_path: Path, count: int) -> None:
    with pytest.raises(Refused) as stop:
        spreadsheets.write(tmp_path / "gone" / "名单.xlsx", sheet(*[("x", 1, 1)] * count))
    assert (stop.value.code, stop.value.values["name"]) == ("file_not_written", "名单.xlsx")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as stop:
        spreadsheets.write(tmp_path / "名单.pdf", sheet())
    assert stop.value.code == "unknown_file_kind"


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    with pytest.raises(Refused) as stop:
        spreadsheets.write(tmp_path / "a.csv", sheet(*[("x", 1, 1)] * 3))
    assert (stop.value.code, stop.value.values["rows"]) == ("too_many_rows", 3)


def test_the_file_holds_no_shared_formula_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    spreadsheets.write(path, sheet(("=1+1", 1, 1)))
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
