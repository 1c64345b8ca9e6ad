"""Scenes of signing: the pad, a sheet that was signed on the screen, scans, and the proof of an original."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.process import confirmation, papers, scans, screen_signature, student_file, student_list
from app.process.papers import PaperFact
from app.process.scans import Prepared
from app.process.student_list import Query
from app.ui.desk import Desk
from app.ui.paper_window import PaperWindow
from app.ui.proof_dialog import ProofDialog
from app.ui.scan_dialog import ScanDialog
from app.ui.scan_window import ScanWindow
from app.ui.screen_sign_dialog import ScreenSignDialog
from tests import builders, scanned

NAMES = (
    "sign-on-screen", "sign-consent-on-screen", "sheet-signed-on-screen", "sheet-superseded", "scan-attach", "scans",
    "proof", "proof-compared",
)  # fmt: skip
NARROW = NAMES
SIZES = {"scan-attach": (760, 700), "scans": (760, 820), "proof": None, "proof-compared": None,
         "sheet-signed-on-screen": (1060, 800), "sheet-superseded": (1060, 800)}  # fmt: skip
SIZES |= dict.fromkeys(("sign-on-screen", "sign-consent-on-screen"), (1280, 800))


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    return {
        "sign-on-screen": lambda: _pad(desk),
        "sign-consent-on-screen": lambda: _consent(desk),
        "sheet-signed-on-screen": lambda: PaperWindow(desk, _signed(desk).id),
        "sheet-superseded": lambda: PaperWindow(desk, _superseded(desk).id),
        "scan-attach": lambda: _attach(desk),
        "scans": lambda: ScanWindow(desk, _scanned(desk)),
        "proof": lambda: ProofDialog(desk, _signed(desk)),
        "proof-compared": lambda: _compared(desk),
    }


def _sheet(desk: Desk) -> PaperFact:
    """The sheet of a student that nobody signed yet; signed ones are passed by."""
    for student_id in student_list.search(desk.actor, Query(filter="active")).all():
        sheet = confirmation.make_sheet(desk.actor, student_id=student_id)
        if not sheet.signed and not sheet.scans and confirmation.newer(desk.actor, sheet.id) is None:
            return sheet
    raise LookupError


def _pad(desk: Desk) -> ScreenSignDialog:
    return ScreenSignDialog(desk, screen_signature.begin(desk.actor, _sheet(desk).id))


def _consent(desk: Desk) -> ScreenSignDialog:
    dialog = _pad(desk)
    dialog.pad.set_strokes(scanned.signature())
    dialog.pressed.emit("next")
    dialog.pad.set_strokes(scanned.signature(1))
    return dialog


def _there(desk: Desk, fits: Callable[[PaperFact], bool]) -> PaperFact | None:
    """A sheet that an earlier look of the same scene made: there are not students enough for all of them."""
    found = student_list.search(desk.actor, Query(filter="active")).all()
    return next((one for student in found for one in papers.of(student_id=student) if fits(one)), None)


def _signed(desk: Desk) -> PaperFact:
    if there := _there(desk, lambda one: bool(one.signed_sha256)):
        return there
    sheet = _sheet(desk)
    offer = screen_signature.begin(desk.actor, sheet.id)
    name, relation, key = offer.signers[0]
    return screen_signature.sign(
        desk.actor, sheet.id, shown=sheet.sha256, strokes=scanned.signatures(offer.places), signer=name,
        relation=relation, guardian_id=key,
    )  # fmt: skip


def _superseded(desk: Desk) -> PaperFact:
    if there := _there(desk, lambda one: not one.signed and confirmation.newer(desk.actor, one.id) is not None):
        return there
    sheet = _sheet(desk)
    profile = student_file.profile(desk.actor, sheet.student_id or 0)
    form = builders.changed(profile.registration, mobile="13912345678")
    student_file.save_section(desk.actor, sheet.student_id or 0, "guardians", form, profile.version)
    confirmation.make_sheet(desk.actor, student_id=sheet.student_id)
    return sheet


def _attach(desk: Desk) -> ScanDialog:
    dialog = ScanDialog(desk, _sheet(desk))
    dialog._ready(Prepared("jpeg", scanned.jpeg()))
    return dialog


def _scanned(desk: Desk) -> PaperFact:
    if there := _there(desk, lambda one: bool(one.scans)):
        return there
    sheet = _sheet(desk)
    scans.attach(desk.actor, sheet.id, scanned.jpeg())
    scans.attach(desk.actor, sheet.id, scanned.jpeg(scanned.picture(1_200, 900)))
    return replace(sheet, scans=2)


def _compared(desk: Desk) -> ProofDialog:
    from app.process.proof import OTHER, Compared
    from app.ui.proof_dialog import compared_words

    dialog = ProofDialog(desk, _signed(desk))
    dialog._say_compared(*compared_words(Compared(OTHER, "5f" * 32), "确认单-张珺晨.pdf"))
    return dialog
