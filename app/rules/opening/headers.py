"""What the words above a column of a centre's own list mean, where they are none of a form.

A column of its own for a service (午托 | 晚托 with ticks, 午托到期) is read into the column of services.
"""

import re
from functools import lru_cache

from app.rules.form_columns.headers import LONGEST, plain
from app.rules.opening.fields import (
    BALANCE,
    CLASS,
    CREDIT,
    DAYS_LEFT,
    DEBT,
    MEALS_LEFT,
    NOTE,
    OLD_NUMBER,
    PAID_UNTIL,
    SERVICES,
    WEEKDAYS,
)

_SHAPES = tuple((name, re.compile(shape)) for name, shape in (  # the first that is found
    (MEALS_LEFT, r"(?:剩|余|未用|未吃|存).*(?:餐|饭|顿)|(?:餐|饭)(?:数|次)?.*(?:剩|余)|meals? (?:left|remaining)"),
    (DAYS_LEFT, r"(?:剩|余|未用|未上|存).*(?:天|次|日数|课)|(?:天|次)数.*(?:剩|余)|days? (?:left|remaining)"),
    (PAID_UNTIL, (
        r"(?:交|缴|付|续)(?:费)?(?:到|至)|(?:费用?|托管|服务|会员)?(?:到期|截止|有效期|终止|结束)(?:日|时|月|至|期|$)|"
        r"到期|paid (?:until|to|through)|expir|valid until"
    )),
    (BALANCE, r"欠.*(?:余|存)|(?:余|存).*欠|余额|结余|余款|账户|余费|balance"),
    (DEBT, r"欠|未(?:交|缴|收)|应补|待(?:缴|交|收)|owe|arrears|debt"),
    (CREDIT, r"预(?:存|交|缴|付)|多(?:交|缴|收)|存款|结存|剩余(?:费|金|款)|可退|credit|prepaid"),
    (WEEKDAYS, r"星期|周几|来托(?:时间|日)|托管(?:天|日)|上课(?:时间|日)|哪几天|每周|weekdays?"),
    (CLASS, r"托管班|所在托|分班|班名|托班|本中心班级|care class"),
    (SERVICES, (
        r"托管(?:类型|项目|服务|种类|形式|时段|方式)|服务(?:项目|类型)?$|班型|托别|类型$|项目$|套餐|午晚托|午/晚托|"
        r"service|program"
    )),
    (OLD_NUMBER, (
        r"^(?:学号|会员号|卡号|编号|档案号|学员(?:编)?号|学生(?:编)?号|老编号|旧编号|原编号|会员编号)$|"
        r"student (?:no|number|id)|card no"
    )),
    ("services.start_date", r"(?:入托|入学|入班|报名|入园|开始|起始|来托|建档)(?:日期|时间|日|年月)?$|since|start"),
    (NOTE, r"备注|说明|其他|remark|^notes?$"),
))  # fmt: skip
_NOT_OURS = re.compile(r"学校|生日|出生|年龄|家长|妈|爸|父|母|监护|电话|手机|过敏|疾病|地址|住址")
_UNTIL_OF = re.compile(r"^(.{1,8}?)(?:费)?(?:到期|截止|交至|交到|缴至|缴到|有效期)(?:日期|日|时间)?$")


@lru_cache(maxsize=4096)
def field(text: str) -> str:
    """The field of OPENING (or the day since when) that the words mean; "" where they are those of a form."""
    if not text.strip() or len(text) > LONGEST:
        return ""
    words = plain(text)
    if _NOT_OURS.search(words):
        return ""
    return next((name for name, shape in _SHAPES if shape.search(words)), "")


def until_of(text: str) -> str:
    """The service of 午托到期, 晚托交至; "" where the words name none."""
    found = _UNTIL_OF.match(plain(text))
    return found[1] if found else ""
