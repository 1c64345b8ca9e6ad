"""Every code that the rules raise or give has its sentence in both languages, with the gaps that it fills."""

import ast
import string
from pathlib import Path

import pytest

from app import paths
from app.rules import problems
from app.ui.sentences import person
from installer import translations

RULES = paths.PROGRAM / "app" / "rules"
ELSEWHERE = {"name_missing"}  # said of users too: app/ui/sentences/office.py
ENGLISH = translations.entries((paths.RESOURCES / "translations" / "en" / "person.po").read_text("utf-8"))


def codes_in(file: Path) -> dict[str, set[str]]:
    """Codes and the names of their values in Refused("code", …), error(field, "code", …), warning(field, "code", …)."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"Refused": 0, "error": 1, "warning": 1, "strength": 1}.get(node.func.id, 9)
            code = node.args[place] if place < len(node.args) else None
            if isinstance(code, ast.Constant):
                found[str(code.value)] = {keyword.arg for keyword in node.keywords if keyword.arg}
    return found


CODES = {code: values for file in sorted(RULES.glob("*.py")) for code, values in codes_in(file).items()}
CODES |= {code: set() for table in (problems._NOT_ASKED, problems._REFUSED) for code in table.values()}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_codes_were_found() -> None:
    assert len(CODES) > 60
    assert {"amount_negative", "phone_missing", "period_reversed", "privacy_not_asked"} <= CODES.keys()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_sentence_in_both_languages(code: str) -> None:
    if code in ELSEWHERE:
        return
    chinese = person.SENTENCES[code]
    assert gaps(chinese) <= CODES[code]
    assert gaps(ENGLISH[chinese]) == gaps(chinese)


def test_no_sentence_is_left_over() -> None:
    assert set(person.SENTENCES) <= CODES.keys()
    assert set(ENGLISH) == set(person.SENTENCES.values())
