"""Readings of surnames that differ from the usual reading of their characters, or are read in several ways.

A surname of two characters stands with a reading for each; `/` parts readings that both occur, the usual one first.
All other readings of the characters are kept behind these (app/rules/pinyin.py), so that nobody gets lost; `!` says
that the surname has this one reading and the character's other, old ones would only find the wrong people (王 yu).
"""

_LISTED = """
单 shan · 曾 zeng · 仇 qiu · 解 xie · 查 zha · 区 ou · 尉 wei/yu · 盖 ge/gai · 朴 piao · 翟 zhai/di · 乐 yue/le
覃 qin/tan · 缪 miao · 员 yun/yuan · 贠 yun · 繁 po · 种 chong · 洗 xian · 折 she · 黑 he/hei · 逢 pang · 隗 wei/kui
郗 xi/chi · 都 du · 粘 nian · 秘 bi · 句 gou · 牟 mu/mou · 费 fei/bi · 卜 bu · 谌 chen/shen · 阚 kan · 佴 nai
晟 cheng · 召 shao · 祭 zhai/ji · 重 chong · 长 chang · 藏 zang · 便 pian · 薄 bo · 么 yao · 郇 xun/huan · 郄 qie/xi
隽 juan/jun · 莘 shen/xin · 乜 nie · 角 jue · 颉 xie/jie · 能 nai · 难 ning · 炅 gui · 适 kuo · 蔚 yu/wei
澹 tan · 宓 mi/fu · 勒 le · 圈 juan · 朝 chao · 宁 ning · 葛 ge · 纪 ji · 那 na · 相 xiang · 强 qiang · 柏 bai
王 wang! · 吴 wu! · 朱 zhu! · 冯 feng! · 于 yu! · 董 dong! · 邓 deng! · 许 xu! · 沈 shen! · 彭 peng! · 蔡 cai!
贾 jia! · 丁 ding! · 叶 ye! · 余 yu! · 潘 pan! · 杜 du! · 夏 xia! · 汪 wang! · 任 ren! · 方 fang! · 石 shi! · 姚 yao!
陆 lu! · 郝 hao! · 白 bai! · 万 wan! · 汤 tang! · 尹 yin! · 殷 yin! · 施 shi! · 陶 tao! · 倪 ni! · 温 wen! · 芦 lu!
俞 yu! · 焦 jiao! · 邢 xing! · 齐 qi! · 莫 mo! · 庄 zhuang! · 祝 zhu! · 涂 tu! · 谷 gu! · 祁 qi! · 舒 shu! · 路 lu!
詹 zhan! · 盛 sheng! · 童 tong! · 甄 zhen! · 游 you! · 裴 pei! · 屈 qu! · 霍 huo! · 隋 sui! · 甘 gan! · 景 jing!
包 bao! · 司 si! · 阮 ruan! · 柴 chai! · 车 che! · 冉 ran! · 房 fang!
欧阳 ou yang · 尉迟 yu chi · 万俟 mo qi · 长孙 zhang sun · 单于 chan yu · 澹台 tan tai · 令狐 ling hu · 鲜于 xian yu
子车 zi ju · 乐正 yue zheng · 库狄 she di · 朱邪 zhu ye · 中行 zhong hang · 宰父 zai fu · 夹谷 jia gu · 谷梁 gu liang
淳于 chun yu · 轩辕 xuan yuan · 尉缭 wei liao · 南宫 nan gong · 耶律 ye lv · 亓官 qi guan · 相里 xiang li
"""

SURNAMES: dict[str, tuple[str, ...]] = {
    surname: tuple(given)
    for surname, *given in (entry.split() for row in _LISTED.strip().split("\n") for entry in row.split(" · "))
}
"""Surname of one or two characters: the reading of each, '/' between several, '!' behind an only one."""
