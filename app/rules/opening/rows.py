"""The rows of a centre's own list checked: the child as in a form, and what is taken over beside it. product.md P19.

What can be wrong with child and family is said as for a form; only what such a list never holds is said once, above
the rows. What cannot be understood of services, days and money stops a row: it would stand in the ledger for ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.rules import dates, form_rows
from app.rules.form_columns import table as of_forms
from app.rules.form_columns.fields import HEALTH
from app.rules.form_rows import Cells, Checked, Row
from app.rules.form_values import answers, days
from app.rules.form_values import plan as planning
from app.rules.form_values.plan import Plan
from app.rules.normal import half_width, line, lines
from app.rules.opening import services as finding
from app.rules.opening import values
from app.rules.opening.fields import (
    BALANCE,
    CLASS,
    CREDIT,
    DAYS_LEFT,
    DEBT,
    MEALS_LEFT,
    NOTE,
    OLD_NUMBER,
    PAID_UNTIL,
    SERVICES,
    WEEKDAYS,
)
from app.rules.opening.services import Asked, Known, World
from app.rules.person import Child, Guardian, Registration
from app.rules.problem import Problem, error, warning
from app.rules.words import RELATION

_GUARDIAN_NAMES = tuple(f"guardians.{at}.name" for at in range(3))
_NEVER_ASKED = ("services_missing", "health_not_asked", "privacy_not_asked", "under_14_not_asked")
"""What no such list holds for everybody: the sheets that are signed afterwards ask it."""
_ONLY_IF_ASKED = {
    "sex_missing": ("child.sex", "child.identity_number"),
    "birth_date_missing": ("child.birth_date", "child.identity_number"),
    "guardian_named_by_child": _GUARDIAN_NAMES,
    "opening_until_missing": (PAID_UNTIL, DAYS_LEFT, SERVICES),
}
_OWN_WORDS = {"mother": "妈妈", "father": "爸爸"}


@dataclass(frozen=True)
class Line:
    """A service that a child has: on which days, and the last day that is paid ("" when nobody said)."""

    service: Known
    weekdays: int
    paid_until: str


@dataclass(frozen=True)
class Opening:
    """What is taken over of a child beside the registration. Days and meals in tenths; None: nothing was said."""

    class_name: str = ""
    lines: tuple[Line, ...] = ()
    days_left: int | None = None
    meals_left: int | None = None
    debt_fen: int = 0
    credit_fen: int = 0
    old_number: str = ""
    note: str = ""

    @property
    def paid_until(self) -> str:
        """The last day of all that is paid."""
        return max((one.paid_until for one in self.lines), default="")


@dataclass(frozen=True)
class Prepared:
    """How the rows of a table are read."""

    plan: Plan
    world: World
    order: str  # how the column of days writes 13/4/2026
    everywhere: tuple[str, ...] = field(default=())


def prepare(header: Row, columns: tuple[str, ...], rows: Sequence[Row], world: World) -> Prepared:
    """Prepare the reading of a table."""
    everywhere = not_asked(columns)
    plan = planning.plan(header, columns, rows, world.today, frozenset({*everywhere, *_NEVER_ASKED}))
    at = columns.index(PAID_UNTIL) if PAID_UNTIL in columns else None
    return Prepared(plan, world, days.order(row[at] for row in rows) if at is not None else "", everywhere)


def not_asked(columns: Sequence[str]) -> tuple[str, ...]:
    """The problems that every row has because the list has no column for them, for one line above the rows."""
    present = set(columns)
    found = [code for code, fields in _ONLY_IF_ASKED.items() if not present.intersection(fields)]
    return (*found, *(() if present.intersection(HEALTH) else ("health_not_asked",)), "privacy_not_asked")


def check(header: Row, rows: Sequence[Row], cells: Cells, prepared: Prepared, salt: bytes) -> tuple[Checked, ...]:
    """Check every data row."""
    corrected = form_rows.by_row(cells)
    return tuple(
        check_row(n, form_rows.corrected_row(row, corrected.get(n)), prepared, salt)
        for n, row in enumerate(rows, 1)
        if n in corrected or of_forms.is_data(row, header)
    )


def check_row(n: int, row: Row, prepared: Prepared, salt: bytes) -> Checked:
    """Check one row: its child and family, then what is taken over."""
    given = planning.values(row, prepared.plan)
    checked = form_rows.check_row(n, row, prepared.plan, salt)
    nameless = [one for one in checked.problems if one.code == "guardian_name_missing"]
    said = [one for one in checked.problems if one.code != "guardian_name_missing"]
    if nameless and "guardian_named_by_child" not in prepared.plan.unasked:
        said += [warning(one.field, "guardian_named_by_child") for one in nameless]
    _, asked = opening(given, prepared)
    return checked._replace(problems=(*said, *asked))


def registration(row: Row, prepared: Prepared) -> Registration:
    """Child and family of a row; a guardian of whom the list holds only the phone is named by the child: 陈一诺妈妈."""
    whole = form_rows.registration(row, prepared.plan)
    return replace(whole, guardians=tuple(_named(one, whole.child) for one in whole.guardians))


def named_by_child(guardian: Guardian, child: Child) -> bool:
    """Whether a guardian bears only the name that `registration` made for it."""
    return guardian.name == _named(replace(guardian, name=""), child).name


def _named(one: Guardian, child: Child) -> Guardian:
    if one.name:
        return one
    word = _OWN_WORDS.get(one.relation) or RELATION.get(one.relation, one.relation)
    return replace(one, name=f"{child.name}{word if one.relation != 'guardian' else '家长'}")


def read_opening(row: Row, prepared: Prepared) -> Opening:
    """What is taken over of a row."""
    return opening(planning.values(row, prepared.plan), prepared)[0]


# what is taken over -------------------------------------------------------------------------------------------------


def opening(given: Mapping[str, str], prepared: Prepared) -> tuple[Opening, tuple[Problem, ...]]:
    """Read what is taken over, and tell what of it is wrong or doubtful."""
    said: list[Problem] = []
    left = {name: _left(given.get(name, ""), name, said) for name in (DAYS_LEFT, MEALS_LEFT)}
    debt, credit = _money(given, said)
    name = line(given.get(CLASS, ""))
    note = lines(given.get(NOTE, ""))
    found = Opening(
        finding.known_class(name, prepared.world) if name else "", _lines(given, left[DAYS_LEFT], prepared, said),
        left[DAYS_LEFT], left[MEALS_LEFT], debt, credit, half_width(line(given.get(OLD_NUMBER, ""))),
        "" if answers.is_nothing(note) else note,
    )  # fmt: skip
    return found, tuple(said)


def _lines(
    given: Mapping[str, str], days_left: int | None, prepared: Prepared, said: list[Problem],
) -> tuple[Line, ...]:  # fmt: skip
    world = prepared.world
    told = given.get(WEEKDAYS, "")
    weekdays = finding.days_of(told) if told else 0
    if told and not weekdays and not answers.is_nothing(told):
        said.append(warning(WEEKDAYS, "opening_weekdays_unclear", text=told[:20]))
    asked = finding.asked(given.get(SERVICES, ""), weekdays, world)
    if not asked:  # 一年级午托班: the class may tell
        asked = tuple(one for one in finding.asked(given.get(CLASS, ""), weekdays, world) if one.service)
    for one in asked:
        if one.service is None:
            said.append(error(SERVICES, "opening_service_unknown", text=one.text[:20]))
        elif one.guessed:
            said.append(warning(SERVICES, "opening_service_guessed", text=one.text[:20], service=one.service.name))
    whole = _until(given.get(PAID_UNTIL, ""), PAID_UNTIL, prepared, said)
    found = [
        Line(one.service, one.weekdays, _until(one.until, SERVICES, prepared, said) or whole)
        for one in asked
        if one.service
    ]
    _about_lines(found, asked, whole, days_left, prepared, said)
    return tuple(_with_days(one, days_left, world.today) for one in found)


def _about_lines(
    found: Sequence[Line], asked: Sequence[Asked], whole: str, days_left: int | None, prepared: Prepared,
    said: list[Problem],
) -> None:  # fmt: skip
    if not asked and (whole or days_left):
        said.append(error(SERVICES, "opening_service_missing"))
    elif not asked:
        said.append(warning(SERVICES, "opening_services_none"))
    unsaid = any(not one.paid_until for one in found) and days_left is None
    if unsaid and "opening_until_missing" not in prepared.everywhere:
        said.append(warning(PAID_UNTIL, "opening_until_missing"))
    last = max((one.paid_until for one in found), default="")
    if last and last < prepared.world.today:
        said.append(warning(PAID_UNTIL, "opening_until_past", day=last))


def _with_days(one: Line, days_left: int | None, today: str) -> Line:
    """Days that are left tell when the paid time ends, where no day does: on the last of them from today on."""
    if one.paid_until or days_left is None:
        return one
    return replace(one, paid_until=last_day(today, max(0, -(-days_left // 10)), one.weekdays))


def last_day(first: str, count: int, weekdays: int) -> str:
    """The day on which the last of `count` days on `weekdays` is used, from `first` on; the day before for none."""
    day = dates.add_days(first, -1)
    while count and weekdays:
        day = dates.add_days(day, 1)
        count -= dates.weekdays_between(day, day, weekdays)
    return day


def _until(text: str, where: str, prepared: Prepared, said: list[Problem]) -> str:
    try:
        found = values.paid_until(text, prepared.world.today, prepared.order)
    except values.UnclearError:
        said.append(error(where, "opening_until_unclear", text=text[:20]))
        return ""
    if found and values.may_be_october(text):
        said.append(warning(where, "opening_until_october", text=text.strip(), day=found))
    return found


def _left(text: str, where: str, said: list[Problem]) -> int | None:
    try:
        found = values.left(text)
    except values.UnclearError:
        said.append(error(where, "opening_left_unclear", text=text[:20]))
        return None
    if found is not None and found < 0:
        said.append(warning(where, "opening_left_below_zero", text=text.strip()[:20]))
    return found


def _money(given: Mapping[str, str], said: list[Problem]) -> tuple[int, int]:
    debt = credit = 0
    for where, column in ((BALANCE, "balance"), (DEBT, "debt"), (CREDIT, "credit")):
        text = given.get(where, "")
        try:
            found = values.money(text, column)
        except values.UnclearError:
            said.append(error(where, "opening_money_unclear", text=text[:20]))
            continue
        debt, credit = debt + found.debt_fen, credit + found.credit_fen
        if found.contradicts:
            said.append(warning(where, "opening_money_sign", text=text.strip()[:20]))
    if debt and credit:
        said.append(warning(DEBT, "opening_debt_and_credit"))
    return debt, credit
