"""Files as form services export them, invented: the layouts that centres meet, and the ways in which families write.

`answers(random, n)` invents what families answer, as a dict by field; `LAYOUTS` are the forms; `workbook` and `text`
make the bytes. Nothing here is taken from the program: what it must understand stands here in its own words.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from random import Random
from typing import Any

from tests import builders

Answers = dict[str, Any]
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘范彭鲁韦马方俞任袁柳"
GIVEN = "若曦梓涵沐辰雨桐浩然思远子轩欣怡佳宁沐阳可馨明哲书瑶芷晴昕语晨翊铭堃睿琪雅诺嘉霖"
SCHOOLS = ("学军小学", "文三街小学", "求是小学（竺可桢校区）", "外国语小学", "实验小学", "育才一小")
SEX_WORDS = {"male": ("男", "男孩", "M", "♂", "男生", "boy"), "female": ("女", "女孩", "F", "♀", "女生", "girl")}
HAN = "〇一二三四五六七八九"
DATE_FORMS: tuple[Callable[[date], Any], ...] = (
    lambda day: day.isoformat(), lambda day: day, lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}", lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else "－" for sign in day.isoformat()),
    lambda day: f"{day.day} {day:%b} {day.year}", lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: "".join(HAN[int(sign)] for sign in str(day.year)) + f"年{_han(day.month)}月{_han(day.day)}日",
)  # fmt: skip
PHONE_FORMS: tuple[Callable[[str], str], ...] = (
    str, lambda text: f" {text} ", lambda text: f"{text[:3]} {text[3:7]} {text[7:]}",
    lambda text: f"{text[:3]}-{text[3:7]}-{text[7:]}", lambda text: f"+86 {text}", lambda text: f"86{text}",
    lambda text: "".join(chr(ord(sign) + 0xFEE0) for sign in text),
)  # fmt: skip


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else HAN[tens]) + "十" if tens else "") + (HAN[ones] if ones or not tens else "")


def answers(random: Random, n: int, *, identity: bool | None = None) -> Answers:
    """What one family answers: nothing is wrong with it."""
    sex = random.choice(("male", "female"))
    born = date(2015 + n % 5, n // 5 % 12 + 1, n // 60 % 28 + 1)
    grade = min(6, max(1, 2026 - born.year - 6))
    surname = random.choice(SURNAMES)
    with_identity = random.random() < 0.5 if identity is None else identity
    return {
        "n": n, "at": f"2026/08/{15 + n // 2000:02d} {n // 60 % 24:02d}:{n % 60:02d}:00",
        "name": surname + random.choice(GIVEN) + random.choice(GIVEN),
        "sex": sex, "born": born, "identity": builders.identity_number(born.isoformat(), sex,
        n % 500) if with_identity else "",
        "school": random.choice(SCHOOLS), "grade": grade, "room": random.randint(1, 8),
        "address": f"文二西路 {random.randint(1, 900)} 号 {random.randint(1, 30)} 幢 {random.randint(101, 1802)} 室",
        "father": surname + random.choice(GIVEN), "father_phone": f"138{10_000_000 + 2 * n:08d}",
        "mother": random.choice(SURNAMES) + random.choice(GIVEN), "mother_phone": f"139{10_000_001 + 2 * n:08d}",
        "contact": random.choice(SURNAMES) + random.choice(GIVEN), "contact_relation": random.choice(("外婆",
        "爷爷", "邻居", "姑姑")),
        "contact_phone": f"177{10_000_000 + n:08d}", "allergies": random.choice(("", "无", "花生、腰果", "青霉素",
        "牛奶")),
        "needs": random.choice(("", "左撇子", "需要午睡", "清真饮食")), "wanted": random.choice(("午托", "晚托",
        "午托+晚托", "全托")),
        "start": "2026-09-07", "heard": random.choice(("路过", "朋友介绍", "老学员")), "agrees": "同意",
    }  # fmt: skip


def family(random: Random, count: int) -> list[Answers]:
    """Several families; none is like another."""
    return [answers(random, n) for n in range(1, count + 1)]


# layouts ------------------------------------------------------------------------------------------------------------


def _survey(random: Random, one: Mapping[str, Any]) -> list[Any]:
    phone = random.choice(PHONE_FORMS)
    return [
        float(one["n"]), one["at"], "406秒", "微信", "N/A", "10.0.80.196(浙江-杭州)", one["name"],
        random.choice(SEX_WORDS[one["sex"]]), random.choice(DATE_FORMS)(one["born"]), one["identity"], one["school"],
        random.choice((f"{HAN[one['grade']]}年级", f"{one['grade']}年级", float(one["grade"]),
        f"小{HAN[one['grade']]}", f"G{one['grade']}")),
        f"{one['room']}班", one["address"], one["father"], "父亲", phone(one["father_phone"]), one["mother"], "母亲",
        phone(one["mother_phone"]), one["contact"], one["contact_relation"], one["contact_phone"], one["allergies"],
        one["needs"], one["wanted"], one["start"], one["heard"], one["agrees"],
    ]  # fmt: skip


def _brackets(random: Random, one: Mapping[str, Any]) -> list[Any]:
    phone = random.choice(PHONE_FORMS)
    return [
        one["at"].replace("/", "-"), one["name"], random.choice(SEX_WORDS[one["sex"]]),
        random.choice(DATE_FORMS)(one["born"]), one["identity"], one["school"],
        f"{HAN[one['grade']]}（{one['room']}）班", one["address"], f"{one['father']}（父亲）",
        phone(one["father_phone"]), f"{one['mother']}(母亲)", phone(one["mother_phone"]),
        f"{one['contact']} {one['contact_relation']}", one["contact_phone"], one["allergies"], one["needs"],
        one["wanted"], "2026年9月7日", "是",
    ]  # fmt: skip


def _short(random: Random, one: Mapping[str, Any]) -> list[Any]:
    return [
        one["name"], random.choice(SEX_WORDS[one["sex"]]), random.choice(DATE_FORMS)(one["born"]), one["father"],
        random.choice(PHONE_FORMS)(one["father_phone"]), one["address"], one["allergies"], one["wanted"],
    ]  # fmt: skip


def _equal_headers(random: Random, one: Mapping[str, Any]) -> list[Any]:
    return [
        one["name"], random.choice(SEX_WORDS[one["sex"]]), one["born"].isoformat(), f"{one['school']}",
        f"{one['grade']}年级{one['room']}班", one["father"], "爸爸", one["father_phone"], one["mother"], "妈妈",
        one["mother_phone"],
    ]  # fmt: skip


def _parents(random: Random, one: Mapping[str, Any]) -> list[Any]:
    return [
        one["name"], one["sex"], one["born"].isoformat(), one["identity"], one["school"], f"Grade {one['grade']}",
        one["mother"], one["mother_phone"], one["father"], one["father_phone"], one["contact"],
        one["contact_phone"], one["allergies"] or "None", "Yes",
    ]  # fmt: skip


SURVEY = (
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、孩子姓名", "2、性别", "3、出生日期",
    "4、身份证号（选填）",
    "5、就读学校", "6、年级", "7、班级", "8、家庭住址", "9、第一监护人姓名", "10、与孩子关系", "11、第一监护人手机",
    "12、第二监护人姓名",
    "13、与孩子关系", "14、第二监护人手机", "15、紧急联系人", "16、紧急联系人关系", "17、紧急联系人电话",
    "18、过敏史及健康状况",
    "19、特殊需求", "20、报名班型", "21、希望开始日期", "22、从哪里知道我们", "23、是否同意《个人信息处理告知书》",
)  # fmt: skip
BRACKETS = (
    "提交时间", "学生姓名", "学生性别", "出生年月日", "证件号码", "学校", "年级班级", "住址", "家长（关系）",
    "家长电话", "家长2（关系）",
    "家长2电话", "紧急联系人", "紧急联系电话", "健康/过敏", "备注", "服务项目", "开始时间", "监护人同意",
)  # fmt: skip
SHORT = ("姓名", "性别", "生日", "家长", "联系电话", "地址", "过敏", "托管类型")
EQUAL = (
    "*学员姓名", "*性别", "*出生日期", "学校", "年级", "*监护人姓名", "*关系", "*手机", "*监护人姓名", "*关系", "*手机",
)  # fmt: skip
TRADITIONAL = (
    "Q1：學生姓名", "Q2：性別", "Q3：出生日期", "Q4：就讀學校", "Q5：年級", "Q6：監護人姓名", "Q7：與學生關係",
    "Q8：聯絡電話",
    "Q9：監護人姓名", "Q10：與學生關係", "Q11：聯絡電話",
)  # fmt: skip
ENGLISH = (
    "1. Child's full name (required)", "2. Gender", "3. Date of birth", "4. ID number", "5. School", "6. Grade",
    "7. Mother's name", "8. Mother's mobile", "9. Father's name", "10. Father's mobile", "11. Emergency contact name",
    "12. Emergency contact phone", "13. Allergies", "14. I agree to the privacy notice",
)  # fmt: skip
LAYOUTS: dict[str, tuple[Sequence[str], Callable[[Random, Mapping[str, Any]], list[Any]]]] = {
    "survey": (SURVEY, _survey), "brackets": (BRACKETS, _brackets), "short": (SHORT, _short),
    "equal headers": (EQUAL, _equal_headers), "traditional": (TRADITIONAL, _equal_headers),
    "english": (ENGLISH, _parents),
}  # fmt: skip
"""Name: the header, and how a family's answers stand below it."""


def table(layout: str, families: Iterable[Mapping[str, Any]], random: Random) -> list[list[Any]]:
    """Header and rows of a layout."""
    header, row = LAYOUTS[layout]
    return [list(header), *(row(random, one) for one in families)]


# bytes --------------------------------------------------------------------------------------------------------------


def workbook(rows: Sequence[Sequence[Any]], *, title: str = "报名", above: Sequence[Sequence[Any]] = ()) -> bytes:
    """An .xlsx; `above` are titles and empty lines before the header."""
    from xlsxwriter import Workbook

    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(content, options)
    page = book.add_worksheet(title)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate((*above, *rows)):
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(at, place, value, day)
            elif value not in ("", None):
                page.write(at, place, value)
    book.close()
    return content.getvalue()


def text(rows: Sequence[Sequence[Any]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A csv in an encoding."""
    file = StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\r\n").writerows(
        [[int(one) if isinstance(one, float) else one for one in row] for row in rows],
    )
    return file.getvalue().encode(encoding)
