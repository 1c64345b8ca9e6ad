"""The wordings of the centre: the shipped ones, and what its manager wrote since. P1, P4, P18.

A version is never changed. Papers and windows say the same texts in the same versions; what is
drawn gets them from `of_centre`.
"""

from dataclasses import dataclass

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.printing import wording
from app.printing.wording import GAPS, NAMES, Wording, Wordings
from app.process import clock, office, operation_log
from app.process.actor import Actor, require, require_any
from app.rules import normal

__all__ = [
    "GAPS", "NAMES", "Wording", "WordingVersion", "Wordings", "consent", "latest", "newest", "of_centre", "paper",
    "preview", "save", "versions",
]  # fmt: skip

LONGEST = {"privacy": 6000, "receipt": 120}  # characters; elsewhere MOST: it stands in a box of a sheet
MOST, LONGEST_TITLE = 600, 40
_NEWEST = "SELECT coalesce(max(version), 1) FROM wording WHERE name = ?"
_VERSIONS = """
    SELECT w.version, w.title, w.text, w.made_at, coalesce(u.name, '')
    FROM wording w LEFT JOIN user u ON u.id = w.made_by WHERE w.name = ? ORDER BY w.version DESC
"""


@dataclass(frozen=True)
class WordingVersion:
    """One version to read: `text` as it was written, gaps and all; the shipped one was made by nobody, at no time."""

    name: str
    version: int
    title: str
    text: str
    made_at: str = ""
    made_by: str = ""


def of_centre() -> Wordings:
    """All wordings, for what is drawn."""
    rows = database.execute_sql("SELECT name, version, title, text FROM wording")
    return Wordings({(name, version): f"{title}\n{text}" for name, version, title, text in rows})


def consent(actor: Actor, kind: str, version: int = 0) -> Wording:
    """A version (0: the newest) of the wording of a consent: privacy, under_14, photos, emergency_treatment.

    Needs register, review or see_students.
    """
    require_any(actor, "register", "review", "see_students")
    return of_centre().wording(kind, version, centre=office.setting("centre_name"))


def latest(kind: str) -> int:
    """Number of the newest version of a wording."""
    return int(database.execute_sql(_NEWEST, (kind,)).fetchone()[0])


# what the manager writes --------------------------------------------------------------------------------------------


def versions(actor: Actor, name: str) -> tuple[WordingVersion, ...]:
    """Every version of a wording, newest first; the last is the one of the program. Needs manage_centre.

    Raises Refused no_right, unknown_wording.
    """
    require(actor, "manage_centre")
    _check_name(name)
    rows = database.execute_sql(_VERSIONS, (name,))
    title, _, text = wording.shipped(name).strip().partition("\n")
    return (*(WordingVersion(name, *row) for row in rows), WordingVersion(name, 1, title, text))


def newest(actor: Actor) -> tuple[WordingVersion, ...]:
    """The newest version of every wording that may be written anew, in the order of the form. Needs manage_centre."""
    return tuple(versions(actor, name)[0] for name in NAMES)


def preview(actor: Actor, name: str, title: str, text: str) -> bytes:
    """The paper as it would be with this text; nothing is written. Needs manage_centre. Raises Refused as `save`."""
    require(actor, "manage_centre")
    title, text = _checked(name, title, text)
    version = latest(name) + 1
    return _drawn(actor, name, version, Wordings({(name, version): f"{title}\n{text}"}))


def paper(actor: Actor, name: str, version: int) -> bytes:
    """A version as a paper to read. Needs manage_centre. Raises Refused no_right, unknown_wording."""
    require(actor, "manage_centre")
    _check_name(name)
    return _drawn(actor, name, version, of_centre())


def save(actor: Actor, name: str, title: str, text: str, before: int) -> int:
    """Write the next version of a wording out of version `before`; gives its number. Needs manage_centre.

    Earlier versions stay as they are: whoever agreed to one agreed to that one, and no signature becomes stale by it.
    Raises Refused unknown_wording, wording_title_missing, wording_missing, wording_too_long, wording_gap_unknown,
    wording_gap_missing, wording_unprintable, wording_changed_meanwhile, wording_unchanged.
    """
    with unit_of_work():
        require(actor, "manage_centre")
        title, text = _checked(name, title, text)
        stands = versions(actor, name)[0]
        if stands.version != before:
            raise Refused("wording_changed_meanwhile", who=stands.made_by, version=stands.version)
        if (stands.title, stands.text) == (title, text):
            raise Refused("wording_unchanged")
        version = before + 1
        database.execute_sql(
            "INSERT INTO wording (name, version, title, text, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?)",
            (name, version, title, text, actor.user_id, clock.stamp()),
        )
        operation_log.record(
            actor, "save_wording", "wording", details={"wording": name, "version": version},
            values={"title": (stands.title, title), "text": (stands.text, text)},
        )  # fmt: skip
    return version


def _check_name(name: str) -> None:
    if name not in NAMES:
        raise Refused("unknown_wording", name=name)


def _checked(name: str, title: str, text: str) -> tuple[str, str]:
    """Title and text in order: lines without blanks round them, empty ones left out."""
    from app.printing import coverage  # reads the fonts

    _check_name(name)
    title, text = normal.line(title), "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if not title:
        raise Refused("wording_title_missing")
    if not text.strip(wording.HEADING):
        raise Refused("wording_missing")
    most = LONGEST.get(name, MOST)
    if len(text) > most or len(title) > LONGEST_TITLE:
        raise Refused("wording_too_long", most=most, title=LONGEST_TITLE, length=len(text))
    unknown = [gap for gap in wording.gaps(f"{title}\n{text}") if gap not in GAPS[name] or f"{{{gap}}}" in title]
    if unknown:
        raise Refused("wording_gap_unknown", gap=f"{{{unknown[0]}}}")
    if "time" in GAPS[name] and "{time}" not in text:  # the paper says from when on
        raise Refused("wording_gap_missing", gap="{time}")
    if missing := coverage.missing(title + text):
        raise Refused("wording_unprintable", signs=missing)
    return title, text


def _drawn(actor: Actor, name: str, version: int, wordings: Wordings) -> bytes:
    from app.printing import marks, notice  # with reportlab: only when a paper is drawn
    from app.printing.paper import Centre

    ours = office.centre()
    head = Centre(ours.name, ours.english_name, ours.address, ours.phone, ours.logo)
    facts = notice.NoticeFacts(head, clock.stamp(), actor.name, name, version, wordings)
    return marks.laid_over(notice.draw(facts), practice=office.setting("practice") == "1")
