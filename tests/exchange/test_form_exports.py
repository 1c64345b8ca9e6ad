"""Files of form services are read whatever their kind and encoding; hostile and broken ones are refused in one word."""

import random as chance
import zipfile
from datetime import date, datetime
from io import BytesIO
from random import Random

import openpyxl
import pytest

from app.errors import Refused
from app.exchange.form_exports import kinds, reading
from app.exchange.form_exports.sheet import MOST_COLUMNS, MOST_ROWS
from tests import exports

REFUSALS = {
    "file_too_big", "file_empty", "file_encrypted", "file_is_no_table", "file_unreadable", "too_many_import_rows",
    "too_many_import_columns",
}  # fmt: skip
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how a .xls begins, and a workbook with a password
ROWS = [["姓名", "性别", "电话"], ["张珞晨", "女", "13812345678"], ["李沐阳", "男", "13912345678"]]


def first(content: bytes) -> tuple[tuple[str, ...], ...]:
    return next(iter(reading.sheets(content))).rows


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as told:
        list(reading.sheets(content))
    return told.value.code


# what is read -------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_is_read_in_every_encoding_and_with_every_separator(encoding: str, separator: str) -> None:
    assert first(exports.text(ROWS, encoding, separator)) == tuple(tuple(row) for row in ROWS)


def test_traditional_characters_of_a_big5_file_are_among_the_readings() -> None:
    rows = [["學生姓名", "性別"], ["張珞晨", "女"]]
    readings = [sheet.rows for sheet in reading.sheets(exports.text(rows, "big5"))]
    assert tuple(tuple(row) for row in rows) in readings


@pytest.mark.clause("P1")
def test_a_workbook_gives_text_numbers_without_a_point_and_days_as_iso() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "电话", "生日", "时间", "是否", "价"])
    page.append(["张珞晨", 13812345678, date(2018, 3, 5), datetime(2026, 9, 1, 9, 30), True, 1.5])
    content = BytesIO()
    book.save(content)
    assert first(content.getvalue())[1] == ("张珞晨", "13812345678", "2018-03-05", "2026-09-01 09:30:00", "是", "1.5")


def test_empty_rows_between_others_stay_and_those_at_the_end_go() -> None:
    rows = [["姓名", "电话"], ["张珞晨", "1"], ["", ""], ["李沐阳", "2"], ["", ""]]
    for content in (exports.workbook(rows), exports.text(rows)):
        assert first(content) == (("姓名", "电话"), ("张珞晨", "1"), ("", ""), ("李沐阳", "2"))


def test_every_sheet_that_holds_something_is_offered() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("空")
    page = book.create_sheet("报名")
    page.append(["姓名", "电话"])
    content = BytesIO()
    book.save(content)
    assert [sheet.title for sheet in reading.sheets(content.getvalue())] == ["报名"]


@pytest.mark.clause("P1")
def test_formula_text_stays_text_and_the_guard_of_our_own_csv_comes_off() -> None:
    rows = [["姓名", "备注"], ["张珞晨", '=HYPERLINK("http://x","y")'], ["李沐阳", "@SUM(1)"]]
    assert first(exports.workbook(rows))[1:] == (tuple(rows[1]), tuple(rows[2]))
    guarded = [rows[0], ["张珞晨", "'=1+1"], ["李沐阳", "'只是引号"]]
    assert [row[1] for row in first(exports.text(guarded))] == ["备注", "=1+1", "'只是引号"]


def test_a_live_formula_gives_no_more_than_the_value_that_was_saved_with_it() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "备注"])
    page.append(["张珞晨", "=1+1"])
    content = BytesIO()
    book.save(content)
    assert first(content.getvalue())[1] in {("张珞晨", ""), ("张珞晨", "0")}


# what is refused ----------------------------------------------------------------------------------------------------


def zipped(**members: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, inside in members.items():
            bundle.writestr(name.replace("__", "/").replace("_dot_", "."), inside)
    return content.getvalue()


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "file_empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n", "file_empty", id="only a mark"),
        pytest.param(b"%PDF-1.7 ...", "file_is_no_table", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(200), "file_is_no_table", id="picture"),
        pytest.param(b"<html><table><tr><td>x</td></tr></table></html>", "file_is_no_table", id="web page"),
        pytest.param(bytes(range(1, 9)) * 50, "file_is_no_table", id="no text"),
        pytest.param("只有一列\n没有表\n".encode(), "file_is_no_table", id="prose"),
        pytest.param(b"PK\x03\x04" + bytes(100), "file_unreadable", id="half a zip"),
        pytest.param(zipped(word__document_dot_xml=b"<x/>"), "file_is_no_table", id="a letter"),
        pytest.param(OLD + "EncryptedPackage".encode("utf-16-le"), "file_encrypted", id="password"),
        pytest.param(OLD + bytes(3000), "file_unreadable", id="half an old workbook"),
        pytest.param(b"x" * (kinds.MOST_BYTES + 1), "file_too_big", id="huge"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_word(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.clause("P1")
def test_too_many_rows_or_columns_are_refused() -> None:
    assert refused(exports.text([["姓名", "电话"]] * (MOST_ROWS + 200))) == "too_many_import_rows"
    assert refused(exports.text([["x"] * (MOST_COLUMNS + 1)] * 2)) == "too_many_import_columns"
    assert refused(exports.workbook([["姓名"] * (MOST_COLUMNS + 1)])) == "too_many_import_columns"


@pytest.mark.clause("P1")
def test_bombs_are_refused_before_they_are_unpacked() -> None:
    blanks = zipped(xl__workbook_dot_xml=b"<x/>", xl__worksheets__sheet1_dot_xml=b" " * 70_000_000)
    assert refused(blanks) == "file_too_big"
    many = zipped(**{f"xl__{n}": b"" for n in range(2_100)}, xl__workbook_dot_xml=b"<x/>")
    assert refused(many) == "file_unreadable"
    assert refused("姓名,".encode() * 2_500_000) == "file_is_no_table"


def test_a_member_that_lies_about_its_size_is_found_before_the_reader_sees_it() -> None:
    content = bytearray(zipped(xl__workbook_dot_xml=b"<x/>", xl__worksheets__sheet1_dot_xml=b" " * 70_000_000))
    size = (70_000_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Refused, match="file_unreadable"):
        kinds.kind(bytes(content))


@pytest.mark.clause("P1")
def test_a_workbook_whose_parts_need_a_password_is_told_as_such() -> None:
    content = bytearray(exports.workbook(ROWS))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    assert refused(bytes(content)) == "file_encrypted"


def test_a_path_out_of_the_workbook_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as bundle:
        bundle.writestr("xl/workbook.xml", "<x/>")
        bundle.writestr("../../evil.txt", "x")
    assert refused(content.getvalue()) == "file_unreadable"


def mutated(content: bytes, random: Random) -> bytes:
    """The file with some bytes changed, cut out, doubled, or its end lost."""
    changed = bytearray(content)
    for _ in range(random.randint(1, 8)):
        at, size = random.randrange(len(changed)), random.randint(1, 40)
        kind = random.randrange(4)
        if kind == 0:
            changed[at] = random.randrange(256)
        elif kind == 1:
            del changed[at : at + size]
        elif kind == 2:
            changed[at:at] = changed[at : at + size]
        elif len(changed) > 200:
            del changed[-size:]
    return bytes(changed) or b"x"


def mutated_inside(content: bytes, random: Random) -> bytes:
    """A workbook whose zip is whole, with one of its parts mutated."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as good, zipfile.ZipFile(changed, "w") as bad:
        members = good.infolist()
        victim = random.choice([one for one in members if one.filename.endswith(".xml")])
        for member in members:
            inside = good.read(member)
            bad.writestr(member.filename, mutated(inside, random) if member is victim else inside)
    return changed.getvalue()


def read_or_refuse(content: bytes) -> str:
    """'' when it was read; everything else than a refusal of ours comes through."""
    try:
        for sheet in reading.sheets(content):
            assert len({len(row) for row in sheet.rows}) <= 1
    except Refused as told:
        return told.code
    return ""


@pytest.mark.clause("P1")
@pytest.mark.parametrize("count", [150, pytest.param(1_500, marks=pytest.mark.long)])
def test_mutated_workbooks_are_read_or_refused(count: int) -> None:
    random = chance.Random(7)
    original = exports.workbook(exports.table("brackets", exports.family(random, 20), random))
    ways = (mutated, mutated_inside)
    answers = [read_or_refuse(ways[turn % 2](original, random)) for turn in range(count)]
    assert "" in answers
    assert "file_unreadable" in answers
    assert {*answers} <= REFUSALS | {""}


@pytest.mark.clause("P1")
@pytest.mark.parametrize("count", [400, pytest.param(4_000, marks=pytest.mark.long)])
def test_mutated_csv_files_are_read_or_refused(count: int) -> None:
    random = chance.Random(8)
    rows = exports.table("survey", exports.family(random, 20), random)
    originals = [exports.text(rows, encoding) for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16")]
    answers = {read_or_refuse(mutated(random.choice(originals), random)) for _ in range(count)}
    assert "" in answers
    assert answers <= REFUSALS | {""}


def test_a_workbook_with_macros_is_read_without_them() -> None:
    content = BytesIO(exports.workbook(ROWS))
    with zipfile.ZipFile(content, "a") as bundle:
        bundle.writestr("xl/vbaProject.bin", b"Sub Workbook_Open() ...")
    assert first(content.getvalue()) == tuple(tuple(row) for row in ROWS)
