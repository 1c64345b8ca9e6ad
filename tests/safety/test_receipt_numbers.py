"""Payments that fail at any place, again and again: receipt numbers stay without a gap and without a double."""

import random
from typing import Any

import pytest

from app.errors import Refused
from app.models import stored_files
from app.models.database import database
from app.process import data_folder, operation_log, papers, payment, receipt_paper
from tests import builders
from tests.conftest import Centre
from tests.safety.conftest import damage


class UnluckyError(Exception):
    """A bug, or a fault of the machine."""


def unlucky(monkeypatch: pytest.MonkeyPatch, chance: random.Random) -> None:
    """Let the steps of a payment fail now and then, before or after they did their work."""

    def wrap(module: Any, name: str) -> None:
        real = getattr(module, name)

        def step(*given: Any, **named: Any) -> Any:
            throw = chance.random()
            if throw < 0.07:
                raise UnluckyError
            result = real(*given, **named)
            if throw > 0.95:
                raise Refused("unlucky")
            return result

        monkeypatch.setattr(module, name, step)

    for module, name in (
        (receipt_paper, "draw"), (papers, "store"), (stored_files, "store"), (operation_log, "record"),
    ):  # fmt: skip
        wrap(module, name)


@pytest.mark.clause("P5")
@pytest.mark.parametrize("payments", [120, pytest.param(5000, marks=pytest.mark.long)])
def test_failing_payments_leave_no_gap_and_no_double(
    paying: Centre, monkeypatch: pytest.MonkeyPatch, payments: int,
) -> None:  # fmt: skip
    paying.open()
    chance = random.Random(11)
    taken: dict[str, str] = {}
    failed = 0
    with monkeypatch.context() as luck:
        unlucky(luck, chance)
        for turn in range(payments):
            opid = builders.opid()
            for _ in range(3):  # whoever stands at the counter tries again
                try:
                    methods = (payment.Paid("cash", 100 + turn),)
                    taken[opid] = payment.take(paying.manager, student_id=1, methods=methods, opid=opid).number
                except (UnluckyError, Refused):
                    failed += 1
    assert failed > payments / 10
    rows = database.execute_sql("SELECT no, opid, number FROM receipt ORDER BY no").fetchall()
    assert [no for no, _, _ in rows] == list(range(1, len(rows) + 1))
    assert {opid: number for _, opid, number in rows} == taken
    data_folder.close()
    assert damage(paying) == set()
