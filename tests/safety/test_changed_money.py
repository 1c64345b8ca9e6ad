"""Money that somebody with the key changed although the guards refuse it: `check` names the first row and gives 1."""

import pytest

from app import command_line
from app.models import database as db
from app.process import papers, payment
from app.process.payment import Paid
from app.ui import texts
from tests import builders, tampering
from tests.conftest import PASSWORD, Centre

BALANCES = "UPDATE student SET balance_fen = (SELECT sum(fen) FROM ledger WHERE student_id = student.id)"
VOID = "INSERT INTO receipt_void SELECT id, 'x', issued_at, 1, log_seq FROM receipt WHERE no = 3"
CHANGES = {
    "the balance of a student": ("UPDATE student SET balance_fen = 1", "20260001"),
    "a lost reversal": (f"DELETE FROM ledger WHERE reverses = 4; {BALANCES}", "SJ-2026-000002"),
    "a reversal of another sum": (f"UPDATE ledger SET fen = fen + 1 WHERE reverses = 4; {BALANCES}", "8"),
    "a reversal under another receipt": ("UPDATE ledger SET receipt_id = 3 WHERE reverses = 4", "8"),
    "a reversal under another name": ("UPDATE ledger SET kind = 'correction' WHERE reverses = 4", "8"),
    "a reversal of nothing": ("UPDATE ledger SET reverses = NULL WHERE reverses = 4", "8"),
    "a reversal that is reversed": ("UPDATE ledger SET reverses = 8 WHERE reverses = 5", "9"),
    "a settlement not taken back": ("DELETE FROM settlement WHERE reverses = 2", "SJ-2026-000002"),
    "a settlement taken back in part": ("UPDATE settlement SET fen = -249 WHERE reverses = 2", "4"),
    "a settlement taken back from another": ("UPDATE settlement SET charge_id = 6 WHERE reverses = 2", "4"),
    "a void that is forgotten": ("DELETE FROM receipt_void_note; DELETE FROM receipt_void", "SJ-2026-000002"),
    "a void that nobody logged": (VOID, "SJ-2026-000003"),
    "a receipt that settles more than it brought": ("UPDATE settlement SET fen = 351 WHERE id = 3", "SJ-2026-000003"),
    "a receipt that settles less than nothing": ("UPDATE settlement SET fen = -1 WHERE id = 3", "SJ-2026-000003"),
    "a settlement made smaller": ("UPDATE settlement SET fen = fen - 100 WHERE id = 3", "SJ-2026-000003"),
    "a settlement that is gone": ("DELETE FROM settlement WHERE id = 1", "SJ-2026-000001"),
    "a charge settled beyond its sum": (f"UPDATE ledger SET fen = 400 WHERE id = 1; {BALANCES}", "1"),
    "a settlement of what is no charge": ("UPDATE settlement SET charge_id = 6 WHERE id = 3", "6"),
    "a paper of another receipt": ("UPDATE receipt SET paper_id = 1 WHERE no = 3", "SJ-2026-000003"),
    "a receipt without its paper": ("UPDATE receipt SET paper_id = NULL WHERE no = 1", "SJ-2026-000001"),
    "a receipt and its paper gone": (
        "UPDATE receipt SET paper_id = NULL WHERE no = 3; DELETE FROM paper WHERE id = 3", "SJ-2026-000003",
    ),
}  # fmt: skip


@pytest.fixture
def void(centre: Centre) -> Centre:
    """Three receipts, rows 2 to 7 of the ledger; the second one is void: rows 8 and 9, settlement 4."""
    student = builders.a_student(centre.manager)
    for fen in (100, 200, 300):
        methods = (Paid("cash", fen), Paid("wechat", 50))
        payment.take(centre.manager, student_id=student, methods=methods, payer="张志强", opid=builders.opid())
    payment.void(centre.manager, 2, "收错", opid=builders.opid())
    centre.close()
    return centre


def check(centre: Centre, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """What `check` gives and says, in English."""
    monkeypatch.setenv(command_line.PASSWORD_VARIABLE, PASSWORD)
    monkeypatch.setattr(texts, "system_language", lambda: "en")
    code = command_line.main(["--data", str(centre.folder), "--user", "manager", "check"])
    texts.use_language("zh")
    return code, capsys.readouterr().out


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
@pytest.mark.parametrize("change", CHANGES)
def test_changed_money_is_told_by_its_first_row(
    void: Centre, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, change: str,
) -> None:  # fmt: skip
    assert check(void, capsys, monkeypatch)[0] == 0
    sql, first = CHANGES[change]
    tampering.with_key(void.folder, void.key, *sql.split("; "))
    code, said = check(void, capsys, monkeypatch)
    assert code == 1
    assert any(f" {first})" in line for line in said.splitlines()), said


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
@pytest.mark.parametrize("sql", ["UPDATE stored_file SET content = x'00'", "DELETE FROM stored_file"])
def test_a_changed_or_lost_paper_is_told_by_its_number(
    void: Centre, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sql: str,
) -> None:  # fmt: skip
    tampering.with_key(void.folder, void.key, sql, name=db.FILES)
    code, said = check(void, capsys, monkeypatch)
    assert code == 1
    assert "such as SJ-2026-000001)" in said


@pytest.mark.clause("P5")
@pytest.mark.clause("P13")
def test_a_printed_receipt_that_was_given_the_bytes_of_another_is_told(
    void: Centre, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    void.open()
    papers.record_print(void.manager, 3, "柜台")
    void.close()
    other = "UPDATE paper SET sha256 = (SELECT sha256 FROM paper WHERE id = 1) WHERE id = 3"
    tampering.with_key(void.folder, void.key, other)
    code, said = check(void, capsys, monkeypatch)
    assert code == 1
    assert "The content of stored papers is not what was printed (number: 1, such as SJ-2026-000003)" in said
