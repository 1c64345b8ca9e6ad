"""What somebody decided about the rows of a file so far: which go in, and who those are that are like somebody."""

from collections.abc import Sequence

from app.process.form_import import OTHER, RETURNS, SIBLING, Likeness, Preview, PreviewRow
from app.rules.problem import Problem
from app.rules.status import GONE

SAME = "same"  # the answer that leaves a row out
ALL, ERRORS, QUESTIONS, DUPLICATES = "all", "errors", "questions", "duplicates"
FILTERS = (ALL, ERRORS, QUESTIONS, DUPLICATES)


class Choice:
    """A preview with the answers of the person; corrections make it another preview, and the answers stay."""

    def __init__(self, seen: Preview) -> None:
        """Nothing is decided yet."""
        self.seen = seen
        self.answers: dict[int, str] = {}
        self._by_hand: dict[int, bool] = {}
        self._problems: dict[int, dict[int | None, list[Problem]]] = {}

    def use(self, seen: Preview) -> None:
        """Go on with the preview after a correction. What is no question any more is forgotten."""
        self.seen = seen
        self._problems = {}
        rows = {row.n: row for row in seen.rows}
        self.answers = {n: said for n, said in self.answers.items() if n in rows and said in answers_for(rows[n])}

    def goes_in(self, row: PreviewRow) -> bool:
        """Whether a row is imported as things stand."""
        if self.stopped(row):
            return False
        by_hand = self._by_hand.get(row.n)
        if by_hand is not None:
            return by_hand
        return row.duplicate is None or self.answers.get(row.n, SAME) != SAME

    def stopped(self, row: PreviewRow) -> bool:
        """Whether it cannot go in: an error, or the identity number of a child who is here."""
        same = row.duplicate
        return row.has_error or (same is not None and same.kind == "same_identity" and not is_former(same))

    def toggle(self, row: PreviewRow) -> bool:
        """Leave a row out, or take it after all; False when it cannot go in."""
        if self.stopped(row):
            return False
        self._by_hand[row.n] = not self.goes_in(row)
        return True

    def answer(self, n: int, said: str) -> None:
        """Who a row is; it goes in or stays out by that."""
        self.answers[n] = said
        self._by_hand.pop(n, None)

    def taken(self) -> list[int]:
        """The numbers of the rows that go in."""
        return [row.n for row in self.seen.rows if self.goes_in(row)]

    def told(self) -> dict[int, str]:
        """The answers as the import takes them."""
        return {n: said for n, said in self.answers.items() if said != SAME}

    def rows(self, wanted: str) -> list[PreviewRow]:
        """The rows that a filter leaves."""
        return [row for row in self.seen.rows if _fits(row, wanted)]

    def counts(self) -> dict[str, int]:
        """How many rows each filter leaves."""
        return {wanted: len(self.rows(wanted)) for wanted in FILTERS}

    def problems(self, row: PreviewRow) -> dict[int | None, list[Problem]]:
        """The problems of a row by the column of their cell; None: of the row as a whole."""
        known = self._problems.get(row.n)
        if known is None:
            known = self._problems[row.n] = {}
            for one in row.checked.problems:
                known.setdefault(self.seen.column_of(row.n, one.field), []).append(one)
        return known


def _fits(row: PreviewRow, wanted: str) -> bool:
    if wanted == ERRORS:
        return row.has_error
    if wanted == QUESTIONS:
        return row.has_question
    return wanted != DUPLICATES or row.duplicate is not None or row.sibling is not None


def is_former(like: Likeness) -> bool:
    """Whether it is a student who left."""
    return like.known == "student" and like.state in GONE


def answers_for(row: PreviewRow) -> Sequence[str]:
    """What may be said about who a row is; nothing where nobody has to say it."""
    same, family = row.duplicate, row.sibling
    if same is not None:
        if same.kind == "same_identity":
            return (SAME, RETURNS) if is_former(same) else ()
        back = (RETURNS,) if is_former(same) else ()
        shares = (SIBLING,) if same.known == "student" and same.phone else ()
        return (SAME, *back, *shares, OTHER)
    return (SIBLING, OTHER) if family is not None and family.known == "student" else ()
