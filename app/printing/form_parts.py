"""The sections of the blank form about the child, the people around it, the services, health."""

from app.printing import words
from app.printing.fitting import Fitted, wide, wrap
from app.printing.flow import Block
from app.printing.fonts import MEDIUM, REGULAR
from app.printing.form_pen import Pen
from app.printing.paper import CENTRE, HAIR, INK2, INK3, LEFT, LINE, PALE, Paper
from app.printing.sheet_parts import GUTTER, LEFT_EDGE, RIGHT_EDGE, WIDTH, section
from app.rules.person import GRADES, HEALTH_MARKS, IDENTITY_KINDS, RELATIONS
from app.rules.words import DAYS

PITCH, CAPTION = 13.2, 4.8
GUARDIANS, CONTACTS, LINES = 3, 3, 3
PHOTO_WIDTH, PHOTO_HEIGHT = 23.1, 32.6
_SEXES = [words.SEX[code] for code in ("male", "female")]
_RELATIONS = [words.RELATION[code] for code in RELATIONS]
_THIRD = (WIDTH - PHOTO_WIDTH - 3 * GUTTER) / 3
_X = [LEFT_EDGE + place * (_THIRD + GUTTER) for place in range(3)]


def child(pen: Pen, schools: tuple[str, ...]) -> list[Block]:
    """Who the child is, where it lives and learns."""

    def first(_: Paper, y: float, height: float) -> None:
        row = height / 3
        _photo(pen.paper, y + 2.6, min(PHOTO_HEIGHT, height - 3.4))
        pen.caption(_X[0], y + CAPTION, "姓名", "Name", "与证件一致")
        pen.line("child.name", "孩子姓名", _X[0], y + CAPTION, _THIRD, size=11)
        pen.caption(_X[1], y + CAPTION, "性别", "Sex")
        pen.pick("child.sex", "性别", _X[1], y + CAPTION, _THIRD, _SEXES)
        pen.caption(_X[2], y + CAPTION, "出生日期", "Date of birth", "例 2018-04-16" if pen.fields else "")
        pen.date("child.birth_date", "出生日期，例如 2018-04-16", _X[2], y + CAPTION, _THIRD)
        y += row
        number = 2 * _THIRD + GUTTER
        pen.caption(_X[0], y + CAPTION, "证件号码", "ID number", "居民身份证 18 位；没有可不填")
        pen.boxes("child.identity_number", "证件号码", _X[0], y + CAPTION, number, 18)
        pen.caption(_X[2], y + CAPTION, "证件类型", "Kind", "" if pen.fields else "居民身份证、护照等")
        kinds = [words.IDENTITY_KIND[code] for code in IDENTITY_KINDS]
        pen.choice("child.identity_kind", "证件类型", _X[2], y + CAPTION, _THIRD, kinds)
        y += row
        pen.caption(_X[0], y + CAPTION, "就读学校", "School")
        pen.choice("child.school", "就读学校", _X[0], y + CAPTION, _THIRD, schools, editable=True, size=9.5)
        pen.caption(_X[1], y + CAPTION, "年级", "Grade")
        grades = [words.GRADE[code] for code in GRADES]
        pen.choice("child.grade", "年级", _X[1], y + CAPTION, _THIRD, grades)
        pen.caption(_X[2], y + CAPTION, "学校班级", "Class", "例 2")
        pen.line("child.school_class", "学校班级，例如 2", _X[2], y + CAPTION, _THIRD)

    def last(_: Paper, y: float, __: float) -> None:
        wider = (WIDTH - GUTTER) * 0.68
        pen.caption(LEFT_EDGE, y + CAPTION, "家庭住址", "Home address")
        pen.line("child.address", "家庭住址", LEFT_EDGE, y + CAPTION, wider, size=9.5)
        rest = LEFT_EDGE + wider + GUTTER
        pen.caption(rest, y + CAPTION, "学校班主任", "Form teacher")
        pen.line("child.form_teacher", "学校班主任", rest, y + CAPTION, RIGHT_EDGE - rest)

    return [section("A", "学员信息", "Student"), Block(3 * PITCH, first, slack=2.4), Block(PITCH, last, slack=0.8)]


def _photo(paper: Paper, y: float, height: float) -> None:
    x = RIGHT_EDGE - PHOTO_WIDTH
    paper.box(x, y, PHOTO_WIDTH, height, fill=PALE, stroke=LINE, thick=0.8, radius=0.6, dash="2.4 2")
    paper.text(x + PHOTO_WIDTH / 2, y + 16, "一寸照片", 8, REGULAR, INK2, CENTRE)
    paper.text(x + PHOTO_WIDTH / 2, y + 19.4, "Photo", 6.6, REGULAR, INK3, CENTRE)


# people -------------------------------------------------------------------------------------------------------------

_COLUMNS = (  # field, caption, place, width
    ("name", "姓名 Name", LEFT_EDGE, 25.0), ("relation", "关系 Relation", 44.0, 20.0),
    ("mobile", "手机 Mobile", 66.0, 31.0), ("wechat", "微信 WeChat", 99.0, 27.0),
    ("workplace", "工作单位 Employer", 128.0, 28.0),
)  # fmt: skip
_TICKS = (
    ("lives_with_child", "同住", 160.5), ("may_collect", "可接送", 170.5), ("emergency", "紧急", 180.5),
    ("payer", "交款", 190.5),
)  # fmt: skip
_OTHERS = (("may_collect", "可接送", 170.5), ("emergency", "紧急", 180.5))


def people(pen: Pen) -> list[Block]:
    """Guardians, other contacts and who may fetch the child; how it leaves."""
    found = [section("B", "监护人与接送", "Guardians & pick-up", "至少一位监护人；多于三位的写在第 2 页“补充说明”")]
    found.append(_captions(pen, _COLUMNS, _TICKS))
    found += [_person(pen, "guardians", place, _COLUMNS, _TICKS, "监护人") for place in range(GUARDIANS)]
    found.append(_subtitle(pen, "其他联系人和接送人", "Other contacts, authorised pick-up"))
    found += [_person(pen, "contacts", place, _COLUMNS[:3], _OTHERS, "联系人") for place in range(CONTACTS)]
    return [*found, _leaving(pen)]


def _captions(
    pen: Pen, columns: tuple[tuple[str, str, float, float], ...], ticks: tuple[tuple[str, str, float], ...],
) -> Block:  # fmt: skip
    def draw(_: Paper, y: float, height: float) -> None:
        base = y + height / 2 + 1.1
        for column in columns:
            pen.head(column[2], base, column[1], LEFT)
        for box in ticks:
            pen.head(box[2], base, box[1], CENTRE)

    return Block(5.8, draw, keep=True, slack=0.4)


def _person(
    pen: Pen, kind: str, place: int, columns: tuple[tuple[str, str, float, float], ...],
    ticks: tuple[tuple[str, str, float], ...], title: str,
) -> Block:  # fmt: skip
    def draw(_: Paper, y: float, height: float) -> None:
        for name, words_, x, width in columns:
            field, about = f"{kind}.{place}.{name}", f"{title} {place + 1} {words_.split()[0]}"
            if name == "relation":
                pen.choice(field, about, x, y + 0.6, width, _RELATIONS, editable=True, size=8.5, height=height - 1.6)
            else:
                pen.line(field, about, x, y + 0.6, width, height - 1.6, size=8.5)
        for name, words_, x in ticks:
            about = f"{title} {place + 1} {words_}"
            pen.tick(f"{kind}.{place}.{name}", about, x - 1.6, y + height / 2 + 1.1)

    return Block(9.8, draw, slack=1.6)


def _subtitle(pen: Pen, chinese: str, english: str) -> Block:
    def draw(paper: Paper, y: float, height: float) -> None:
        paper.text(LEFT_EDGE, y + height - 1.6, chinese, 8, MEDIUM, INK2)
        paper.text(LEFT_EDGE + wide(chinese, 8, MEDIUM) + 1.6, y + height - 1.6, english, 6.4, REGULAR, INK3)
        for box in _OTHERS:
            pen.head(box[2], y + height - 1.6, box[1], CENTRE)

    return Block(6.2, draw, keep=True, slack=0.6)


def _leaving(pen: Pen) -> Block:
    def draw(paper: Paper, y: float, height: float) -> None:
        base = y + height - 3.4
        paper.text(LEFT_EDGE, base, "离开方式", 8, REGULAR, INK2)
        x = pen.tick("pick_up.goes_home_alone", "自行回家", LEFT_EDGE + 15, base, "自行回家（须另签同意），自")
        pen.line("pick_up.alone_from", "自行回家时间，例如 17:30", x - 4, y + 0.8, 15, height - 3, size=9)
        paper.text(x + 12, base, "起；不勾选即由可接送的人接走", 9, REGULAR, INK2)
        x += 61
        paper.text(x, base, "说明", 8, REGULAR, INK2)
        pen.line("pick_up.note", "接送说明", x + 8, y + 0.8, RIGHT_EDGE - x - 8, height - 3, size=9)

    return Block(10.4, draw, slack=1.2)


# services -----------------------------------------------------------------------------------------------------------

_DATES = ((_FROM := 127.5), (_TO := 161.5))
_DATE_WIDTH, _DAY_X, _DAY_STEP = 31.5, 79.0, 6.6


def services(pen: Pen, offered: tuple[str, ...]) -> list[Block]:
    """What is wished for on which days from when to when; the prices of today."""

    def captions(_: Paper, y: float, height: float) -> None:
        base = y + height / 2 + 1.1
        pen.head(LEFT_EDGE, base, "服务项目 Service", LEFT)
        for place, sign in enumerate(DAYS):
            pen.head(_DAY_X + place * _DAY_STEP + 1.6, base, f"周{sign}", CENTRE)
        for x, words_ in zip(_DATES, ("开始日期 From", "结束日期 To"), strict=True):
            pen.head(x, base, words_, LEFT)

    found = [section("C", "托管服务", "Services", "价格见下；周几来就勾周几"), Block(5.8, captions, keep=True)]
    found += [_line(pen, place, offered) for place in range(LINES)]
    return [*found, _prices(offered), _heard(pen)]


def _line(pen: Pen, place: int, offered: tuple[str, ...]) -> Block:
    def draw(_: Paper, y: float, height: float) -> None:
        where, about, high = f"services.lines.{place}", f"服务 {place + 1}", height - 1.6
        pen.choice(f"{where}.service", about, LEFT_EDGE, y + 0.6, 58, offered, size=9, height=high)
        for day, sign in enumerate(DAYS):
            pen.tick(f"{where}.weekdays.{day}", f"{about} 周{sign}", _DAY_X + day * _DAY_STEP, y + height / 2 + 1.1)
        for x, name, words_ in zip(_DATES, ("from_date", "to_date"), ("开始日期", "结束日期"), strict=True):
            pen.date(f"{where}.{name}", f"{about} {words_}", x, y + height - 8.2, _DATE_WIDTH)

    return Block(10.2, draw, slack=1.6)


def _prices(offered: tuple[str, ...]) -> Block:
    text = "可选服务与现价：" + ("；".join(offered) if offered else "请向前台询问") + "。餐费、材料费等以前台公示为准。"
    fitted = Fitted(7.6, tuple(wrap(text, WIDTH - 5, 7.6)))

    def draw(paper: Paper, y: float, height: float) -> None:
        paper.box(LEFT_EDGE, y + 0.8, WIDTH, height - 0.8, fill=PALE, radius=0.8)
        paper.lines(LEFT_EDGE + 2.5, y + 4.6, fitted, INK2)

    return Block(fitted.height + 3.4, draw, gap=0.6, slack=0.4)


def _heard(pen: Pen) -> Block:
    def draw(_: Paper, y: float, __: float) -> None:
        half = (WIDTH - GUTTER) / 2
        pen.caption(LEFT_EDGE, y + CAPTION, "希望的入托日期", "Start date")
        pen.date("services.start_date", "希望的入托日期", LEFT_EDGE, y + CAPTION, _THIRD)
        x = LEFT_EDGE + half + GUTTER
        pen.caption(x, y + CAPTION, "从哪里了解到我们", "How you heard of us")
        pen.line("child.heard_of", "从哪里了解到我们", x, y + CAPTION, half, size=9.5)

    return Block(PITCH, draw, slack=0.8)


# health -------------------------------------------------------------------------------------------------------------

_NOTES = (
    ("health.allergies", "过敏", "Allergies", "食物、药物，反应怎样"), ("health.conditions", "病史", "Conditions", ""),
    ("health.medication", "用药", "Medication", "药名、用量、时间"), ("health.diet", "饮食", "Diet", "忌口、习惯"),
    ("health.doctor_notes", "医生意见", "Doctor's notes", ""), ("health.insurance", "保险", "Insurance", ""),
    ("child.special_needs", "特殊需要", "Special needs", "例如座位、眼镜、助听器"),
    ("form.more", "补充说明", "More", "第四位监护人等写不下的内容"),
)  # fmt: skip


def health(pen: Pen) -> list[Block]:
    """What the guardians tell about health and diet, and what found no room elsewhere."""

    def marks(paper: Paper, y: float, height: float) -> None:
        x, base = LEFT_EDGE, y + height / 2 + 1.4
        for mark in HEALTH_MARKS:
            title = words.HEALTH_MARK[mark]
            x = pen.tick(f"health.marks.{mark}", title, x, base, title) + 1.4
        paper.line(LEFT_EDGE, y + height, RIGHT_EDGE, y + height, 0.6, HAIR)

    found = [section("D", "健康与饮食", "Health & diet", "只用于照护，只给需要的人看"), Block(7.6, marks, keep=True)]
    return [*found, *(_notes(pen, place) for place in range(0, len(_NOTES), 2))]


def _notes(pen: Pen, place: int) -> Block:
    def draw(_: Paper, y: float, height: float) -> None:
        half = (WIDTH - GUTTER) / 2
        for at, (name, chinese, english, aside) in enumerate(_NOTES[place : place + 2]):
            x = LEFT_EDGE + at * (half + GUTTER)
            pen.caption(x, y + CAPTION, chinese, english, aside)
            pen.line(name, chinese, x, y + CAPTION, half, height - CAPTION - 0.8, size=9, lines=True)
            if not pen.fields:
                middle = y + CAPTION + (height - CAPTION - 0.8) / 2
                pen.paper.line(x, middle, x + half, middle, 0.5, HAIR)

    return Block(18.4, draw, slack=3.5)
