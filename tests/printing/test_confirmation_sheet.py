"""The confirmation sheet: everything that was recorded stands on it, nothing is cut off, it can be signed."""

from dataclasses import replace

import pytest

from app.printing import confirmation_sheet
from app.rules.person import Child, Consent, Guardian, Health, PickUp, Registration, Services
from tests.printing import pictures, reading, samples
from tests.printing.reading import bare


@pytest.fixture(scope="module")
def usual() -> bytes:
    return confirmation_sheet.draw(samples.sheet())


@pytest.fixture(scope="module")
def much() -> bytes:
    return confirmation_sheet.draw(samples.sheet(samples.MUCH, centre=samples.LONG_CENTRE))


@pytest.mark.clause("P4")
def test_a_usual_family_gets_one_page(usual: bytes) -> None:
    assert reading.pages(usual) == 1


@pytest.mark.clause("P4")
def test_the_sheet_shows_everything_that_was_recorded(usual: bytes) -> None:
    words = reading.words(usual)
    for text in (
        "张珺晨", "女", "2018-04-16", "文三街小学", "三年级（2）班", "周敏", "西湖区古荡街道嘉绿苑12幢3单元501室",
        "邻居介绍", "张志强", "父亲", "138 0571 2236", "杭州恒瑞机械有限公司", "李龑", "微信 liyan_88",
        "交款 同住", "王秀英",
        "外婆", "课后托管（周一至周五）", "2026-09-14 至 2027-01-22", "780.00", "5 月", "3,900.00", "92 餐", "多孩优惠",
        "作业看护小班（周一、三、五）", "−200.00", "人民币陆仟贰佰捌拾元整", "¥6,280.00",
        "对花生、腰果过敏；点心请避免坚果。",
        "BM-2026-000034", "第 1 版", "学员编号 20260318", "托管班 三年级 A 班", "入托日期 2026-09-14", "经办 陈琳",
    ):  # fmt: skip
        assert bare(text) in words, text


@pytest.mark.clause("P4")
def test_the_identity_number_stands_in_full_so_that_it_can_be_checked(usual: bytes) -> None:
    assert "330106201804160426" in reading.words(usual)


@pytest.mark.clause("P4")
def test_the_words_that_parents_agree_to_are_there(usual: bytes) -> None:
    words = reading.words(usual)
    for text in ("按《收费及退费办法》办理", "凭接送卡并经老师核对", "自行回家", "同意将孩子的活动照片用于班级群"):
        assert text in words, text


@pytest.mark.clause("P1")
@pytest.mark.parametrize(("born", "asked"), [("2012-09-13", True), ("2012-09-12", False), ("", True)])
def test_a_child_under_14_has_a_separate_consent_with_its_own_signature(born: str, asked: bool) -> None:
    registration = replace(samples.USUAL, child=replace(samples.USUAL.child, birth_date=born))
    words = reading.words(confirmation_sheet.draw(samples.sheet(registration)))
    assert ("未满14周岁儿童个人信息处理的单独同意" in words) is asked
    assert ("监护人签字" in words) is asked


@pytest.mark.clause("P8")
def test_a_child_that_goes_home_alone_has_its_own_consent_with_the_time() -> None:
    registration = replace(samples.USUAL, pick_up=PickUp(goes_home_alone=True, alone_from="17:30"))
    words = reading.words(confirmation_sheet.draw(samples.sheet(registration)))
    assert "自行回家的同意" in words
    assert "我同意孩子自17:30起" in words


@pytest.mark.clause("P4")
def test_what_changed_since_the_signed_sheet_comes_first() -> None:
    changes = (("监护人 2 手机", "139 5718 9042", "138 0000 1234"), ("健康 过敏", "", "花生"))
    facts = samples.sheet(version=3, changed_since=2, changes=changes)
    words = reading.words(confirmation_sheet.draw(facts))
    assert reading.in_order(words, "与第 2 版的不同", "监护人 2 手机", "139 5718 9042", "138 0000 1234", "学员信息")
    assert "（空）" in words


@pytest.mark.clause("P4")
def test_too_much_of_everything_prints_in_full_on_more_pages(much: bytes) -> None:
    words = reading.words(much)
    child, health = samples.MUCH.child, samples.MUCH.health
    texts = [child.name, child.school, child.address, child.form_teacher, child.heard_of, health.allergies, health.diet]
    texts += [text for one in samples.MUCH.guardians for text in (one.name, one.workplace, one.wechat)]
    texts += [line.service_name for line in samples.MUCH.services.lines]
    texts += [discount.reason for discount in samples.MUCH.services.discounts if discount.reason]
    for text in texts:
        assert bare(text) in words.replace("（续）", ""), text
    assert 2 <= reading.pages(much) <= 4
    assert f"第{reading.pages(much)}页/共{reading.pages(much)}页" in words


@pytest.mark.clause("P4")
def test_nothing_lies_outside_the_pages_or_on_top_of_other_words(usual: bytes, much: bytes) -> None:
    assert not reading.outside(usual)
    assert not reading.outside(much)
    assert not reading.overlapping(usual)
    assert not reading.overlapping(much)


def test_the_signature_stands_on_one_page_with_what_is_signed(much: bytes) -> None:
    import io

    import pypdf

    last = bare(pypdf.PdfReader(io.BytesIO(much)).pages[-1].extract_text())
    assert reading.in_order(last, "家长确认", "以上信息由我提供", "家长（监护人）签字", "盖章处")


def test_every_font_is_embedded_and_can_be_copied(usual: bytes, much: bytes) -> None:
    for paper in (usual, much):
        found = reading.fonts(paper)
        assert all(found.values()), found
        assert all("Antuo" in name for name in found), found


def test_the_same_facts_give_the_same_bytes(usual: bytes) -> None:
    assert confirmation_sheet.draw(samples.sheet()) == usual
    assert confirmation_sheet.draw(samples.sheet(made_at="2026-09-12T16:42:11")) != usual


@pytest.mark.clause("P4")
def test_a_scanner_reads_the_code_from_a_print_at_150_dpi(usual: bytes) -> None:
    assert reading.codes(usual) == [samples.sheet().code]


def test_a_photo_and_a_logo_are_shown_and_a_broken_one_does_no_harm() -> None:
    photo, logo = pictures.photo(), replace(samples.CENTRE, logo=pictures.logo())
    shown = confirmation_sheet.draw(samples.sheet(photo=photo, centre=logo))
    assert reading.pictures(shown) == 2
    assert "一寸照片" not in reading.words(shown)
    broken = confirmation_sheet.draw(samples.sheet(photo=b"\x89PNG no picture", centre=replace(logo, logo=b"GIF89a")))
    assert reading.pictures(broken) == 0
    assert "一寸照片" in reading.words(broken)
    assert confirmation_sheet.draw(samples.sheet(photo=photo, centre=logo)) == shown


def test_an_empty_form_prints_too() -> None:
    facts = samples.sheet(Registration(), student_number="", class_name="", clerk="")
    paper = confirmation_sheet.draw(facts)
    assert reading.pages(paper) == 1
    assert "人民币零元整" in reading.words(paper)


@pytest.mark.clause("P1")
def test_a_refused_consent_is_ticked_as_refused() -> None:
    """The boxes are drawn, not typed: the two answers must not look the same."""
    sheets = {
        given: confirmation_sheet.draw(samples.sheet(replace(samples.USUAL, consents=(Consent("photos", given),))))
        for given in (True, False, None)
    }
    assert len(set(sheets.values())) == 3


@pytest.mark.clause("P4")
def test_who_agreed_and_when_stands_there_once_for_all_or_beside_each() -> None:
    kinds = ("privacy", "under_14", "photos", "emergency_treatment")
    mother = tuple(Consent(kind, True, 1, "2026-09-12", "李龑", "mother") for kind in kinds)
    once = reading.words(confirmation_sheet.draw(samples.sheet(replace(samples.USUAL, consents=mother))))
    assert once.count("李龑（母亲）2026-09-12") == 1
    both = (*mother[:3], replace(mother[3], date="2026-09-20", given_by="张志强", relation="father"))
    each = reading.words(confirmation_sheet.draw(samples.sheet(replace(samples.USUAL, consents=both))))
    assert (each.count("李龑（母亲）2026-09-12答复"), each.count("张志强（父亲）2026-09-20答复")) == (3, 1)
    assert "我已收到并阅读《个人信息告知书》（第1版）" in each


@pytest.mark.parametrize("count", range(9))
def test_any_number_of_guardians_leaves_room_to_sign(count: int) -> None:
    guardians = tuple(Guardian(f"家长{place}", "other", "13805712236") for place in range(count))
    paper = confirmation_sheet.draw(samples.sheet(replace(samples.USUAL, guardians=guardians)))
    assert reading.words(paper).count("家长（监护人）签字") == 1
    assert not reading.outside(paper)


def test_a_note_of_three_thousand_characters_still_prints_in_full() -> None:
    note = "很长的说明，" * 500 + "到此为止"
    registration = Registration(child=Child("甲"), health=Health(allergies=note), services=Services())
    paper = confirmation_sheet.draw(samples.sheet(registration))
    assert "到此为止" in reading.words(paper)
    assert reading.words(paper).count("很长的说明，") == 500
    assert not reading.outside(paper)
