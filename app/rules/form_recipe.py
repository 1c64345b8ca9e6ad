"""The recipe for form services (问卷星, 腾讯文档, 金数据 …): the questions of an online form, in order (product.md P1).

The titles are words that the import knows, and the rules let the online form check before it is exported.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.rules.words import GRADE, IDENTITY_KIND, RELATION, SEX

TEXT, LONG, ONE, MANY, DATE = "填空", "多行填空", "单选", "多选", "日期"
NAME = "学员报名表"
ADVICE = (
    "题目请照抄，导入时就不用再对应各列；可以在后面加说明，例如“孩子姓名（与证件一致）”。",
    "选项请照抄，需要时可以加“其他”；没有列出的题目可以另加，导入时会自动略过。",
    "收表结束后导出 .xlsx 或 .csv，在“导入报名”里打开；同一份文件再导入一次不会重复。",
)
_AGREE = ("同意", "不同意")
_PHONE = "数字校验：11 位手机号；座机写区号，境外号码写 + 和国家代码"


@dataclass(frozen=True)
class Question:
    """A question: its title, kind, whether it must be answered, the options, and what is checked while typing."""

    title: str
    kind: str = TEXT
    required: bool = False
    options: tuple[str, ...] = ()
    rule: str = ""


def questions(services: Sequence[str], schools: Sequence[str]) -> tuple[Question, ...]:
    """All questions in order; services and schools of the centre as options."""
    return (
        *_child(schools), *_guardian("一", required=True), *_guardian("二", required=False), *_others(), *_health(),
        Question("希望参加的托管服务", MANY if services else TEXT, required=True, options=tuple(services)),
        Question("希望的开始日期", DATE, rule="年-月-日"),
        Question("从哪里了解到我们"),
        *_consents(),
    )  # fmt: skip


def as_text(asked: Sequence[Question]) -> str:
    """The recipe as text to copy."""
    lines = [f"{number}. {_line(one)}" for number, one in enumerate(asked, 1)]
    return "\n".join([NAME, *(f"※ {text}" for text in ADVICE), "", *lines])


def _line(one: Question) -> str:
    about = f"{one.title}［{one.kind}，{'必填' if one.required else '选填'}］"
    options = f"选项：{' / '.join(one.options)}" if one.options else ""
    return "　".join(filter(None, (about, options, one.rule)))


def _child(schools: Sequence[str]) -> tuple[Question, ...]:
    return (
        Question("孩子姓名", required=True, rule="与证件一致"),
        Question("孩子性别", ONE, required=True, options=(SEX["male"], SEX["female"])),
        Question("孩子出生日期", DATE, required=True, rule="年-月-日"),
        Question("孩子证件类型", ONE, options=tuple(IDENTITY_KIND.values())),
        Question("孩子证件号码", rule="身份证校验：18 位，末位可以是 X；没有可以不填"),
        Question("就读学校", ONE if schools else TEXT, required=True, options=(*schools, "其他") if schools else ()),
        Question("年级", ONE, required=True, options=tuple(GRADE.values())),
        Question("学校班级", rule="只写数字，例如 2"),
        Question("学校班主任"),
        Question("家庭住址", LONG),
    )


def _guardian(place: str, *, required: bool) -> tuple[Question, ...]:
    relations = tuple(RELATION.values())
    return (
        Question(f"监护人{place}姓名", required=required),
        Question(f"监护人{place}与孩子的关系", ONE, required=required, options=relations),
        Question(f"监护人{place}手机", required=required, rule=_PHONE),
        Question(f"监护人{place}微信"),
        Question(f"监护人{place}工作单位"),
    )


def _others() -> tuple[Question, ...]:
    relations = tuple(RELATION.values())
    return (
        Question("紧急联系人姓名", rule="监护人以外的人"),
        Question("紧急联系人与孩子的关系", ONE, options=relations),
        Question("紧急联系人手机", rule=_PHONE),
        Question("接送人姓名", rule="监护人以外可以接孩子的人"),
        Question("接送人与孩子的关系", ONE, options=relations),
        Question("接送人手机", rule=_PHONE),
        Question("是否自行回家，几点起", rule="例如：否；或：是，17:30"),
    )


def _health() -> tuple[Question, ...]:
    return (
        Question("过敏", LONG, required=True, rule="食物、药物和反应；没有写“无”"),
        Question("疾病和病史", LONG, rule="没有写“无”"),
        Question("正在用药", LONG, rule="药名、用量、时间"),
        Question("饮食禁忌", LONG),
        Question("医生意见", LONG),
        Question("保险"),
        Question("特殊需要", LONG, rule="例如座位、眼镜、助听器"),
    )


def _consents() -> tuple[Question, ...]:
    return tuple(
        Question(title, ONE, required=True, options=_AGREE, rule=rule)
        for title, rule in (
            ("是否同意《个人信息告知书》", "告知书全文请附在题目里或作为链接"),
            ("监护人是否单独同意处理未满 14 周岁孩子的个人信息", "单独同意书全文请附在题目里；到前台在确认单上补签"),
            ("是否同意将活动照片用于班级群", ""),
            ("是否同意紧急送医", ""),
        )
    )
