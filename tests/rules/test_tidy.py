import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.person import (
    Child,
    Contact,
    Discount,
    EnrolmentLine,
    Guardian,
    Health,
    PickUp,
    Registration,
    Services,
    from_plain,
    to_plain,
)
from app.rules.tidy import tidied

pytestmark = pytest.mark.clause("P3")

TODAY = "2026-09-12"


def test_what_was_typed_is_stored_in_one_form() -> None:
    typed = Registration(
        Child(
            "　张 琳晨 ", "female", "2018/4/16", identity_number="３３０１０６ 20180416 042x",
            address=" 文三路　１２８号，２楼 ",
        ),
        (Guardian(), Guardian("李 晓月", "mother", "+86 139-5718-9042", wechat="ｗｘ１"), Guardian(id=7)),
        (Contact("王秀英", "外婆", "０５７１ 8800 1234"), Contact(name=" ")),
        PickUp(True, "9：05", " 从东门走 "),
        Health(allergies=" 花生\r\n 腰果 "),
        services=Services((EnrolmentLine(from_date="9-14", to_date="2027.1.22"),), (Discount(reason=" 老生 "),)),
    )  # fmt: skip
    stored = tidied(typed, TODAY)
    assert stored.child == Child(
        "张琳晨", "female", "2018-04-16", identity_number="33010620180416042X", address="文三路 128号，2楼",
    )  # fmt: skip
    assert stored.guardians == (Guardian("李晓月", "mother", "13957189042", wechat="wx1"), Guardian(id=7))
    assert stored.contacts == (Contact("王秀英", "外婆", "0571-88001234"),)
    assert stored.pick_up == PickUp(True, "09:05", "从东门走")
    assert stored.health.allergies == "花生\n腰果"
    assert stored.services.lines[0].from_date == "2026-09-14"
    assert stored.services.lines[0].to_date == "2027-01-22"
    assert stored.services.start_date == "2026-09-14"
    assert stored.services.discounts[0].reason == "老生"


def test_what_cannot_be_put_in_order_stays_to_be_pointed_at() -> None:
    stored = tidied(Registration(Child(birth_date=" 属狗 "), (Guardian("李", mobile=" 没有 手机 "),)))
    assert stored.child.birth_date == "属狗"
    assert stored.guardians[0].mobile == "没有 手机"


def test_the_time_of_going_home_alone_goes_with_it() -> None:
    assert tidied(Registration(pick_up=PickUp(False, "16:30"))).pick_up == PickUp()


TEXTS = st.text(max_size=20)


@given(
    st.builds(
        Registration,
        child=st.builds(Child, name=TEXTS, birth_date=TEXTS, identity_number=TEXTS, address=TEXTS, special_needs=TEXTS),
        guardians=st.lists(st.builds(Guardian, name=TEXTS, mobile=TEXTS, wechat=TEXTS), max_size=2).map(tuple),
        contacts=st.lists(st.builds(Contact, name=TEXTS, mobile=TEXTS), max_size=2).map(tuple),
        pick_up=st.builds(PickUp, st.booleans(), TEXTS, TEXTS),
        health=st.builds(Health, allergies=TEXTS, diet=TEXTS),
    ),
)
def test_twice_in_order_is_once_in_order(registration: Registration) -> None:
    once = tidied(registration, TODAY)
    assert tidied(once, TODAY) == once
    assert from_plain(to_plain(once)) == once
