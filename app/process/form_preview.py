"""What is known of a file before anything of it is written: its rows, columns, problems, and who they may be already.

Everything here is plain facts: it can be made in a child process, kept by a page, and changed by it.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from app.errors import Refused
from app.exchange import form_pdf
from app.exchange.form_exports import reading
from app.exchange.form_exports.sheet import MOST_ROWS
from app.exchange.form_pdf import FormFile
from app.rules import duplicates, form_answers, form_rows
from app.rules.form_columns import columns as proposing
from app.rules.form_columns import table
from app.rules.form_columns.fields import FIELDS, JOINED, NOT_USED, OF_OUR_FORM
from app.rules.form_rows import Checked, Found, Likeness, Row
from app.rules.form_values import family
from app.rules.form_values import plan as planning
from app.rules.form_values.plan import Plan
from app.rules.person import Registration

ENOUGH = 5.0  # so many known headers, and no other sheet of the file is looked at
FILE_TITLE = "文件"
SAMPLE = 60  # rows that the columns are proposed from

Known = tuple[tuple[duplicates.Known, str], ...]
Imported = Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Looked:
    """What the child process makes of a file. `line` is that of the header in the sheet, counted from 1.

    `channel`: online, or pdf for forms of ours that were filled in; `unread` are those of them that could not be read.
    """

    sheet: str
    line: int
    header: Row
    rows: tuple[Row, ...]
    layout: str
    columns: tuple[str, ...]
    remembered: bool
    checked: tuple[Checked, ...]
    channel: str = "online"
    unread: tuple[FormFile, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """An earlier import of the same file."""

    at: str
    who: str
    file: str
    imported: int


@dataclass(frozen=True)
class PreviewRow:
    """A row as the page shows it: its cells as corrected, its problems (with the field), and who it may be."""

    n: int
    cells: Row
    checked: Checked
    duplicate: Likeness | None
    sibling: Likeness | None

    @property
    def has_error(self) -> bool:
        """Whether it cannot be imported as it is."""
        return self.checked.has_error

    @property
    def has_question(self) -> bool:
        """Whether somebody should look: a warning, a double, a brother or sister."""
        return bool(self.checked.problems or self.duplicate or self.sibling) and not self.has_error

    @property
    def goes_in(self) -> bool:
        """Whether it is imported when nobody says otherwise: no error, and nobody known already."""
        return not self.has_error and self.duplicate is None


@dataclass(frozen=True)
class Preview:
    """A file and everything found in it; `cells` are the corrections: (row, column) to text.

    `everywhere`: problems that every row has because the form did not ask. `earlier`: when the same file was imported.
    """

    name: str
    sha256: str
    looked: Looked
    today: str
    salt: bytes
    columns: tuple[str, ...]
    checked: tuple[Checked, ...]
    found: Mapping[int, Found]
    known: Known
    imported: Imported
    earlier: tuple[Earlier, ...]
    cells: form_rows.Cells = field(default_factory=dict)

    @cached_property
    def plan(self) -> Plan:
        """How its rows are read."""
        return form_rows.plan(self.looked.header, self.columns, self.looked.rows, self.today)

    @cached_property
    def _changes(self) -> dict[int, dict[int, str]]:
        return form_rows.by_row(self.cells)

    @cached_property
    def rows(self) -> tuple[PreviewRow, ...]:
        """Every data row, in the order of the file; empty ones have a number and are not here."""
        return tuple(self._row(one) for one in self.checked)

    @property
    def everywhere(self) -> tuple[str, ...]:
        """The codes of the problems that every row has, for one line above the rows."""
        return form_rows.not_asked(self.columns)

    def cells_of(self, n: int) -> Row:
        """The cells of a row, as corrected."""
        return form_rows.corrected_row(self.looked.rows[n - 1], self._changes.get(n))

    def column_of(self, n: int, field: str) -> int | None:
        """The column of the cell that a problem of a row speaks of, to mark it; None for the row as a whole."""
        return family.column_of(planning.values(self.cells_of(n), self.plan), self.plan, field)

    def registration(self, n: int) -> Registration:
        """What a row will be when it is imported."""
        return form_rows.registration(self.cells_of(n), self.plan)

    def with_cell(self, n: int, column: int, text: str) -> Self:
        """The preview with one cell corrected: its row is checked again, and all rows are compared again."""
        changed = replace(self, cells={**self.cells, (n, column): text})
        again = changed.checked_row(n)
        others = (one for one in self.checked if one.n != n)
        return self._compared(replace(changed, checked=tuple(sorted((again, *others), key=lambda one: one.n))))

    def with_columns(self, columns: tuple[str, ...]) -> Self:
        """The preview with other columns: every row is checked again (some 0.3 s for 5,000 rows).

        Raises Refused import_columns_wrong when a field is unknown, or stands twice and cannot be joined.
        """
        self.check_columns(columns)
        changed = replace(self, columns=columns)
        return self._compared(replace(changed, checked=changed.checked_rows()))

    def checked_row(self, n: int) -> Checked:
        """A row as it is checked now."""
        return form_rows.check_row(n, self.cells_of(n), self.plan, self.salt)

    def checked_rows(self) -> tuple[Checked, ...]:
        """Every row as it is checked now."""
        looked = self.looked
        return form_rows.check(looked.header, self.columns, looked.rows, self.cells, self.today, self.salt)

    def check_columns(self, columns: tuple[str, ...]) -> None:
        """Raises Refused import_columns_wrong."""
        check_columns(columns, self.looked.header, {*FIELDS, *OF_OUR_FORM})

    def _compared(self, changed: Self) -> Self:
        """Those who were looked up stay; whom a corrected cell leads to is looked up by `form_import.refresh`."""
        return replace(changed, found=form_rows.compare(changed.checked, self.known, self.imported))

    def _row(self, checked: Checked) -> PreviewRow:
        found = self.found.get(checked.n, Found(None, None))
        return PreviewRow(checked.n, self.cells_of(checked.n), checked, found.duplicate, found.sibling)


@dataclass(frozen=True)
class Top:
    """The first lines of the sheet at a place (from 0) of the file, to choose the header from by hand."""

    place: int
    sheet: str
    lines: tuple[Row, ...]


Header = tuple[int, int]
"""The header as somebody chose it: the place of its sheet, from 0, and its line, from 1."""


def tops(content: bytes) -> tuple[Top, ...]:
    """The lines among which the header may be, sheet by sheet. Runs in a child process. Raises as reading.sheets."""
    return tuple(
        Top(place, sheet.title, sheet.rows[: table.LOOKED_AT])
        for place, sheet in enumerate(reading.sheets(content))
        if sheet.rows
    )


def look(
    content: bytes, remembered: Mapping[str, tuple[str, ...]], today: str, salt: bytes, chosen: Header | None = None,
) -> Looked:  # fmt: skip
    """Read a file, find its table, propose its columns and check its rows. Runs in a child process; touches no table.

    `remembered`: the columns of layouts that were imported before; `chosen`: the header, where somebody knows better.
    A PDF is a filled form of ours. Raises Refused as reading.sheets and form_pdf.read, and import_header_missing,
    too_many_import_rows.
    """
    if form_pdf.is_pdf(content):
        return of_forms([FormFile("", fields=form_pdf.read(content))], today, salt)
    title, top, rows = _found(content) if chosen is None else _chosen(content, *chosen)
    below = rows[top.at + 1 :]
    if len(below) > MOST_ROWS:
        raise Refused("too_many_import_rows", most=MOST_ROWS)
    layout = table.layout(top.header)
    columns = remembered.get(layout, ())
    known = len(columns) == len(top.header) and set(columns) <= {*FIELDS, NOT_USED}
    if not known:
        columns = proposing.propose(top.header, below[:SAMPLE], today, top.above)
    checked = form_rows.check(top.header, columns, below, {}, today, salt)
    return Looked(title, top.at + 1, top.header, below, layout, columns, known, checked)


def _found(content: bytes) -> tuple[str, table.Table, tuple[Row, ...]]:
    best: tuple[str, table.Table, tuple[Row, ...]] | None = None
    for sheet in reading.sheets(content):
        found = table.find(sheet.rows)
        if found and (best is None or found.score > best[1].score):
            best = (sheet.title, found, sheet.rows)
        if best and best[1].score >= ENOUGH:
            break
    if best is None:
        raise Refused("import_header_missing")
    return best


def _chosen(content: bytes, place: int, line: int) -> tuple[str, table.Table, tuple[Row, ...]]:
    for at, sheet in enumerate(reading.sheets(content)):
        if at == place and 1 <= line <= len(sheet.rows):
            above = sheet.rows[line - 2] if line > 1 else ()
            return sheet.title, table.Table(line - 1, sheet.rows[line - 1], above, ENOUGH), sheet.rows
    raise Refused("import_header_missing")


def of_forms(files: Sequence[FormFile], today: str, salt: bytes) -> Looked:
    """Make a table of filled PDF forms, a row for each, under the titles of their fields; corrected as any other.

    The first column names the file of each row.
    """
    told = [(one.name, form_answers.answers(one.fields, today)) for one in files if not one.trouble]
    columns, header, rows = form_answers.table([answers for _, answers in told])
    columns, header = (NOT_USED, *columns), (FILE_TITLE, *header)
    rows = tuple((name, *row) for (name, _), row in zip(told, rows, strict=True))
    checked = form_rows.check(header, columns, rows, {}, today, salt)
    unread = tuple(one for one in files if one.trouble)
    return Looked("", 0, header, rows, "", columns, True, checked, "pdf", unread)  # noqa: FBT003 - remembered


def check_columns(columns: tuple[str, ...], header: Row, fields: AbstractSet[str]) -> None:
    """Raises Refused import_columns_wrong: a field that is none of `fields`, or stands twice and cannot be joined."""
    used = [field for field in columns if field and field not in JOINED]
    known = {*columns} <= {*fields, NOT_USED}
    if len(columns) != len(header) or not known or len(used) != len(set(used)):
        raise Refused("import_columns_wrong")
