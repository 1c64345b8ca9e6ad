"""Names of invented people: the usual ones, and mixed in those that are hard to print, to find or to sort."""

from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_USUAL = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_OTHER = (
    "郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟"
    "熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤俞章柯施殷倪翁童庄柴颜辛聂"
)
_TRICKY = (*"单曾仇解查区翟覃缪尉盖朴乐费卜谌阚", "欧阳", "司马", "上官", "诸葛", "尉迟", "令狐", "皇甫")
_GIRL = _words("""
    梓涵 雨桐 欣怡 诗涵 可馨 若曦 语桐 嘉玥 思琪 一诺 佳宁 书瑶 依诺 芷若 梦洁 晨曦 沐晴 妍希 子萱 静怡 紫涵
    心怡 安然 清妍 乐瑶 婉清 知夏 念慈 雪晴 亦菲 诗雨 悦 彤 宁 玥 瑾 欣 萌 晗 妍
""")
_BOY = _words("""
    子轩 浩然 宇轩 梓睿 俊熙 沐阳 明哲 子墨 思远 博文 昊天 一鸣 天佑 嘉豪 泽宇 文博 奕辰 铭轩 浩宇 晨阳 皓轩
    子涵 瑞霖 俊杰 志远 景行 书豪 承泽 嘉懿 睿渊 星宇 宸 睿 翔 晨 涛 昊 航 阳 宇
""")
_RARE = _words("""
    珞晨 喆 堃 翀 祎 犇 骉 赟 彧 芃芃 𬍛 昺旻 奡 翯 晟 璟雯 宓 翊菡 𠮷安 垚 淼 焱 筱 懿轩 玥瑆 旸 奕菡
""")
_FOREIGN = ("阿依古丽·买买提", "迪丽娜尔·艾合买提", "Anna Smith", "Leo Müller", "孙·凯瑟琳")
_FATHER = _words("""
    志强 建国 海涛 文斌 永胜 卫东 志明 鹏 伟 军 勇 建军 国强 晓东 明辉 立新 俊 峰 建平 宏伟 晨光 斌 凯 磊 学军
    家栋 景明 思源
""")
_MOTHER = _words("""
    丽华 秀英 晓月 敏 芳 静 燕 海燕 晓燕 丽娟 玉兰 雪梅 慧 婷 小红 春燕 美玲 莉 佳 敏霞 晓琳 文静 雅琴 倩 颖 龑
    莹 璐
""")
_ELDER = _words("""
    秀英 桂兰 玉珍 凤英 国华 德明 福生 秀珍 金花 长根 宝珠 阿毛 根土 水英
""")


def surname(random: Random) -> str:
    """A surname: mostly one of the usual, one in a hundred with a reading of its own or of two characters."""
    chance = random.random()
    return str(random.choice(_TRICKY if chance < 0.012 else _USUAL if chance < 0.58 else _OTHER))


def child(random: Random, family_name: str, sex: str) -> str:
    """The whole name of a child; one in forty has a rare character, one in five hundred a name of another form."""
    chance = random.random()
    if chance < 0.002:
        return random.choice(_FOREIGN)
    if chance < 0.027:
        return family_name + random.choice(_RARE)
    given = random.choice(_GIRL if sex == "female" else _BOY)
    if chance < 0.30:  # otherwise a large centre would know too many of the same name
        given = random.choice(_GIRL if sex == "female" else _BOY)[0] + given[-1]
    return family_name + given


def father(random: Random, family_name: str) -> str:
    """The name of a father, who has the child's surname."""
    return family_name + random.choice(_FATHER)


def mother(random: Random) -> str:
    """The name of a mother, who has a surname of her own."""
    return surname(random) + random.choice(_MOTHER)


def elder(random: Random) -> str:
    """The name of a grandparent."""
    return surname(random) + random.choice(_ELDER)
