"""Compile the catalogues: resources/translations/LANGUAGE/*.po into one .mo a language in the folder of made things."""

import ast
import hashlib
import re
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "resources" / "translations"
_ENTRY = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)^msgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


def make(folder: Path = ROOT / ".made") -> bool:
    """Compile every language into `folder`; nothing is done when the stamp beside the result names the same sources.

    Times say nothing: a newer archive that is unpacked over an old folder keeps those of its files.
    """
    done = False
    for language in sorted(path for path in SOURCES.iterdir() if path.is_dir()):
        target = folder / "translations" / language.name / "LC_MESSAGES" / "antuo.mo"
        sources = sorted(language.glob("*.po"))
        stamp, wanted = target.with_suffix(".stamp"), _fingerprint((*sources, Path(__file__)))
        if target.is_file() and stamp.is_file() and stamp.read_text("utf-8") == wanted:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_suffix(".new")
        found = merged(sources)
        if language.name == "en":
            found = {key: for_screen(text) for key, text in found.items()}
        new.write_bytes(compiled(found))
        new.replace(target)
        stamp.write_text(wanted, "utf-8")
        done = True
    return done


def _fingerprint(files: tuple[Path, ...]) -> str:
    """What the files are called and hold."""
    found = hashlib.sha256()
    for path in files:
        found.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def merged(sources: list[Path]) -> dict[str, str]:
    """All entries of the files, Chinese to English; of two files that disagree the first counts (see `conflicts`)."""
    found: dict[str, str] = {}
    for path in sources:
        for chinese, english in entries(path.read_text(encoding="utf-8")).items():
            found.setdefault(chinese, english)
    return found


def for_screen(text: str) -> str:
    """English with plain quotes and dots: the font of the screen draws curly ones as wide as a Chinese character."""
    return text.translate(_PLAIN)


def conflicts(sources: list[Path]) -> list[str]:
    """Chinese texts that two files say differently in English; a test wants none."""
    found: dict[str, str] = {}
    return [
        f"{path.name}: {chinese}: {english} / {found[chinese]}"
        for path in sources
        for chinese, english in entries(path.read_text(encoding="utf-8")).items()
        if found.setdefault(chinese, english) != english
    ]


def entries(text: str) -> dict[str, str]:
    """Entries of one .po text that are translated; the header (an empty msgid) is left out."""
    found = {}
    for original, translation in _ENTRY.findall(text):
        key, value = _joined(original), _joined(translation)
        if key and value:
            found[key] = value
    return found


def _joined(quoted: str) -> str:
    return "".join(str(ast.literal_eval(one)) for one in _TEXT.findall(quoted))


def compiled(found: dict[str, str]) -> bytes:
    """The entries in the binary form of gettext, little endian, sorted as the format wants it."""
    header = "Content-Type: text/plain; charset=UTF-8\n"
    pairs = sorted((key.encode(), value.encode()) for key, value in {"": header, **found}.items())
    originals, translations = 28, 28 + 8 * len(pairs)
    position = translations + 8 * len(pairs)
    tables: list[tuple[int, int]] = []
    content = b""
    for texts in (tuple(key for key, _ in pairs), tuple(value for _, value in pairs)):
        for one in texts:
            tables.append((len(one), position + len(content)))
            content += one + b"\0"
    numbers = [0x950412DE, 0, len(pairs), originals, translations, 0, position]
    for length, start in tables:
        numbers += [length, start]
    return struct.pack(f"<{len(numbers)}I", *numbers) + content
