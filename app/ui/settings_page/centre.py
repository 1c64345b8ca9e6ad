"""Settings of the centre: what papers say, how applications are approved, how money is taken, how it is kept safe."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import clock, data_folder, office, places
from app.rules import numbers
from app.ui.logo_field import LogoField
from app.ui.settings_page.new_recovery_key import KeyDialog
from app.ui.settings_page.rows import CentreSection, SettingCard, SettingRow, at_left, buttons, with_unit
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.check_box import Switch
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.segments import Segmented
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb


class PapersSection(CentreSection):
    """Who prints the papers."""

    def build(self) -> None:
        """Name, English name, address, phone, logo."""
        card = self.card(tr("中心资料"))
        words = tr("印在确认单和收据上，已经打印的不变。")
        self.bind(card, "centre_name", tr("中心名称"), words, LineEdit())
        self.bind(card, "centre_english", tr("英文名"), tr("印成小字，可以不填。"), LineEdit())
        self.bind(card, "centre_address", tr("地址"), "", LineEdit())
        self.bind(card, "centre_phone", tr("电话"), "", LineEdit())
        self.logo = LogoField()
        self.logo.changed.connect(self._change_logo)
        card.add(SettingRow(tr("标志"), tr("印在单据左上角。"), self.logo))

    def refresh(self) -> None:
        """Show what holds."""
        super().refresh()
        logo = office.centre().logo
        if logo != self.logo.value():
            self.logo.set_value(logo)

    def _change_logo(self) -> None:
        before = office.centre().logo
        self.desk.do(office.change_logo, self.logo.value())
        if self.desk.done_well:
            undo = lambda: self.desk.do(office.change_logo, before)  # noqa: E731 - one line is plainer here
            self.desk.message(tr("已保存：{name}", name=tr("标志")), undo=undo)


class RegistrationSection(CentreSection):
    """Registration, review, numbers."""

    def build(self) -> None:
        """Who approves, deadlines, the form of numbers."""
        card = self.card(tr("登记与审核"), self.restore)
        self.bind(
            card, "one_person_may_approve", tr("登记的人也可以自己审核通过"),
            tr("打开：一个人在前台就能从登记做到收据。关上：别人登记的才能审核。"), *_switch(), live=True,
        )  # fmt: skip
        self.bind(
            card, "keyed_may_approve_clean", tr("没有疑点的前台登记当场通过"),
            tr("有疑点的总要另一个人看。每一份都记在负责人当天的清单上。"), *_switch(), live=True,
        )  # fmt: skip
        self._build_deadlines(card)
        self.bind(
            card, "screen_signature", tr("可以在屏幕上签字"),
            tr("打开：家长可以用笔、手指或鼠标签，笔迹存进确认单。按电子签名法，纸上签字更稳妥，默认仍是打印签字。"),
            *_switch(), live=True,
        )  # fmt: skip
        self.form = LineEdit()
        self.form_row = self.bind(
            card, "student_number_form", tr("学员编号的样子"),
            tr(
                "{year} 是年份，{no} 是四位顺序号。编号一旦给出，永远不变，也不再给别人。",
                year="{year}", no="{no:04d}",
            ),
            self.form,
        )  # fmt: skip
        self.form.changed.connect(self._show_example)
        words = tr("报名缺什么，就照这个样子写给家长。【孩子】【缺项】【中心】【电话】会自动换成各家的。")
        self.bind(card, "complete_text", tr("请家长补充的文字"), words, TextArea(lines=3, most=8))

    def _build_deadlines(self, card: SettingCard) -> None:
        """Until when something is to be done, and what a reviewer ticks."""
        review, answer, unsigned = LineEdit(digits=2), LineEdit(digits=2), LineEdit(digits=2)
        self.bind(
            card, "review_days", tr("审核期限"), tr("过了这个时间还没审核，首页标红。"), review,
            with_unit(review, tr("个工作日")),
        )  # fmt: skip
        self.bind(
            card, "answer_days", tr("家长答复期限"),
            tr("请家长补充时先填这个期限，可以逐份改；候补的名额也先保留这么久。"), answer,
            with_unit(answer, tr("个工作日")),
        )  # fmt: skip
        self.bind(card, "review_items", tr("审核时核对什么"), tr("几项之间空一格；每一项在审核时打勾。"), LineEdit())
        self.bind(
            card, "unsigned_days", tr("签字期限"), tr("录入或变更后过了这个时间还没签字，首页标红。"), unsigned,
            with_unit(unsigned, tr("天")),
        )  # fmt: skip
        paper = LineEdit(digits=2)
        self.bind(
            card, "consent_paper_days", tr("口头同意的期限"),
            tr("家长口头同意后健康资料先开放；过了这个时间还没签字，就自动关闭。"), paper, with_unit(paper, tr("天")),
        )  # fmt: skip

    def save(self, name: str) -> None:
        """The form of numbers is checked before it is saved."""
        if name == "student_number_form" and not self._show_example():
            return
        super().save(name)

    def _show_example(self) -> bool:
        """Tell what the next number would look like, or what is wrong."""
        form = self.form.value() or office.SETTINGS["student_number_form"]
        try:
            numbers.check_student_form(form)
        except Refused as refused:
            self.form_row.tell(sentence(refused))
            return False
        self.form_row.tell("")
        self.form.setToolTip(tr("例如 {number}", number=numbers.student_number(form, clock.now().year, 12)))
        return True


class MoneySection(CentreSection):
    """Payment and discounts."""

    def build(self) -> None:
        """Signature first, discount, reminders."""
        card = self.card(tr("收费"), self.restore)
        order = Segmented([("remind", tr("提醒")), ("warn", tr("警告")), ("refuse", tr("不许"))])
        self.bind(
            card, "pay_before_signature", tr("没签字就收费"),
            tr("家长还没在确认单上签字时：提醒一行字，警告要再确认一次，不许就收不了。"), order, live=True,
        )  # fmt: skip
        discount, ending = LineEdit(digits=3), LineEdit(digits=2)
        self.bind(
            card, "sibling_discount_percent", tr("多孩优惠"), tr("兄弟姐妹一起在读时自动建议，可以去掉。"), discount,
            with_unit(discount, "%"),
        )  # fmt: skip
        self.bind(
            card, "ending_soon_days", tr("即将到期"), tr("服务还剩这些天时，名单和首页提醒续费。"), ending,
            with_unit(ending, tr("天")),
        )  # fmt: skip


class SafetySection(CentreSection):
    """Locking, second backup, recovery key."""

    def build(self) -> None:
        """What protects the data."""
        card = self.card(tr("安全"))
        idle = LineEdit(digits=3)
        self.bind(
            card, "idle_lock_minutes", tr("自动锁定"), tr("没人用这么久就锁上，没填完的还在。0 表示不自动锁。"), idle,
            with_unit(idle, tr("分钟")),
        )  # fmt: skip
        choose = Button(tr("选文件夹"), icon="hard-drives")
        choose.clicked.connect(self._choose)
        self.none = Button(tr("不放"), "quiet", icon="x")
        self.none.clicked.connect(lambda: self._second(""))
        self.where = Text("", "caption", "ink2", wrap=True)
        text = tr("U 盘或移动硬盘上的文件夹，每次备份也放一份过去。")
        self.second = card.add(SettingRow(tr("第二份备份"), text, buttons(choose, self.none), self.where))
        if self.desk.may("manage_users"):
            renew = Button(tr("换一把恢复密钥"), icon="key")
            renew.clicked.connect(self._renew)
            text = tr("密码都忘了时，只有它能打开数据。纸丢了或被人看见过，就换一把；启用新的，旧的就作废。")
            card.add(SettingRow(tr("恢复密钥"), text, buttons(renew)))

    def refresh(self) -> None:
        """Show what holds."""
        super().refresh()
        folder = self._saved.get("second_backup", "")
        self.where.setText(folder or tr("还没有选"))
        self.none.setVisible(bool(folder))

    def _choose(self) -> None:
        chosen = self.desk.choose_folder(tr("第二份备份放在哪里"))
        if chosen is not None:
            self._second(str(chosen))

    def _second(self, folder: str) -> None:
        before = self._saved.get("second_backup", "")
        if folder and data_folder.folder() in (Path(folder), *Path(folder).parents):
            self.second.tell(tr("这个文件夹在数据旁边，电脑坏了会一起没有。请选 U 盘或移动硬盘。"))
            return
        service = places.synchronised(Path(folder)) if folder else ""
        if self.change({"second_backup": folder}, beside=self.second):
            note = tr("这个文件夹由“{service}”同步，备份会传到网上（内容是加密的）。", service=service)
            self.second.tell(note if service else "")
            undo = lambda: self.change({"second_backup": before})  # noqa: E731 - one line is plainer here
            self.desk.message(tr("已保存：{name}", name=self.second.title), undo=undo)

    def _renew(self) -> None:
        verbs = [Verb("no", tr("先不换"), shortcut="Esc"), Verb("yes", tr("换一把"), "danger")]
        text = tr("新的印好、照着纸输一遍以后，旧的那张纸就没用了。请先看看打印机有没有纸。")
        if self.desk.ask(tr("换一把恢复密钥？"), text, verbs) != "yes":
            return
        begun = self.desk.look(office.begin_recovery_key)
        if begun is not None:
            KeyDialog(self.desk, begun, self).exec()


def _switch() -> tuple[Switch, QWidget]:
    """A switch, and the place that it stands in."""
    switch = Switch("")
    return switch, at_left(switch)
