"""A confirmation sheet signed on the screen: the strokes stand in the paper that is kept. product.md P4.

Paper is the stronger form (电子签名法 13, 14), so a centre may switch this off. Kept are which bytes were shown, the
bytes that came of it, who sat at the computer, the time, and the strokes with their times. The unsigned bytes stay.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Refused
from app.models import stored_files
from app.models.database import database, unit_of_work
from app.process import clock, confirmation, office, papers
from app.process.confirmation import Signed
from app.process.office import Actor
from app.process.papers import PaperFact
from app.rules import strokes as rules
from app.rules.strokes import Strokes

SETTING = "screen_signature"


@dataclass(frozen=True)
class Offer:
    """What the pad shows: the sheet as bytes for the screen, its hash, who may sign, and the places to sign.

    `agrees` are those of the places whose box is not ticked on the sheet: who signs there agrees.
    """

    sheet: PaperFact
    name: str
    content: bytes
    signers: tuple[tuple[str, str, int | None], ...]
    places: tuple[str, ...]
    agrees: frozenset[str]


def offered() -> bool:
    """Whether the centre lets parents sign on the screen."""
    return office.setting(SETTING) == "1"


def begin(actor: Actor, paper_id: int) -> Offer:
    """What is needed to let somebody sign a sheet on the screen. Needs sign.

    Raises Refused screen_signature_off, paper_not_for_signature, already_signed, sheet_out_of_date (the data changed
    since), sheet_without_places (made by an older program), paper_unknown, no_right; Damaged as papers.content.
    """
    found = papers.held_by(actor, paper_id, "sign")
    there = _places(found)
    places = tuple(name for name in there if "." not in name and name != "note")
    agrees = frozenset(name for name in places if f"{name}.agree" in there)
    registration = confirmation.registration_of(found)
    signers = tuple((one.name, one.relation, one.id) for one in registration.guardians)
    order = tuple(sorted(places, key=_signed_order().index))
    return Offer(found, registration.child.name, papers.preview(actor, paper_id), signers, order, agrees)


def sign(
    actor: Actor,
    paper_id: int,
    *,
    shown: str,
    strokes: Mapping[str, Strokes],
    signer: str,
    relation: str,
    guardian_id: int | None = None,
    warned: bool = False,
) -> PaperFact:
    """Keep a sheet with the signatures drawn on it, one for each of its places, and mark it as signed. Needs sign.

    `shown` is the hash of the sheet that the pad showed. Raises Refused as `begin` and confirmation.mark_signed, and
    shown_differs, place_not_signed, signature_empty, signature_unusable.
    """
    with unit_of_work():
        found = papers.held_by(actor, paper_id, "sign")
        there = _places(found)
        if shown != found.sha256:
            raise Refused("shown_differs", number=found.number)
        _check(strokes, there)
        signed = confirmation.check_signing(found, Signed(clock.today(), signer, relation, guardian_id), warned=warned)
        from app.printing import signed_sheet  # with reportlab: only when a sheet is signed

        note = f"屏幕签字　{clock.stamp()[:16].replace('T', ' ')}　经办 {actor.name}　原件 SHA-256 {found.sha256[:16]}…"
        content = signed_sheet.sign(papers.bytes_of(found, found.sha256), strokes, day=signed.signed_on, note=note)
        digest = stored_files.store(found.kind, content, clock.now())
        details = {"way": "screen", "shown": found.sha256[:16], "digest": digest[:16]}
        confirmation.note_signature(
            actor, found, signed, details, lambda seq: _keep(actor, found, digest, strokes, seq),
        )  # fmt: skip
    return papers.fact(paper_id)


def _places(found: PaperFact) -> dict[str, object]:
    """The places of a sheet that may be signed on the screen now."""
    if not offered():
        raise Refused("screen_signature_off")
    if found.kind not in confirmation.FOR_SIGNATURE:
        raise Refused("paper_not_for_signature", number=found.number)
    if found.signed:
        raise Refused("already_signed", number=found.number, signer=found.signer, signed_on=found.signed_on)
    if found.kind == "sheet" and _out_of_date(found):
        raise Refused("sheet_out_of_date", number=found.number)
    from app.printing import signed_sheet

    there = signed_sheet.places(papers.bytes_of(found, found.sha256))
    if "parent" not in there:
        raise Refused("sheet_without_places", number=found.number)
    return dict(there)


def _out_of_date(found: PaperFact) -> bool:
    """Whether the data changed since the sheet was made: what is signed on the screen is what holds today."""
    newest = confirmation.newest(found)
    return newest.id != found.id or bool(confirmation.changes_since(found.id, confirmation.registration_of(found)))


def _signed_order() -> tuple[str, ...]:
    from app.printing import signed_sheet

    return signed_sheet.SIGNED


def _check(strokes: Mapping[str, Strokes], there: Mapping[str, object]) -> None:
    """Every place is signed, by something that is a signature."""
    for place in _signed_order():
        if place not in there:
            continue
        if place not in strokes:
            raise Refused("place_not_signed")
        if code := rules.trouble(strokes[place]):
            raise Refused(code)
    if set(strokes) - set(there):
        raise Refused("signature_unusable")


def _keep(actor: Actor, found: PaperFact, digest: str, strokes: Mapping[str, Strokes], seq: int) -> int:
    (key,) = database.execute_sql(
        "INSERT INTO screen_signature (paper_id, shown_sha256, signed_sha256, signed_at, signed_by, log_seq)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (found.id, found.sha256, digest, clock.stamp(), actor.user_id, seq),
    ).fetchone()
    plain = json.dumps(strokes, sort_keys=True, separators=(",", ":"))
    database.execute_sql("INSERT INTO screen_stroke (signature_id, strokes) VALUES (?, ?)", (key, plain))
    return int(key)
