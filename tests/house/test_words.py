"""Every word on the screen stands in both languages: Chinese in the code, English in resources/translations/en."""

import ast
import string
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import polib
import pytest

from installer import translations
from tests.house import source
from tests.house.source import HAN, Module

ENGLISH = source.PROJECT / "resources" / "translations" / "en"
NEVER_TRANSLATED = {  # Chinese in app/ui that is no word of the screen, by file
    "app/ui/payment/items.py": {"人民币{}"},  # the amount in capitals, as the receipt will have it
    "app/ui/sections/services_sum.py": {"人民币{}"},
    "app/ui/settings_page/computer.py": {"简体中文"},  # a language is called by its own word
    "app/ui/first_start/steps.py": {"简体中文"},
    "app/ui/texts.py": {"{} 年 {} 月 {} 日"},  # dates in Chinese; English has its own line
    "app/ui/widgets/form/date.py": {"分"},  # read, not shown: 5点30分
}
OWN_NAMES = {"简体中文"}  # a language is named in itself, whatever language the window speaks
SHOWS_BRACES = {  # tells how a form is written
    "{year} 是年份，{no:04d} 是四位顺序号。编号一旦给出，永远不变，也不再给别人。",
}
BEFORE_A_LANGUAGE = {("app/ui/application.py", "安托")}  # the program's name, before settings are read
BUILT = (ast.JoinedStr, ast.BinOp)


@lru_cache(maxsize=1)
def english() -> dict[str, str]:
    """Chinese to English, all subjects together."""
    return translations.merged(sorted(ENGLISH.glob("*.po")))


@pytest.mark.parametrize("path", sorted(ENGLISH.glob("*.po")), ids=lambda path: path.name)
def test_a_catalogue_is_finished(path: Path) -> None:
    catalogue = polib.pofile(str(path), check_for_duplicates=True)
    unfinished = [one.msgid for one in catalogue if one.fuzzy or one.obsolete or not one.msgstr.strip()]
    assert not unfinished
    assert not [one.msgid for one in catalogue if HAN.search(one.msgstr) and not HAN.search(one.msgid)]


def test_two_catalogues_never_say_the_same_words_differently() -> None:
    assert not translations.conflicts(sorted(ENGLISH.glob("*.po")))


def test_both_languages_have_the_same_gaps() -> None:
    different = [f"{one} / {other}" for one, other in english().items() if gaps(one) != gaps(other)]
    source.expect_none(different, "texts have other gaps in English")


def test_every_chinese_word_of_the_windows_has_english() -> None:
    missing = [f"{where}: {text}" for where, text in chinese_of_the_windows() if text not in english()]
    source.expect_none(missing, "without English")


def test_no_catalogue_keeps_words_that_nobody_says() -> None:
    nodes = (node for module in source.modules() for node in ast.walk(module.tree))
    said = {node.value for node in nodes if isinstance(node, ast.Constant)}
    unsaid = [text for text in english() if text not in said]
    source.expect_none(unsaid, "that nobody says any more")


def test_every_chinese_word_of_a_window_goes_through_tr_or_stands_in_a_table_of_words() -> None:
    found = [
        f"{module.at(text)}: {text.value!s}"
        for module in source.under("app/ui")
        for text in _bare_chinese(module)
    ]
    source.expect_none(found, "that would be Chinese in an English window")


def test_what_is_translated_is_never_put_together_first() -> None:
    built = [module.at(call) for module, call in tr_calls() if call.args and _is_built(call.args[0])]
    source.expect_none(built, "put together before they are looked up")


def test_chinese_never_stands_in_an_f_string_of_a_window() -> None:
    found = [
        f"{module.at(node)}: {text}"
        for module in source.under("app/ui")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr) and HAN.search(text := _shape(node))
        if text not in NEVER_TRANSLATED.get(module.name, ())
    ]
    source.expect_none(found, "f-strings with Chinese")


def test_every_gap_of_a_text_is_filled() -> None:
    wrong = []
    for module, call in tr_calls():
        text = call.args[0] if call.args else None
        names = {keyword.arg for keyword in call.keywords}
        if not isinstance(text, ast.Constant) or not isinstance(text.value, str) or None in names:
            continue
        if gaps(text.value) != names:
            wrong.append(f"{module.at(call)}: {text.value} gets {sorted(map(str, names))}")
    source.expect_none(wrong, "with other gaps than values")


def gaps(text: str) -> set[str]:
    """The names of the gaps in a text: `n` in `还差 {n} 位`."""
    return {name.partition(".")[0].partition("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def tr_calls() -> Iterator[tuple[Module, ast.Call]]:
    """Every call of `tr` in the program."""
    for module in source.modules():
        yield from ((module, call) for call in source.calls(module.tree, "tr"))


def chinese_of_the_windows() -> Iterator[tuple[str, str]]:
    """Where, and every Chinese text in app/ui: those given to `tr`, and the tables of words that are."""
    for module in (*source.under("app/ui"), *source.under("app/rules/words.py")):
        apart = source.docstrings(module.tree) | _patterns(module.tree)
        apart |= {part for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        own = OWN_NAMES | NEVER_TRANSLATED.get(module.name, set())
        for node in ast.walk(module.tree):
            text = node.value if isinstance(node, ast.Constant) and node not in apart else None
            if isinstance(text, str) and HAN.search(text) and text not in own:
                yield module.at(node), text


def _bare_chinese(module: Module) -> Iterator[ast.Constant]:
    """Chinese that is neither an argument of `tr` nor in a table of its file, whose words `tr` gets later."""
    apart = source.docstrings(module.tree) | _patterns(module.tree)
    apart |= {part for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    above = {inner: node for node in ast.walk(module.tree) for inner in ast.iter_child_nodes(node)}
    own = OWN_NAMES | NEVER_TRANSLATED.get(module.name, set())
    for text in ast.walk(module.tree):
        if not isinstance(text, ast.Constant) or not isinstance(text.value, str) or not HAN.search(text.value):
            continue
        if text in apart or text.value in own or (module.name, text.value) in BEFORE_A_LANGUAGE:
            continue
        if not _is_said(text, above):
            yield text


def _is_said(text: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """Whether the nearest call round a text is `tr`, or there is none up to the file itself."""
    while not isinstance(text, (ast.Call, ast.Module, ast.FunctionDef, ast.ClassDef, ast.Lambda)):
        text = above[text]
    return isinstance(text, ast.Module) or (isinstance(text, ast.Call) and source.called(text) == "tr")


def _patterns(tree: ast.AST) -> set[ast.AST]:
    """Regular expressions: Chinese in them is looked for, not shown."""
    return {argument for call in source.calls(tree, "compile", "sub", "split") for argument in call.args}


def _is_built(text: ast.expr) -> bool:
    if isinstance(text, ast.Call):
        return source.called(text) in {"format", "join", "replace"}
    return isinstance(text, BUILT)


def _shape(text: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in text.values)
