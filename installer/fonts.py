"""Cut the program's fonts out of the variable Noto Sans fonts of the package `justmytype-intl-cjk`.

Qt and reportlab both show a variable font hair-thin, so static fonts are cut once and kept:

* `antuo-regular`, `-medium`, `-bold`: GB 2312, the official table of 8,105 characters, letters and symbols. Small, for
  the start of the program and the first receipt wait for them.
* `antuo-fallback-sc`: every other Han character of Noto Sans SC (old forms that families from Hong Kong and Taiwan
  write, and the rest of GBK). Medium weight, opened only when a text needs it.
* `antuo-fallback-tc`, `-jp`, `-kr`: what Noto Sans SC lacks altogether (𡋾, 𠮷, Korean syllables). Medium weight.

Same sources, same bytes. The fonts stay under the SIL Open Font License, whose text and copyright line they carry.
Run by itself (`python installer/fonts.py FOLDER`) or through `make`; fontTools is imported only inside.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Progress = Callable[[int, int, str], None]  # done, of how many, what was done last

CHARACTERS = Path(__file__).with_name("characters.txt")
DROPPED = ("STAT", "vhea", "vmtx", "VVAR", "BASE", "GSUB", "GlyphOrder", "DSIG", "gasp", "prep", "fpgm", "cvt ")
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
UNWANTED = (
    (0x1100, 0x11FF),
    (0x2E80, 0x2FDF),
    (0x3130, 0x318F),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
)  # radicals, Hangul
HANGUL = (0xAC00, 0xD7A3)
BOLD = 700
DOUBLE_BYTE = 2  # euc_kr writes syllables outside KS X 1001 too, as eight bytes


@dataclass(frozen=True)
class Cut:
    """One font to be made: which source, which weight, and how Qt and the printer's driver name it."""

    name: str
    source: str
    weight: int
    family: str
    style: str

    @property
    def file(self) -> str:
        """Name of the file in the made folder."""
        return f"antuo-{self.name}.ttf"


CUTS = (  # the longest first, so that the processes end together
    Cut("fallback-sc", "sc", 500, "Antuo Fallback SC", "Regular"),
    Cut("regular", "sc", 400, "Antuo Sans", "Regular"),
    Cut("medium", "sc", 500, "Antuo Sans", "Medium"),
    Cut("bold", "sc", BOLD, "Antuo Sans", "Bold"),
    Cut("fallback-tc", "tc", 500, "Antuo Fallback TC", "Regular"),
    Cut("fallback-jp", "jp", 500, "Antuo Fallback JP", "Regular"),
    Cut("fallback-kr", "kr", 500, "Antuo Fallback KR", "Regular"),
)


def make(folder: Path, progress: Progress | None = None) -> list[Path]:
    """Cut every font that is missing or older than its sources into `folder`/fonts; give the files made.

    `folder` is the made folder (paths.MADE). Each font is cut in a process of its own, as many at once as there are
    processors; a font appears under its name only when it is complete. Raises RuntimeError with the text of the process
    that failed.
    """
    target = folder / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    wanted = [cut for cut in CUTS if not _is_current(cut, target)]
    waiting, running, made = list(wanted), dict[str, subprocess.Popen[str]](), list[Path]()
    try:
        while waiting or running:
            while waiting and len(running) < max(1, os.cpu_count() or 1):
                cut = waiting.pop(0)
                running[cut.name] = _start(cut, target)
            name = _first_ended(running)
            process = running.pop(name)
            _check(name, process)
            cut = next(one for one in wanted if one.name == name)
            made.append(target / cut.file)
            if progress:
                progress(len(made), len(wanted), cut.file)
    finally:
        for process in running.values():
            process.kill()
            process.communicate()
    return made


def is_made(folder: Path) -> bool:
    """Tell whether `make` would have nothing to do."""
    return all(_is_current(cut, folder / "fonts") for cut in CUTS)


def _start(cut: Cut, target: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, str(Path(__file__).resolve()), "--cut", cut.name, str(target)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _first_ended(running: dict[str, "subprocess.Popen[str]"]) -> str:
    while True:
        for name, process in running.items():
            try:
                process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            return name


def _check(name: str, process: "subprocess.Popen[str]") -> None:
    _, complaint = process.communicate()
    if process.returncode:
        message = f"cutting {name} failed: {complaint.strip().splitlines()[-1:]}"
        raise RuntimeError(message)


def _is_current(cut: Cut, target: Path) -> bool:
    stamp = target / f"{cut.file}.stamp"
    return (target / cut.file).exists() and stamp.exists() and stamp.read_text("utf-8") == _fingerprint(cut)


def _fingerprint(cut: Cut) -> str:
    """What the font depends on: this file, the list of characters, and the size and place of its sources."""
    digest = hashlib.sha256(Path(__file__).read_bytes() + CHARACTERS.read_bytes())
    for source in ("sc", "tc", "jp", "kr")[: 1 if cut.source == "sc" else 4]:
        digest.update(f"{source}{_source(source).stat().st_size}".encode())
    return f"{cut.name} {digest.hexdigest()}\n"


def _source(language: str) -> Path:
    package = find_spec("justmytype_intl_cjk")
    if package is None or package.origin is None:
        message = "the package justmytype-intl-cjk is not installed"
        raise RuntimeError(message)
    folder = Path(package.origin).parent / "fonts" / "ofl" / f"notosans{language}"
    return folder / f"NotoSans{language.upper()}[wght].ttf"


def is_han(code: int) -> bool:
    """Tell whether a code point is a Han character."""
    return _within(code, HAN)


def _within(code: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def main_characters(available: Iterable[int]) -> set[int]:
    """Of the characters that Noto Sans SC has, those for the three weights.

    GB 2312, the list in characters.txt, all Han beyond the BMP (those of the official table), letters and symbols.
    """
    listed = {ord(c) for line in CHARACTERS.read_text("utf-8").splitlines() if line[:1] != "#" for c in line}
    return {
        code
        for code in available
        if (is_han(code) and (code > 0xFFFF or code in listed or _in_codec(code, "gb2312")))
        or not (is_han(code) or _within(code, UNWANTED))
    }


def _in_codec(code: int, codec: str) -> bool:
    try:
        return len(chr(code).encode(codec)) <= DOUBLE_BYTE
    except UnicodeEncodeError:
        return False


def _covered(language: str) -> set[int]:
    from fontTools.ttLib import TTFont  # only in the process that cuts

    with TTFont(_source(language), lazy=True) as font:
        return set(font.getBestCmap())


def _characters(cut: Cut) -> set[int]:
    """Which characters a font gets; every character stands in one font only (the weights count as one)."""
    chinese = _covered("sc")
    main = main_characters(chinese)
    if cut.source == "sc":
        return main if cut.name != "fallback-sc" else {code for code in chinese if is_han(code)} - main
    own = _covered(cut.source) - chinese
    for earlier in ("tc", "jp", "kr")[: ("tc", "jp", "kr").index(cut.source)]:
        own -= _covered(earlier)
    hangul = {code for code in own if HANGUL[0] <= code <= HANGUL[1] and _in_codec(code, "euc_kr")}
    return {code for code in own if is_han(code)} | hangul


def cut_font(cut: Cut, target: Path) -> Path:
    """Cut one font into the folder `target` and give its path. Takes some ten seconds of one processor."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font: Any = TTFont(_source(cut.source), recalcTimestamp=False)
    options = subset.Options()
    options.set(hinting=False, notdef_outline=True, layout_features=["kern"], drop_tables=list(DROPPED))
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_characters(cut))
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": cut.weight}, inplace=True, overlap=False)
    for table in DROPPED:
        if table in font:
            del font[table]
    _rename(font, cut)
    path, partial = target / cut.file, target / f"{cut.file}.{os.getpid()}.part"
    font.save(partial, reorderTables=True)
    partial.replace(path)
    (target / f"{cut.file}.stamp").write_text(_fingerprint(cut), "utf-8")
    return path


def _rename(font: Any, cut: Cut) -> None:  # noqa: ANN401 - fontTools gives its tables no types
    names, full = font["name"], f"{cut.family} {cut.style}"
    legal = {key: str(names.getDebugName(key) or "") for key in (0, 13, 14)}  # copyright, licence, its address
    texts = {1: cut.family, 2: cut.style, 3: f"{full};Antuo", 4: full, 5: "Version 1.0"}
    texts |= {6: full.replace(" ", "") if cut.style == "Regular" else f"{cut.family.replace(' ', '')}-{cut.style}"}
    names.names = []
    for key, text in sorted({**texts, **legal}.items()):
        if text:
            names.setName(text, key, 3, 1, 0x409)
    font["OS/2"].usWeightClass = cut.weight
    bold = cut.weight == BOLD
    # bits: 0 italic, 5 bold, 6 regular, 7 typographic metrics
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (1 << 5 if bold else 1 << 6)
    font["head"].macStyle = 1 if bold else 0
    font["post"].formatType = 3.0  # glyph names are of no use to anybody here


def _command(arguments: list[str]) -> None:
    if arguments[:1] == ["--cut"]:
        cut = next(one for one in CUTS if one.name == arguments[1])
        cut_font(cut, Path(arguments[2]))
        return
    make(Path(arguments[0]), lambda done, of, what: print(f"{done}/{of} {what}", flush=True))


if __name__ == "__main__":
    _command(sys.argv[1:])
