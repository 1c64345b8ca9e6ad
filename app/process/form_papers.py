"""Application forms on paper and as PDF, and the recipe for online forms: made for families, and read back. P1.

Blank forms hold nothing about anybody: they are drawn when they are needed, kept nowhere and not logged.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Refused
from app.exchange import form_pdf
from app.exchange.form_pdf import FormFile
from app.process import apart, clock, form_import, form_known, form_preview, office, wordings
from app.process.actor import Actor, require
from app.process.form_preview import Looked, Preview
from app.process.prices import Offer, offers
from app.rules import form_recipe
from app.rules.money import yuan
from app.rules.words import UNIT

if TYPE_CHECKING:
    from app.printing.application_form import FormFacts
    from app.printing.paper import Centre

AT_ONCE, MOST_FORMS = 50, 500  # forms for one child process, and for one preview
SCHOOLS = 12  # of those typed before, for the lists


@dataclass(frozen=True)
class Recipe:
    """What an online form should ask: as text to copy, and as a paper."""

    text: str
    questions: int
    paper: bytes


def blank_form(actor: Actor) -> bytes:
    """The application form to print and fill in with a pen. Needs register."""
    from app.printing import application_form

    return _marked(application_form.blank(_facts(actor)))


def fillable_form(actor: Actor) -> bytes:
    """The application form as a PDF that families fill in on a screen. Needs register."""
    from app.printing import application_form

    return _marked(application_form.fillable(_facts(actor)))


def recipe(actor: Actor) -> Recipe:
    """The recipe for form services, with the services, prices and schools of today. Needs register."""
    from app.printing import recipe_sheet

    require(actor, "register")
    asked = form_recipe.questions(_services(actor), _schools(actor))
    facts = recipe_sheet.RecipeFacts(_letterhead(), asked, clock.stamp(), actor.name)
    return Recipe(form_recipe.as_text(asked), len(asked), _marked(recipe_sheet.draw(facts)))


def warm_up() -> None:
    """Prepare what the first fillable form needs (a third of a second), in any thread."""
    from app.printing import form_fields

    form_fields.warm_up()


# reading filled ones ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FormsReading(form_import.Reading):
    """Filled forms that are about to be read."""

    paths: tuple[str, ...] = ()

    def look(self, wait: Callable[[], None] = lambda: None) -> Looked:
        """Read the forms in child processes and check them; in any thread. What `wait` raises stops it.

        What cannot be read is told in `unread`, file by file. Raises Refused with the trouble of the only file.
        """
        files: list[FormFile] = []
        for at in range(0, len(self.paths), AT_ONCE):
            files += _read_apart(self.paths[at : at + AT_ONCE], wait)
        if len(files) == 1 and files[0].trouble:
            raise Refused(files[0].trouble, **files[0].of)
        return form_preview.of_forms(files, self.today, self.salt)


def begin_forms(actor: Actor, paths: Sequence[Path], *, today: str = "") -> FormsReading:
    """Take filled forms up, files or folders of them; reads nothing yet. Needs import_applications.

    What comes of it goes the way of a form export: `look`, `form_import.finish`, `form_import.import_rows`.
    Raises Refused no_right, no_forms_found, too_many_forms.
    """
    require(actor, form_import.RIGHT)
    found = tuple(str(one) for path in paths for one in _forms_of(path))
    if not found:
        raise Refused("no_forms_found")
    if len(found) > MOST_FORMS:
        raise Refused("too_many_forms", most=MOST_FORMS)
    name = Path(found[0]).name if len(found) == 1 else f"{Path(found[0]).name} 等 {len(found)} 份"
    seal = "\n".join(sorted(_digest(path) for path in found)).encode()
    return FormsReading(name, seal, today or clock.today(), form_known.salt(), {}, paths=found)


def read_forms(
    actor: Actor, paths: Sequence[Path], *, today: str = "", wait: Callable[[], None] = lambda: None,
) -> Preview:  # fmt: skip
    """Read filled forms into the preview of the import; blocks. Writes nothing. Raises as `begin_forms` and `look`."""
    reading = begin_forms(actor, paths, today=today)
    return form_import.finish(actor, reading, reading.look(wait))


def _forms_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.iterdir() if one.suffix.lower() == ".pdf" and one.is_file())


def _digest(path: str) -> str:
    """What a file is known by: the same forms again are noticed. A file that is gone is told when it is read."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _read_apart(paths: Sequence[str], wait: Callable[[], None]) -> tuple[FormFile, ...]:
    """Read forms in a child process; if that dies, each in its own, so that one takes no other with it."""
    try:
        return apart.run(form_pdf.read_files, tuple(paths), wait=wait, limits=form_import.LIMITS)
    except ChildProcessError:
        if len(paths) == 1:
            return (FormFile(Path(paths[0]).name, trouble="form_file_damaged"),)
        return tuple(one for path in paths for one in _read_apart((path,), wait))


# facts --------------------------------------------------------------------------------------------------------------


def _facts(actor: Actor) -> "FormFacts":
    from app.printing.application_form import FormFacts

    require(actor, "register")
    return FormFacts(
        _letterhead(), clock.stamp(), actor.name, _services(actor), _schools(actor), wordings.of_centre(),
    )  # fmt: skip


def _services(actor: Actor) -> tuple[str, ...]:
    """The services with their prices of today, as they are told to families: 午托（11:30–13:30） 480.00 元/月."""
    return tuple(words for offer in offers(actor, clock.today()) for words in _told(offer))


def _told(offer: Offer) -> list[str]:
    name = f"{offer.name}（{offer.hours}）" if offer.hours else offer.name
    return [f"{name} {yuan(fen)} 元/{UNIT[unit]}" for unit, fen in offer.prices] or [name]


def _schools(actor: Actor) -> tuple[str, ...]:
    """Those that were typed last, in the order of their names."""
    return tuple(sorted(office.used_values(actor, "school")[:SCHOOLS]))


def _letterhead() -> "Centre":
    from app.printing.paper import Centre

    ours = office.centre()
    return Centre(ours.name, ours.english_name, ours.address, ours.phone, ours.logo)


def _marked(paper: bytes) -> bytes:
    from app.printing import marks

    return marks.laid_over(paper, practice=office.setting("practice") == "1")
