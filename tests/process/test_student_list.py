"""The student list: search, filters, order, rows, sums, export, on both paths (index and roll)."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.errors import Refused
from app.exchange import spreadsheets
from app.models.database import database, unit_of_work
from app.process import data_folder, office, student_file, student_keys, student_list, student_roll
from app.process.actor import Actor
from app.process.student_list import Query, Sums
from tests import builders
from tests.conftest import Centre, Clock

NAMES = tuple(surname + given for surname in builders.SURNAMES for given in builders.GIVEN)
STATES = ("enrolled", "enrolled", "enrolled", "paid", "entered", "left", "archived", "suspended")


def many(centre: Centre, count: int, seed: int = 1) -> None:
    """Students as rows, so that some hundred cost nothing; balances come with a ledger row each."""
    chance = random.Random(seed)
    with unit_of_work():
        for at in range(1, count + 1):
            name, number, phone = chance.choice(NAMES), f"2025{at:04d}", f"138{chance.randrange(10**8):08d}"
            keys = student_keys.keys(name, number, [phone])
            ends = chance.choice(("", "2026-09-10", "2026-09-20", "2026-09-26", "2026-09-27", "2027-01-22"))
            database.execute_sql(
                "INSERT INTO student (id, number, state, name, initials, sort_key, search, sex, grade, class_id,"
                " ends_on, unsigned, entered_by, entered_on) VALUES (?, ?, ?, ?, ?, ?, ?, 'female', ?, ?, ?, ?, 1, ?)",
                (
                    at, number, chance.choice(STATES), name, keys.initials, keys.sort_key, keys.search,
                    chance.choice(("k3", "1", "2", "3", "9", "")), chance.choice((None, 1, 2)), ends,
                    chance.choice((0, 0, 0, 1)), chance.choice(("2026-09-06", "2026-09-07", "2026-09-12")),
                ),
            )  # fmt: skip
            fen = chance.choice((0, 0, 0, 156_000, 48_000, -32_000))
            if fen:
                database.execute_sql(
                    "INSERT INTO ledger (opid, student_id, kind, fen, date, entered_at, entered_by)"
                    " VALUES (?, ?, 'opening', ?, '2026-09-01', '2026-09-01T10:00:00', 1)",
                    (f"opening:{at}", at, fen),
                )


@pytest.fixture(params=["index", "roll"])
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways of searching; small pieces, so that their edges are met."""
    monkeypatch.setattr(student_roll, "WORTH_IT", 0 if request.param == "roll" else 10**9)
    monkeypatch.setattr(student_roll, "CHUNK", 37)
    monkeypatch.setattr(student_roll, "BLOCK", 1_000)
    monkeypatch.setattr("app.process.student_search._PIECE", 41)
    monkeypatch.setattr("app.process.student_search._FIRST_PIECE", 13)
    yield str(request.param)
    student_roll.forget()


@pytest.fixture
def full(centre: Centre, path: str) -> Centre:
    many(centre, 300)
    if path == "roll":
        while not student_list.prepare(centre.manager, 1):
            pass
        assert student_roll.current() is not None
    return centre


def plainly(where: str = "1", order: str = "sort_key, id", **values: object) -> list[int]:
    """What one simple statement says."""
    return [row[0] for row in database.execute_sql(f"SELECT id FROM student WHERE {where} ORDER BY {order}", values)]


CONDITION = {
    "all": "1",
    "active": "state IN ('entered', 'paid', 'enrolled')",
    "arrears": "balance_fen > 0",
    "ending": "state IN ('entered', 'paid', 'enrolled') AND ends_on <> '' AND ends_on <= '2026-09-26'",
    "unsigned": "unsigned AND state NOT IN ('left', 'archived')",
    "entered": "state = 'entered'",
}


# filters and counts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", student_list.FILTERS)
def test_each_chip_shows_its_students_and_their_count(full: Centre, name: str) -> None:
    found = student_list.ids(full.manager, filters=(name,)).tolist()
    assert found == plainly(CONDITION[name])
    assert student_list.counts(full.manager)[name] == len(found) > 0


def test_how_many_were_entered_since_monday(full: Centre) -> None:
    assert student_list.counts(full.manager)["new"] == len(plainly("entered_on >= '2026-09-07'"))


def test_filters_class_and_text_must_all_fit(full: Centre) -> None:
    found = student_list.ids(full.manager, filters=("active", "arrears"), class_id=2, text="张").tolist()
    both = f"{CONDITION['active']} AND {CONDITION['arrears']} AND class_id = 2 AND name LIKE '%张%'"
    assert found == plainly(both)
    assert found


def test_an_unknown_filter_or_order_is_refused(centre: Centre) -> None:
    for query, code in ((Query(filter="gone"), "unknown_filter"), (Query(sort="size"), "unknown_order")):
        with pytest.raises(Refused) as stop:
            student_list.search(centre.manager, query)
        assert stop.value.code == code


# search -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("张珞晨", "name = '张珞晨'"),
        ("珞晨", "name LIKE '%珞晨'"),
        ("zlc", "initials = 'ZLC'"),
        ("ZHANGLUO", "name LIKE '张珞%'"),
        ("luochen", "name LIKE '%珞晨'"),
        ("zhang luo", "name LIKE '张珞%'"),
        ("20250017", "number = '20250017'"),
        ("zzzz", "0"),
        ("没有", "0"),
        ("  ", "1"),
        ("%", "1"),
    ],
)
def test_search_by_name_pinyin_initials_and_number(full: Centre, text: str, where: str) -> None:
    assert student_list.ids(full.manager, text=text).tolist() == plainly(where)


def test_search_by_the_end_of_a_phone_as_people_write_it(full: Centre) -> None:
    (search,) = database.execute_sql("SELECT search FROM student WHERE id = 5").fetchone()
    phone = next(part for part in search.split("|") if len(part) == 11)
    for text in (phone, phone[-4:], f"{phone[:3]} {phone[3:7]} {phone[7:]}", f"{phone[:3]}-{phone[3:7]}"):
        assert 5 in student_list.ids(full.manager, text=text)


def test_any_query_gives_the_same_on_both_paths(full: Centre) -> None:
    chance = random.Random(7)
    searches = [row[0] for row in database.execute_sql("SELECT search FROM student ORDER BY id")]
    for _ in range(60):
        fields = chance.choice(searches).split("|")
        text = chance.choice([field for field in fields if field])[: chance.randrange(1, 6)]
        needle = f"|{text}" if text.isascii() and text.isalpha() else text
        wanted = plainly("instr(search, :needle) > 0", needle=needle)
        assert student_list.ids(full.manager, text=text).tolist() == wanted, text


def test_the_first_are_there_at_once_and_the_rest_in_slices(full: Centre) -> None:
    search = student_list.search(full.manager, Query())
    first = search.first()
    assert 64 <= len(first) < 300
    assert not search.done
    while not search.step(0.0001):
        pass
    assert search.ids.tolist() == plainly()
    assert search.ids[: len(first)] == first
    assert search.step()


def test_a_write_between_two_slices_does_no_harm(full: Centre) -> None:
    search = student_list.search(full.manager, Query())
    search.first()
    builders.a_student(full.manager, name="安一一", class_id=None)
    while not search.step(0.0001):
        pass
    assert set(plainly("id <= 300")) <= set(search.ids)
    assert 301 in student_list.ids(full.manager)


def test_what_is_in_memory_is_thrown_away_at_any_write(full: Centre, path: str) -> None:
    student_id = builders.a_student(full.manager, name="安一一", class_id=None)
    assert student_roll.current() is None
    assert student_list.ids(full.manager, text="ayy").tolist() == [student_id]


def test_nothing_stays_in_memory_when_the_folder_is_locked(full: Centre, path: str) -> None:
    data_folder.lock()
    assert student_roll._roll is None
    assert student_roll._building is None


# order --------------------------------------------------------------------------------------------------------------

ORDERS = {
    "name": ("sort_key, id", "sort_key DESC, id DESC"),
    "number": ("number", "number DESC"),
    "ends_on": ("ends_on = '', ends_on", "ends_on = '', ends_on DESC"),
    "balance": ("-balance_fen", "balance_fen"),
    "class": ("class_id IS NULL, class_id", "class_id IS NULL, class_id DESC"),
    "grade": ("grade = '', grade <> 'k3', grade", "grade = '', grade DESC"),
}


@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize("text", ["", "zhang"])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", student_list.SORTS)
def test_every_order_up_and_down(
    full: Centre, monkeypatch: pytest.MonkeyPatch, sort: str, descending: bool, text: str, few: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr("app.process.student_search.FEW", 10**6 if few else 0)
    found = student_list.ids(full.manager, sort=sort, descending=descending, text=text).tolist()
    wanted = plainly("instr(search, :text) > 0", ORDERS[sort][descending], text="|zhang" if text else "|")
    column = {"balance": "balance_fen", "class": "class_id", "name": "sort_key"}.get(sort, sort)
    value = dict(database.execute_sql(f"SELECT id, {column} FROM student").fetchall())
    if sort == "grade" and descending:
        wanted = sorted(wanted, key=lambda one: (value[one] == "", value[one] == "k3"))
    assert sorted(found) == sorted(wanted)
    assert [value[one] for one in found] == [value[one] for one in wanted]


def test_within_a_class_the_names_stand_in_order(full: Centre) -> None:
    found = student_list.ids(full.manager, sort="class").tolist()
    assert found == plainly(order="class_id IS NULL, class_id, sort_key, id")


# rows ---------------------------------------------------------------------------------------------------------------


def test_a_line_of_the_list_shows_what_people_look_for(centre: Centre) -> None:
    meal = builders.a_line("晚餐", session="none", unit="meal", unit_fen=1_500, quantity=92)
    form = builders.a_registration(name="单雪", lines=(builders.a_line(), meal))
    (row,) = student_list.rows(centre.manager, [builders.a_student(centre.manager, form)])
    assert (row.name, row.initials, row.class_name, row.grade, row.school_class, row.services) == (
        "单雪", "SX", "三年级晚托班", "3", "（2）班", "晚托、晚餐",
    )  # fmt: skip
    assert (row.guardian, row.mobile, row.ends_on, row.balance_fen, row.state, row.marks) == (
        form.guardians[0].name, form.guardians[0].mobile, "2027-01-22", 528_000, "entered", ("arrears", "unsigned"),
    )  # fmt: skip


def test_rows_come_in_the_order_of_the_ids(full: Centre) -> None:
    assert [row.id for row in student_list.rows(full.manager, [7, 3, 299, 99_999, 5])] == [7, 3, 299, 5]


def test_ending_soon_is_a_mark_of_its_own(centre: Centre, the_clock: Clock) -> None:
    student_id = builders.a_student(centre.manager)
    for day, ending in (("2027-01-07", False), ("2027-01-08", True), ("2027-01-25", True)):
        the_clock.set(day)
        (row,) = student_list.rows(centre.manager, [student_id])
        assert ("ending" in row.marks) is ending


def test_the_pane_shows_a_student_at_a_glance(centre: Centre) -> None:
    form = builders.a_registration(
        allergies="花生、腰果",
        marks=("food_allergy",),
        birth_date="2018-04-16",
        identity_number="",
    )
    student_id = builders.a_student(centre.manager, form)
    pane = student_list.detail(centre.receptionist, student_id)
    assert (pane.allergies, pane.age, pane.charged_fen, pane.paid_fen) == ("花生、腰果", (8, 4), 390_000, 0)
    assert [(one.name, one.relation) for one in pane.people] == [
        (form.guardians[0].name, "father"), ("陈秀英", "grandmother_m"),
    ]  # fmt: skip
    assert [(line.service, line.to_date, line.days_left) for line in pane.lines] == [("晚托", "2027-01-22", 131)]
    assert [(one.text_code, one.text_value) for one in pane.events] == [("approve_application", "20260001")]


@pytest.mark.parametrize("many_ids", [True, False])
def test_sums_of_a_selection(full: Centre, monkeypatch: pytest.MonkeyPatch, many_ids: bool) -> None:
    monkeypatch.setattr(student_list, "_MANY", 0 if many_ids else 10**6)
    chosen = student_list.ids(full.manager, filters=("active",))
    balances = [fen for (fen,) in database.execute_sql(f"SELECT balance_fen FROM student WHERE {CONDITION['active']}")]
    sums = student_list.sums(full.manager, chosen)
    assert (sums.students, sums.owed_fen, sums.credit_fen, sums.owing) == (
        len(chosen), sum(fen for fen in balances if fen > 0), -sum(fen for fen in balances if fen < 0),
        sum(fen > 0 for fen in balances),
    )  # fmt: skip


# who sees whom ------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P8")
def test_a_teacher_sees_the_own_classes_alone(full: Centre) -> None:
    other = office.save_class(full.manager, None, "二年级晚托班", "203", 20, None)
    with unit_of_work():
        database.execute_sql("UPDATE student SET class_id = ? WHERE class_id = 2", (other,))
    while not student_list.prepare(full.manager, 1):
        pass
    own = plainly("class_id = 1")
    assert student_list.ids(full.teacher).tolist() == own
    assert student_list.ids(full.teacher, class_id=other).tolist() == []
    by_number = student_list.ids(full.manager, sort="number")
    assert student_list.ids(full.teacher, sort="number").tolist() == [one for one in by_number if one in set(own)]
    assert student_list.counts(full.teacher)["all"] == len(own)
    everybody = student_list.ids(full.manager)
    assert [row.id for row in student_list.rows(full.teacher, everybody)] == own
    assert student_list.sums(full.teacher, everybody).students == len(own)


@pytest.mark.clause("P8")
def test_who_is_a_teacher_and_something_else_sees_everybody(full: Centre) -> None:
    office.set_roles(full.manager, full.teacher.user_id, ("teacher", "receptionist"))
    assert len(student_list.ids(full.teacher)) == 300


@pytest.mark.clause("P10")
def test_who_neither_takes_payments_nor_sees_the_ledger_sees_no_money(full: Centre, tmp_path: Path) -> None:
    owing = plainly("balance_fen > 0 AND class_id = 1")[:5]
    assert {row.balance_fen for row in student_list.rows(full.teacher, owing)} == {None}
    assert not any("arrears" in row.marks for row in student_list.rows(full.teacher, owing))
    assert student_list.sums(full.teacher, owing) == Sums(5, None, None, None)
    assert "arrears" not in student_list.counts(full.teacher)
    pane = student_list.detail(full.teacher, owing[0])
    assert (pane.balance_fen, pane.charged_fen, pane.paid_fen) == (None, None, None)
    assert student_file.profile(full.teacher, owing[0]).balance_fen is None
    for query in (Query(filter="arrears"), Query(filters=("active", "arrears")), Query(sort="balance")):
        with pytest.raises(Refused) as stop:
            student_list.search(full.teacher, query)
        assert (stop.value.code, stop.value.values["right"]) == ("no_right", "see_ledger")
    office.set_grants(full.manager, "teacher", ("see_students", "export"))
    path = student_list.export(full.teacher, owing, COLUMNS, tmp_path / "a.csv", WORDS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == ["学员", "监护人", "手机", "学员编号", "状态"]


@pytest.mark.clause("P10")
def test_nobody_sees_the_sums_of_a_long_list_without_seeing_money(
    full: Centre,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(student_list, "_MANY", 0)
    office.set_grants(full.manager, "receptionist", ("see_students",))
    everybody = student_list.ids(full.receptionist)
    assert student_list.sums(full.receptionist, everybody) == Sums(300, None, None, None)


@pytest.mark.clause("P10")
def test_money_is_seen_as_far_as_the_right_reaches(full: Centre) -> None:
    office.set_grants(full.manager, "teacher", ("see_students", "see_ledger"))
    own = plainly("balance_fen > 0 AND class_id IN (1, 2)")
    assert student_list.ids(full.teacher, filters=("arrears",)).tolist() == own
    assert all(row.balance_fen for row in student_list.rows(full.teacher, own))
    office.set_grants(full.manager, "receptionist", ("see_students",))
    office.set_roles(full.manager, full.teacher.user_id, ("teacher", "receptionist"))
    assert len(student_list.ids(full.teacher)) == 300
    assert {row.balance_fen for row in student_list.rows(full.teacher, own)} == {None}


def test_nobody_without_the_right_sees_the_list(centre: Centre) -> None:
    office.set_grants(centre.manager, "finance", ("see_ledger",))
    calls = (
        student_list.counts,
        lambda actor: student_list.search(actor, Query()),
        lambda actor: student_list.rows(actor, [1]),
        lambda actor: student_list.sums(actor, [1]),
        lambda actor: student_list.detail(actor, 1),
        student_list.prepare,
    )
    for call in calls:
        with pytest.raises(Refused) as stop:
            call(centre.finance)
        assert (stop.value.code, stop.value.values["right"]) == ("no_right", "see_students")


# export -------------------------------------------------------------------------------------------------------------

COLUMNS = [("name", "学员"), ("guardian", "监护人"), ("balance", "余额"), ("number", "学员编号"), ("state", "状态")]


WORDS = {"column": {"mobile": "手机"}, "state": {"entered": "已录入"}, "grade": {"g3": "三年级"}}


def test_the_export_is_what_is_seen_with_phones_and_numbers_as_text(centre: Centre, tmp_path: Path) -> None:
    first = builders.a_student(centre.manager, name="张珞晨", mobile="13805712236")
    second = builders.a_student(centre.manager, name="安一一")
    path = student_list.export(centre.manager, [first, second], COLUMNS, tmp_path / "学员名单.xlsx", WORDS)
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0] == ("学员", "监护人", "手机", "余额", "学员编号", "状态")
    assert rows[1][:5] == ("张珞晨", "张志强", "13805712236", -3_900, "20260001")
    assert (rows[2][0], rows[2][5]) == ("安一一", "已录入")


def test_an_export_is_logged_and_needs_the_right(centre: Centre, tmp_path: Path) -> None:
    student_id = builders.a_student(centre.manager)
    before = database.execute_sql("SELECT count(*) FROM operation_log").fetchone()[0]
    with pytest.raises(Refused) as stop:
        student_list.export(centre.receptionist, [student_id], COLUMNS, tmp_path / "a.csv")
    assert stop.value.values["right"] == "export"
    student_list.export(centre.finance, [student_id], COLUMNS, tmp_path / "a.csv")
    (action, details, after) = database.execute_sql(
        "SELECT action, details, seq FROM operation_log ORDER BY seq DESC LIMIT 1",
    ).fetchone()  # fmt: skip
    assert (action, after) == ("export_students", before + 1)
    assert '"students":1' in details
    assert "张" not in details


@pytest.mark.parametrize(
    ("ids", "columns", "name", "code"),
    [
        ([], COLUMNS, "a.xlsx", "nothing_to_export"),
        ([1], [("photo", "照片")], "a.xlsx", "nothing_to_export"),
        ([1], COLUMNS, "a.docx", "unknown_file_kind"),
    ],
)
def test_what_cannot_be_exported_is_said_before_anything_is_logged(
    centre: Centre, tmp_path: Path, ids: list[int], columns: list[tuple[str, str]], name: str, code: str,
) -> None:  # fmt: skip
    before = database.execute_sql("SELECT count(*) FROM operation_log").fetchone()
    with pytest.raises(Refused) as stop:
        student_list.export(centre.manager, ids, columns, tmp_path / name)
    assert (stop.value.code, database.execute_sql("SELECT count(*) FROM operation_log").fetchone()) == (code, before)


def test_a_teacher_with_the_right_exports_the_own_class_alone(full: Centre, tmp_path: Path) -> None:
    office.set_grants(full.manager, "teacher", ("see_students", "export"))
    office.save_class(full.manager, 2, "一年级午托班", "102", 20, None)
    everybody = student_list.ids(full.manager)
    job = student_list.begin_export(full.teacher, everybody, COLUMNS, tmp_path / "a.csv")
    assert job.students == len(plainly("class_id = 1"))


@pytest.mark.clause("P10")
def test_a_long_list_is_written_in_another_process_and_equals_the_list_that_is_seen(
    full: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    ids = student_list.ids(full.manager, sort="number", descending=True)
    here = student_list.export(full.manager, ids, COLUMNS, tmp_path / "here.csv", WORDS)
    monkeypatch.setattr(spreadsheets, "ALONE_FROM", 10)
    job = student_list.begin_export(full.manager, ids, COLUMNS, tmp_path / "apart.csv", WORDS)
    assert job.sheet is None
    assert full.key.hex() not in repr(job)
    told: list[tuple[int, int]] = []
    job.write(lambda done, total: told.append((done, total)))
    assert (tmp_path / "apart.csv").read_text(encoding="utf-8-sig") == here.read_text(encoding="utf-8-sig")
    with (tmp_path / "apart.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))[1:]
    seen = [(row.name, row.guardian, row.mobile, row.number) for row in student_list.rows(full.manager, ids)]
    assert [(row[0], row[1], row[2], row[4]) for row in written] == seen
    assert job.students == len(seen) == 300
    assert told == sorted(told)
    assert told[-1][0] <= told[-1][1] == 600


def test_a_teacher_gets_only_the_own_class_out_of_the_other_process_too(
    full: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(spreadsheets, "ALONE_FROM", 10)
    office.set_grants(full.manager, "teacher", ("see_students", "export"))
    office.save_class(full.manager, 2, "一年级午托班", "102", 20, None)
    everybody = student_list.ids(full.manager)
    job = student_list.begin_export(full.teacher, everybody, COLUMNS, tmp_path / "a.csv")
    lines = job.write().read_text(encoding="utf-8-sig").splitlines()
    assert job.students == len(lines) - 1 == len(plainly("class_id = 1"))


def test_a_long_export_that_is_stopped_leaves_no_file(
    full: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(spreadsheets, "ALONE_FROM", 10)
    job = student_list.begin_export(full.manager, student_list.ids(full.manager), COLUMNS, tmp_path / "a.xlsx")

    class Stopped(Exception):  # noqa: N818 - as Cancelled
        pass

    def cancel(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        job.write(cancel)
    assert [one.name for one in tmp_path.iterdir()] == ["data"]
    assert not capfd.readouterr().err


def test_the_actor_is_first(centre: Centre) -> None:
    assert isinstance(centre.manager, Actor)
    assert student_list.ids(centre.manager).tolist() == []
