"""Sexes, relations and people as families write them: 男孩 M ♂, 爸爸, 'name (relation) phone' in one cell."""

import re
from functools import lru_cache

from app.rules import normal, phones
from app.rules.person import RELATIONS

RELATION_CODES = frozenset(RELATIONS)

_SEX = {
    "male": "男 男孩 男孩子 男生 男性 男童 男士 男宝 男宝宝 男娃 小男孩 ♂ m male boy man 1男 先生",
    "female": "女 女孩 女孩子 女生 女性 女童 女士 女宝 女宝宝 女娃 小女孩 ♀ f female girl woman 2女 小姐",
}
_SEXES = {word: code for code, words in _SEX.items() for word in words.split()}
_RELATION = {
    "mother": "母亲 妈妈 妈 母 老妈 妈咪 母子 母女 亲妈 生母 媽媽 母親 mother mum mom mummy mama",
    "father": "父亲 爸爸 爸 父 老爸 爸比 父子 父女 亲爸 生父 父親 father dad daddy papa",
    "grandmother_m": "外婆 姥姥 外祖母 家婆 姥娘",
    "grandfather_m": "外公 姥爷 外祖父 家公 姥爺",
    "grandmother_p": "奶奶 祖母 阿嬷 嫲嫲 grandmother grandma granny",
    "grandfather_p": "爷爷 祖父 爺爺 阿公 grandfather grandpa",
    "aunt": "姑姑 姑妈 姑母 姑 阿姨 姨 姨妈 姨母 小姨 大姨 舅妈 舅母 婶婶 婶 伯母 姑姨 aunt auntie",
    "uncle": "叔叔 叔 伯伯 伯父 大伯 舅舅 舅 姑父 姑丈 姨父 姨夫 叔舅 小叔 uncle",
    "guardian": "监护人 家长 法定监护人 養父 养父 养母 继父 继母 監護人 guardian parent",
    "nanny": "保姆 育儿嫂 阿姨(保姆) 家政 nanny",
    "other": "其他 其它 其他关系 other",
}
_RELATION_OF = {word: code for code, words in _RELATION.items() for word in words.split()}
_OTHER_WORDS = "邻居 哥哥 姐姐 朋友 同事 亲戚 司机 家人 表哥 表姐 堂哥 堂姐 neighbour neighbor friend sister brother"
_OTHERS = frozenset(_OTHER_WORDS.split())
_OPTION = re.compile(r"^[a-d1-9][.、)．:] ?", re.IGNORECASE)
_OF_CHILD = re.compile(r"^(?:孩子|学生|宝宝|小孩|本人|我)?(?:是|的|为)?|(?:关系)$")
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]{1,12})[)）\]】]")
_PHONE = re.compile(r"[(（]?(?:\+?86[- ]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)[)）]?", re.ASCII)
_USUAL = re.compile("([\u4e00-\u9fff·]{2,8}) ?(?:[(（]([\u4e00-\u9fff]{1,4})[)）]| ([\u4e00-\u9fff]{1,3}))")
_PARTS = re.compile(r"[\s:：,，、/\-—－_|+]+")


@lru_cache(maxsize=1024)
def sex(text: str) -> str:
    """Read a sex: female, male, or "" when it says neither."""
    word = normal.half_width(text).strip().lower()
    return _SEXES.get(word) or _SEXES.get(_OPTION.sub("", word).strip(" .。"), "")


@lru_cache(maxsize=2048)
def relation(text: str) -> str:
    """Read a relation: one of person.RELATIONS, or the words themselves when they are none of those (邻居)."""
    word = normal.half_width(text).strip().lower()
    if not word:
        return ""
    for tried in (word, _OPTION.sub("", word), _OF_CHILD.sub("", _OPTION.sub("", word))):
        if found := _RELATION_OF.get(tried.strip(" .。")):
            return found
    return normal.line(text)


@lru_cache(maxsize=2048)
def is_relation(text: str) -> bool:
    """Tell whether a word is a relation and no name."""
    return relation(text) in RELATION_CODES or text.strip().lower() in _OTHERS


def person(text: str) -> tuple[str, str, str]:
    """Take a cell apart: name, relation ("" when it names none) and phone ("" when it holds none).

    冯燕明（父亲） · 贺华 邻居 · 父亲：冯燕明 · 冯燕明 父亲 13812345678
    """
    if normal.is_plain_han(text):  # nothing but a name, as nearly always
        return text, "", ""
    if (usual := _USUAL.fullmatch(text)) and is_relation(said := usual[2] or usual[3]):
        return normal.name(usual[1]), relation(said), ""
    rest, mobile = text, ""
    if any(sign.isdigit() for sign in text):
        rest = normal.half_width(text)
        if found := _PHONE.search(rest):
            mobile = phones.clean(found[0])
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    said = ""
    if (found := _BRACKETS.search(rest)) and is_relation(found[1]):
        said = relation(found[1])
        rest = rest[: found.start()] + rest[found.end() :]
    else:
        parts = [one for one in _PARTS.split(rest.strip()) if one]
        if len(parts) > 1:
            for at in (-1, 0):
                if is_relation(parts[at]):
                    said = relation(parts[at])
                    rest = " ".join(parts[:-1] if at else parts[1:])
                    break
    return normal.name(rest.strip(" ,，、;；:：/|-")), said, mobile
