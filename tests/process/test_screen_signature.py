"""A signature on the screen: it stands in the paper that is kept, and nothing of what was shown changes."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.errors import Refused
from app.models.database import database
from app.process import confirmation, office, papers, screen_signature, student_file
from app.process.papers import PaperFact
from app.rules.person import Registration
from tests import builders, scanned
from tests.conftest import Centre
from tests.process.test_confirmation import refused, save, unsigned


def a_sheet(centre: Centre, form: Registration | None = None) -> tuple[PaperFact, Registration]:
    form = form or builders.a_registration()
    student_id = builders.a_student(centre.manager, form)
    return confirmation.make_sheet(centre.receptionist, student_id=student_id), form


def sign(centre: Centre, sheet: PaperFact, form: Registration, **more: object) -> PaperFact:
    places = screen_signature.begin(centre.receptionist, sheet.id).places
    values = {
        "shown": sheet.sha256, "strokes": scanned.signatures(places), "signer": form.guardians[0].name,
        "relation": "father",
    } | more  # fmt: skip
    return screen_signature.sign(centre.receptionist, sheet.id, **values)  # type: ignore[arg-type]


@pytest.mark.clause("P4")
def test_the_signed_sheet_is_what_was_shown_with_the_strokes_behind_it(centre: Centre) -> None:
    sheet, form = a_sheet(centre)
    shown = papers.content(centre.receptionist, sheet.id)
    signed = sign(centre, sheet, form)
    kept = papers.content(centre.receptionist, sheet.id)
    assert kept.startswith(shown)
    assert papers.digest(kept) == signed.signed_sha256 != signed.sha256 == papers.digest(shown)
    words = PdfReader(BytesIO(kept)).pages[-1].extract_text()
    assert "屏幕签字" in words
    assert "林小婉" in words
    assert words.count("2026-09-12") >= 3  # the parent's day, that of the consent, and the note
    assert not unsigned(centre, sheet.student_id or 0)


@pytest.mark.clause("P4")
def test_kept_are_strokes_time_operator_and_the_hash_of_what_was_shown(centre: Centre) -> None:
    sheet, form = a_sheet(centre)
    signed = sign(centre, sheet, form)
    row = database.execute_sql(
        "SELECT shown_sha256, signed_sha256, signed_at, signed_by, strokes FROM screen_signature"
        " JOIN screen_stroke ON signature_id = id WHERE paper_id = ?",
        (sheet.id,),
    ).fetchone()
    assert row[:4] == (sheet.sha256, signed.signed_sha256, "2026-09-12T10:00:00", centre.receptionist.user_id)
    assert json.loads(row[4])["parent"] == json.loads(json.dumps(scanned.signature()))
    (details,) = database.execute_sql("SELECT details FROM operation_log WHERE action = 'mark_signed'").fetchone()
    told = json.loads(details)
    assert (told["way"], told["shown"], told["digest"]) == (
        "screen", sheet.sha256[:16], signed.signed_sha256[:16],
    )  # fmt: skip


@pytest.mark.clause("P4")
def test_a_consent_of_its_own_has_its_own_signature(centre: Centre) -> None:
    form = builders.a_registration(goes_home_alone=True, alone_from="17:30")
    sheet, _ = a_sheet(centre, form)
    offer = screen_signature.begin(centre.receptionist, sheet.id)
    assert offer.places == ("parent", "under_14", "goes_home_alone")
    assert "goes_home_alone" in offer.agrees
    only = scanned.signatures(("parent",))
    assert refused(sign, centre, sheet, form, strokes=only).code == "place_not_signed"
    assert sign(centre, sheet, form).signed


@pytest.mark.clause("P4")
@pytest.mark.parametrize("answered", [True, False])
def test_a_box_that_was_left_open_is_ticked_by_who_signs(centre: Centre, answered: bool) -> None:
    form = builders.a_registration()
    if not answered:
        form = replace(form, consents=tuple(replace(one, given=None, date="") for one in form.consents))
    waiting = builders.an_application(centre.receptionist, form)
    sheet = confirmation.make_sheet(centre.receptionist, application_id=waiting)
    offer = screen_signature.begin(centre.receptionist, sheet.id)
    assert offer.agrees == (frozenset() if answered else {"parent", "under_14"})
    assert sign(centre, sheet, form).signed_sha256


@pytest.mark.clause("P4")
def test_a_reprint_and_a_file_bear_the_signature(centre: Centre) -> None:
    sheet, form = a_sheet(centre)
    sign(centre, sheet, form)
    for content in (papers.to_print(centre.receptionist, sheet.id), papers.to_file(centre.receptionist, sheet.id)):
        assert "屏幕签字" in PdfReader(BytesIO(content)).pages[-1].extract_text()


@pytest.mark.clause("P4")
def test_taken_back_the_sheet_is_as_it_was_shown_and_can_be_signed_anew(centre: Centre) -> None:
    sheet, form = a_sheet(centre)
    shown = papers.content(centre.receptionist, sheet.id)
    sign(centre, sheet, form)
    confirmation.unmark(centre.receptionist, sheet.id, "签错了人")
    assert papers.content(centre.receptionist, sheet.id) == shown
    assert sign(centre, sheet, form).signed


@pytest.mark.clause("P4")
def test_what_was_not_shown_is_not_signed(centre: Centre) -> None:
    sheet, form = a_sheet(centre)
    assert refused(sign, centre, sheet, form, shown="0" * 64).code == "shown_differs"
    whole = student_file.profile(centre.manager, sheet.student_id or 0).registration
    save(centre, sheet.student_id or 0, "guardians", builders.changed(whole, mobile="13912345678"))
    assert refused(sign, centre, sheet, form).code == "sheet_out_of_date"


@pytest.mark.parametrize(
    ("strokes", "code"),
    [
        ((), "signature_empty"),
        ((((100, 100, 0), (110, 100, 5)),), "signature_empty"),
        ((((0, 0, 0), (9_000, 0, 5), (20_000, 0, 9)),), "signature_unusable"),
        ((((0, 0, 9), (9_000, 0, 5)),), "signature_unusable"),
    ],
)
def test_a_slip_of_the_hand_is_no_signature(centre: Centre, strokes: object, code: str) -> None:
    sheet, form = a_sheet(centre)
    places = screen_signature.begin(centre.receptionist, sheet.id).places
    given = scanned.signatures(places) | {"parent": strokes}
    assert refused(sign, centre, sheet, form, strokes=given).code == code
    assert database.execute_sql("SELECT count(*) FROM screen_signature").fetchone() == (0,)


@pytest.mark.clause("P4")
def test_paper_alone_where_the_centre_wants_it_so(centre: Centre) -> None:
    sheet, form = a_sheet(centre)
    office.change_settings(centre.manager, {"screen_signature": "0"})
    assert refused(sign, centre, sheet, form).code == "screen_signature_off"
    assert not screen_signature.offered()


@pytest.mark.clause("P4")
def test_somebody_who_is_no_guardian_asks_first_on_the_screen_too(centre: Centre) -> None:
    sheet, form = a_sheet(centre)
    assert refused(sign, centre, sheet, form, signer="王秀英").code == "signer_is_no_guardian"
    assert sign(centre, sheet, form, signer="王秀英", warned=True).signer == "王秀英"


def test_a_sheet_from_before_there_was_a_pad_is_signed_on_paper(
    centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.printing.paper.Paper.reserve", lambda *_: None)
    sheet, form = a_sheet(centre)
    assert refused(sign, centre, sheet, form).code == "sheet_without_places"


def test_without_the_right_there_is_no_pad(centre: Centre) -> None:
    sheet, _ = a_sheet(centre)
    for actor in (centre.finance, centre.teacher):
        with pytest.raises(Refused, match="no_right"):
            screen_signature.begin(actor, sheet.id)


@pytest.mark.clause("P4")
def test_a_change_to_a_shared_guardian_makes_the_brothers_sheet_stale_and_prints_it(centre: Centre) -> None:
    sheet, form = a_sheet(centre)
    sign(centre, sheet, form)
    brother = builders.a_registration(guardians=student_file.profile(
        centre.manager, sheet.student_id or 0,
    ).registration.guardians)  # fmt: skip
    other, _ = a_sheet(centre, brother)
    sign(centre, other, brother)
    whole = student_file.profile(centre.manager, sheet.student_id or 0).registration
    save(centre, sheet.student_id or 0, "guardians", builders.changed(whole, mobile="13912345678"))
    assert unsigned(centre, other.student_id or 0)
    again = confirmation.make_sheet(centre.receptionist, student_id=other.student_id)
    words = PdfReader(BytesIO(papers.content(centre.receptionist, again.id))).pages[0].extract_text()
    assert "监护人 1 手机" in words
    assert "139 1234 5678" in words
    assert replace(again, prints=0).version == 2
