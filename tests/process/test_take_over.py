"""A centre takes over its current children from its own list in an evening (P19)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.errors import Refused
from app.models.database import database
from app.process import account, checks, ledger, payment, prices, student_file, student_list, take_over
from app.process.take_over import ListPreview
from app.rules.opening.values import left_text
from tests import builders, centre_lists, exports
from tests.conftest import Centre

HEADER = ("姓名", "家长", "电话", "托管班", "托管类型", "已交至", "剩余天数", "剩餐", "欠费", "余额", "学号", "备注")
USUAL = ("张珞晨", "林晓月", "13800000001", "三年级晚托班", "晚托", "2026-12-31", "", "", "", "", "", "")


def a_row(**changes: Any) -> list[Any]:
    """A row of a small list; `changes` by the words above its columns."""
    return [changes.get(title, value) for title, value in zip(HEADER, USUAL, strict=True)]


def seen(centre: Centre, folder: Path, rows: Sequence[Sequence[Any]], **more: Any) -> ListPreview:
    path = folder / "在托名单.xlsx"
    path.write_bytes(exports.workbook([list(HEADER), *rows]))
    return take_over.preview(centre.manager, path, **more)


def taken(centre: Centre, folder: Path, *rows: Sequence[Any]) -> tuple[int, ...]:
    preview = seen(centre, folder, rows)
    return take_over.take_over(
        centre.manager, preview, opid=builders.opid(), new_classes=preview.new_classes,
    ).student_ids  # fmt: skip


def codes(preview: ListPreview, n: int = 1) -> set[tuple[str, str]]:
    row = next(row for row in preview.rows if row.n == n)
    return {(one.strength, one.code) for one in row.checked.problems}


def counts() -> tuple[int, ...]:
    tables = ("student", "ledger", "enrolment_line", "take_over", "care_class", "operation_log")
    return tuple(database.execute_sql(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)


# an evening ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P19")
def test_128_children_on_a_sheet_for_each_class_are_taken_over_as_meant(centre: Centre, tmp_path: Path) -> None:
    children = centre_lists.children(Random(3), 128)
    path = tmp_path / "2026秋在托学员.xlsx"
    path.write_bytes(centre_lists.by_class(Random(3), children))
    preview = take_over.preview(centre.manager, path)
    assert len(preview.rows) == 128
    assert Counter(one.code for row in preview.rows for one in row.checked.problems) == {}
    assert set(preview.new_classes) == {"二年级晚托班", "四年级午晚托班", "五六年级晚托班"}
    done = take_over.take_over(centre.manager, preview, opid="evening", new_classes=preview.new_classes)
    assert (done.taken, done.with_errors, done.duplicates, done.families) == (128, 0, 0, 110)
    assert done.debt_fen == sum(one["debt_fen"] for one in children)
    assert done.credit_fen == sum(one["credit_fen"] for one in children)
    for one in children:
        (student_id,) = database.execute_sql("SELECT id FROM student WHERE name = ?", (one["name"],)).fetchone()
        profile = student_file.profile(centre.manager, student_id)
        assert (profile.state, profile.class_name) == ("enrolled", one["class"])
        assert {line.service_name for line in profile.registration.services.lines} == set(one["services"])
        assert profile.ends_on == one["until"].isoformat()
        assert profile.balance_fen == one["debt_fen"] - one["credit_fen"]
    centre.close()
    assert [one.code for one in checks.check(centre.folder, centre.key) if one.strength == "damage"] == []


@pytest.mark.clause("P19")
def test_128_children_on_one_sheet_with_ticks_and_months_are_taken_over_too(centre: Centre, tmp_path: Path) -> None:
    children = [{**one, "days": 12 if one["n"] % 9 == 0 else 0} for one in centre_lists.children(Random(5), 128)]
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(centre_lists.on_one_sheet(Random(5), children))
    preview = take_over.preview(centre.manager, path)
    assert (len(preview.rows), [row.n for row in preview.rows if row.has_error]) == (128, [])
    done = take_over.take_over(centre.manager, preview, opid="evening", new_classes=preview.new_classes)
    assert done.taken == 128
    assert done.debt_fen == sum(one["debt_fen"] for one in children)
    assert "guardian_named_by_child" in preview.everywhere
    found = database.execute_sql("SELECT count(*), sum(tenths) FROM opening_left WHERE kind = 'days'").fetchone()
    assert found == (14, 14 * 120)


# a row --------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P19")
def test_nothing_is_written_before_it_is_said(centre: Centre, tmp_path: Path) -> None:
    before = counts()
    preview = seen(centre, tmp_path, [a_row(欠费="300")])
    preview.with_cell(1, 0, "李一诺")
    take_over.refresh(centre.manager, preview)
    assert counts() == before


@pytest.mark.clause("P19")
def test_what_was_paid_is_not_charged_again_and_the_ledger_says_until_when(centre: Centre, tmp_path: Path) -> None:
    (student_id,) = taken(centre, tmp_path, a_row())
    page = ledger.page(centre.manager, student_id)
    (row,) = page.rows
    assert (row.kind, row.fen, row.service, row.period_from, row.period_to) == (
        "opening", 0, "晚托", "2026-09-12", "2026-12-31",
    )  # fmt: skip
    assert (page.charged_fen, page.balance_fen) == (0, 0)
    assert account.items(student_id) == ()
    (line,) = student_file.profile(centre.manager, student_id).registration.services.lines
    assert line.paid_before
    assert (line.from_date, line.to_date) == ("2026-09-12", "2026-12-31")


@pytest.mark.clause("P19")
def test_services_are_changed_later_without_charging_what_was_paid(centre: Centre, tmp_path: Path) -> None:
    (student_id,) = taken(centre, tmp_path, a_row())
    profile = student_file.profile(centre.manager, student_id)
    whole = profile.registration
    more = builders.a_line("午托", session="lunch", from_date="2026-10-01", to_date="2026-10-31", unit_fen=60_000,
    quantity=1)
    ended = replace(whole.services.lines[0], to_date="2026-11-30")
    wanted = replace(whole, services=replace(whole.services, lines=(ended, more)))
    student_file.save_section(centre.manager, student_id, "services", wanted, profile.version)
    assert student_file.profile(centre.manager, student_id).ends_on == "2026-11-30"
    assert account.balance(student_id) == 60_000


@pytest.mark.clause("P19")
def test_debt_and_credit_stand_under_their_own_kind_with_their_notes(centre: Centre, tmp_path: Path) -> None:
    owing, having = taken(
        centre, tmp_path, a_row(欠费="300"), a_row(姓名="李一诺", 电话="13800000002", 余额="余120.5"),
    )  # fmt: skip
    rows = [(row.kind, row.fen, row.note) for row in ledger.page(centre.manager, owing).rows if row.fen]
    assert rows == [("opening", 30_000, "期初欠费")]
    rows = [(row.kind, row.fen, row.note) for row in ledger.page(centre.manager, having).rows if row.fen]
    assert rows == [("opening", -12_050, "期初结余")]


@pytest.mark.clause("P19")
def test_a_payment_settles_an_opening_debt(centre: Centre, tmp_path: Path) -> None:
    (student_id,) = taken(centre, tmp_path, a_row(欠费="300"))
    (item,) = payment.open_items(centre.manager, student_id).items
    assert (item.kind, item.open_fen) == ("opening", 30_000)
    receipt = payment.take(
        centre.manager, student_id=student_id, methods=(payment.Paid("cash", 30_000),), opid="pay",
    )  # fmt: skip
    assert receipt.balance_fen == 0
    assert payment.open_items(centre.manager, student_id).items == ()


@pytest.mark.clause("P19")
def test_an_opening_credit_pays_later_charges_and_stays_the_familys_money_when_one_is_reversed(
    centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    (student_id,) = taken(centre, tmp_path, a_row(余额="120"))
    charge = builders.a_charge(centre.manager, student_id, 20_000)
    payment.take(centre.manager, student_id=student_id, methods=(payment.Paid("cash", 8_000),), opid="pay")
    assert payment.open_items(centre.manager, student_id).items == ()
    assert ledger.goes_with(centre.manager, charge) == ()
    ledger.reverse(centre.manager, charge, "没有领材料", opid="back")
    assert account.balance(student_id) == -20_000
    centre.close()
    assert [one.code for one in checks.check(centre.folder, centre.key) if one.strength == "damage"] == []


@pytest.mark.clause("P19")
def test_days_and_meals_left_are_kept_and_days_tell_the_end(centre: Centre, tmp_path: Path) -> None:
    (student_id,) = taken(centre, tmp_path, a_row(已交至="", 剩余天数="10天", 剩餐="5.5"))
    rows = database.execute_sql("SELECT kind, tenths, as_of FROM opening_left ORDER BY id").fetchall()
    assert [(kind, left_text(tenths), day) for kind, tenths, day in rows] == [
        ("days", "10", "2026-09-12"), ("meals", "5.5", "2026-09-12"),
    ]  # fmt: skip
    assert student_file.profile(centre.manager, student_id).ends_on == "2026-09-25"


@pytest.mark.clause("P19")
def test_brothers_and_sisters_share_their_guardian(centre: Centre, tmp_path: Path) -> None:
    one, other, third = taken(
        centre, tmp_path, a_row(), a_row(姓名="张一诺"), a_row(姓名="李可馨", 家长="王芳", 电话="13900000009"),
    )  # fmt: skip
    profile = student_file.profile(centre.manager, one)
    assert [sibling.student_id for sibling in profile.siblings] == [other]
    families = dict(database.execute_sql("SELECT student_id, family FROM take_over_child").fetchall())
    assert families == {one: 1, other: 1, third: 3}


@pytest.mark.clause("P19")
def test_a_guardian_of_whom_only_the_phone_is_known_gets_the_name_that_another_row_tells(
    centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    one, other = taken(centre, tmp_path, a_row(家长=""), a_row(姓名="张一诺"))
    for student_id in (one, other):
        (guardian,) = student_file.profile(centre.manager, student_id).registration.guardians
        assert guardian.name == "林晓月"


@pytest.mark.clause("P19")
def test_a_child_is_found_by_the_number_of_the_old_list(centre: Centre, tmp_path: Path) -> None:
    (student_id,) = taken(centre, tmp_path, a_row(学号="VIP-0815"))
    for text in ("0815", "VIP"):
        assert list(student_list.ids(centre.manager, text=text)) == [student_id]


@pytest.mark.clause("P19")
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"已交至": "看情况"}, ("error", "opening_until_unclear")),
        ({"已交至": "2026-08-31"}, ("warning", "opening_until_past")),
        ({"已交至": ""}, ("warning", "opening_until_missing")),
        ({"已交至": "2026.1"}, ("warning", "opening_until_october")),
        ({"托管类型": "书法"}, ("error", "opening_service_unknown")),
        ({"托管类型": "", "托管班": "彩虹班"}, ("error", "opening_service_missing")),
        ({"托管类型": "", "托管班": "彩虹班", "已交至": ""}, ("warning", "opening_services_none")),
        ({"剩餐": "若干"}, ("error", "opening_left_unclear")),
        ({"剩余天数": "-2"}, ("warning", "opening_left_below_zero")),
        ({"欠费": "三百"}, ("error", "opening_money_unclear")),
        ({"欠费": "-300"}, ("warning", "opening_money_sign")),
        ({"欠费": "300", "余额": "20"}, ("warning", "opening_debt_and_credit")),
        ({"电话": "123"}, ("error", "phone_prefix")),
        ({"家长": ""}, ("warning", "guardian_named_by_child")),
    ],
)  # fmt: skip
def test_what_is_wrong_or_doubtful_is_told(
    change: dict[str, str], expected: tuple[str, str], centre: Centre, tmp_path: Path,
) -> None:  # fmt: skip
    preview = seen(centre, tmp_path, [a_row(**change)])
    assert expected in codes(preview)
    field = next(one.field for one in preview.rows[0].checked.problems if one.code == expected[1])
    assert preview.column_of(1, field) is not None


def test_a_service_that_is_only_told_by_the_class_is_found(centre: Centre, tmp_path: Path) -> None:
    preview = seen(centre, tmp_path, [a_row(托管类型="")])
    assert codes(preview) == set()
    assert [line.service.name for line in preview.opening(1).lines] == ["晚托"]


def test_a_corrected_cell_and_a_service_that_was_added_are_seen(centre: Centre, tmp_path: Path) -> None:
    preview = seen(centre, tmp_path, [a_row(托管类型="书法", 欠费="三百")])
    preview = preview.with_cell(1, HEADER.index("欠费"), "300")
    assert codes(preview) == {("error", "opening_service_unknown")}
    prices.save_service(centre.manager, None, "书法", "care", "after_school", "")
    preview = take_over.refresh(centre.manager, preview)
    assert codes(preview) == set()
    assert preview.opening(1).debt_fen == 30_000


# what is refused ----------------------------------------------------------------------------------------------------


@pytest.mark.clause("P19")
def test_a_class_that_is_not_there_is_made_only_when_it_is_agreed(centre: Centre, tmp_path: Path) -> None:
    preview = seen(centre, tmp_path, [a_row(托管班="彩虹班")])
    before = counts()
    with pytest.raises(Refused, match="classes_not_agreed"):
        take_over.take_over(centre.manager, preview, opid="one")
    assert counts() == before
    take_over.take_over(centre.manager, preview, opid="two", new_classes=("彩虹班",))
    assert database.execute_sql("SELECT count(*) FROM care_class WHERE name = '彩虹班'").fetchone() == (1,)


@pytest.mark.clause("P19")
def test_a_row_with_an_error_stays_out_and_is_not_taken_by_hand_either(centre: Centre, tmp_path: Path) -> None:
    rows = [a_row(), a_row(姓名="", 电话="13800000002")]
    preview = seen(centre, tmp_path, rows)
    before = counts()
    with pytest.raises(Refused, match="rows_have_errors"):
        take_over.take_over(centre.manager, preview, opid="one", take=(1, 2))
    assert counts() == before
    done = take_over.take_over(centre.manager, preview, opid="two")
    assert (done.taken, done.with_errors) == (1, 1)


@pytest.mark.clause("P19")
def test_the_same_list_again_takes_nobody_twice(centre: Centre, tmp_path: Path) -> None:
    rows = [a_row(欠费="300"), a_row(姓名="李一诺", 电话="13800000002")]
    first = seen(centre, tmp_path, rows)
    done = take_over.take_over(centre.manager, first, opid="one")
    before = counts()
    assert take_over.take_over(centre.manager, first, opid="one") == done
    again = take_over.preview(centre.manager, tmp_path / "在托名单.xlsx")
    assert [row.duplicate.kind for row in again.rows if row.duplicate] == ["same_row", "same_row"]
    assert [one.imported for one in again.earlier] == [2]
    with pytest.raises(Refused, match="nothing_to_import"):
        take_over.take_over(centre.manager, again, opid="two")
    assert counts() == before


@pytest.mark.clause("P19")
def test_a_child_that_is_a_student_or_applied_already_is_noticed(centre: Centre, tmp_path: Path) -> None:
    child = builders.a_registration(name="赵梓涵", birth_date="2018-03-02", identity_number="")
    builders.a_student(centre.manager, child)
    phone = child.guardians[0].mobile
    preview = seen(centre, tmp_path, [a_row(姓名="赵梓涵", 家长=child.guardians[0].name, 电话=phone)])
    (row,) = preview.rows
    assert row.duplicate or row.sibling


@pytest.mark.clause("P13")
def test_who_has_not_the_right_sees_nothing_of_it(centre: Centre, tmp_path: Path) -> None:
    preview = seen(centre, tmp_path, [a_row()])
    for actor in (centre.receptionist, centre.finance, centre.teacher):
        for call in (
            lambda who: take_over.begin(who, tmp_path / "在托名单.xlsx"),
            lambda who: take_over.refresh(who, preview),
            lambda who: take_over.take_over(who, preview, opid="no"),
        ):
            with pytest.raises(Refused, match="no_right"):
                call(actor)
