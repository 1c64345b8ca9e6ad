"""What was typed on cards and not saved: kept with the person's own views, so that it outlasts lock and end."""

import json
from collections.abc import Mapping
from typing import Any, TypedDict

from app.process import office
from app.rules.person import Registration, from_plain, to_plain
from app.ui.desk import Desk

VIEW = "unsaved_cards"
Typed = Mapping[str, Registration]  # by the name of the card


class _Kept(TypedDict):
    version: int
    cards: dict[str, dict[str, Any]]


class UnsavedCards:
    """By student: the cards with what was typed, and the version of the file that it was typed over."""

    def __init__(self, desk: Desk) -> None:
        """Read what is kept."""
        self._desk = desk
        self._stored = desk.look(office.view, VIEW) or "{}"
        self._by_student: dict[str, _Kept] = json.loads(self._stored)

    def keep(self, student_id: int, typed: Typed, version: int) -> None:
        """Keep this for a student, or forget what was kept when nothing is typed any more."""
        if typed:
            cards = {section: to_plain(registration) for section, registration in typed.items()}
            self._by_student[str(student_id)] = {"version": version, "cards": cards}
        else:
            self._by_student.pop(str(student_id), None)
        text = json.dumps(self._by_student, ensure_ascii=False)
        if text != self._stored:
            self._stored = text
            self._desk.look(office.save_view, VIEW, text, beside=lambda _: True)

    def of(self, student_id: int) -> tuple[dict[str, Registration], int]:
        """What is kept for a student, by card, and the version that it was typed over."""
        kept = self._by_student.get(str(student_id))
        if kept is None:
            return {}, 0
        return {section: from_plain(plain) for section, plain in kept["cards"].items()}, kept["version"]
