"""Who signs a sheet, and in what relation to the child: a guardian, or after a warning somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Refused
from app.ui.texts import sentence, tr
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import Strip
from app.ui.words import RELATION, word


@dataclass(frozen=True)
class Signer:
    """Who signs; `guardian_id` is None for somebody who is no guardian, or not entered yet."""

    name: str
    relation: str
    guardian_id: int | None


class SignerRow(FormRow):
    """The guardians are offered, the first one chosen. `warned` is True once it was said that it is no guardian."""

    def __init__(self, signers: Sequence[tuple[str, str, int | None]], strip: Strip) -> None:
        """`signers` are (name, relation, id); `strip` says what is refused."""
        options = [(name, f"{name}（{word(RELATION, relation)}）") for name, relation, _ in signers]
        relations = [(code, word(RELATION, code)) for code in RELATION]
        signer = Field(tr("签字人"), PickList(options, free=True), required=True)
        relation = Field(tr("关系"), PickList(relations, free=True), required=True)
        super().__init__(signer, relation)
        self.signer, self.relation, self._strip = signer, relation, strip
        self._known = {name: (relation, key) for name, relation, key in signers}
        self.warned = False
        signer.changed.connect(self._signer_changed)
        if signers:
            signer.set_value(signers[0][0])
            self._signer_changed()

    def _signer_changed(self) -> None:
        self.warned = False
        self._strip.set("")
        known = self._known.get(str(self.signer.value()))
        if known:
            self.relation.set_value(known[0])

    def value(self) -> Signer | None:
        """Who signs; None when something is missing, which then stands below its field."""
        name, relation = (str(field.value() or "").strip() for field in (self.signer, self.relation))
        if not name:
            self.signer.problem(tr("请填签字人的姓名"))
            return None
        if not relation:
            self.relation.problem(tr("请填和孩子的关系"))
            return None
        known = self._known.get(name)
        return Signer(name, relation, known[1] if known else None)

    def say(self, refused: Refused, again: str) -> bool:
        """Tell what is refused; `again` is what to do if somebody who is no guardian may sign."""
        if refused.code == "signer_is_no_guardian":
            self._strip.set(tr("{name} 不是登记的监护人", name=self.signer.value()), again)
            self.warned = True
        else:
            self._strip.set(sentence(refused))
        return True
