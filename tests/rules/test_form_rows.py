"""Rows of form exports: whatever stands in them, each is told its problems, and nothing else happens (P1)."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules import form_rows
from app.rules.form_columns import columns
from app.rules.problem import ERROR
from tests import exports

TODAY = "2026-09-12"
SALT = b"salt"
CELLS = st.text(max_size=40) | st.sampled_from(
    [
        "", " ", "无", "/", "男", "♀", "张珞晨", "2018-03-05", "13812345678", "１３８１２３４５６７８", "三（2）班",
        "张志强（父亲）",
        "=1+1", "是", "330106201911213412", "<b>", "\u200b", "\ud800", "0", "13812345678/13912345678", "2018-02-30",
        "99999999999999999999",
    ],
)  # fmt: skip
OURS = {
    "name_missing", "birth_date_invalid", "birth_date_future", "identity_invalid", "phone_invalid", "guardian_missing",
}  # fmt: skip


def table(layout: str, count: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    random = Random(4)
    header, *rows = exports.table(layout, exports.family(random, count), random)
    texts = [tuple(str(int(one) if isinstance(one, float) else one) for one in row) for row in rows]
    return tuple(map(str, header)), texts


def checked(
    header: tuple[str, ...], rows: Sequence[tuple[str, ...]], proposed: tuple[str, ...] = (),
) -> tuple[form_rows.Checked, ...]:  # fmt: skip
    return form_rows.check(header, proposed or columns.propose(header, rows, TODAY), rows, {}, TODAY, SALT)


@pytest.mark.clause("P1")
@settings(max_examples=150)
@given(layout=st.sampled_from(sorted(exports.LAYOUTS)), data=st.data())
def test_whatever_stands_in_the_cells_the_row_is_checked_and_errors_have_known_names(
    layout: str, data: st.DataObject,
) -> None:  # fmt: skip
    header, _ = table(layout, 1)
    row = tuple(data.draw(st.lists(CELLS, min_size=len(header), max_size=len(header))))
    _, good = table(layout, 5)
    proposed = columns.propose(header, good, TODAY)
    for one in checked(header, [row], proposed):
        assert {form_rows.outside(problem.code) for problem in one.problems if problem.strength == ERROR} <= OURS
        prepared = form_rows.plan(header, proposed, [row], TODAY)
        assert form_rows.registration(row, prepared) == form_rows.registration(row, prepared)


@pytest.mark.clause("P1")
@settings(max_examples=80)
@given(
    layout=st.sampled_from(["survey", "brackets"]), at=st.integers(0, 18), text=CELLS,
)  # fmt: skip
def test_one_cell_that_is_changed_touches_no_other_row(layout: str, at: int, text: str) -> None:
    header, rows = table(layout, 6)
    proposed = columns.propose(header, rows, TODAY)
    before = checked(header, rows, proposed)
    changed = [*rows]
    changed[2] = (*rows[2][:at], text, *rows[2][at + 1 :])
    after = checked(header, changed, proposed)
    assert [one for one in after if one.n != 3] == [one for one in before if one.n != 3]


@pytest.mark.clause("P1")
@given(order=st.permutations(range(19)))
@settings(max_examples=60)
def test_the_order_of_the_columns_does_not_matter_where_the_words_are_clear(order: list[int]) -> None:
    header, rows = table("brackets", 3)
    moved = tuple(header[at] for at in order)
    moved_rows = [tuple(row[at] for at in order) for row in rows]
    proposed = columns.propose(header, rows, TODAY)
    assert columns.propose(moved, moved_rows, TODAY) == tuple(proposed[at] for at in order)
    assert [one.digest for one in checked(moved, moved_rows)] == [one.digest for one in checked(header, rows)]


@pytest.mark.clause("P1")
def test_rows_with_different_answers_have_different_digests_and_the_salt_counts() -> None:
    header, rows = table("survey", 50)
    digests = [one.digest for one in checked(header, rows)]
    assert len({*digests}) == 50
    proposed = columns.propose(header, rows, TODAY)
    others = form_rows.check(header, proposed, rows, {}, TODAY, b"other")
    assert {one.digest for one in others}.isdisjoint(digests)


@pytest.mark.clause("P1")
def test_an_invalid_phone_that_two_rows_share_makes_no_family() -> None:
    header = ("姓名", "家长", "电话")
    rows = [("张珞晨", "张志强", "1365212714"), ("李沐阳", "李明", "1365212714")]
    assert form_rows.compare(checked(header, rows), (), {}) == {}
