"""Two small dialogs of the payment page: a further charge, and a discount by hand with its reason."""

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import clock, ledger, prices
from app.ui.desk import Desk
from app.ui.texts import money_text, sentence, tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import Strip
from app.ui.widgets.reason_dialog import ReasonDialog
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import UNIT, word


class ChargeDialog(Dialog):
    """Charge a service from the price list."""

    def __init__(self, desk: Desk, student_id: int, parent: QWidget | None = None) -> None:
        """`student_id` owes it."""
        super().__init__(parent, tr("添加应收项目"), 560)
        self.desk, self.student_id, self._opid = desk, student_id, uuid4().hex
        self._offers = {}
        options = []
        for offer in desk.look(prices.offers, clock.today()) or ():
            for unit, fen in offer.prices:
                key = f"{offer.service_id}:{unit}"
                self._offers[key] = (offer.service_id, unit, fen)
                options.append(
                    (
                        key,
                        tr("{name}　{price} / {unit}", name=offer.name, price=money_text(fen), unit=word(UNIT, unit)),
                    ),
                )
        self.problem = Strip("red", icon="warning-circle")
        self.service = Field(tr("服务"), PickList(options), required=True)
        self.quantity = Field(tr("数量"), LineEdit(digits=3), required=True)
        self.quantity.set_value("1")
        self.first = Field(tr("从"), DateEdit())
        self.last = Field(tr("至"), DateEdit())
        self.note = Field(tr("说明"), LineEdit(tr("选填")))
        self.sum = Text("", "figure", "primary")
        self.body.addWidget(self.problem)
        self.body.addWidget(FormRow(self.service, self.quantity, stretches=[3, 1]))
        self.body.addWidget(FormRow(self.first, self.last))
        self.body.addWidget(self.note)
        self.body.addWidget(self.sum)
        self.service.changed.connect(self._show_sum)
        self.quantity.changed.connect(self._show_sum)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("记为应收"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _amount(self) -> int:
        chosen = self._offers.get(str(self.service.value()))
        return chosen[2] * int(self.quantity.value() or 0) if chosen else 0

    def _show_sum(self, *_: object) -> None:
        self.sum.setText(f"¥{money_text(self._amount())}")

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
            return
        chosen = self._offers.get(str(self.service.value()))
        if chosen is None:
            self.service.problem(tr("请选一项服务"))
            return
        if not int(self.quantity.value() or 0):
            self.quantity.problem(tr("数量至少是 1"))
            return
        service_id, unit, fen = chosen
        done = self.desk.do(
            ledger.charge,
            self.student_id,
            service_id=service_id,
            period_from=self.first.value(),
            period_to=self.last.value(),
            unit=unit,
            unit_fen=fen,
            quantity=int(self.quantity.value()),
            opid=self._opid,
            note=self.note.value(),
            beside=self._beside,
        )
        if done is not None or self.desk.done_well:
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.problem.set(sentence(refused))
        return True


class DiscountDialog(ReasonDialog):
    """A discount by hand: amount and reason, both needed."""

    def __init__(self, desk: Desk, student_id: int, parent: QWidget | None = None) -> None:
        """`student_id` owes less."""
        reasons = (tr("老生优惠"), tr("多孩优惠"), tr("员工子女"), tr("活动优惠"), tr("负责人批准减免"))
        super().__init__(
            parent, tr("优惠 / 减免"), reasons, remember="discount_reason", amount=True,
            missing=tr("请写减免的原因，它会印在收据上"), verb=Verb("save", tr("记为优惠"), "primary", "F9"),
        )  # fmt: skip
        self.desk, self.student_id, self._opid = desk, student_id, uuid4().hex
        self.problem = Strip("red", icon="warning-circle")
        self.body.insertWidget(0, self.problem)

    def finish(self) -> None:
        """Take it off."""
        done = self.desk.do(
            ledger.discount,
            self.student_id,
            fen=self.fen(),
            rule="by_hand",
            reason=self.reason(),
            opid=self._opid,
            beside=self._beside,
        )
        if done is not None or self.desk.done_well:
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.problem.set(sentence(refused))
        return True
