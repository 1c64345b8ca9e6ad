"""Pack the readings of all Chinese characters (without tones) out of the package pypinyin into one small file.

Importing pypinyin costs 190 ms and 57 MiB, the packed file less than 1 ms and 0.3 MiB. Its form, read by
app/rules/pinyin.py: MAGIC (8 bytes), two counts (uint32), the sorted code points outside U+3400..9FFF (uint32) and
the place of the text of each (uint16), the place of the text of every code point U+3400..9FFF (uint16), the texts
themselves ("dan chan shan", ASCII, one a line; the first is empty). Numbers stand in the byte order of the computer.

Run by itself (`python installer/pinyin_table.py FOLDER`) or through `make`.
"""

import hashlib
import re
import sys
import unicodedata
from array import array
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAGIC = b"ANTUOPY1"
FIRST, LAST = 0x3400, 0x9FFF

EXTRA = {"𠮷": "ji", "嗯": "en"}  # what pypinyin does not know, or only without a vowel


def make(folder: Path = ROOT / ".made") -> bool:
    """Pack the table into `folder`/pinyin.bin; nothing is done when this very file made it from this very pypinyin."""
    target, stamp = folder / "pinyin.bin", folder / "pinyin.stamp"
    wanted = _fingerprint()
    if target.is_file() and stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    new.write_bytes(packed(all_readings()))
    new.replace(target)
    stamp.write_text(wanted, "utf-8")
    return True


def all_readings() -> dict[int, str]:
    """Every character that pypinyin knows: its readings without tones, the usual one first, blanks between them."""
    from pypinyin.pinyin_dict import pinyin_dict  # only here: the program itself never imports it

    known = {code: plain(readings) for code, readings in pinyin_dict.items()}
    known |= {ord(sign): text for sign, text in EXTRA.items()}
    return {code: text for code, text in known.items() if text}


def plain(readings: str) -> str:
    """Take the tones away: 'dān,chán,shàn' gives 'dan chan shan'; ü becomes v, ê becomes e, what has no vowel goes."""
    found = []
    for reading in readings.split(","):
        decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v")).replace("u\u0308", "v")
        bare = re.sub("[\u0300-\u036f]", "", decomposed)
        if re.fullmatch("[a-z]*[aeiouv][a-z]*", bare):
            found.append(bare)
    return " ".join(dict.fromkeys(found))


def packed(readings: Mapping[int, str]) -> bytes:
    """Pack code points and their readings into the form of the file."""
    texts = ["", *sorted(set(readings.values()))]
    place = {text: at for at, text in enumerate(texts)}
    others = sorted(code for code in readings if not FIRST <= code <= LAST)
    return b"".join((
        MAGIC,
        array("I", (len(others), len(texts))).tobytes(),
        array("I", others).tobytes(),
        array("H", (place[readings[code]] for code in others)).tobytes(),
        array("H", (place[readings.get(code, "")] for code in range(FIRST, LAST + 1))).tobytes(),
        "\n".join(texts).encode("ascii"),
    ))  # fmt: skip


def _fingerprint() -> str:
    return f"{version('pypinyin')} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}\n"


if __name__ == "__main__":
    make(Path(sys.argv[1]))
