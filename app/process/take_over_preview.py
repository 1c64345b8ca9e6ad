"""What is known of a centre's own list before anything of it is taken over: plain facts, as form_preview. P19."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from app.errors import Refused
from app.exchange.form_exports import kinds, reading
from app.exchange.form_exports.sheet import MOST_ROWS
from app.process.form_preview import Looked, Preview, check_columns
from app.rules import form_rows
from app.rules.form_columns.fields import FIELDS, NOT_USED
from app.rules.form_rows import Checked, Found, Likeness
from app.rules.form_values.plan import Plan
from app.rules.opening import rows as opening_rows
from app.rules.opening import table
from app.rules.opening.fields import OPENING
from app.rules.opening.rows import Opening, Prepared
from app.rules.opening.services import World
from app.rules.opening.table import Place
from app.rules.person import Registration

LIST_FIELDS = (*FIELDS, *OPENING)
Taken = Mapping[str, tuple[int, str, str, str]]
"""By digest of a row that was taken over: id, number, name and state of the student."""


@dataclass(frozen=True)
class ListLooked(Looked):
    """A list as the child process makes it of a file; `places` say where each row stands there."""

    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class ListPreview(Preview):
    """A list and everything found in it. `world`: services and classes of the centre, and the day of taking over."""

    world: World = field(default_factory=lambda: World((), (), ""))
    taken: Taken = field(default_factory=dict)

    @cached_property
    def prepared(self) -> Prepared:
        """How its rows are read."""
        return opening_rows.prepare(self.looked.header, self.columns, self.looked.rows, self.world)

    @property
    def plan(self) -> Plan:
        """How child and family of a row are read."""
        return self.prepared.plan

    @property
    def everywhere(self) -> tuple[str, ...]:
        """The codes of the problems that every row has, for one line above the rows."""
        return self.prepared.everywhere

    @property
    def new_classes(self) -> tuple[str, ...]:
        """Classes that rows without an error name and the centre does not have: they are made when it is agreed."""
        named = dict.fromkeys(self.opening(row.n).class_name for row in self.rows if not row.has_error)
        return tuple(name for name in named if name and name not in self.world.classes)

    def opening(self, n: int) -> Opening:
        """What a row takes over beside the registration."""
        return opening_rows.read_opening(self.cells_of(n), self.prepared)

    def registration(self, n: int) -> Registration:
        """Child and family of a row."""
        return opening_rows.registration(self.cells_of(n), self.prepared)

    def place(self, n: int) -> Place:
        """Where a row stands in the file."""
        assert isinstance(self.looked, ListLooked)  # noqa: S101 - made so
        return self.looked.places[n - 1]

    def checked_row(self, n: int) -> Checked:
        """A row as it is checked now."""
        return opening_rows.check_row(n, self.cells_of(n), self.prepared, self.salt)

    def checked_rows(self) -> tuple[Checked, ...]:
        """Every row as it is checked now."""
        return opening_rows.check(self.looked.header, self.looked.rows, self.cells, self.prepared, self.salt)

    def check_columns(self, columns: tuple[str, ...]) -> None:
        """Raises Refused import_columns_wrong."""
        check_columns(columns, self.looked.header, {*LIST_FIELDS})

    def in_world(self, world: World) -> Self:
        """The preview against services and classes as they are now."""
        if world == self.world:
            return self
        changed = replace(self, world=world)
        return replace(changed, checked=changed.checked_rows())

    def compared(self) -> Mapping[int, Found]:
        """Who each row may be: somebody known, a row that was taken over before, an earlier row of the file."""
        found = dict(form_rows.compare(self.checked, self.known, {}))
        for row in self.checked:
            if row.digest in self.taken:
                student_id, number, name, state = self.taken[row.digest]
                found[row.n] = Found(Likeness("same_row", 0, "student", student_id, name, number, state), None)
        return found

    def _compared(self, changed: Self) -> Self:
        return replace(changed, found=changed.compared())


def look(content: bytes, remembered: Mapping[str, tuple[str, ...]], world: World, salt: bytes) -> ListLooked:
    """Read a list, put its sheets below each other, propose the columns and check the rows. Runs in a child process.

    Raises Refused as reading.sheets, and import_header_missing, too_many_import_rows.
    """
    found = _table(content, world)
    if found is None:
        raise Refused("import_header_missing")
    if len(found.rows) > MOST_ROWS:
        raise Refused("too_many_import_rows", most=MOST_ROWS)
    layout = table.layout_words(found.header)
    columns = remembered.get(layout, ())
    known = len(columns) == len(found.header) and set(columns) <= {*LIST_FIELDS, NOT_USED}
    columns = columns if known else found.columns
    prepared = opening_rows.prepare(found.header, columns, found.rows, world)
    checked = opening_rows.check(found.header, found.rows, {}, prepared, salt)
    return ListLooked(
        "", 0, found.header, found.rows, layout, columns, known, checked, places=found.places,
    )  # fmt: skip


def _table(content: bytes, world: World) -> table.Table | None:
    """Of a workbook all sheets together, of a text the first way to read it that shows a table."""
    sheets: Iterator[tuple[str, tuple[tuple[str, ...], ...]]] = (
        (one.title, one.rows) for one in reading.sheets(content)
    )  # fmt: skip
    if kinds.kind(content) != "text":
        return table.find(sheets, world)
    return next((found for one in sheets if (found := table.find([one], world))), None)
