"""Which column is which field: proposed from the words above it, its neighbours, and what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.rules.form_columns import contents
from app.rules.form_columns.fields import (
    COLLECTORS,
    CONTACT_PARTS,
    CONTACTS,
    FIELDS,
    GUARDIAN_PARTS,
    GUARDIANS,
    JOINED,
    NOT_USED,
)
from app.rules.form_columns.headers import Meaning, meaning

Row = Sequence[str]

_SAME_PLACE = {
    "none": NOT_USED, "submitted_at": "submitted_at", "alone": "pick_up.goes_home_alone", "wanted": "services.wanted",
    "start_date": "services.start_date",
    **{name: f"consents.{name}" for name in ("photos", "emergency_treatment", "under_14", "privacy")},
    **{name: f"health.{name}" for name in
       ("allergies", "conditions", "medication", "diet", "doctor_notes", "insurance")},
    **{name: f"child.{name}" for name in
       ("birth_date", "identity_kind", "school", "grade", "school_class", "form_teacher", "special_needs",
        "heard_of")},
}  # fmt: skip
_CHECKED = frozenset({"name", "mobile", "relation", "sex"})  # headers that their cells may overrule
_OVERRULE = frozenset({"identity_number", "mobile", "sex", "relation"})  # what cells say beyond doubt


def header_score(row: Row) -> float:
    """How much a row looks like a header: one for every column whose words are known, less for a mere person."""
    found = [meaning(cell) for cell in row if cell.strip()]
    return sum(1.0 if one.named else 0.3 for one in found if one.aspect)


def propose(header: Row, cells: Sequence[Row], today: str, above: Row = ()) -> tuple[str, ...]:
    """Give the field of every column ("" for one that is not used).

    `cells` are some rows below the header, `above` a row of group titles (孩子 | 父亲 | 母亲), if there is one.
    """
    taker = _Taker()
    groups = _spread(above, len(header))
    meanings = [_with_group(meaning(text), groups[at]) for at, text in enumerate(header)]
    columns = [[row[at] for row in cells] for at in range(len(header))]
    meanings = [_looked_at(one, columns[at], today) for at, one in enumerate(meanings)]
    taker.expect(meanings)
    found = [taker.take(one) for one in meanings]
    if "child.name" not in found:
        _find_the_child(found, header, columns, meanings)
    return tuple(found)


def _spread(above: Row, width: int) -> list[str]:
    """The group title of every column: a merged cell keeps its text in its first column only."""
    if sum(1 for text in above if text.strip()) < 2:
        return [""] * width
    found, last = [], ""
    for at in range(width):
        text = above[at] if at < len(above) else ""
        last = text if text.strip() else last
        found.append(last)
    return found


def _with_group(own: Meaning, group: str) -> Meaning:
    if not group or own.owner not in ("", "reach"):
        return own
    of_group = meaning(group)
    if not of_group.owner or own.aspect not in (*GUARDIAN_PARTS, "sex", "identity_number", "address"):
        return own
    return Meaning(of_group.owner, of_group.place or own.place, own.aspect, named=own.named)


def _looked_at(own: Meaning, cells: Sequence[str], today: str) -> Meaning:
    """The meaning after a look at the cells: an unknown header, or one that its cells belie."""
    if own.aspect in _CHECKED:
        seen = contents.guess(cells, today)
        if seen in _OVERRULE and seen != own.aspect and not contents.looks_like(own.aspect, cells):
            return Meaning(own.owner, own.place, seen, named=True)
        if own.aspect == "name" and seen in ("mobile", "identity_number"):
            return Meaning(own.owner, own.place, seen, named=True)
        return own
    if own.aspect == "":
        seen = contents.guess(cells, today)
        return Meaning(own.owner, own.place, seen, named=True) if seen else own
    return own


def _find_the_child(
    found: list[str], header: Row, columns: Sequence[Sequence[str]], meanings: Sequence[Meaning],
) -> None:  # fmt: skip
    """Without a header for it the child's name is the first unknown column that holds names."""
    for at, one in enumerate(meanings):
        if not one.aspect and header[at].strip() and contents.are_names(columns[at]):
            found[at] = "child.name"
            return


@dataclass
class _Taker:
    """Gives the columns out, from left to right: what is taken goes to the next person."""

    taken: set[str] = field(default_factory=set)
    person: str = ""  # whose columns came last: 'guardians.0', 'contacts.1'
    parents: dict[str, int] = field(default_factory=dict)  # mother, father: their place among the guardians
    named_guardians: bool = False

    def expect(self, meanings: Sequence[Meaning]) -> None:
        """Look at the whole header first: only then is it known who a bare 联系人 is."""
        self.named_guardians = any(
            one.owner in ("guardian", "mother", "father") and one.aspect == "name" for one in meanings
        )

    def take(self, one: Meaning) -> str:
        """The field of the next column."""
        if one.aspect in _SAME_PLACE:
            return self._free(_SAME_PLACE[one.aspect])
        if one.aspect in ("sex", "identity_number", "address"):
            return self._free(f"child.{one.aspect}") if one.owner in ("", "child") else NOT_USED
        if one.aspect not in GUARDIAN_PARTS:
            return NOT_USED
        if one.aspect == "name" and one.owner in ("", "child"):
            return self._free("child.name") or self._of_people(Meaning("guardian", 0, "name"))
        return self._of_people(one)

    def _free(self, wanted: str) -> str:
        if wanted in self.taken and wanted not in JOINED:
            return NOT_USED
        self.taken.add(wanted)
        return wanted

    def _of_people(self, one: Meaning) -> str:
        owner = one.owner
        if owner == "reach":
            owner = "contact" if self.named_guardians else "guardian"
        if owner == "contact":
            return self._numbered("contacts", CONTACTS, one)
        if owner == "collector":
            return self._numbered("collectors", COLLECTORS, one)
        if owner in ("mother", "father"):
            place = self.parents.setdefault(owner, self._next_guardian())
            return self._person(f"guardians.{place}", one.aspect) if place < GUARDIANS else NOT_USED
        goes_on = not owner and self.person.startswith(("contacts", "collectors")) and one.aspect in CONTACT_PARTS
        if goes_on and f"{self.person}.{one.aspect}" not in self.taken:
            return self._person(self.person, one.aspect)
        return self._numbered("guardians", GUARDIANS, one)

    def _next_guardian(self) -> int:
        begun = [int(field.split(".")[1]) for field in self.taken if field.startswith("guardians.")]
        return max(begun, default=-1) + 1

    def _numbered(self, people: str, most: int, one: Meaning) -> str:
        """The person whom the header numbers, or the first of them who still lacks this."""
        if one.place and one.place <= most and f"{people}.{one.place - 1}.{one.aspect}" not in self.taken:
            return self._person(f"{people}.{one.place - 1}", one.aspect)
        for at in range(most):
            if f"{people}.{at}.{one.aspect}" not in self.taken:
                return self._person(f"{people}.{at}", one.aspect)
        return NOT_USED

    def _person(self, person: str, part: str) -> str:
        wanted = f"{person}.{part}"
        if wanted in self.taken or wanted not in FIELDS:
            return NOT_USED
        self.person = person
        self.taken.add(wanted)
        return wanted


def parents(header: Row, columns: Sequence[str]) -> dict[int, str]:
    """What a guardian is by the header alone: 父亲姓名 makes guardians.0 the father."""
    found: dict[int, str] = {}
    for text, where in zip(header, columns, strict=True):
        said = meaning(text).owner
        if where.startswith("guardians.") and said in ("mother", "father"):
            found.setdefault(int(where.split(".")[1]), said)
    return found
