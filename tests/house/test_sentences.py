"""Every refusal can be told: a Chinese sentence for every code, English for every sentence, every gap filled."""

import ast
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from app.ui import sentences
from tests.house import source
from tests.house.source import Module
from tests.house.test_words import english, gaps

TOLD = ("Refused", "Damaged", "Finding")
ANCHOR = ("anchor_false", "anchor_missing", "log_end_missing", "log_other_history")
CHAIN = ("log_row_missing", "log_row_changed")
ARGUMENTS = (
    "argument_unknown", "argument_missing", "command_unknown", "argument_without_value", "argument_no_number",
    "argument_wrong",
)  # fmt: skip
CODES_FROM_ELSEWHERE: dict[str, tuple[str, ...]] = {
    "app/arguments.py:error": ARGUMENTS,
    "app/process/backup_check.py:verify": (),  # what the checking process was told, in its own words
    "app/process/checks.py:_anchor": ANCHOR,
    "app/process/founding.py:prepare": ("centre_name_missing", "login_missing", "name_missing"),
    "app/process/disk.py:read_json": ("sign_in_file_damaged", "pointer_damaged", "keys_damaged"),
    "app/process/operation_log.py:verify": CHAIN,
    "app/process/papers.py:bytes_of": ("paper_missing", "paper_changed"),
    "app/ui/screen_sign_dialog.py:_pressed": ("signature_empty", "signature_unusable"),
    "app/process/screen_signature.py:_check": ("signature_empty", "signature_unusable"),
    "app/ui/import_page/rows_step.py:_show_strips": (
        "services_missing", "health_not_asked", "privacy_not_asked", "under_14_not_asked",
    ),
    "app/ui/consent_words.py:closed_text": (
        "no_right_to_see_health", "consent_not_asked", "consent_refused", "consent_paper_missing",
    ),
}
"""Functions that tell a code which they were given, `app/x.py:function`, with the codes that are not literals there."""


def said() -> Iterator[tuple[str, dict[str, str]]]:
    """Every subject with its sentences."""
    for module in pkgutil.iter_modules(sentences.__path__):
        yield module.name, import_module(f"app.ui.sentences.{module.name}").SENTENCES


@lru_cache(maxsize=1)
def known() -> dict[str, str]:
    """Code to Chinese sentence, all subjects together."""
    return {code: text for _, own in said() for code, text in own.items()}


def test_every_code_is_told_in_one_way() -> None:
    counted = Counter(code for _, own in said() for code in own)
    source.expect_none(sorted(code for code, count in counted.items() if count > 1), "told by two subjects")


def test_every_code_has_its_sentence() -> None:
    codes = {code for code, _, _ in told()} | {code for codes in CODES_FROM_ELSEWHERE.values() for code in codes}
    source.expect_none(sorted(codes - set(known())), "without a sentence")


def test_every_sentence_has_english() -> None:
    missing = [f"{code}: {text}" for code, text in known().items() if text not in english()]
    source.expect_none(missing, "without English")


def test_every_gap_of_a_sentence_is_filled_wherever_it_is_told() -> None:
    wrong = [
        f"{where}: {code} leaves {sorted(gaps(known()[code]) - names)} open"
        for code, names, where in told()
        if code in known() and names is not None and not gaps(known()[code]) <= names
    ]
    source.expect_none(wrong, "with gaps that nothing fills")


def test_no_sentence_is_left_over() -> None:
    constants = {
        node.value
        for module in source.modules()
        if not module.name.startswith("app/ui/sentences/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
    }
    source.expect_none(sorted(set(known()) - constants), "that nothing tells")


def test_codes_stand_where_they_are_told() -> None:
    hidden = [
        f"{module.name}:{function.name}"
        for module, function, call in _calls()
        if not _codes(call)
        if f"{module.name}:{function.name}" not in CODES_FROM_ELSEWHERE and not _passes_on(call.args[0])
    ]
    source.expect_none(hidden, "functions that tell a code from elsewhere, and are not in the list")


def told() -> Iterator[tuple[str, set[str] | None, str]]:
    """Every literal code with the names of its values (None when they come from elsewhere) and where it stands."""
    for module, _, call in _calls():
        yield from ((code, _names(call), module.at(call)) for code in _codes(call))


def _calls() -> Iterator[tuple[Module, ast.FunctionDef, ast.Call]]:
    for module in source.modules():
        for function in source.functions(module.tree):
            yield from ((module, function, call) for call in source.calls(function, *TOLD) if call.args)


def _codes(call: ast.Call) -> list[str]:
    """The code, or both of `"this" if so else "that"`; none when it comes from elsewhere."""
    first = call.args[0]
    either = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [str(one.value) for one in either if isinstance(one, ast.Constant)]


def _names(call: ast.Call) -> set[str] | None:
    if source.called(call) == "Finding":
        values = call.args[2] if len(call.args) > 2 else None
        if isinstance(values, ast.Dict):
            return {str(key.value) for key in values.keys if isinstance(key, ast.Constant)}
        return set() if values is None else None
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else {str(name) for name in names}


def _passes_on(code: ast.expr) -> bool:
    """`Refused(found.code, ...)`: somebody else's code, which is counted where it was told first."""
    return isinstance(code, ast.Attribute)


def test_english_sentences_with_a_count_read_well_for_one() -> None:
    """No "in 1 places": what is counted stands behind its number only where any number reads well."""
    counted = re.compile(r"\{(count|missing)\} [a-z]+s\b")
    texts = {code: english()[text] for code, text in known().items()}
    source.expect_none(sorted(f"{code}: {text}" for code, text in texts.items() if counted.search(text)), "plurals")
