"""Blocks over pages, QR codes, and the words of dates and numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing import flow, qr_code, words
from app.printing.flow import Block


def a_block(height: float = 10, **more: object) -> Block:
    return Block(height, lambda paper, y, own: None, **more)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.floats(1, 60), st.booleans()), min_size=1, max_size=40))
def test_every_block_stands_once_inside_a_page_in_order(sizes: list[tuple[float, bool]]) -> None:
    blocks = [a_block(height, gap=2.0, keep=keep and place % 3 == 0) for place, (height, keep) in enumerate(sizes)]
    pages = flow.paginate(blocks, 40, 20, 270)
    placed = [one for page in pages for one in page]
    assert [one.block for one in placed] == blocks
    for page in pages:
        for above, below in pairwise(page):
            assert below.top >= above.top + above.height
        assert page[-1].top + page[-1].height <= 270 + 1e-6


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    heading, text = a_block(10, keep=True), a_block(30)
    pages = flow.paginate([a_block(215), heading, text], 40, 20, 270)
    assert [one.block for one in pages[1]] == [heading, text]


def test_the_head_of_a_table_comes_again_on_the_next_page() -> None:
    head = a_block(8)
    rows = [a_block(50, again=head) for _ in range(6)]
    pages = flow.paginate(rows, 40, 20, 270)
    assert pages[0][0].block is rows[0]
    assert pages[1][0].block is head


def test_the_signature_takes_the_room_that_is_left_but_not_more_than_it_may() -> None:
    last = a_block(22, stretch=46)
    assert flow.paginate([a_block(190), last], 40, 20, 270)[0][-1].height == 40
    assert flow.paginate([a_block(100), last], 40, 20, 270)[0][-1].height == 46


def test_blocks_draw_together_only_if_that_brings_them_on_one_page() -> None:
    blocks = [a_block(50, slack=2.0) for _ in range(5)]
    assert sum(one.height for one in flow.on_one_page(blocks, 245)) == pytest.approx(245)
    assert flow.on_one_page(blocks, 260) == blocks
    assert flow.on_one_page(blocks, 200) == blocks


def test_a_code_is_the_smallest() -> None:
    assert len(qr_code.rows("220260034215")) == 21


@pytest.mark.parametrize(
    ("mask", "text"),
    [(0b0011111, "周一至周五"), (0b1111111, "每天"), (0b0010101, "周一、三、五"), (0b0000001, "周一"),
     (0b0011100, "周三至周五"), (0b1100000, "周六、日"), (0, "")],
)  # fmt: skip
def test_weekdays_read_as_people_say_them(mask: int, text: str) -> None:
    assert words.weekdays(mask) == text


def test_dates_and_numbers_read_as_people_write_them() -> None:
    assert words.long_date("2026-09-02T08:00:00") == "2026 年 9 月 2 日"
    assert words.minute("2026-09-12T16:47:09") == "2026-09-12 16:47"
    assert words.identity("11010519491231002X") == "110105 19491231 002X"
    assert words.period("2026-09-14", "") == "2026-09-14 起"
    assert words.grade_and_class("3", "2") == "三年级（2）班"
    assert words.grade_and_class("3", "（2）班") == "三年级（2）班"
