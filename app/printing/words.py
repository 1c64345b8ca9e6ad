"""The words of papers for the codes of rules (product.md, Words), and how dates, telephones and periods are written.

Papers are Chinese with small English captions, whatever language the windows speak.
"""

from app.rules.person import WEEKDAYS_ALL

SEX = {"female": "女", "male": "男"}
RELATION = {
    "mother": "母亲", "father": "父亲", "grandmother_m": "外婆", "grandfather_m": "外公", "grandmother_p": "奶奶",
    "grandfather_p": "爷爷", "aunt": "姑姨", "uncle": "叔舅", "guardian": "监护人", "nanny": "保姆", "other": "其他",
}  # fmt: skip
GRADE = {
    "k1": "幼儿园小班", "k2": "幼儿园中班", "k3": "幼儿园大班", "1": "一年级", "2": "二年级", "3": "三年级",
    "4": "四年级", "5": "五年级", "6": "六年级", "7": "七年级", "8": "八年级", "9": "九年级",
}  # fmt: skip
UNIT = {
    "term": "学期", "month": "月", "half_month": "半月", "week": "周", "day": "天", "session": "次", "meal": "餐",
    "hour": "小时", "once": "次", "deposit": "笔",
}  # fmt: skip
SESSION = {
    "lunch": "午托", "after_school": "晚托", "both": "午晚托", "holiday": "假期托管", "drop_in": "临时托管", "none": "",
}  # fmt: skip
IDENTITY_KIND = {
    "resident_id": "居民身份证", "hk_macau_permit": "港澳居民证件", "taiwan_permit": "台湾居民证件", "passport": "护照",
    "birth_certificate": "出生医学证明", "other": "其他证件",
}  # fmt: skip
HEALTH_MARK = {
    "none_known": "无特殊情况", "food_allergy": "食物过敏", "drug_allergy": "药物过敏", "asthma": "哮喘",
    "medication": "近期服药", "halal": "清真饮食", "other": "其他",
}  # fmt: skip
DISCOUNT = {"siblings": "多孩优惠", "early": "早付优惠", "staff": "员工优惠", "renewal": "续费优惠", "by_hand": "优惠"}
METHOD = {"wechat": "微信", "cash": "现金", "alipay": "支付宝", "card": "刷卡", "transfer": "银行转账"}
_DAYS = "一二三四五六日"


def word(words: dict[str, str], code: str) -> str:
    """The word for a code; what is no code (typed freely) stands as it is."""
    return words.get(code, code)


def grade_and_class(grade: str, school_class: str) -> str:
    """The school's grade and class: 三年级（2）班; a class that is typed in words stands behind the grade."""
    plain = school_class.strip()
    if plain.isdigit():
        plain = f"（{plain}）班"
    return f"{word(GRADE, grade)}{plain}"


def long_date(iso: str) -> str:
    """A date as headers have it: 2026 年 9 月 12 日."""
    return f"{iso[:4]} 年 {int(iso[5:7])} 月 {int(iso[8:10])} 日" if len(iso) >= 10 else iso


def minute(iso: str) -> str:
    """A time stamp to the minute: 2026-09-12 16:47."""
    return iso.replace("T", " ")[:16]


def period(first: str, last: str) -> str:
    """From a day to a day, as tables have it."""
    return f"{first} 至 {last}" if first and last else f"{first} 起" if first else f"至 {last}" if last else ""


def phone(number: str) -> str:
    """A mainland mobile as 3-4-4, any other number as it is."""
    if len(number) == 11 and number.isdigit() and number.startswith("1"):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return number


def identity(number: str) -> str:
    """A resident identity number in groups that can be compared: 330106 20180416 0026; any other as it is."""
    if len(number) == 18 and number[:17].isdigit():
        return f"{number[:6]} {number[6:14]} {number[14:]}"
    return number


def weekdays(mask: int) -> str:
    """The days of a week: 周一至周五, 周一、三、五, 每天; nothing for no day."""
    days = [place for place in range(7) if mask >> place & 1]
    if len(days) == 7:
        return "每天"
    if mask == WEEKDAYS_ALL:
        return "周一至周五"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"周{_DAYS[days[0]]}至周{_DAYS[days[-1]]}"
    return "周" + "、".join(_DAYS[day] for day in days) if days else ""
