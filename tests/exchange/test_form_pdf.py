"""Filled application forms read back: what was typed comes out as it was, and a file that is none is refused."""

import random
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, NameObject, TextStringObject

from app.errors import Refused
from app.exchange import form_pdf
from app.printing import application_form, confirmation_sheet
from app.process import apart
from app.rules import numbers
from tests.printing import samples
from tests.printing.filling import fields, filled

HOSTILE = (
    "𠮷野·𡋾", "阿卜杜热西提·买买提依明", "<b>王</b> & 陈 > 李", "(括号) \\ 反斜杠 )(", "=1+1", "二〇一八年四月",
    "Ångström Nguyễn", "第一行\n第二行", "\u202e倒着写", "😀", "很长的说明，" * 500,
)  # fmt: skip


@pytest.fixture(scope="module")
def form() -> bytes:
    return application_form.fillable(samples.FORM)


@pytest.mark.clause("P1")
@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_comes_out_as_it_was(form: bytes, text: str) -> None:
    typed = {"child.name": text, "health.allergies": text, "guardians.2.relation": text}
    assert read(filled(form, typed)) == typed


@pytest.mark.clause("P1")
def test_every_field_of_the_form_can_be_filled_and_read(form: bytes) -> None:
    typed = {}
    for place, (name, one) in enumerate(fields(form).items()):
        if name in ("form.code", "form.wordings"):
            continue
        box = "given" if name.startswith("consents.") else "yes"
        typed[name] = box if one["/FT"] == "/Btn" else f"甲{place}"
    assert len(typed) > 100
    assert read(filled(form, typed)) == typed


@pytest.mark.clause("P1")
def test_of_boxes_side_by_side_the_ticked_one_counts(form: bytes) -> None:
    for answer in ("given", "refused"):
        assert read(filled(form, {"consents.photos": answer})) == {"consents.photos": answer}


@pytest.mark.clause("P1")
def test_two_answers_to_one_question_are_none(form: bytes) -> None:
    """Some viewers let both boxes be ticked; a consent is never guessed."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(filled(form, {"child.name": "张珺晨"})))
    for page in writer.pages:
        annotations: Any = page["/Annots"]
        for one in (each.get_object() for each in annotations):
            if one.get("/Parent", {}).get("/T") == "photos":
                (state,) = {*one["/AP"]["/N"]} - {"/Off"}
                one[NameObject("/AS")] = NameObject(state)
    assert read(written(writer)) == {"child.name": "张珺晨"}


@pytest.mark.clause("P1")
def test_the_form_says_which_layout_and_wordings_it_has(form: bytes) -> None:
    found = form_pdf.read(filled(form, {"child.name": "张珺晨"}))
    assert found["form.code"] == numbers.code_for_form(application_form.LAYOUT)
    assert "photos=1" in found["form.wordings"]


def read(content: bytes) -> dict[str, str]:
    """What a family typed: without what the form says of itself."""
    known = ("form.code", "form.wordings")
    return {name: text for name, text in form_pdf.read(content).items() if name not in known}


# files that are none ------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty", "form_file_no_pdf"),
        ("text", "form_file_no_pdf"),
        ("workbook", "form_file_no_pdf"),
        ("head", "form_file_damaged"),
        ("big", "form_file_too_big"),
        ("locked", "form_file_locked"),
        ("xfa", "form_file_xfa"),
        ("paper", "form_file_without_fields"),
        ("sheet", "form_file_without_fields"),
        ("other", "form_file_of_others"),
        ("crowd", "form_file_of_others"),
        ("untouched", "form_file_not_filled"),
        ("endless", "form_file_damaged"),
    ],
)
def test_a_file_that_is_no_filled_form_is_refused_by_name(form: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        form_pdf.read(made(form, name))
    assert refused.value.code == code


def made(form: bytes, name: str) -> bytes:
    """A file that is no filled form of ours, of a kind."""
    plain = {"empty": b"", "text": "姓名,年级".encode(), "workbook": b"PK\x03\x04" * 100, "head": b"%PDF-1.7\n" * 9}
    if name in plain:
        return plain[name]
    if name == "paper":
        return application_form.blank(samples.FORM)
    if name == "sheet":
        return confirmation_sheet.draw(samples.sheet())
    if name in ("other", "crowd"):
        return renamed(form, copies=40 if name == "crowd" else 1)
    if name == "locked":
        return filled(form, {"child.name": "张珺晨"}, password="secret")
    if name == "endless":
        return filled(form, {"child.name": "长" * 40_000})
    if name == "xfa":
        writer = pypdf.PdfWriter(clone_from=BytesIO(form))
        top: Any = writer.root_object["/AcroForm"]
        top[NameObject("/XFA")] = ArrayObject([TextStringObject("template"), TextStringObject("<x/>")])
        return written(writer)
    return form if name == "untouched" else form + b"\0" * form_pdf.MOST_BYTES


def renamed(form: bytes, copies: int) -> bytes:
    """A form of somebody else: no field is called as ours; with copies more fields than any form has."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(form))
    top: Any = writer.root_object["/AcroForm"]
    for one in top["/Fields"]:
        branch = one.get_object()
        branch[NameObject("/T")] = TextStringObject(f"x{branch['/T']}")
    for page in writer.pages:
        annotations: Any = page["/Annots"]
        annotations.extend(list(annotations) * (copies - 1))
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


# many files ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_a_folder_of_forms_is_read_file_by_file(form: bytes, tmp_path: Path) -> None:
    paths = files(tmp_path, {
        "张.pdf": filled(form, {"child.name": "张珺晨"}), "坏.pdf": form[:9000], "空.pdf": form,
    })  # fmt: skip
    first, broken, empty, gone = form_pdf.read_files([*paths, str(tmp_path / "没有.pdf")])
    assert (first.name, first.fields["child.name"], first.trouble) == ("张.pdf", "张珺晨", "")
    assert len(first.sha256) == 64
    assert (broken.trouble, empty.trouble) == ("form_file_damaged", "form_file_not_filled")
    assert gone.trouble == "form_file_gone"


@pytest.mark.clause("P1")
def test_mutated_forms_never_bring_the_reader_down(form: bytes, tmp_path: Path) -> None:
    """In a child, as the program does it: what breaks there is told here."""
    whole = filled(form, {"child.name": "张珺晨", "health.allergies": "花生", "consents.photos": "given"})
    start, chance = whole.index(b"/AcroForm"), random.Random(7)
    changed = {}
    for number in range(60):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 4, 40))):
            content[chance.choice((chance.randrange(len(whole)), chance.randrange(start - 60_000, len(whole))))] = (
                chance.randrange(256)
            )
        changed[f"{number}.pdf"] = bytes(content[: chance.choice((len(whole), chance.randrange(len(whole))))])
    found = apart.run(form_pdf.read_files, files(tmp_path, changed))
    assert len(found) == len(changed)
    assert {one.trouble for one in found} <= {
        "", "form_file_damaged", "form_file_no_pdf", "form_file_without_fields", "form_file_of_others",
        "form_file_not_filled", "form_file_locked", "form_file_xfa",
    }  # fmt: skip
    assert any(one.trouble for one in found)


def files(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [str(folder / name) for name in contents]
