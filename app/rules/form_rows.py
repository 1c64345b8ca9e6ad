"""The rows of a form export checked: problems of each, and who it may be already.

Everything that can be wrong is said by `problems.problems`, as for a form that is typed; here is only left out what no
row can help (the form did not ask), and added what could not be understood. The codes of the command line stand in
OUTSIDE.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.rules import duplicates, identity, phones, problems
from app.rules.duplicates import Known, Seeker
from app.rules.form_columns import table
from app.rules.form_columns.fields import HEALTH, WANTED
from app.rules.form_values import plan as planning
from app.rules.form_values import row as reading
from app.rules.form_values.plan import Plan
from app.rules.person import SEXES, Registration
from app.rules.problem import ERROR, Problem

Row = tuple[str, ...]
Cells = Mapping[tuple[int, int], str]
"""Corrected cells: by number of the row (from 1 below the header) and of the column (from 0)."""

OUTSIDE = {
    "identity_characters": "identity_invalid", "identity_missing": "identity_invalid",
    "identity_extra": "identity_invalid", "identity_birth_date": "identity_invalid",
    "identity_birth_future": "identity_invalid", "identity_check_digit": "identity_invalid",
    "phone_characters": "phone_invalid", "phone_missing": "phone_invalid", "phone_extra": "phone_invalid",
    "phone_prefix": "phone_invalid", "phone_unclear": "phone_invalid", "landline_missing": "phone_invalid",
    "landline_extra": "phone_invalid", "foreign_length": "phone_invalid", "guardian_phone_missing": "phone_invalid",
    "guardian_name_missing": "guardian_missing", "guardian_relation_missing": "guardian_missing",
}  # fmt: skip
"""Codes that the command line tells by one name: what is finer inside matters to whoever corrects the cell."""

_ONLY_IF_ASKED = {
    "services_missing": (WANTED,), "health_not_asked": HEALTH, "privacy_not_asked": ("consents.privacy",),
    "under_14_not_asked": ("consents.under_14",),
}  # fmt: skip
"""What is a problem of a row only where the form has a column for it; else it is one of the form, said once."""


class Keys(NamedTuple):
    """What of a row is compared with others, in its stored form; phones that are none are left out."""

    name: str
    birth_date: str
    identity_number: str
    guardian_phones: tuple[str, ...]
    other_phones: tuple[str, ...]


class Checked(NamedTuple):
    """A row that was checked.

    `digest` tells the same answers again, in any later file; without the salt it says nothing.
    """

    n: int
    problems: tuple[Problem, ...]
    keys: Keys
    digest: str

    @property
    def has_error(self) -> bool:
        """Whether it cannot be imported as it is."""
        return any(one.strength == ERROR for one in self.problems)


@dataclass(frozen=True)
class Likeness:
    """Who a row may be already (`kind`: same_row or one of duplicates.KINDS), or whose brother or sister.

    `row` is the number of an earlier row of the file; else `known` (student, application) and its `id` say who.
    `reference` is what people call it: the number of the row, of the student, or of the application.
    """

    kind: str
    row: int = 0
    known: str = ""
    id: int = 0
    name: str = ""
    reference: str = ""
    state: str = ""
    phone: str = ""


class Found(NamedTuple):
    """What was found for a row: the strongest duplicate, and a brother or sister; None for nobody."""

    duplicate: Likeness | None
    sibling: Likeness | None


# checking -----------------------------------------------------------------------------------------------------------


def check(
    header: Row, columns: tuple[str, ...], rows: Sequence[Row], cells: Cells, today: str, salt: bytes,
) -> tuple[Checked, ...]:  # fmt: skip
    """Check every data row; empty ones keep their number and are not in the result."""
    prepared = plan(header, columns, rows, today)
    corrected = by_row(cells)
    return tuple(
        check_row(n, corrected_row(row, corrected.get(n)), prepared, salt)
        for n, row in enumerate(rows, 1)
        if n in corrected or table.is_data(row, header)
    )


def plan(header: Row, columns: tuple[str, ...], rows: Sequence[Row], today: str) -> Plan:
    """How the rows of a table are read."""
    return planning.plan(header, columns, rows, today, frozenset(not_asked(columns)))


def check_row(n: int, row: Row, prepared: Plan, salt: bytes) -> Checked:
    """Check one row."""
    given = planning.values(row, prepared)
    whole, asked = reading.registration(given, prepared)
    unasked = prepared.unasked
    if WANTED in given:  # what is wanted stands in the family's words; a line is made of it at the review
        unasked |= {"services_missing"}
    said = [one for one in problems.problems(whole, prepared.today) if one.code not in unasked]
    return Checked(n, (*said, *asked), _keys(whole), _digest(row, prepared, salt))


def registration(row: Row, prepared: Plan) -> Registration:
    """The registration of a row as it is imported: what is missing and stands in the identity number is taken from it.

    The warning stays with the row, so that somebody has seen it.
    """
    whole, _ = reading.registration(planning.values(row, prepared), prepared)
    child = whole.child
    told = identity.read(child.identity_number) if child.identity_kind == "resident_id" else None
    if told and (child.sex not in SEXES or not child.birth_date):
        child = replace(
            child, sex=child.sex or told.sex, birth_date=child.birth_date or told.birth_date,
        )  # fmt: skip
        return replace(whole, child=child)
    return whole


def not_asked(columns: Sequence[str]) -> tuple[str, ...]:
    """The problems that every row has because the form has no column for them, for one line above the rows."""
    return tuple(code for code, fields in _ONLY_IF_ASKED.items() if not set(fields) & set(columns))


def corrected_row(row: Row, changes: Mapping[int, str] | None) -> Row:
    """The row with its corrected cells."""
    if not changes:
        return row
    return tuple(changes.get(at, text) for at, text in enumerate(row))


def application_reference(application_id: int) -> str:
    """What the command line calls an application that is not a student yet."""
    return f"application {application_id}"


def outside(code: str) -> str:
    """The name by which the command line tells a problem."""
    return OUTSIDE.get(code, code)


def by_row(cells: Cells) -> dict[int, dict[int, str]]:
    """The corrected cells of every row."""
    found: dict[int, dict[int, str]] = {}
    for (n, at), text in cells.items():
        found.setdefault(n, {})[at] = text
    return found


def _keys(whole: Registration) -> Keys:
    child = whole.child
    return Keys(
        child.name, child.birth_date, child.identity_number,
        tuple([one.mobile for one in whole.guardians if phones.kind(one.mobile)]),
        tuple([one.mobile for one in whole.contacts if phones.kind(one.mobile)]),
    )  # fmt: skip


def _digest(row: Row, prepared: Plan, salt: bytes) -> str:
    """The same for the same answers, in whatever order the columns stand; when they were given does not count."""
    text = "\x1f".join([row[at] for at in prepared.answers])
    return hashlib.blake2b(text.encode("utf-8", "replace"), key=salt, digest_size=16).hexdigest()


# comparing ----------------------------------------------------------------------------------------------------------


def compare(
    rows: Sequence[Checked], known: Iterable[tuple[Known, str]], imported: Mapping[str, tuple[int, str]],
) -> dict[int, Found]:  # fmt: skip
    """Find who each row may be: among the known (with their references), rows imported before, and earlier rows.

    Gives only rows for which somebody was found. Students come before applications, both before rows of the file.
    """
    crowd = _Crowd()
    for one, reference in known:
        crowd.add(one, reference)
    found = {}
    seen: dict[str, int] = {}
    for row in rows:
        result = _same_row(row, seen, imported) or crowd.search(row.keys)
        if result:
            found[row.n] = result
        seen.setdefault(row.digest, row.n)
        crowd.add_row(row)
    return found


def _same_row(row: Checked, seen: Mapping[str, int], imported: Mapping[str, tuple[int, str]]) -> Found | None:
    if row.digest in imported:
        application_id, state = imported[row.digest]
        return Found(
            Likeness(
                "same_row", 0, "application", application_id, row.keys.name, application_reference(application_id),
                state,
            ),
            None,
        )  # fmt: skip
    if row.digest in seen:
        n = seen[row.digest]
        return Found(Likeness("same_row", n, "row", n, row.keys.name, str(n)), None)
    return None


def _known_row(row: Checked) -> Known:
    keys = row.keys
    return Known(
        row.n, "row", keys.name, keys.birth_date, keys.identity_number, keys.guardian_phones, keys.other_phones,
    )  # fmt: skip


class _Crowd:
    """Everybody known so far, by what can be the same; those who were added first come first."""

    def __init__(self) -> None:
        self.everybody: list[tuple[Known, str] | Checked] = []
        self.by: dict[object, list[int]] = {}

    def add(self, one: Known, reference: str) -> None:
        keys = Keys(one.name, one.birth_date, one.identity_number, one.guardian_phones, one.other_phones)
        self._file(keys, (one, reference))

    def add_row(self, row: Checked) -> None:
        self._file(row.keys, row)

    def _file(self, keys: Keys, entry: "tuple[Known, str] | Checked") -> None:
        at = len(self.everybody)
        self.everybody.append(entry)
        if keys.identity_number:
            self.by.setdefault(keys.identity_number, []).append(at)
        if keys.name and keys.birth_date:
            self.by.setdefault((keys.name, keys.birth_date), []).append(at)
        for phone in {*keys.guardian_phones, *keys.other_phones}:
            self.by.setdefault(phone, []).append(at)

    def search(self, keys: Keys) -> Found | None:
        numbers = {*keys.guardian_phones, *keys.other_phones}
        asked: list[object] = [(keys.name, keys.birth_date), keys.identity_number, *numbers]
        places = sorted({at for one in asked if one in self.by for at in self.by[one]})
        if not places:
            return None
        sought = Seeker(
            keys.name, keys.birth_date, keys.identity_number, frozenset(keys.guardian_phones), frozenset(numbers),
        )  # fmt: skip
        matches = [(match, at) for at in places if (match := sought.match(self._known(at)[0])) is not None]
        matches.sort(key=lambda one: duplicates.KINDS.index(one[0].kind))
        same = next(((match, at) for match, at in matches if match.kind != "sibling"), None)
        family = next(((match, at) for match, at in matches if match.kind == "sibling"), None)
        if same is None and family is None:
            return None
        # whoever is a double is no brother or sister of those whom the other one belongs to
        return Found(same and self._like(*same), None if same else family and self._like(*family))

    def _known(self, at: int) -> tuple[Known, str]:
        entry = self.everybody[at]
        return (_known_row(entry), str(entry.n)) if isinstance(entry, Checked) else entry

    def _like(self, match: duplicates.Match, at: int) -> Likeness:
        one, reference = self._known(at)
        row = one.id if one.kind == "row" else 0
        return Likeness(match.kind, row, one.kind, one.id, one.name, reference, one.state, match.phone)
