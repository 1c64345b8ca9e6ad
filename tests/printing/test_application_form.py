"""The blank application form: on paper with places to write, on the screen with fields that keep what is typed."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest

from app.printing import application_form, form_consents
from app.printing.marks import laid_over
from app.printing.wording import SHIPPED
from app.rules import numbers, words
from app.rules.person import Child, Contact, Guardian, Health, PickUp
from tests.printing import reading, samples
from tests.printing.filling import fields, filled
from tests.printing.reading import bare

BOTH = ("blank", "fillable")


@pytest.fixture(scope="module")
def forms() -> dict[str, bytes]:
    return {"blank": application_form.blank(samples.FORM), "fillable": application_form.fillable(samples.FORM)}


@pytest.mark.clause("P1")
@pytest.mark.parametrize("kind", BOTH)
def test_the_form_asks_for_everything_on_two_sides_of_one_sheet(forms: dict[str, bytes], kind: str) -> None:
    shown = reading.words(forms[kind])
    assert reading.pages(forms[kind]) == 2
    for text in (
        "晨光托管中心", "姓名", "性别", "出生日期", "证件号码", "就读学校", "年级", "学校班级", "家庭住址", "班主任",
        "关系", "手机", "微信", "工作单位", "可接送", "紧急", "自行回家",
        "午托（11:30–13:30） 480.00 元/月", "入托日期",
        "食物过敏", "过敏", "用药", "保险", "补充说明", "多于三位的写在第 2 页", "监护人签字", "表号 No. BB-0001",
        "未满 14 周岁儿童个人信息处理的单独同意",
    ):  # fmt: skip
        assert bare(text) in shown, text


@pytest.mark.clause("P1")
@pytest.mark.parametrize("kind", BOTH)
def test_the_consents_stand_there_with_their_versions(forms: dict[str, bytes], kind: str) -> None:
    shown = reading.words(forms[kind])
    assert bare(f"《个人信息告知书》（第 {SHIPPED.latest('privacy')} 版）") in shown
    assert shown.count("不同意") == 4
    assert form_consents.versions(SHIPPED) == "emergency_treatment=1;photos=1;privacy=1;under_14=1"


@pytest.mark.clause("P1")
@pytest.mark.parametrize("kind", BOTH)
def test_a_scanner_reads_which_form_it_is(forms: dict[str, bytes], kind: str) -> None:
    (code,) = reading.codes(forms[kind])
    assert numbers.read_code(code) == numbers.Code(numbers.FORM, no=application_form.LAYOUT)


@pytest.mark.parametrize("kind", BOTH)
def test_the_same_facts_give_the_same_bytes(forms: dict[str, bytes], kind: str) -> None:
    assert getattr(application_form, kind)(samples.FORM) == forms[kind]


@pytest.mark.parametrize("kind", BOTH)
def test_every_font_is_embedded_and_nothing_leaves_the_page(forms: dict[str, bytes], kind: str) -> None:
    assert all(embedded for name, embedded in reading.fonts(forms[kind]).items() if name != "/AntuoForm")
    assert not reading.outside(forms[kind])
    assert not reading.overlapping(forms[kind])


def test_a_name_of_any_length_and_many_services_still_fit() -> None:
    many = tuple(f"名称比较长的服务项目第 {n} 项 1,234.00 元/月" for n in range(1, 25))
    facts = replace(samples.FORM, centre=samples.LONG_CENTRE, services=many)
    paper = application_form.blank(facts)
    assert bare(many[-1]) in reading.words(paper)
    assert not reading.outside(paper)
    assert not reading.overlapping(paper)


@pytest.mark.clause("P17")
@pytest.mark.parametrize("kind", BOTH)
def test_in_practice_mode_the_form_says_so(forms: dict[str, bytes], kind: str) -> None:
    marked = laid_over(forms[kind], practice=True)
    assert reading.words(marked).count("练习PRACTICE") == 6
    assert ("/AcroForm" in pypdf.PdfReader(BytesIO(marked)).root_object) is (kind == "fillable")


# fields -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_every_field_is_named_as_the_part_of_the_registration_that_it_fills(forms: dict[str, bytes]) -> None:
    found = fields(forms["fillable"])
    person = {f"child.{name}" for name in Child.__dataclass_fields__} - {"child.photo"}
    guardian = {f"guardians.0.{name}" for name in Guardian.__dataclass_fields__} - {"guardians.0.id"}
    contact = {f"contacts.2.{name}" for name in Contact.__dataclass_fields__}
    health = {f"health.{name}" for name in Health.__dataclass_fields__} - {"health.marks"}
    way = {f"pick_up.{name}" for name in PickUp.__dataclass_fields__}
    assert person | guardian | contact | health | way <= set(found)
    assert {"health.marks.asthma", "consents.photos", "services.lines.2.weekdays.6", "form.more"} <= set(found)
    titles = [field.get("/TU") for field in found.values()]
    assert all(titles)


@pytest.mark.clause("P1")
def test_lists_offer_the_words_that_are_read(forms: dict[str, bytes]) -> None:
    found = fields(forms["fillable"])
    lists = {"child.sex": ["男", "女"], "child.grade": words.GRADE.values()}
    for name, said in (lists | {"guardians.1.relation": words.RELATION.values()}).items():
        assert found[name]["/Opt"] == ["", *said]
    assert "晚托 780.00 元/月" in found["services.lines.0.service"]["/Opt"]


def test_the_font_of_the_fields_is_embedded_whole_with_a_way_back_to_unicode(forms: dict[str, bytes]) -> None:
    form: Any = pypdf.PdfReader(BytesIO(forms["fillable"])).root_object["/AcroForm"]
    (font,) = form["/DR"]["/Font"].values()
    font = font.get_object()
    below = font["/DescendantFonts"][0].get_object()
    assert len(below["/FontDescriptor"]["/FontFile2"].get_data()) > 3_000_000
    assert len(forms["fillable"]) < 2_200_000
    places = below["/CIDToGIDMap"].get_data()
    assert all(places[2 * ord(sign) : 2 * ord(sign) + 2] != b"\0\0" for sign in "张珺晨·Az9，")
    assert form["/NeedAppearances"]


@pytest.mark.clause("P1")
def test_chinese_that_was_typed_is_shown_by_a_viewer_without_fonts_of_its_own(forms: dict[str, bytes]) -> None:
    """PDFium draws the fields itself, as Chrome does; this machine has no other Chinese font."""
    empty = forms["fillable"]
    name = filled(empty, {"child.name": "张珺晨·买买提"})
    other = filled(empty, {"child.name": "李明"})
    assert len({ink(empty), ink(name), ink(other)}) == 3
    assert ink(name) > ink(other) > ink(empty)


def ink(paper: bytes) -> int:
    """How many dark dots stand where the child's name is typed."""
    document = pypdfium2.PdfDocument(paper)
    try:
        document.init_forms()
        picture = document[0].render(scale=2).to_pil().convert("L").crop((97, 300, 350, 350))
    finally:
        document.close()
    return sum(picture.histogram()[:100])
