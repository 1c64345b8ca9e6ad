from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import pinyin
from app.rules.surnames import SURNAMES
from installer import pinyin_table

pytestmark = pytest.mark.clause("P1")

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.fixture(scope="module")
def _packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    pinyin_table.make(folder)
    return folder / "pinyin.bin"


@pytest.fixture(autouse=True)
def table(_packed: Path) -> Iterator[Path]:
    before = pinyin._Source.read
    pinyin.use(_packed.read_bytes)
    yield _packed
    if before is not None:
        pinyin.use(before)


@pytest.mark.parametrize(
    ("name", "full", "shown"),
    [
        ("张琳晨", "zhanglinchen", "ZLC"),
        ("单雪", "shanxue", "SX"),
        ("曾子涵", "zengzihan", "ZZH"),
        ("仇英", "qiuying", "QY"),
        ("解缙", "xiejin", "XJ"),
        ("查理", "zhali", "ZL"),
        ("区浩", "ouhao", "OH"),
        ("朴志", "piaozhi", "PZ"),
        ("翟天", "zhaitian", "ZT"),
        ("覃辉", "qinhui", "QH"),
        ("盖伟", "gewei", "GW"),
        ("乐嘉", "yuejia", "YJ"),
        ("欧阳子墨", "ouyangzimo", "OYZM"),
        ("尉迟敬德", "yuchijingde", "YCJD"),
        ("万俟雪", "moqixue", "MQX"),
        ("长孙雪", "zhangsunxue", "ZSX"),
        ("单于雪", "chanyuxue", "CYX"),
        ("吕燕", "lvyan", "LY"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "AYGLMMT"),
        ("𠮷安", "jian", "JA"),
        ("Anna Smith", "annasmith", "AS"),
        ("O'Neill", "oneill", "O"),
        ("王Tom", "wangtom", "WT"),
    ],
)
def test_the_usual_reading_of_a_name_stands_first(name: str, full: str, shown: str) -> None:
    keys = pinyin.keys(name)
    assert keys.full[0] == full
    assert keys.initials[0] == shown.lower()
    assert keys.shown == shown


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雪", ["shan", "dan", "chan", "sx", "dx"]),
        ("曾子涵", ["zeng", "ceng", "zzh", "czh"]),
        ("仇英", ["qiu", "chou", "qy", "cy"]),
        ("乐嘉", ["yuejia", "lejia", "yj", "lj"]),
        ("尉迟敬", ["yuchi", "weichi", "ycj"]),
        ("李行", ["lixing", "lihang", "lx", "lh"]),
        ("张晟", ["zhangcheng", "zhangsheng"]),
    ],
)
def test_every_reading_of_a_character_finds_the_child(name: str, typed: list[str]) -> None:
    column = pinyin.search_text(name)
    assert all(one in column for one in typed)


def test_a_common_surname_has_one_reading_and_old_ones_find_nobody_wrong() -> None:
    assert pinyin.keys("王伟").full == ("wangwei",)
    assert "yu" in pinyin.readings("王")


@given(st.text(HAN, min_size=1, max_size=12))
def test_the_readings_of_a_long_name_stay_bounded(name: str) -> None:
    keys = pinyin.keys(name)
    assert 1 <= len(keys.full) <= pinyin.MOST_READINGS
    assert len(keys.initials) <= len(keys.full)
    assert len(set(keys.full)) == len(keys.full)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in keys.full)


def test_of_a_name_with_very_many_readings_each_one_is_kept_somewhere() -> None:
    name = "单行长重乐"
    keys = pinyin.keys(name)
    assert len(keys.full) == pinyin.MOST_READINGS
    usual = ["shan", "xing", "zhang", "zhong", "le"]
    assert keys.full[0] == "".join(usual)
    for at, sign in enumerate(name):
        for reading in pinyin.readings(sign):
            assert "".join([*usual[:at], reading, *usual[at + 1 :]]) in keys.full
    twice = [one for one in keys.full if one.startswith("dan") and one != "danxingzhangzhongle"]
    assert twice[:2] == ["danhangzhangzhongle", "danhengzhangzhongle"]


@given(st.text(max_size=20))
def test_any_name_has_keys_and_a_search_column(name: str) -> None:
    keys = pinyin.keys(name)
    column = pinyin.search_text(name, ("13805712236",), "20260318")
    assert keys.sort_key.endswith(name)
    assert column.startswith("|")
    assert column.endswith("|13805712236|20260318|")
    assert pinyin.normalise_query(name) in column
    for typed in (*keys.full, *keys.initials):
        assert f"|{typed}|" in column


def test_names_are_ordered_by_their_syllables() -> None:
    names = ["张伟", "张伟杰", "张维", "张新", "章伟", "李安", "练安", "单雪", "沈雪", "阿明", "Anna", "曾雪", "赵雪"]
    ordered = sorted(names, key=lambda name: pinyin.keys(name).sort_key)
    assert ordered == [
        *("阿明", "Anna", "李安", "练安", "单雪", "沈雪", "曾雪"),
        *("张伟", "张维", "章伟", "张伟杰", "张新", "赵雪"),
    ]


def test_the_search_column_has_its_fields_between_marks() -> None:
    column = pinyin.search_text("单雪", ("+85291234567", "0571-88001234"), "AT-000318")
    assert column == "|单雪|shanxue|danxue|chanxue|sx|dx|cx|xue|x|85291234567|057188001234|at000318|"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zhang Lin", "zhanglin"),
        ("ＺＬＣ", "zlc"),
        ("138 0571-2236", "13805712236"),
        ("１３８", "138"),
        ("lü", "lv"),
        ("LYU", "lv"),
        ("Zhāng Lín", "zhanglin"),
        ("阿依古丽 · 买买提", "阿依古丽买买提"),
        ("张|三%_", "张三"),
        ("  ", ""),
        ("|", ""),
        ("BM-2026-000034", "bm2026000034"),
        ("\U00031350", "\U00031350"),
    ],
)
def test_a_query_is_folded_like_the_column(typed: str, folded: str) -> None:
    assert pinyin.normalise_query(typed) == folded


def test_a_query_can_be_taken_word_by_word() -> None:
    assert pinyin.query_words("张　三 138 - Zhāng") == ("张", "三", "138", "zhang")


@pytest.mark.parametrize("typed", ["Müller", "müller", "Muller", "MULLER"])
def test_a_name_with_an_umlaut_is_found_either_way(typed: str) -> None:
    assert pinyin.normalise_query(typed) in pinyin.search_text("Anna Müller")


@given(HAN)
def test_the_packed_table_says_what_pypinyin_says(sign: str) -> None:
    import pypinyin

    style = pypinyin.Style.NORMAL
    theirs = pypinyin.pinyin(sign, style=style, heteronym=True, errors="ignore", v_to_u=False)
    ours = pinyin.readings(sign)
    for reading in theirs[0] if theirs else []:
        if reading not in {"n", "ng", "m", "hm", "hng"}:
            assert reading.replace("ê", "e") in ours


def test_every_reading_of_the_surname_table_belongs_to_its_character() -> None:
    odd = {"贠", "费", "谌", "难", "库狄", "尉缭", "黑"}  # pypinyin does not know these readings
    for surname, ways in SURNAMES.items():
        assert len(ways) == len(surname)
        for sign, way in zip(surname, ways, strict=True):
            for reading in way.rstrip("!").split("/"):
                assert surname in odd or reading in pinyin.readings(sign), surname


def test_the_table_must_be_named_before_a_name_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin._Source, "read", None)
    monkeypatch.setattr(pinyin._Source, "table", None)
    pinyin.readings.cache_clear()
    with pytest.raises(RuntimeError):
        pinyin.keys("张三")


def test_something_else_than_the_packed_table_is_not_taken() -> None:
    pinyin.use(lambda: b"something else altogether, long enough")
    with pytest.raises(ValueError):
        pinyin.keys("张三")


def test_the_table_is_packed_once_and_is_the_same_every_time(table: Path, tmp_path: Path) -> None:
    assert pinyin_table.make(tmp_path) is True
    assert pinyin_table.make(tmp_path) is False
    assert (tmp_path / "pinyin.bin").read_bytes() == table.read_bytes()
    (tmp_path / "pinyin.stamp").write_text("older", "utf-8")
    assert pinyin_table.make(tmp_path) is True


def test_the_table_is_small(table: Path) -> None:
    assert table.stat().st_size <= 1024 * 1024


@pytest.mark.parametrize("typed", ["zzc", "zhangz", "zhuochen", "zc", "zhangzhuochen"])
def test_a_name_in_pinyin_letters_is_found_like_the_same_name_in_chinese(typed: str) -> None:
    assert f"{pinyin.MARK}{typed}" in pinyin.search_text("张卓辰")
    assert f"{pinyin.MARK}{typed}" in pinyin.search_text("Zhang Zhuochen")


@pytest.mark.parametrize("typed", ["tb", "tom", "brown"])
def test_a_name_that_is_no_pinyin_is_found_by_its_words_and_their_initials(typed: str) -> None:
    assert f"{pinyin.MARK}{typed}" in pinyin.search_text("Tom Brown")
