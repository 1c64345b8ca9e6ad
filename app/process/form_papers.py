"""Application forms on paper and as PDF, and the recipe for online forms: made for families, and read back. P1.

Blank forms hold nothing about anybody: they are drawn when they are needed, kept nowhere and not logged.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.models.database import database
from app.process import clock, office
from app.process.actor import Actor, require
from app.process.prices import Offer, offers
from app.rules import form_recipe
from app.rules.money import yuan
from app.rules.words import UNIT

if TYPE_CHECKING:
    from app.printing.application_form import FormFacts
    from app.printing.paper import Centre

SCHOOLS = 12  # of those typed before, for the lists
_USED = "SELECT value FROM used_value WHERE field = 'school' ORDER BY last_used DESC, value LIMIT ?"


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
    asked = form_recipe.questions(_services(actor), _schools())
    facts = recipe_sheet.RecipeFacts(_letterhead(), asked, clock.stamp(), actor.name)
    return Recipe(form_recipe.as_text(asked), len(asked), _marked(recipe_sheet.draw(facts)))


def warm_up() -> None:
    """Prepare what the first fillable form needs (a third of a second), in any thread."""
    from app.printing import form_fields

    form_fields.warm_up()


def _facts(actor: Actor) -> "FormFacts":
    from app.printing.application_form import FormFacts

    require(actor, "register")
    return FormFacts(_letterhead(), clock.stamp(), actor.name, _services(actor), _schools())


def _services(actor: Actor) -> tuple[str, ...]:
    """The services with their prices of today, as they are told to families: 午托（11:30–13:30） 480.00 元/月."""
    return tuple(words for offer in offers(actor, clock.today()) for words in _told(offer))


def _told(offer: Offer) -> list[str]:
    name = f"{offer.name}（{offer.hours}）" if offer.hours else offer.name
    return [f"{name} {yuan(fen)} 元/{UNIT[unit]}" for unit, fen in offer.prices] or [name]


def _schools() -> tuple[str, ...]:
    return tuple(sorted(value for (value,) in database.execute_sql(_USED, (SCHOOLS,))))


def _letterhead() -> "Centre":
    from app.printing.paper import Centre

    ours = office.centre()
    return Centre(ours.name, ours.english_name, ours.address, ours.phone, ours.logo)


def _marked(paper: bytes) -> bytes:
    from app.printing import marks

    return marks.laid_over(paper, practice=office.setting("practice") == "1")
